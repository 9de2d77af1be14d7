// headroom VERB ...: the program that people use. One run is a process of its own: headroom-simulate.
#include <algorithm>

#include "cli/exit_codes.h"
#include "cli/verb.h"
#include "cli/version.h"

namespace headroom {
namespace {

constexpr AddVerb verbs[] = {add_run, add_capacity, add_contingency, add_cooling, add_network, add_bill, add_carbon, add_datasheet, add_spend, add_programme, add_report, add_site, add_trace, add_catalogue, add_weather, add_validate, add_schema, add_init};

int run_program(int argc, char** argv) {
  CLI::App app{"Headroom simulates data centres: how much more fits, what they draw, what must be bought for them.", "headroom"};
  app.set_version_flag("--version", version_text);
  app.require_subcommand(1);
  app.footer("First steps:  headroom run hall-2n    headroom capacity hub-2n    headroom init my-project");
  Globals globals;
  for (AddVerb add : verbs) add(app, globals);
  std::vector<std::string> known;
  for (auto const* verb : app.get_subcommands({})) known.push_back(verb->get_name());
  if (argc > 1 && argv[1][0] != '-' && std::find(known.begin(), known.end(), argv[1]) == known.end()) {
    fmt::print(stderr, "there is no verb '{}'{}; the verbs are {}\n", argv[1], nearest_hint(argv[1], known), fmt::join(known, ", "));
    return usage;
  }
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& e) {
    return app.exit(e) == 0 ? done : usage;
  }
  return with_exit_code(globals.chosen);
}

}  // namespace
}  // namespace headroom

int main(int argc, char** argv) { return headroom::run_program(argc, argv); }

#include <fmt/format.h>

#include "analysis/spending/network_bill.h"
#include "analysis/statics/fabric.h"
#include "cli/exit_codes.h"
#include "cli/verb.h"
#include "topologies/graph/power_graph.h"

namespace headroom {
namespace {

// A site without network says nothing here; a name that no fabric has is a mistake.
void check_fabric(const NetworkGraph& network, const std::string& subject, const std::string& only) {
  if (network.empty())
    throw InputError({subject, 0, 0}, "the site has no network; add one, such as 'network: {fabric: leaf-spine, leaf: mellanox-sn3700}' (headroom schema site has its keys)");
  std::vector<std::string> known;
  for (auto const& fabric : network.fabrics) known.push_back(fabric.name);
  if (!only.empty() && std::find(known.begin(), known.end(), only) == known.end())
    throw InputError({"--fabric " + only, 0, 0}, fmt::format("the site has no fabric of that name{} (it has {})", nearest_hint(only, known), fmt::join(known, ", ")));
}

std::string answer_text(const NetworkGraph& network, const std::string& only, bool with_bill, OutputFormat format) {
  NetworkAnswer const answer = network_answer(network, only);
  auto const bills = with_bill ? network_bill(network, only) : std::vector<FabricBill>{};
  if (format == OutputFormat::text) return to_text(answer) + (with_bill ? "\n" + to_text(bills) : "");
  auto json = to_json(answer);
  if (with_bill) json["bill"] = to_json(bills);
  return json.dump(2);
}

}  // namespace

void add_network(CLI::App& app, Globals& globals) {
  auto subject = std::make_shared<std::string>(), only = std::make_shared<std::string>();
  auto settings = std::make_shared<std::vector<std::string>>();
  auto with_bill = std::make_shared<bool>(false);
  CLI::App* verb = subcommand(app, globals, "network", "what the networks of a site are: ports, oversubscription, bisection, ways, single points of failure, cables (static)");
  verb->add_option("subject", *subject, "a scenario, a site or a run")->required();
  verb->add_option("--set", *settings, "PATH=VALUE in the scenario")->expected(1)->take_all();
  verb->add_option("--fabric", *only, "one of its fabrics");
  verb->add_flag("--bill", *with_bill, "and what they take: switches, optics, cables by stock length, fibre, adapters");
  verb->callback([=, &globals] {
    globals.chosen = [=, &globals] {
      PowerGraph const graph = build_power_graph(site_of(*subject, *settings));
      check_fabric(graph.network, *subject, *only);
      print_result(answer_text(graph.network, *only, *with_bill, globals.format));
      return static_cast<int>(done);
    };
  });
}

}  // namespace headroom

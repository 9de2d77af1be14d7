#include "cli/verb.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>

#include "base/new_file.h"
#include "base/shipped.h"
#include "base/yaml.h"
#include "sim/model/model.h"
#include "sim/results/run_file.h"
#include "topologies/read_site.h"

namespace headroom {

namespace fs = std::filesystem;

CLI::App* subcommand(CLI::App& app, Globals& globals, const std::string& name, const std::string& what) {
  CLI::App* verb = app.add_subcommand(name, what);
  auto const set_format = [&globals](const std::string& format) { globals.format = format == "json" ? OutputFormat::json : OutputFormat::text; };
  verb->add_option_function<std::string>("--format", set_format, "text or json")->check(CLI::IsMember({"text", "json"}));
  verb->add_option("--progress", globals.progress, "auto, always or never")->check(CLI::IsMember({"auto", "always", "never"}));
  verb->add_flag("-q,--quiet", globals.quiet, "no progress, no messages");
  return verb;
}

void print_result(const std::string& text) {
  std::fwrite(text.data(), 1, text.size(), stdout);
  if (text.empty() || text.back() != '\n') std::fputc('\n', stdout);
  if (std::fflush(stdout) != 0) throw OutputError("the result cannot be written to stdout", 74);
}

fs::path find_file(const std::string& text, const std::vector<std::string>& kinds) {
  bool const bare = text.find('/') == std::string::npos && text.find('.') == std::string::npos;
  if (!bare) {
    if (!fs::exists(text)) throw InputError({text, 0, 0}, "there is no such file", InputFault::missing);
    return text;
  }
  std::vector<std::string> known;
  for (auto const& kind : kinds)
    for (auto const& name : shipped_names(kind)) {
      if (name == text) return find_mentioned(kind, text, {});
      known.push_back(name);
    }
  std::sort(known.begin(), known.end());
  known.erase(std::unique(known.begin(), known.end()), known.end());
  std::string const near = nearest_hint(text, known);
  throw InputError({text, 0, 0}, fmt::format("nothing of that name ships with the program{} (a path needs a '/' or an ending)", near.empty() ? fmt::format("; it has {}", fmt::join(known, ", ")) : near),
                   InputFault::missing);
}

bool is_run(const fs::path& path) { return fs::is_directory(path) || path.extension() == ".sqlite"; }

bool is_site(const fs::path& file) {
  TreePtr const tree = read_yaml(file);
  auto const* kind = tree->find("kind");
  return kind != nullptr && kind->value->text == "site";
}

Site site_of(const std::string& text, const std::vector<std::string>& settings) {
  if (is_run(text)) {
    if (!settings.empty()) throw InputError({"--set " + settings.front(), 0, 0}, "a run is what it was; --set goes with a scenario");
    for (auto const& input : RunReader(text).inputs())
      if (input.name == "scenario") return read_site_text(Json::parse(input.text).at("site").dump(), text);
    throw InputError({text, 0, 0}, "the run file does not hold its scenario");
  }
  fs::path const file = find_file(text, {"scenario", "site"});
  if (is_site(file)) {
    if (!settings.empty()) throw InputError({"--set " + settings.front(), 0, 0}, "--set goes with a scenario, and this is a site");
    return read_site(file);
  }
  return read_scenario(file, settings).site.value;
}

void write_file(const fs::path& file, const std::string& text) {
  NewFile out(file);
  out.write(text);
  out.finish();
}

}  // namespace headroom

// headroom site import: sites from files of others, by their ending.
#include <fmt/format.h>

#include "base/units.h"
#include "base/yaml_text.h"
#include "cli/exit_codes.h"
#include "cli/verbs/site.h"
#include "topologies/import/graphml.h"
#include "topologies/import/node_list.h"
#include "topologies/import/simgrid_platform.h"

namespace headroom {
namespace {

struct ImportOptions {
  std::string file, out, rate, distance;
  std::int64_t servers = 1;
};

// Its name without folders and endings.
std::string plain_name(const std::filesystem::path& file) {
  std::string const name = file.filename().string();
  return name.substr(0, name.find('.'));
}

std::string name_of_site(const ImportOptions& options) { return plain_name(options.out.empty() ? options.file : options.out); }

// The site file's content goes to the file, or is the result itself.
void write_site(const Json& site, const std::string& header, const ImportOptions& options, const Globals& globals) {
  if (options.out.empty()) print_result(globals.format == OutputFormat::json ? site.dump(2) : yaml_text(site));
  else write_file(options.out, header + yaml_text(site));
}

int import_list(const ImportOptions& options, const Globals& globals) {
  std::filesystem::path const list = options.file;
  auto const types = read_node_list(list);
  write_site(site_of_nodes(name_of_site(options), types), fmt::format("# From the node list {}. Power figures are assumptions: see each server's sources.\n", list.filename().string()), options, globals);
  if (options.out.empty()) return done;
  NodeTotals const sum = totals_of(types);
  if (globals.format == OutputFormat::json)
    print_result(Json{{"file", options.out}, {"servers", sum.nodes}, {"types", std::ssize(types)}, {"cores", sum.cores}, {"gpus", sum.gpus}, {"memory_gb", sum.memory_gb}}.dump(2));
  else if (!globals.quiet)
    print_result(fmt::format("{} has {} of {}: {}, {}, {:.3f} GB. Its power figures are assumptions.", options.out, counted(sum.nodes, "server"), counted(std::ssize(types), "type"), counted(sum.cores, "core"),
                             counted(sum.gpus, "GPU"), sum.memory_gb));
  return done;
}

// "513 hosts, 1030 links, 2 routers"
std::string counts_text(const Json& counts) {
  std::string out;
  for (auto const& [thing, count] : counts.items()) out += fmt::format("{}{}", out.empty() ? "" : ", ", counted(count.get<std::int64_t>(), thing.substr(0, thing.size() - 1)));
  return out;
}

int write_imported(const ImportedSite& site, const ImportOptions& options, const Globals& globals) {
  std::string const found = fmt::format("{} has {}.", site.source, counts_text(site.counts));
  std::string header = fmt::format("# {}{}\n", static_cast<char>(std::toupper(static_cast<unsigned char>(found[0]))), found.substr(1)), told;
  for (auto const& note : site.notes) {
    header += fmt::format("# - {}\n", note);
    told += fmt::format("\n- {}", note);
  }
  write_site(site_of(name_of_site(options), site), header, options, globals);
  if (options.out.empty()) {
    if (!globals.quiet) fmt::print(stderr, "{}", header);
    return done;
  }
  ImportedTotals const sum = totals_of(site);
  if (globals.format == OutputFormat::json) print_result(Json{{"file", options.out}, {"servers", sum.servers}, {"switches", sum.switches}, {"links", sum.links}, {"source", site.counts}, {"notes", site.notes}}.dump(2));
  else if (!globals.quiet)
    print_result(fmt::format("{} has {}, {} and {}; {}{}", options.out, counted(sum.servers, "server"), counted(sum.switches, sum.switches == 1 ? "switch" : "switche"), counted(sum.links, "link"), found, told));
  return done;
}

template <class Q>
std::optional<Q> chosen(const std::string& text, const char* option) {
  if (text.empty()) return std::nullopt;
  auto const parsed = parse_quantity<Q>(text);
  if (auto const* what = std::get_if<std::string>(&parsed)) throw CLI::ValidationError(option, *what);
  if (std::get<Q>(parsed) <= Q{}) throw CLI::ValidationError(option, "more than 0 would do");
  return std::get<Q>(parsed);
}

int import_file(const ImportOptions& options, const GraphmlChoices& choices, const Globals& globals) {
  std::string const ending = std::filesystem::path(options.file).extension().string();
  if (ending == ".xml") return write_imported(read_simgrid_platform(options.file), options, globals);
  if (ending == ".graphml") return write_imported(read_graphml(options.file, choices), options, globals);
  return import_list(options, globals);
}

}  // namespace

void add_site_import(CLI::App& site, Globals& globals) {
  auto options = std::make_shared<ImportOptions>();
  CLI::App* importing = subcommand(site, globals, "import", "a site from a list of nodes, a SimGrid platform or GraphML; what those do not say is assumed, and said");
  importing->add_option("file", options->file, "CSV: one of Alibaba's lists of nodes; .xml: a SimGrid platform (DTD 4.1); .graphml: a network such as the Topology Zoo's")->required();
  importing->add_option("-o,--output", options->out, "the site file to write (default: print it)");
  auto* const servers = importing->add_option("--servers", options->servers, "GraphML: servers at each node (default: 1)")->check(CLI::Range(1, 10'000));
  auto* const rate = importing->add_option("--assume-rate", options->rate, "GraphML: rate of edges without LinkSpeedRaw, such as \"10 Gbit/s\"");
  auto* const distance = importing->add_option("--assume-distance", options->distance, "GraphML: length of edges between nodes without coordinates, such as \"100 km\"");
  importing->callback([=, &globals] {
    bool const graphml = options->file.ends_with(".graphml");
    for (auto const* option : {servers, rate, distance})
      if (option->count() > 0 && !graphml) throw CLI::ValidationError(option->get_name(), "is for GraphML alone");
    GraphmlChoices const choices{options->servers, chosen<DataRate>(options->rate, "--assume-rate"), chosen<Length>(options->distance, "--assume-distance")};
    globals.chosen = [options, choices, &globals] { return import_file(*options, choices, globals); };
  });
}

}  // namespace headroom

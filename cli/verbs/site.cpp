#include <fmt/format.h>

#include "base/units.h"
#include "base/yaml_text.h"
#include "cli/exit_codes.h"
#include "cli/verb.h"
#include "cli/verbs/site.h"
#include "sim/power/flow.h"
#include "sim/power/limits.h"
#include "topologies/read_site.h"

namespace headroom {
namespace {

struct SiteOptions {
  std::string subject, load;
  std::vector<std::string> settings;
  bool expand = false, power = false, every_node = false;
};

// "h1/compute-3" -> "compute"
std::string group_of(const std::string& rack) {
  auto const slash = rack.find('/');
  return rack.substr(slash + 1, rack.rfind('-') - slash - 1);
}

void apply(const ServerLoad& load, PowerFlow& flow) {
  PowerGraph const& graph = flow.graph();
  int left = load.servers.value_or(INT32_MAX), matched = 0;
  for (std::size_t i = 0; i < graph.servers.size() && left > 0; ++i) {
    ServerPlace const& server = graph.servers[i];
    ServerSpec const& spec = graph.server_types[static_cast<std::size_t>(server.type)];
    if (!load.type.empty() && spec.name != load.type) continue;
    if (!load.racks.empty() && group_of(graph.racks[static_cast<std::size_t>(server.rack)].name) != load.racks) continue;
    flow.set_server_power({static_cast<std::int32_t>(i)}, server_power(spec.power, {load.cpu, load.gpu}));
    ++matched;
    --left;
  }
  if (matched == 0) throw InputError(load.where, "servers: no server of the site is of that group and type");
  if (load.servers && matched < *load.servers) throw InputError(load.where, fmt::format("servers: {} are asked for, the site has {} of that group and type", *load.servers, matched));
}

PowerFlow loaded(const PowerGraph& graph, const SiteOptions& options) {
  PowerFlow flow(graph);
  if (options.load.empty()) return flow;
  LoadFile const file = read_load(find_file(options.load, {}));
  for (auto const& load : file.servers) apply(load, flow);
  std::vector<std::string> known;
  for (auto const& node : graph.nodes)
    if (node.kind != NodeKind::server) known.push_back(node.name);
  for (auto const& name : file.out_of_service) {
    auto const node = graph.find(name);
    if (!node) throw InputError(file.where, fmt::format("out_of_service: the site has no node '{}'{}", name, nearest_hint(name, known)));
    flow.set_in_service(*node, false);
  }
  flow.update();
  return flow;
}

Json power_json(const PowerFlow& flow, bool every_node) {
  PowerGraph const& graph = flow.graph();
  Json nodes = Json::object(), losses = Json::object();
  double conversion_kw = 0;
  for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
    PowerNode const& node = graph.nodes[i];
    NodeFlow const& at = flow.at({static_cast<std::int32_t>(i)});
    if (at.loss > Power{}) {
      std::string const kind = node.kind == NodeKind::server ? "power-supply" : to_text(node.kind);
      losses[kind] = losses.value(kind, 0.0) + at.loss / kilowatt;
      conversion_kw += at.loss / kilowatt;
    }
    bool const on_path = node.hall < 0 || is_of_cooling_plant(node.kind);
    if (!on_path && !every_node) continue;
    Json row{{"kind", to_text(node.kind)}, {"energised", at.energised}, {"input_kw", at.input.p / kilowatt}, {"output_kw", at.output.p / kilowatt}, {"loss_kw", at.loss / kilowatt}, {"input_kva", at.input.s() / kilovolt_ampere}};
    double const connection_va = at.input.s().si() / std::max(1, at.live_parents);
    if (auto const limit = binding_limit(limits_of(node.rating, {at.output.p.si(), at.output.s().si(), connection_va})))
      row["binding"] = {{"limit", limit->unit}, {"allowed", limit->allowed}, {"carried", limit->carried}, {"used_share", limit->used_share()}};
    nodes[node.name] = std::move(row);
  }
  return {{"schema_version", 1}, {"site_power_kw", flow.facility_power() / kilowatt}, {"it_power_kw", flow.it_power() / kilowatt}, {"losses_kw", losses}, {"losses_total_kw", conversion_kw}, {"nodes", nodes}};
}

std::string power_text(const Json& power) {
  std::string out = fmt::format("The site draws {:.6f} kW; {:.6f} kW of it is IT at its cords, {:.6f} kW is lost on the way.\n", power["site_power_kw"].get<double>(), power["it_power_kw"].get<double>(), power["losses_total_kw"].get<double>());
  for (auto const& [kind, kw] : power["losses_kw"].items()) out += fmt::format("  lost in {:<14} {:>14.6f} kW\n", kind, kw.get<double>());
  out += fmt::format("\n  {:<24} {:<12} {:>13} {:>13} {:>11}  {}\n", "node", "kind", "input kW", "output kW", "loss kW", "limit");
  for (auto const& [name, node] : power["nodes"].items()) {
    std::string limit = node["energised"].get<bool>() ? "" : "not fed";
    if (node.contains("binding")) limit = fmt::format("{:.1f} % of {:.6g} {}", 100 * node["binding"]["used_share"].get<double>(), node["binding"]["allowed"].get<double>(), node["binding"]["limit"].get<std::string>());
    out += fmt::format("  {:<24} {:<12} {:>13.4f} {:>13.4f} {:>11.4f}  {}\n", name, node["kind"].get<std::string>(), node["input_kw"].get<double>(), node["output_kw"].get<double>(), node["loss_kw"].get<double>(), limit);
  }
  return out;
}

// "2 x diesel-150kw, 1 of them spare"
std::string devices_of(const PowerNode& node) {
  std::string out = node.count > 1 ? fmt::format("{} x", node.count) : "";
  if (!node.type.empty()) out += (out.empty() ? "" : " ") + node.type;
  if (node.redundant > 0) out += fmt::format(", {} of them spare", node.redundant);
  return out;
}

std::string batteries_of(const PowerGraph& graph, const PowerNode& node) {
  if (node.battery < 0) return "";
  std::string const type = std::get<BatterySpec>(graph.devices[static_cast<std::size_t>(node.battery)]).name;
  return fmt::format("battery {}{}", node.batteries > 1 ? fmt::format("{} x ", node.batteries) : "", type.empty() ? "(in place)" : type);
}

// Of what takes one of its feeds at a time: "from utility-a, then generator-a".
std::string sources_of(const PowerGraph& graph, const PowerNode& node) {
  if (!node.transfer) return "";
  std::string out;
  for (std::size_t i = 0; i < node.parents.size(); ++i)
    out += fmt::format("{}{}{}", out.empty() ? "from " : ", then ", node.connections[i].tie ? "through the tie " : "", graph.nodes[static_cast<std::size_t>(node.parents[i])].name);
  return out;
}

std::string path_line(const PowerGraph& graph, const PowerNode& node) {
  std::string line = fmt::format("  {:<15} {:<22}", to_text(node.kind), node.name);
  for (auto const& part : {devices_of(node), batteries_of(graph, node), sources_of(graph, node)})
    if (!part.empty()) line += (line.ends_with(' ') ? " " : "; ") + part;
  return line.substr(0, line.find_last_not_of(' ') + 1) + "\n";
}

std::string overview(const Site& site, const PowerGraph& graph) {
  std::string out = fmt::format("{}: {} in {}, {}\n", site.name, counted(std::ssize(graph.servers), "server"), counted(std::ssize(graph.racks), "rack"), counted(std::ssize(graph.halls), "hall"));
  std::map<std::string, int> types;
  for (auto const& server : graph.servers) ++types[graph.server_types[static_cast<std::size_t>(server.type)].name];
  for (auto const& [type, count] : types) out += fmt::format("  {:>6} x {}\n", count, type.empty() ? "server (in place)" : type);
  for (auto const& node : graph.nodes)
    if (node.hall < 0 || is_of_cooling_plant(node.kind)) out += path_line(graph, node);
  for (auto const& cause : site.power.common_causes) out += fmt::format("  common cause    {:<22} {}\n", cause.name, fmt::join(cause.elements, ", "));
  return out + "Power in one state: --power [--load FILE]; every key and default, the scheme written out: --expand\n";
}

int show_site(const SiteOptions& options, const Globals& globals) {
  Site const site = site_of(options.subject, options.settings);
  bool const json = globals.format == OutputFormat::json;
  if (options.expand) {
    Json const echo = echo_site(written_out(site));
    print_result(json ? echo.dump(2) : yaml_text(echo));
    return done;
  }
  PowerGraph const graph = build_power_graph(site);
  if (!options.power && options.load.empty()) {
    print_result(json ? echo_site(site).dump(2) : overview(site, graph));
    return done;
  }
  Json const power = power_json(loaded(graph, options), options.every_node);
  print_result(json ? power.dump(2) : power_text(power));
  return done;
}

}  // namespace

void add_site(CLI::App& app, Globals& globals) {
  auto options = std::make_shared<SiteOptions>();
  CLI::App* verb = app.add_subcommand("site", "what is built");
  verb->require_subcommand(1);
  CLI::App* showing = subcommand(*verb, globals, "show", "a site: an overview, the written-out form, or its power path in one state");
  showing->add_option("site", options->subject, "a site, a scenario or a run")->required();
  showing->add_option("--set", options->settings, "PATH=VALUE in the scenario")->expected(1)->take_all();
  showing->add_flag("--expand", options->expand, "every key and default, the scheme written out as nodes and circuits");
  showing->add_flag("--power", options->power, "what flows through every node, all servers idle");
  showing->add_option("--load", options->load, "a load file: how busy which servers are, what is out of service");
  showing->add_flag("--every-node", options->every_node, "racks and servers, too");
  showing->callback([options, &globals] { globals.chosen = [options, &globals] { return show_site(*options, globals); }; });
  add_site_import(*verb, globals);
}

}  // namespace headroom

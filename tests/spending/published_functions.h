// What the rows of published_checks.csv call: each takes named numbers and gives named numbers, by the product's own functions wherever it has one.
#pragma once

#include <cmath>
#include <functional>
#include <map>
#include <stdexcept>
#include <string>

#include "analysis/economy/leontief.h"
#include "analysis/economy/read_input_output.h"
#include "analysis/money/cost_models.h"
#include "analysis/spending/bill.h"
#include "topologies/read_site.h"

namespace headroom {

// Named numbers; a name that is not there stands for its default, or is an error.
struct NamedNumbers {
  std::map<std::string, double> values;

  double at(const std::string& name) const {
    auto const found = values.find(name);
    if (found == values.end()) throw std::runtime_error("no number called " + name);
    return found->second;
  }
  double at(const std::string& name, double otherwise) const { return values.contains(name) ? at(name) : otherwise; }
  int whole(const std::string& name) const { return static_cast<int>(std::lround(at(name))); }
};

using PublishedFunction = std::function<NamedNumbers(const NamedNumbers&)>;

inline NamedNumbers hamilton_row(const NamedNumbers& in) {
  HamiltonInputs const inputs{.servers_price = in.at("servers_price"),
                              .servers_years = in.at("servers_years"),
                              .network_price = in.at("network_price", 0),
                              .network_years = in.at("network_years", 4),
                              .facility_price = in.at("facility_price"),
                              .facility_years = in.at("facility_years"),
                              .yearly_rate = in.at("yearly_rate"),
                              .critical = in.at("critical_kw") * kilowatt,
                              .use = in.at("use"),
                              .pue = in.at("pue"),
                              .price_per_kwh = in.at("price_per_kwh"),
                              .monthly_salaries = in.at("monthly_salaries", 0)};
  MonthlyCosts const costs = hamilton_costs(inputs);
  NamedNumbers out{{{"total", costs.total()}, {"capital", inputs.capital()}}};
  for (auto const& line : costs.lines) {
    out.values[line.key] = line.amount;
    out.values[line.key + "_percent"] = 100 * costs.share(line.key);
  }
  return out;
}

// --- networks, built by the product from a layout ---

struct NetworkedSite {
  Site site;
  PowerGraph graph;
};

inline NetworkedSite networked(int servers, int servers_in_rack, const std::string& server, const std::string& fabric) {
  Site site = read_site_text("kind: site\nversion: 1\nname: s\nhalls: [{name: h, rows: 20, racks: [{name: r, count: " + std::to_string(servers / servers_in_rack) + ", servers: [{type: " + server +
                                 ", count: " + std::to_string(servers_in_rack) + "}]}]}]\npower: {scheme: N, utility: [{name: u, voltage: 400 V}]}\nnetwork: " + fabric + "\n",
                             "site.yaml");
  PowerGraph graph = build_power_graph(site);
  return {std::move(site), std::move(graph)};
}

inline double switches_of_tier(const NetworkGraph& network, int tier) {
  double count = 0;
  for (auto const& vertex : network.vertices) count += vertex.kind == VertexKind::network_switch && vertex.tier == tier;
  return count;
}

inline NamedNumbers counts_of_network(const NetworkGraph& network) {
  NamedNumbers out{{{"leaf", switches_of_tier(network, 0)}, {"spine", switches_of_tier(network, 1)}, {"core", switches_of_tier(network, 2)}, {"switches", 0}, {"node_cables", 0}, {"switch_cables", 0}}};
  for (auto const* tier : {"leaf", "spine", "core"}) out.values["switches"] += out.at(tier);
  for (auto const& link : network.links) out.values[link.wan || link.tier == 0 ? "node_cables" : "switch_cables"] += 1;
  return out;
}

inline NamedNumbers fat_tree_row(const NamedNumbers& in) {
  int const k = in.whole("k");
  NetworkedSite const built = networked(k * k * k / 4, k / 2, "generic-100-350w", "{fabric: fat-tree, k: " + std::to_string(k) + ", leaf: {name: s, ports: " + std::to_string(k) + ", port_rate: 1 Gbit/s, power: 0 W}}");
  double const switches = counts_of_network(built.graph.network).at("switches");
  return {{{"hosts", static_cast<double>(built.graph.network.fabrics.at(0).servers)}, {"switches", switches}, {"cost", switches * in.at("switch_price", 0)}}};
}

// Nodes of eight GPUs on eight rails of 64-port switches; managers hang on the last leaves.
inline NetworkedSite on_rails(int nodes, int managers, int spines) {
  std::string at, more = spines > 0 ? ", spines: " + std::to_string(spines) : "";
  for (int i = 0; i < managers; ++i) at += (i > 0 ? ", leaf-" : "leaf-") + std::to_string((nodes + 31) / 32 * 8 - i);
  if (managers > 0) more += ", wan: [{name: managers, rate: 400 Gbit/s, count: " + std::to_string(managers) + ", at: [" + at + "]}]";
  return networked(nodes, 1, "dgx-h100", "{fabric: rail-optimised, ports: 8, leaf: infiniband-64x400g" + more + "}");
}

inline NamedNumbers rails_row(const NamedNumbers& in) { return counts_of_network(on_rails(in.whole("nodes"), static_cast<int>(in.at("managers", 0)), 0).graph.network); }

// --- the price sheet of an H100 cluster ---

constexpr int sheet_year = 2024;
constexpr double sheet_node = 310'000, sheet_site = 50'000, sheet_switch = 36'000, sheet_host_link = 1320, sheet_switch_link = 1240;

inline NamedNumbers price_sheet_row(const NamedNumbers& in) {
  NetworkedSite const built = on_rails(in.whole("nodes"), 0, static_cast<int>(in.at("spines", 0)));
  std::vector<SpendingClass> classes;
  for (auto const& [count, price] : {std::pair{"gpu_servers", sheet_node}, std::pair{"racks", sheet_site}, std::pair{"switches", sheet_switch}, std::pair{"server_links", sheet_host_link}, std::pair{"switch_links", sheet_switch_link}}) {
    SpendingClass& c = classes.emplace_back();
    c.name = c.count.key = count;
    c.price.mid = {price, "USD", "unit"};
    c.price.year = sheet_year;
  }
  Rates const rates = Rates::shipped();
  double const total = make_bill(count_equipment(built.site, built.graph), classes, {}, PriceTeller({"USD", sheet_year, "US"}, rates)).total().mid;
  return {{{"switches", counts_of_network(built.graph.network).at("switches")}, {"total", total}, {"above_printed", total - in.at("printed", total)}}};
}

// Of a size whose switches are taken as printed: nothing is built.
inline NamedNumbers price_sheet_arithmetic_row(const NamedNumbers& in) {
  double const nodes = in.at("nodes"), links = sheet_host_link + (in.at("tiers") - 1) * sheet_switch_link;
  return {{{"total", nodes * (sheet_node + sheet_site) + in.at("switches") * sheet_switch + 8 * nodes * links}}};
}

// --- input-output ---

inline NamedNumbers leontief_row(const NamedNumbers& in) {
  InputOutputTable table;
  table.sectors = {{"1", "first"}, {"2", "second"}};
  table.home = table.all_inputs = Matrix(2, 2);
  table.home.cells = {in.at("a11"), in.at("a12"), in.at("a21"), in.at("a22")};
  auto const output = Leontief(table, Inputs::home).output({in.at("f1"), in.at("f2")});
  return {{{"x1", output[0]}, {"x2", output[1]}}};
}

inline NamedNumbers type_1_row(const NamedNumbers& in) {
  InputOutputTable const table = find_input_output_table("china-" + std::to_string(in.whole("china_year")));
  auto const multipliers = Leontief(table, in.at("all_inputs") > 0 ? Inputs::all : Inputs::home).multipliers();
  NamedNumbers out;
  for (std::size_t i = 0; i < table.sectors.size(); ++i) out.values["s" + table.sectors[i].code] = multipliers[i];
  return out;
}

// --- arithmetic of printed figures ---

inline NamedNumbers sum_row(const NamedNumbers& in) {
  double sum = 0;
  for (auto const& [name, value] : in.values) sum += value;
  return {{{"result", sum}}};
}
inline NamedNumbers quotient_row(const NamedNumbers& in) { return {{{"result", in.at("dividend") / in.at("divisor")}}}; }
inline NamedNumbers product_row(const NamedNumbers& in) { return {{{"result", in.at("a") * in.at("b")}}}; }
inline NamedNumbers yearly_growth_row(const NamedNumbers& in) { return {{{"percent", 100 * (std::pow(in.at("to") / in.at("from"), 1 / in.at("years")) - 1)}}}; }

}  // namespace headroom

// Small things the tests of this room share.
#pragma once

#include <string>

#include "analysis/economy/read_input_output.h"
#include "analysis/spending/prices.h"
#include "analysis/spending/spend.h"
#include "topologies/read_site.h"

namespace headroom {

inline const InputOutputTable& us_table() {
  static const InputOutputTable table = find_input_output_table("us-2022");
  return table;
}

// Two sides; two racks of three servers (600 W each) and a switch (190 W), one of two GPU servers (10 kW each).
// Its numbers of racks, GPU servers and UPS modules, and more keys of the second utility, can be changed.
inline std::string small_site(const std::string& dual_racks = "2", const std::string& gpu_servers = "2", const std::string& ups = "2", const std::string& utility_b = "") {
  return R"(kind: site
version: 1
name: small
halls:
  - name: h1
    racks:
      - name: dual
        count: )" + dual_racks + R"(
        servers: [{type: {name: box, cores: 64, memory: 512 GB, supplies: 2, power: {linear: {idle: 200 W, full: 600 W}}}, count: 3}]
        auxiliary: [{name: leaf, type: arista-7050cx3-32s}]
        rack_pdu: rack-pdu-17kva
      - name: gpu
        servers:
          - count: )" + gpu_servers + R"(
            type: {name: gpu-box, cores: 64, memory: 1 TB, gpus: 8, supplies: 2, power: {linear: {idle: 1 kW, full: 10 kW}}}
power:
  scheme: 2N
  utility: [{name: utility-a, voltage: 13.8 kV}, {name: utility-b, voltage: 13.8 kV)" + utility_b + R"(}]
  transformer: {type: transformer-eu-dry-1000kva}
  switchboard: {}
  ups: {type: ups-modern-100kw, count: )" + ups + R"(}
  pdu: {type: pdu-floor-75kva, racks: 2}
cooling: {fixed: 1 kW, proportional: 0.25}
)";
}

inline std::vector<Count> counts_of(const std::string& text) {
  Site const site = read_site_text(text, "site.yaml");
  return count_equipment(site, build_power_graph(site));
}

inline const Rates& shipped_rates() {
  static const Rates rates = Rates::shipped();
  return rates;
}

// In US dollars of 2025, of the United States.
inline PriceTeller dollars() { return PriceTeller({}, shipped_rates()); }

inline const SpendingTables& shipped_tables_of_us() {
  static const SpendingTables tables = SpendingTables::read({}, read_site_text(small_site() + "grid: {distance: 5 km}\n", "site.yaml"), shipped_prices());
  return tables;
}

inline Spending spending_of(const std::string& text, const MoneySpec& money = {}) {
  Site const site = read_site_text(text, "site.yaml");
  SpendingTables const& tables = shipped_tables_of_us();
  return spend(site, build_power_graph(site), tables, {money, {}, {1'000, 1, true}});
}

// With a bill of its own classes, and nothing outside the fence.
inline Bill bill_of_classes(const std::string& text, const std::vector<SpendingClass>& classes) { return make_bill(counts_of(text), classes, {}, dollars()); }

inline const BillLine* line_of(const Bill& bill, const std::string& name) {
  for (auto const& l : bill.lines)
    if (l.spending_class.name == name) return &l;
  return nullptr;
}

// A class of the small site, priced in place.
inline SpendingClass class_of(const std::string& name, const char* count, UnitPrice mid, int year = 2025) {
  SpendingClass out;
  out.name = name;
  out.count = {count};
  out.price.mid = std::move(mid);
  out.price.year = year;
  out.life = {10};
  Seller seller;
  seller.us_bea_summary = "335";
  out.sector = {seller};
  return out;
}

}  // namespace headroom

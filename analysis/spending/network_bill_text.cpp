// The bill of material of networks, as JSON and as text.
#include <fmt/format.h>

#include "analysis/spending/network_bill.h"
#include "base/units.h"

namespace headroom {
namespace {

using OrderedJson = nlohmann::ordered_json;

const char* word(Medium medium) {
  for (auto const& [candidate, name] : names(medium))
    if (candidate == medium) return name;
  return "";
}

OrderedJson links_json(const std::vector<LinksOfRate>& links) {
  OrderedJson out = OrderedJson::array();
  for (auto const& of : links) out.push_back({{"rate_gbit_per_s", of.rate / gigabit_per_second}, {"count", of.count}});
  return out;
}

OrderedJson bill_json(const FabricBill& bill) {
  OrderedJson out{{"fabric", bill.fabric}, {"switches", OrderedJson::array()}, {"optics", OrderedJson::array()}, {"cables", OrderedJson::array()}};
  for (auto const& of : bill.switches) out["switches"].push_back({{"type", of.type}, {"count", of.count}, {"capacity_gbit_per_s", of.capacity / gigabit_per_second}, {"ports_used", of.ports_used}, {"ports_spare", of.ports_spare}});
  for (auto const& of : bill.optics) out["optics"].push_back({{"type", of.type}, {"count", of.count}, {"rate_gbit_per_s", of.rate / gigabit_per_second}});
  for (auto const& of : bill.cables) {
    OrderedJson cable{{"medium", word(of.medium)}};
    if (!of.type.empty()) cable["type"] = of.type;
    cable["rate_gbit_per_s"] = of.rate / gigabit_per_second;
    cable["stock_length_m"] = of.stock / metre;
    cable["count"] = of.count;
    cable["laid_m"] = of.laid / metre;
    out["cables"].push_back(cable);
  }
  out["fibre_laid_m"] = bill.fibre_laid() / metre;
  out["fibre_stock_m"] = bill.fibre_stock() / metre;
  if (bill.nics > 0) out["nics"] = {{"type", bill.nic}, {"count", bill.nics}, {"rate_gbit_per_s", bill.nic_rate / gigabit_per_second}};
  out["server_links"] = links_json(bill.server_links);
  out["switch_links"] = links_json(bill.switch_links);
  if (!bill.wan_links.empty()) out["wan_links"] = links_json(bill.wan_links);
  if (bill.without_cable > 0) out["links_without_cable"] = bill.without_cable;
  return out;
}

std::string rate_text(DataRate rate) { return fmt::format("{:.6g} Gbit/s", rate / gigabit_per_second); }
std::string row(const std::string& what, const std::string& type, std::int64_t count, const std::string& rate, const std::string& more) {
  std::string out = fmt::format("  {:<15} {:<24} {:>9} {:>14}  {}", what, type, count, rate, more);
  out.erase(out.find_last_not_of(' ') + 1);
  return out + "\n";
}

std::string links_text(const std::vector<LinksOfRate>& links, const std::string& what) {
  std::string out;
  for (auto const& of : links) out += row("links", what, of.count, rate_text(of.rate), "");
  return out;
}

std::string bill_text(const FabricBill& bill) {
  std::string out = fmt::format("  {:<15} {:<24} {:>9} {:>14}  {}\n", bill.fabric, "type", "number", "rate of one", "");
  for (auto const& of : bill.switches) out += row("switches", of.type, of.count, rate_text(of.capacity), fmt::format("{} ports used, {} spare", of.ports_used, of.ports_spare));
  for (auto const& of : bill.optics) out += row("optics", of.type, of.count, rate_text(of.rate), "");
  for (auto const& of : bill.cables) out += row(word(of.medium), of.type.empty() ? "fibre" : of.type, of.count, rate_text(of.rate), fmt::format("{:.6g} m of stock, {:.1f} m laid", of.stock / metre, of.laid / metre));
  if (bill.nics > 0) out += row("adapters", bill.nic, bill.nics, rate_text(bill.nic_rate), "");
  out += links_text(bill.server_links, "to servers") + links_text(bill.switch_links, "between switches") + links_text(bill.wan_links, "out of the site");
  if (bill.fibre_laid() > Length{}) out += fmt::format("  fibre           {:.1f} m laid, {:.1f} m of stock lengths\n", bill.fibre_laid() / metre, bill.fibre_stock() / metre);
  if (bill.without_cable > 0) out += fmt::format("  {} without a cable: its length is not known, or the catalogue has none of its rate\n", counted(bill.without_cable, "link"));
  return out;
}

}  // namespace

OrderedJson to_json(const std::vector<FabricBill>& bills) {
  OrderedJson out = OrderedJson::array();
  for (auto const& bill : bills) out.push_back(bill_json(bill));
  return out;
}

std::string to_text(const std::vector<FabricBill>& bills) {
  std::string out = "Bill of material: no spare parts in it\n";
  for (auto const& bill : bills) out += "\n" + bill_text(bill);
  return out;
}

}  // namespace headroom

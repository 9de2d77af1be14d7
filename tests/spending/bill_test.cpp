#include "analysis/spending/bill.h"

#include <catch2/catch.hpp>

#include <set>

#include "tests/spending/support.h"
#include "tests/support/bad_inputs.h"

using namespace headroom;

namespace {

const MissingPrice* missing(const Bill& bill, const std::string& key) {
  for (auto const& gap : bill.missing)
    if (gap.kind->key == key) return &gap;
  return nullptr;
}

std::set<std::string> changed_lines(const Bill& a, const Bill& b) {
  std::set<std::string> changed;
  for (auto const& l : a.lines) {
    BillLine const* other = line_of(b, l.spending_class.name);
    if (other == nullptr || other->quantity != l.quantity || other->amount.mid != l.amount.mid || other->elements.size() != l.elements.size()) changed.insert(l.spending_class.name);
  }
  for (auto const& l : b.lines) CHECK(line_of(a, l.spending_class.name) != nullptr);      // nothing new
  return changed;
}

}  // namespace

TEST_CASE("the bill of a small 2N site is as by hand", "[spending]") {
  Bill const bill = spending_of(small_site()).bill;
  auto const dollars_of_2025 = [](const char* index, int year) { return shipped_rates().index_factor(index, "USD", year, 2025).value; };
  struct Expected {
    const char* name;
    double quantity, mid;
  };
  for (auto const& e : {Expected{"servers", 3600, 3600 * 14.0 * dollars_of_2025("servers", 2020)}, Expected{"gpu-servers", 20e3, 20e3 * 30.4 * dollars_of_2025("servers", 2024)},
                        Expected{"switch-3200g", 2, 2 * 7000.0 * dollars_of_2025("switches", 2022)}, Expected{"ups-modules", 400, 400 * 453.0 * dollars_of_2025("general", 2017)},
                        Expected{"transformer-1000kva", 2000, 2000 * 28.9 * dollars_of_2025("transformers", 2020)}, Expected{"building", 23980, 23980 * 11.7}}) {
    CAPTURE(e.name);
    REQUIRE(line_of(bill, e.name) != nullptr);
    CHECK(line_of(bill, e.name)->quantity == Approx(e.quantity).epsilon(1e-12));
    CHECK(line_of(bill, e.name)->amount.mid == Approx(e.mid).epsilon(1e-12));
  }
  CHECK(bill.money.currency == "USD");
  CHECK(bill.money.year == 2025);
  CHECK(bill.total().mid == Approx(bill.equipment().mid + bill.building().mid).margin(0.001));      // the power path is inside the building
}

TEST_CASE("a bill without classes is empty and names what it has no price for", "[spending]") {
  Bill const bill = bill_of_classes(small_site(), {});
  CHECK(bill.lines.empty());
  CHECK(bill.missing.size() > 8);
  CHECK(bill.total().high == 0);
}

TEST_CASE("totals are the sums of their parts", "[spending]") {
  Bill const bill = spending_of(small_site("7", "3", "5")).bill;
  double low = 0, mid = 0, high = 0, shares = 0;
  for (auto const& l : bill.lines) {
    CHECK(l.amount.mid == l.quantity * l.unit_price.mid);
    CHECK(l.amount.low <= l.amount.mid);
    CHECK(l.amount.mid <= l.amount.high);
    if (l.inside_building) continue;
    low += l.amount.low;
    mid += l.amount.mid;
    high += l.amount.high;
  }
  CHECK(bill.total().low == Approx(low).margin(0.005));
  CHECK(bill.total().mid == Approx(mid).margin(0.005));
  CHECK(bill.total().high == Approx(high).margin(0.005));
  for (auto const& [evidence, name] : names(FigureEvidence{})) shares += bill.total_share(evidence);
  CHECK(shares == Approx(1).epsilon(1e-12));
  CHECK((bill.equipment() + bill.building()).mid == Approx(bill.total().mid).margin(0.005));
}

TEST_CASE("one element less changes exactly the lines that name it", "[spending]") {
  std::string const grid = "grid: {distance: 5 km}\n";
  std::string both = small_site("2", "2", "2", ", limit: 3 MW");
  both.insert(both.find("utility-a, voltage: 13.8 kV") + 27, ", limit: 3 MW");
  Bill const whole = spending_of(both + grid).bill;
  auto const without = [&](const std::string& what, const std::string& instead) {
    std::string text = both;
    text.replace(text.find(what), what.size(), instead);
    return changed_lines(whole, spending_of(text + grid).bill);
  };
  CHECK(without("gpus: 8, supplies: 2", "gpus: 8, supplies: 2").empty());
  CHECK(without("count: 2\n            type: {name: gpu-box", "count: 1\n            type: {name: gpu-box") == std::set<std::string>{"gpu-servers", "building", "cooling", "deep-reinforcement", "generation-gas-combined-cycle"});      // 3 MW may be drawn, far more than is
  CHECK(without("ups-modern-100kw, count: 2", "ups-modern-100kw, count: 1") == std::set<std::string>{"ups-modules", "deep-reinforcement", "generation-gas-combined-cycle"});      // its losses are drawn, too
  for (auto const* name : {"deep-reinforcement", "generation-gas-combined-cycle"}) CHECK(std::any_of(line_of(whole, name)->elements.begin(), line_of(whole, name)->elements.end(), [](const CountedElement& e) { return e.name == "ups-a"; }));
  CHECK(without("        rack_pdu: rack-pdu-17kva\n", "") == std::set<std::string>{"rack-pdu-17kva", "deep-reinforcement", "generation-gas-combined-cycle"});
  CHECK(without("utility-b, voltage: 13.8 kV, limit: 3 MW", "utility-b, voltage: 13.8 kV, limit: 2 MW") == std::set<std::string>{"grid-transformers"});
  for (auto const& line : whole.lines) CHECK_FALSE(line.elements.empty());
}

TEST_CASE("what has no price is named, with its elements and why", "[spending]") {
  Bill const bill = spending_of(small_site()).bill;
  std::set<std::string> keys;
  for (auto const& gap : bill.missing) keys.insert(gap.kind->key);
  CHECK(keys == std::set<std::string>{"utility_feeds"});      // the layout says nothing of its grid
  CHECK(missing(bill, "utility_feeds")->why == "no spending class");
  CHECK_FALSE(missing(bill, "utility_feeds")->inside_building);
  CHECK(spending_of(small_site() + "grid: {distance: 5 km}\n").bill.missing.empty());
  Bill const few = bill_of_classes(small_site(), {class_of("ups", "ups_modules", {453, "USD", "kW"}), class_of("building", "building", {11.7, "USD", "W"})});
  CHECK(missing(few, "racks")->elements.size() == 3);
  CHECK(missing(few, "racks")->why == "no spending class");
  CHECK(missing(few, "racks")->inside_building);
}

TEST_CASE("an element of a size that no class prices is missing, the others are not", "[spending]") {
  SpendingClass large = class_of("transformer-large", "transformers", {30, "USD", "kVA"});
  large.sizes = SizeBand{Size{1000e3, Measure::apparent_power, "1000 kVA"}, {}, {}};
  CHECK(missing(bill_of_classes(small_site(), {large}), "transformers") == nullptr);
  std::string text = small_site();
  text.replace(text.find("transformer-eu-dry-1000kva"), 26, "transformer-us-dry-300kva");
  Bill const bill = bill_of_classes(text, {large});
  REQUIRE(missing(bill, "transformers") != nullptr);
  CHECK(missing(bill, "transformers")->why == "no spending class of that size");
  CHECK(line_of(bill, "transformer-large") == nullptr);
}

TEST_CASE("a price for size cannot price what has no size", "[spending]") {
  SpendingClass const feed = class_of("feed", "utility_feeds", {0.5, "USD", "W"});
  Bill const none = bill_of_classes(small_site(), {feed});
  CHECK(none.lines.empty());
  CHECK(missing(none, "utility_feeds")->why == "the layout gives no size");
  Bill const one = bill_of_classes(small_site("2", "2", "2", ", limit: 3 MW"), {feed});
  REQUIRE(one.lines.size() == 1);
  CHECK(one.lines[0].amount.mid == Approx(1.5e6));
  CHECK(one.lines[0].elements.size() == 1);
  CHECK(missing(one, "utility_feeds")->elements.size() == 1);
}

TEST_CASE("without a price of the building the power path is in the total", "[spending]") {
  auto classes = read_prices(shipped_prices());
  std::erase_if(classes, [](const SpendingClass& c) { return c.name == "building"; });
  Bill const bill = bill_of_classes(small_site(), classes);
  double sum = 0;
  for (auto const& [group, name] : names(SpendingGroup{})) sum += bill.of(group).mid;
  CHECK(bill.total().mid == Approx(sum).margin(0.001));
  CHECK(bill.of(SpendingGroup::power_path).mid > 0);
  CHECK(missing(bill, "building") != nullptr);
}

TEST_CASE("money from shares and assumptions is told apart", "[spending]") {
  auto building = class_of("building", "building", {10, "USD", "W"}), servers = class_of("servers", "servers", {14, "USD", "W"}), gpus = class_of("gpus", "gpu_servers", {30, "USD", "W"});
  building.evidence = FigureEvidence::share;
  servers.evidence = FigureEvidence::assumption;
  gpus.evidence = FigureEvidence::seen;
  Bill const bill = bill_of_classes(small_site(), {building, servers, gpus});
  double const total = 239'800 + 50'400 + 600'000;
  CHECK(bill.total().mid == Approx(total));
  CHECK(bill.total_share(FigureEvidence::share) == Approx(239'800 / total));
  CHECK(bill.total_share(FigureEvidence::assumption) == Approx(50'400 / total));
  CHECK(bill.total_share(FigureEvidence::seen) == Approx(600'000 / total));
}

TEST_CASE("a bill is told in the money of its scenario, with the country's level of prices", "[spending]") {
  std::vector<Count> const counts = counts_of(small_site());
  auto const gpus = class_of("gpus", "gpu_servers", {30, "USD", "W"}, 2020);
  PriceTeller const yuan({"CNY", 2020, "CN"}, shipped_rates());
  double const level = shipped_rates().price_level("CN", "it").value, rate = shipped_rates().convert(1, {"USD", 2020}, {"CNY", 2020});
  CHECK(make_bill(counts, {gpus}, {}, yuan).lines.at(0).amount.mid == Approx(600'000 * rate * level));
  CHECK(rate > 6);
  CHECK(rate < 8);
  auto foreign = gpus;
  foreign.price.mid.currency = "XAU";
  foreign.price.where = {"gpus.yaml", 5, 8};
  CHECK(message_of([&] { make_bill(counts, {foreign}, {}, yuan); }).starts_with("gpus.yaml:5:8: error: "));
}

#include "analysis/spending/bill.h"

#include <catch2/catch.hpp>

#include <set>

#include "tests/spending/support.h"

using namespace headroom;

namespace {

const BillLine* line(const Bill& bill, const std::string& name) {
  for (auto const& l : bill.lines)
    if (l.spending_class.name == name) return &l;
  return nullptr;
}

const MissingPrice* missing(const Bill& bill, const std::string& key) {
  for (auto const& gap : bill.missing)
    if (gap.kind->key == key) return &gap;
  return nullptr;
}

std::set<std::string> changed_lines(const Bill& a, const Bill& b) {
  std::set<std::string> changed;
  for (auto const& l : a.lines) {
    BillLine const* other = line(b, l.spending_class.name);
    if (other == nullptr || other->quantity != l.quantity || other->amount.mid != l.amount.mid || other->elements.size() != l.elements.size()) changed.insert(l.spending_class.name);
  }
  CHECK(a.lines.size() == b.lines.size());
  return changed;
}

}  // namespace

TEST_CASE("the bill of a small 2N site is as by hand", "[spending]") {
  Bill const bill = spending_of(small_site()).bill;
  struct Expected {
    const char* name;
    double quantity, mid;
  };
  for (auto const& e : {Expected{"servers", 3600, 3600 * 14.0}, Expected{"gpu-servers", 20e3, 20e3 * 30.4}, Expected{"switch-3200g", 2, 2 * 7000.0}, Expected{"ups-modules", 400, 400 * 453.0},
                        Expected{"transformer-1000kva", 2000, 2000 * 28.9 * 1.75}, Expected{"building", 23980, 23980 * 11.7}}) {
    CAPTURE(e.name);
    REQUIRE(line(bill, e.name) != nullptr);
    CHECK(line(bill, e.name)->quantity == Approx(e.quantity).epsilon(1e-12));
    CHECK(line(bill, e.name)->amount.mid == Approx(e.mid).epsilon(1e-12));
  }
  CHECK(bill.lines.size() == 6);
  CHECK(bill.currency == "USD");
  CHECK(bill.total().mid == Approx(50'400 + 608'000 + 14'000 + 280'566).margin(0.001));     // the power path is inside the building
  CHECK(bill.of(SpendingGroup::power_path).mid == Approx(181'200 + 101'150).margin(0.001));
}

TEST_CASE("K1 is (IT + network) / building, in three combinations", "[spending]") {
  auto const k1 = spending_of(small_site()).bill.k1();
  REQUIRE(k1);
  CHECK(k1->mid_mid == Approx((50'400 + 608'000 + 14'000) / 280'566.0).epsilon(1e-12));
  CHECK(k1->low_high == Approx((3600 * 10 + 20e3 * 24.3 + 2 * 4000) / (23980 * 15)).epsilon(1e-12));
  CHECK(k1->high_low == Approx((3600 * 20 + 20e3 * 36.5 + 2 * 12000) / (23980 * 9.3)).epsilon(1e-12));
  CHECK(k1->name == "K1");
  CHECK(k1->caveats.size() >= 4);
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
  Range const parts = bill.equipment() + bill.of(SpendingGroup::building);
  CHECK(parts.mid == Approx(bill.total().mid).margin(0.005));
}

TEST_CASE("one element less changes exactly the lines that name it", "[spending]") {
  Bill const whole = spending_of(small_site()).bill;
  CHECK(changed_lines(whole, spending_of(small_site("2", "1")).bill) == std::set<std::string>{"gpu-servers", "building"});
  CHECK(changed_lines(whole, spending_of(small_site("2", "2", "1")).bill) == std::set<std::string>{"ups-modules"});
  CHECK(changed_lines(whole, spending_of(small_site("1")).bill) == std::set<std::string>{"servers", "switch-3200g", "building"});
  CHECK(changed_lines(whole, whole).empty());
}

TEST_CASE("what has no price is named, with its elements and why", "[spending]") {
  Bill const bill = spending_of(small_site()).bill;
  std::set<std::string> keys;
  for (auto const& gap : bill.missing) keys.insert(gap.kind->key);
  CHECK(keys == std::set<std::string>{"racks", "rack_pdus", "floor_pdus", "switchboards", "cooling", "utility_feeds"});
  CHECK(missing(bill, "racks")->elements.size() == 3);
  CHECK(missing(bill, "racks")->why == "no spending class");
  CHECK(missing(bill, "racks")->inside_building);
  CHECK_FALSE(missing(bill, "utility_feeds")->inside_building);
}

TEST_CASE("an element of a size that no class prices is missing, the others are not", "[spending]") {
  std::string text = small_site();
  text.replace(text.find("transformer-eu-dry-1000kva"), 26, "transformer-us-dry-300kva");
  Bill const bill = spending_of(text).bill;
  REQUIRE(missing(bill, "transformers") != nullptr);
  CHECK(missing(bill, "transformers")->why == "no spending class of that size");
  CHECK(line(bill, "transformer-1000kva") == nullptr);
}

TEST_CASE("a price for size cannot price what has no size", "[spending]") {
  SpendingClass feed;
  feed.name = "feed";
  feed.count = {"utility_feeds"};
  feed.price.mid = {0.5, "USD", "W"};
  feed.price.year = 2025;
  Bill const none = make_bill(counts_of(small_site()), {feed});
  CHECK(none.lines.empty());
  CHECK(missing(none, "utility_feeds")->why == "the layout gives no size");
  Bill const one = make_bill(counts_of(small_site("2", "2", "2", ", limit: 3 MW")), {feed});
  REQUIRE(one.lines.size() == 1);
  CHECK(one.lines[0].amount.mid == Approx(1.5e6));
  CHECK(one.lines[0].elements.size() == 1);
  CHECK(missing(one, "utility_feeds")->elements.size() == 1);
  CHECK_FALSE(one.k1());                     // no building, no ratio
}

TEST_CASE("without a price of the building the power path is in the total", "[spending]") {
  auto classes = read_prices(shipped_prices(), sector_codes());
  std::erase_if(classes, [](const SpendingClass& c) { return c.name == "building"; });
  Bill const bill = make_bill(counts_of(small_site()), classes);
  CHECK(bill.total().mid == Approx(50'400 + 608'000 + 14'000 + 181'200 + 101'150).margin(0.001));
  CHECK(missing(bill, "building") != nullptr);
}

TEST_CASE("money from shares and assumptions is told apart", "[spending]") {
  auto classes = read_prices(shipped_prices(), sector_codes());
  for (auto& c : classes)
    if (c.name == "building") c.evidence = FigureEvidence::share;
  Bill const bill = make_bill(counts_of(small_site()), classes);
  double const total = bill.total().mid;
  CHECK(bill.total_share(FigureEvidence::share) == Approx(280'566 / total));
  CHECK(bill.total_share(FigureEvidence::assumption) == Approx((50'400 + 14'000) / total));
  CHECK(bill.total_share(FigureEvidence::seen) == Approx(608'000 / total));
}

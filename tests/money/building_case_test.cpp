#include "analysis/money/building_case.h"

#include <catch2/catch.hpp>

#include "analysis/money/case_answer.h"
#include "tests/support/temporary.h"

using namespace headroom;

namespace {

// Every key; those in `changes` with another line, or none.
std::string case_text(const std::map<std::string, std::string>& changes = {}) {
  std::map<std::string, std::string> lines{{"name", "file"}, {"title", "a case"}, {"currency", "USD"}, {"year", "2020"}, {"life", "15 y"}};
  for (auto const* key : {"building", "it", "grid", "generation"}) lines[key] = "{low: 1 USD/W, mid: 2 USD/W, high: 3 USD/W, evidence: assumption, source: s}";
  for (auto const* key : {"network_share", "use", "energy_only_share"}) lines[key] = "{low: 0.1, mid: 0.2, high: 0.3, evidence: assumption, source: s}";
  for (auto const* key : {"server_life", "network_life"}) lines[key] = "{low: 4 y, mid: 5 y, high: 6 y, evidence: seen, source: s}";
  lines["pue"] = "{low: 1.1, mid: 1.2, high: 1.3, evidence: assumption, source: s}";
  lines["electricity"] = "{low: 0.05 USD/kWh, mid: 0.07 USD/kWh, high: 0.1 USD/kWh, evidence: assumption, source: s}";
  for (auto const& [key, value] : changes) lines[key] = value;
  std::string out = "kind: building-case\nversion: 1\n";
  for (auto const& [key, value] : lines)
    if (!value.empty()) out += key + ": " + value + "\n";
  return out;
}

std::string message_of(const std::map<std::string, std::string>& changes) {
  TemporaryFile const file(".yaml", case_text(changes));
  try {
    read_building_case(file.path());
  } catch (const InputError& e) {
    return e.what();
  }
  return "";
}

struct PublishedRow {
  const char* name;
  std::vector<std::pair<const char*, std::array<double, 3>>> figures;
};

// Triangular inputs, 200,000 independent draws: the three-digit table of the method.
const std::vector<PublishedRow> published{
    {"cloud-2010", {{"building", {8.896, 10.00, 11.10}}, {"k1", {0.893, 1.049, 1.239}}, {"grid_and_generation", {0.1345, 0.1670, 0.2070}}, {"k2", {1.047, 1.217, 1.424}}, {"k3", {3.81, 4.51, 5.38}}, {"k3e_old", {4.69, 5.47, 6.43}}}},
    {"china-2020", {{"building", {4.323, 5.404, 6.836}}, {"k1", {2.293, 3.069, 4.099}}, {"grid_and_generation", {0.1968, 0.2686, 0.3655}}, {"k2", {2.521, 3.343, 4.426}}, {"k3", {6.90, 9.32, 12.58}}, {"k3e_old", {8.16, 10.85, 14.42}}}},
    {"us-ai-2025", {{"building", {10.47, 11.94, 13.63}}, {"k1", {1.965, 2.406, 2.938}}, {"grid_and_generation", {0.1667, 0.2239, 0.2856}}, {"k2", {2.170, 2.631, 3.184}}, {"k3", {6.02, 7.47, 9.27}}, {"k3e_old", {6.69, 8.20, 10.07}}}}};

const CaseFigure& figure(const CaseAnswer& answer, const std::string& key) {
  for (auto const& candidate : answer.figures)
    if (candidate.key == key) return candidate;
  throw std::runtime_error("no figure " + key);
}

double width(const Percentiles& p) { return p.p90 - p.p10; }

}  // namespace

TEST_CASE("200,000 independent draws give every figure of the table within half a per cent", "[money]") {
  for (auto const& row : published)
    for (std::uint64_t const seed : {1u, 2u}) {
      CaseAnswer const answer = answer_case(find_building_case(row.name), {.seed = seed, .correlated = false});
      for (auto const& [key, expected] : row.figures) {
        CAPTURE(row.name, key, seed);
        Percentiles const got = figure(answer, key).independent;
        CHECK(got.p10 == Approx(expected[0]).epsilon(0.005));
        CHECK(got.p50 == Approx(expected[1]).epsilon(0.005));
        CHECK(got.p90 == Approx(expected[2]).epsilon(0.005));
      }
    }
}

TEST_CASE("the whole build of China 2020 costs 20.5 to 27.3 USD/W", "[money]") {
  CaseAnswer const answer = answer_case(find_building_case("china-2020"), {.correlated = false});
  CHECK(figure(answer, "whole_build").independent.p10 == Approx(20.5).epsilon(0.01));
  CHECK(figure(answer, "whole_build").independent.p90 == Approx(27.3).epsilon(0.01));
}

TEST_CASE("correlated draws move the building and the grid together, and leave each input as it was", "[money]") {
  CaseAnswer const answer = answer_case(find_building_case("us-ai-2025"), {.count = 50'000});
  CaseFigure const building = figure(answer, "building"), whole = figure(answer, "whole_build"), supply = figure(answer, "grid_and_generation"), k1 = figure(answer, "k1");
  REQUIRE(building.correlated);
  CHECK(building.correlated->p90 == Approx(building.independent.p90).epsilon(0.01));
  CHECK(width(*whole.correlated) > 1.02 * width(whole.independent));          // sums of what moves together spread
  CHECK(width(*supply.correlated) < 0.99 * width(supply.independent));        // a ratio of what moves together does not
  CHECK(width(*k1.correlated) > 1.01 * width(k1.independent));                // IT and the network's share move together, the building apart
}

TEST_CASE("the ratios by hand", "[money]") {
  // C 10, IT 8, network 2, grid 1, generation 2, 0.4 a year of which a half is energy; 15 years, refresh 5 and 6
  KRatios const k = k_ratios({.building = 10, .it = 8, .network = 2, .grid = 1, .generation = 2, .electricity_per_year = 0.4, .energy_only_share = 0.5, .building_years = 15, .it_years = 5, .network_years = 6});
  CHECK(k.k1 == Approx(1.0));
  CHECK(k.grid_and_generation == Approx(0.3));
  CHECK(k.k2 == Approx(1.3));
  CHECK(k.k3 == Approx(3.2));                   // (8 x 3 + 2 x 2.5 + 3) / 10
  CHECK(k.k3_full_tariff == Approx(3.5));       // (24 + 5 + 6) / 10
  CHECK(k.k3_energy_only == Approx(3.5));       // 3.2 + 3 / 10
  CHECK(k.k3e_old == Approx(3.8));              // 3.2 + 6 / 10
  CHECK_THROWS_AS(k_ratios({.building = 0}), ContractError);
  CHECK_THROWS_AS(k_ratios({.building = 1, .it_years = 0}), ContractError);
}

TEST_CASE("Hamilton's own case by the ratios", "[money]") {
  // refreshed as he does, 3 and 4 years, over 10 and 15 years; without grid and generation
  for (auto const& [facility, years, expected] : {std::tuple{88e6, 10.0, 2.9}, std::tuple{88e6, 15.0, 4.3}, std::tuple{72e6, 10.0, 3.5}, std::tuple{72e6, 15.0, 5.3}}) {
    CAPTURE(facility, years);
    CHECK(k_ratios({.building = facility, .it = 66.7e6, .network = 12.81e6, .building_years = years, .it_years = 3, .network_years = 4}).k3 == Approx(expected).margin(0.06));
  }
}

TEST_CASE("every ratio has its meaning and the caveats that hold for all", "[money]") {
  CaseAnswer const answer = answer_case(find_building_case("cloud-2010"), {.count = 1000});
  Json const json = to_json(answer);
  std::string const text = to_text(answer);
  for (auto const& ratio : json.at("figures")) {
    CAPTURE(ratio.at("key"));
    CHECK_FALSE(ratio.at("meaning").get<std::string>().empty());
    std::string const caveats = ratio.at("caveats").dump();
    CHECK(caveats.find("fixed prices") != std::string::npos);
    if (ratio.contains("unit")) continue;
    for (auto const* caveat : {"no capacity limit", "no displaced spending", "imports", "gross output", "one table of one year", "boundary"}) CHECK(caveats.find(caveat) != std::string::npos);
    for (auto const& caveat : ratio.at("caveats")) CHECK(text.find(caveat.get<std::string>()) != std::string::npos);
  }
  CHECK(text.find("counts grid and power station twice") != std::string::npos);
  CHECK(json.at("k3_drivers").size() == 10);
  CHECK(json.at("figures").at(0).at("difference").contains("width_ratio"));
  CHECK(json.at("inputs").at("building").at("mid") == "10 USD/W");
  CHECK(to_json(answer) == to_json(answer_case(find_building_case("cloud-2010"), {.count = 1000})));
  CHECK_FALSE(to_json(answer_case(find_building_case("cloud-2010"), {.count = 1000, .correlated = false})).at("figures").at(0).contains("correlated"));
}

TEST_CASE("a building case with mistakes is refused, each at its place", "[money]") {
  CHECK(message_of({}).empty());
  for (auto const& [key, line, expected] : {
           std::tuple{"building", "{low: 3 USD/W, mid: 2 USD/W, high: 3 USD/W, evidence: seen, source: s}", "building: low (3 USD/W) is above mid (2 USD/W)"},
           std::tuple{"building", "{low: 1 USD/W, mid: 2 USD/W, high: 1.5 USD/W, evidence: seen, source: s}", "building: high (1.5 USD/W) is below mid (2 USD/W)"},
           std::tuple{"building", "{low: 0 USD/W, mid: 2 USD/W, high: 3 USD/W, evidence: seen, source: s}", "building: 0 USD/W must be above zero"},
           std::tuple{"it", "{low: 1 EUR/W, mid: 2 EUR/W, high: 3 EUR/W, evidence: seen, source: s}", "it: '1 EUR/W' is not in USD, the currency of the case"},
           std::tuple{"it", "{low: 1, mid: 2 USD/W, high: 3 USD/W, evidence: seen, source: s}", "it.low: expected a price such as '10 USD/W', found '1'"},
           std::tuple{"it", "{low: 1 USD/kW, mid: 2 USD/W, high: 3 USD/W, evidence: seen, source: s}", "it.low: expected a price such as '10 USD/W', found '1 USD/kW'"},
           std::tuple{"it", "{low: -1 USD/W, mid: 2 USD/W, high: 3 USD/W, evidence: seen, source: s}", "it.low: -1 USD/W; a price must not be below zero"},
           std::tuple{"it", "{mid: 2 USD/W, high: 3 USD/W, evidence: seen, source: s}", "it: missing key 'low'"},
           std::tuple{"network_share", "{low: 0.1, mid: 0.2, high: 1, evidence: seen, source: s}", "network_share: 1 must be below 1"},
           std::tuple{"pue", "{low: 0.9, mid: 1.2, high: 1.3, evidence: seen, source: s}", "pue: 0.9 must be at least 1"},
           std::tuple{"use", "{low: 0.9, mid: 1, high: 1.1, evidence: seen, source: s}", "use: 1.1 must be at most 1"},
           std::tuple{"server_life", "{low: 0 y, mid: 5 y, high: 6 y, evidence: seen, source: s}", "server_life.low: 0 y; a life must be above zero"},
           std::tuple{"server_life", "{low: 4, mid: 5 y, high: 6 y, evidence: seen, source: s}", "server_life.low: expected years such as '5 y', found '4'"},
           std::tuple{"electricity", "{low: 0.05 USD/W, mid: 0.07 USD/kWh, high: 0.1 USD/kWh, evidence: seen, source: s}", "electricity.low: expected a price such as '0.07 USD/kWh'"},
           std::tuple{"currency", "dollars", "currency: 'dollars' is no currency"},
           std::tuple{"year", "", "missing key 'year'"},
           std::tuple{"name", "other", "the name is 'other', the file is called 'file'; they must agree"},
           std::tuple{"correlations", "{it: 1.1}", "correlations.it: 1.1 must be"},
           std::tuple{"correlations", "{copper: 0.5}", "correlations: unknown key 'copper'"},
       }) {
    std::string const message = message_of({{key, line}});
    CAPTURE(key, line, message);
    CHECK(message.find(expected) != std::string::npos);
    CHECK(message.find("file.yaml:") != std::string::npos);
  }
}

TEST_CASE("the bounds of a building case may be reached", "[money]") {
  CHECK(message_of({{"network_share", "{low: 0, mid: 0.2, high: 0.999, evidence: seen, source: s}"}}).empty());
  CHECK(message_of({{"pue", "{low: 1, mid: 1, high: 1, evidence: seen, source: s}"}}).empty());
  CHECK(message_of({{"use", "{low: 0, mid: 1, high: 1, evidence: seen, source: s}"}}).empty());
  CHECK(message_of({{"correlations", "{it: 0, metals: 1}"}}).empty());
}

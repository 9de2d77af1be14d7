// published_checks.csv, row by row: what others printed, with the inputs that give it. Only rows that were seen in their source are evidence; those
// recalled, fitted or worked out here are run under the name of what they are.
#include <catch2/catch.hpp>

#include <set>

#include "base/csv.h"
#include "tests/spending/published_functions.h"

using namespace headroom;

namespace {

struct PublishedCheck {
  std::string id, function, unit, evidence, source;
  NamedNumbers inputs, expected;
  double tolerance = 0;
};

// "name=value;name=value"
NamedNumbers numbers_of(const CsvReader& csv, std::size_t column) {
  NamedNumbers out;
  std::string_view rest = csv.text(column);
  while (!rest.empty()) {
    std::string_view const part = rest.substr(0, rest.find(';'));
    rest.remove_prefix(std::min(rest.size(), part.size() + 1));
    std::size_t const equals = part.find('=');
    auto const number = parse_number(equals == std::string_view::npos ? std::string_view{} : part.substr(equals + 1));
    if (number.index() == 1 || !out.values.emplace(part.substr(0, equals), std::get<double>(number)).second) throw csv.problem(column, "expected name=value once for each name, found '" + std::string(part) + "'");
  }
  return out;
}

std::vector<PublishedCheck> read_checks() {
  CsvReader csv(std::string(HEADROOM_SOURCE_DIR) + "/tests/spending/published_checks.csv", {{"id"}, {"function"}, {"inputs"}, {"expected"}, {"tolerance"}, {"unit"}, {"evidence"}, {"source"}});
  std::vector<PublishedCheck> out;
  while (csv.next())
    out.push_back({std::string(csv.text(0)), std::string(csv.text(1)), std::string(csv.text(5)), std::string(csv.text(6)), std::string(csv.text(7)), numbers_of(csv, 2), numbers_of(csv, 3), csv.number(4)});
  return out;
}

const std::map<std::string, PublishedFunction>& functions() {
  static const std::map<std::string, PublishedFunction> all{{"hamilton", hamilton_row},
                                                            {"fat_tree", fat_tree_row},
                                                            {"rails", rails_row},
                                                            {"price_sheet", price_sheet_row},
                                                            {"price_sheet_arithmetic", price_sheet_arithmetic_row},
                                                            {"leontief", leontief_row},
                                                            {"type_1", type_1_row},
                                                            {"sum", sum_row},
                                                            {"quotient", quotient_row},
                                                            {"product", product_row},
                                                            {"yearly_growth", yearly_growth_row}};
  return all;
}

// Every row of this evidence; how many there were.
int check_rows(const std::string& evidence) {
  int rows = 0;
  for (auto const& check : read_checks()) {
    if (check.evidence != evidence) continue;
    ++rows;
    CAPTURE(check.id, check.source, check.unit);
    REQUIRE(functions().contains(check.function));
    REQUIRE_FALSE(check.expected.values.empty());
    NamedNumbers const got = functions().at(check.function)(check.inputs);
    for (auto const& [name, expected] : check.expected.values) {
      CAPTURE(name);
      CHECK(std::abs(got.at(name) - expected) <= check.tolerance);
    }
  }
  return rows;
}

}  // namespace

TEST_CASE("published figures that were seen in their source", "[spending]") { CHECK(check_rows("seen") == 21); }

TEST_CASE("consistency check of figures recalled from memory", "[spending]") { CHECK(check_rows("memory") == 13); }

TEST_CASE("consistency check of figures whose inputs were fitted", "[spending]") { CHECK(check_rows("fitted") == 7); }

TEST_CASE("consistency check of figures worked out here", "[spending]") { CHECK(check_rows("computed") == 6); }

TEST_CASE("every row of the published checks is known, has a source, and is run", "[spending]") {
  std::set<std::string> ids;
  for (auto const& check : read_checks()) {
    CAPTURE(check.id);
    CHECK(ids.insert(check.id).second);
    CHECK(functions().contains(check.function));
    CHECK(std::set<std::string>{"seen", "memory", "fitted", "computed"}.contains(check.evidence));
    CHECK_FALSE(check.source.empty());
    CHECK(check.tolerance >= 0);
  }
}

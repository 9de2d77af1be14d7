#include "base/errors.h"

#include <catch2/catch.hpp>

using namespace headroom;

TEST_CASE("a problem is printed as file:line:column: error: what", "[base]") {
  CHECK(to_text(Problem{{"a.yaml", 3, 7}, "what"}) == "a.yaml:3:7: error: what");
  CHECK(to_text(Problem{{"a.yaml", 3, 0}, "what"}) == "a.yaml:3: error: what");
  CHECK(to_text(Problem{{"a.yaml", 0, 0}, "what"}) == "a.yaml: error: what");
}

TEST_CASE("problems are sorted by file, line and column", "[base]") {
  InputError const error({{{"b", 1, 1}, "4"}, {{"a", 10, 1}, "3"}, {{"a", 2, 9}, "2"}, {{"a", 2, 1}, "1"}});
  CHECK(std::string(error.what()) == "a:2:1: error: 1\na:2:9: error: 2\na:10:1: error: 3\nb:1:1: error: 4");
  CHECK(error.problems().front().what == "1");
  CHECK(std::string(InputError({{{"b", 1, 1}, "x"}, {{"a", 1, 1}, "x"}, {{"b", 1, 1}, "x"}}).what()) == "a:1:1: error: x\nb:1:1: error: x");
  CHECK(error.fault() == InputFault::bad_data);
}

TEST_CASE("a broken promise stops, a kept one does not", "[base]") {
  CHECK_NOTHROW(expects(true, "fine"));
  CHECK_THROWS_WITH(expects(false, "one is two"), Catch::Matchers::Contains("errors_test.cpp") && Catch::Matchers::EndsWith("broken promise: one is two"));
  CHECK_THROWS_AS(InputError(std::vector<Problem>{}), ContractError);
}

TEST_CASE("a hint is given when a known name is near, and not otherwise", "[base]") {
  std::vector<std::string> const known{"rated_power", "W", "kW", "ups", "h1"};
  CHECK(nearest_hint("rated_pwoer", known) == ", did you mean 'rated_power'?");
  CHECK(nearest_hint("KW", known) == ", did you mean 'kW'?");
  CHECK(nearest_hint("w", known) == ", did you mean 'W'?");
  CHECK(nearest_hint("upz", known) == ", did you mean 'ups'?");
  CHECK(nearest_hint("hp", {"W"}) == "");
  CHECK(nearest_hint("x", known) == "");
  CHECK(nearest_hint("transformer", known) == "");
  CHECK(nearest_hint("", known) == "");
  CHECK(nearest_hint("anything", {}) == "");
  CHECK(nearest_hint(std::string(1'000'000, 'x'), known) == "");
}

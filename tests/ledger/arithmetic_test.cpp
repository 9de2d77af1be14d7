#include "analysis/ledger/arithmetic.h"

#include <catch2/catch.hpp>

#include <map>

using namespace headroom;

namespace {

const std::map<std::string, double> known{{"a", 3}, {"b", 2}, {"zero", 0}, {"core.peak_mw.2020", 12.5}, {"F022_max", 10}, {"F022", 7}};

double look_up(const std::string& name) {
  if (auto const found = known.find(name); found != known.end()) return found->second;
  throw InputError({"ledger.yaml", 4, 9}, "nobody knows " + name);
}

ArithmeticResult worked(const std::string& text) { return calculate({text, "claims[F022].ours[0].is", {"ledger.yaml", 4, 9}}, look_up); }
double value(const std::string& text) { return worked(text).value; }

std::string complaint(const std::string& text) {
  try {
    worked(text);
  } catch (const InputError& e) {
    return e.what();
  }
  return "none";
}

// The complaint without its place and the text that it is about.
std::string reason(const std::string& text) {
  std::string const front = "ledger.yaml:4:9: error: claims[F022].ours[0].is: '" + text + "': ", whole = complaint(text);
  return whole.starts_with(front) ? whole.substr(front.size()) : whole;
}

}  // namespace

TEST_CASE("arithmetic goes in its usual order", "[ledger]") {
  CHECK(value("1 + 2 * a") == 7);
  CHECK(value("(1 + 2) * a") == 9);
  CHECK(value("a - b - 1") == 0);
  CHECK(value("a / b / 2") == 0.75);
  CHECK(value("2 ^ a ^ b") == 512);
  CHECK(value("-a ^ 2") == -9);
  CHECK(value("2 * -a") == -6);
  CHECK(value("min(a, b) + max(1, b, a)") == 5);
  CHECK(value("sqrt(a * a) + ln(exp(2))") == Approx(5));
  CHECK(value("1.5e3 * .5") == 750);
}

TEST_CASE("names may have dots and digits, and are told in the order of their first use", "[ledger]") {
  ArithmeticResult const result = worked("F022_max - core.peak_mw.2020 + F022 * F022_max");
  CHECK(result.value == 10 - 12.5 + 70);
  CHECK(result.names == std::vector<std::string>{"F022_max", "core.peak_mw.2020", "F022"});
  CHECK(worked("2 + 2").names.empty());
  CHECK(names_in({"nobody.knows / (a - a)", "is", {}}) == std::vector<std::string>{"a", "nobody.knows"});
}

TEST_CASE("what has no value is an error with the figures that went in", "[ledger]") {
  CHECK(reason("a / zero") == "something is divided by zero, or is the logarithm of it; a = 3, zero = 0");
  CHECK(reason("1 / (1 / zero)").starts_with("something is divided by zero"));
  CHECK(reason("min(1, a / zero)").starts_with("something is divided by zero"));
  CHECK(reason("ln(zero)").starts_with("something is divided by zero, or is the logarithm of it"));
  CHECK(reason("sqrt(zero - a)") == "it does not come to a number; zero = 0, a = 3");
  CHECK(reason("min(1, sqrt(zero - a))").starts_with("it does not come to a number"));
  CHECK(reason("10 ^ (100 * a) * 10 ^ (100 * a)") == "it does not come to a number; a = 3");
  CHECK(value("zero / a") == 0);
  CHECK(value("sqrt(zero)") == 0);
}

TEST_CASE("what is no arithmetic is named, with the character where there is one", "[ledger]") {
  CHECK(reason("(a + 1") == "the '(' at character 1 is not closed");
  CHECK(reason("a + (b * (a - 1)") == "the '(' at character 5 is not closed");
  CHECK(reason("a + 1) * 2") == "the ')' at character 6 closes nothing");
  CHECK(reason("a +") == "it ends where a figure or a number should follow");
  CHECK(reason("a b") == "an operator is missing before 'b' at character 3");
  CHECK(reason("2a") == "an operator is missing before 'a' at character 2");
  CHECK(reason("a ** b") == "unexpected '*' at character 4");
  CHECK(reason(" ") == "there is nothing in it");
  CHECK(reason("max()") == "too little in the brackets of 'max'");
  CHECK(reason("1, 2") == "it has 2 results, separated by commas; one is wanted");
  CHECK(reason("a = 4") == "unexpected '=' at character 3; arithmetic is + - * / ^, brackets, min, max, sqrt, ln, exp");
  CHECK(reason("a > b ? 1 : 2").starts_with("unexpected '>' at character 3"));
  CHECK(reason("\"a\"").starts_with("unexpected '\"' at character 1"));
  CHECK(reason("rnd()") != "none");
  CHECK(complaint("a + bb") == "ledger.yaml:4:9: error: nobody knows bb");
  CHECK(complaint("1e400") == "ledger.yaml:4:9: error: nobody knows 1e400");
  CHECK(reason(std::string(20'000, '1')) == "it is too long");
}

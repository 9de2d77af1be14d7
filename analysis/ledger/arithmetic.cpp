#include "analysis/ledger/arithmetic.h"

#include <fmt/format.h>
#include <muParser.h>

#include <algorithm>
#include <cfenv>
#include <cmath>
#include <map>
#include <string_view>

#include "base/units.h"

namespace headroom {
namespace {

constexpr std::string_view name_characters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.";
constexpr std::string_view other_characters = "+-*/^(), ";

[[noreturn]] void fail(const WrittenArithmetic& arithmetic, const std::string& what) { throw InputError(arithmetic.where, fmt::format("{}: '{}': {}", arithmetic.path, arithmetic.text, what)); }

// The parser knows more than we promise (assignment, comparison, text), and says of a bracket that is not closed only that there is one.
void check_characters(const WrittenArithmetic& arithmetic) {
  std::vector<std::size_t> open;
  for (std::size_t i = 0; i < arithmetic.text.size(); ++i) {
    char const c = arithmetic.text[i];
    if (name_characters.find(c) == std::string_view::npos && other_characters.find(c) == std::string_view::npos)
      fail(arithmetic, fmt::format("unexpected '{}' at character {}; arithmetic is + - * / ^, brackets, min, max, sqrt, ln, exp", c, i + 1));
    if (c == '(') open.push_back(i);
    if (c != ')') continue;
    if (open.empty()) fail(arithmetic, fmt::format("the ')' at character {} closes nothing", i + 1));
    open.pop_back();
  }
  if (!open.empty()) fail(arithmetic, fmt::format("the '(' at character {} is not closed", open.back() + 1));
}

std::string in_words(const mu::ParserError& error) {
  std::string const place = fmt::format("'{}' at character {}", error.GetToken(), error.GetPos() + 1);
  switch (error.GetCode()) {
    case mu::ecEMPTY_EXPRESSION: return "there is nothing in it";
    case mu::ecUNEXPECTED_EOF: return "it ends where a figure or a number should follow";
    case mu::ecUNEXPECTED_VAR:
    case mu::ecUNEXPECTED_VAL:
    case mu::ecUNEXPECTED_FUN: return "an operator is missing before " + place;
    case mu::ecTOO_MANY_PARAMS: return fmt::format("too much in the brackets of '{}'", error.GetToken());
    case mu::ecTOO_FEW_PARAMS: return fmt::format("too little in the brackets of '{}'", error.GetToken());
    case mu::ecEXPRESSION_TOO_LONG:
    case mu::ecIDENTIFIER_TOO_LONG: return "it is too long";
    default: return error.GetToken().empty() ? "it is no arithmetic" : "unexpected " + place;
  }
}

mu::Parser parser_of(const WrittenArithmetic& arithmetic) {
  mu::Parser parser;
  parser.DefineNameChars(name_characters.data());
  parser.ClearConst();
  parser.ClearFun();                   // a random number is among them
  parser.DefineFun("min", static_cast<mu::multfun_type>([](const double* all, int count) { return *std::min_element(all, all + count); }));
  parser.DefineFun("max", static_cast<mu::multfun_type>([](const double* all, int count) { return *std::max_element(all, all + count); }));
  parser.DefineFun("sqrt", static_cast<mu::fun_type1>([](double x) { return std::sqrt(x); }));
  parser.DefineFun("ln", static_cast<mu::fun_type1>([](double x) { return std::log(x); }));
  parser.DefineFun("exp", static_cast<mu::fun_type1>([](double x) { return std::exp(x); }));
  parser.SetExpr(arithmetic.text);
  return parser;
}

// Runs what the parser does, its errors turned into ours.
template <class Step>
auto located(const WrittenArithmetic& arithmetic, Step step) {
  check_characters(arithmetic);
  try {
    mu::Parser parser = parser_of(arithmetic);
    return step(parser);
  } catch (const mu::ParserError& error) {
    fail(arithmetic, in_words(error));
  }
}

struct Figures {
  const std::function<double(const std::string&)>& figure;
  std::map<std::string, double> values = {};
  std::vector<std::string> names = {};
};

// What the parser asks for each name that it has not met yet.
double* figure_behind(const char* name, void* data) {
  Figures& figures = *static_cast<Figures*>(data);
  auto const [place, is_new] = figures.values.try_emplace(name, 0.0);
  if (is_new) {
    place->second = figures.figure(name);
    figures.names.emplace_back(name);
  }
  return &place->second;
}

std::string with_figures(const std::string& what, const Figures& figures) {
  std::string out = what;
  for (std::size_t i = 0; i < figures.names.size(); ++i) out += fmt::format("{}{} = {}", i == 0 ? "; " : ", ", figures.names[i], number_text(figures.values.at(figures.names[i])));
  return out;
}

}  // namespace

ArithmeticResult calculate(const WrittenArithmetic& arithmetic, const std::function<double(const std::string&)>& figure) {
  Figures figures{figure};
  return located(arithmetic, [&](mu::Parser& parser) {
    parser.SetVarFactory(figure_behind, &figures);
    std::feclearexcept(FE_ALL_EXCEPT);
    double const value = parser.Eval();
    // A division by zero inside can come out as a number again: 1 / (1 / 0), min(1, 1 / 0).
    if (std::fetestexcept(FE_DIVBYZERO) != 0) fail(arithmetic, with_figures("something is divided by zero, or is the logarithm of it", figures));
    if (std::fetestexcept(FE_INVALID) != 0 || !std::isfinite(value)) fail(arithmetic, with_figures("it does not come to a number", figures));
    if (parser.GetNumResults() != 1) fail(arithmetic, fmt::format("it has {} results, separated by commas; one is wanted", parser.GetNumResults()));
    return ArithmeticResult{value, figures.names};
  });
}

std::vector<std::string> names_in(const WrittenArithmetic& arithmetic) {
  return located(arithmetic, [](mu::Parser& parser) {
    std::vector<std::string> names;
    for (auto const& [name, value] : parser.GetUsedVar()) names.push_back(name);
    return names;
  });
}

}  // namespace headroom

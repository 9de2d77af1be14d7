// One description for each struct that people write:
//
//   void fields(auto& v, UpsSpec& s) { v("rated_power", s.rated_power, required.positive(), "deliverable power"); }
//
// and visitors for reading (read_fields.h), the echo and the JSON Schema (json_fields.h). Nothing about a key is
// written twice. An optional key's default is the member's initial value.
#pragma once

#include <array>
#include <cmath>
#include <concepts>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/errors.h"
#include "base/quantity.h"
#include "base/time.h"

namespace headroom {

// What a key's value must satisfy beside its type. Bounds are in SI units.
struct Rule {
  bool is_required = false;
  double minimum = -std::numeric_limits<double>::infinity();
  double maximum = std::numeric_limits<double>::infinity();
  bool above_minimum = false;      // strictly
  bool not_empty = false;          // of a list or a text
  bool may_be_one = false;         // of a list: its only item may stand without the list

  constexpr Rule positive() const { Rule r = *this; r.minimum = 0; r.above_minimum = true; return r; }
  constexpr Rule non_negative() const { Rule r = *this; r.minimum = 0; return r; }
  constexpr Rule between(double low, double high) const { Rule r = *this; r.minimum = low; r.maximum = high; return r; }
  constexpr Rule at_least(double low) const { Rule r = *this; r.minimum = low; return r; }
  constexpr Rule share() const { return between(0, 1); }
  constexpr Rule efficiency() const { Rule r = between(0, 1); r.above_minimum = true; return r; }
  constexpr Rule filled() const { Rule r = *this; r.not_empty = true; return r; }
  constexpr Rule one_or_list() const { Rule r = *this; r.may_be_one = true; return r; }
};
constexpr Rule required{.is_required = true};
constexpr Rule optional{};

// A name of something that ships or a path to the user's own, or the content written in place: all three are the same.
// T has `static constexpr const char* kind`.
template <class T>
struct Reference {
  std::string name;      // as written; "" when written in place
  T value;

  bool operator==(const Reference& other) const { return value == other.value; }
};

// Enumerations say their names: `constexpr auto names(Scheme) { return std::array{std::pair{Scheme::n, "N"}, ...}; }`
template <class T>
concept NamedEnum = std::is_enum_v<T> && requires(T t) { names(t); };

// A scalar with a grammar of its own: `static Parsed<T> parse(std::string_view)`, `std::string text() const`,
// `static constexpr const char* grammar`.
template <class T>
concept ScalarText = requires(const T t) {
  { t.text() } -> std::convertible_to<std::string>;
  T::parse(std::string_view{});
};

// One that is a number: written without quotes, checked against the rule's bounds.
template <class T>
concept ScalarNumber = ScalarText<T> && requires(const T t) {
  { t.value() } -> std::same_as<double>;
};

struct NoVisitor {
  void operator()(const char*, auto&, Rule, const char*) {}
};
template <class T>
concept Described = requires(T& t, NoVisitor& v) { fields(v, t); };

// A struct that stands in a file of its own.
template <class T>
concept HasKind = requires { { T::kind } -> std::convertible_to<std::string_view>; };

template <class T> struct is_quantity : std::false_type {};
template <Dimension D> struct is_quantity<Quantity<D>> : std::true_type {};
template <class T> struct is_reference : std::false_type {};
template <class T> struct is_reference<Reference<T>> : std::true_type {};
template <class T> struct is_vector : std::false_type {};
template <class T> struct is_vector<std::vector<T>> : std::true_type {};
template <class T> struct is_optional : std::false_type {};
template <class T> struct is_optional<std::optional<T>> : std::true_type {};
template <class T> struct is_text_map : std::false_type {};
template <class T> struct is_text_map<std::map<std::string, T>> : std::true_type {};

// Can a value of this type be written as a mapping of keys?
template <class T>
constexpr bool may_be_mapping() {
  if constexpr (is_optional<T>::value) return may_be_mapping<typename T::value_type>();
  else return is_reference<T>::value || is_text_map<T>::value || Described<T>;
}

}  // namespace headroom

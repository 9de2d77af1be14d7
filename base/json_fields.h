// Described structs as JSON: the echo (every value, defaults among them) and the JSON Schema (draft-07).
#pragma once

#include <nlohmann/json.hpp>

#include "base/fields.h"
#include "base/units.h"

namespace headroom {

using Json = nlohmann::json;      // objects are sorted by key: the echo is canonical

template <class T> Json echo(const T& value);
template <class T> Json schema_of(Rule rule);

class EchoVisitor {
 public:
  template <class T>
  void operator()(const char* key, T& member, Rule, const char*) {
    Json value = echo(member);
    if (!value.is_null()) json[key] = std::move(value);
  }
  Json json = Json::object();
};

template <class T>
Json echo_struct(const T& value) {
  EchoVisitor visitor;
  if constexpr (HasKind<T>) visitor.json = {{"kind", T::kind}, {"version", 1}};
  fields(visitor, const_cast<T&>(value));      // the visitor only reads; one description serves both directions
  return visitor.json;
}

template <class T>
Json echo(const T& value) {
  if constexpr (is_optional<T>::value) return value ? echo(*value) : Json();
  else if constexpr (is_reference<T>::value) return echo_struct(value.value);
  else if constexpr (is_vector<T>::value) {
    Json out = Json::array();
    for (auto const& item : value) out.push_back(echo(item));
    return out;
  } else if constexpr (is_text_map<T>::value) {
    Json out = Json::object();
    for (auto const& [key, item] : value) out[key] = echo(item);
    return out;
  } else if constexpr (std::same_as<T, std::string> || std::same_as<T, bool> || std::integral<T> || std::same_as<T, double>) return value;
  else if constexpr (is_quantity<T>::value || std::same_as<T, Duration> || std::same_as<T, DateTime>) return to_text(value);
  else if constexpr (NamedEnum<T>) {
    for (auto const& [candidate, name] : names(value))
      if (candidate == value) return name;
    return Json();
  } else if constexpr (ScalarText<T>) {
    if constexpr (Described<T>)
      if (value.text().empty()) return echo_struct(value);
    if constexpr (ScalarNumber<T>) return value.value();
    else return value.text();
  } else return echo_struct(value);
}

class SchemaVisitor {
 public:
  template <class T>
  void operator()(const char* key, T& member, Rule rule, const char* doc) {
    Json property = schema_of<T>(rule);
    property["description"] = doc;
    if (rule.is_required) required_keys.push_back(key);
    else if (Json value = echo(member); !value.is_null() && !(value.is_string() && value == "") && !(value.is_array() && value.empty()) && !value.is_object())
      property["default"] = std::move(value);
    properties[key] = std::move(property);
  }
  Json properties = Json::object();
  std::vector<std::string> required_keys;
};

template <class T>
Json schema_of_struct() {
  T value{};
  SchemaVisitor visitor;
  fields(visitor, value);
  Json out{{"type", "object"}, {"additionalProperties", false}};
  if constexpr (HasKind<T>) {
    visitor.properties["kind"] = {{"const", T::kind}, {"description", "what this file is"}};
    visitor.properties["version"] = {{"const", 1}, {"description", "of the format"}};
  }
  out["properties"] = visitor.properties;
  if (!visitor.required_keys.empty()) out["required"] = visitor.required_keys;
  return out;
}

template <class T>
Json schema_of_number(Rule rule, const char* type) {
  Json out{{"type", type}};
  if (std::isfinite(rule.minimum)) out[rule.above_minimum ? "exclusiveMinimum" : "minimum"] = rule.minimum;
  if (std::isfinite(rule.maximum)) out["maximum"] = rule.maximum;
  return out;
}

template <class T>
Json schema_of(Rule rule) {
  if constexpr (is_optional<T>::value) return schema_of<typename T::value_type>(rule);
  else if constexpr (is_reference<T>::value) {
    return {{"oneOf", Json::array({Json{{"type", "string"}, {"description", "a name of what ships, or a path"}}, schema_of_struct<decltype(T{}.value)>()})}};
  } else if constexpr (is_vector<T>::value) {
    Json out{{"type", "array"}, {"items", schema_of<typename T::value_type>(Rule{})}};
    if (rule.not_empty) out["minItems"] = 1;
    if (rule.may_be_one) return {{"oneOf", Json::array({schema_of<typename T::value_type>(Rule{}), out})}, {"title", Described<typename T::value_type> ? "one, or a list of them" : "a name, or a list of names"}};
    return out;
  } else if constexpr (is_text_map<T>::value) return {{"type", "object"}, {"additionalProperties", schema_of<typename T::mapped_type>(Rule{})}};
  else if constexpr (std::same_as<T, std::string>) return {{"type", "string"}};
  else if constexpr (std::same_as<T, bool>) return {{"type", "boolean"}};
  else if constexpr (std::integral<T>) return schema_of_number<T>(rule, "integer");
  else if constexpr (std::same_as<T, double>) return schema_of_number<T>(rule, "number");
  else if constexpr (is_quantity<T>::value) return {{"type", "string"}, {"title", "a quantity " + unit_examples<T>()}};
  else if constexpr (std::same_as<T, Duration>) return {{"type", "string"}, {"title", "a time such as '10 min'"}};
  else if constexpr (std::same_as<T, DateTime>) return {{"type", "string"}, {"title", "a moment such as '2017-10-03T00:00:00-05:00'"}};
  else if constexpr (NamedEnum<T>) {
    Json values = Json::array();
    for (auto const& [value, name] : names(T{})) values.push_back(name);
    return {{"enum", values}};
  } else if constexpr (ScalarText<T>) {
    if constexpr (ScalarNumber<T>) return schema_of_number<T>(rule, "number");
    Json text{{"type", "string"}, {"title", T::grammar}};
    if constexpr (Described<T>) return {{"oneOf", Json::array({text, schema_of_struct<T>()})}};
    else return text;
  } else return schema_of_struct<T>();
}

// A whole schema file for documents of kind T.
template <class T>
Json schema_document() {
  Json out = schema_of_struct<T>();
  out["$schema"] = "http://json-schema.org/draft-07/schema#";
  out["$id"] = std::string(T::kind) + "-1.schema.json";
  out["title"] = std::string("Headroom ") + T::kind;
  out["required"].push_back("kind");
  out["required"].push_back("version");
  return out;
}

}  // namespace headroom

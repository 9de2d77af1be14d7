// Reading a described struct from a Tree, strictly: unknown, missing and wrong keys are collected, each with its place.
#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <functional>

#include "base/fields.h"
#include "base/tree.h"
#include "base/units.h"

namespace headroom {

// `--set PATH=VALUE`: VALUE is YAML; PATH names list items by number or by name: site.halls[h1].racks[0].count.
struct Override {
  std::string path;
  TreePtr value;
  mutable bool used = false;
  mutable std::string same_as = {};    // the path of an earlier one for the same key
};

std::vector<Override> parse_overrides(const std::vector<std::string>& settings);    // throws InputError

// What reading needs beside the tree.
struct ReadContext {
  // The content behind a name or a path: kind, text, the file that mentions it. Throws InputError.
  std::function<TreePtr(std::string_view kind, const Tree& mention)> resolve;
  const std::vector<Override>* overrides = nullptr;
  std::vector<Problem> problems;
  std::size_t missing_inputs = 0;            // of the problems: what is mentioned is not there
  std::vector<std::string> known_paths;      // kept while there are overrides, for hints

  void problem(const Location& where, const std::string& path, const std::string& what) {
    problems.push_back({where, path.empty() ? what : path + ": " + what});
  }
  // Throws what was collected, unused overrides among it.
  void finish();
};

// Where in the document: printed as site.halls[h1].racks[0].
class Path {
 public:
  Path() = default;
  Path key(std::string_view name) const { return Path(text_.empty() ? std::string(name) : text_ + "." + std::string(name), number_.empty() ? std::string(name) : number_ + "." + std::string(name)); }
  Path item(std::size_t index, const std::string& name) const {
    return Path(fmt::format("{}[{}]", text_, name.empty() ? std::to_string(index) : name), fmt::format("{}[{}]", number_, index));
  }
  const std::string& text() const { return text_; }        // items by name where they have one
  const std::string& numbers() const { return number_; }   // items by number

 private:
  Path(std::string text, std::string number) : text_(std::move(text)), number_(std::move(number)) {}
  std::string text_, number_;
};

bool same_place(std::string_view path, const Path& place);     // may mix names and numbers
const Tree* overridden(const ReadContext& context, const Path& path);
// An empty mapping, where a setting speaks of a key below the path: for what the file leaves out altogether.
const Tree* overridden_below(const ReadContext& context, const Path& path);
const char* kind_name(Tree::Kind kind);
std::string item_name(const Tree& item);                       // the `name` of a map, or ""

template <class T> void read_value(const Tree& tree, const Path& path, Rule rule, ReadContext& context, T& out);

class MapReader {
 public:
  MapReader(const Tree& tree, Path path, ReadContext& context) : tree_(tree), path_(std::move(path)), context_(context) {}

  template <class T>
  void operator()(const char* key, T& member, Rule rule, const char* = "") {
    asked_.emplace_back(key);
    Path const place = path_.key(key);
    if (context_.overrides != nullptr) context_.known_paths.insert(context_.known_paths.end(), {place.text(), place.numbers()});
    const Tree* value = overridden(context_, place);
    if (value == nullptr)
      if (auto const* entry = tree_.find(key)) value = entry->value.get();
    if constexpr (may_be_mapping<T>())
      if (value == nullptr) value = overridden_below(context_, place);
    if (value != nullptr) read_value(*value, place, rule, context_, member);
    else if (rule.is_required) missing_.emplace_back(key);
  }

  void finish();     // missing and unknown keys

 private:
  const Tree& tree_;
  Path path_;
  ReadContext& context_;
  std::vector<std::string> asked_, missing_;
};

namespace reading {

// The scalar's text, or a problem.
const std::string* scalar(const Tree& tree, const Path& path, ReadContext& context, const std::string& wanted);
void check_range(double value, Rule rule, const std::string& shown, const Tree& tree, const Path& path, ReadContext& context);
bool right_header(const Tree& tree, const Path& path, std::string_view kind, bool own_file, MapReader& reader, ReadContext& context);

// Numbers and true or false stand without quotes: "1" is text.
template <class T>
concept Bare = std::same_as<T, bool> || std::integral<T> || std::same_as<T, double> || ScalarNumber<T>;

template <class T, class Parse>
bool parsed(const Tree& tree, const Path& path, ReadContext& context, const std::string& wanted, Parse parse, T& out) {
  const std::string* text = scalar(tree, path, context, wanted);
  if (text == nullptr) return false;
  if (Bare<T> && tree.quoted) {
    context.problem(tree.where, path.text(), fmt::format("expected {}, found the text '{}'; leave out the quotes", wanted, *text));
    return false;
  }
  auto result = parse(*text);
  if (auto* what = std::get_if<std::string>(&result); what != nullptr && result.index() == 1) {
    context.problem(tree.where, path.text(), *what);
    return false;
  }
  out = std::get<0>(std::move(result));
  return true;
}

Parsed<bool> parse_bool(std::string_view text);
Parsed<std::int64_t> parse_whole(std::string_view text);
Parsed<DateTime> parse_moment(std::string_view text);

template <NamedEnum E>
Parsed<E> parse_enum(std::string_view text) {
  std::vector<std::string> known;
  for (auto const& [value, name] : names(E{})) {
    if (text == name) return value;
    known.emplace_back(name);
  }
  return fmt::format("unknown value '{}'; one of {}", text, fmt::join(known, ", "));
}

template <class T>
void read_struct(const Tree& tree, const Path& path, bool own_file, ReadContext& context, T& out) {
  if (tree.kind != Tree::Kind::map) {
    context.problem(tree.where, path.text(), fmt::format("expected a mapping of keys, found {}", kind_name(tree.kind)));
    return;
  }
  std::size_t const problems_before = context.problems.size();
  MapReader reader(tree, path, context);
  if constexpr (HasKind<T>)
    if (!right_header(tree, path, T::kind, own_file, reader, context)) return;     // its keys mean something else
  if constexpr (requires { out.where; }) out.where = tree.where;
  fields(reader, out);
  reader.finish();
  if constexpr (requires { check(out, path.text(), context.problems); })
    if (context.problems.size() == problems_before) check(out, path.text(), context.problems);
}

}  // namespace reading

template <class T>
void read_value(const Tree& tree, const Path& path, Rule rule, ReadContext& context, T& out) {
  using namespace reading;
  if constexpr (is_optional<T>::value) {
    typename T::value_type value{};
    read_value(tree, path, rule, context, value);
    out = std::move(value);
  } else if constexpr (is_reference<T>::value) {
    using Content = decltype(out.value);
    if (tree.kind == Tree::Kind::scalar) {
      out.name = tree.text;
      try {
        TreePtr const content = context.resolve(Content::kind, tree);
        read_struct(*content, path, true, context, out.value);
      } catch (const InputError& e) {
        for (auto const& problem : e.problems()) context.problems.push_back(problem);
        if (e.fault() == InputFault::missing) context.missing_inputs += e.problems().size();
      }
    } else if (tree.kind == Tree::Kind::map) {
      read_struct(tree, path, false, context, out.value);
    } else {
      context.problem(tree.where, path.text(), fmt::format("expected a name, a path, or a {} written here, found {}", Content::kind, kind_name(tree.kind)));
    }
  } else if constexpr (is_vector<T>::value) {
    constexpr bool of_mappings = Described<typename T::value_type>;
    if (rule.may_be_one && tree.kind == (of_mappings ? Tree::Kind::map : Tree::Kind::scalar)) {
      out.clear();
      read_value(tree, path, Rule{}, context, out.emplace_back());
      return;
    }
    if (tree.kind != Tree::Kind::list) {
      context.problem(tree.where, path.text(), fmt::format("expected {}, found {}", !rule.may_be_one ? "a list" : of_mappings ? "one mapping or a list of them" : "one name or a list", kind_name(tree.kind)));
      return;
    }
    out.clear();
    if (rule.not_empty && tree.items.empty()) context.problem(tree.where, path.text(), "the list is empty; it needs at least one item");
    for (std::size_t i = 0; i < tree.items.size(); ++i) {
      Path const place = path.item(i, item_name(*tree.items[i]));
      const Tree* item = overridden(context, place);
      Rule item_rule = rule;
      item_rule.not_empty = false;
      read_value(item != nullptr ? *item : *tree.items[i], place, item_rule, context, out.emplace_back());
    }
  } else if constexpr (is_text_map<T>::value) {
    if (tree.kind != Tree::Kind::map) {
      context.problem(tree.where, path.text(), fmt::format("expected a mapping of keys, found {}", kind_name(tree.kind)));
      return;
    }
    for (auto const& entry : tree.entries) read_value(*entry.value, path.key(entry.key), rule, context, out[entry.key]);
  } else if constexpr (std::same_as<T, std::string>) {
    if (const std::string* text = scalar(tree, path, context, "text")) {
      out = *text;
      if (rule.not_empty && out.empty()) context.problem(tree.where, path.text(), "the text is empty");
    }
  } else if constexpr (std::same_as<T, bool>) {
    parsed(tree, path, context, "true or false", parse_bool, out);
  } else if constexpr (std::integral<T>) {
    std::int64_t value = 0;
    if (!parsed(tree, path, context, "a whole number", parse_whole, value)) return;
    if (!std::in_range<T>(value)) context.problem(tree.where, path.text(), fmt::format("{} is beyond the range of counts", value));
    else {
      out = static_cast<T>(value);
      check_range(static_cast<double>(value), rule, std::to_string(value), tree, path, context);
    }
  } else if constexpr (std::same_as<T, double>) {
    if (parsed(tree, path, context, "a number", parse_number, out)) check_range(out, rule, number_text(out), tree, path, context);
  } else if constexpr (is_quantity<T>::value) {
    if (parsed(tree, path, context, "a quantity " + unit_examples<T>(), [](std::string_view t) { return parse_quantity<T>(t); }, out))
      check_range(out.si(), rule, to_text(out), tree, path, context);
  } else if constexpr (std::same_as<T, Duration>) {
    if (parsed(tree, path, context, "a time such as '10 min'", parse_duration, out))
      check_range(out.seconds(), rule, to_text(out), tree, path, context);
  } else if constexpr (std::same_as<T, DateTime>) {
    parsed(tree, path, context, "a moment such as '2017-10-03T00:00:00-05:00'", parse_moment, out);
  } else if constexpr (NamedEnum<T>) {
    parsed(tree, path, context, "a word", parse_enum<T>, out);
  } else if constexpr (ScalarText<T>) {
    if constexpr (Described<T>) {
      if (tree.kind == Tree::Kind::map) {
        read_struct(tree, path, false, context, out);
        return;
      }
    }
    bool const good = parsed(tree, path, context, T::grammar, [](std::string_view t) { return T::parse(t); }, out);
    if constexpr (requires { out.where; }) out.where = tree.where;
    if constexpr (ScalarNumber<T>)
      if (good) check_range(out.value(), rule, out.text(), tree, path, context);
  } else {
    reading::read_struct(tree, path, false, context, out);
  }
}

// A file of kind T, checked whole. Throws InputError with everything that is wrong with it.
template <class T>
T read_document(const Tree& tree, ReadContext& context) {
  T out;
  reading::read_struct(tree, Path{}, true, context, out);
  context.finish();
  return out;
}

}  // namespace headroom

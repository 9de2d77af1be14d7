#include "base/read_fields.h"

#include <charconv>

#include "base/yaml.h"

namespace headroom {
namespace {

struct Segment {
  std::string_view text;
  bool is_item;
};

// Splits off the first segment of "halls[h1].count".
Segment take_segment(std::string_view& path) {
  if (path.starts_with("[")) {
    auto const close = std::min(path.find(']'), path.size() - 1);
    Segment const segment{path.substr(1, close - 1), true};
    path.remove_prefix(close + 1);
    return segment;
  }
  if (path.starts_with(".")) path.remove_prefix(1);
  auto const end = std::min(path.find_first_of(".["), path.size());
  Segment const segment{path.substr(0, end), false};
  path.remove_prefix(end);
  return segment;
}

}  // namespace

std::vector<Override> parse_overrides(const std::vector<std::string>& settings) {
  std::vector<Override> out;
  for (auto const& setting : settings) {
    auto const equals = setting.find('=');
    if (equals == std::string::npos || equals == 0)
      throw InputError({"--set " + setting, 0, 0}, "expected PATH=VALUE, such as site.halls[0].racks[0].count=10");
    std::string const path = setting.substr(0, equals), text = setting.substr(equals + 1);
    if (text.empty()) throw InputError({"--set " + setting, 0, 0}, "the value after '=' is empty");
    for (auto const& other : out)
      if (other.path == path) throw InputError({"--set " + setting, 0, 0}, "the same path is set twice");
    out.push_back({path, parse_yaml(text, "--set " + setting)});
  }
  return out;
}

bool same_place(std::string_view path, const Path& place) {
  std::string_view by_name = place.text(), by_number = place.numbers();
  while (!path.empty() && !by_name.empty()) {
    Segment const wanted = take_segment(path), name = take_segment(by_name), number = take_segment(by_number);
    if (wanted.is_item != name.is_item || (wanted.text != name.text && wanted.text != number.text)) return false;
  }
  return path.empty() && by_name.empty();
}

const Tree* overridden(const ReadContext& context, const Path& path) {
  if (context.overrides == nullptr) return nullptr;
  const Override* found = nullptr;
  for (auto const& candidate : *context.overrides)
    if (same_place(candidate.path, path)) {
      if (found != nullptr) candidate.same_as = found->path;
      else found = &candidate;
    }
  if (found == nullptr) return nullptr;
  found->used = true;
  return found->value.get();
}

const Tree* overridden_below(const ReadContext& context, const Path& path) {
  if (context.overrides == nullptr) return nullptr;
  static const Tree nothing_yet = [] {
    Tree tree;
    tree.kind = Tree::Kind::map;
    tree.where = {"--set", 0, 0};
    return tree;
  }();
  for (auto const& candidate : *context.overrides)
    for (std::size_t at = candidate.path.find_first_of(".["); at != std::string::npos; at = candidate.path.find_first_of(".[", at + 1))
      if (same_place(std::string_view(candidate.path).substr(0, at), path)) return &nothing_yet;
  return nullptr;
}

const char* kind_name(Tree::Kind kind) {
  switch (kind) {
    case Tree::Kind::null: return "nothing";
    case Tree::Kind::scalar: return "a single value";
    case Tree::Kind::list: return "a list";
    case Tree::Kind::map: return "a mapping of keys";
  }
  return "";
}

std::string item_name(const Tree& item) {
  auto const* name = item.kind == Tree::Kind::map ? item.find("name") : nullptr;
  return name != nullptr && name->value->kind == Tree::Kind::scalar ? name->value->text : "";
}

void ReadContext::finish() {
  if (overrides != nullptr && problems.empty()) {
    for (auto const& setting : *overrides) {
      if (!setting.same_as.empty()) problems.push_back({{"--set " + setting.path, 0, 0}, fmt::format("--set {} sets the same key", setting.same_as)});
      else if (!setting.used) problems.push_back({{"--set " + setting.path, 0, 0}, "there is no such key" + nearest_hint(setting.path, known_paths)});
    }
  }
  if (problems.empty()) return;
  InputFault const fault = missing_inputs == problems.size() ? InputFault::missing : InputFault::bad_data;
  throw InputError(std::move(problems), fault);
}

void MapReader::finish() {
  std::vector<std::string> strangers;
  for (auto const& entry : tree_.entries)
    if (std::find(asked_.begin(), asked_.end(), entry.key) == asked_.end()) strangers.push_back(entry.key);
  for (auto const& key : missing_) {
    std::string const near = nearest_hint(key, strangers);
    auto const quote = near.find('\'');
    std::string const found = near.empty() ? "" : " (found " + near.substr(quote, near.rfind('\'') - quote + 1) + ")";
    context_.problem(tree_.where, path_.text(), fmt::format("missing key '{}'{}", key, found));
  }
  for (auto const& entry : tree_.entries)
    if (std::find(asked_.begin(), asked_.end(), entry.key) == asked_.end())
      context_.problem(entry.where, path_.text(), fmt::format("unknown key '{}'{}", entry.key, nearest_hint(entry.key, asked_)));
}

namespace reading {

const std::string* scalar(const Tree& tree, const Path& path, ReadContext& context, const std::string& wanted) {
  if (tree.kind == Tree::Kind::scalar) return &tree.text;
  context.problem(tree.where, path.text(), fmt::format("expected {}, found {}", wanted, kind_name(tree.kind)));
  return nullptr;
}

void check_range(double value, Rule rule, const std::string& shown, const Tree& tree, const Path& path, ReadContext& context) {
  bool const low = value < rule.minimum || (rule.above_minimum && value <= rule.minimum);
  if (!low && value <= rule.maximum) return;
  std::string wanted;
  if (rule.maximum < std::numeric_limits<double>::infinity())
    wanted = fmt::format("must be {} {} and at most {}", rule.above_minimum ? "above" : "at least", number_text(rule.minimum), number_text(rule.maximum));
  else if (rule.minimum == 0) wanted = rule.above_minimum ? "must be above zero" : "must not be negative";
  else wanted = fmt::format("must be at least {}", number_text(rule.minimum));
  context.problem(tree.where, path.text(), fmt::format("{} {}", shown, wanted));
}

bool right_header(const Tree& tree, const Path& path, std::string_view kind, bool own_file, MapReader& reader, ReadContext& context) {
  std::string found_kind(kind);
  int version = 1;
  Rule const rule = own_file ? required : optional;
  reader("kind", found_kind, rule, "");
  reader("version", version, rule, "");
  auto const at = [&](const char* key) { return tree.find(key) != nullptr ? tree.find(key)->value->where : tree.where; };
  if (found_kind != kind) context.problem(at("kind"), path.text(), fmt::format("this is a '{}', expected a '{}'", found_kind, kind));
  if (version != 1) context.problem(at("version"), path.text(), fmt::format("version {} is not known; this program reads version 1", version));
  return found_kind == kind && version == 1;
}

Parsed<bool> parse_bool(std::string_view text) {
  if (text == "true") return true;
  if (text == "false") return false;
  return fmt::format("expected true or false, found '{}'", text);
}

Parsed<std::int64_t> parse_whole(std::string_view text) {
  std::int64_t value = 0;
  auto const [end, code] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (code == std::errc::result_out_of_range) return fmt::format("'{}' is beyond the range of whole numbers", text);
  if (code != std::errc{} || end != text.data() + text.size()) return fmt::format("expected a whole number, found '{}'", text);
  return value;
}

Parsed<DateTime> parse_moment(std::string_view text) {
  if (auto moment = parse_date_time(text)) return *moment;
  return fmt::format("expected a moment such as '2017-10-03T00:00:00-05:00' (with its offset from UTC), found '{}'", text);
}

}  // namespace reading
}  // namespace headroom

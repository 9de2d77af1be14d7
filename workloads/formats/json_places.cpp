#include "workloads/formats/json_places.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <nlohmann/json.hpp>
#include <unordered_map>

#include "workloads/formats/cells.h"

namespace headroom {
namespace {

constexpr std::size_t depth_limit = 100;

// Walks the text and tells where the parser has got to.
struct Walker {
  using iterator_category = std::input_iterator_tag;
  using value_type = char;
  using difference_type = std::ptrdiff_t;
  using pointer = const char*;
  using reference = const char&;

  const char* at;
  const char** reached;

  reference operator*() const { return *at; }
  Walker& operator++() {
    *reached = ++at;
    return *this;
  }
  Walker operator++(int) {
    Walker const before = *this;
    ++*this;
    return before;
  }
  bool operator==(const Walker& other) const { return at == other.at; }
};

bool in_number(char c) { return (c >= '0' && c <= '9') || c == '-' || c == '+' || c == '.' || c == 'e' || c == 'E'; }

// The events of nlohmann's parser to values. An event comes right behind its token, or one character later for numbers.
class Builder : public nlohmann::json_sax<nlohmann::json> {
 public:
  Builder(const std::string& text, const std::string& file, const char* const& reached) : file_(file), begin_(text.data()), end_(begin_ + text.size()), seen_(begin_), line_begin_(begin_), reached_(reached) {}

  JsonValue take() { return std::move(root_); }

  bool null() override { return add(make(JsonValue::Kind::null, reached_ - 4)); }
  bool boolean(bool value) override {
    JsonValue made = make(JsonValue::Kind::boolean, reached_ - (value ? 4 : 5));
    made.text = value ? "true" : "false";
    return add(std::move(made));
  }
  bool number_integer(number_integer_t) override { return number(); }
  bool number_unsigned(number_unsigned_t) override { return number(); }
  bool number_float(number_float_t, const string_t&) override { return number(); }
  bool string(string_t& value) override {
    JsonValue made = make(JsonValue::Kind::text, opening_quote());
    made.text = value;
    return add(std::move(made));
  }
  bool binary(binary_t&) override { return false; }

  bool start_object(std::size_t) override { return open(JsonValue::Kind::map); }
  bool start_array(std::size_t) override { return open(JsonValue::Kind::list); }
  bool end_object() override { return close(); }
  bool end_array() override { return close(); }

  bool key(string_t& name) override {
    Open& map = open_.back();
    JsonValue const place = make(JsonValue::Kind::text, opening_quote());
    if (auto const [first, is_new] = map.lines.emplace(name, place.line); !is_new)
      throw InputError({file_, place.line, place.column}, fmt::format("key '{}' stands twice (first at line {})", shown(name), first->second));
    map.value.keys.push_back(name);
    return true;
  }

  // "[json.exception.parse_error.101] parse error at line 3, column 5: syntax error while ..."
  bool parse_error(std::size_t, const std::string&, const nlohmann::json::exception& e) override {
    std::string what = e.what();
    if (auto const place = what.find(", column "); place != std::string::npos)
      if (auto const colon = what.find(": ", place); colon != std::string::npos) what.erase(0, colon + 2);
    JsonValue const place = make(JsonValue::Kind::null, std::max(begin_, reached_ - (reached_ == end_ ? 0 : 1)));
    throw InputError({file_, place.line, place.column}, fmt::format("not valid JSON: {}", what));
  }

 private:
  struct Open {
    JsonValue value;
    std::unordered_map<std::string, int> lines;      // of the keys
  };

  // Tokens come in the order of the text, so every line is counted once.
  JsonValue make(JsonValue::Kind kind, const char* at) {
    for (; seen_ < at; ++seen_)
      if (*seen_ == '\n') {
        ++line_;
        line_begin_ = seen_ + 1;
      }
    JsonValue value;
    value.kind = kind;
    value.line = line_;
    value.column = static_cast<int>(at - line_begin_) + 1;
    return value;
  }

  bool number() {
    const char* to = reached_;
    while (!in_number(to[-1])) --to;
    const char* from = to;
    while (from > begin_ && in_number(from[-1])) --from;
    JsonValue made = make(JsonValue::Kind::number, from);
    made.text.assign(from, to);
    return add(std::move(made));
  }

  // Of the string that ends here. Quotes inside have an odd number of backslashes before them.
  const char* opening_quote() const {
    for (const char* at = reached_ - 2;; --at) {
      if (*at != '"') continue;
      const char* before = at;
      while (before > begin_ && before[-1] == '\\') --before;
      if ((at - before) % 2 == 0) return at;
    }
  }

  bool open(JsonValue::Kind kind) {
    JsonValue made = make(kind, reached_ - 1);
    if (open_.size() == depth_limit) throw InputError({file_, made.line, made.column}, fmt::format("the document is nested more than {} deep", depth_limit));
    open_.push_back({std::move(made), {}});
    return true;
  }

  bool close() {
    JsonValue done = std::move(open_.back().value);
    open_.pop_back();
    return add(std::move(done));
  }

  bool add(JsonValue value) {
    if (open_.empty()) root_ = std::move(value);
    else open_.back().value.items.push_back(std::move(value));
    return true;
  }

  const std::string& file_;
  const char* begin_;
  const char* end_;
  const char* seen_;
  const char* line_begin_;
  const char* const& reached_;
  int line_ = 1;
  std::vector<Open> open_;
  JsonValue root_;
};

}  // namespace

const JsonValue* JsonValue::find(std::string_view key) const {
  auto const found = std::find(keys.begin(), keys.end(), key);
  return found == keys.end() ? nullptr : &items[static_cast<std::size_t>(found - keys.begin())];
}

JsonValue parse_json(const std::string& text, const std::string& file) {
  const char* reached = text.data();
  Builder builder(text, file, reached);
  nlohmann::json::sax_parse(Walker{text.data(), &reached}, Walker{text.data() + text.size(), &reached}, &builder);
  return builder.take();
}

}  // namespace headroom

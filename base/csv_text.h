// A CSV table as text, for spreadsheets and scripts. Numbers read back to the same bits; text with commas, quotes or ends of line is quoted.
#pragma once

#include <fmt/format.h>

#include <concepts>
#include <string>

namespace headroom {

class CsvText {
 public:
  explicit CsvText(const std::string& header) : text_(header + "\n") {}

  void row(const auto&... cells) {
    bool first = true;
    ((text_ += (first ? "" : ",") + cell(cells), first = false), ...);
    text_ += "\n";
  }
  const std::string& text() const { return text_; }

  static std::string cell(const std::string& text) {
    if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
    std::string out = "\"";
    for (char const c : text) out.append(c == '"' ? 2 : 1, c);
    return out + '"';
  }
  static std::string cell(const char* text) { return cell(std::string(text)); }
  static std::string cell(bool value) { return value ? "yes" : "no"; }
  template <class Number>
    requires(std::integral<Number> || std::floating_point<Number>)
  static std::string cell(Number value) { return fmt::format("{}", value); }

 private:
  std::string text_;
};

}  // namespace headroom

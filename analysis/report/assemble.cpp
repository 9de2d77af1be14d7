#include "analysis/report/assemble.h"

#include "analysis/report/page_files.h"
#include "base/errors.h"

namespace headroom {
namespace {

// What may stand in an HTML element.
std::string escaped(std::string_view text) {
  std::string out;
  for (char const c : text) {
    if (c == '&') out += "&amp;";
    else if (c == '<') out += "&lt;";
    else if (c == '>') out += "&gt;";
    else out += c;
  }
  return out;
}

// JSON that no text in it can end a script element with.
std::string without_tags(std::string_view json) {
  std::string out;
  out.reserve(json.size());
  while (true) {
    std::size_t const at = json.find('<');
    out.append(json.substr(0, at));
    if (at == std::string_view::npos) return out;
    out += "\\u003c";
    json.remove_prefix(at + 1);
  }
}

void append_file(std::string& out, std::string_view name) {
  auto const chunks = page_file(name);
  expects(!chunks.empty(), "every file of the page is in the program");
  for (auto const chunk : chunks) out += chunk;
}

void append_part(std::string& out, std::string_view slot, std::span<const char* const> scripts, const Json& data) {
  if (slot == "title") out += escaped(data.at("title").get<std::string>());
  else if (slot == "style") append_file(out, "page.css");
  else if (slot == "echarts") append_file(out, "echarts.min.js");
  else if (slot == "script") for (auto const* name : scripts) append_file(out, name);
  else if (slot == "data") out += without_tags(data.dump(-1, ' ', false, Json::error_handler_t::replace));
  else throw ContractError("page.html has a slot that nobody fills");
}

}  // namespace

std::string assemble_page(std::span<const char* const> scripts, const Json& data) {
  std::string page, out;
  append_file(page, "page.html");
  out.reserve(1u << 20);
  for (std::size_t at = 0;;) {
    std::size_t const open = page.find("{{", at);
    out.append(page, at, open - at);
    if (open == std::string::npos) return out;
    std::size_t const close = page.find("}}", open);
    append_part(out, std::string_view(page).substr(open + 2, close - open - 2), scripts, data);
    at = close + 2;
  }
}

}  // namespace headroom

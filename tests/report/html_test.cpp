#include "analysis/report/html.h"

#include <catch2/catch.hpp>

#include <regex>

#include "base/json_fields.h"
#include "base/text_file.h"
#include "support.h"

using namespace headroom;

namespace {

std::string page_of(const SmallRun& small = {}) {
  TemporaryFolder const folder;
  write_small_run(folder.path(), small);
  return html_report(RunReader(folder.path()));
}

std::string between(const std::string& text, const std::string& from, const std::string& to) {
  std::size_t const begin = text.find(from);
  REQUIRE(begin != std::string::npos);
  return text.substr(begin + from.size(), text.find(to, begin + from.size()) - begin - from.size());
}

std::size_t count(const std::string& text, const std::string& part) {
  std::size_t n = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++n;
  return n;
}

// Markup and data, without the bundled library and the styles.
std::string without_library(std::string page) {
  std::string const library = read_text(std::filesystem::path(HEADROOM_SOURCE_DIR) / "analysis/report/page/echarts.min.js", 10u << 20);
  std::size_t const at = page.find(library);
  REQUIRE(at != std::string::npos);      // the bytes of the file, none lost on the way into the program
  return page.erase(at, library.size());
}

}  // namespace

TEST_CASE("the page is put together whole", "[report]") {
  std::string const page = page_of();
  CHECK(page.starts_with("<!DOCTYPE html>"));
  CHECK(page.find("</html>") != std::string::npos);
  CHECK(page.size() < 2'500'000);
  CHECK(count(without_library(page), "{{") == 0);
  for (auto const* name : {"page.css", "numbers.js", "elements.js", "charts.js", "timecharts.js", "oneline.js", "page.js"})
    CHECK(page.find(read_text(std::filesystem::path(HEADROOM_SOURCE_DIR) / "analysis/report/page" / name, 1u << 20)) != std::string::npos);
  Json const data = Json::parse(between(page, "id=\"data\">", "</script>"));
  CHECK(data["version"] == 1);
}

TEST_CASE("no text of a run can end its script element", "[report]") {
  std::string const attack = "</script><script>alert('{{script}}')</script><!--";
  std::string const page = page_of({.scenario = attack, .trace = "trace " + attack, .element = attack + "&"});
  CHECK(count(page, "alert('") == count(page, "\\u003cscript>alert('"));
  CHECK(count(page, "</script>") == 3);
  CHECK(count(page, "<script") == 3);
  Json const data = Json::parse(between(page, "id=\"data\">", "</script>"));
  CHECK(data["scenario"] == "Scenario " + attack);
}

TEST_CASE("the page loads nothing from anywhere", "[report]") {
  std::string const page = without_library(page_of());
  CHECK(page.find("http-equiv=\"Content-Security-Policy\" content=\"default-src 'none';") != std::string::npos);
  CHECK_FALSE(std::regex_search(page, std::regex("https?://")));
  CHECK_FALSE(std::regex_search(page, std::regex("<(link|img|iframe|object|embed|base)[ >]")));
  CHECK_FALSE(std::regex_search(page, std::regex("(src|href)=\"")));
  CHECK_FALSE(std::regex_search(page, std::regex("@import|url\\(")));
}

TEST_CASE("the same run gives the same bytes", "[report]") { CHECK(page_of() == page_of()); }

TEST_CASE("a run with faults gives a page that is whole", "[report]") {
  TemporaryFolder const folder;
  write_faulty_run(folder.path());
  std::string const page = html_report(RunReader(folder.path()));
  Json const data = Json::parse(between(page, "id=\"data\">", "</script>"));
  for (auto const* key : {"outages", "diagram", "events", "power", "energy"}) CHECK(data.contains(key));
}

TEST_CASE("text that is no UTF-8 does not stop the report", "[report]") {
  std::string const page = page_of({.element = "ups-\xff"});
  CHECK(Json::accept(between(page, "id=\"data\">", "</script>")));
}

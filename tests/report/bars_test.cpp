#include "analysis/report/bars.h"

#include <catch2/catch.hpp>

#include "base/errors.h"
#include "base/json_fields.h"

using namespace headroom;

namespace {

Json data_of(const std::string& page) {
  std::string const open = "<script type=\"application/json\" id=\"data\">";
  std::size_t const begin = page.find(open) + open.size();
  return Json::parse(page.substr(begin, page.find("</script>", begin) - begin));
}

}  // namespace

TEST_CASE("a page of bars holds its charts, and leaves out those without bars", "[report]") {
  std::string const page = bar_page({"a <trace> & more", "above", {"fact"}, {{"Hours", "jobs of each", "jobs", {"00:00", "</script>"}, {3, 4}}, {"GPUs", "", "jobs", {}, {}}}});
  CHECK(page.find("<title>a &lt;trace&gt; &amp; more</title>") != std::string::npos);
  Json const data = data_of(page);
  REQUIRE(data.at("charts").size() == 1);
  CHECK(data.at("charts")[0].at("values") == Json::array({3, 4}));
  CHECK(data.at("charts")[0].at("labels")[1] == "</script>");
  CHECK(page == bar_page({"a <trace> & more", "above", {"fact"}, {{"Hours", "jobs of each", "jobs", {"00:00", "</script>"}, {3, 4}}, {"GPUs", "", "jobs", {}, {}}}}));
}

TEST_CASE("a bar without a label is a broken promise", "[report]") { CHECK_THROWS_AS(bar_page({"t", "", {}, {{"x", "", "jobs", {"a"}, {1, 2}}}}), ContractError); }

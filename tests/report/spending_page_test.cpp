#include "analysis/report/spending_page.h"

#include <catch2/catch.hpp>

using namespace headroom;

TEST_CASE("the page of spending holds its data and the script that draws it, and no text of it can end the data", "[report]") {
  Json const ratio{{"name", "K1"}, {"value", 1.5}, {"meaning", "IT and network per unit of building"}, {"caveats", {"fixed prices", "</script><b>"}}};
  std::string const page = spending_page({{"site", "a site"}, {"k_ratios", Json::array({ratio})}});
  CHECK(page.find("<title>What a site makes somebody buy</title>") != std::string::npos);
  CHECK(page.find("\"caveats\":[\"fixed prices\",\"\\u003c/script>\\u003cb>\"]") != std::string::npos);
  CHECK(page.find("ratioTable(data.k_ratios") != std::string::npos);
  CHECK(page == spending_page({{"site", "a site"}, {"k_ratios", Json::array({ratio})}}));
}

#include "analysis/money/rates.h"

#include <catch2/catch.hpp>

#include <cmath>

#include "tests/support/temporary.h"

using namespace headroom;

namespace {

const std::string deflators = "currency,year,index,source,evidence\nUSD,2010,80,a,seen\nUSD,2020,100,\"a, table\",seen\nUSD,2022,121,a,assumption\nCNY,2010,50,b,memory\nCNY,2020,100,b,memory\n";
const std::string exchange = "currency,year,per_usd,source,evidence\nCNY,2010,6.8,c,seen\nCNY,2020,6.9,c,seen\nEUR,2020,0.9,c,seen\n";
const std::string indices = "index,year,value,real,source,evidence\ntransformers,2010,1,yes,d,seen\ntransformers,2020,2,yes,d,seen\noptics,2012,8,no,e,computed\noptics,2018,2,no,e,computed\n";
const std::string levels = "country,group,factor,source,evidence\nCN,building,0.5,f,assumption\n";

class RateFolder {
 public:
  explicit RateFolder(const std::string& of_deflators = deflators, const std::string& of_exchange = exchange, const std::string& of_indices = indices, const std::string& of_levels = levels) {
    folder_.write("deflators.csv", of_deflators);
    folder_.write("exchange_rates.csv", of_exchange);
    folder_.write("price_indices.csv", of_indices);
    folder_.write("price_levels.csv", of_levels);
  }
  Rates rates() const { return Rates(folder_.path()); }
  std::string at(const std::string& file) const { return (folder_.path() / file).string(); }

 private:
  TemporaryFolder folder_;
};

std::string message_of(auto act) {
  try {
    act();
  } catch (const InputError& e) {
    return e.what();
  }
  return "";
}

const Location asked{"scenario.yaml", 4, 9};

}  // namespace

TEST_CASE("money moves by its own deflator first, then at the target year's rate", "[money]") {
  RateFolder const folder;
  Rates const rates = folder.rates();
  CHECK(rates.convert(10, {"USD", 2020}, {"USD", 2020}) == 10);
  CHECK(rates.convert(10, {"USD", 2010}, {"USD", 2020}) == Approx(12.5));
  CHECK(rates.convert(69, {"CNY", 2020}, {"USD", 2020}) == Approx(10));
  CHECK(rates.convert(10, {"USD", 2020}, {"CNY", 2020}) == Approx(69));
  CHECK(rates.convert(69, {"CNY", 2010}, {"USD", 2020}) == Approx(20));      // 69 x 100/50 / 6.9
  CHECK(rates.convert(9, {"EUR", 2020}, {"CNY", 2020}) == Approx(69));       // by way of the dollar
  CHECK(rates.convert(rates.convert(7, {"USD", 2010}, {"USD", 2022}), {"USD", 2022}, {"USD", 2010}) == Approx(7));
}

TEST_CASE("between two given years a rate is geometric", "[money]") {
  RateFolder const folder;
  CHECK(folder.rates().deflator_factor("USD", 2020, 2021).value == Approx(1.1));
  CHECK(folder.rates().index_factor("transformers", "USD", 2010, 2015).value == Approx(std::sqrt(2.0) * std::sqrt(80 * 100.0) / 80));
}

TEST_CASE("a factor says what it rests on, and its evidence is the worst", "[money]") {
  RateFolder const folder;
  RateFactor const factor = folder.rates().convert_factor({"CNY", 2010}, {"USD", 2020});
  CHECK(factor.evidence == FigureEvidence::memory);
  CHECK(factor.rests_on.size() == 3);
  CHECK(factor.rests_on.back() == "rate of exchange of CNY 2020 (seen): c");
  CHECK(folder.rates().deflator_factor("USD", 2020, 2021).evidence == FigureEvidence::assumption);
  CHECK(folder.rates().convert_factor({"USD", 2020}, {"USD", 2020}).rests_on.empty());
}

TEST_CASE("a price index real or nominal, and what it does outside its years", "[money]") {
  RateFolder const folder;
  Rates const rates = folder.rates();
  CHECK(rates.index_factor("transformers", "USD", 2010, 2020).value == Approx(2 * 1.25));
  CHECK(rates.index_factor("transformers", "USD", 2020, 2022).value == Approx(1.21));      // no real change any more
  CHECK(rates.index_factor("optics", "USD", 2012, 2018).value == Approx(0.25));            // as it stands
  double const of_2018 = 80 * std::pow(1.25, 0.8);
  CHECK(rates.index_factor("optics", "USD", 2018, 2022).value == Approx(121 / of_2018));   // as all prices
  CHECK(rates.index_factor("optics", "USD", 2012, 2022).value == Approx(0.25 * 121 / of_2018));
  CHECK(rates.index_factor("optics", "USD", 2022, 2012).value == Approx(4 * of_2018 / 121));
  CHECK(rates.index_factor("optics", "USD", 2020, 2022).value == Approx(1.21));
  CHECK(rates.index_factor("optics", "USD", 2010, 2011).value == Approx(std::pow(1.25, 0.1)));
}

TEST_CASE("a price level is of a country and a group of goods", "[money]") {
  RateFolder const folder;
  CHECK(folder.rates().price_level("CN", "building").value == 0.5);
  CHECK(folder.rates().price_level("US", "anything").value == 1);
  CHECK(message_of([&] { folder.rates().price_level("CN", "grid", asked); }) == "scenario.yaml:4:9: error: no price level of grid in CN is known; add a row to " + folder.at("price_levels.csv"));
}

TEST_CASE("money without a rate is an error where it was written", "[money]") {
  RateFolder const folder;
  Rates const rates = folder.rates();
  CHECK(message_of([&] { rates.convert(1, {"USD", 2010}, {"USD", 2009}, asked); }) ==
        "scenario.yaml:4:9: error: no deflator of USD is known in 2009, only from 2010 to 2022; add a row to " + folder.at("deflators.csv"));
  CHECK(message_of([&] { rates.convert(1, {"USD", 2010}, {"USD", 2023}, asked); }).find("in 2023, only from 2010 to 2022") != std::string::npos);
  CHECK(message_of([&] { rates.convert(1, {"CNY", 2020}, {"CNZ", 2020}, asked); }) == "scenario.yaml:4:9: error: no rate of exchange of CNZ is known, did you mean 'CNY'?; add its rows to " + folder.at("exchange_rates.csv"));
  CHECK(message_of([&] { rates.convert(1, {"EUR", 2010}, {"EUR", 2020}); }).find("no deflator of EUR is known") != std::string::npos);
  CHECK(message_of([&] { rates.index_factor("optic", "USD", 2010, 2020, asked); }).find("no price index is called 'optic', did you mean 'optics'?") != std::string::npos);
  CHECK_NOTHROW(rates.convert(1, {"USD", 2010}, {"USD", 2022}));
}

TEST_CASE("everything that is wrong with the tables is told together, each at its cell", "[money]") {
  RateFolder const folder("currency,year,index,source,evidence\nUSD,2010,0,a,seen\nUSD,1949,1,a,seen\nUSD,2011,1,,seen\nUSD,2012,1,a,maybe\n,2013,1,a,seen\nUSD,2020,1,a,seen\nUSD,2020,1,a,seen\n", exchange,
                          "index,year,value,real,source,evidence\nx,2010,1,yes,d,seen\nx,2011,1,no,d,seen\nx,2012,1,perhaps,d,seen\n");
  std::string const message = message_of([&] { folder.rates(); });
  for (auto const* part : {"deflators.csv:2:10: error: index: 0 must be above zero", "deflators.csv:3:5: error: year: 1949 is no year from 1950 to 2100", "deflators.csv:4:12: error: source: the cell is empty; it says where the figure comes from",
                           "deflators.csv:5:14: error: evidence: unknown value 'maybe'; one of seen, computed, memory, share, assumption", "deflators.csv:6:1: error: currency: the cell is empty; it says which currency",
                           "deflators.csv:8:1: error: USD of 2020 stands twice, first in line 7", "price_indices.csv:3:10: error: real: the index x is real in some rows and nominal in others",
                           "price_indices.csv:4:10: error: real: expected yes or no, found 'perhaps'"}) {
    CAPTURE(part, message);
    CHECK(message.find(part) != std::string::npos);
  }
  CHECK_THROWS_AS(Rates("/nowhere/at/all"), InputError);
}

TEST_CASE("the rates that ship can be read, and hold what they say of themselves", "[money]") {
  Rates const rates = Rates::shipped();
  CHECK(rates.convert_factor({"USD", 2010}, {"USD", 2025}).value > 1.2);
  CHECK(rates.convert_factor({"USD", 2010}, {"USD", 2025}).value < 1.7);
  for (auto const* currency : {"EUR", "CNY", "GBP", "JPY"}) {
    CAPTURE(currency);
    double const there = rates.convert(100, {"USD", 2020}, {currency, 2020});
    CHECK(rates.convert(there, {currency, 2020}, {"USD", 2020}) == Approx(100));
    CHECK_NOTHROW(rates.convert(1, {currency, 2005}, {"USD", 2026}));
  }
  CHECK(rates.convert(1, {"USD", 2020}, {"CNY", 2020}) == Approx(6.9).margin(0.1));
  // IEA 2025: transformers + 75 % and cables twice in real terms since 2019
  for (auto const& [index, real] : {std::pair{"transformers", 1.75}, std::pair{"cables", 2.0}}) {
    CAPTURE(index);
    CHECK(rates.index_factor(index, "USD", 2019, 2025).value == Approx(real * rates.deflator_factor("USD", 2019, 2025).value));
  }
  // LightCounting: 3 USD/Gbit/s in 2018, just above 1 in 2024
  CHECK(rates.index_factor("optics", "USD", 2018, 2024).value == Approx(std::pow(0.833, 6)).epsilon(0.02));
  CHECK(rates.price_level("CN", "building").value > 0);
}

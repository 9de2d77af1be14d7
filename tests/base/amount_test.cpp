#include "base/amount.h"

#include <catch2/catch.hpp>

using namespace headroom;

TEST_CASE("amounts are read and written exactly to a thousandth") {
  for (const char* text : {"0", "4", "0.25", "11.908", "0.001", "1000000000"}) CHECK(std::get<Amount>(Amount::parse(text)).text() == text);
  CHECK(std::get<Amount>(Amount::parse("2.50")).text() == "2.5");
  for (const char* text : {"", "-1", "0.0001", "1.", ".5", "4 cores", "1e3", "99999999999999999999", "NaN"}) CHECK(std::holds_alternative<std::string>(Amount::parse(text)));
}

TEST_CASE("amounts add up without a rest, and know what is whole") {
  Amount sum;
  for (int i = 0; i < 1000; ++i) sum += Amount::of_thousandths(7);
  CHECK(sum == Amount(7));
  CHECK(sum.is_whole());
  CHECK(Amount::of_thousandths(1250).whole() == 1);
  CHECK(Amount::of_thousandths(1250).rounded_up() == 2);
  CHECK(Amount(3).rounded_up() == 3);
}

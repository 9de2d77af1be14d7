#include "base/random.h"

#include <catch2/catch.hpp>

#include <cmath>
#include <set>
#include <string>
#include <vector>

#include "base/errors.h"

using namespace headroom;

TEST_CASE("a stream depends on its seed and name alone", "[base]") {
  RandomStream a(1, "server-1"), again(1, "server-1"), other_name(1, "server-2"), other_seed(2, "server-1");
  for (int i = 0; i < 100; ++i) {
    auto const x = a.next();
    CHECK(x == again.next());
    CHECK(x != other_name.next());
    CHECK(x != other_seed.next());
  }
}

// Fixed for ever: a run of today can be repeated with the program of tomorrow.
TEST_CASE("the first numbers of known streams", "[base]") {
  RandomStream a(1, "server-1");
  CHECK(a.next() == 0x778c7e8530f05ecbULL);
  CHECK(a.next() == 0x127f759c6944997dULL);
  CHECK(RandomStream(0, "").next() == 0xa706dd2f4d197e6fULL);
}

TEST_CASE("streams of many names share no first number", "[base]") {
  std::set<std::uint64_t> seen;
  for (std::uint64_t seed = 0; seed < 20; ++seed)
    for (int i = 0; i < 5000; ++i) seen.insert(RandomStream(seed, "server-" + std::to_string(i)).next());
  CHECK(seen.size() == 100'000);
}

TEST_CASE("streams of neighbouring names are not correlated", "[base]") {
  RandomStream a(1, "h1/gpu-1/1"), b(1, "h1/gpu-1/2");
  double sum = 0;
  int const n = 100'000;
  for (int i = 0; i < n; ++i) sum += (a.uniform() - 0.5) * (b.uniform() - 0.5);
  // variance of the product 1/144: the mean lies within 4 standard errors, 4/12/sqrt(n)
  CHECK(std::abs(sum / n) < 4.0 / 12 / std::sqrt(n));
}

TEST_CASE("uniform numbers lie from 0 to below 1 with mean 1/2 and variance 1/12", "[base]") {
  RandomStream random(7, "uniform");
  double sum = 0, squares = 0;
  int const n = 100'000;
  for (int i = 0; i < n; ++i) {
    double const x = random.uniform();
    REQUIRE((x >= 0 && x < 1));
    sum += x;
    squares += x * x;
  }
  CHECK(sum / n == Approx(0.5).margin(0.004));
  CHECK(squares / n - sum / n * (sum / n) == Approx(1.0 / 12).margin(0.002));
}

TEST_CASE("whole numbers below a bound are unbiased", "[base]") {
  RandomStream random(7, "below");
  std::vector<int> counts(6, 0);
  int const n = 60'000;
  for (int i = 0; i < n; ++i) ++counts[random.below(6)];
  double chi_square = 0;
  for (int count : counts) chi_square += (count - 10'000.0) * (count - 10'000.0) / 10'000.0;
  CHECK(chi_square < 20.5);      // 5 degrees of freedom, 0.1 %

  // 3 x 2^62: a plain remainder would give the lowest third twice as often
  std::uint64_t const bound = 3ULL << 62;
  int low = 0;
  for (int i = 0; i < n; ++i) low += random.below(bound) < (1ULL << 62) ? 1 : 0;
  CHECK(low == Approx(n / 3.0).margin(500));

  CHECK(random.below(1) == 0);
  CHECK_THROWS_AS(random.below(0), ContractError);
}

TEST_CASE("exponential times have the mean that is asked for, and as large a deviation", "[base]") {
  RandomStream random(7, "exponential");
  Duration const mean = whole_seconds(3600);
  double sum = 0, squares = 0;
  int above = 0;
  int const n = 100'000;
  for (int i = 0; i < n; ++i) {
    double const x = exponential(random, Seconds::from_si(mean.seconds())).seconds();
    REQUIRE(x > 0);
    sum += x;
    squares += x * x;
    above += x > 3600 ? 1 : 0;
  }
  CHECK(sum / n == Approx(3600).epsilon(0.01));
  CHECK(std::sqrt(squares / n - sum / n * (sum / n)) == Approx(3600).epsilon(0.02));
  CHECK(above / static_cast<double>(n) == Approx(std::exp(-1)).margin(0.005));
}

TEST_CASE("exponential times stay between a nanosecond and 100 years", "[base]") {
  RandomStream random(7, "exponential");
  for (int i = 0; i < 1000; ++i) {
    CHECK(exponential(random, 1e-9 * second) >= Duration{1});
    CHECK(exponential(random, 2190000.0 * hour) <= longest_duration);
  }
  CHECK_THROWS_AS(exponential(random, Seconds{}), ContractError);
}

namespace {

// Mean and variance of 200,000 draws.
template <class Draw>
std::pair<double, double> moments(Draw draw) {
  int const n = 200'000;
  double sum = 0, squares = 0;
  for (int i = 0; i < n; ++i) {
    double const x = draw();
    sum += x;
    squares += x * x;
  }
  double const mean = sum / n;
  return {mean, squares / n - mean * mean};
}

}  // namespace

TEST_CASE("normal numbers have mean 0 and variance 1", "[base]") {
  RandomStream random(7, "normal");
  auto const [mean, variance] = moments([&] { return standard_normal(random); });
  CHECK(mean == Approx(0).margin(0.01));
  CHECK(variance == Approx(1).epsilon(0.02));
}

TEST_CASE("gamma numbers have mean and variance of their shape, below 1 and above", "[base]") {
  for (double const shape : {0.1, 0.7, 1.0, 3.5, 200.0}) {
    CAPTURE(shape);
    RandomStream random(7, "gamma");
    auto const [mean, variance] = moments([&] { return gamma_distributed(random, shape); });
    CHECK(mean == Approx(shape).epsilon(0.03));
    CHECK(variance == Approx(shape).epsilon(0.05));
  }
  RandomStream random(7, "gamma");
  CHECK_THROWS_AS(gamma_distributed(random, 0), ContractError);
}

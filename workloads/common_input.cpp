#include "workloads/common_input.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <random>
#include <string>
#include <tuple>
#include <vector>

#include "base/errors.h"

namespace headroom {
namespace {

constexpr double pi = 3.141592653589793;
constexpr double day_s = 86400;

// How Python seeds the Mersenne Twister with a whole number: init_by_array of Matsumoto and Nishimura, one key word.
// std::mt19937 takes its whole state from generate().
struct ArraySeed {
  using result_type = std::uint32_t;
  std::uint32_t key;

  template <class It>
  void generate(It begin, It end) const {
    std::size_t const n = static_cast<std::size_t>(end - begin);
    std::vector<std::uint32_t> state(n);
    state[0] = 19650218u;
    for (std::size_t i = 1; i < n; ++i) state[i] = 1812433253u * (state[i - 1] ^ (state[i - 1] >> 30)) + static_cast<std::uint32_t>(i);
    std::size_t i = 1;
    auto const mixed = [&](std::uint32_t factor) { return state[i] ^ ((state[i - 1] ^ (state[i - 1] >> 30)) * factor); };
    auto const step = [&] {
      if (++i < n) return;
      state[0] = state[n - 1];
      i = 1;
    };
    for (std::size_t k = 0; k < n; ++k, step()) state[i] = mixed(1664525u) + key;
    for (std::size_t k = 1; k < n; ++k, step()) state[i] = mixed(1566083941u) - static_cast<std::uint32_t>(i);
    state[0] = 0x80000000u;
    std::copy(state.begin(), state.end(), begin);
  }
};

// random.Random of Python.
class PythonRandom {
 public:
  explicit PythonRandom(int seed) {
    ArraySeed start{static_cast<std::uint32_t>(std::abs(static_cast<std::int64_t>(seed)))};
    engine_.seed(start);
  }

  // [0, 1), 53 bits of two words.
  double uniform() {
    auto const high = static_cast<double>(engine_() >> 5);
    auto const low = static_cast<double>(engine_() >> 6);
    return (high * 67108864.0 + low) * (1.0 / 9007199254740992.0);
  }

  // Box and Muller: numbers come in pairs, and the second waits for the next call.
  double gauss(double mean, double sigma) {
    double z = waiting_;
    if (!is_waiting_) {
      double const angle = uniform() * (2.0 * pi);
      double const radius = std::sqrt(-2.0 * std::log(1.0 - uniform()));
      z = std::cos(angle) * radius;
      waiting_ = std::sin(angle) * radius;
    }
    is_waiting_ = !is_waiting_;
    return mean + z * sigma;
  }

 private:
  std::mt19937 engine_;
  double waiting_ = 0;
  bool is_waiting_ = false;
};

int draw_cores(PythonRandom& random) {
  constexpr struct { double up_to; int cores; } shares[] = {{30, 1}, {55, 2}, {75, 4}, {90, 8}};
  double const drawn = random.uniform() * 100;
  for (auto const& share : shares)
    if (drawn < share.up_to) return share.cores;
  return 16;
}

// Python and to_chars both round the exact value of the double to the nearest millisecond, ties to even.
std::int64_t draw_submit_ms(PythonRandom& random) {
  char text[32];
  char* const end = std::to_chars(text, text + sizeof text, random.uniform() * day_s, std::chars_format::fixed, 3).ptr;
  std::int64_t seconds = 0, ms = 0;
  std::from_chars(text, end - 4, seconds);
  std::from_chars(end - 3, end, ms);
  return seconds * 1000 + ms;
}

int draw_runtime_s(PythonRandom& random) {
  constexpr double sigma = 1.2;
  double const mu = std::log(3600.0) - sigma * sigma / 2;
  return static_cast<int>(std::clamp(std::nearbyint(std::exp(random.gauss(mu, sigma))), 30.0, 43200.0));
}

}  // namespace

void write_common_input(std::ostream& out, int jobs, int seed, std::optional<int> first) {
  expects(jobs >= 0 && first.value_or(0) >= 0, "there is no negative number of jobs");
  PythonRandom random(seed);
  std::vector<std::tuple<std::int64_t, int, int>> rows;      // sorted as the columns stand
  rows.reserve(static_cast<std::size_t>(jobs));
  for (int job = 0; job < jobs; ++job) {
    std::int64_t const submit_ms = draw_submit_ms(random);
    int const runtime_s = draw_runtime_s(random);
    rows.emplace_back(submit_ms, runtime_s, draw_cores(random));
  }
  std::sort(rows.begin(), rows.end());
  rows.resize(static_cast<std::size_t>(std::min(first.value_or(jobs), jobs)));
  out << "submit_s,runtime_s,cores\n";
  for (auto const& [submit_ms, runtime_s, cores] : rows) {
    std::string const ms = std::to_string(1000 + submit_ms % 1000).substr(1);
    out << submit_ms / 1000 << '.' << ms << ',' << runtime_s << ',' << cores << '\n';
  }
}

}  // namespace headroom

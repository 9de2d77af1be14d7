#include "sim/network/patterns.h"

#include <algorithm>
#include <bit>

#include "base/errors.h"

namespace headroom {
namespace {

Phase ring_all_reduce(int n, double volume) {
  Phase phase{{}, 2 * (n - 1)};
  for (int i = 0; i < n; ++i) phase.sendings.push_back({i, (i + 1) % n, 2.0 * (n - 1) / n * volume});
  return phase;
}

Phase tree_all_reduce(int n, double volume) {
  Phase phase{{}, 2 * (static_cast<int>(std::bit_width(static_cast<unsigned>(n))) - 1)};
  for (int i = 1; i < n; ++i) {
    phase.sendings.push_back({i, (i - 1) / 2, volume});
    phase.sendings.push_back({(i - 1) / 2, i, volume});
  }
  return phase;
}

Phase every_pair(int n, double bytes) {
  Phase phase;
  for (int i = 0; i < n; ++i)
    for (int j = 0; j < n; ++j)
      if (i != j) phase.sendings.push_back({i, j, bytes});
  return phase;
}

Phase halo(int n, double volume) {
  auto const [a, b, c] = halo_grid(n);
  Phase phase;
  for (int i = 0; i < n; ++i) {
    int const x = i % a, y = i / a % b, z = i / (a * b);
    std::vector<int> neighbours;
    for (int step : {1, -1}) {
      neighbours.push_back((x + step + a) % a + a * (y + b * z));
      neighbours.push_back(x + a * ((y + step + b) % b + b * z));
      neighbours.push_back(x + a * (y + b * ((z + step + c) % c)));
    }
    std::ranges::sort(neighbours);
    neighbours.erase(std::ranges::unique(neighbours).begin(), neighbours.end());
    std::erase(neighbours, i);
    for (int neighbour : neighbours) phase.sendings.push_back({i, neighbour, volume / static_cast<double>(neighbours.size())});
  }
  return phase;
}

Phase parameter_server(int n, double volume) {
  Phase phase{{}, 2};
  for (int i = 1; i < n; ++i) {
    phase.sendings.push_back({i, 0, volume});
    phase.sendings.push_back({0, i, volume});
  }
  return phase;
}

Phase with_others(Pattern pattern, int n, double volume, double answer, int others, int first) {
  expects(others > 0, "a pattern with others has some");
  Phase phase;
  for (int i = 0; i < n; ++i) {
    int const other = -1 - (first + i) % others;
    if (pattern == Pattern::storage_write) phase.sendings.push_back({i, other, volume});
    else phase.sendings.push_back({other, i, volume});
    if (answer > 0) phase.sendings.push_back({i, other, answer});
  }
  phase.rounds = answer > 0 ? 2 : 1;
  return phase;
}

}  // namespace

Phase phase_of(Pattern pattern, int n, double volume_bytes, double answer_bytes, int others, int first_other) {
  if (is_with_others(pattern)) return with_others(pattern, n, volume_bytes, answer_bytes, others, first_other);
  if (n < 2) return {};
  switch (pattern) {
    case Pattern::ring_all_reduce: return ring_all_reduce(n, volume_bytes);
    case Pattern::tree_all_reduce: return tree_all_reduce(n, volume_bytes);
    case Pattern::all_to_all: return every_pair(n, volume_bytes / n);
    case Pattern::halo: return halo(n, volume_bytes);
    case Pattern::shuffle: return every_pair(n, volume_bytes / n / n);
    case Pattern::parameter_server: return parameter_server(n, volume_bytes);
    case Pattern::storage_read:
    case Pattern::storage_write:
    case Pattern::requests: break;
  }
  return {};
}

Phase phase_of(const JobTraffic& traffic, int n) {
  Phase phase;
  for (int i = 0; i < n; ++i)
    for (int j = 0; j < n; ++j)
      if (double const bytes = traffic.bytes(i, j); i != j && bytes > 0) phase.sendings.push_back({i, j, bytes});
  return phase;
}

std::array<int, 3> halo_grid(int n) {
  std::array<int, 3> best{n, 1, 1};
  auto const surface = [](const std::array<int, 3>& side) { return static_cast<std::int64_t>(side[0]) * side[1] + static_cast<std::int64_t>(side[1]) * side[2] + static_cast<std::int64_t>(side[0]) * side[2]; };
  for (int c = 1; c * c <= n / c; ++c) {
    if (n % c != 0) continue;
    int const rest = n / c;
    for (int b = c; b <= rest / b; ++b)
      if (rest % b == 0 && surface({rest / b, b, c}) < surface(best)) best = {rest / b, b, c};
  }
  return best;
}

}  // namespace headroom

#include "analysis/measures/placement.h"

#include <charconv>

#include "base/errors.h"

namespace headroom {

std::vector<PlacedPiece> placed(std::string_view text) {
  std::vector<PlacedPiece> out;
  auto const number = [&](char before) {
    if (before != 0) text.remove_prefix(1);
    int value = 0;
    auto const [end, code] = std::from_chars(text.data(), text.data() + text.size(), value);
    expects(code == std::errc{}, "a placement is written by the engine");
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    return value;
  };
  while (!text.empty()) {
    if (text.front() == ' ') text.remove_prefix(1);
    PlacedPiece piece{};
    piece.first = piece.last = number(0);
    if (!text.empty() && text.front() == '-') piece.last = number('-');
    piece.cores = number(':');
    if (!text.empty() && text.front() == '/') piece.gpus = number('/');
    out.push_back(piece);
  }
  return out;
}

std::int64_t servers_placed(std::string_view text) {
  std::int64_t servers = 0;
  for (auto const& piece : placed(text)) servers += piece.last - piece.first + 1;
  return servers;
}

}  // namespace headroom

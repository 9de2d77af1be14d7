#include "analysis/measures/placement.h"

#include <variant>

#include "base/errors.h"

namespace headroom {

std::vector<PlacedPiece> placed(std::string_view text) {
  std::vector<PlacedPiece> out;
  auto const word = [&](char before) {
    if (before != 0) text.remove_prefix(1);
    std::string_view const digits = text.substr(0, text.find_first_not_of("0123456789."));
    text.remove_prefix(digits.size());
    return digits;
  };
  auto const amount = [&](char before) {
    auto const parsed = Amount::parse(word(before));
    expects(std::holds_alternative<Amount>(parsed), "a placement is written by the engine");
    return std::get<Amount>(parsed);
  };
  while (!text.empty()) {
    if (text.front() == ' ') text.remove_prefix(1);
    PlacedPiece piece{};
    piece.first = piece.last = static_cast<int>(amount(0).whole());
    if (!text.empty() && text.front() == '-') piece.last = static_cast<int>(amount('-').whole());
    piece.cores = amount(':');
    if (!text.empty() && text.front() == '/') piece.gpus = amount('/');
    if (!text.empty() && text.front() == '@') piece.device = static_cast<int>(amount('@').whole());
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

#include "conditions/grids/moment_text.h"

#include "conditions/calendar.h"

namespace headroom {
namespace {

// Takes digits and separators off the front; once something is not as expected, nothing is taken any more.
class Taker {
 public:
  explicit Taker(std::string_view text) : rest_(text) {}
  int number(std::size_t digits) {
    if (rest_.size() < digits) good_ = false;
    int value = 0;
    for (std::size_t i = 0; good_ && i < digits; ++i) {
      if (rest_[i] < '0' || rest_[i] > '9') good_ = false;
      else value = 10 * value + (rest_[i] - '0');
    }
    if (good_) rest_.remove_prefix(digits);
    return value;
  }
  bool next_is(char c) const { return good_ && !rest_.empty() && rest_.front() == c; }
  bool take(char c) {
    if (!next_is(c)) return false;
    rest_.remove_prefix(1);
    return true;
  }
  void expect(char c) { good_ = take(c); }
  bool good() const { return good_; }
  bool done() const { return good_ && rest_.empty(); }

 private:
  std::string_view rest_;
  bool good_ = true;
};

std::optional<std::int32_t> take_offset(Taker& text) {
  if (text.take('Z')) return 0;
  int const sign = text.take('+') ? 1 : text.take('-') ? -1 : 0;
  if (sign == 0) return std::nullopt;
  int const hours = text.number(2);
  text.take(':');
  int const minutes = text.number(2);
  if (hours > 15 || minutes > 59) text.expect('\0');
  return sign * (hours * 3600 + minutes * 60);
}

}  // namespace

std::optional<MomentText> parse_moment_text(std::string_view text) {
  Taker take(text);
  MomentText out;
  out.year = take.number(4);
  take.expect('-');
  out.month = take.number(2);
  take.expect('-');
  out.day = take.number(2);
  if (!take.take('T')) take.expect(' ');
  int const hour = take.number(2);
  take.expect(':');
  int const minute = take.number(2);
  int const second = take.take(':') ? take.number(2) : 0;
  if (take.take('.'))
    while (take.take('0')) continue;
  take.take(' ');
  out.offset_s = take_offset(take);
  bool const date = out.month >= 1 && out.month <= 12 && out.day >= 1 && out.day <= 31;
  if (!take.done() || !date || out.day > days_in_month(out.year, out.month) || hour > 23 || minute > 59 || second > 59) return std::nullopt;
  out.second = hour * 3600 + minute * 60 + second;
  return out;
}

}  // namespace headroom

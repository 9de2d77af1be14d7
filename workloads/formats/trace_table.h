// A table of a trace: a CsvReader that takes out what traces hold, and says what is wrong with a cell at its place.
#pragma once

#include <fmt/format.h>

#include <vector>

#include "base/csv.h"
#include "workloads/formats/cells.h"

namespace headroom {

class TraceTable : public CsvReader {
 public:
  using CsvReader::CsvReader;

  Duration time(std::size_t column) const {
    Duration const seconds = value_or(read_seconds(text(column)), [&](const std::string& what) { fail(column, what); });
    if (seconds.ns < 0) fail(column, fmt::format("{} s is negative", shown(text(column))));
    return seconds;
  }

  std::int32_t between(std::int32_t least, std::int32_t most, std::size_t column) const {
    return static_cast<std::int32_t>(value_or(read_whole(text(column), least, most), [&](const std::string& what) { fail(column, what); }));
  }
  std::int32_t count(std::size_t column) const { return between(0, INT32_MAX, column); }

  Amount amount(std::size_t column) const {
    return value_or(read_amount(text(column), INT32_MAX), [&](const std::string& what) { fail(column, what); });
  }

  // Of one job: a share of one, or whole ones.
  Amount gpus(std::size_t column) const {
    Amount const amount = this->amount(column);
    if (amount > Amount(1) && !amount.is_whole()) fail(column, fmt::format("{} is neither a share of one GPU, below 1, nor a whole number of them", shown(text(column))));
    return amount;
  }

  double up_to(double most, std::size_t column) const {
    return value_or(read_number(text(column), 0, most), [&](const std::string& what) { fail(column, what); });
  }

  // Numbers of other jobs, with blanks between.
  std::vector<std::int64_t> names_before(std::size_t column, std::int64_t most) const {
    std::vector<std::int64_t> out;
    for (std::string_view rest = text(column); !rest.empty();) {
      std::size_t const end = std::min(rest.find(' '), rest.size());
      if (end > 0) out.push_back(value_or(read_whole(rest.substr(0, end), 0, most), [&](const std::string& what) { fail(column, what); }));
      rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    return out;
  }

  DataSize memory_gb(std::size_t column) const { return has(column) ? up_to(1e9, column) * gigabyte : DataSize{}; }

  [[noreturn]] void fail(std::size_t column, const std::string& what) const { throw problem(column, what); }
};

}  // namespace headroom

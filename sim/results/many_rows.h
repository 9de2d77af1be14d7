// Rows that come by the hundred thousand, so many to a statement: a fifth of the time of one by one. Private to this room.
#pragma once

#include <fmt/format.h>

#include <string>
#include <vector>

#include "sim/results/run_file.h"
#include "sim/results/statement.h"

namespace headroom {

inline void bind_row(Statement& statement, const SignalValueRow& row) { statement.bind(row.signal).bind(row.from_ns).bind(row.value); }
inline void bind_row(Statement& statement, const QuantityIntervalRow& row) { statement.bind(row.quantity).bind(row.from_ns).bind(row.to_ns).bind(row.amount); }
inline void bind_row(Statement& statement, const TemperatureRow& row) { statement.bind(row.hall).bind(row.time_ns).bind(row.celsius); }

template <class Row>
class ManyRows {
 public:
  ManyRows(sqlite3* database, const std::string& table, int columns)
      : many_(database, insert(table, columns, at_once).c_str()), one_(database, insert(table, columns, 1).c_str()) {
    waiting_.reserve(at_once);
  }
  void add(const Row& row) {
    waiting_.push_back(row);
    if (waiting_.size() < at_once) return;
    for (auto const& each : waiting_) bind_row(many_, each);
    many_.run();
    waiting_.clear();
  }
  void flush() {
    for (auto const& each : waiting_) {
      bind_row(one_, each);
      one_.run();
    }
    waiting_.clear();
  }

 private:
  static constexpr std::size_t at_once = 64;
  static std::string insert(const std::string& table, int columns, std::size_t rows) {
    std::string row = "(?";
    for (int i = 1; i < columns; ++i) row += ",?";
    std::string sql = fmt::format("INSERT INTO {} VALUES{})", table, row);
    for (std::size_t i = 1; i < rows; ++i) sql += "," + row + ")";
    return sql;
  }
  Statement many_, one_;
  std::vector<Row> waiting_;
};

}  // namespace headroom

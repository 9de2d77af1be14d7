// A prepared SQLite statement; private to this room.
#pragma once

#include <sqlite3.h>

#include <cmath>
#include <optional>
#include <string>
#include <string_view>

#include "base/amount.h"
#include "base/errors.h"

namespace headroom {

class Statement {
 public:
  Statement(sqlite3* database, const char* sql) : database_(database) {
    if (sqlite3_prepare_v2(database, sql, -1, &statement_, nullptr) != SQLITE_OK) fail();
  }
  ~Statement() { sqlite3_finalize(statement_); }
  Statement(const Statement&) = delete;
  Statement& operator=(const Statement&) = delete;

  Statement& bind(std::int64_t value) { sqlite3_bind_int64(statement_, ++bound_, value); return *this; }
  Statement& bind(int value) { return bind(static_cast<std::int64_t>(value)); }
  Statement& bind(double value) { sqlite3_bind_double(statement_, ++bound_, value); return *this; }
  Statement& bind(Amount value) { return value.is_whole() ? bind(value.whole()) : bind(value.value()); }
  Statement& bind(std::string_view value) {
    sqlite3_bind_text(statement_, ++bound_, value.data(), static_cast<int>(value.size()), SQLITE_TRANSIENT);
    return *this;
  }
  Statement& bind(const std::optional<double>& value) {
    if (value) return bind(*value);
    sqlite3_bind_null(statement_, ++bound_);
    return *this;
  }
  void run() {
    if (sqlite3_step(statement_) != SQLITE_DONE) fail();
    sqlite3_reset(statement_);
    bound_ = 0;
  }
  bool next() {
    int const code = sqlite3_step(statement_);
    if (code != SQLITE_ROW && code != SQLITE_DONE) fail();
    return code == SQLITE_ROW;
  }

  int whole(int column) const { return sqlite3_column_int(statement_, column); }
  std::int64_t long_whole(int column) const { return sqlite3_column_int64(statement_, column); }
  double number(int column) const { return sqlite3_column_double(statement_, column); }
  Amount amount(int column) const { return Amount::of_thousandths(std::llround(number(column) * 1000)); }
  std::optional<double> maybe_number(int column) const {
    if (sqlite3_column_type(statement_, column) == SQLITE_NULL) return std::nullopt;
    return number(column);
  }
  std::string text(int column) const {
    auto const* bytes = reinterpret_cast<const char*>(sqlite3_column_text(statement_, column));
    return bytes == nullptr ? "" : std::string(bytes, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column)));
  }

 private:
  [[noreturn]] void fail() { throw OutputError(std::string("the run file: ") + sqlite3_errmsg(database_), 74); }
  sqlite3* database_;
  sqlite3_stmt* statement_ = nullptr;
  int bound_ = 0;
};

}  // namespace headroom

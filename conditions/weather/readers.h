// One reader a format of weather files.
#pragma once

#include <filesystem>
#include <string_view>
#include <vector>

#include "base/text_file.h"
#include "conditions/weather/weather.h"

namespace headroom {

enum class WeatherFormat { epw, tmy3, table };
WeatherFormat weather_format_of(const std::filesystem::path& file);       // by its first lines; throws InputError (66)

// EnergyPlus: eight lines of header, then year, month, day, hour (1 to 24, which it ends), minute, flags, values.
Weather read_epw(const std::filesystem::path& file);
// NREL: a line about the station, one with the names of columns, then MM/DD/YYYY and 01:00 to 24:00.
Weather read_tmy3(const std::filesystem::path& file);
// A table with named columns, of real years; the spec says how its times and columns are meant.
Weather read_weather_table(const std::filesystem::path& file, const WeatherSpec& spec);

// Lines of values between commas, each with its place. A cell may stand in quotes.
class CommaLines {
 public:
  explicit CommaLines(const std::filesystem::path& file) : lines_(file) {}

  bool next();                                                  // blank lines are passed over
  std::size_t size() const { return cells_.size(); }
  std::string_view text(std::size_t cell) const { return cells_[cell].text; }
  double number(std::size_t cell, const char* name) const;      // throws InputError at the cell, by its name
  int whole(std::size_t cell, const char* name) const;
  void need(std::size_t cells, const char* what) const;         // throws InputError: the line is shorter
  Location place(std::size_t cell) const;
  const std::string& name() const { return lines_.name(); }
  std::string sha256() { return lines_.sha256(); }

 private:
  struct Cell {
    std::string_view text;
    int column;
  };
  LineReader lines_;
  std::string line_;
  std::vector<Cell> cells_;
};

// The clock of a typical year: its rows must come in order, each once, 365 days of them.
class TypicalClock {
 public:
  explicit TypicalClock(int rows_an_hour = 1) : rows_an_hour_(rows_an_hour) {}

  // Throws InputError at `where` when this is not the next row. `of_day`: the hour that ends, from 1.
  void take(int month, int day, int of_day, const Location& where);
  void finish(const Location& where) const;                     // throws InputError: the year ends early

 private:
  std::string text_of(std::int64_t row) const;

  int rows_an_hour_;
  std::int64_t rows_ = 0;
};

}  // namespace headroom

// Columns of a CSV file over time: moments rise, nothing is missing, or it is said where. Shared by all that a grid reads.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/errors.h"
#include "base/time.h"

namespace headroom {

// What a spec says of its file.
struct SeriesFile {
  std::string file, time, timezone;            // time: "": a row for each hour of `year`
  std::optional<Duration> utc_offset;
  std::optional<int> year;
  std::optional<Duration> longest_gap;
  std::vector<std::string> columns;
  Location where;                              // of the spec
  std::string key;                             // "carbon": what messages call it
};

struct SignalTable {
  std::filesystem::path file;
  std::vector<std::int64_t> from_s;            // rising; a row holds until the next, the last until end_s
  std::int64_t end_s = 0;
  std::vector<std::vector<double>> columns;
};

// Throws InputError: at the place in the file, or where the spec was written (no such file or column).
SignalTable read_series_table(const SeriesFile& spec);

// The rows of one year, which then stand for every year: those that hold from from_s to to_s, 29 February like the 28th where
// the year has none. The year is counted in UTC, or by utc_offset. Throws InputError where the file lacks a part of it.
SignalTable repeated_year(const SignalTable& table, const SeriesFile& spec, std::int64_t from_s, std::int64_t to_s);

// A path as it was written: $NAME/rest is below the folder in the environment variable NAME; others are relative to the file
// that mentions them. Throws InputError (66) where there is no such file.
std::filesystem::path find_series_file(const std::string& name, const std::string& key, const Location& mention);

}  // namespace headroom

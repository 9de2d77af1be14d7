// The power of one of Google's power domains (PowerData2019): time,measured_power_util and, where they are, index, pdu.
//
//   time                  us
//   measured_power_util   power / the fixed capacity of the domain, which is not published
//   pdu                   its name; a file is of one domain
#include "workloads/formats/readers.h"
#include "workloads/formats/series_table.h"

namespace headroom {
namespace {

enum Column : std::size_t { time_us, measured_power_util, index, pdu };

std::vector<CsvReader::Column> table_columns() { return {{"time"}, {"measured_power_util"}, {"index", false}, {"pdu", false}}; }

constexpr std::int64_t interval_s = 300, ns_per_us = 1000;

class GooglePowerSource final : public SeriesTable {
 public:
  explicit GooglePowerSource(const std::filesystem::path& file)
      : SeriesTable(TraceTable(file, table_columns()), {SeriesMeaning::power, time_us, {measured_power_util}, whole_seconds(interval_s)}) {}

 private:
  Duration date(const TraceTable& rows) const override {
    return {ns_per_us * value_or(read_whole(rows.text(time_us), 0, longest_duration.ns / ns_per_us), [&](const std::string& what) { rows.fail(time_us, what); })};
  }

  void check(const TraceTable& rows) override {
    if (!rows.has(pdu)) return;
    if (pdu_.empty()) pdu_ = rows.text(pdu);
    else if (rows.text(pdu) != pdu_) rows.fail(pdu, fmt::format("'{}', and '{}' in the lines before; a file must be of one power domain", shown(rows.text(pdu)), shown(pdu_)));
  }

  std::string pdu_;
};

}  // namespace

std::unique_ptr<SeriesSource> open_google_power(const std::filesystem::path& file) { return std::make_unique<GooglePowerSource>(file); }

}  // namespace headroom

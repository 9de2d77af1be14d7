// The load of a data centre by the hour: index,cpu_load. The index counts the hours, and its column may have no name;
// cpu_load is the share of the processors in use.
#include "workloads/formats/readers.h"
#include "workloads/formats/series_table.h"

namespace headroom {
namespace {

enum Column : std::size_t { hour, cpu_load };

constexpr std::int64_t hour_s = 3600, latest_hour = longest_duration.ns / nanoseconds_per_second / hour_s;

class HourlyLoadSource final : public SeriesTable {
 public:
  explicit HourlyLoadSource(TraceTable&& rows) : SeriesTable(std::move(rows), shape_of(rows)) {}

 private:
  static Shape shape_of(const TraceTable& rows) {
    auto const& columns = rows.columns();
    bool const named = columns.size() == 2 && (columns[hour].name.empty() || columns[hour].name == "index") && columns[cpu_load].name == "cpu_load";
    if (!named) throw InputError(rows.place(), "the first line must be 'index,cpu_load' or ',cpu_load'");
    return {SeriesMeaning::processors, hour, {cpu_load}, whole_seconds(hour_s)};
  }

  Duration date(const TraceTable& rows) const override {
    return whole_seconds(hour_s * value_or(read_whole(rows.text(hour), 0, latest_hour), [&](const std::string& what) { rows.fail(hour, what); }));
  }
};

}  // namespace

std::unique_ptr<SeriesSource> open_hourly_load(const std::filesystem::path& file) { return std::make_unique<HourlyLoadSource>(TraceTable(file)); }

}  // namespace headroom

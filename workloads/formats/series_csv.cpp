// Demand over time, our own table: time_s,NAME,NAME... Each row is the time from which its shares hold, in seconds.
#include "workloads/formats/readers.h"
#include "workloads/formats/series_table.h"

namespace headroom {
namespace {

constexpr std::string_view time_name = "time_s";

class SeriesCsvSource final : public SeriesTable {
 public:
  explicit SeriesCsvSource(TraceTable&& rows) : SeriesTable(std::move(rows), shape_of(rows)) {}

 private:
  static Shape shape_of(const TraceTable& rows) {
    auto const& columns = rows.columns();
    if (columns.front().name != time_name) throw InputError(rows.place(), fmt::format("the first column is '{}'; it must be {}, and the others name the values", shown(columns.front().name), time_name));
    if (columns.size() == 1) throw InputError(rows.place(), "there is no column of values; one at least must stand behind time_s");
    Shape shape{SeriesMeaning::processors, 0, {}, {}};
    for (std::size_t column = 1; column < columns.size(); ++column) {
      if (columns[column].name.empty()) throw InputError(rows.place(), fmt::format("column {} has no name", column + 1));
      shape.values.push_back(column);
    }
    return shape;
  }

  Duration date(const TraceTable& rows) const override { return rows.time(0); }
};

}  // namespace

std::unique_ptr<SeriesSource> open_series_csv(const std::filesystem::path& file) { return std::make_unique<SeriesCsvSource>(TraceTable(file)); }

}  // namespace headroom

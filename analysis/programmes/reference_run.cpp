#include "analysis/programmes/reference_run.h"

#include <fmt/format.h>

#include <chrono>
#include <cmath>

#include "base/text_file.h"

namespace headroom {
namespace {

// Midnight of the year's first Monday, in UTC: the hours of a shape are those of the programme's clock.
std::string first_monday(int year) {
  using namespace std::chrono;
  year_month_day const date{sys_days{std::chrono::year{year} / January / Monday[1]}};
  return fmt::format("{:04}-{:02}-{:02}T00:00:00+00:00", static_cast<int>(date.year()), static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
}

double thousandths(double value) { return std::round(1000 * value) / 1000; }

class JobTable {
 public:
  void add(int at_hour, double cores, double gpus, double utilisation, const std::string& job_class, double volume) {
    text_ += fmt::format("{},3600,{},{},{},{},{}\n", at_hour * 3600, cores, gpus, utilisation, job_class, volume > 0 ? fmt::format("{}", volume) : "");
  }
  std::string text() const { return text_; }

 private:
  std::string text_ = "submit_s,runtime_s,cores,gpus,utilisation,class,volume_bytes\n";
};

// What the volume of a stream's jobs is of: the other directions are shares of it.
double base_bytes(const WorkStream& stream) { return stream.received > 0 ? stream.received : stream.answered; }

// Jobs take whole GPUs, or a share of one: what streams hold in an hour is given out in whole ones from the first stream on, the rest
// of each goes on to the next, and the last has what is left. The sum holds.
class GpusOfHour {
 public:
  // Whole ones; with `last` the share that is left, too.
  std::pair<double, double> take(double wanted, bool last) {
    double const all = rest_ + wanted, whole = std::floor(all + 1e-9);
    rest_ = last ? 0 : all - whole;
    return {whole, last ? std::max(0.0, std::floor(1000 * (all - whole)) / 1000) : 0.0};
  }

 private:
  double rest_ = 0;
};

void add_stream(const WorkStream& stream, int at_hour, double cores, std::pair<double, double> gpus, double volume, double busy, JobTable& table) {
  double const held = cores > 0 ? std::max(thousandths(cores), 0.001) : 0.0;
  bool told = false;                   // its bytes
  for (double const count : {gpus.first, gpus.second})
    if (count > 0) {
      table.add(at_hour, 0, count, busy, told ? stream.job_class + "-rest" : stream.job_class, told ? 0 : volume);
      told = true;
    }
  if (held > 0) table.add(at_hour, held, 0, busy, told ? stream.job_class + "-on-cores" : stream.job_class, told ? 0 : volume);
}

// One site's share of an hour of all streams.
void add_hour(const std::vector<WorkStream>& streams, int at_hour, std::size_t hour_of_load, const Served& served, double sites, double busy, JobTable& table) {
  GpusOfHour gpus;
  std::size_t last = streams.size();
  for (std::size_t i = 0; i < streams.size(); ++i)
    if (streams[i].gpus > 0) last = i;
  for (std::size_t i = 0; i < streams.size(); ++i) {
    WorkStream const& stream = streams[i];
    double const factor = stream.factors[hour_of_load] * (stream.gpus > 0 ? served.gpus[hour_of_load] : served.cores[hour_of_load]) / sites;
    add_stream(stream, at_hour, stream.cores * factor, stream.gpus > 0 ? gpus.take(stream.gpus * factor, i == last) : std::pair{0.0, 0.0}, base_bytes(stream) * factor * 3600, busy, table);
  }
}

std::string traffic_line(const WorkStream& stream, const char* pattern, const std::string& with, double times) {
  return fmt::format("      - {{pattern: {}, class: \"{}\", with: \"{}\", volume_of: job, times: {}, phases: 1}}\n", pattern, stream.job_class, with, times);
}

std::string traffic_of(const WorkStream& stream, const SiteKind& kind) {
  std::string out;
  double const base = base_bytes(stream);
  if (base <= 0) return out;
  if (stream.received > 0) out += traffic_line(stream, "storage-read", stream.comes_by, 1);
  if (stream.answered > 0) out += traffic_line(stream, "storage-write", stream.comes_by, stream.answered / base);
  if (stream.passed_on > 0) out += traffic_line(stream, "storage-write", kind.passes_through, stream.passed_on / base);
  return out;
}

std::string scenario_text(const ReferenceSite& site, const std::string& name, int year, RunSpan span, const KindDemand& demand) {
  std::string traffic;
  for (auto const& stream : demand.streams) traffic += traffic_of(stream, *site.kind);
  std::string out = fmt::format("# One site of kind {}, {}: written by `headroom programme`.\nkind: scenario\nversion: 1\nname: \"{}\"\nsite: \"{}\"\n", site.kind->name, span == RunSpan::week ? "the mean week" : "the busiest day", name, site.layout);
  out += fmt::format("workload:\n  - trace: ./{}.csv\n    processor: core\n    several_servers: true\n    run_times: all\n", name);
  if (!traffic.empty()) out += "    traffic:\n" + traffic;
  out += "network: {traffic: matrix}\npolicy: {order: fcfs, placement: first-fit}\n";
  out += fmt::format("start: {}\nhorizon: {} d\nwindow: all\nrecord: {{every: 60 min, detail: site}}\n", first_monday(year), span == RunSpan::week ? 7 : 1);
  return out;
}

}  // namespace

ReferenceRun reference_run(const ReferenceSite& site, std::size_t kind, int year, RunSpan span, const KindDemand& demand, const Served& served, double sites) {
  ReferenceRun out;
  out.name = fmt::format("{}-{}-{}", site.kind->name, year, span == RunSpan::week ? "week" : "peak-day");
  out.kind = kind;
  out.year = year;
  out.span = span;
  JobTable table;
  int const first = span == RunSpan::week ? 0 : hours_a_week, last = span == RunSpan::week ? hours_a_week : hours_a_week + hours_a_day;
  for (int i = first; i < last; ++i) add_hour(demand.streams, i - first, static_cast<std::size_t>(i), served, sites, site.kind->busy, table);
  out.jobs = table.text();
  out.scenario = scenario_text(site, out.name, year, span, demand);
  out.inputs = sha256_of(out.scenario + out.jobs + site.content);
  return out;
}

std::filesystem::path run_folder(const std::filesystem::path& programme_folder, const std::string& name) { return programme_folder / "runs" / name; }
std::filesystem::path inputs_folder(const std::filesystem::path& programme_folder) { return programme_folder / "inputs"; }

}  // namespace headroom

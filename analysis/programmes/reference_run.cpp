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

void add_hour(const WorkStream& stream, int at_hour, double factor, double busy, JobTable& table) {
  double const volume = base_bytes(stream) * factor * 3600;
  double const cores = std::max(thousandths(stream.cores * factor), stream.cores * factor > 0 ? 0.001 : 0.0);
  double const gpus = std::max(stream.gpus * factor < 1 ? thousandths(stream.gpus * factor) : std::round(stream.gpus * factor), stream.gpus * factor > 0 ? 0.001 : 0.0);
  if (gpus > 0) table.add(at_hour, 0, gpus, busy, stream.job_class, volume);
  if (cores > 0) table.add(at_hour, cores, 0, busy, gpus > 0 ? stream.job_class + " on cores" : stream.job_class, gpus > 0 ? 0 : volume);
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
  for (int i = first; i < last; ++i)
    for (auto const& stream : demand.streams) {
      auto const h = static_cast<std::size_t>(i);
      add_hour(stream, i - first, stream.factors[h] * (stream.gpus > 0 ? served.gpus[h] : served.cores[h]) / sites, site.kind->busy, table);
    }
  out.jobs = table.text();
  out.scenario = scenario_text(site, out.name, year, span, demand);
  out.inputs = sha256_of(out.scenario + out.jobs + site.content);
  return out;
}

std::filesystem::path run_folder(const std::filesystem::path& programme_folder, const std::string& name) { return programme_folder / "runs" / name; }
std::filesystem::path inputs_folder(const std::filesystem::path& programme_folder) { return programme_folder / "inputs"; }

}  // namespace headroom

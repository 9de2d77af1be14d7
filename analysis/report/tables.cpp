#include "analysis/report/tables.h"

#include <fmt/format.h>

#include <iterator>
#include <map>

#include "base/new_file.h"
#include "base/errors.h"

namespace headroom {
namespace {

constexpr double joules_in_kwh = 3.6e6;

class CsvTable {
 public:
  CsvTable(const std::filesystem::path& file, std::string_view header) : file_(file), text_(header) { text_ += '\n'; }

  CsvTable& cell(std::string_view text) {
    separate();
    if (text.find_first_of(",\"\r\n") == std::string_view::npos) {
      text_ += text;
      return *this;
    }
    text_ += '"';
    for (char const c : text) text_.append(c == '"' ? 2 : 1, c);
    text_ += '"';
    return *this;
  }
  CsvTable& cell(std::int64_t value) { return number(value); }
  CsvTable& cell(int value) { return number(value); }
  CsvTable& cell(double value) { return number(value); }
  CsvTable& cell(Amount value) { return cell(value.text()); }
  CsvTable& cell(const std::optional<double>& value) { return value ? cell(*value) : cell(""); }
  // Exact: seconds with as many of nine decimals as it takes; empty for what never was.
  CsvTable& time(std::int64_t t_ns) {
    separate();
    if (t_ns < 0) return *this;
    fmt::format_to(std::back_inserter(text_), "{}", t_ns / 1'000'000'000);
    if (std::int64_t const rest = t_ns % 1'000'000'000; rest != 0) {
      fmt::format_to(std::back_inserter(text_), ".{:09}", rest);
      text_.erase(text_.find_last_not_of('0') + 1);
    }
    return *this;
  }
  void end_row() {
    text_ += '\n';
    first_ = true;
    if (text_.size() < (1u << 18)) return;
    file_.write(text_);
    text_.clear();
  }
  void finish() {
    file_.write(text_);
    file_.finish();
  }

 private:
  void separate() {
    if (!first_) text_ += ',';
    first_ = false;
  }
  template <class Number>
  CsvTable& number(Number value) {
    separate();
    fmt::format_to(std::back_inserter(text_), "{}", value);
    return *this;
  }
  NewFile file_;
  std::string text_;
  bool first_ = true;
};

// The site's own meters beside the nodes.
NodeRow site_meter(int id, const char* name) {
  NodeRow row;
  row.id = id;
  row.name = name;
  row.kind = "meter";
  return row;
}

void totals_cells(CsvTable& table, const TotalsRow& row) {
  table.cell(row.input_j / joules_in_kwh).cell(row.output_j / joules_in_kwh).cell(row.loss_j / joules_in_kwh).cell(row.stored_j / joules_in_kwh);
  table.cell(row.input_peak_w).cell(row.input_peak_s);
  table.cell(row.input_peak_15min_w).cell(row.output_peak_w).cell(row.output_peak_va).cell(row.connection_peak_va);
}

void write_nodes(const RunReader& run, const std::filesystem::path& file) {
  std::string header = "id,name,kind,type,part,count,hall,rack,server,rated_w,rated_va,rated_a,circuit_a,voltage_v,phases";
  for (auto const* span : {"run", "window"})
    for (auto const* column : {"input_kwh", "output_kwh", "loss_kwh", "stored_kwh", "input_peak_w", "input_peak_at_s", "input_peak_15min_w", "output_peak_w", "output_peak_va", "connection_peak_va"})
      header += fmt::format(",{}_{}", span, column);
  CsvTable table(file, header);
  std::map<int, TotalsRow> of_run, of_window;
  for (auto const& row : run.totals("run")) of_run[row.node] = row;
  for (auto const& row : run.totals("window")) of_window[row.node] = row;
  auto nodes = run.nodes();
  nodes.insert(nodes.begin(), {site_meter(facility_meter, "facility"), site_meter(it_meter, "it")});
  auto const place = [&](int index) { index < 0 ? table.cell("") : table.cell(index); };
  for (auto const& node : nodes) {
    bool const meter = node.id < 0;
    table.cell(node.id).cell(node.name).cell(node.kind).cell(node.type).cell(node.part).cell(node.count);
    for (int const index : {node.hall, node.rack, node.server}) place(index);
    table.cell(node.rated_w).cell(node.rated_va).cell(node.rated_a).cell(node.circuit_a);
    meter ? table.cell("").cell("") : table.cell(node.voltage_v).cell(node.phases);
    totals_cells(table, of_run[node.id]);
    totals_cells(table, of_window[node.id]);
    table.end_row();
  }
  table.finish();
}

void write_jobs(const RunReader& run, const std::filesystem::path& file) {
  CsvTable table(file, "workload,id,state,submit_s,start_s,end_s,wait_s,runtime_s,estimate_s,servers,cores,gpus,utilisation,placement,cause,interruptions,gpu_utilisation,unserved_core_s,unserved_gpu_s");
  run.each_job([&](const JobRow& job) {
    table.cell(job.workload).cell(job.trace_id).cell(to_text(job.state)).time(job.submit_ns).time(job.start_ns).time(job.end_ns);
    table.time(job.start_ns < 0 ? -1 : job.start_ns - job.submit_ns).time(job.runtime_ns).time(job.estimate_ns);
    table.cell(job.servers).cell(job.cores).cell(job.gpus).cell(job.utilisation).cell(job.placement);
    (job.cause == 0 ? table.cell("") : table.cell(job.cause)).cell(job.interruptions).cell(job.gpu_utilisation).cell(job.unserved_core_s).cell(job.unserved_gpu_s).end_row();
  });
  table.finish();
}

void write_interruptions(const RunReader& run, const std::filesystem::path& file) {
  CsvTable table(file, "workload,id,start_s,end_s,cores,gpus,lost_s,cause,placement");
  for (auto const& row : run.interruptions()) {
    table.cell(row.workload).cell(row.trace_id).time(row.start_ns).time(row.end_ns).cell(row.cores).cell(row.gpus).cell(row.lost_s);
    table.cell(row.cause).cell(row.placement).end_row();
  }
  table.finish();
}

void write_changes(const RunReader& run, const std::filesystem::path& file) {
  CsvTable table(file, "id,time_s,element,from,to,cause,reason");
  for (auto const& row : run.changes()) {
    table.cell(row.id).time(row.time_ns).cell(row.element).cell(row.from).cell(row.to);
    (row.cause == 0 ? table.cell("") : table.cell(row.cause)).cell(row.reason).end_row();
  }
  table.finish();
}

void write_power(const RunReader& run, const std::filesystem::path& file) {
  CsvTable table(file, "node,name,from_s,to_s,energy_kwh,power_mean_w,power_min_w,power_max_w");
  auto const nodes = run.nodes();
  for (int const meter : run.recorded_meters()) {
    std::string const name = meter == facility_meter ? "facility" : meter == it_meter ? "it" : nodes[static_cast<std::size_t>(meter)].name;
    for (auto const& row : run.intervals(meter)) {
      double const length_s = static_cast<double>(row.to_ns - row.from_ns) / 1e9;
      table.cell(meter).cell(name).time(row.from_ns).time(row.to_ns).cell(row.energy_j / joules_in_kwh);
      table.cell(row.minimum_w == row.maximum_w ? row.minimum_w : row.energy_j / length_s).cell(row.minimum_w).cell(row.maximum_w).end_row();
    }
  }
  table.finish();
}

void write_network_loads(const RunReader& run, const std::filesystem::path& file) {
  CsvTable table(file, "fabric,what,tier,direction,from_s,to_s,bytes,mean_gbit_s");
  for (auto const& meter : run.network_meters())
    for (auto const& load : run.network_loads(meter.id)) {
      table.cell(meter.fabric).cell(meter.what).cell(meter.tier).cell(meter.direction).time(load.from_ns).time(load.to_ns).cell(load.bytes);
      table.cell(8 * load.bytes / static_cast<double>(load.to_ns - load.from_ns)).end_row();
    }
  table.finish();
}

void write_network_links(const RunReader& run, const std::filesystem::path& file) {
  CsvTable table(file, "fabric,from,to,tier,rate_gbit_s,bytes,peak_gbit_s");
  for (auto const& link : run.network_links())
    table.cell(link.fabric).cell(link.from).cell(link.to).cell(link.tier).cell(link.rate_bit_s / 1e9).cell(link.bytes).cell(link.peak_bit_s / 1e9).end_row();
  table.finish();
}

}  // namespace

void write_csv_tables(const RunReader& run, const std::filesystem::path& folder) {
  std::error_code code;
  std::filesystem::create_directories(folder, code);
  if (code) throw OutputError(fmt::format("{}: cannot make this folder: {}", folder.string(), code.message()), 73);
  write_nodes(run, folder / "nodes.csv");
  write_jobs(run, folder / "jobs.csv");
  write_interruptions(run, folder / "interruptions.csv");
  write_changes(run, folder / "changes.csv");
  write_power(run, folder / "power.csv");
  if (run.network_meters().empty()) return;
  write_network_loads(run, folder / "network_loads.csv");
  write_network_links(run, folder / "network_links.csv");
}

}  // namespace headroom

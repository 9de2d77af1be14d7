#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include <iterator>

#include "sim/results/many_rows.h"
#include "sim/results/run_file.h"
#include "sim/results/schema.h"
#include "sim/results/statement.h"

namespace headroom {
namespace {

namespace fs = std::filesystem;

void execute(sqlite3* database, const char* sql) {
  char* message = nullptr;
  if (sqlite3_exec(database, sql, nullptr, nullptr, &message) == SQLITE_OK) return;
  std::string const what = message == nullptr ? "unknown error" : message;
  sqlite3_free(message);
  throw OutputError("the run file: " + what, 74);
}

sqlite3* create(const fs::path& file) {
  sqlite3* database = nullptr;
  constexpr int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX;     // one thread writes
  if (sqlite3_open_v2(file.c_str(), &database, flags, nullptr) == SQLITE_OK) return database;
  std::string const what = sqlite3_errmsg(database);
  sqlite3_close(database);
  throw OutputError(fmt::format("{}: {}", file.string(), what), 73);
}

// DIR/UNFINISHED, held as long as the run is being written, so that no second run comes into the folder.
class Mark {
 public:
  explicit Mark(const fs::path& directory) : file_(open((directory / "UNFINISHED").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666)) {
    constexpr std::string_view text = "This run is not finished, or was interrupted. run.sqlite holds what was recorded so far.\n";
    if (file_ < 0) throw OutputError(fmt::format("{}: cannot write into this folder", directory.string()), 73);
    bool const taken = flock(file_, LOCK_EX | LOCK_NB) != 0;
    bool const written = !taken && write(file_, text.data(), text.size()) == std::ssize(text);
    if (written) return;
    close(file_);
    throw OutputError(fmt::format("{}: {}", directory.string(), taken ? "another run is being written into this folder; name another with -o" : "cannot write into this folder"), 73);
  }
  ~Mark() { close(file_); }
  Mark(const Mark&) = delete;
  Mark& operator=(const Mark&) = delete;

 private:
  int file_;
};

fs::path made(const fs::path& directory) {
  std::error_code code;
  fs::create_directories(directory, code);
  if (code) throw OutputError(fmt::format("{}: cannot make this folder: {}", directory.string(), code.message()), 73);
  return directory;
}

// Clears the folder of an earlier run.
fs::path cleared(const fs::path& directory) {
  std::error_code code;
  for (const char* name : {"run.sqlite", "run.sqlite-journal", "summary.json", "report.html"}) fs::remove(directory / name, code);
  return directory / "run.sqlite";
}

}  // namespace

struct RunFile::State {
  explicit State(const fs::path& where) : directory(made(where)), mark(directory), database(create(cleared(directory))) {
    // a run that breaks off is made again: no journal, no waiting for the disk
    execute(database, "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA locking_mode=EXCLUSIVE;");
    execute(database, fmt::format("PRAGMA user_version={};", run_file_version).c_str());
    execute(database, run_file_schema);
    execute(database, "BEGIN");
    meta.emplace(database, "INSERT OR REPLACE INTO meta VALUES(?,?)");
    input.emplace(database, "INSERT INTO inputs VALUES(?,?,?)");
    node.emplace(database, "INSERT INTO nodes VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)");
    edge.emplace(database, "INSERT INTO edges VALUES(?,?,?)");
    totals.emplace(database, "INSERT INTO totals VALUES(?,?,?,?,?,?,?,?,?,?,?,?)");
    interval.emplace(database, "INSERT INTO intervals VALUES(?,?,?,?,?,?)");
    change.emplace(database, "INSERT INTO changes VALUES(?,?,?,?,?,?,?)");
    interruption.emplace(database, "INSERT INTO interruptions VALUES(?,?,?,?,?,?,?,?,?)");
    job.emplace(database, "INSERT INTO jobs VALUES(NULL,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)");
    network_meter.emplace(database, "INSERT INTO network_meters VALUES(?,?,?,?,?,?,?)");
    network_load.emplace(database, "INSERT INTO network_loads VALUES(?,?,?,?)");
    network_link.emplace(database, "INSERT INTO network_links VALUES(?,?,?,?,?,?,?,?,?)");
    network_series.emplace(database, "INSERT INTO network_series VALUES(?,?,?)");
    signal.emplace(database, "INSERT INTO signals VALUES(?,?,?)");
    signal_value.emplace(database, "signal_values", 3);
    quantity.emplace(database, "INSERT INTO quantities VALUES(?,?,?,?,?)");
    quantity_interval.emplace(database, "quantity_intervals", 4);
    temperature.emplace(database, "temperatures", 3);
  }
  ~State() {
    if (database == nullptr) return;
    for (auto* statement : {&meta, &input, &node, &edge, &totals, &interval, &change, &interruption, &job, &network_meter, &network_load, &network_link, &network_series, &signal, &quantity})
      statement->reset();
    close_rows();
    sqlite3_exec(database, "COMMIT", nullptr, nullptr, nullptr);     // whatever there is stays readable
    sqlite3_close(database);
  }

  void flush() {
    signal_value->flush();
    quantity_interval->flush();
    temperature->flush();
  }
  // Of a run that broke off: what can still be written is.
  void close_rows() {
    try {
      flush();
    } catch (const OutputError&) {
    }
    signal_value.reset();
    quantity_interval.reset();
    temperature.reset();
  }

  fs::path directory;
  Mark mark;
  sqlite3* database = nullptr;
  std::optional<Statement> meta, input, node, edge, totals, interval, change, interruption, job, network_meter, network_load, network_link, network_series;
  std::optional<Statement> signal, quantity;
  std::optional<ManyRows<SignalValueRow>> signal_value;
  std::optional<ManyRows<QuantityIntervalRow>> quantity_interval;
  std::optional<ManyRows<TemperatureRow>> temperature;
};

RunFile::RunFile() = default;
RunFile::RunFile(const fs::path& directory) : state_(std::make_unique<State>(directory)) { meta("state", "unfinished"); }
RunFile::~RunFile() = default;

RunFile RunFile::nowhere() { return RunFile(); }

void RunFile::meta(std::string_view key, std::string_view value) {
  if (state_) state_->meta->bind(key).bind(value).run();
}

void RunFile::meta(std::string_view key, double value) {
  if (state_) state_->meta->bind(key).bind(value).run();
}

void RunFile::meta(std::string_view key, std::int64_t value) {
  if (state_) state_->meta->bind(key).bind(value).run();
}

void RunFile::input(const InputRow& row) {
  if (state_) state_->input->bind(row.name).bind(row.sha256).bind(row.text).run();
}

void RunFile::node(const NodeRow& row) {
  if (!state_) return;
  state_->node->bind(row.id).bind(row.name).bind(row.kind).bind(row.type).bind(row.part).bind(row.count).bind(row.hall).bind(row.rack)
      .bind(row.server).bind(row.rated_w).bind(row.rated_va).bind(row.rated_a).bind(row.circuit_a).bind(row.voltage_v).bind(row.phases).run();
}

void RunFile::edge(const EdgeRow& row) {
  if (state_) state_->edge->bind(row.parent).bind(row.child).bind(row.energy_j).run();
}

void RunFile::totals(const TotalsRow& row) {
  if (!state_) return;
  state_->totals->bind(row.node).bind(row.span).bind(row.input_j).bind(row.output_j).bind(row.loss_j).bind(row.stored_j).bind(row.input_peak_w)
      .bind(row.input_peak_s).bind(row.input_peak_15min_w).bind(row.output_peak_w).bind(row.output_peak_va).bind(row.connection_peak_va).run();
}

void RunFile::interval(const IntervalRow& row) {
  if (state_) state_->interval->bind(row.node).bind(row.from_ns).bind(row.to_ns).bind(row.energy_j).bind(row.minimum_w).bind(row.maximum_w).run();
}

void RunFile::change(const ChangeRow& row) {
  if (state_) state_->change->bind(row.id).bind(row.time_ns).bind(row.element).bind(row.from).bind(row.to).bind(row.cause).bind(row.reason).run();
}

void RunFile::interruption(const InterruptionRow& row) {
  if (!state_) return;
  state_->interruption->bind(row.workload).bind(row.trace_id).bind(row.start_ns).bind(row.end_ns).bind(row.cores).bind(row.gpus).bind(row.lost_s)
      .bind(row.cause).bind(row.placement).run();
}

void RunFile::job(const JobRow& row) {
  if (!state_) return;
  state_->job->bind(row.workload).bind(row.trace_id).bind(static_cast<int>(row.state)).bind(row.submit_ns).bind(row.start_ns).bind(row.end_ns)
      .bind(row.runtime_ns).bind(row.estimate_ns).bind(row.servers).bind(row.cores).bind(row.gpus).bind(row.utilisation).bind(row.placement)
      .bind(row.cause).bind(row.interruptions).bind(row.gpu_utilisation).bind(row.unserved_core_s).bind(row.unserved_gpu_s).bind(row.waited_s).bind(row.waited_alone_s)
      .bind(row.sent_bytes).bind(row.kept_s).bind(row.slowed_s).run();
}

void RunFile::network_meter(const NetworkMeterRow& row) {
  if (state_) state_->network_meter->bind(row.id).bind(row.fabric).bind(row.what).bind(row.tier).bind(row.direction).bind(row.links).bind(row.rate_bit_s).run();
}

void RunFile::network_load(const NetworkLoadRow& row) {
  if (state_) state_->network_load->bind(row.meter).bind(row.from_ns).bind(row.to_ns).bind(row.bytes).run();
}

void RunFile::network_link(const NetworkLinkRow& row) {
  if (!state_) return;
  state_->network_link->bind(row.channel).bind(row.fabric).bind(row.from).bind(row.to).bind(row.tier).bind(static_cast<int>(row.wan)).bind(row.rate_bit_s).bind(row.bytes)
      .bind(row.peak_bit_s).run();
}

void RunFile::network_series(const NetworkSeriesRow& row) {
  if (state_) state_->network_series->bind(row.channel).bind(row.bucket).bind(row.bytes).run();
}

void RunFile::signal(const SignalRow& row) {
  if (state_) state_->signal->bind(row.id).bind(row.name).bind(row.unit).run();
}

void RunFile::signal_value(const SignalValueRow& row) {
  if (state_) state_->signal_value->add(row);
}

void RunFile::quantity(const QuantityRow& row) {
  if (state_) state_->quantity->bind(row.id).bind(row.name).bind(row.hall).bind(row.unit).bind(row.total).run();
}

void RunFile::quantity_interval(const QuantityIntervalRow& row) {
  if (state_) state_->quantity_interval->add(row);
}

void RunFile::temperature(const TemperatureRow& row) {
  if (state_) state_->temperature->add(row);
}

void RunFile::finish() {
  if (!state_) return;
  meta("state", "complete");
  fs::path const mark = state_->directory / "UNFINISHED";
  state_->flush();
  execute(state_->database, "COMMIT; BEGIN");
  state_.reset();
  std::error_code code;
  fs::remove(mark, code);
}

std::string_view to_text(JobState state) {
  switch (state) {
    case JobState::completed: return "completed";
    case JobState::rejected: return "rejected";
    case JobState::running_at_end: return "running_at_end";
    case JobState::queued_at_end: return "queued_at_end";
    case JobState::killed: return "killed";
    case JobState::lost: return "lost";
  }
  return "";
}

}  // namespace headroom

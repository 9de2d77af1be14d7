#include <fmt/format.h>

#include "sim/results/run_file.h"
#include "sim/results/statement.h"

namespace headroom {
namespace {

namespace fs = std::filesystem;

fs::path run_file_of(const fs::path& run) {
  std::error_code code;
  if (fs::is_directory(run, code)) {
    if (fs::exists(run / "run.sqlite", code)) return run / "run.sqlite";
    throw InputError({run.string(), 0, 0}, "there is no run.sqlite in this folder; make one with `headroom run SCENARIO -o FOLDER`", InputFault::missing);
  }
  if (!fs::exists(run, code)) throw InputError({run.string(), 0, 0}, "there is no such run", InputFault::missing);
  return run;
}

}  // namespace

struct RunReader::State {
  explicit State(const fs::path& run) : file(run_file_of(run)) {
    if (sqlite3_open_v2(file.c_str(), &database, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, nullptr) != SQLITE_OK) fail("cannot be opened");
    version = number_of("PRAGMA user_version");
    if (version == 0) fail("this is not a run file");
    if (version > run_file_version)
      fail(fmt::format("the run file is of version {}; this program reads up to {}", version, run_file_version).c_str());
    if (number_of("SELECT count(*) FROM sqlite_master WHERE name IN ('meta','nodes','totals','jobs')") < 4) fail("this is not a run file");
  }
  ~State() { sqlite3_close(database); }

  int number_of(const char* sql) {
    sqlite3_stmt* statement = nullptr;
    if (sqlite3_prepare_v2(database, sql, -1, &statement, nullptr) != SQLITE_OK) fail("this is not a run file");
    int const value = sqlite3_step(statement) == SQLITE_ROW ? sqlite3_column_int(statement, 0) : 0;
    sqlite3_finalize(statement);
    return value;
  }
  [[noreturn]] void fail(const char* what) {
    sqlite3_close(database);
    database = nullptr;
    throw InputError({file.string(), 0, 0}, what);
  }

  // A column that a later version brought, or what stands for it in files from before.
  const char* new_column(const char* column, const char* before, int since = 2) const { return version >= since ? column : before; }

  fs::path file, folder = file.parent_path();
  sqlite3* database = nullptr;
  int version = 0;
};

struct RunReader::Cursor {
  explicit Cursor(const State& state)
      : statement(state.database, fmt::format("SELECT workload,trace_id,state,submit_ns,start_ns,end_ns,runtime_ns,estimate_ns,servers,cores,gpus,utilisation,placement,cause,{},{},{},{},{},{},{},{},{} FROM jobs ORDER BY id",
                                              state.new_column("interruptions", "0"), state.new_column("gpu_utilisation", "utilisation", 3), state.new_column("unserved_core_s", "0", 3),
                                              state.new_column("unserved_gpu_s", "0", 3), state.new_column("waited_s", "0", 4), state.new_column("waited_alone_s", "0", 4),
                                              state.new_column("sent_bytes", "0", 4), state.new_column("kept_s", "0", 5), state.new_column("slowed_s", "0", 5)).c_str()) {}
  Statement statement;
};

RunReader::RunReader(const fs::path& run) : state_(std::make_unique<State>(run)) {}
RunReader::~RunReader() = default;
RunReader::RunReader(RunReader&&) noexcept = default;

const fs::path& RunReader::directory() const { return state_->folder; }
bool RunReader::complete() const { return meta_text("state") == "complete"; }

std::string RunReader::meta_text(std::string_view key) const {
  Statement select(state_->database, "SELECT value FROM meta WHERE key=?");
  return select.bind(key).next() ? select.text(0) : "";
}

double RunReader::meta_number(std::string_view key) const {
  Statement select(state_->database, "SELECT value FROM meta WHERE key=?");
  return select.bind(key).next() ? select.number(0) : 0;
}

std::int64_t RunReader::meta_whole(std::string_view key) const {
  Statement select(state_->database, "SELECT value FROM meta WHERE key=?");
  return select.bind(key).next() ? select.long_whole(0) : 0;
}

std::vector<std::pair<std::string, std::string>> RunReader::all_meta() const {
  std::vector<std::pair<std::string, std::string>> out;
  for (Statement select(state_->database, "SELECT key,value FROM meta ORDER BY key"); select.next();) out.emplace_back(select.text(0), select.text(1));
  return out;
}

std::vector<InputRow> RunReader::inputs() const {
  std::vector<InputRow> out;
  for (Statement select(state_->database, "SELECT name,sha256,text FROM inputs ORDER BY rowid"); select.next();)
    out.push_back({select.text(0), select.text(1), select.text(2)});
  return out;
}

std::vector<NodeRow> RunReader::nodes() const {
  std::vector<NodeRow> out;
  Statement select(state_->database, "SELECT id,name,kind,type,part,count,hall,rack,server,rated_w,rated_va,rated_a,circuit_a,voltage_v,phases FROM nodes ORDER BY id");
  while (select.next())
    out.push_back({select.whole(0), select.text(1), select.text(2), select.text(3), select.text(4), select.whole(5), select.whole(6), select.whole(7), select.whole(8),
                   select.maybe_number(9), select.maybe_number(10), select.maybe_number(11), select.maybe_number(12), select.number(13), select.whole(14)});
  return out;
}

std::vector<EdgeRow> RunReader::edges() const {
  std::vector<EdgeRow> out;
  for (Statement select(state_->database, "SELECT parent,child,energy_j FROM edges ORDER BY rowid"); select.next();)
    out.push_back({select.whole(0), select.whole(1), select.number(2)});
  return out;
}

std::vector<TotalsRow> RunReader::totals(std::string_view span) const {
  std::vector<TotalsRow> out;
  std::string const columns = fmt::format("node,span,input_j,output_j,loss_j,{},input_peak_w,input_peak_s,input_peak_15min_w,output_peak_w,output_peak_va,connection_peak_va",
                                          state_->new_column("stored_j", "0"));
  Statement select(state_->database, fmt::format("SELECT {} FROM totals WHERE span=? ORDER BY node", columns).c_str());
  select.bind(span);
  while (select.next())
    out.push_back({select.whole(0), select.text(1), select.number(2), select.number(3), select.number(4), select.number(5), select.number(6), select.number(7),
                   select.number(8), select.number(9), select.number(10), select.number(11)});
  return out;
}

std::vector<IntervalRow> RunReader::intervals(int node) const {
  std::vector<IntervalRow> out;
  Statement select(state_->database, "SELECT node,from_ns,to_ns,energy_j,minimum_w,maximum_w FROM intervals WHERE node=? ORDER BY from_ns");
  select.bind(node);
  while (select.next())
    out.push_back({select.whole(0), select.long_whole(1), select.long_whole(2), select.number(3), select.number(4), select.number(5)});
  return out;
}

std::vector<int> RunReader::recorded_meters() const {
  std::vector<int> out;
  for (Statement select(state_->database, "SELECT DISTINCT node FROM intervals ORDER BY node"); select.next();) out.push_back(select.whole(0));
  return out;
}

std::vector<ChangeRow> RunReader::changes() const {
  std::vector<ChangeRow> out;
  std::string const columns = fmt::format("id,time_ns,element,from_state,to_state,{},{}", state_->new_column("cause", "0"), state_->new_column("reason", "''"));
  for (Statement select(state_->database, fmt::format("SELECT {} FROM changes ORDER BY id", columns).c_str()); select.next();)
    out.push_back({select.long_whole(0), select.long_whole(1), select.text(2), select.text(3), select.text(4), select.long_whole(5), select.text(6)});
  return out;
}

std::vector<InterruptionRow> RunReader::interruptions() const {
  if (state_->version < 2) return {};
  std::vector<InterruptionRow> out;
  Statement select(state_->database, "SELECT workload,trace_id,start_ns,end_ns,cores,gpus,lost_s,cause,placement FROM interruptions ORDER BY end_ns,rowid");
  while (select.next())
    out.push_back({select.whole(0), select.long_whole(1), select.long_whole(2), select.long_whole(3), select.amount(4), select.amount(5), select.number(6),
                   select.long_whole(7), select.text(8)});
  return out;
}

std::vector<NetworkMeterRow> RunReader::network_meters() const {
  std::vector<NetworkMeterRow> out;
  if (state_->version < 4) return out;
  for (Statement select(state_->database, "SELECT id,fabric,what,tier,direction,links,rate_bit_s FROM network_meters ORDER BY id"); select.next();)
    out.push_back({select.whole(0), select.text(1), select.text(2), select.whole(3), select.text(4), select.long_whole(5), select.number(6)});
  return out;
}

std::vector<NetworkLoadRow> RunReader::network_loads(int meter) const {
  std::vector<NetworkLoadRow> out;
  if (state_->version < 4) return out;
  Statement select(state_->database, "SELECT meter,from_ns,to_ns,bytes FROM network_loads WHERE meter=? ORDER BY from_ns");
  select.bind(meter);
  while (select.next()) out.push_back({select.whole(0), select.long_whole(1), select.long_whole(2), select.number(3)});
  return out;
}

std::vector<NetworkLinkRow> RunReader::network_links() const {
  std::vector<NetworkLinkRow> out;
  if (state_->version < 4) return out;
  for (Statement select(state_->database, "SELECT channel,fabric,from_name,to_name,tier,wan,rate_bit_s,bytes,peak_bit_s FROM network_links ORDER BY channel"); select.next();)
    out.push_back({select.whole(0), select.text(1), select.text(2), select.text(3), select.whole(4), select.whole(5) != 0, select.number(6), select.number(7), select.number(8)});
  return out;
}

std::vector<NetworkSeriesRow> RunReader::network_series() const {
  std::vector<NetworkSeriesRow> out;
  if (state_->version < 4) return out;
  for (Statement select(state_->database, "SELECT channel,bucket,bytes FROM network_series ORDER BY channel,bucket"); select.next();)
    out.push_back({select.whole(0), select.whole(1), select.number(2)});
  return out;
}

std::vector<SignalRow> RunReader::signals() const {
  std::vector<SignalRow> out;
  if (state_->version < 5) return out;
  for (Statement select(state_->database, "SELECT id,name,unit FROM signals ORDER BY id"); select.next();) out.push_back({select.whole(0), select.text(1), select.text(2)});
  return out;
}

std::vector<SignalValueRow> RunReader::signal_values(int signal) const {
  std::vector<SignalValueRow> out;
  if (state_->version < 5) return out;
  Statement select(state_->database, "SELECT signal,from_ns,value FROM signal_values WHERE signal=? ORDER BY rowid");
  select.bind(signal);
  while (select.next()) out.push_back({select.whole(0), select.long_whole(1), select.number(2)});
  return out;
}

std::vector<QuantityRow> RunReader::quantities() const {
  std::vector<QuantityRow> out;
  if (state_->version < 5) return out;
  for (Statement select(state_->database, "SELECT id,name,hall,unit,total FROM quantities ORDER BY id"); select.next();)
    out.push_back({select.whole(0), select.text(1), select.whole(2), select.text(3), select.number(4)});
  return out;
}

std::vector<QuantityIntervalRow> RunReader::quantity_intervals(int quantity) const {
  std::vector<QuantityIntervalRow> out;
  if (state_->version < 5) return out;
  Statement select(state_->database, "SELECT quantity,from_ns,to_ns,amount FROM quantity_intervals WHERE quantity=? ORDER BY rowid");
  select.bind(quantity);
  while (select.next()) out.push_back({select.whole(0), select.long_whole(1), select.long_whole(2), select.number(3)});
  return out;
}

std::vector<TemperatureRow> RunReader::temperatures(int hall) const {
  std::vector<TemperatureRow> out;
  if (state_->version < 5) return out;
  Statement select(state_->database, "SELECT hall,time_ns,celsius FROM temperatures WHERE hall=? ORDER BY rowid");
  select.bind(hall);
  while (select.next()) out.push_back({select.whole(0), select.long_whole(1), select.number(2)});
  return out;
}

void RunReader::CursorDeleter::operator()(Cursor* cursor) const { delete cursor; }

std::unique_ptr<RunReader::Cursor, RunReader::CursorDeleter> RunReader::open_jobs() const {
  return std::unique_ptr<Cursor, CursorDeleter>(new Cursor(*state_));
}

bool RunReader::next_job(Cursor& cursor, JobRow& row) const {
  Statement& select = cursor.statement;
  if (!select.next()) return false;
  row.workload = select.whole(0);
  row.trace_id = select.long_whole(1);
  row.state = static_cast<JobState>(select.whole(2));
  row.submit_ns = select.long_whole(3);
  row.start_ns = select.long_whole(4);
  row.end_ns = select.long_whole(5);
  row.runtime_ns = select.long_whole(6);
  row.estimate_ns = select.long_whole(7);
  row.servers = select.long_whole(8);
  row.cores = select.amount(9);
  row.gpus = select.amount(10);
  row.utilisation = select.number(11);
  row.placement = select.text(12);
  row.cause = select.long_whole(13);
  row.interruptions = select.whole(14);
  row.gpu_utilisation = select.number(15);
  row.unserved_core_s = select.number(16);
  row.unserved_gpu_s = select.number(17);
  row.waited_s = select.number(18);
  row.waited_alone_s = select.number(19);
  row.sent_bytes = select.number(20);
  row.kept_s = select.number(21);
  row.slowed_s = select.number(22);
  return true;
}

}  // namespace headroom

#include "sim/model/model.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "base/read_fields.h"
#include "base/shipped.h"
#include "base/yaml.h"
#include "sim/model/named_nodes.h"
#include "sim/model/scenario_fields.h"

namespace headroom {

Parsed<Horizon> Horizon::parse(std::string_view text) {
  if (text == "until-drained") return Horizon{};
  auto const length = parse_duration(text);
  if (auto const* what = std::get_if<std::string>(&length)) return *what + "; or until-drained";
  if (std::get<Duration>(length) <= Duration{}) return fmt::format("'{}' must be above zero", text);
  return Horizon{std::get<Duration>(length)};
}

std::string Horizon::text() const { return length ? to_text(*length) : "until-drained"; }

Parsed<Window> Window::parse(std::string_view text) {
  Window window;
  if (text == "submissions") return window;
  if (text == "all") {
    window.all = true;
    return window;
  }
  return fmt::format("unknown value '{}'; write {}", text, grammar);
}

std::string Window::text() const { return between() ? "" : all ? "all" : "submissions"; }

void check(const PolicySpec& s, const std::string& path, std::vector<Problem>& problems) {
  auto const problem = [&](const std::string& what) { problems.push_back({s.where, fmt::format("{}: {}", path, what)}); };
  if (commits(s.compatibility) && s.backfill == Backfill::conservative) problem("compatibility with rlscheduler has no conservative backfilling; write none or easy");
  if (s.compatibility == Compatibility::batsim && s.backfill == Backfill::none) problem("compatibility with batsim is of backfilling; write easy or conservative");
}

void check(const EventSpec& s, const std::string& path, std::vector<Problem>& problems) {
  auto const problem = [&](const std::string& what) { problems.push_back({s.where, fmt::format("{}: {}", path, what)}); };
  if (s.fail.empty() && s.maintain.empty()) problem("says neither what fails nor what is maintained; write fail or maintain");
  if (!s.fail.empty() && !s.maintain.empty()) problem("has both fail and maintain; write two events");
  if (s.duration && s.until) problem("has both for and until; one of them says when it ends");
  if (s.until && *s.until == s.at) problem(fmt::format("begins and ends at {}; it must end after it begins", to_text(s.at)));
  if (s.until && *s.until < s.at) problem(fmt::format("begins at {} and ends at {}: it ends before it starts", to_text(s.at), to_text(*s.until)));
}

void check(const FailureSpec& s, const std::string& path, std::vector<Problem>& problems) {
  auto const problem = [&](const std::string& what) { problems.push_back({s.where, fmt::format("{}: {}", path, what)}); };
  int const subjects = (s.kind ? 1 : 0) + (s.element.empty() ? 0 : 1) + (s.trace.empty() ? 0 : 1);
  if (subjects != 1) problem(fmt::format("has {} of class, element and trace; exactly one says what fails", subjects == 0 ? "none" : std::to_string(subjects)));
  if (subjects != 1) return;
  if (!s.trace.empty() && (s.mtbf > Seconds{} || s.mttr > Duration{})) problem("has a trace and a mean time; the trace itself says when");
  if (s.trace.empty() && s.mtbf <= Seconds{}) problem("mtbf, the mean time from repair to failure, must be given and above zero");
  if (s.trace.empty() && s.mttr <= Duration{}) problem("mttr, the mean time from failure to repair, must be given and above zero");
}

void check(const Window& s, const std::string& path, std::vector<Problem>& problems) {
  if (s.to <= s.from) problems.push_back({s.where, fmt::format("{}: begins at {} and ends at {}; it must end after it begins", path, to_text(s.from), to_text(s.to))});
}

void check(const Scenario& s, const std::string& path, std::vector<Problem>& problems) {
  if (s.workload.empty() && !s.horizon.length)
    problems.push_back({s.where, fmt::format("{}{}workload: is empty; give it a trace, or the scenario a horizon", path, path.empty() ? "" : ".")});
  if (s.window.between() && s.horizon.length && s.window.to > *s.horizon.length)
    problems.push_back({s.window.where, fmt::format("{}{}window: ends at {}, after the horizon of {}", path, path.empty() ? "" : ".", to_text(s.window.to), to_text(*s.horizon.length))});
}

Scenario read_scenario(const std::filesystem::path& file, const std::vector<std::string>& settings) {
  std::vector<Override> const overrides = parse_overrides(settings);
  ReadContext context = file_context(overrides.empty() ? nullptr : &overrides);
  return read_document<Scenario>(*read_yaml(file), context);
}

Scenario read_scenario_text(const std::string& text, const std::string& file) {
  ReadContext context = file_context();
  return read_document<Scenario>(*parse_yaml(text, file), context);
}

Json echo_scenario(const Scenario& scenario) { return echo(scenario); }
Json schema_of_scenario() { return schema_document<Scenario>(); }

std::int64_t Model::units(const WorkloadUse& workload) const {
  switch (workload.unit) {
    case ProcessorUnit::server: return std::ssize(servers);
    case ProcessorUnit::core: return total_cores.whole();
    case ProcessorUnit::gpu: return total_gpus.whole();
  }
  return 0;
}

namespace {

// What the job's processors are in units of the site.
Amount processors_of(const Job& job, const WorkloadSpec& spec) {
  if (spec.amount == Amount(1)) return job.processors;
  std::int64_t const millionths = job.processors.thousandths() * spec.amount.thousandths();
  if (millionths % 1000 != 0) throw InputError(spec.where, fmt::format("amount: job {} asks for {} processors of {}; that is not a number of thousandths", job.id, job.processors, spec.amount));
  return Amount::of_thousandths(millionths / 1000);
}

}  // namespace

Demand Model::demand_of(const Job& job) const {
  WorkloadUse const& use = workloads[static_cast<std::size_t>(job.workload)];
  WorkloadSpec const& spec = scenario.workload[static_cast<std::size_t>(job.workload)];
  Demand demand;
  demand.several_servers = use.several_servers;
  if (use.unit == ProcessorUnit::server && job.processors > Amount()) {      // 0: a job of GPUs alone
    // a job that may not be spread and wants several servers can never run
    bool const too_many = (!use.several_servers && job.processors > Amount(1)) || job.processors >= Amount(INT32_MAX);
    demand.servers = too_many ? INT32_MAX : static_cast<std::int32_t>(job.processors.rounded_up());
    return demand;
  }
  if (use.unit == ProcessorUnit::core) demand.cores = processors_of(job, spec);
  demand.gpus = use.unit == ProcessorUnit::gpu && job.processors > Amount() ? processors_of(job, spec) : job.gpus;
  if (demand.gpus > Amount(1) && !demand.gpus.is_whole() && spec.amount != Amount(1))
    throw InputError(spec.where, fmt::format("amount: job {} asks for {} processors of {}, {} GPUs; above one GPU they must be whole", job.id, job.processors, spec.amount, demand.gpus));
  demand.memory_bytes = static_cast<std::int64_t>(job.memory.si() / 8);
  return demand;
}

namespace {

std::vector<Resources> offered(std::vector<Resources> servers, const std::optional<OvercommitSpec>& overcommit) {
  if (!overcommit) return servers;
  auto const times = [](Amount amount, double factor) { return Amount::of_thousandths(std::llround(static_cast<double>(amount.thousandths()) * factor)); };
  for (auto& server : servers) server = {times(server.cores, overcommit->cores), times(server.gpus, overcommit->gpus), server.memory_bytes};
  return servers;
}

// What plays a series: servers its shares of processors, constant loads its shares of power.
void name_players(WorkloadUse& use, const WorkloadSpec& spec, const std::string& path, const PowerGraph& graph, SeriesMeaning meaning) {
  std::vector<Problem> problems;
  for (std::size_t i = 0; i < graph.servers.size() && spec.on.empty() && meaning == SeriesMeaning::processors; ++i) use.servers.push_back(static_cast<std::int32_t>(i));
  if (spec.on.empty() && meaning == SeriesMeaning::power) problems.push_back({spec.where, path + ": the trace is of measured power; name the constant loads that play it with on"});
  for (auto const& name : spec.on)
    for (NodeId id : named_nodes(graph, name, spec.where, path + ".on", problems)) {
      PowerNode const& node = graph.nodes[static_cast<std::size_t>(id)];
      if (meaning == SeriesMeaning::processors && node.server >= 0) use.servers.push_back(node.server);
      if (meaning == SeriesMeaning::power && node.kind == NodeKind::auxiliary && !node.follows_it) use.loads.push_back(id);
    }
  if (problems.empty() && !use.plays_series())
    problems.push_back({spec.where, fmt::format("{}.on: {} has no {}", path, fmt::join(spec.on, ", "), meaning == SeriesMeaning::power ? "constant load" : "server")});
  if (!problems.empty()) throw InputError(std::move(problems));
}

WorkloadUse use_of(WorkloadSpec& spec, const std::string& path, const Model& model) {
  WorkloadUse use;
  use.file = find_trace(spec.trace, spec.where);
  use.format = spec.format ? *spec.format : guess_format(use.file);
  FormatEntry const& entry = format_entry(use.format);
  use.unit = spec.processor.value_or(entry.processor);
  use.several_servers = spec.several_servers.value_or(entry.several_servers);
  if (entry.open_series != nullptr) {
    if (spec.scale_to || spec.arrivals != 1) throw InputError(spec.where, path + ": arrivals and scale_to are of jobs; this trace is a series of measurements");
    name_players(use, spec, path, model.graph, open_series_source(use.format, use.file, spec.where)->meaning());
    return use;
  }
  if (use.unit == ProcessorUnit::server && spec.amount != Amount(1))
    throw InputError(spec.where, fmt::format("amount: {} of a server cannot be asked for; with processor: core or gpu it can", spec.amount));
  if (use.unit == ProcessorUnit::gpu && spec.amount > Amount(1) && !spec.amount.is_whole())
    throw InputError(spec.where, fmt::format("amount: {} GPUs cannot be asked for; above one they must be whole", spec.amount));
  if (entry.has_tokens && !spec.service) spec.service.emplace();      // its defaults stand in the echo
  if (!spec.on.empty()) throw InputError(spec.where, path + ".on: is of series of measurements; where jobs go is the policy's business");
  if (spec.scale_to && model.units(use) == 0) throw InputError(spec.where, "scale_to: the site has no GPUs to offer a load to");
  return use;
}

// One series each: the next would undo what the last one set.
void check_series(const std::vector<WorkloadUse>& workloads, const std::vector<WorkloadSpec>& specs) {
  std::set<std::int32_t> servers, loads;
  for (std::size_t i = 0; i < workloads.size(); ++i) {
    bool again = false;
    for (std::int32_t server : workloads[i].servers) again |= !servers.insert(server).second;
    for (NodeId load : workloads[i].loads) again |= !loads.insert(load.index).second;
    if (again) throw InputError(specs[i].where, fmt::format("workload[{}]: some of the servers or loads that play this series play another one already; tell them apart with on", i));
  }
}

}  // namespace

Model build_model(Scenario scenario) {
  Model model;
  model.graph = build_power_graph(scenario.site.value);
  for (auto const& server : model.graph.servers) {
    ServerSpec const& spec = model.graph.server_types[static_cast<std::size_t>(server.type)];
    model.servers.push_back({spec.cores, spec.gpus, static_cast<std::int64_t>(spec.memory.si() / 8)});
    model.total_cores += model.servers.back().cores;
    model.total_gpus += model.servers.back().gpus;
  }
  model.offered = offered(model.servers, scenario.policy.overcommit);
  if (model.servers.empty()) throw InputError(scenario.site.value.where, "the site has no servers; give its racks some");
  for (std::size_t i = 0; i < scenario.workload.size(); ++i) model.workloads.push_back(use_of(scenario.workload[i], fmt::format("workload[{}]", i), model));
  check_series(model.workloads, scenario.workload);
  model.faults = build_faults(scenario, model.graph);
  model.scenario = std::move(scenario);
  return model;
}

ReadCounts OpenWorkloads::counts() const {
  ReadCounts sum = jobs->counts();
  for (auto const& source : series) sum += source->counts();
  return sum;
}

double OpenWorkloads::share_read() const {
  double least = jobs->share_read();
  for (auto const& source : series) least = std::min(least, source->share_read());
  return least;
}

OpenWorkloads open_workloads(const Model& model) {
  std::vector<std::unique_ptr<JobSource>> sources;
  OpenWorkloads out;
  for (std::size_t i = 0; i < model.workloads.size(); ++i) {
    WorkloadUse const& use = model.workloads[i];
    WorkloadSpec const& spec = model.scenario.workload[i];
    if (use.plays_series()) {
      out.series.push_back(open_series_source(use.format, use.file, spec.where));
      out.each.push_back({nullptr, out.series.back().get()});
      continue;
    }
    sources.push_back(open_workload(spec, static_cast<int>(i), use.file, model.units(use), static_cast<std::uint64_t>(model.scenario.seed), model.scenario.policy.overcommit.has_value()));
    out.each.push_back({sources.back().get(), nullptr});
  }
  out.jobs = merge(std::move(sources));
  return out;
}

}  // namespace headroom

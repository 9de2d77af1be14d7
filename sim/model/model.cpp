#include "sim/model/model.h"

#include <fmt/format.h>

#include "base/read_fields.h"
#include "base/shipped.h"
#include "base/yaml.h"
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
  if (commits(s.compatibility) && s.order == Order::fair_share) problem("compatibility with rlscheduler has no fair-share order; write fcfs, wfp3, unicep, sjf or f1");
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

Demand Model::demand_of(const Job& job) const {
  WorkloadUse const& use = workloads[static_cast<std::size_t>(job.workload)];
  Demand demand;
  demand.several_servers = use.several_servers;
  if (use.unit == ProcessorUnit::server && job.processors > Amount()) {      // 0: a job of GPUs alone
    // a job that may not be spread and wants several servers can never run
    bool const too_many = (!use.several_servers && job.processors > Amount(1)) || job.processors >= Amount(INT32_MAX);
    demand.servers = too_many ? INT32_MAX : static_cast<std::int32_t>(job.processors.rounded_up());
    return demand;
  }
  if (use.unit == ProcessorUnit::core) demand.cores = job.processors;
  demand.gpus = use.unit == ProcessorUnit::gpu && job.processors > Amount() ? job.processors : job.gpus;
  if (demand.gpus > Amount(1)) demand.gpus = demand.gpus.rounded_up();
  demand.memory_bytes = static_cast<std::int64_t>(job.memory.si() / 8);
  return demand;
}

Model build_model(Scenario scenario) {
  Model model;
  model.graph = build_power_graph(scenario.site.value);
  for (auto const& server : model.graph.servers) {
    ServerSpec const& spec = model.graph.server_types[static_cast<std::size_t>(server.type)];
    model.servers.push_back({spec.cores, spec.gpus, static_cast<std::int64_t>(spec.memory.si() / 8)});
    model.total_cores += model.servers.back().cores;
    model.total_gpus += model.servers.back().gpus;
  }
  model.traits = server_traits(model.graph);
  if (model.servers.empty()) throw InputError(scenario.site.value.where, "the site has no servers; give its racks some");
  for (auto const& spec : scenario.workload) {
    WorkloadUse use;
    use.file = find_trace(spec.trace, spec.where);
    use.format = spec.format ? *spec.format : guess_format(use.file);
    FormatEntry const& entry = format_entry(use.format);
    use.unit = spec.processor.value_or(entry.processor);
    use.several_servers = spec.several_servers.value_or(entry.several_servers);
    if (spec.scale_to && model.units(use) == 0) throw InputError(spec.where, "scale_to: the site has no GPUs to offer a load to");
    model.workloads.push_back(use);
  }
  model.faults = build_faults(scenario, model.graph);
  model.scenario = std::move(scenario);
  return model;
}

OpenJobs open_jobs(const Model& model) {
  std::vector<std::unique_ptr<JobSource>> sources;
  OpenJobs out;
  for (std::size_t i = 0; i < model.workloads.size(); ++i) {
    sources.push_back(open_workload(model.scenario.workload[i], static_cast<int>(i), model.workloads[i].file, model.units(model.workloads[i]),
                                    static_cast<std::uint64_t>(model.scenario.seed)));
    out.each.push_back(sources.back().get());
  }
  out.merged = merge(std::move(sources));
  return out;
}

}  // namespace headroom

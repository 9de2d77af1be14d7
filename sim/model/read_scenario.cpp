// Scenario files: reading, checking, the echo, the schema.
#include <fmt/format.h>

#include <algorithm>

#include "base/read_fields.h"
#include "base/shipped.h"
#include "base/yaml.h"
#include "sim/model/model.h"
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

void check(const ConnectionSpec& s, const std::string& path, std::vector<Problem>& problems) {
  auto const problem = [&](const Location& where, const std::string& what) { problems.push_back({where, fmt::format("{}: {}", path, what)}); };
  for (std::size_t i = 0; i < s.steps.size(); ++i) {
    ConnectionStep const& step = s.steps[i];
    if (step.at && step.date) problem(step.where, "steps: has both at and date; one of them says when");
    if (i > 0 && !step.at && !step.date) problem(step.where, "steps: only the first holds from the start; write at or date");
    if (step.firm && *step.firm > step.limit) problem(step.where, fmt::format("steps: the firm part is {} of {}; it is a part of the limit", to_text(*step.firm), to_text(step.limit)));
  }
  for (auto const& call : s.calls)
    if (!call.limit && s.steps.empty()) problem(call.where, "calls: names no limit, and there are no steps whose firm part it could be");
  if (s.peak_calls && !s.peak_calls->limit && s.steps.empty()) problem(s.peak_calls->where, "peak_calls: names no limit, and there are no steps whose firm part it could be");
}

void check(const Scenario& s, const std::string& path, std::vector<Problem>& problems) {
  if (s.engine == EngineMode::exec && s.policy.overcommit)
    problems.push_back({s.policy.where, fmt::format("{}{}policy.overcommit: engine: exec has SimGrid date executions of a steady rate, and jobs that share have none; write engine: dates", path, path.empty() ? "" : ".")});
  bool const sends = s.network.traffic != TrafficLevel::none && std::ranges::any_of(s.workload, [](const WorkloadSpec& workload) { return !workload.traffic.empty(); });
  if (s.engine == EngineMode::exec && sends)
    problems.push_back({s.where, fmt::format("{}{}engine: exec has SimGrid date executions of a steady rate, and jobs that wait for what they send have none; write engine: dates", path, path.empty() ? "" : ".")});
  if (s.engine == EngineMode::in_memory && sends && s.network.model != NetworkModel::ideal)
    problems.push_back({s.where, fmt::format("{}{}engine: in-memory knows the network model ideal alone; write engine: dates", path, path.empty() ? "" : ".")});
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

}  // namespace headroom

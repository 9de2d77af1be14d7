#include "analysis/report/run_view.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <filesystem>

#include "base/units.h"

namespace headroom {
namespace {

constexpr std::array kinds{std::pair{"utility", "utilities"},         std::pair{"generator", "generators"},
                           std::pair{"switchgear", "switchgear"},     std::pair{"transformer", "transformers"},
                           std::pair{"transfer-switch", "transfer switches"}, std::pair{"switchboard", "switchboards"},
                           std::pair{"ups", "UPS"},                   std::pair{"battery", "batteries"},
                           std::pair{"busway", "busways"},            std::pair{"panel", "panels"},
                           std::pair{"pdu", "PDUs"},                  std::pair{"converter", "converters"},
                           std::pair{"rack", "rack feeds"},           std::pair{"enclosure", "enclosures"},
                           std::pair{"server", "servers"}};

Json scenario_of(const RunReader& run) {
  for (auto const& input : run.inputs()) {
    if (input.name != "scenario") continue;
    Json scenario = Json::parse(input.text, nullptr, false);
    if (scenario.is_object()) return scenario;
  }
  return Json::object();
}

double seconds_of(const RunReader& run, const char* key) { return static_cast<double>(run.meta_whole(key)) / 1e9; }

bool digit(char c) { return std::isdigit(static_cast<unsigned char>(c)) != 0; }

// The digits that stand at `at`, without zeros before them; moves past them.
std::string_view take_number(std::string_view text, std::size_t& at) {
  while (at + 1 < text.size() && text[at] == '0' && digit(text[at + 1])) ++at;
  std::size_t const from = at;
  while (at < text.size() && digit(text[at])) ++at;
  return text.substr(from, at - from);
}

}  // namespace

RunView read_run_view(const RunReader& run, const Summary& summary) {
  RunView view{run, summary, scenario_of(run), run.nodes(), run.changes(), {}, {}, {}, {}};
  view.start = parse_date_time(summary.start).value_or(DateTime{});
  view.end_s = summary.simulated_s;
  if (!summary.complete)      // it broke off before it could write its end
    for (auto const& row : run.intervals(facility_meter)) view.end_s = std::max(view.end_s, static_cast<double>(row.to_ns) / 1e9);
  view.window_from_s = seconds_of(run, "window_from_ns");
  view.window_to_s = seconds_of(run, "window_to_ns");
  return view;
}

std::string without_folders(const std::string& mentioned) { return std::filesystem::path(mentioned).filename().string(); }

std::vector<std::string> RunView::traces() const {
  std::vector<std::string> out;
  if (!scenario.contains("workload")) return out;
  for (auto const& workload : scenario["workload"])
    if (!workload.is_object()) continue;
    else if (workload.contains("generate")) out.push_back("a generator");
    else if (workload.contains("trace") && workload["trace"].is_string()) out.push_back(without_folders(workload["trace"].get<std::string>()));
  return out;
}

std::string RunView::scenario_text(const char* pointer) const {
  Json::json_pointer const at(pointer);
  return scenario.contains(at) && scenario[at].is_string() ? scenario[at].get<std::string>() : "";
}

Duration RunView::recorded_every() const {
  auto const parsed = parse_duration(scenario_text("/record/every"));
  return std::holds_alternative<Duration>(parsed) ? std::get<Duration>(parsed) : whole_seconds(300);
}

std::string RunView::cause_text(const ChangeRow& change) const {
  auto const by = std::lower_bound(changes.begin(), changes.end(), change.cause, [](const ChangeRow& row, std::int64_t id) { return row.id < id; });
  if (change.cause == 0 || by == changes.end() || by->id != change.cause) return change.reason;
  return change.reason + (change.reason.empty() ? "" : ": ") + by->element + " " + by->to;
}

std::string RunView::moment(double t_s) const {
  std::string text = to_text(DateTime{start.unix_s + static_cast<std::int64_t>(t_s), start.offset_s}).substr(0, 16);
  text[10] = ' ';
  return text;
}

std::string plural_of_kind(const std::string& kind) {
  for (auto const& [known, plural] : kinds)
    if (kind == known) return plural;
  return kind;
}

int rank_of_kind(const std::string& kind) {
  auto const at = std::find_if(kinds.begin(), kinds.end(), [&](auto const& known) { return kind == known.first; });
  return static_cast<int>(at - kinds.begin());
}

bool name_before(const std::string& a, const std::string& b) {
  std::size_t i = 0, k = 0;
  while (i < a.size() && k < b.size()) {
    if (digit(a[i]) && digit(b[k])) {
      auto const x = take_number(a, i), y = take_number(b, k);
      if (x.size() != y.size()) return x.size() < y.size();
      if (x != y) return x < y;
    } else if (a[i] != b[k]) {
      return a[i] < b[k];
    } else {
      ++i;
      ++k;
    }
  }
  return a.size() - i < b.size() - k;
}

}  // namespace headroom

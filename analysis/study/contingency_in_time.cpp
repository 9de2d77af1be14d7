#include "analysis/study/contingency_in_time.h"

#include <algorithm>

#include "sim/servers/fed_servers.h"
#include "topologies/network/reach.h"

namespace headroom {
namespace {

constexpr Duration day = whole_seconds(86400);
constexpr Instant fault_at{day.ns};

// The path and the servers from a day before the fault to a day after it.
class FaultInTime {
 public:
  explicit FaultInTime(const StudySubject& subject)
      : subject_(subject), graph_(*subject.graph), offered_(offered_by(graph_)),
        fed_(graph_, offered_, subject.seed, [this](const Change& change) { changes_.push_back(change); }, subject.reset_after),
        lost_(subject.moment.jobs.size(), 0), jobs_of_(offered_.size()), server_lost_(offered_.size(), 0), reach_(graph_, subject.seed), racks_(graph_.racks.size()) {
    for (std::size_t job = 0; job < subject.moment.jobs.size(); ++job)
      for (auto const& piece : subject.moment.jobs[job].pieces) jobs_of_[static_cast<std::size_t>(piece.server)].push_back(job);
    for (std::size_t job = 0; job < subject.moment.jobs.size(); ++job) occupy(job, +1);
    for (std::size_t i = 0; i < offered_.size(); ++i) fed_.touch(static_cast<std::int32_t>(i));
    go_until(fault_at);
  }

  std::vector<Change> take_changes() { return std::exchange(changes_, {}); }

  TimedOutcome fail(const PathFault& fault) {
    take_changes();
    it_before_ = fed_.path.flow().it_power();
    now_ = fault_at;
    for (NodeId node : fault.nodes)
      fed_.path.fail(now_, node, fault.kind == FaultKind::unit ? 1 : graph_.nodes[static_cast<std::size_t>(node)].count, "failed", 0, "fault");
    fed_.disturb();
    failed_ = true;
    settle();
    go_until(fault_at + day);
    return result();
  }

 private:
  struct RackState {
    Instant dark_since = never;
    double dark_s = 0;
    bool servers_lost = false;
  };

  void occupy(std::size_t job, int sign) {
    for (auto const& piece : subject_.moment.jobs[job].pieces) fed_.occupy(piece, subject_.moment.jobs[job].utilisation, sign);
  }

  Instant next() const { return fed_.next(); }

  void go_until(Instant end) {
    settle();
    while (next() <= end) {
      now_ = next();
      settle();
    }
    now_ = end;
  }

  void settle() {
    do fed_.settle(now_, [this] {
      if (!fed_.path.feeds_changed()) return;
      switches_to_see_ = reach_.has_network();
      for (std::size_t i = 0; i < racks_.size() && failed_; ++i) look_at_rack(i);
    });
    while (look_at_switches() || lose_jobs());
  }

  // True: servers were cut off from the network, or are reached again.
  bool look_at_switches() {
    if (!std::exchange(switches_to_see_, false) || !reach_.look([&](NodeId node) { return fed_.path.flow().at(node).energised; })) return false;
    for (std::int32_t server : reach_.lost()) fed_.servers.cut_off(now_, {server});
    for (std::int32_t server : reach_.back()) fed_.servers.rejoin({server}, fed_.path.flow().at(graph_.servers[static_cast<std::size_t>(server)].node).energised);
    for (auto const* servers : {&reach_.lost(), &reach_.back()})
      for (std::int32_t server : *servers) fed_.touch(server);
    return !reach_.lost().empty() || !reach_.back().empty();
  }

  bool dark(std::size_t rack) const {
    return std::ranges::none_of(graph_.racks[rack].strips, [&](NodeId strip) { return fed_.path.flow().at(strip).energised; });
  }

  void look_at_rack(std::size_t rack) {
    RackState& state = racks_[rack];
    if (bool const is_dark = dark(rack); is_dark == (state.dark_since != never)) return;
    if (state.dark_since == never) {
      state.dark_since = now_;
      if (first_dark_ == never) first_dark_ = now_;
    } else {
      state.dark_s += (now_ - state.dark_since).seconds();
      state.dark_since = never;
    }
  }

  // A job that loses one server is lost as a whole, and its load everywhere. True: some server lost its jobs.
  bool lose_jobs() {
    auto const servers = fed_.servers.take_lost();
    for (std::int32_t server : servers) {
      server_lost_[static_cast<std::size_t>(server)] = 1;
      racks_[static_cast<std::size_t>(graph_.servers[static_cast<std::size_t>(server)].rack)].servers_lost = true;
      for (std::size_t job : jobs_of_[static_cast<std::size_t>(server)]) {
        if (std::exchange(lost_[job], 1) != 0) continue;
        occupy(job, -1);
        core_s_ += subject_.moment.jobs[job].cores.value() * ((subject_.moment.at - subject_.moment.jobs[job].start) + (now_ - fault_at)).seconds();
      }
    }
    fed_.servers.take_back();
    return !servers.empty();
  }

  TimedOutcome result() {
    TimedOutcome out;
    for (std::size_t i = 0; i < racks_.size(); ++i) {
      if (racks_[i].dark_since != never) out.racks.push_back(static_cast<int>(i));
      else if (racks_[i].dark_s > 0) out.for_a_while.push_back({static_cast<int>(i), racks_[i].dark_s, racks_[i].servers_lost});
    }
    for (auto const& server : graph_.servers) out.servers_dark += fed_.path.flow().at(server.node).energised ? 0 : 1;
    for (std::int32_t server : reach_.cut_off()) out.servers_dark += fed_.path.flow().at(graph_.servers[static_cast<std::size_t>(server)].node).energised ? 1 : 0;
    if (out.servers_dark > 0 && first_dark_ == never) first_dark_ = fault_at;
    out.servers_lost = static_cast<int>(std::ranges::count(server_lost_, 1));
    if (first_dark_ != never) out.first_dark_s = (first_dark_ - fault_at).seconds();
    out.it_kw_lost = (it_before_ - fed_.path.flow().it_power()) / kilowatt;
    if (!subject_.moment.nameplate) {
      out.jobs_lost = std::ranges::count(lost_, 1);
      out.core_hours_lost = core_s_ / 3600;
    }
    out.changes = take_changes();
    for (auto& change : out.changes) change.when = Instant{} + (change.when - fault_at);
    find_next(out);
    out.quiet = next() == never;
    return out;
  }

  static void find_next(TimedOutcome& out) {
    static constexpr std::string_view going[] = {"tripped", "overloaded", "battery empty", "bypass", "failed to start", "out of fuel"};
    for (auto const& change : out.changes) {
      if (std::ranges::find(going, change.to) == std::end(going)) continue;
      out.next = change.element;
      out.next_why = change.to + ": " + change.reason;
      return;
    }
  }

  const StudySubject& subject_;
  const PowerGraph& graph_;
  std::vector<Resources> const offered_;
  std::vector<Change> changes_;
  FedServers fed_;
  std::vector<char> lost_;                       // of each job
  std::vector<std::vector<std::size_t>> jobs_of_;      // of each server
  std::vector<char> server_lost_;
  Reach reach_;
  bool switches_to_see_ = false;
  std::vector<RackState> racks_;
  Instant now_, first_dark_ = never;
  Power it_before_;
  double core_s_ = 0;
  bool failed_ = false;
};

bool is_harmful(const FaultOutcome& outcome) { return outcome.interrupts() || !outcome.cascade.empty() || outcome.gap.bridge; }

// A fault that should be borne and is not, in time.
std::optional<Shortfall> missed_statically(const StudiedFault& fault) {
  TimedOutcome const& timed = *fault.timed;
  if (!fault.fixed.fault.counts || fault.fixed.interrupts() || (timed.racks.empty() && timed.servers_lost == 0)) return std::nullopt;
  bool const for_a_while = timed.racks.empty() && timed.servers_dark == 0;
  std::string why = "in time";
  if (!timed.next.empty()) why += ": " + timed.next + " " + timed.next_why;
  auto const racks = for_a_while ? std::ranges::count_if(timed.for_a_while, &TimedOutcome::ForAWhile::servers_lost) : std::ssize(timed.racks);
  return Shortfall{Tolerance::fault_tolerant, fault.fixed.fault.name, static_cast<int>(racks), timed.servers_lost, for_a_while, why};
}

MaintenanceStudy during(const ScheduledOutage& outage, const PowerGraph& graph, const std::vector<Power>& delivered, const std::vector<FaultOutcome>& otherwise) {
  std::vector<PlannedOutage> planned;
  for (NodeId node : outage.nodes) planned.push_back({node, outage.units});
  Contingency work(graph, delivered, planned);
  MaintenanceStudy study{outage.name, outage.at, 0, 0, {}, static_cast<int>(work.servers_dark().size())};
  for (auto const& before : otherwise) {
    ++study.faults;
    FaultOutcome now = work.outcome(before.fault);
    study.darken += now.darkens() ? 1 : 0;
    if (now.racks.size() > before.racks.size() || now.servers.size() > before.servers.size()) study.worst.push_back(std::move(now));
  }
  sort_by_harm(study.worst);
  return study;
}

}  // namespace

TimedOutcome in_time(const StudySubject& subject, const PathFault& fault) { return FaultInTime(subject).fail(fault); }

Study study(const StudySubject& subject) {
  PowerGraph const& graph = *subject.graph;
  auto const delivered = delivered_at(graph, subject.moment);
  Study out;
  out.moment = subject.moment;
  out.fixed = contingency(graph, delivered, subject.pairs_kept);
  out.unprovoked = FaultInTime(subject).take_changes();
  for (auto const& outage : subject.planned)
    if (outage.planned) out.maintenance.push_back(during(outage, graph, delivered, out.fixed.singles));
  bool const all = graph.nodes.size() < all_in_time_below;
  for (auto const& outcome : out.fixed.singles) {
    StudiedFault& fault = out.faults.emplace_back();
    fault.fixed = outcome;
    if (!all && !is_harmful(outcome)) continue;
    fault.timed = in_time(subject, outcome.fault);
    fault.disagreements = disagreements(graph, fault.fixed, *fault.timed);
    if (auto found = missed_statically(fault)) lower(out.fixed.verdict, std::move(*found));
  }
  return out;
}

}  // namespace headroom

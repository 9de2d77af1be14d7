#include "analysis/measures/reliability.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <unordered_map>

#include "base/errors.h"

namespace headroom {
namespace {

constexpr std::int64_t ridden_through_ns = 20'000'000;      // a dark time that equipment rides through (ITIC curve); no outage
constexpr std::size_t most_followed = 12;      // of one fault; what tells of it shows fewer

double in_seconds(std::int64_t t_ns) { return static_cast<double>(t_ns) / 1e9; }

bool back_in_service(const ChangeRow& change) {
  constexpr std::array states{"live", "off", "normal", "closed"};
  return std::find(states.begin(), states.end(), change.to) != states.end();
}

bool fault(const ChangeRow& change) { return change.cause == 0 && !back_in_service(change); }
bool transfer(const ChangeRow& change) { return change.to.starts_with("on ") && change.to != "on battery"; }

// The changes by id, and how one led to another.
class Chains {
 public:
  explicit Chains(std::vector<ChangeRow> changes) : changes_(std::move(changes)) {
    roots_.reserve(changes_.size());
    for (std::size_t i = 0; i < changes_.size(); ++i) {      // a cause is earlier than what it led to
      auto const cause = place(changes_[i].cause);
      expects(!cause || *cause < i, "a change is later than its cause");
      roots_.push_back(cause ? roots_[*cause] : i);
    }
  }

  const std::vector<ChangeRow>& all() const { return changes_; }
  std::optional<std::size_t> place(std::int64_t id) const {
    auto const at = std::lower_bound(changes_.begin(), changes_.end(), id, [](const ChangeRow& change, std::int64_t wanted) { return change.id < wanted; });
    if (at == changes_.end() || at->id != id) return std::nullopt;
    return static_cast<std::size_t>(at - changes_.begin());
  }
  std::size_t root(std::size_t i) const { return roots_[i]; }
  std::optional<std::size_t> cause(std::size_t i) const { return place(changes_[i].cause); }

  // From the root to change i.
  std::vector<std::size_t> up_to(std::size_t i) const {
    std::vector<std::size_t> out{i};
    while (auto const before = cause(out.back())) out.push_back(*before);
    std::reverse(out.begin(), out.end());
    return out;
  }
  std::vector<ChangeRow> rows(const std::vector<std::size_t>& places) const {
    std::vector<ChangeRow> out;
    for (std::size_t const i : places) out.push_back(changes_[i]);
    return out;
  }

 private:
  std::vector<ChangeRow> changes_;
  std::vector<std::size_t> roots_;
};

// A rack with its strips, or a load, which is its own only strip.
struct Consumer {
  std::string name;
  bool rack = true;
  std::size_t strips = 0;
  std::set<std::string> down;           // strips without power; its own name when it went as a whole
  std::map<std::string, std::size_t> went_down;     // strip to the change that took it
  std::int64_t dark_since_ns = 0;
  std::size_t outage = 0;               // while it is dark
  bool brief = false;                   // dark for so short a time that it does not count
  bool dark() const { return down.contains(name) || (strips > 0 && down.size() == strips); }
};

class ReliabilityPass {
 public:
  explicit ReliabilityPass(const RunReader& run) : run_(run), chains_(run.changes()) {
    for (auto const& node : run.nodes()) know(node);
    end_ns_ = run.meta_whole("end_ns");
    if (!chains_.all().empty()) end_ns_ = std::max(end_ns_, chains_.all().back().time_ns);
  }

  Reliability measure() {
    count();
    follow_racks();
    tell_faults();
    run_.each_job([this](const JobRow& job) {
      out_.jobs_killed += job.state == JobState::killed;
      out_.jobs_lost += job.state == JobState::lost;
    });
    for (auto const& row : run_.interruptions()) interrupt(row);
    out_.requeues = std::max<std::int64_t>(0, out_.interruptions - out_.jobs_killed - out_.jobs_lost);
    return std::move(out_);
  }

 private:
  void know(const NodeRow& node) {
    bool const rack = node.kind == "rack", load = node.kind == "auxiliary" && node.part != "it";      // a switch in a rack goes with it
    if (!rack && !load) return;
    std::string const name = rack ? rack_of_strip(node.name) : node.name;
    auto const [at, is_new] = by_name_.emplace(name, consumers_.size());
    if (is_new) {
      consumers_.emplace_back();
      consumers_.back().name = name;
      consumers_.back().rack = rack;
      racks_ += rack;
    }
    ++consumers_[at->second].strips;
    of_strip_.emplace(node.name, at->second);
    of_strip_.emplace(name, at->second);
  }

  void count() {
    out_.changes = static_cast<std::int64_t>(chains_.all().size());
    for (auto const& change : chains_.all()) {
      // what one event or common cause takes at once is one fault
      if (fault(change)) out_.faults += change.reason.find(" of ") == std::string::npos || events_.emplace(change.time_ns, change.reason).second;
      out_.battery_discharges += change.to == "on battery";
      out_.generator_starts += change.to == "starting";
      out_.generator_start_failures += change.to == "failed to start";
      out_.breaker_trips += change.to == "tripped";
      out_.transfers += transfer(change);
    }
  }

  // The changes that begin a dark time which is over at once.
  void find_brief() {
    std::vector<Consumer> consumers = consumers_;
    std::unordered_map<std::size_t, std::size_t> began;
    for (std::size_t i = 0; i < chains_.all().size(); ++i) {
      ChangeRow const& change = chains_.all()[i];
      auto const at = of_strip_.find(change.element);
      if (at == of_strip_.end()) continue;
      Consumer& consumer = consumers[at->second];
      bool const was_dark = consumer.dark();
      if (without_output(change.to)) consumer.down.insert(change.element);
      else consumer.down.erase(change.element);
      if (!was_dark && consumer.dark()) began[at->second] = i;
      if (was_dark && !consumer.dark() && change.time_ns - chains_.all()[began[at->second]].time_ns < ridden_through_ns) brief_.insert(began[at->second]);
    }
  }

  void follow_racks() {
    find_brief();
    for (std::size_t i = 0; i < chains_.all().size(); ++i)
      if (auto const at = of_strip_.find(chains_.all()[i].element); at != of_strip_.end()) set_strip(consumers_[at->second], i);
    for (auto& consumer : consumers_)
      if (consumer.dark()) end_dark(consumer, end_ns_, false);
    for (std::size_t k = 0; k < out_.outages.size(); ++k) finish(out_.outages[k], members_[k]);
    double const server_run_s = run_.meta_number("servers") * in_seconds(end_ns_), rack_run_s = static_cast<double>(racks_) * in_seconds(end_ns_);
    // a run that broke off did not write how long its servers were down
    if (run_.complete() && !run_.meta_text("server_down_s").empty() && server_run_s > 0) out_.it_availability = 1 - run_.meta_number("server_down_s") / server_run_s;
    else if (rack_run_s > 0) out_.it_availability = 1 - out_.rack_dark_s / rack_run_s;
  }

  void set_strip(Consumer& consumer, std::size_t i) {
    ChangeRow const& change = chains_.all()[i];
    bool const was_dark = consumer.dark();
    if (without_output(change.to)) {
      if (consumer.down.insert(change.element).second) consumer.went_down[change.element] = i;
    } else {
      consumer.down.erase(change.element);
    }
    if (!was_dark && consumer.dark()) begin_dark(consumer, i);
    if (was_dark && !consumer.dark()) end_dark(consumer, change.time_ns, true);
  }

  void begin_dark(Consumer& consumer, std::size_t i) {
    consumer.brief = brief_.contains(i);
    if (consumer.brief) return;
    ChangeRow const& change = chains_.all()[i];
    auto const [at, is_new] = outage_of_.emplace(std::pair{change.time_ns, chains_.root(i)}, out_.outages.size());
    if (is_new) {
      Outage outage;
      outage.change = change.id;
      outage.element = consumer.name;
      outage.from_s = in_seconds(change.time_ns);
      outage.over = true;
      outage.earlier = chain_before(consumer, i);
      out_.outages.push_back(std::move(outage));
      members_.emplace_back();
    }
    consumer.outage = at->second;
    consumer.dark_since_ns = change.time_ns;
    members_[at->second].push_back(i);
    outage_of_change_.emplace(i, at->second);
    for (std::size_t const taken : strips_taken(consumer, i)) roots_of_[at->second].insert(chains_.root(taken));
    Outage& outage = out_.outages[at->second];
    (consumer.rack ? outage.racks : outage.loads).push_back(consumer.name);
    if (!consumer.rack) return;
    ++out_.rack_outages;
    out_.racks_dark_most = std::max(out_.racks_dark_most, ++racks_dark_);
  }

  void end_dark(Consumer& consumer, std::int64_t now_ns, bool back) {
    if (consumer.brief) return;
    Outage& outage = out_.outages[consumer.outage];
    outage.to_s = std::max(outage.to_s, in_seconds(now_ns));
    if (!back) outage.over = false;
    if (!consumer.rack) return;
    double const dark_s = in_seconds(now_ns - consumer.dark_since_ns);
    outage.rack_dark_s += dark_s;
    out_.rack_dark_s += dark_s;
    --racks_dark_;
  }

  // How another strip had been taken by another fault than the one that took the last strip with change i.
  std::vector<ChangeRow> chain_before(const Consumer& consumer, std::size_t i) const {
    for (std::size_t const taken : strips_taken(consumer, i))
      if (chains_.root(taken) != chains_.root(i) && !same_event(taken, i)) return chains_.rows(chains_.up_to(taken));
    return {};
  }

  // The changes by which its strips are down.
  static std::vector<std::size_t> strips_taken(const Consumer& consumer, std::size_t i) {
    std::vector<std::size_t> out{i};
    for (auto const& [strip, taken] : consumer.went_down)
      if (taken != i && consumer.down.contains(strip)) out.push_back(taken);
    return out;
  }

  // Both strips of a rack fail where the rack does.
  bool same_event(std::size_t a, std::size_t b) const {
    ChangeRow const &x = chains_.all()[a], &y = chains_.all()[b];
    return x.cause == 0 && y.cause == 0 && x.time_ns == y.time_ns && x.reason == y.reason;
  }

  // The chain of the first, without the steps of its own between what all have in common and its going dark.
  void finish(Outage& outage, const std::vector<std::size_t>& members) {
    std::vector<std::size_t> chain = chains_.up_to(members.front());
    std::size_t common = chain.size() - 1;
    for (std::size_t const member : members) {
      if (member == members.front()) continue;
      auto const other = chains_.up_to(member);
      auto const end = chain.begin() + static_cast<std::ptrdiff_t>(common);
      common = static_cast<std::size_t>(std::mismatch(chain.begin(), end, other.begin(), other.end()).first - chain.begin());
    }
    chain.erase(chain.begin() + static_cast<std::ptrdiff_t>(common), chain.end() - 1);
    outage.chain = chains_.rows(chain);
  }

  void tell_faults() {
    for (std::size_t i = 0; i < chains_.all().size(); ++i) {
      ChangeRow const& change = chains_.all()[i];
      if (fault(change)) {
        fault_of_.emplace(i, out_.fault_chains.size());
        out_.fault_chains.push_back({change, {}, 1, 0, 0, 0});
      } else if (auto const at = fault_of_.find(chains_.root(i)); at != fault_of_.end()) {
        Fault& of = out_.fault_chains[at->second];
        ++of.changes;
        if (of.followed.size() < most_followed) of.followed.push_back(change);
      }
    }
    for (auto const& [outage, roots] : roots_of_)
      for (std::size_t const root : roots)
        if (auto const at = fault_of_.find(root); at != fault_of_.end()) {
          ++out_.fault_chains[at->second].outages;
          out_.fault_chains[at->second].racks += static_cast<std::int64_t>(out_.outages[outage].racks.size());
        }
  }

  void interrupt(const InterruptionRow& row) {
    ++out_.interruptions;
    double const lost_core_s = row.lost_s * row.cores.value();
    out_.lost_core_s += lost_core_s;
    auto at = chains_.place(row.cause);
    if (!at) return;
    if (auto const of = fault_of_.find(chains_.root(*at)); of != fault_of_.end()) ++out_.fault_chains[of->second].interruptions;
    while (at && !outage_of_change_.contains(*at)) at = chains_.cause(*at);      // a server goes dark by its rack
    if (!at) return;
    Outage& outage = out_.outages[outage_of_change_.at(*at)];
    ++outage.interruptions;
    outage.lost_core_s += lost_core_s;
  }

  const RunReader& run_;
  Chains chains_;
  std::int64_t end_ns_ = 0;
  std::vector<Consumer> consumers_;
  std::unordered_map<std::string, std::size_t> by_name_, of_strip_;
  std::int64_t racks_ = 0, racks_dark_ = 0;
  std::map<std::pair<std::int64_t, std::size_t>, std::size_t> outage_of_;      // instant and root, to the outage
  std::map<std::size_t, std::set<std::size_t>> roots_of_;                      // of each outage
  std::set<std::size_t> brief_;                                                // changes that begin a dark time too short to count
  std::set<std::pair<std::int64_t, std::string>> events_;
  std::vector<std::vector<std::size_t>> members_;                              // the changes that darkened each outage's racks
  std::unordered_map<std::size_t, std::size_t> outage_of_change_, fault_of_;
  Reliability out_;
};

}  // namespace

std::string rack_of_strip(const std::string& strip) { return strip.substr(0, strip.rfind(':')); }

bool without_output(const std::string& state) {
  constexpr std::array states{"dark", "failed", "maintenance", "battery empty", "overloaded", "off", "starting", "failed to start", "out of fuel", "tripped", "open"};
  return std::find(states.begin(), states.end(), state) != states.end();
}

Reliability reliability(const RunReader& run) {
  // a run without faults is not read for them
  return run.changes().empty() && run.interruptions().empty() ? Reliability{} : ReliabilityPass(run).measure();
}

}  // namespace headroom

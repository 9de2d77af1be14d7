#include "sim/engine/site_controls.h"

#include <algorithm>

#include "base/errors.h"
#include "sim/physics/standby.h"

namespace headroom {
namespace {

constexpr int most_rounds = 200;     // of cooling (50 are plenty), and of these within the rounds of storage and limit

// What surrounds the site is followed though nothing answers it: the run file keeps it for the measures.
bool is_surrounded(const ConditionsUse& conditions) {
  return conditions.weather || !conditions.grid.average_carbon.empty() || !conditions.grid.marginal_carbon.empty() || !conditions.grid.price.empty();
}

bool may_slow(const Model& model) {
  bool const heats = model.graph.cooling_plant.spec && model.graph.cooling_plant.spec->thermal;
  return heats || (model.scenario.connection.limits() && model.scenario.connection.on_excess == OnExcess::cap);
}

}  // namespace

bool controls_draw(const Model& model) {
  CoolingLevel const level = level_of(model.graph.cooling);
  auto const& onsite = model.graph.onsite;
  return level == CoolingLevel::plant || level == CoolingLevel::curve || !onsite.photovoltaics.empty() || !onsite.storage.empty() || model.scenario.connection.limits() ||
         std::ranges::any_of(model.scenario.workload, [](const WorkloadSpec& workload) { return workload.flexible.has_value(); });
}

SiteControls::SiteControls(const Model& model, FedServers& fed, RunFile& file)
    : model_(model), fed_(fed), signals_(file), quantities_(model.scenario.record.every, file), around_(model, signals_), cooling_(model, fed.path.flow(), quantities_, signals_, file),
      onsite_(model, quantities_, signals_, file), active_(is_surrounded(model.conditions) || controls_draw(model)), slows_(may_slow(model)) {
  if (!active_) tick_ = never;
}

Instant SiteControls::next() const {
  if (!active_) return never;
  return std::min({around_.next(), cooling_.next(), onsite_.next(), tick_});
}

void SiteControls::pass(Instant now) {
  if (!active_) return;
  if (around_.next() <= now || cooling_.next() <= now || onsite_.next() <= now) urgent_ = true;
  around_.turn_to(now);
  onsite_.pass(now);
  cooling_.pass(now);
}

bool SiteControls::look(Instant now) {
  if (!model_.graph.generators.empty()) read_fuel(now);
  if (!active_) return false;
  bool const warmer = cooling_.read(fed_.path.changed());
  bool const other_draw = onsite_.is_there() && !fed_.path.changed().empty();
  if (fed_.path.feeds_changed()) urgent_ = true;
  if (!acting_ && !urgent_) {
    if ((warmer || other_draw) && tick_ == never) tick_ = std::max(now, acted_ + model_.scenario.control_interval);
    if (tick_ > now) return false;
  }
  if (!acting_) {
    acting_ = true;
    rounds_ = 0;
    onsite_.pass(now);       // what was held until now, before anything else holds
    cooling_.pass(now);
    onsite_.begin_rounds();
  }
  urgent_ = false;
  bool const moved = rounds_ < most_rounds && (cooling_.answer(now, around_, fed_.path.flow()) || onsite_.answer(now, around_, fed_.path.flow()));
  ++rounds_;
  if (moved) return true;
  expects(rounds_ < most_rounds, "the controls of the site come to rest");
  acting_ = false;
  acted_ = now;
  tick_ = never;
  cooling_.record(now, around_);
  onsite_.record(now, curtailed_w());
  return false;
}

// What servers would draw beyond what they do, were none slowed.
double SiteControls::curtailed_w() const {
  if (onsite_.cap() == 1) return 0;
  double sum = 0;
  for (std::int32_t server = 0; server < std::ssize(model_.servers); ++server) sum += (fed_.servers.power_at_full_speed({server}) - fed_.servers.power({server})).si();
  return sum;
}

void SiteControls::read_fuel(Instant now) {
  PowerFlow const& flow = fed_.path.flow();
  double sum = 0;
  for (NodeId node : model_.graph.generators) {
    PowerNode const& generator = model_.graph.nodes[static_cast<std::size_t>(node)];
    if (!flow.running(node)) continue;
    sum += fuel_use_l_per_s(std::get<GeneratorSpec>(model_.graph.devices[static_cast<std::size_t>(generator.device)]), flow.at(node).output.p.si(), flow.units(node));
  }
  if (sum > 0 && fuel_ < 0) fuel_ = quantities_.add("fuel_l", -1, "L");      // most runs burn none
  if (fuel_ >= 0) quantities_.set_rate(now, fuel_, sum);
}

void SiteControls::finish(Instant now) {
  cooling_.finish(now);
  quantities_.finish(now);
}

}  // namespace headroom

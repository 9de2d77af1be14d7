#include "sim/engine/onsite_in_time.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "sim/physics/photovoltaic.h"

namespace headroom {
namespace {

constexpr double powers_at_rest = 1e-9;             // of the powers of a round against the last
constexpr double within_limit = 1e-6;        // servers are slowed until the draw is so near below the limit
constexpr int most_onsite_rounds = 60;

double utilities_w(const PowerFlow& flow) {
  double sum = 0;
  for (NodeId utility : flow.graph().utilities) sum += flow.at(utility).input.p.si();
  return sum;
}

bool same(double a, double b) { return std::abs(a - b) <= powers_at_rest * std::max(std::abs(a), std::abs(b)); }

}  // namespace

OnsiteInTime::OnsiteInTime(const Model& model, QuantityMeters& quantities, SignalWriter& signals, RunFile& file)
    : model_(model), quantities_(quantities), signals_(signals), exports_(model.graph.onsite.exports),
      caps_(model.scenario.connection.limits() && model.scenario.connection.on_excess == OnExcess::cap) {
  auto const& onsite = model.graph.onsite;
  for (std::size_t i = 0; i < onsite.photovoltaics.size(); ++i) {
    GenerationTable const& table = model.conditions.generation[i];
    bool const by_table = !table.ac_w.empty() || !table.dc_w.empty();
    arrays_.push_back({&onsite.photovoltaics[i].spec, by_table ? &table : nullptr, onsite.photovoltaics[i].node});
    if (by_table) next_hour_ = {};
  }
  for (auto const& place : onsite.storage) {
    StorageSpec const& spec = place.spec;
    stores_.push_back({&spec, place.node, spec.charge_power.value_or(spec.power).si(), spec.power.si(), spec.initial * spec.energy.si()});
    file.meta("storage " + spec.name + " initial_j", stores_.back().stored_j);
    file.meta("storage " + spec.name + " energy_j", spec.energy.si());
  }
  if (!arrays_.empty()) {
    available_ = quantities.add("pv_available_j", -1, "J");
    spilled_ = quantities.add("pv_spilled_j", -1, "J");
  }
  if (!stores_.empty()) stored_ = quantities.add("storage_j", -1, "J");
  if (!caps_) return;
  curtailed_ = quantities.add("curtailed_j", -1, "J");
  speed_ = signals.open("it_speed", "1");
}

Instant OnsiteInTime::next() const {
  Instant first = next_hour_;
  for (auto const& store : stores_) first = std::min(first, store.due);
  return first;
}

double OnsiteInTime::stored_rate_w(const Store& store) const {
  return store.drawn_w >= 0 ? store.drawn_w * store.spec->charge_efficiency : store.drawn_w / store.spec->discharge_efficiency;
}

// What is stored moves on, and the means that smoothing goes by: m' = (net - m) / time.
void OnsiteInTime::pass(Instant now) {
  double const seconds = (now - std::exchange(since_, now)).seconds();
  for (auto& store : stores_) {
    store.stored_j = std::clamp(store.stored_j + stored_rate_w(store) * seconds, 0.0, store.spec->energy.si());
    if (store.due <= now) store.due = never;
    if (!store.has_mean) continue;
    store.mean_w = store.net_w + (store.mean_w - store.net_w) * std::exp(-seconds / store.spec->over.seconds());
  }
}

// --- arrays ---

double OnsiteInTime::given_by(const Array& array, const Surroundings& around, Instant now) const {
  PhotovoltaicSpec const& spec = *array.spec;
  double const ac_rated_w = spec.dc_power.si() / spec.dc_ac_ratio;
  if (array.table != nullptr) {
    LocalTime const local = model_.conditions.zone.local(around.unix_s(now));
    std::int32_t const standard_s = model_.conditions.zone.local(model_.conditions.zone.moment(local.year, 1, 1, 0)).offset_s;
    LocalTime const clock = TimeZone::fixed(standard_s).local(around.unix_s(now));
    bool const leap_day = clock.month == 2 && clock.day == 29;
    std::int64_t day = days_from_date(2001, clock.month, leap_day ? 28 : clock.day) - days_from_date(2001, 1, 1);
    auto const row = static_cast<std::size_t>(day * 24 + clock.hour());
    return array.table->ac_w.empty() ? inverter_ac_w(array.table->dc_w[row], ac_rated_w / spec.inverter_efficiency, spec.inverter_efficiency) : array.table->ac_w[row];
  }
  Weather const& weather = *model_.conditions.weather;
  // the sun stands where it is in the middle of the sample
  SunPosition const sun = sun_position(model_.scenario.site.value.location.latitude, model_.scenario.site.value.location.longitude, around.unix_s(now) + weather.step_s / 2);
  WeatherSample const& sample = around.sample();
  double const plane_w_m2 = plane_irradiance_w_m2({spec.tilt, spec.azimuth, spec.albedo}, sun, {sample.global_horizontal_w_m2, sample.direct_normal_w_m2, sample.diffuse_horizontal_w_m2});
  double const dc_w = (1 - spec.losses) * module_dc_w(plane_w_m2, cell_temperature_c(plane_w_m2, sample.dry_bulb_c), spec.dc_power.si(), spec.temperature_coefficient);
  return inverter_ac_w(dc_w, ac_rated_w / spec.inverter_efficiency, spec.inverter_efficiency);
}

void OnsiteInTime::see_sun(Instant now, const Surroundings& around, const PowerFlow& flow) {
  for (auto& array : arrays_) array.available_w = flow.at(array.node).energised ? given_by(array, around, now) : 0;
  if (next_hour_ > now) return;
  std::int64_t const at_s = around.unix_s(now);
  next_hour_ = Instant{(now.ns / nanoseconds_per_second + 3600 - at_s % 3600) * nanoseconds_per_second};
}

// --- storage ---

// What its dispatch would have it draw, with the site's net draw as it is.
double OnsiteInTime::wanted_w(const Store& store, const Surroundings& around, double net_w) const {
  StorageSpec const& spec = *store.spec;
  switch (spec.dispatch) {
    case Dispatch::backup: return store.charge_w;
    case Dispatch::peak_shaving: return spec.target->si() - net_w;
    case Dispatch::smoothing: return (store.has_mean ? store.mean_w : net_w) - net_w;
    case Dispatch::price:
    case Dispatch::carbon: {
      auto const signal = spec.dispatch == Dispatch::price ? around.price() : around.carbon();
      if (!signal) return 0;
      return *signal < *spec.charge_below ? store.charge_w : *signal > *spec.discharge_above ? -store.discharge_w : 0;
    }
  }
  return 0;
}

// Within its power, what it holds, the connection's limit and, without export, the draw that is there to replace.
double OnsiteInTime::allowed_w(const Store& store, double wanted_w, double net_w, double limit_w) const {
  double const full_j = store.spec->energy.si(), reserve_j = store.spec->reserve * full_j, nearly = 1e-12 * full_j;
  double drawn_w = wanted_w;
  if (drawn_w < 0 && store.stored_j <= reserve_j + nearly) drawn_w = 0;
  drawn_w = std::min(drawn_w, limit_w - net_w);                // neither charges above the limit, nor keeps its reserve from it
  drawn_w = std::clamp(drawn_w, -store.discharge_w, store.charge_w);
  if (!exports_) drawn_w = std::max(drawn_w, std::min(0.0, -net_w));
  if (drawn_w > 0 && (store.stored_j >= full_j - nearly || cap_ < 1)) drawn_w = 0;       // nothing is stored while servers are slowed for the limit
  if (drawn_w < 0 && store.stored_j <= nearly) drawn_w = 0;
  return drawn_w;
}

bool OnsiteInTime::dispatch(const Surroundings& around, PowerFlow& flow) {
  double net_w = utilities_w(flow), surplus_w = 0;
  for (auto const& store : stores_) net_w -= flow.at(store.node).input.p.si();
  for (auto const& array : arrays_) {
    net_w -= flow.at(array.node).input.p.si();
    surplus_w += array.available_w;
  }
  net_w -= surplus_w;
  bool moved = false;
  for (auto& store : stores_) {
    bool const live = flow.at(store.node).energised;
    double const drawn_w = live ? allowed_w(store, wanted_w(store, around, net_w), net_w, around.limit_w()) : 0;
    store.net_w = net_w;
    net_w += drawn_w;
    if (same(drawn_w, store.drawn_w)) continue;
    store.drawn_w = drawn_w;
    flow.set_storage_power(store.node, Power::from_si(drawn_w), Power::from_si(stored_rate_w(store)));
    moved = true;
  }
  // what nobody takes is spilled, evenly
  double const used_w = exports_ ? surplus_w : std::clamp(net_w + surplus_w, 0.0, surplus_w);
  for (auto& array : arrays_) {
    double const given_w = surplus_w > 0 ? array.available_w * (used_w / surplus_w) : 0;
    if (same(given_w, array.given_w)) continue;
    array.given_w = given_w;
    flow.set_generation(array.node, Power::from_si(given_w));
    moved = true;
  }
  return moved;
}

// --- the limit ---

// Servers are slowed until the draw is within the limit, and let run again as far as it allows: by the slope of the draw from
// one round to the next.
bool OnsiteInTime::hold_limit(const Surroundings& around, const PowerFlow& flow) {
  if (!caps_) return false;
  double const draw_w = utilities_w(flow), limit_w = around.limit_w(), lowest = model_.scenario.connection.lowest_speed;
  bool const over = draw_w > limit_w, could_run = cap_ < 1 && draw_w < limit_w * (1 - 2 * within_limit);
  if ((!over && !could_run) || (over && cap_ <= lowest) || rounds_ >= most_onsite_rounds) return false;
  if (rounds_ > 0 && cap_ != last_cap_ && draw_w != last_draw_w_) slope_w_ = (draw_w - last_draw_w_) / (cap_ - last_cap_);
  if (!(slope_w_ > 0)) slope_w_ = std::max(draw_w, 1.0);
  last_cap_ = cap_;
  last_draw_w_ = draw_w;
  double const aim_w = std::min(limit_w * (1 - within_limit), draw_w + slope_w_);      // of no limit: full speed
  cap_ = std::clamp(cap_ + (aim_w - draw_w) / slope_w_, lowest, 1.0);
  return cap_ != last_cap_;
}

bool OnsiteInTime::answer(Instant now, const Surroundings& around, PowerFlow& flow) {
  if (rounds_ == 0) see_sun(now, around, flow);
  bool const moved = rounds_ < most_onsite_rounds && dispatch(around, flow);
  bool const slowed = !moved && hold_limit(around, flow);
  ++rounds_;
  return moved || slowed;
}

// Until it is full or empty, or at its reserve where dispatch stops.
void OnsiteInTime::plan(Instant now, Store& store) const {
  double const rate_w = stored_rate_w(store), full_j = store.spec->energy.si(), reserve_j = store.spec->reserve * full_j;
  store.due = never;
  if (rate_w == 0) return;
  double const until_j = rate_w > 0 ? full_j : store.stored_j > reserve_j * (1 + 1e-12) ? reserve_j : 0;
  double const ns = std::ceil((until_j - store.stored_j) / rate_w * 1e9);
  if (ns < static_cast<double>(longest_duration.ns)) store.due = now + Duration{std::max<std::int64_t>(1, static_cast<std::int64_t>(ns))};
}

void OnsiteInTime::record(Instant now, double curtailed_w) {
  double available_w = 0, given_w = 0, stored_w = 0;
  for (auto const& array : arrays_) {
    available_w += array.available_w;
    given_w += array.given_w;
  }
  for (auto& store : stores_) {
    stored_w += stored_rate_w(store);
    if (!std::exchange(store.has_mean, true)) store.mean_w = store.net_w;
    plan(now, store);
  }
  if (available_ >= 0) quantities_.set_rate(now, available_, available_w);
  if (spilled_ >= 0) quantities_.set_rate(now, spilled_, available_w - given_w);
  if (stored_ >= 0) quantities_.set_rate(now, stored_, stored_w);
  if (curtailed_ >= 0) quantities_.set_rate(now, curtailed_, curtailed_w);
  if (speed_ >= 0) signals_.note(now, speed_, cap_);
}

}  // namespace headroom

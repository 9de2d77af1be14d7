// A converter with a battery, or a UPS: carries its load when its input is lost, until the battery is empty; takes the
// load back and recharges when the input returns; on overload goes to bypass, or off.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "sim/physics/battery.h"
#include "sim/power/elements/elements.h"
#include "sim/power/overload.h"

namespace headroom {
namespace {

class StorageElement final : public Element {
 public:
  StorageElement(PowerState& shared, NodeId node) : Element(shared, node), overload_(curve()) {
    if (spec().battery >= 0) battery_ = battery_of(std::get<BatterySpec>(shared.graph().devices[static_cast<std::size_t>(spec().battery)]), spec().batteries);
    if (auto const* ups = this->ups()) {
      transfer_ = ups->mode == UpsMode::eco ? ups->transfer : Duration{};
      walk_in_ = ups->walk_in;
    }
    stored_j_ = battery_.capacity_j;
    arm();
  }

  void pass(double seconds) override {
    stored_j_ = std::clamp(stored_j_ + flow().stored.si() * seconds, 0.0, battery_.capacity_j);
    overload_.pass(seconds);
  }

  bool active() const override {
    return mode_ != Mode::normal || stored_j_ < battery_.capacity_j || overload_.remembers() || shared_.flow.units(node_) != spec().count;
  }
  double alarm_va() const override {
    return ups() == nullptr ? Element::alarm_va() : overload_.pickup_load() * std::min(rated_w(spec().count), rated_va(spec().count)) * (1 - 1e-9);
  }

  bool react() override {
    bool const date = is_due();
    due = never;
    if (!shared_.flow.in_service(node_)) return rest();
    if (mode_ == Mode::resting) return wake();
    overload_.set_load(load());
    if (overload_.gathering() && overload_cause_ == 0) overload_cause_ = shared_.last_change();
    if (!overload_.remembers()) overload_cause_ = 0;
    if (mode_ != Mode::bypass && overload_.seconds_left() <= overload_resolution_s) return give_way();
    bool const moved = step(date);
    if (!moved && mode_ != Mode::bypass) due = std::min(due, after_seconds(overload_.seconds_left()));
    return moved;
  }

 private:
  enum class Mode { normal, gap, on_battery, empty, bypass, resting };
  static constexpr double overload_resolution_s = 1e-9;      // dates are whole nanoseconds

  const UpsSpec* ups() const { return spec().kind == NodeKind::ups ? &device<UpsSpec>() : nullptr; }
  TripCurve curve() const { return ups() != nullptr ? trip_curve(ups()->overload, Duration{}) : TripCurve{}; }
  const NodeFlow& flow() const { return shared_.flow.at(node_); }
  double rated_w(int units) const { return ups() == nullptr ? 0 : units * ups()->rated_power.si(); }
  double rated_va(int units) const { return ups() == nullptr ? 0 : units * ups()->rated_apparent_power.si(); }
  double load() const {
    if (ups() == nullptr) return 0;
    int const units = shared_.flow.units(node_);
    return std::max(flow().output.p.si() / rated_w(units), flow().output.s().si() / rated_va(units));
  }
  bool has_battery() const { return battery_.capacity_j > 0; }
  bool can_charge() const { return battery_.charge_w > 0 && stored_j_ < battery_.capacity_j; }

  bool step(bool date) {
    bool const input = shared_.flow.has_input(node_);
    switch (mode_) {
      case Mode::normal: return input ? on_input() : lose_input();
      case Mode::gap: return input ? return_to_input() : date ? take_over() : wait_until(gap_end_);
      case Mode::on_battery: return on_battery(input);
      case Mode::empty: return input && return_to_input();
      case Mode::bypass: return on_bypass(input);
      case Mode::resting: break;
    }
    return false;
  }

  bool wait_until(Instant when) {
    due = when;
    return false;
  }

  // --- with an input ---

  bool on_input() {
    if (shared_.flow.storage(node_) != Storage::charging) return false;
    if (stored_j_ < battery_.capacity_j) return wait_until(after_seconds(time_to_full_s(battery_, stored_j_)));
    arm();
    shared_.change(node_, "live", shared_.last_change(node_), "battery full");
    return true;
  }

  bool return_to_input() {
    mode_ = Mode::normal;
    arm();
    shared_.change(node_, can_charge() ? "recharging" : "live", shared_.why_input(node_), "input is back");
    return true;
  }

  // Ready for the loss of the input, at once or (eco) after a gap; recharging where there is something to recharge.
  void arm() {
    if (!has_battery()) return;
    bool const at_once = transfer_ == Duration{} && stored_j_ > 0;
    shared_.flow.set_storage(node_, can_charge() ? Storage::charging : at_once ? Storage::ready : Storage::off);
  }

  // --- without ---

  bool lose_input() {
    if (!has_battery()) return false;
    if (stored_j_ <= 0) return shared_.flow.storage(node_) != Storage::off && run_empty();
    if (transfer_ == Duration{}) return take_over();
    mode_ = Mode::gap;
    shared_.flow.set_storage(node_, Storage::off);
    gap_end_ = due = after(transfer_);
    return true;
  }

  bool take_over() {
    mode_ = Mode::on_battery;
    walk_in_end_ = never;
    shared_.flow.set_storage(node_, Storage::carrying);
    shared_.change(node_, "on battery", shared_.why_no_input(node_), "no input");
    return true;
  }

  bool on_battery(bool input) {
    if (-flow().stored.si() > drain_w(battery_, battery_.most_w) * (1 + 1e-12)) return shut_down(fmt::format("more than its battery's {:.4g} kW", battery_.most_w / 1e3));
    if (stored_j_ <= empty_j()) return run_empty();
    if (!input) walk_in_end_ = never;
    else if (walk_in_end_ == never) walk_in_end_ = after(walk_in_);
    if (input && shared_.now >= walk_in_end_) {
      walk_in_end_ = shared_.admit(node_, (flow().output.p + flow().loss).si() + battery_.charge_w);
      if (walk_in_end_ <= shared_.now) return return_to_input();
    }
    due = std::min(walk_in_end_, after_seconds(stored_j_ / -flow().stored.si()));
    return false;
  }

  // What a nanosecond of this drain takes: dates are whole nanoseconds.
  double empty_j() const { return -flow().stored.si() * 1e-9; }

  bool run_empty() {
    mode_ = Mode::empty;
    stored_j_ = 0;
    shared_.flow.set_storage(node_, Storage::off);
    shared_.change(node_, "battery empty", shared_.last_change(node_), "autonomy over");
    return true;
  }

  // --- overload ---

  bool give_way() {
    std::string const reason = fmt::format("load {:.4g} % of its rating", 100 * overload_.load());
    if (ups()->bypass == UpsBypass::none || !shared_.flow.has_input(node_)) return shut_down(reason);
    mode_ = Mode::bypass;
    shared_.flow.set_bypass(node_, true);
    if (has_battery()) shared_.flow.set_storage(node_, Storage::off);
    shared_.change(node_, "bypass", overload_cause_, reason);
    return true;
  }

  bool on_bypass(bool input) {
    if (input && overload_.load() > 1) return false;
    mode_ = Mode::normal;
    if (input) overload_.forget();
    shared_.flow.set_bypass(node_, false);
    arm();
    if (input) shared_.change(node_, can_charge() ? "recharging" : "live", shared_.last_change(), "load within its rating");
    return true;
  }

  bool shut_down(const std::string& reason) {
    shared_.change(node_, "overloaded", overload_cause_ != 0 ? overload_cause_ : shared_.last_change(node_), reason);
    shared_.trip(node_);
    return true;
  }

  // --- out of service ---

  bool rest() {
    if (mode_ == Mode::resting) return false;
    mode_ = Mode::resting;
    overload_.set_load(0);
    overload_.forget();
    shared_.flow.set_bypass(node_, false);
    if (has_battery()) shared_.flow.set_storage(node_, Storage::off);
    return true;
  }

  bool wake() {
    mode_ = stored_j_ > 0 || !has_battery() ? Mode::normal : Mode::empty;
    if (mode_ == Mode::normal) arm();
    return true;
  }

  Battery battery_;
  double stored_j_ = 0;
  Duration transfer_, walk_in_;
  Mode mode_ = Mode::normal;
  Instant gap_end_, walk_in_end_ = never;
  Overload overload_;
  std::int64_t overload_cause_ = 0;
};

}  // namespace

std::unique_ptr<Element> storage_element(PowerState& shared, NodeId node) { return std::make_unique<StorageElement>(shared, node); }

}  // namespace headroom

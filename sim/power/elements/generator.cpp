// A standby generator set: starts when a transfer switch calls for it, may fail to, takes load in steps, burns its fuel,
// runs on for a while when nobody needs it any more.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/random.h"
#include "sim/physics/standby.h"
#include "sim/power/elements/elements.h"
#include "sim/power/overload.h"

namespace headroom {
namespace {

constexpr Duration delivered_after = whole_seconds(86400);       // assumption: a supply contract, fuel within a day

class GeneratorElement final : public Element {
 public:
  GeneratorElement(PowerState& shared, NodeId node)
      : Element(shared, node), set_(device<GeneratorSpec>()), overload_(trip_curve(set_.overload, Duration{})), luck_(shared.seed, "start/" + spec().name),
        fuel_l_(spec().count * set_.fuel.si()) {
    shared_.set_admission(node_, [this](double load_w) { return admit(load_w); });
  }

  void pass(double seconds) override {
    if (mode_ == Mode::running || mode_ == Mode::cooling) fuel_l_ = std::max(0.0, fuel_l_ - use() * seconds);
    overload_.pass(seconds);
  }
  bool active() const override { return mode_ != Mode::off || overload_.remembers(); }

  bool react() override {
    bool const refuelled = refuel();
    bool const moved = act();
    due = std::min(due, delivery_);
    return moved || refuelled;
  }

 private:
  bool act() {
    bool const date = due <= shared_.now && ready_ <= shared_.now;
    due = never;
    if (!shared_.flow.in_service(node_)) return stand_still();
    bool const wanted = shared_.called_for(node_);
    switch (mode_) {
      case Mode::off: return wanted && begin_start();
      case Mode::starting: return !wanted ? stop("not needed any more") : date ? end_start() : wait_until(ready_);
      case Mode::failed_to_start: return !wanted && stop("not needed any more");
      case Mode::running: return wanted ? run() : begin_cooling();
      case Mode::cooling: return wanted ? resume() : date ? stop("cooled down") : wait_until(ready_);
      case Mode::out_of_fuel: return false;
    }
    return false;
  }

  enum class Mode { off, starting, failed_to_start, running, cooling, out_of_fuel };

  const NodeFlow& flow() const { return shared_.flow.at(node_); }
  int running_sets() const { return std::min(started_, shared_.flow.units(node_)); }
  double rated_w() const { return running_sets() * set_.rated_power.si(); }
  double use() const { return fuel_use_l_per_s(set_, flow().output.p.si(), running_sets()); }
  double load() const {
    return std::max(flow().output.p.si() / rated_w(), flow().output.s().si() / (running_sets() * set_.rated_apparent_power.si()));
  }
  bool wait_until(Instant when) {
    due = when;
    return false;
  }

  bool begin_start() {
    mode_ = Mode::starting;
    ready_ = due = after(set_.run_up);
    shared_.change(node_, "starting", shared_.why_called(node_), "called for");
    return true;
  }

  bool end_start() {
    if (fuel_l_ <= 0) return run_dry();
    started_ = 0;
    for (int i = 0; i < shared_.flow.units(node_); ++i) started_ += luck_.uniform() >= set_.start_failure ? 1 : 0;
    int const of = shared_.flow.units(node_);
    if (started_ == 0) {
      mode_ = Mode::failed_to_start;
      shared_.change(node_, "failed to start", shared_.last_change(node_), of == 1 ? "by chance" : fmt::format("none of {}", of));
      return true;
    }
    mode_ = Mode::running;
    last_output_w_ = 0;
    next_step_ = shared_.now;
    if (delivery_ == never) delivery_ = after(delivered_after);
    shared_.flow.set_running(node_, true);
    shared_.change(node_, "running", shared_.last_change(node_), started_ == of ? "run up" : fmt::format("{} of {} run up", started_, of));
    return true;
  }

  bool run() {
    if (fuel_l_ <= use() * 1e-9) return run_dry();
    double const output_w = flow().output.p.si(), step_w = output_w - last_output_w_;
    if (admitted_at_ != shared_.now && step_w > set_.block_load * rated_w() * (1 + 1e-9)) return trip(fmt::format("{:.4g} kW of load at once; it takes steps of {:.4g} kW", step_w / 1e3, set_.block_load * rated_w() / 1e3));
    last_output_w_ = output_w;
    overload_.set_load(load());
    if (overload_.seconds_left() <= 1e-9) return trip(fmt::format("load {:.4g} % of its rating", 100 * overload_.load()));
    due = std::min(after_seconds(fuel_l_ / use()), after_seconds(overload_.seconds_left()));
    return false;
  }

  // So many steps as the load needs; the next one waits until they are over.
  Instant admit(double load_w) {
    if (mode_ != Mode::running || shared_.now < next_step_) return mode_ == Mode::running ? next_step_ : never;
    double const steps = std::max(1.0, std::ceil(load_w / (set_.block_load * rated_w())));
    next_step_ = shared_.now + Duration{static_cast<std::int64_t>(steps) * set_.block_interval.ns};
    admitted_at_ = shared_.now;
    return shared_.now;
  }

  // Fuel is brought so long after the tank was begun, and again while the set runs.
  bool refuel() {
    if (delivery_ > shared_.now) return false;
    fuel_l_ = spec().count * set_.fuel.si();
    delivery_ = mode_ == Mode::running ? after(delivered_after) : never;
    if (mode_ != Mode::out_of_fuel) return false;
    mode_ = Mode::off;
    shared_.change(node_, "off", shared_.last_change(node_), "refuelled");
    return true;
  }

  bool run_dry() {
    mode_ = Mode::out_of_fuel;
    fuel_l_ = 0;
    shared_.flow.set_running(node_, false);
    shared_.change(node_, "out of fuel", shared_.last_change(node_), "tank empty");
    return true;
  }

  bool trip(const std::string& reason) {
    shared_.change(node_, "overloaded", shared_.last_change(), reason);
    shared_.trip(node_);
    return true;
  }

  bool begin_cooling() {
    mode_ = Mode::cooling;
    overload_.set_load(0);
    ready_ = due = after(set_.cool_down);
    shared_.change(node_, "cooling down", shared_.last_change(), "not needed any more");
    return true;
  }

  bool resume() {
    mode_ = Mode::running;
    last_output_w_ = flow().output.p.si();
    shared_.change(node_, "running", shared_.why_called(node_), "called for");
    return true;
  }

  bool stop(const std::string& reason) {
    mode_ = Mode::off;
    shared_.flow.set_running(node_, false);
    shared_.change(node_, "off", shared_.last_change(node_), reason);
    return true;
  }

  bool stand_still() {
    if (mode_ == Mode::off) return false;
    mode_ = Mode::off;
    overload_.set_load(0);
    overload_.forget();
    shared_.flow.set_running(node_, false);
    return true;
  }

  GeneratorSpec const& set_;
  Overload overload_;
  RandomStream luck_;
  double fuel_l_;
  Instant delivery_ = never;           // of fuel
  Mode mode_ = Mode::off;
  int started_ = 0;
  Instant ready_ = never, next_step_;
  Instant admitted_at_ = never;
  double last_output_w_ = 0;
};

}  // namespace

std::unique_ptr<Element> generator_element(PowerState& shared, NodeId node) { return std::make_unique<GeneratorElement>(shared, node); }

}  // namespace headroom

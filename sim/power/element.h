// One behaviour of the power path: what an element does when its surroundings change or time passes.
//
// Contract. `pass` moves what is stored over a span of constant power, with the flow that held. `react` looks at a solved
// flow, takes at most one step, and says whether the flow must be solved again; it sets `due` to the next date at which it
// wants to be asked if nothing else happens. An element that is not `active` is asked only when the topology changes,
// when it is due, or when its node is loaded above its alarm.
#pragma once

#include "sim/power/power_state.h"

namespace headroom {

class Element {
 public:
  Element(PowerState& shared, NodeId node) : shared_(shared), node_(node) {}
  virtual ~Element() = default;
  Element(const Element&) = delete;
  Element& operator=(const Element&) = delete;

  virtual void pass(double seconds) = 0;
  virtual bool react() = 0;
  virtual bool active() const = 0;
  virtual double alarm_va() const;             // output above which it must be asked; infinite by default

  NodeId node() const { return node_; }
  Instant due = never;

 protected:
  bool is_due() const { return due <= shared_.now; }
  Instant after(Duration span) const { return shared_.now + span; }
  // Rounded up to the next nanosecond, so that what is to be over then is over; never beyond 100 years.
  Instant after_seconds(double seconds) const;
  const PowerNode& spec() const { return shared_.node(node_); }
  template <class Spec>
  const Spec& device() const { return std::get<Spec>(shared_.graph().devices[static_cast<std::size_t>(spec().device)]); }

  PowerState& shared_;
  NodeId const node_;
};

}  // namespace headroom

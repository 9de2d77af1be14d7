#include "sim/engine/quantity_meters.h"

#include <utility>

namespace headroom {

int QuantityMeters::add(std::string name, int hall, std::string unit) {
  int const id = static_cast<int>(meters_.size());
  Meter& meter = meters_.emplace_back();
  meter.row = {id, std::move(name), hall, std::move(unit), 0};
  meter.pending.quantity = id;
  return id;
}

void QuantityMeters::set_rate(Instant now, int quantity, double per_s) {
  Meter& meter = meters_[static_cast<std::size_t>(quantity)];
  if (meter.rate == per_s) return;
  hold(meter, now.ns);
  meter.rate = per_s;
}

// What flowed from the last change until now: the rest of the open interval, whole ones, and the begin of the next.
void QuantityMeters::hold(Meter& meter, std::int64_t now_ns) const {
  if (now_ns == meter.since_ns) return;
  auto const flows = [&](std::int64_t from_ns, std::int64_t to_ns) { return meter.rate * (static_cast<double>(to_ns - from_ns) / 1e9); };
  meter.total.add(flows(meter.since_ns, now_ns));
  std::int64_t from_ns = std::exchange(meter.since_ns, now_ns);
  std::int64_t const boundary = meter.begin_ns + every_ns_;
  if (now_ns >= boundary) {
    close(meter, boundary, meter.amount + flows(from_ns, boundary));
    std::int64_t const whole = (now_ns - boundary) / every_ns_ * every_ns_;
    if (whole > 0) close(meter, boundary + whole, flows(boundary, boundary + whole));
    from_ns = meter.begin_ns;
    meter.amount = 0;
  }
  meter.amount += flows(from_ns, now_ns);
}

void QuantityMeters::close(Meter& meter, std::int64_t to_ns, double amount) const {
  std::int64_t const from_ns = std::exchange(meter.begin_ns, to_ns);
  QuantityIntervalRow& pending = meter.pending;
  double const seconds = static_cast<double>(to_ns - from_ns), pending_seconds = static_cast<double>(pending.to_ns - pending.from_ns);
  if (pending.to_ns == from_ns && pending_seconds > 0 && amount * pending_seconds == pending.amount * seconds) {
    pending.to_ns = to_ns;
    pending.amount += amount;
    return;
  }
  if (pending_seconds > 0 && pending.amount != 0) file_.quantity_interval(pending);
  pending = {meter.row.id, from_ns, to_ns, amount};
}

void QuantityMeters::finish(Instant now) {
  for (auto& meter : meters_) {
    hold(meter, now.ns);
    if (now.ns > meter.begin_ns) close(meter, now.ns, meter.amount);
    if (meter.pending.to_ns > meter.pending.from_ns && meter.pending.amount != 0) file_.quantity_interval(meter.pending);
    meter.row.total = meter.total.value();
    file_.quantity(meter.row);
  }
}

}  // namespace headroom

#include "sim/engine/meters.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/errors.h"

namespace headroom {

void Meters::Peaks::take(const Peaks& b) {
  if (b.input_w > input_w) {
    input_w = b.input_w;
    input_at_s = b.input_at_s;
  }
  output_w = std::max(output_w, b.output_w);
  output_va = std::max(output_va, b.output_va);
  connection_va = std::max(connection_va, b.connection_va);
}

Meters::Meters(const PowerFlow& flow, std::vector<Duration> every, Duration site_every, RunFile& file)
    : flow_(flow), file_(file), it_(flow.graph().nodes.size()), facility_(it_ + 1) {
  auto const& nodes = flow.graph().nodes;
  every.insert(every.end(), {site_every, site_every});
  meters_.resize(nodes.size() + 2);
  ledgers_.resize(meters_.size());
  std::size_t edges = 0;
  for (auto const& node : nodes) {
    first_edge_.push_back(edges);
    edges += node.parents.size();
  }
  first_edge_.push_back(edges);
  edge_j_.resize(edges);
  edge_live_.resize(edges);
  for (std::size_t i = 0; i < meters_.size(); ++i) {
    meters_[i].demand.length_ns = demand_interval.ns;
    ledgers_[i].recorded.length_ns = every[i].ns;
    meters_[i].is_recorded = every[i] > Duration{};
    for (Channel* channel : {&meters_[i].demand, &ledgers_[i].recorded}) channel->minimum_w = std::numeric_limits<double>::infinity();
    ledgers_[i].pending.node = meter_number(i);
    if (i >= nodes.size()) continue;
    read_flow(i);
    read_edges(i);
  }
  read_site({});
}

int Meters::meter_number(std::size_t index) const {
  return index == it_ ? it_meter : index == facility_ ? facility_meter : static_cast<int>(index);
}

void Meters::update(Instant now, std::span<const NodeId> changed, bool feeds_changed) {
  for (NodeId node : changed) {
    auto const i = static_cast<std::size_t>(node);
    hold(i, now.ns);
    read_flow(i);
    if (feeds_changed) read_edges(i);
  }
  read_site(now);
}

// What was held from the last change until now.
void Meters::hold(std::size_t index, std::int64_t now_ns) {
  Meter& meter = meters_[index];
  if (now_ns == meter.since_ns) return;
  note_peaks(meter);      // what was held for no time at all is no peak
  double const dt = static_cast<double>(now_ns - meter.since_ns) * 1e-9;
  meter.input_j.add(meter.input_w * dt);
  meter.output_j.add(meter.output_w * dt);
  if (meter.loss_w != 0) meter.loss_j.add(meter.loss_w * dt);
  if (meter.stored_w != 0) {
    ledgers_[index].stored_j.add(meter.stored_w * dt);
    ledgers_[index].moved_j.add(std::abs(meter.stored_w) * dt);
  }
  if (index < it_ && meter.live_parents > 0) {
    double const share_j = meter.input_w * dt / meter.live_parents;
    for (std::size_t edge = first_edge_[index]; edge < first_edge_[index + 1]; ++edge)
      if (edge_live_[edge] != 0) edge_j_[edge].add(share_j);
  }
  hold_channel(meter, meter.demand, index, meter.since_ns, now_ns);
  if (meter.is_recorded) hold_channel(meter, ledgers_[index].recorded, index, meter.since_ns, now_ns);
  meter.since_ns = now_ns;
}

void Meters::hold_channel(Meter& meter, Channel& channel, std::size_t index, std::int64_t from_ns, std::int64_t to_ns) {
  double const w = meter.input_w;
  if (&channel == &meter.demand && from_ns == channel.begin_ns && (to_ns - from_ns) % channel.length_ns == 0) {      // whole intervals, of which the mean is enough
    note_demand(meter, channel.begin_ns, to_ns, w);
    channel.begin_ns = to_ns;
    return;
  }
  channel.minimum_w = std::min(channel.minimum_w, w);
  channel.maximum_w = std::max(channel.maximum_w, w);
  std::int64_t const boundary = channel.begin_ns + channel.length_ns;
  if (to_ns >= boundary) {
    channel.energy_j += w * static_cast<double>(boundary - from_ns) * 1e-9;
    close_interval(meter, channel, index, boundary, channel.energy_j / (static_cast<double>(channel.length_ns) * 1e-9));
    // whole intervals of this one power
    std::int64_t const whole = (to_ns - boundary) / channel.length_ns;
    channel.begin_ns = boundary;
    if (whole > 0) {
      std::int64_t const end = boundary + whole * channel.length_ns;
      channel.energy_j = w * static_cast<double>(end - boundary) * 1e-9;
      channel.minimum_w = channel.maximum_w = w;
      close_interval(meter, channel, index, end, w);
      channel.begin_ns = end;
    }
    channel.energy_j = 0;
    channel.minimum_w = std::numeric_limits<double>::infinity();
    channel.maximum_w = 0;
    from_ns = channel.begin_ns;
    if (to_ns > from_ns) channel.minimum_w = channel.maximum_w = w;
  }
  channel.energy_j += w * static_cast<double>(to_ns - from_ns) * 1e-9;
}

void Meters::close_interval(Meter& meter, const Channel& channel, std::size_t index, std::int64_t to_ns, double mean_w) {
  if (&channel == &meter.demand) return note_demand(meter, channel.begin_ns, to_ns, mean_w);
  IntervalRow& pending = ledgers_[index].pending;
  bool const constant = channel.minimum_w == channel.maximum_w;
  bool const same = constant && pending.minimum_w == pending.maximum_w && pending.minimum_w == channel.minimum_w && pending.to_ns == channel.begin_ns;
  if (same && pending.to_ns > pending.from_ns) {
    pending.to_ns = to_ns;
    pending.energy_j += channel.energy_j;
    return;
  }
  write_pending(ledgers_[index]);
  pending = {meter_number(index), channel.begin_ns, to_ns, channel.energy_j, channel.minimum_w, channel.maximum_w};
}

// Of a whole interval, or of several of one power.
void Meters::note_demand(Meter& meter, std::int64_t from_ns, std::int64_t to_ns, double mean_w) const {
  meter.demand_peak_w = std::max(meter.demand_peak_w, mean_w);
  bool const all = from_ns >= window_begin_ns_, last = to_ns - meter.demand.length_ns >= window_begin_ns_;
  if (in_window_ && (all || last)) meter.window_demand_peak_w = std::max(meter.window_demand_peak_w, mean_w);
}

void Meters::write_pending(Ledger& ledger) {
  if (ledger.pending.to_ns > ledger.pending.from_ns) file_.interval(ledger.pending);
}

void Meters::read_flow(std::size_t index) {
  NodeFlow const& flow = flow_.at({static_cast<std::int32_t>(index)});
  Meter& meter = meters_[index];
  meter.input_w = flow.input.p.si();
  meter.output_w = flow.output.p.si();
  meter.loss_w = flow.loss.si();
  meter.output_va = flow.output.q.si() == 0 ? meter.output_w : flow.output.s().si();
  meter.stored_w = flow.stored.si();
  meter.live_parents = flow.live_parents;
  double const input_va = flow.input.q.si() == 0 ? meter.input_w : flow.input == flow.output ? meter.output_va : flow.input.s().si();
  meter.connection_va = flow.live_parents > 1 ? input_va / flow.live_parents : input_va;
}

void Meters::read_edges(std::size_t index) {
  NodeId const node{static_cast<std::int32_t>(index)};
  std::size_t const parents = flow_.graph().nodes[index].parents.size();
  for (std::size_t k = 0; k < parents; ++k) edge_live_[first_edge_[index] + k] = flow_.at(node).live_parents > 0 && flow_.connected(node, k) ? 1 : 0;
}

void Meters::read_site(Instant now) {
  double const power_w[] = {flow_.it_power().si(), flow_.facility_power().si()};
  for (std::size_t i : {it_, facility_}) {
    Meter& meter = meters_[i];
    double const w = power_w[i - it_];
    if (w == meter.input_w && now.ns > 0) continue;
    hold(i, now.ns);
    meter.input_w = meter.output_w = w;
  }
}

void Meters::note_peaks(Meter& meter) {
  Peaks& peaks = meter.peaks;
  if (meter.input_w > peaks.input_w) {
    peaks.input_w = meter.input_w;
    peaks.input_at_s = static_cast<double>(meter.since_ns) * 1e-9;
  }
  peaks.output_w = std::max(peaks.output_w, meter.output_w);
  peaks.output_va = std::max(peaks.output_va, meter.output_va);
  peaks.connection_va = std::max(peaks.connection_va, meter.connection_va);
}

void Meters::begin_window(Instant now) {
  expects(!in_window_ && !had_window_, "a run has one window");
  for (std::size_t i = 0; i < meters_.size(); ++i) {
    Meter& meter = meters_[i];
    Ledger& ledger = ledgers_[i];
    hold(i, now.ns);
    ledger.window_input_j = meter.input_j.value();
    ledger.window_output_j = meter.output_j.value();
    ledger.window_loss_j = meter.loss_j.value();
    ledger.window_stored_j = ledger.stored_j.value();
    ledger.run.take(meter.peaks);
    meter.peaks = {};
  }
  in_window_ = had_window_ = true;
  window_begin_ns_ = now.ns;
}

void Meters::end_window(Instant now) {
  expects(in_window_, "a window ends after it begins");
  for (std::size_t i = 0; i < meters_.size(); ++i) {
    Meter& meter = meters_[i];
    Ledger& ledger = ledgers_[i];
    hold(i, now.ns);
    ledger.window_input_j = meter.input_j.value() - ledger.window_input_j;
    ledger.window_output_j = meter.output_j.value() - ledger.window_output_j;
    ledger.window_loss_j = meter.loss_j.value() - ledger.window_loss_j;
    ledger.window_stored_j = ledger.stored_j.value() - ledger.window_stored_j;
    ledger.window = meter.peaks;
    ledger.run.take(meter.peaks);
    meter.peaks = {};
  }
  in_window_ = false;
  window_end_ns_ = now.ns;
}

// Nothing was submitted, or all at one instant: the window is the run.
void Meters::take_run_as_window(Instant now) {
  window_begin_ns_ = 0;
  window_end_ns_ = now.ns;
  for (std::size_t i = 0; i < meters_.size(); ++i) {
    Meter& meter = meters_[i];
    Ledger& ledger = ledgers_[i];
    ledger.window_input_j = meter.input_j.value();
    ledger.window_output_j = meter.output_j.value();
    ledger.window_loss_j = meter.loss_j.value();
    ledger.window_stored_j = ledger.stored_j.value();
    ledger.window = ledger.run;
    meter.window_demand_peak_w = meter.demand_peak_w;
  }
}

void Meters::finish(Instant now) {
  for (std::size_t i = 0; i < meters_.size(); ++i) hold(i, now.ns);
  if (in_window_) end_window(now);
  for (std::size_t i = 0; i < meters_.size(); ++i) {
    Meter& meter = meters_[i];
    Ledger& ledger = ledgers_[i];
    hold(i, now.ns);
    if (now.ns == 0) note_peaks(meter);      // a run of no length: what it would have drawn
    ledger.run.take(meter.peaks);
    if (meter.is_recorded && now.ns > ledger.recorded.begin_ns) close_interval(meter, ledger.recorded, i, now.ns, 0);
    if (meter.is_recorded) write_pending(ledger);
  }
  if (window_end_ns_ == window_begin_ns_) take_run_as_window(now);
  for (std::size_t i = 0; i < meters_.size(); ++i) write_totals(i);
  auto const& nodes = flow_.graph().nodes;
  for (std::size_t i = 0; i < nodes.size(); ++i)
    for (std::size_t k = 0; k < nodes[i].parents.size(); ++k) file_.edge({nodes[i].parents[k].index, static_cast<int>(i), edge_j_[first_edge_[i] + k].value()});
  check_balance();
}

void Meters::write_totals(std::size_t index) {
  Meter const& meter = meters_[index];
  Ledger const& ledger = ledgers_[index];
  auto const row = [&](const char* span, double input_j, double output_j, double loss_j, double stored_j, const Peaks& peaks, double demand_w) {
    file_.totals({meter_number(index), span, input_j, output_j, loss_j, stored_j, std::max(0.0, peaks.input_w), peaks.input_at_s, demand_w, peaks.output_w, peaks.output_va, peaks.connection_va});
  };
  row("run", meter.input_j.value(), meter.output_j.value(), meter.loss_j.value(), ledger.stored_j.value(), ledger.run, meter.demand_peak_w);
  row("window", ledger.window_input_j, ledger.window_output_j, ledger.window_loss_j, ledger.window_stored_j, ledger.window, meter.window_demand_peak_w);
}

// Over the run, at each meter: input = output + loss + stored, what the parents delivered = input, output = what the children drew.
void Meters::check_balance() {
  auto const& nodes = flow_.graph().nodes;
  std::vector<CompensatedSum> drawn(nodes.size());
  auto const check = [&](std::size_t node, double a, double b, double scale) {
    if (scale <= 0) return;
    double const imbalance = std::abs(a - b) / scale;
    worst_imbalance_ = std::max(worst_imbalance_, imbalance);
    if (imbalance > 1e-9) throw ContractError(fmt::format("energy does not balance at {}: {} J and {} J over the run", nodes[node].name, a, b));
  };
  for (std::size_t i = nodes.size(); i-- > 0;) {
    Meter const& meter = meters_[i];
    Ledger const& ledger = ledgers_[i];
    double const input = meter.input_j.value(), through = input + ledger.moved_j.value();
    check(i, input, meter.output_j.value() + meter.loss_j.value() + ledger.stored_j.value(), through);
    CompensatedSum delivered;
    for (std::size_t k = 0; k < nodes[i].parents.size(); ++k) {
      double const j = edge_j_[first_edge_[i] + k].value();
      delivered.add(j);
      drawn[static_cast<std::size_t>(nodes[i].parents[k])].add(j);
    }
    if (!nodes[i].parents.empty()) check(i, input, delivered.value(), input);
    bool const leaf = nodes[i].kind == NodeKind::server || is_load_of_its_own(nodes[i].kind);
    if (!leaf) check(i, meter.output_j.value(), drawn[i].value(), through);
  }
}

}  // namespace headroom

#include "sim/simgrid/flows.h"

#include <simgrid/simix.hpp>

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/errors.h"

namespace headroom {
namespace {

namespace sg = simgrid::s4u;
using simgrid::kernel::actor::simcall_answered;      // runs its argument in the kernel's context
using simgrid::kernel::timer::Timer;

simgrid::kernel::resource::Model* network_model() {
  for (auto* const model : sg::Engine::get_instance()->get_all_models())
    if (model->get_name().starts_with("Network_")) return model;
  throw ContractError("SimGrid has no network model");
}

}  // namespace

SimgridFlows::SimgridFlows(const Platform& platform, sg::Actor* loop) : platform_(platform), loop_(loop), network_(network_model()), latency_factor_(platform.model == NetworkModel::lv08 ? 13.01 : 1) {
  // Also told of what is cancelled, twice, and of executions, which carry no flow.
  sg::Activity::on_completion_cb([this](const sg::Activity& activity) {
    if (auto* const moving = activity.get_data<Moving>(); moving != nullptr && activity.get_state() == sg::Activity::State::FINISHED) end(*moving);
  });
}

SimgridFlows::~SimgridFlows() {
  for (std::size_t i = 0; i < sent_.size(); ++i)
    if (sent_[i].open > 0) stop(static_cast<Transfer>(i));
}

void SimgridFlows::send(Transfer transfer, std::span<const Flow> flows) {
  auto const number = static_cast<std::size_t>(transfer);
  if (number >= sent_.size()) sent_.resize(number + 1);
  Sent& sent = sent_[number];
  expects(sent.flows.empty(), "a transfer's number is free when it is sent");
  expects(!flows.empty(), "a transfer has flows");
  sent.flows.resize(flows.size());
  sent.open = static_cast<int>(flows.size());
  simcall_answered([&] {
    for (std::size_t i = 0; i < flows.size(); ++i) {
      sent.flows[i].transfer = transfer;
      start(sent.flows[i], flows[i]);
    }
  });
}

void SimgridFlows::start(Moving& moving, const Flow& flow) {
  if (!flow.route.empty()) return start_over_links(moving, flow);
  moving.bytes = flow.bytes;
  moving.start_s = moving.end_s = sg::Engine::get_clock() + flow.more_latency_s;
  if (flow.rate_limit_bit_per_s > 0) moving.end_s += flow.bytes * 8 / flow.rate_limit_bit_per_s;
  moving.timer = Timer::set(moving.end_s, [this, &moving] { end(moving); });
}

// The latency that SimGrid is told of is its round trip: it weighs the flow against others (in `ideal` all weigh the same)
// and bounds it by TCP's window. When the flow begins to transmit is put right afterwards in what the solver knows, and so
// are bytes and rate: 3.32 takes whole bytes, and drops the rate of a communication between hosts.
void SimgridFlows::start_over_links(Moving& moving, const Flow& flow) {
  double const latency_s = platform_.routes->latency_s(flow.route);
  bool const is_delayed = latency_s + flow.more_latency_s > 0;
  double const round_trip_s = platform_.model == NetworkModel::ideal ? 1 : std::max(latency_s, 1e-9);
  platform_.routes->hand(flow.route, is_delayed ? round_trip_s : 0);
  moving.communication = sg::Comm::sendto_init();
  moving.communication->set_data(&moving);
  moving.communication->set_payload_size(static_cast<std::uint64_t>(std::ceil(flow.bytes)));
  moving.communication->set_source(platform_.hosts[static_cast<std::size_t>(flow.from)]);
  moving.communication->set_destination(platform_.hosts[static_cast<std::size_t>(flow.to)]);
  if (moving.communication->get_state() != sg::Activity::State::STARTED) moving.communication->start();       // of no bytes
  moving.share = &network_->get_started_action_set()->back();
  moving.share->set_remains(flow.bytes);
  if (is_delayed) {
    double const begins_s = sg::Engine::get_clock() + latency_factor_ * latency_s + flow.more_latency_s;
    network_->get_action_heap().update(moving.share, begins_s, simgrid::kernel::resource::ActionHeap::Type::latency);
  }
  if (flow.rate_limit_bit_per_s > 0) {
    double const bound = moving.share->get_bound(), limit = flow.rate_limit_bit_per_s / 8;
    moving.share->set_bound(bound > 0 ? std::min(bound, limit) : limit);
  }
}

void SimgridFlows::end(Moving& moving) {
  moving.is_over = true;
  if (watches_) has_ended_ = true;
  if (--sent_[static_cast<std::size_t>(moving.transfer)].open == 0) landed_.push_back(moving.transfer);
  else if (!watches_) return;
  loop_->resume();
}

void SimgridFlows::stop(Transfer transfer) {
  Sent& sent = sent_[static_cast<std::size_t>(transfer)];
  simcall_answered([&] {
    for (Moving& moving : sent.flows) {
      if (moving.is_over) continue;
      if (moving.timer != nullptr) moving.timer->remove();
      else moving.communication->cancel();
    }
  });
  sent.flows.clear();        // not before: the kernel looks at what was cancelled as the call ends
  sent.open = 0;
  std::erase(landed_, transfer);
}

void SimgridFlows::left(Transfer transfer, std::vector<double>& bytes) const {
  double const now_s = sg::Engine::get_clock();
  for (const Moving& moving : sent_[static_cast<std::size_t>(transfer)].flows) {
    if (moving.is_over || (moving.timer != nullptr && moving.end_s <= now_s)) bytes.push_back(0);
    else if (moving.timer == nullptr) bytes.push_back(moving.share->get_remains());
    else bytes.push_back(moving.bytes * std::min(1.0, (moving.end_s - now_s) / (moving.end_s - moving.start_s)));
  }
}

// SimGrid shares out when it looks for its next event; asked once more at the same date, it finds nothing to do.
void SimgridFlows::rates(std::span<const std::int32_t> links, std::vector<double>& bit_per_s) const {
  simcall_answered([&] { network_->next_occurring_event(sg::Engine::get_clock()); });
  for (std::int32_t link : links) bit_per_s.push_back(8 * platform_.routes->usage(link));
}

double SimgridFlows::next_s() const {
  auto const& heap = network_->get_action_heap();
  double const flow_s = heap.empty() ? std::numeric_limits<double>::infinity() : heap.top_date();
  double const timer_s = Timer::next();        // negative: none
  return timer_s < 0 ? flow_s : std::min(flow_s, timer_s);
}

void SimgridFlows::take_arrivals(std::vector<Transfer>& arrived) {
  arrived.swap(landed_);
  landed_.clear();
  has_ended_ = false;
  std::sort(arrived.begin(), arrived.end());
  for (Transfer transfer : arrived) sent_[static_cast<std::size_t>(transfer)].flows.clear();
}

}  // namespace headroom

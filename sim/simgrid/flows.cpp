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

SimgridFlows::SimgridFlows(const Platform& platform, sg::Actor* loop) : platform_(platform), loop_(loop), network_(network_model()) {
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
  moving.start_s = moving.end_s = sg::Engine::get_clock();
  if (flow.rate_limit_bit_per_s > 0) moving.end_s += flow.bytes * 8 / flow.rate_limit_bit_per_s;
  moving.timer = Timer::set(moving.end_s, [this, &moving] { end(moving); });
}

// 3.32 drops the rate of a communication between hosts and takes whole bytes: both are put right in what its solver knows.
// In `ideal` flows share evenly; the others weigh them by their round trips, as TCP does.
void SimgridFlows::start_over_links(Moving& moving, const Flow& flow) {
  platform_.routes->hand(flow.route);
  moving.communication = sg::Comm::sendto_init();
  moving.communication->set_data(&moving);
  moving.communication->set_payload_size(static_cast<std::uint64_t>(std::ceil(flow.bytes)));
  moving.communication->set_source(platform_.hosts[static_cast<std::size_t>(flow.from)]);
  moving.communication->set_destination(platform_.hosts[static_cast<std::size_t>(flow.to)]);
  if (moving.communication->get_state() != sg::Activity::State::STARTED) moving.communication->start();       // of no bytes
  platform_.routes->hand({});
  moving.share = &network_->get_started_action_set()->back();
  moving.share->set_remains(flow.bytes);
  if (platform_.model == NetworkModel::ideal || moving.share->get_sharing_penalty() <= 0) moving.share->set_sharing_penalty_no_update(1);
  if (flow.rate_limit_bit_per_s > 0) {
    double const bound = moving.share->get_bound(), limit = flow.rate_limit_bit_per_s / 8;
    moving.share->set_bound(bound > 0 ? std::min(bound, limit) : limit);
  }
}

void SimgridFlows::end(Moving& moving) {
  moving.is_over = true;
  if (--sent_[static_cast<std::size_t>(moving.transfer)].open > 0) return;
  landed_.push_back(moving.transfer);
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
    if (moving.is_over) bytes.push_back(0);
    else if (moving.timer == nullptr) bytes.push_back(moving.share->get_remains());
    else bytes.push_back(moving.bytes * (moving.end_s - now_s) / std::max(moving.end_s - moving.start_s, std::numeric_limits<double>::min()));
  }
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
  std::sort(arrived.begin(), arrived.end());
  for (Transfer transfer : arrived) sent_[static_cast<std::size_t>(transfer)].flows.clear();
}

}  // namespace headroom

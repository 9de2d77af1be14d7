#include "sim/servers/servers.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <utility>

#include "base/errors.h"
#include "sim/physics/standby.h"

namespace headroom {
namespace {

// An idle server does not hold for ever: so many times what it does at full load (assumption).
constexpr std::int64_t longest_hold_up = 10;

// A thousandth of a unit, in parts so fine that all units together fill 52 bits; what asks for more than there is has
// ten bits beyond that.
std::int64_t parts(Amount offered) { return std::int64_t{1} << (52 - std::bit_width(static_cast<std::uint64_t>(offered.thousandths()))); }

std::int64_t busy_parts(double utilisation, Amount units, Amount offered) {
  return std::llround(utilisation * static_cast<double>(parts(offered))) * units.thousandths();
}

double share(std::int64_t busy, Amount offered, double background) {
  if (offered == Amount()) return 0.0;
  if (busy == 0) return background;
  return std::min(1.0, background + static_cast<double>(busy) / (static_cast<double>(parts(offered)) * static_cast<double>(offered.thousandths())));
}

}  // namespace

Servers::Servers(const PowerGraph& graph, const std::vector<Resources>& offered) : offered_(offered), busy_(offered.size()), background_(offered.size(), 0.0), speed_(offered.size(), 1.0), states_(offered.size()) {
  for (auto const& server : graph.servers) specs_.push_back(&graph.server_types[static_cast<std::size_t>(server.type)]);
}

void Servers::occupy(const Piece& piece, const Utilisations& utilisation, int sign) {
  auto const i = static_cast<std::size_t>(piece.server);
  busy_[i].cores += sign * busy_parts(utilisation.cores, piece.resources.cores, offered_[i].cores);
  if (piece.resources.gpus > Amount()) busy_[i].gpus += sign * busy_parts(utilisation.gpus, piece.resources.gpus, offered_[i].gpus);
}

bool Servers::set_background(ServerId server, double share) { return std::exchange(background_[static_cast<std::size_t>(server)], share) != share; }

Power Servers::power_at(ServerId server, double speed) const {
  auto const i = static_cast<std::size_t>(server);
  ServerPower const& curve = spec(i).power;
  Status const& status = states_[i];
  switch (status.state) {
    case State::up:
    case State::holding:
      return server_power(curve, {speed * share(busy_[i].cores, offered_[i].cores, background_[i]), speed * share(busy_[i].gpus, offered_[i].gpus, background_[i])});
    case State::booting: return spec(i).boot.power.value_or(server_power(curve, {})) + (status.inrush ? spec(i).inrush->power : Power{});
    case State::failed: return server_power(curve, {});
    case State::asleep:
    case State::dark: break;
  }
  return {};
}

bool Servers::feed(Instant now, ServerId server, bool energised) {
  auto const i = static_cast<std::size_t>(server);
  Status& status = states_[i];
  if (energised) {
    if (status.state == State::holding) {
      status.state = State::up;
      --holding_;
      set_due(i, never);
    }
    if (status.state != State::dark) return false;
    begin_boot(now, i);
    return true;
  }
  if (status.state == State::up) {
    Duration const holds = std::min(hold_up(spec(i), power(server)), Duration{longest_hold_up * spec(i).hold_up.ns});
    status.state = State::holding;
    ++holding_;
    set_due(i, now + holds);
    if (holds > Duration{}) return false;
    go_dark(i);
    return true;
  }
  if (status.state != State::booting && status.state != State::asleep) return false;
  go_dark(i);
  return true;
}

void Servers::sleep(ServerId server) {
  auto const i = static_cast<std::size_t>(server);
  expects(states_[i].state == State::up, "only a server that is up is switched off");
  states_[i].state = State::asleep;
}

Instant Servers::wake(Instant now, ServerId server) {
  auto const i = static_cast<std::size_t>(server);
  if (states_[i].state == State::asleep) {
    states_[i].woken = true;
    begin_boot(now, i);
  }
  return states_[i].state == State::booting ? states_[i].up_at : now;
}

void Servers::fail(Instant, ServerId server) {
  auto const i = static_cast<std::size_t>(server);
  go_dark(i);
  states_[i].state = State::failed;
}

void Servers::repair(Instant now, ServerId server, bool energised) {
  auto const i = static_cast<std::size_t>(server);
  states_[i].state = State::dark;
  if (energised) begin_boot(now, i);
}

void Servers::rejoin(ServerId server, bool energised) {
  auto const i = static_cast<std::size_t>(server);
  if (energised) come_up(i);
  else states_[i].state = State::dark;
}

void Servers::step(Instant now, std::vector<std::int32_t>& touched) {
  while (next() <= now) {
    auto const server = dates_.begin()->second;
    auto const i = static_cast<std::size_t>(server);
    set_due(i, never);
    if (states_[i].state == State::holding) {
      go_dark(i);
      touched.push_back(server);
      continue;
    }
    if (std::exchange(states_[i].inrush, false) && states_[i].up_at > now) set_due(i, states_[i].up_at);
    else come_up(i);
    touched.push_back(server);
  }
}

void Servers::set_due(std::size_t server, Instant due) {
  Status& status = states_[server];
  auto const number = static_cast<std::int32_t>(server);
  if (status.due != never) dates_.erase({status.due, number});
  status.due = due;
  if (due != never) dates_.insert({due, number});
}

void Servers::begin_boot(Instant now, std::size_t server) {
  Status& status = states_[server];
  ServerSpec const& spec = this->spec(server);
  status.state = State::booting;
  status.up_at = now + spec.boot.time;
  status.inrush = spec.inrush.has_value();
  if (status.inrush) set_due(server, now + spec.inrush->time);
  else if (spec.boot.time > Duration{}) set_due(server, status.up_at);
  else come_up(server);
}

void Servers::come_up(std::size_t server) {
  bool const was_lost = !states_[server].woken;
  states_[server] = {};
  if (was_lost) back_.push_back(static_cast<std::int32_t>(server));
}

void Servers::go_dark(std::size_t server) {
  if (states_[server].state == State::holding) --holding_;
  Status const& status = states_[server];
  bool const took_jobs = status.state == State::up || status.state == State::holding || status.state == State::asleep || status.woken;
  set_due(server, never);
  states_[server] = {.state = State::dark};
  if (took_jobs) lost_.push_back(static_cast<std::int32_t>(server));
}

}  // namespace headroom

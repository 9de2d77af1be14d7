#include "sim/engine/conversations.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "base/errors.h"

namespace headroom {
namespace {

Duration times(Duration length, double factor) { return {std::llround(static_cast<double>(length.ns) * factor)}; }

}  // namespace

Conversations::Conversations(const Model& model, JobTable& jobs, Routes& routes, Executor& executor, RunFile& file)
    : model_(model), level_(model.scenario.network.traffic), jobs_(jobs), routes_(routes), executor_(executor), links_(model.graph.network, model.scenario.network.detail), plan_(model, links_, routes),
      meters_(model.graph, model.scenario.record.every, file), power_(model.graph) {
  if (!power_.follows_traffic()) return;
  auto const channels = power_.metered_channels();
  for (std::size_t i = 0; i < channels.size(); ++i) {
    std::int32_t const link = links_.of_channel[static_cast<std::size_t>(channels[i])];
    if (link < 0) continue;
    metered_links_.push_back(link);
    metered_at_.push_back(i);
  }
  channel_rates_.resize(channels.size());
  if (level_ == TrafficLevel::flows) executor_.watch_flows();
}

bool Conversations::sends(const ActiveJob& job) const {
  if (level_ == TrafficLevel::none || job.idle) return false;
  return !model_.traffic[static_cast<std::size_t>(job.job.workload)].empty() || (job.job.traffic && !job.job.traffic->pair_bytes.empty());
}

// --- an attempt ---

void Conversations::begin(Instant now, std::int32_t number, ActiveJob& job) {
  Conversation& talk = talks_[number];
  talk = {};
  job.waited_s = job.waited_alone_s = job.sent_bytes = 0;
  WorkloadSpec const& workload = model_.scenario.workload[static_cast<std::size_t>(job.job.workload)];
  talk.contained = workload.run_times == RunTimes::all;
  add_streams(job, talk);
  for (auto& stream : talk.streams) {
    stream.routed = routed(stream, job);
    stream.generation = generation_;
    stream.over = stream.routed->reachable && stream.routed->flows.empty();      // all inside one server
    if (!stream.routed->reachable && generation_ == 0)
      throw InputError(stream.spec != nullptr ? stream.spec->where : workload.where,
                       fmt::format("traffic: job {} is on servers that no one fabric of this traffic connects; name a fabric on which both hang, or place it elsewhere", job.job.id));
  }
  if (level_ == TrafficLevel::matrix) return begin_matrix(now, talk, job);
  for (std::size_t i = 0; i < talk.streams.size(); ++i) {
    Stream& stream = talk.streams[i];
    if (stream.over) continue;
    stream.at_start = stream.spec != nullptr && !stream.spec->every && !stream.spec->phases && stream.spec->pattern == Pattern::storage_read;
    if (stream.at_start) {
      stream.overlap = 0;
      if (talk.contained) stream.next = std::min(job.length, times(whole_seconds(1), stream.routed->alone_s(1)));
    } else begin_segment(now, number, i, job, {});
  }
}

void Conversations::add_streams(const ActiveJob& job, Conversation& talk) {
  auto const workload = static_cast<std::size_t>(job.job.workload);
  int const members = static_cast<int>(job.allocation.size());
  auto const& specs = model_.scenario.workload[workload].traffic;
  for (std::size_t i = 0; i < specs.size() && i < model_.traffic[workload].size(); ++i) {
    TrafficSpec const& spec = specs[i];
    if (!spec.job_class.empty() && (!job.job.traffic || job.job.traffic->job_class != spec.job_class)) continue;
    auto const volume = job.job.traffic && job.job.traffic->volume ? job.job.traffic->volume : spec.volume;
    if (!volume) throw InputError(spec.where, fmt::format("traffic: has no volume, and the trace states none of job {}", job.job.id));
    Stream& stream = talk.streams.emplace_back();
    stream.spec = &spec;
    stream.use = &model_.traffic[workload][i];
    double const share = spec.volume_of == VolumeOf::job ? 1.0 / members : 1.0;
    stream.phase = phase_of(spec.pattern, members, share * spec.times * volume->si() / 8, share * spec.answer.value_or(DataSize{}).si() / 8, static_cast<int>(stream.use->peers.size()), static_cast<int>(job.arrival % 1'000'003));
    stream.overlap = spec.overlap;
    stream.busy = spec.busy;
    stream.every = spec.every ? *spec.every : spec.phases ? Duration{std::max<std::int64_t>(1, (job.length.ns + *spec.phases - 1) / *spec.phases)} : job.length;
  }
  if (!job.job.traffic || job.job.traffic->pair_bytes.empty()) return;
  static const TrafficUse every_fabric = {};
  Stream& stream = talk.streams.emplace_back();
  stream.use = model_.traffic[workload].empty() ? &every_fabric : &model_.traffic[workload].front();
  stream.phase = phase_of(*job.job.traffic, members);
  stream.overlap = 1;
  stream.every = job.length;
}

std::shared_ptr<const RoutedPhase> Conversations::routed(const Stream& stream, const ActiveJob& job) {
  TrafficUse use = *stream.use;
  if (use.fabrics.empty())
    for (std::size_t i = 0; i < model_.graph.network.fabrics.size(); ++i) use.fabrics.push_back(static_cast<std::int32_t>(i));
  return std::make_shared<const RoutedPhase>(plan_.route(stream.phase, job.allocation, use, static_cast<std::uint32_t>(job.arrival)));
}

void Conversations::begin_segment(Instant now, std::int32_t number, std::size_t index, ActiveJob& job, Duration from) {
  Stream& stream = at(number).streams[index];
  stream.from = from;
  stream.next = std::min(from + stream.every, job.length);
  stream.due = stream.sent = false;
  if (stream.overlap > 0) stream.beside = send(now, number, index, job, stream.overlap * share(stream));
}

// Of the volume, in this segment: the last one may be shorter.
double Conversations::share(const Stream& stream) const {
  Duration const length = stream.next - stream.from;
  return stream.at_start || length == Duration{} || stream.every == Duration{} ? 1.0 : static_cast<double>(length.ns) / static_cast<double>(stream.every.ns);
}

// What the job waits at the end of this segment on an idle network.
double Conversations::exposed_alone_s(const Stream& stream) const {
  double const s = share(stream), beside = stream.overlap * s, behind = (1 - stream.overlap) * s;
  double waits = 0;
  if (beside > 0) waits += std::max(0.0, stream.routed->alone_s(beside) - (stream.next - stream.from).seconds());
  if (behind > 0) waits += stream.routed->alone_s(behind);
  return waits;
}

std::optional<Duration> Conversations::next(std::int32_t number) const {
  Conversation const& talk = at(number);
  if (level_ == TrafficLevel::matrix) return std::nullopt;
  std::optional<Duration> first;
  for (auto const& stream : talk.streams) {
    if (stream.over) continue;
    Duration const due = talk.contained ? std::max(stream.from, stream.next - times(whole_seconds(1), exposed_alone_s(stream))) : stream.next;
    if (!first || due < *first) first = due;
  }
  return first;
}

Duration Conversations::come(Instant now, std::int32_t number, ActiveJob& job, Duration progress) {
  Conversation& talk = at(number);
  if (level_ == TrafficLevel::matrix) return progress;
  for (bool moved = true; moved;) {
    moved = false;
    for (std::size_t i = 0; i < talk.streams.size(); ++i) moved |= step(now, number, i, job, progress);
  }
  set_waiting(now, talk, job);
  return progress;
}

// One step of one stream, if it can take one. It is over with a segment when all of it has arrived.
bool Conversations::step(Instant now, std::int32_t number, std::size_t index, ActiveJob& job, Duration& progress) {
  Conversation& talk = at(number);
  Stream& stream = talk.streams[index];
  if (stream.over) return false;
  double const alone_s = exposed_alone_s(stream);
  if (!stream.due) {
    Duration const due = talk.contained ? std::max(stream.from, stream.next - times(whole_seconds(1), alone_s)) : stream.next;
    if (progress < due) return false;
    stream.due = true;
  }
  if (stream.beside != none || stream.behind != none) return false;
  if (!stream.sent) {
    stream.sent = true;
    double const behind = (1 - stream.overlap) * share(stream);
    if (behind > 0) stream.behind = send(now, number, index, job, behind);
    if (stream.behind != none) return false;
  }
  job.waited_alone_s += alone_s;
  if (talk.contained) progress = std::max(progress, stream.next);
  if (stream.next < job.length && !stream.at_start) begin_segment(now, number, index, job, stream.next);
  else stream.over = true;
  return true;
}

void Conversations::set_waiting(Instant now, Conversation& talk, ActiveJob& job) {
  bool const waits = std::ranges::any_of(talk.streams, [](const Stream& stream) { return !stream.over && stream.due; });
  if (waits == talk.waits) return;
  if (talk.waits) job.waited_s += (now - talk.waits_since).seconds();
  talk.waits = waits;
  talk.waits_since = now;
}

double Conversations::pace(std::int32_t number) const {
  Conversation const& talk = at(number);
  return talk.waits ? 0 : talk.matrix_pace;
}

double Conversations::busy(std::int32_t number) const {
  Conversation const& talk = at(number);
  if (!talk.waits) return talk.matrix_busy;
  double busy = 0;
  for (auto const& stream : talk.streams)
    if (!stream.over && stream.due) busy = std::max(busy, stream.busy);
  return busy;
}

void Conversations::end(Instant now, std::int32_t number, ActiveJob& job) {
  Conversation& talk = at(number);
  if (level_ == TrafficLevel::matrix) put_on_links(now, talk, -1);
  for (auto& stream : talk.streams) {
    stop(now, stream.beside);
    stop(now, stream.behind);
  }
  if (talk.waits) job.waited_s += (now - talk.waits_since).seconds();
  talks_.erase(number);
}

// --- mean rates ---

// So much of each second of its time a job works, if what its streams expose takes so long for each second of work.
void Conversations::begin_matrix(Instant now, Conversation& talk, ActiveJob& job) {
  double waits_per_s = 0, busy_per_s = 0;
  for (auto& stream : talk.streams) {
    stream.from = {};
    stream.next = stream.every;
    double const segments = static_cast<double>(job.length.ns) / static_cast<double>(stream.every.ns), waits_s = exposed_alone_s(stream);
    waits_per_s += waits_s / stream.every.seconds();
    busy_per_s += waits_s / stream.every.seconds() * stream.busy;
    job.sent_bytes += stream.routed->bytes * segments;
    job.waited_alone_s += waits_s * segments;
  }
  job.waited_s = job.waited_alone_s;
  talk.matrix_pace = talk.contained ? 1 : 1 / (1 + waits_per_s);
  talk.matrix_busy = talk.contained ? std::max(0.0, 1 - waits_per_s) + busy_per_s : (1 + busy_per_s) / (1 + waits_per_s);
  put_on_links(now, talk, +1);
}

void Conversations::put_on_links(Instant now, const Conversation& talk, int sign) {
  for (auto const& stream : talk.streams)
    for (auto const& flow : stream.routed->flows) {
      meters_.change_rate(now, *stream.routed, flow, sign * flow.bytes * talk.matrix_pace / stream.every.seconds());
      sign > 0 ? static_cast<void>(power_.begin(stream.routed->route(flow))) : power_.end(now, stream.routed->route(flow));
    }
  traffic_changed_ = true;
}

// --- transfers ---

Conversations::Transfer Conversations::send(Instant now, std::int32_t number, std::size_t index, ActiveJob& job, double share) {
  Stream& stream = at(number).streams[index];
  if (share <= 0) return none;
  if (stream.generation != generation_) {
    stream.routed = routed(stream, job);
    stream.generation = generation_;
  }
  if (in_flight_.size() == held_) reading_ = meters_.interval_end(now);
  Journey journey{number, index, stream.routed, {}, now, !stream.routed->reachable};
  if (journey.held) journey.left.push_back(share);                     // so much of what its way will be
  for (auto const& flow : journey.phase->flows) journey.left.push_back(flow.bytes * share);
  job.sent_bytes += journey.phase->bytes * share;
  Transfer const transfer = free_.empty() ? transfers_++ : free_.back();
  if (!free_.empty()) free_.pop_back();
  if (journey.held) ++held_;
  else put(now, transfer, journey);
  in_flight_.emplace(transfer, std::move(journey));
  return transfer;
}

// What is left of it, on its way.
void Conversations::put(Instant now, Transfer transfer, const Journey& journey) {
  RoutedPhase const& phase = *journey.phase;
  std::vector<std::int32_t> along;
  std::vector<std::size_t> ends;
  for (auto const& flow : phase.flows) {
    links_.along(model_.graph.network, phase.route(flow), along);
    ends.push_back(along.size());
  }
  std::vector<Flow> flows;
  for (std::size_t i = 0; i < phase.flows.size(); ++i) {
    std::size_t const first = i == 0 ? 0 : ends[i - 1];
    double const wakes_s = power_.begin(phase.route(phase.flows[i])).seconds();
    flows.push_back({phase.flows[i].from, phase.flows[i].to, journey.left[i], {along.data() + first, ends[i] - first}, phase.flows[i].rate_limit_bit_per_s, phase.more_latency_s + wakes_s});
    if (!power_.follows_traffic()) continue;
    double latency_s = flows.back().more_latency_s;
    for (std::int32_t link : flows.back().route) latency_s += links_.links[static_cast<std::size_t>(link)].latency_s;
    latency_ends_.insert(now + round_to_duration(latency_s).value() + Duration{1});      // surely after it
  }
  executor_.send(transfer, flows);
  traffic_changed_ = true;
}

void Conversations::leave_links(Instant now, const Journey& journey) {
  if (journey.held) return;
  for (auto const& flow : journey.phase->flows) power_.end(now, journey.phase->route(flow));
  traffic_changed_ = true;
}

std::vector<std::pair<NodeId, Power>> Conversations::power_changes(Instant now) {
  power_.step(now);
  while (!latency_ends_.empty() && *latency_ends_.begin() <= now) {
    latency_ends_.erase(latency_ends_.begin());
    traffic_changed_ = true;
  }
  // flows that have ended within a transfer change rates, too, and nobody else tells of them
  if (power_.follows_traffic() && (std::exchange(traffic_changed_, false) || !in_flight_.empty())) {
    auto const channels = power_.metered_channels();
    if (level_ == TrafficLevel::matrix) {
      for (std::size_t i = 0; i < channels.size(); ++i) channel_rates_[i] = meters_.rate_bit_per_s(channels[i]);
    } else {
      rates_.clear();
      executor_.rates(metered_links_, rates_);
      for (std::size_t i = 0; i < rates_.size(); ++i) channel_rates_[metered_at_[i]] = rates_[i];
    }
    power_.set_traffic(channel_rates_);
  }
  return power_.take_changes();
}

std::vector<std::int32_t> Conversations::take_arrivals(Instant now) {
  std::vector<std::int32_t> jobs;
  if (steps_taken_ == executor_.steps()) return jobs;
  steps_taken_ = executor_.steps();
  for (Transfer transfer : executor_.arrived()) {
    auto const place = in_flight_.find(transfer);
    Journey& journey = place->second;
    read(now, transfer, journey, true);
    Stream& stream = at(journey.job).streams[journey.stream];
    (stream.beside == transfer ? stream.beside : stream.behind) = none;
    leave_links(now, journey);
    jobs.push_back(journey.job);
    in_flight_.erase(place);
    free_.push_back(transfer);
  }
  std::ranges::sort(jobs);
  jobs.erase(std::ranges::unique(jobs).begin(), jobs.end());
  return jobs;
}

void Conversations::read(Instant now) {
  for (auto& [transfer, journey] : in_flight_) read(now, transfer, journey, false);
  reading_ = meters_.interval_end(now);
}

void Conversations::read(Instant now, Transfer transfer, Journey& journey, bool arrived) {
  if (journey.held) return;
  left_.clear();
  if (arrived) left_.resize(journey.left.size());
  else executor_.left(transfer, left_);
  for (std::size_t i = 0; i < journey.left.size(); ++i) {
    meters_.add(journey.read, now, *journey.phase, journey.phase->flows[i], journey.left[i] - left_[i]);
    journey.left[i] = std::min(journey.left[i], left_[i]);
  }
  journey.read = now;
}

void Conversations::stop(Instant now, Transfer& transfer) {
  if (transfer == none) return;
  auto const place = in_flight_.find(transfer);
  read(now, transfer, place->second, false);
  if (!place->second.held)
    for (double bytes : place->second.left) jobs_[place->second.job].sent_bytes -= bytes;
  if (place->second.held) --held_;
  else executor_.stop(transfer);
  leave_links(now, place->second);
  in_flight_.erase(place);
  free_.push_back(std::exchange(transfer, none));
}

// --- the network changes ---

bool Conversations::lives(const RoutedPhase& phase) const {
  NetworkGraph const& network = model_.graph.network;
  return std::ranges::all_of(phase.channels, [&](Channel channel) { return routes_.is_alive(link_of(channel)) && routes_.is_alive(network.source(channel)) && routes_.is_alive(network.target(channel)); });
}

void Conversations::reroute(Instant now) {
  ++generation_;
  for (auto& [transfer, journey] : in_flight_)
    if (journey.held || !lives(*journey.phase)) reroute(now, transfer, journey);
  if (level_ != TrafficLevel::matrix) return;
  for (auto& [number, talk] : talks_) {
    put_on_links(now, talk, -1);
    for (auto& stream : talk.streams) stream.routed = routed(stream, jobs_[number]);
    put_on_links(now, talk, +1);
  }
}

// What is left of each flow goes on another way; where flows were merged and are others now, the same share of each.
void Conversations::reroute(Instant now, Transfer transfer, Journey& journey) {
  double share = journey.held ? journey.left.front() : 0, left = 0, all = 0;
  if (!journey.held) {
    read(now, transfer, journey, false);
    executor_.stop(transfer);
    leave_links(now, journey);
    for (double bytes : journey.left) left += bytes;
    for (auto const& flow : journey.phase->flows) all += flow.bytes;
    share = left / all;
  }
  auto const before = journey.phase;
  journey.phase = routed(at(journey.job).streams[journey.stream], jobs_[journey.job]);
  journey.read = now;
  if (in_flight_.size() == held_) reading_ = meters_.interval_end(now);
  bool const was_held = std::exchange(journey.held, !journey.phase->reachable);
  held_ += (journey.held ? 1U : 0U) - (was_held ? 1U : 0U);
  bool const same_flows = !was_held && !journey.held && model_.scenario.network.detail == NetworkDetail::server && before->flows.size() == journey.phase->flows.size();
  if (!same_flows) {
    journey.left.clear();
    if (journey.held) journey.left.push_back(share);
    for (auto const& flow : journey.phase->flows) journey.left.push_back(flow.bytes * share);
  }
  if (was_held) jobs_[journey.job].sent_bytes += journey.phase->bytes * share;
  if (!journey.held) put(now, transfer, journey);
}

void Conversations::finish(Instant now) {
  if (level_ == TrafficLevel::none || model_.graph.network.empty()) return;
  read(now);
  meters_.finish(now);
}

}  // namespace headroom

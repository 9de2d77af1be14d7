#include "sim/simgrid/simgrid_executor.h"

#include <fmt/format.h>
#include <simgrid/kernel/Timer.hpp>
#include <simgrid/s4u.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <memory>
#include <optional>
#include <utility>

#include "base/errors.h"
#include "sim/simgrid/flows.h"
#include "sim/simgrid/platform.h"

namespace headroom {
namespace {

namespace sg = simgrid::s4u;
using simgrid::kernel::timer::Timer;

// What SimGrid dates within this of an instant belongs to it.
double tolerance_s(double date_s) { return std::max(1e-9, 4 * (std::nextafter(date_s, std::numeric_limits<double>::infinity()) - date_s)); }

// The loop runs in one actor; each execution is waited for by an actor of the pool, which parks itself again.
class SimgridExecutor : public Executor {
 public:
  explicit SimgridExecutor(const Platform& platform) : platform_(platform), loop_(sg::Actor::self()) {}

  ~SimgridExecutor() override {
    for (auto const& worker : pool_) worker->actor->kill();
  }

  void start(Activity activity, Duration duration, const Allocation& where) override {
    auto& work = slot(activity);
    expects(work.pieces_left == 0, "an activity's number is free when it starts");
    work.end = now_ + duration;
    work.dated = true;
    work.pieces_left = static_cast<int>(where.size());
    ++running_;
    // to the date the calendar knows, from where SimGrid's clock stands: no drift adds up
    double const left_s = std::max(0.0, work.end.seconds() - sg::Engine::get_clock());
    for (auto const& piece : where) {
      Worker& worker = idle_worker();
      worker.activity = activity;
      worker.host = platform_.hosts[static_cast<std::size_t>(piece.server)];
      worker.flops = left_s * host_flops_per_s;
      worker.bound_flops = host_flops_per_s;
      worker.next = true;
      work.workers.push_back(&worker);
      worker.actor->resume();
    }
  }

  // What is left goes on at another rate. 3.32 cannot change the bound of a running execution: a new one takes over.
  void change_rate(Activity activity, double rate) override {
    expects(rate >= 0, "a rate is not negative");
    auto& work = slot(activity);
    work.dated = false;
    for (Worker* worker : work.workers) {
      if (worker->exec != nullptr) worker->flops = worker->exec->get_remaining();
      worker->bound_flops = rate * host_flops_per_s;
      worker->next = rate > 0;
      if (worker->exec != nullptr) worker->exec->cancel();
      else if (worker->next) worker->actor->resume();
    }
  }

  void cancel(Activity activity) override {
    auto& work = slot(activity);
    for (Worker* worker : work.workers) {
      worker->activity = -1;
      if (worker->exec != nullptr) worker->exec->cancel();
      else idle_.push_back(worker);
    }
    work = {};
    --running_;
  }

  void send(Transfer transfer, std::span<const Flow> flows) override {
    if (!flows_) flows_.emplace(platform_, loop_.get());
    flows_->send(transfer, flows);
  }
  void stop(Transfer transfer) override { flows_->stop(transfer); }
  void left(Transfer transfer, std::vector<double>& bytes) override { flows_->left(transfer, bytes); }
  void rates(std::span<const std::int32_t> links, std::vector<double>& bit_per_s) override {
    if (flows_) flows_->rates(links, bit_per_s);
    else bit_per_s.resize(bit_per_s.size() + links.size());
  }
  void watch_flows() override {
    if (!flows_) flows_.emplace(platform_, loop_.get());
    flows_->watch();
  }
  std::span<const Transfer> arrived() const override { return arrived_; }

  Instant advance_to(Instant deadline) override {
    ++steps_;
    ended_.clear();
    double const deadline_s = deadline.seconds();
    wait_until(deadline_s);
    while (ended_.empty() ? !has_arrivals() && still_due(deadline) : still_due(deadline) && near(deadline)) park();   // late by a rounding
    if (flows_) gather_arrivals(deadline_s);
    bool const reached = sg::Engine::get_clock() >= deadline_s || near(deadline);
    now_ = reached ? deadline : std::max(now_, Instant{static_cast<std::int64_t>(std::llround(sg::Engine::get_clock() * 1e9))});
    std::sort(ended_.begin(), ended_.end());
    return now_;
  }

  std::span<const Activity> ended() const override { return ended_; }
  std::int64_t steps() const override { return steps_; }

 private:
  struct Worker {
    sg::ActorPtr actor;
    sg::Host* host = nullptr;
    double flops = 0, bound_flops = 0;
    bool next = false;              // is an execution to be started?
    sg::ExecPtr exec;               // the running one
    Activity activity = -1;
  };
  struct Work {
    Instant end;
    bool dated = false;             // is `end` known?
    int pieces_left = 0;
    std::vector<Worker*> workers;
  };

  Work& slot(Activity activity) {
    if (static_cast<std::size_t>(activity) >= work_.size()) work_.resize(static_cast<std::size_t>(activity) + 1);
    return work_[static_cast<std::size_t>(activity)];
  }

  bool near(Instant instant) const { return std::abs(sg::Engine::get_clock() - instant.seconds()) <= tolerance_s(instant.seconds()); }

  // Is something that the calendar dates at or before the deadline still to be reported?
  bool still_due(Instant deadline) const {
    if (running_ == 0) return false;
    return std::any_of(work_.begin(), work_.end(), [&](const Work& work) { return work.pieces_left > 0 && work.dated && work.end <= deadline; });
  }

  bool has_arrivals() const { return flows_ && flows_->has_arrivals(); }

  // Until the date, or until something ends or arrives before it.
  void wait_until(double date_s) {
    while (sg::Engine::get_clock() < date_s && ended_.empty() && !has_arrivals()) {
      if (date_s - sg::Engine::get_clock() < 1e-9) return;      // SimGrid cannot tell the two apart
      park_until(date_s);
    }
  }

  // What arrives within the tolerance of where the clock stopped belongs to that instant: SimGrid goes on to it.
  void gather_arrivals(double deadline_s) {
    double const clock_s = sg::Engine::get_clock();
    double const instant_s = std::abs(clock_s - deadline_s) <= tolerance_s(deadline_s) ? deadline_s : clock_s;
    double const last_s = instant_s + tolerance_s(instant_s);
    while (flows_->next_s() <= last_s) park_until(std::max(flows_->next_s(), sg::Engine::get_clock()));
    flows_->take_arrivals(arrived_);
  }

  // Until the date, or until somebody resumes the loop before it.
  void park_until(double date_s) {
    sg::Actor* const loop = loop_.get();
    Timer* timer = Timer::set(date_s, [this, loop] {
      timer_fired_ = true;
      loop->resume();
    });
    timer_fired_ = false;
    park();
    if (!timer_fired_) timer->remove();
  }

  void park() {
    sg::this_actor::suspend();
    if (running_ > 0) sg::this_actor::yield();        // others that end at this very date report first
  }

  Worker& idle_worker() {
    if (idle_.empty()) {
      auto worker = std::make_unique<Worker>();
      Worker* const self = worker.get();
      worker->actor = sg::Actor::create(fmt::format("worker-{}", pool_.size()), platform_.hosts.front(), [this, self] { work_forever(*self); });
      worker->actor->daemonize();
      pool_.push_back(std::move(worker));
      sg::this_actor::yield();      // let it park
      return *self;
    }
    Worker& worker = *idle_.back();
    idle_.pop_back();
    return worker;
  }

  void work_forever(Worker& self) {
    while (true) {
      if (!self.next) sg::this_actor::suspend();
      if (!self.next) continue;
      self.next = false;
      bool const ended = execute(self);
      if (self.activity >= 0 && !ended) continue;        // at another rate, or held
      if (ended && self.activity >= 0) report(self);
      self.activity = -1;
      idle_.push_back(&self);
    }
  }

  // True when it came to its end, false when it was cancelled. Made here and not by the loop: SimGrid suspends an actor's
  // executions with it. One core of the piece stands for all, which march in step.
  static bool execute(Worker& self) {
    self.exec = sg::Exec::init();
    self.exec->set_flops_amount(self.flops);
    self.exec->set_host(self.host);
    if (self.bound_flops < host_flops_per_s) self.exec->set_bound(self.bound_flops);
    bool ended = true;
    try {
      self.exec->start();
      self.exec->wait();
    } catch (const simgrid::CancelException&) {
      ended = false;
    }
    self.exec = nullptr;
    return ended;
  }

  void report(const Worker& self) {
    Work& work = work_[static_cast<std::size_t>(self.activity)];
    if (--work.pieces_left > 0) return;
    if (work.dated && std::abs(sg::Engine::get_clock() - work.end.seconds()) > tolerance_s(work.end.seconds()))
      throw ContractError(fmt::format("SimGrid dates an end at {:.9f} s, the calendar at {:.9f} s", sg::Engine::get_clock(), work.end.seconds()));
    work = {};
    --running_;
    ended_.push_back(self.activity);
    loop_->resume();
  }

  const Platform& platform_;
  sg::ActorPtr loop_;
  Instant now_;
  std::vector<Work> work_;
  std::vector<std::unique_ptr<Worker>> pool_;
  std::vector<Worker*> idle_;
  std::vector<Activity> ended_;
  std::optional<SimgridFlows> flows_;      // once something is sent
  std::vector<Transfer> arrived_;
  int running_ = 0;
  bool timer_fired_ = false;
  std::int64_t steps_ = 0;
};

}  // namespace

void run_on_simgrid(const std::vector<SimgridHost>& hosts, const SimgridNetwork& network, const std::function<void(Executor&)>& simulation) {
  run_on_platform(hosts, network, [&](const Platform& platform) {
    SimgridExecutor executor(platform);
    simulation(executor);
  });
}

}  // namespace headroom

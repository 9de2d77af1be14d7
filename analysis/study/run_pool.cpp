#include "analysis/study/run_pool.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <map>

#include "base/errors.h"

namespace headroom {
namespace {

constexpr std::size_t most_at_once = 1024;

// What a signal handler may look at.
std::array<volatile pid_t, most_at_once> running{};
volatile std::sig_atomic_t was_interrupted = 0;

using Handler = void (*)(int);
Handler interrupt_before = SIG_DFL, terminate_before = SIG_DFL;
int interruptible = 0;                 // how many live

void pass_on(int signal) {
  was_interrupted = 1;
  for (auto const& child : running)
    if (child > 0) kill(child, signal);
}

// Held back while there is a child that `running` does not know of yet.
class SignalsHeldBack {
 public:
  SignalsHeldBack() {
    sigset_t both;
    sigemptyset(&both);
    sigaddset(&both, SIGINT);
    sigaddset(&both, SIGTERM);
    sigprocmask(SIG_BLOCK, &both, &before_);
  }
  ~SignalsHeldBack() { let_go(); }
  void let_go() const { sigprocmask(SIG_SETMASK, &before_, nullptr); }
  SignalsHeldBack(const SignalsHeldBack&) = delete;
  SignalsHeldBack& operator=(const SignalsHeldBack&) = delete;

 private:
  sigset_t before_;
};

[[noreturn]] void become(const Process& process, char* const* argv) {
  if (!process.messages.empty()) {
    int const file = open(process.messages.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0644);
    if (file >= 0) dup2(file, STDERR_FILENO);
  }
  execv(argv[0], argv);
  fmt::print(stderr, "cannot start {}: {}\n", argv[0], std::strerror(errno));
  _exit(71);
}

pid_t start(const Process& process, std::size_t place) {
  std::vector<char*> argv;
  for (auto const& word : process.command) argv.push_back(const_cast<char*>(word.c_str()));
  argv.push_back(nullptr);
  SignalsHeldBack const held;
  if (was_interrupted != 0) return 0;
  pid_t const child = fork();
  if (child < 0) throw OutputError(fmt::format("cannot start {}: {}", process.command.front(), std::strerror(errno)), 71);
  if (child == 0) {
    std::signal(SIGINT, SIG_DFL);
    std::signal(SIGTERM, SIG_DFL);
    held.let_go();
    become(process, argv.data());
  }
  running[place] = child;
  return child;
}

Ended ended(int status) { return WIFSIGNALED(status) ? Ended{0, WTERMSIG(status)} : Ended{WEXITSTATUS(status), 0}; }

class Pool {
 public:
  Pool() = default;
  // Only where something was thrown are there any left.
  ~Pool() {
    for (auto const& [child, which] : started_) kill(child, SIGTERM);
    while (!started_.empty()) wait_for_one();
  }
  Pool(const Pool&) = delete;
  Pool& operator=(const Pool&) = delete;

  std::size_t size() const { return started_.size(); }

  // False: interrupted, not started.
  bool add(const Process& process, std::size_t which) {
    std::size_t place = 0;
    while (running[place] != 0) ++place;
    pid_t const child = start(process, place);
    if (child != 0) started_[child] = {which, place};
    return child != 0;
  }

  struct One {
    std::size_t which = 0;
    Ended how;
  };
  One wait_for_one() {
    while (true) {
      int status = 0;
      pid_t const child = waitpid(-1, &status, 0);
      auto const found = started_.find(child);
      if (found == started_.end()) continue;      // a signal came
      auto const [which, place] = found->second;
      running[place] = 0;
      started_.erase(found);
      return {which, ended(status)};
    }
  }

 private:
  struct Started {
    std::size_t which, place;
  };
  std::map<pid_t, Started> started_;
};

}  // namespace

Interruptible::Interruptible() {
  if (interruptible++ > 0) return;
  was_interrupted = 0;
  interrupt_before = std::signal(SIGINT, pass_on);
  terminate_before = std::signal(SIGTERM, pass_on);
}

Interruptible::~Interruptible() {
  if (--interruptible > 0) return;
  std::signal(SIGINT, interrupt_before);
  std::signal(SIGTERM, terminate_before);
}

bool run_side_by_side(const std::vector<Process>& processes, int at_once, const std::function<void(std::size_t, Ended)>& on_end) {
  Interruptible const interrupts;
  auto const limit = std::clamp(static_cast<std::size_t>(std::max(1, at_once)), std::size_t{1}, most_at_once);
  std::size_t next = 0;
  Pool pool;
  auto const fill = [&] {
    while (next < processes.size() && pool.size() < limit && pool.add(processes[next], next)) ++next;
  };
  for (fill(); pool.size() > 0;) {
    auto const [which, how] = pool.wait_for_one();
    fill();                            // so that the others go on while we look at this one
    on_end(which, how);
  }
  return next == processes.size() && was_interrupted == 0;
}

}  // namespace headroom

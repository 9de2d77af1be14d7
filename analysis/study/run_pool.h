// Programs of ours side by side: started, waited for, and interrupted with us.
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace headroom {

struct Process {
  std::vector<std::string> command;
  std::filesystem::path messages;      // takes what it writes to stderr; ours by default
};

struct Ended {
  int code = 0;                        // what it ended with, or
  int signal = 0;                      // the signal that ended it
};

// While one lives, SIGINT and SIGTERM end what runs side by side instead of us, and are remembered. For whoever runs several
// batches and has something to finish between them.
class Interruptible {
 public:
  Interruptible();
  ~Interruptible();
  Interruptible(const Interruptible&) = delete;
  Interruptible& operator=(const Interruptible&) = delete;
};

// Every process is started, at most so many at once; `on_end` is told of each as it ends, while the others go on. What
// interrupts us (SIGINT, SIGTERM) interrupts all that run, and none is started after it: false then. Throws OutputError (71)
// where none can be started.
bool run_side_by_side(const std::vector<Process>& processes, int at_once, const std::function<void(std::size_t, Ended)>& on_end);

}  // namespace headroom

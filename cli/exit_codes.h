// How the programs end (sysexits.h where it has a word for it).
#pragma once

#include <fmt/format.h>

#include <cstdio>
#include <functional>

#include "base/errors.h"

namespace headroom {

enum ExitCode { done = 0, check_failed = 1, usage = 64, bad_data = 65, input_missing = 66, our_bug = 70, interrupted = 130 };

// Runs the program's work and turns what it throws into a message on stderr and an exit code.
inline int with_exit_code(const std::function<int()>& work) {
  try {
    return work();
  } catch (const InputError& e) {
    fmt::print(stderr, "{}\n", e.what());
    return static_cast<int>(e.fault());
  } catch (const OutputError& e) {
    fmt::print(stderr, "error: {}\n", e.what());
    return e.exit_code();
  } catch (const std::exception& e) {
    fmt::print(stderr, "internal error: {}\nThis is a bug of headroom; please report it with the command and its input.\n", e.what());
    return our_bug;
  }
}

}  // namespace headroom

// The two kinds of error there are: the user's (InputError, always with its place) and ours (ContractError).
#pragma once

#include <stdexcept>
#include <string>
#include <vector>

namespace headroom {

// Where something was read. Lines and columns start at 1; 0 means "the whole file".
struct Location {
  std::string file;
  int line = 0;
  int column = 0;
};

std::string to_text(const Location& where);

struct Problem {
  Location where;
  std::string what;    // what was found and what would do, one sentence
};

// "file:line:column: error: what"
std::string to_text(const Problem& problem);

// What kind of exit the mistake deserves (sysexits): bad data or a missing input.
enum class InputFault { bad_data = 65, missing = 66 };

// One or more mistakes in what the user gave. what() is the full text, a line each, sorted by position, none twice.
class InputError : public std::runtime_error {
 public:
  InputError(Location where, std::string what, InputFault fault = InputFault::bad_data);
  explicit InputError(std::vector<Problem> problems, InputFault fault = InputFault::bad_data);
  const std::vector<Problem>& problems() const { return problems_; }
  InputFault fault() const { return fault_; }

 private:
  std::vector<Problem> problems_;
  InputFault fault_;
};

// The output could not be written (exit code 73: cannot create, 74: input/output error).
class OutputError : public std::runtime_error {
 public:
  OutputError(const std::string& what, int exit_code) : std::runtime_error(what), exit_code_(exit_code) {}
  int exit_code() const { return exit_code_; }

 private:
  int exit_code_;
};

// A broken promise of our own code; on in release builds. The program ends with exit code 70.
class ContractError : public std::logic_error {
  using std::logic_error::logic_error;
};

void expects(bool condition, const char* sentence, const char* file = __builtin_FILE(), int line = __builtin_LINE());

// ", did you mean 'name'?" or "" when nothing is near.
std::string nearest_hint(const std::string& found, const std::vector<std::string>& known);

}  // namespace headroom

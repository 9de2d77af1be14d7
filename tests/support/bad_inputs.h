// What the tests of tests/bad_inputs share: a broken file is read from the project's folder, so that its message names
// it as the expected one does.
#pragma once

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

#include "base/errors.h"

namespace headroom {

// The current folder is this one until the test ends.
class WorkingFolder {
 public:
  explicit WorkingFolder(const std::filesystem::path& folder) : before_(std::filesystem::current_path()) { std::filesystem::current_path(folder); }
  ~WorkingFolder() { std::filesystem::current_path(before_); }
  WorkingFolder(const WorkingFolder&) = delete;
  WorkingFolder& operator=(const WorkingFolder&) = delete;

 private:
  std::filesystem::path before_;
};

inline std::string content_of(const std::filesystem::path& file) {
  std::ostringstream text;
  text << std::ifstream(file, std::ios::binary).rdbuf();
  return text.str();
}

// The whole message with which the reading fails, as a file holds it.
template <class Read>
std::string message_of(Read read) {
  try {
    read();
  } catch (const InputError& e) {
    return std::string(e.what()) + "\n";
  }
  return "no error\n";
}

}  // namespace headroom

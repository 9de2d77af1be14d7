// Files and folders that are gone when the test is. The system picks the names: tests run side by side, and two that
// chose a name themselves took each other's files away.
#pragma once

#include <stdlib.h>

#include <filesystem>
#include <fstream>
#include <string>

namespace headroom {

inline void write_text(const std::filesystem::path& file, const std::string& text) { std::ofstream(file, std::ios::binary) << text; }

class TemporaryFolder {
 public:
  TemporaryFolder() {
    std::string pattern = (std::filesystem::temp_directory_path() / "headroom-test-XXXXXX").string();
    path_ = mkdtemp(pattern.data());
  }
  ~TemporaryFolder() {
    std::error_code code;
    std::filesystem::remove_all(path_, code);
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  const std::filesystem::path& path() const { return path_; }
  void write(const std::string& name, const std::string& text) const { write_text(path_ / name, text); }

 private:
  std::filesystem::path path_;
};

// One file whose name ends as said, in a folder of its own.
class TemporaryFile {
 public:
  TemporaryFile(const std::string& ending, const std::string& text) : path_(folder_.path() / ("file" + ending)) { write_text(path_, text); }
  const std::filesystem::path& path() const { return path_; }

 private:
  TemporaryFolder folder_;
  std::filesystem::path path_;
};

}  // namespace headroom

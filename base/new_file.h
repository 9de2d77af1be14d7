// A file that is there whole or not at all: written under another name, renamed when it is finished.
#pragma once

#include <cstdio>
#include <filesystem>
#include <string>
#include <string_view>

namespace headroom {

class NewFile {
 public:
  explicit NewFile(const std::filesystem::path& file);     // throws OutputError, as all of these
  ~NewFile();                                              // what is not finished is removed
  NewFile(const NewFile&) = delete;
  NewFile& operator=(const NewFile&) = delete;

  void write(std::string_view bytes);
  void finish();

 private:
  [[noreturn]] void fail(const char* what, int exit_code);
  std::filesystem::path file_, unfinished_;
  std::FILE* stream_ = nullptr;
};

}  // namespace headroom

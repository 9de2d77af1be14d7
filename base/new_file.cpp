#include "base/new_file.h"

#include <fmt/format.h>

#include <cerrno>
#include <cstring>

#include "base/errors.h"

namespace headroom {

NewFile::NewFile(const std::filesystem::path& file) : file_(file), unfinished_(file.string() + ".unfinished") {
  stream_ = std::fopen(unfinished_.c_str(), "wb");
  if (stream_ == nullptr) fail("cannot be written", 73);
}

NewFile::~NewFile() {
  if (stream_ == nullptr) return;
  std::fclose(stream_);
  std::error_code code;
  std::filesystem::remove(unfinished_, code);
}

void NewFile::write(std::string_view bytes) {
  if (std::fwrite(bytes.data(), 1, bytes.size(), stream_) != bytes.size()) fail("cannot be written", 74);
}

void NewFile::finish() {
  if (std::fflush(stream_) != 0) fail("cannot be written", 74);
  std::FILE* const stream = stream_;
  stream_ = nullptr;
  bool const closed = std::fclose(stream) == 0;
  if (closed && std::rename(unfinished_.c_str(), file_.c_str()) == 0) return;
  int const reason = errno;
  std::error_code code;
  std::filesystem::remove(unfinished_, code);
  errno = reason;
  fail("cannot be written", 74);
}

void NewFile::fail(const char* what, int exit_code) {
  throw OutputError(fmt::format("{}: {}: {}", file_.string(), what, std::strerror(errno)), exit_code);
}

}  // namespace headroom

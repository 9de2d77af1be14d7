// Reading files as they come: plain, gzip or zstd by content, a line at a time, never more than a buffer in memory.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

namespace headroom {

constexpr std::size_t line_length_limit = 1u << 20;

// The whole of a small plain file. Throws InputError: 66 if it is not there or not a file, 65 above the limit.
std::string read_text(const std::filesystem::path& file, std::size_t limit_bytes);

// The whole of a plain, gzip or zstd file, unpacked. Throws InputError as read_text, and where it is truncated or damaged.
std::string read_unpacked(const std::filesystem::path& file, std::size_t limit_bytes);
// The same of its first bytes, `most` of them at most.
std::string first_bytes(const std::filesystem::path& file, std::size_t most);

// The lines of a plain, gzip or zstd file, without their ends (\n or \r\n). The SHA-256 is of the unpacked bytes.
class LineReader {
 public:
  explicit LineReader(const std::filesystem::path& file);    // throws InputError, 66 if it is not there
  ~LineReader();
  LineReader(LineReader&&) noexcept;

  // False at the end. Throws InputError: truncated or damaged gzip or zstd, a line above line_length_limit.
  bool next(std::string_view& line);
  int line_number() const;              // of the line last given, from 1
  const std::string& name() const;      // the path as given
  double share_read() const;            // of the file as it is stored, 0..1
  std::string sha256();                 // hex; reads on to the end

 private:
  struct State;
  std::unique_ptr<State> state_;
};

std::string sha256_of(std::string_view bytes);

}  // namespace headroom

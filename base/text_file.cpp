#include "base/text_file.h"

#include <fmt/format.h>
#include <nettle/sha2.h>
#include <zlib.h>

#include <algorithm>
#include <cstring>
#include <fstream>
#include <sstream>

#include "base/errors.h"

namespace headroom {
namespace {

void require_file(const std::filesystem::path& file) {
  std::error_code code;
  auto const status = std::filesystem::status(file, code);
  if (!std::filesystem::exists(status)) throw InputError({file.string(), 0, 0}, "there is no such file", InputFault::missing);
  if (std::filesystem::is_directory(status)) throw InputError({file.string(), 0, 0}, "this is a folder, not a file", InputFault::missing);
}

std::string hex(const sha256_ctx& hash) {
  sha256_ctx copy = hash;
  std::uint8_t digest[SHA256_DIGEST_SIZE];
  sha256_digest(&copy, sizeof digest, digest);
  std::string out;
  for (std::uint8_t byte : digest) out += fmt::format("{:02x}", byte);
  return out;
}

void feed(sha256_ctx& hash, const char* bytes, std::size_t size) {
  sha256_update(&hash, size, reinterpret_cast<const std::uint8_t*>(bytes));
}

}  // namespace

std::string read_text(const std::filesystem::path& file, std::size_t limit_bytes) {
  require_file(file);
  std::ifstream in(file, std::ios::binary);
  if (!in) throw InputError({file.string(), 0, 0}, "the file cannot be opened for reading", InputFault::missing);
  std::string text, piece(1u << 16, '\0');
  while (in && text.size() <= limit_bytes) {
    in.read(piece.data(), static_cast<std::streamsize>(piece.size()));
    text.append(piece, 0, static_cast<std::size_t>(in.gcount()));
  }
  if (text.size() > limit_bytes) throw InputError({file.string(), 0, 0}, fmt::format("the file has more than {} bytes", limit_bytes));
  return text;
}

std::string sha256_of(std::string_view bytes) {
  sha256_ctx hash;
  sha256_init(&hash);
  feed(hash, bytes.data(), bytes.size());
  return hex(hash);
}

struct LineReader::State {
  std::string name;
  gzFile file = nullptr;
  double size_bytes = 0;   // as stored
  sha256_ctx hash{};
  std::string buffer = std::string(1u << 16, '\0');
  std::size_t begin = 0, end = 0;
  bool at_end = false;
  std::string carried;     // a line that spans buffers
  int line = 0;

  ~State() {
    if (file != nullptr) gzclose_r(file);
  }

  void refill() {
    int const got = gzread(file, buffer.data(), static_cast<unsigned>(buffer.size()));
    int code = Z_OK;
    const char* message = gzerror(file, &code);
    bool const truncated = code == Z_BUF_ERROR;
    if (got < 0 || truncated)
      throw InputError({name, line + 1, 0}, truncated ? "the gzip file is cut short: its end is missing" : fmt::format("the gzip file is damaged: {}", message));
    begin = 0;
    end = static_cast<std::size_t>(got);
    at_end = got == 0;
    feed(hash, buffer.data(), end);
  }

  void carry(const char* from, const char* to) {
    if (carried.size() + static_cast<std::size_t>(to - from) > line_length_limit)
      throw InputError({name, line + 1, 0}, fmt::format("the line is longer than {} bytes; this is not a table of text", line_length_limit));
    carried.append(from, to);
  }
};

LineReader::LineReader(const std::filesystem::path& file) : state_(std::make_unique<State>()) {
  require_file(file);
  state_->name = file.string();
  state_->file = gzopen(file.c_str(), "rb");
  if (state_->file == nullptr) throw InputError({state_->name, 0, 0}, "the file cannot be opened for reading", InputFault::missing);
  std::error_code code;
  auto const size = std::filesystem::file_size(file, code);
  if (!code) state_->size_bytes = static_cast<double>(size);
  gzbuffer(state_->file, 1u << 16);
  sha256_init(&state_->hash);
}

LineReader::~LineReader() = default;
LineReader::LineReader(LineReader&&) noexcept = default;

bool LineReader::next(std::string_view& line) {
  State& s = *state_;
  s.carried.clear();
  while (true) {
    if (s.begin == s.end) {
      if (!s.at_end) s.refill();
      if (s.at_end) {
        if (s.carried.empty()) return false;
        line = s.carried;
        break;
      }
    }
    const char* const from = s.buffer.data() + s.begin;
    auto const* newline = static_cast<const char*>(std::memchr(from, '\n', s.end - s.begin));
    if (newline == nullptr) {
      s.carry(from, s.buffer.data() + s.end);
      s.begin = s.end;
      continue;
    }
    s.begin += static_cast<std::size_t>(newline - from) + 1;
    if (s.carried.empty()) {
      line = {from, static_cast<std::size_t>(newline - from)};
    } else {
      s.carry(from, newline);
      line = s.carried;
    }
    break;
  }
  if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
  ++s.line;
  return true;
}

int LineReader::line_number() const { return state_->line; }
const std::string& LineReader::name() const { return state_->name; }

double LineReader::share_read() const {
  return state_->size_bytes > 0 ? std::min(1.0, static_cast<double>(gzoffset(state_->file)) / state_->size_bytes) : 1.0;
}

std::string LineReader::sha256() {
  while (!state_->at_end) state_->refill();
  return hex(state_->hash);
}

}  // namespace headroom

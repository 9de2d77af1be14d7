#include "base/text_file.h"

#include <fmt/format.h>
#include <nettle/sha2.h>
#include <zlib.h>
#include <zstd.h>

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

// The bytes of a file as they are before packing. zlib passes plain files through.
class Packing {
 public:
  virtual ~Packing() = default;
  // Fills the buffer as far as it goes; 0 at the end. Throws a sentence that says what is wrong.
  virtual std::size_t read(std::string& buffer) = 0;
  virtual double bytes_taken() const = 0;      // of the file as it is stored
};

struct Damage {
  std::string what;
};

class PlainOrGzip final : public Packing {
 public:
  explicit PlainOrGzip(const std::filesystem::path& file) : file_(gzopen(file.c_str(), "rb")) {
    if (file_ == nullptr) throw InputError({file.string(), 0, 0}, "the file cannot be opened for reading", InputFault::missing);
    gzbuffer(file_, 1u << 16);
  }
  ~PlainOrGzip() override { gzclose_r(file_); }

  std::size_t read(std::string& buffer) override {
    int const got = gzread(file_, buffer.data(), static_cast<unsigned>(buffer.size()));
    int code = Z_OK;
    const char* message = gzerror(file_, &code);
    if (code == Z_BUF_ERROR) throw Damage{"the gzip file is cut short: its end is missing"};
    if (got < 0) throw Damage{fmt::format("the gzip file is damaged: {}", message)};
    return static_cast<std::size_t>(got);
  }

  double bytes_taken() const override { return static_cast<double>(gzoffset(file_)); }

 private:
  gzFile file_;
};

class Zstd final : public Packing {
 public:
  explicit Zstd(const std::filesystem::path& file) : in_(file, std::ios::binary), stream_(ZSTD_createDStream()) {}
  ~Zstd() override { ZSTD_freeDStream(stream_); }

  std::size_t read(std::string& buffer) override {
    ZSTD_outBuffer out{buffer.data(), buffer.size(), 0};
    while (out.pos == 0) {
      if (input_.pos == input_.size && !refill() && at_frame_end_) break;
      bool const starved = input_.size == 0;       // the file's end; what the decoder still holds may follow
      std::size_t const left = ZSTD_decompressStream(stream_, &out, &input_);
      if (ZSTD_isError(left)) throw Damage{fmt::format("the zstd file is damaged: {}", ZSTD_getErrorName(left))};
      at_frame_end_ = left == 0;
      if (starved && out.pos == 0 && !at_frame_end_) throw Damage{"the zstd file is cut short: its end is missing"};
    }
    return out.pos;
  }

  double bytes_taken() const override { return taken_; }

 private:
  bool refill() {
    in_.read(stored_.data(), static_cast<std::streamsize>(stored_.size()));
    input_ = {stored_.data(), static_cast<std::size_t>(in_.gcount()), 0};
    taken_ += static_cast<double>(input_.size);
    return input_.size > 0;
  }

  std::ifstream in_;
  ZSTD_DStream* stream_;
  std::string stored_ = std::string(1u << 16, '\0');
  ZSTD_inBuffer input_{nullptr, 0, 0};
  bool at_frame_end_ = true;      // frames may follow one another
  double taken_ = 0;
};

// A pipe is not asked: what is read of it once is gone.
bool begins_as_zstd(const std::filesystem::path& file) {
  if (!std::filesystem::is_regular_file(file)) return false;
  constexpr char magic[] = {'\x28', '\xb5', '\x2f', '\xfd'};
  char begin[sizeof magic] = {};
  std::ifstream(file, std::ios::binary).read(begin, sizeof begin);
  return std::equal(std::begin(magic), std::end(magic), begin);
}

std::unique_ptr<Packing> open_packed(const std::filesystem::path& file) {
  require_file(file);
  if (begins_as_zstd(file)) return std::make_unique<Zstd>(file);
  return std::make_unique<PlainOrGzip>(file);
}

// Up to `most` bytes, unpacked.
std::string head_of(const std::filesystem::path& file, std::size_t most) {
  auto const packing = open_packed(file);
  std::string text, piece(1u << 16, '\0');
  try {
    while (text.size() < most) {
      std::size_t const got = packing->read(piece);
      if (got == 0) break;
      text.append(piece, 0, got);
    }
  } catch (const Damage& damage) {
    throw InputError({file.string(), static_cast<int>(std::count(text.begin(), text.end(), '\n')) + 1, 0}, damage.what);
  }
  text.resize(std::min(text.size(), most));
  return text;
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

std::string read_unpacked(const std::filesystem::path& file, std::size_t limit_bytes) {
  std::string text = head_of(file, limit_bytes + 1);
  if (text.size() > limit_bytes) throw InputError({file.string(), 0, 0}, fmt::format("the file has more than {} bytes", limit_bytes));
  return text;
}

std::string first_bytes(const std::filesystem::path& file, std::size_t most) { return head_of(file, most); }

std::string sha256_of(std::string_view bytes) {
  sha256_ctx hash;
  sha256_init(&hash);
  feed(hash, bytes.data(), bytes.size());
  return hex(hash);
}

struct LineReader::State {
  std::string name;
  std::unique_ptr<Packing> packing;
  double size_bytes = 0;                     // as stored
  sha256_ctx hash{};
  std::string buffer = std::string(1u << 16, '\0');
  std::size_t begin = 0, end = 0;
  bool at_end = false;
  std::string carried;     // a line that spans buffers
  int line = 0;

  void refill() {
    begin = 0;
    try {
      end = packing->read(buffer);
    } catch (const Damage& damage) {
      throw InputError({name, line + 1, 0}, damage.what);
    }
    at_end = end == 0;
    feed(hash, buffer.data(), end);
  }

  void carry(const char* from, const char* to) {
    if (carried.size() + static_cast<std::size_t>(to - from) > line_length_limit)
      throw InputError({name, line + 1, 0}, fmt::format("the line is longer than {} bytes; this is not a table of text", line_length_limit));
    carried.append(from, to);
  }
};

LineReader::LineReader(const std::filesystem::path& file) : state_(std::make_unique<State>()) {
  state_->name = file.string();
  state_->packing = open_packed(file);
  std::error_code code;
  auto const size = std::filesystem::file_size(file, code);
  if (!code) state_->size_bytes = static_cast<double>(size);
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
  return state_->size_bytes > 0 ? std::min(1.0, state_->packing->bytes_taken() / state_->size_bytes) : 1.0;
}

std::string LineReader::sha256() {
  while (!state_->at_end) state_->refill();
  return hex(state_->hash);
}

}  // namespace headroom

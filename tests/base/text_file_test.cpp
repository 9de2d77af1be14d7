#include "base/text_file.h"

#include <catch2/catch.hpp>
#include <zlib.h>
#include <zstd.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <unistd.h>
#include <vector>

#include "base/csv.h"
#include "base/errors.h"
#include "tests/support/temporary.h"

using namespace headroom;

namespace {

std::string zipped(const std::string& text) {
  TemporaryFile const file("zip", "");
  gzFile out = gzopen(file.path().c_str(), "wb");
  gzwrite(out, text.data(), static_cast<unsigned>(text.size()));
  gzclose(out);
  std::ifstream in(file.path(), std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

std::string zstd_of(const std::string& text) {
  std::string out(ZSTD_compressBound(text.size()), '\0');
  out.resize(ZSTD_compress(out.data(), out.size(), text.data(), text.size(), 3));
  return out;
}

std::string numbers(int count) {
  std::string text;
  for (int i = 0; i < count; ++i) text += std::to_string(i * 7919L % 1000007) + "\n";
  return text;
}

std::vector<std::string> lines_of(const std::string& bytes) {
  TemporaryFile const file("lines", bytes);
  LineReader reader(file.path());
  std::vector<std::string> out;
  for (std::string_view line; reader.next(line);) out.emplace_back(line);
  return out;
}

std::string problem_of(const std::string& bytes) {
  try {
    lines_of(bytes);
  } catch (const InputError& e) {
    return e.problems().front().what;
  }
  return "accepted";
}

std::string csv_problem(const std::string& text) {
  TemporaryFile const file("table.csv", text);
  try {
    CsvReader reader(file.path(), {{"time_s"}, {"cores"}, {"name", false}});
    while (reader.next()) reader.number(0), reader.whole(1);
  } catch (const InputError& e) {
    return std::string(e.what()).substr(file.path().string().size());
  }
  return "accepted";
}

}  // namespace

TEST_CASE("lines end with or without a carriage return, the last needs no end", "[base]") {
  CHECK(lines_of("a\nb\r\n\nc") == std::vector<std::string>{"a", "b", "", "c"});
  CHECK(lines_of("a\n") == std::vector<std::string>{"a"});
  CHECK(lines_of("") == std::vector<std::string>{});
  CHECK(lines_of("\n") == std::vector<std::string>{""});
}

TEST_CASE("long lines and many lines cross the buffer whole", "[base]") {
  std::string const wide(200'000, 'x');
  CHECK(lines_of(wide + "\nshort\n" + wide) == std::vector<std::string>{wide, "short", wide});
  CHECK_THROWS_WITH(lines_of(std::string(line_length_limit + 1, 'x')), Catch::Matchers::Contains("longer than 1048576 bytes"));
}

TEST_CASE("gzip is read as its content, and hashed as its content", "[base]") {
  std::string text;
  for (int i = 0; i < 20'000; ++i) text += "line " + std::to_string(i) + "\n";
  std::string const zip = zipped(text);
  CHECK(lines_of(zip) == lines_of(text));
  TemporaryFile const file("a.gz", zip);
  CHECK(LineReader(file.path()).sha256() == sha256_of(text));
  CHECK(sha256_of("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST_CASE("a gzip file cut short anywhere or damaged is an error", "[base]") {
  std::string text;
  for (int i = 0; i < 3000; ++i) text += std::to_string(i * 7919 % 10007) + "\n";
  std::string const zip = zipped(text);
  for (std::size_t cut : {zip.size() - 1, zip.size() - 8, zip.size() / 2, std::size_t{20}, std::size_t{12}}) {
    CAPTURE(cut);
    CHECK_THROWS_AS(lines_of(zip.substr(0, cut)), InputError);
  }
  std::string bad = zip;
  bad[bad.size() / 2] = static_cast<char>(bad[bad.size() / 2] ^ 0x55);
  CHECK_THROWS_AS(lines_of(bad), InputError);
}

TEST_CASE("zstd is read as its content, and hashed as its content", "[base]") {
  std::string const text = numbers(100'000), packed = zstd_of(text);
  CHECK(lines_of(packed) == lines_of(text));
  CHECK(lines_of(zstd_of("")).empty());
  CHECK(lines_of(zstd_of("a\n") + zstd_of("b")) == std::vector<std::string>{"a", "b"});      // one frame behind another
  CHECK(lines_of(zstd_of(std::string(1'000'000, '\n'))).size() == 1'000'000);                // few bytes that unpack to many
  TemporaryFile const file("a.zst", packed);
  LineReader reader(file.path());
  CHECK(reader.share_read() == 0);
  CHECK(reader.sha256() == sha256_of(text));
  CHECK(reader.share_read() == 1);
}

TEST_CASE("a zstd file cut short anywhere or damaged is an error", "[base]") {
  std::string const packed = zstd_of(numbers(30'000));
  for (std::size_t cut : {packed.size() - 1, packed.size() - 8, packed.size() / 2, std::size_t{20}, std::size_t{5}, std::size_t{4}}) {
    CAPTURE(cut);
    CHECK(problem_of(packed.substr(0, cut)) == "the zstd file is cut short: its end is missing");
  }
  CHECK_THAT(problem_of(packed + "more"), Catch::StartsWith("the zstd file is "));
  std::string bad = packed;
  bad[4] = static_cast<char>(bad[4] ^ 0x08);      // a reserved bit of the frame's header
  CHECK_THAT(problem_of(bad), Catch::StartsWith("the zstd file is damaged: "));
}

TEST_CASE("the whole or the first bytes of a file are unpacked, too", "[base]") {
  std::string const text = numbers(20'000);
  for (std::string const& bytes : {text, zipped(text), zstd_of(text)}) {
    TemporaryFile const file("whole", bytes);
    CHECK(read_unpacked(file.path(), text.size()) == text);
    CHECK_THROWS_WITH(read_unpacked(file.path(), text.size() - 1), Catch::Matchers::EndsWith("bytes"));
    CHECK(first_bytes(file.path(), 10) == text.substr(0, 10));
    CHECK(first_bytes(file.path(), 10'000'000) == text);
  }
  TemporaryFile const cut("cut", zstd_of(text).substr(0, 30));
  CHECK_THROWS_WITH(read_unpacked(cut.path(), 1'000'000), Catch::Matchers::EndsWith(":1: error: the zstd file is cut short: its end is missing"));
}

TEST_CASE("a file that is not there, a folder, a file too large", "[base]") {
  CHECK_THROWS_WITH(read_text("nowhere/x.yaml", 10), "nowhere/x.yaml: error: there is no such file");
  CHECK_THROWS_WITH(read_text("/", 10), "/: error: this is a folder, not a file");
  CHECK_THROWS_WITH(LineReader("nowhere"), "nowhere: error: there is no such file");
  try {
    read_text("nowhere", 10);
  } catch (const InputError& e) {
    CHECK(e.fault() == InputFault::missing);
  }
  TemporaryFile const file("size", std::string(200'000, 'x'));
  CHECK(read_text(file.path(), 200'000).size() == 200'000);
  CHECK_THROWS_WITH(read_text(file.path(), 199'999), Catch::Matchers::EndsWith("the file has more than 199999 bytes"));
}

TEST_CASE("a table is read by the names of its columns, in any order", "[base]") {
  TemporaryFile const file("t.csv", "\xef\xbb\xbf" "cores,name,time_s\n4,\"a, \"\"b\"\"\",1.5\n\n 8 ,, 2\n");
  CsvReader reader(file.path(), {{"time_s"}, {"cores"}, {"name", false}, {"user", false}});
  REQUIRE(reader.next());
  CHECK(reader.number(0) == 1.5);
  CHECK(reader.whole(1) == 4);
  CHECK(reader.text(2) == "a, \"b\"");
  CHECK_FALSE(reader.has(3));
  CHECK(reader.text(3).empty());
  REQUIRE(reader.next());
  CHECK(reader.line() == 4);
  CHECK(reader.whole(1) == 8);
  CHECK_FALSE(reader.has(2));
  CHECK_FALSE(reader.next());
}

TEST_CASE("what is wrong with a table is named with its place", "[base]") {
  CHECK(csv_problem("") == ": error: the file is empty; its first line must name the columns");
  CHECK(csv_problem("time_s\n1\n") == ":1:1: error: column 'cores' is missing; the first line must name time_s, cores, name");
  CHECK(csv_problem("time_s,coers,name\n") == ":1:8: error: unknown column 'coers', did you mean 'cores'?; known are time_s, cores, name");
  CHECK(csv_problem("time_s,cores,time_s\n") == ":1:14: error: column 'time_s' stands twice");
  CHECK(csv_problem("time_s,cores\n1,2,3\n") == ":2:1: error: the line has 3 cells, the header names 2 columns");
  CHECK(csv_problem("time_s,cores\n1,2\nx,2\n") == ":3:1: error: time_s: expected a number, found 'x'");
  CHECK(csv_problem("time_s,cores\n1,2.5\n") == ":2:3: error: cores: expected a whole number, found '2.5'");
  CHECK(csv_problem("time_s,cores\nnan,2\n") == ":2:1: error: time_s: expected a number, found 'nan'");
  CHECK(csv_problem("time_s,cores\n1e999,2\n") == ":2:1: error: time_s: '1e999' is beyond the range of numbers");
  CHECK(csv_problem("time_s,cores\n,2\n") == ":2:1: error: time_s: expected a number, found ''");
  CHECK(csv_problem("time_s,cores\n\"1,2\n") == ":2:1: error: the quote that opens here is never closed on this line");
  CHECK(csv_problem("time_s,cores\n\"1\"x,2\n") == ":2:4: error: text after a closing quote; a comma would do");
}

TEST_CASE("a table of any columns has those that its first line names", "[base]") {
  TemporaryFile const file("t.csv", ",b,\"c, d\"\n1,2,3\n");
  CsvReader reader(file.path());
  REQUIRE(reader.columns().size() == 3);
  CHECK(reader.columns()[0].name.empty());
  CHECK(reader.columns()[2].name == "c, d");
  CHECK(reader.place().line == 1);
  REQUIRE(reader.next());
  CHECK(reader.whole(2) == 3);
  CHECK(std::string(reader.problem(0, "wrong").what()).substr(file.path().string().size()) == ":2:1: error: column 1: wrong");
  CHECK_FALSE(reader.next());
  TemporaryFile const twice("twice.csv", "a,b,a\n");
  CHECK_THROWS_WITH(CsvReader(twice.path()), Catch::EndsWith(":1:5: error: column 'a' stands twice"));
}

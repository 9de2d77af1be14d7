#include "base/yaml.h"

#include <catch2/catch.hpp>

#include <string>

#include "base/random.h"

using namespace headroom;

namespace {

TreePtr parse(const std::string& text) { return parse_yaml(text, "x.yaml"); }

std::string yaml_problem(const std::string& text) {
  try {
    parse(text);
  } catch (const InputError& e) {
    return e.what();
  }
  return "accepted";
}

std::string repeated(const std::string& piece, int times) {
  std::string out;
  for (int i = 0; i < times; ++i) out += piece;
  return out;
}

}  // namespace

TEST_CASE("a document becomes a tree with the place of every value", "[base]") {
  TreePtr const tree = parse("a: 1\nb:\n  - x\n  - {c: 'y'}\nd:\n");
  REQUIRE(tree->kind == Tree::Kind::map);
  REQUIRE(tree->entries.size() == 3);
  CHECK(tree->find("a")->value->text == "1");
  CHECK(to_text(tree->find("a")->value->where) == "x.yaml:1:4");
  CHECK(to_text(tree->find("b")->where) == "x.yaml:2:1");
  auto const& b = *tree->find("b")->value;
  REQUIRE(b.items.size() == 2);
  CHECK(to_text(b.items[1]->find("c")->value->where) == "x.yaml:4:9");
  CHECK(b.items[1]->find("c")->value->quoted);
  CHECK_FALSE(b.items[0]->quoted);
  CHECK(tree->find("d")->value->kind == Tree::Kind::null);
  CHECK(tree->find("e") == nullptr);
}

TEST_CASE("null, ~ and nothing are nothing, quoted they are text", "[base]") {
  TreePtr const tree = parse("[~, null, , \"null\", '', '~']");
  CHECK(tree->items[0]->kind == Tree::Kind::null);
  CHECK(tree->items[1]->kind == Tree::Kind::null);
  CHECK(tree->items[2]->kind == Tree::Kind::null);
  for (std::size_t i : {3u, 4u, 5u}) CHECK(tree->items[i]->kind == Tree::Kind::scalar);
}

TEST_CASE("aliases repeat what their anchor stands for", "[base]") {
  TreePtr const tree = parse("a: &x {p: 1 kW}\nb: *x\nc: [*x, *x]\n");
  CHECK(tree->find("b")->value->find("p")->value->text == "1 kW");
  CHECK(tree->find("c")->value->items[1] == tree->find("a")->value);
}

TEST_CASE("a comment, a document marker and a byte-order mark are harmless", "[base]") {
  CHECK(parse("# hello\n---\na: 1\n...\n")->find("a") != nullptr);
  CHECK(parse("\xef\xbb\xbf"
              "a: 1\n")->find("a") != nullptr);
  CHECK(parse("a: 1\r\nb: 2\r\n")->find("b")->value->text == "2");
}

TEST_CASE("a file without content is an error", "[base]") {
  CHECK(yaml_problem("") == "x.yaml: error: the file is empty");
  CHECK(yaml_problem("\n\n") == "x.yaml: error: the file is empty");
  CHECK(yaml_problem("# nothing\n") == "x.yaml: error: the file is empty");
}

TEST_CASE("bytes that are not text are an error", "[base]") {
  CHECK(yaml_problem(std::string("a: 1\0b", 6)) == "x.yaml: error: this is not text: byte 5 is zero");
  CHECK(yaml_problem("a: 1\nb: \xff\xfe\n") == "x.yaml:2:4: error: this is not UTF-8 text");
  CHECK(parse("a: \xc3\xa9\n")->find("a")->value->text == "\xc3\xa9");
}

TEST_CASE("a document larger than the limit is an error", "[base]") {
  CHECK(yaml_problem("a: '" + std::string(yaml_size_limit_bytes, 'x') + "'") ==
        "x.yaml: error: the file has 16777221 bytes; at most 16777216 are read");
}

TEST_CASE("deep nesting is an error and no crash", "[base]") {
  CHECK(yaml_problem(repeated("[", 10'000) + repeated("]", 10'000)) == "x.yaml:1:101: error: the document is nested more than 100 deep");
  for (std::string const piece : {"[", "{a: ", "[{a: "})
    CHECK_THAT(yaml_problem(repeated(piece, 10'000)), Catch::Matchers::EndsWith("error: the document is nested more than 100 deep"));
  CHECK(yaml_problem(repeated("- ", 10'000) + "x") == "x.yaml:1:201: error: the document is nested more than 100 deep");
  CHECK(yaml_problem(repeated("? ", 1'000) + "x") != "accepted");
  CHECK(yaml_problem(repeated("[", 99) + "1" + repeated("]", 99)) == "accepted");
}

TEST_CASE("nesting by aliases counts too", "[base]") {
  // each line is 50 deeper than the one it repeats
  std::string text = "a0: &a0 1\n";
  for (int i = 1; i <= 3; ++i)
    text += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " " + repeated("[", 50) + "*a" + std::to_string(i - 1) + repeated("]", 50) + "\n";
  CHECK(yaml_problem(text) == "x.yaml:3:59: error: the document is nested more than 100 deep");
}

TEST_CASE("a key that stands twice among thousands is found at once", "[base]") {
  std::string text;
  for (int i = 0; i < 200'000; ++i) text += "k" + std::to_string(i) + ": 1\n";
  CHECK(yaml_problem(text) == "accepted");
  CHECK(yaml_problem(text + "k0: 1\n") == "x.yaml:200001:1: error: duplicate key 'k0' (first at line 1)");
}

TEST_CASE("whatever is done to a document, it reads or is refused", "[base]") {
  std::string const good = "kind: site\nhalls:\n  - {name: h1, racks: [a, 'b', \"c\\n\"]}\n  - &x\n    name: |\n      text\n    b: *x\n# c\n? k\n: v\n%Y: >-\n  folded\n";
  RandomStream random(5, "damage");
  std::string const pieces = "[]{}:,-?&*!|>'\"%@`#~\n\t \\0a\xff";
  for (int i = 0; i < 20'000; ++i) {
    std::string text = good.substr(random.below(4) == 0 ? random.below(good.size()) : 0);
    for (std::uint64_t k = random.below(6); k-- > 0 && !text.empty();) {
      auto const at = random.below(text.size());
      switch (random.below(3)) {
        case 0: text.erase(at, 1 + random.below(5)); break;
        case 1: text.insert(at, 1, pieces[random.below(pieces.size())]); break;
        default: text[at] = pieces[random.below(pieces.size())];
      }
    }
    CAPTURE(text);
    REQUIRE_NOTHROW(yaml_problem(text));
  }
}

TEST_CASE("a quote that is never closed does not swallow the rest of the file", "[base]") {
  CHECK(yaml_problem("a: \"b\nc: d\n") == "x.yaml:2:5: error: not valid YAML: a quote is never closed");
  CHECK(yaml_problem("a: 'b\nc: d") == "x.yaml:2:5: error: not valid YAML: a quote is never closed");
  CHECK(yaml_problem("a: ['b', 'c") == "x.yaml:1:12: error: not valid YAML: a quote is never closed");
  CHECK(parse("a: |\n  text\n")->find("a")->value->text == "text\n");
  CHECK(parse("a: |+\n  text\n\n")->find("a")->value->text.starts_with("text\n"));
  CHECK(parse("a: >-\n  text")->find("a")->value->text == "text");
  CHECK(parse("a: b # c")->find("a")->value->text == "b");
  CHECK(parse("--- 'a'\n...\n")->text == "a");
}

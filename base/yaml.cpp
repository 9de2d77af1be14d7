#include "base/yaml.h"

#include <fmt/format.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <fstream>
#include <map>
#include <optional>
#include <sstream>
#include <unordered_map>

#include "base/text_file.h"

namespace headroom {
namespace {

using MutableTree = std::shared_ptr<Tree>;

// yaml-cpp takes a line's end at the end of the file for a missing quote. With this comment behind every text it does not.
constexpr std::string_view end_of_text = "\n# end";

// yaml-cpp's words for the most frequent mistakes, and ours.
constexpr std::pair<std::string_view, std::string_view> plainer[] = {
    {"end of sequence not found", "the indentation of this line fits neither the list above it nor what the list stands in"},
    {"end of map not found", "the indentation of this line fits neither the keys above it nor what they stand in"},
    {"end of sequence flow not found", "a '[' is never closed, or a comma is missing"},
    {"end of map flow not found", "a '{' is never closed, or a comma is missing"},
    {"illegal flow end", "this bracket closes what was never opened"},
    {"illegal map value", "a second ': ' on this line; put text that has one in quotes"},
    {"illegal EOF in scalar", "a quote is never closed"},
    {"unknown token", "a value cannot begin with this character; put it in quotes"},
};

std::string explained(const YAML::Exception& e, const std::string& text) {
  std::istringstream in(text);
  std::string line;
  for (int i = 0; i <= e.mark.line && std::getline(in, line);) ++i;
  auto const content = line.find_first_not_of(" \t");
  if (line.substr(0, content).find('\t') != std::string::npos) return "indentation is by spaces; this line has a tab";
  for (auto const& [theirs, ours] : plainer)
    if (e.msg == theirs) return std::string(ours);
  return e.msg;
}

// What is found missing at the end is told at the end of the text as it is.
Location place_of(const YAML::Exception& e, const std::string& text, const std::string& file) {
  auto const last = text.find_last_not_of(" \t\r\n");
  if (e.mark.is_null() || last == std::string::npos || e.mark.pos <= static_cast<int>(last)) return {file, e.mark.line + 1, e.mark.column + 1};
  auto const line_begin = text.rfind('\n', last) + 1;     // npos + 1 is 0
  return {file, static_cast<int>(std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(last), '\n')) + 1, static_cast<int>(last - line_begin) + 2};
}

// Builds the tree from yaml-cpp's events, so that every node keeps its mark and no alias is copied unseen.
class TreeBuilder : public YAML::EventHandler {
 public:
  explicit TreeBuilder(std::string file) : file_(std::move(file)) {}

  TreePtr take_root() { return root_; }

  void OnDocumentStart(const YAML::Mark&) override {}
  void OnDocumentEnd() override {}

  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    auto node = make(Tree::Kind::null, mark);
    if (open_.empty()) node->where = {file_, 1, 1};
    else if (open_.back().key && node->where.line > open_.back().key->where.line)
      node->where = open_.back().key->where;    // nothing is written: the mark is of what comes after
    add(node, anchor);
  }

  void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    auto const known = finished_.find(anchor);
    if (known == finished_.end()) throw InputError(place(mark), "an alias may not stand inside the value it repeats");
    count(known->second.nodes, mark);
    place_in_parent(known->second.tree, place(mark), known->second.height);
  }

  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor, const std::string& value) override {
    refuse_tag(tag, mark);
    auto node = make(Tree::Kind::scalar, mark);
    node->text = value;
    node->quoted = tag == "!";
    bool const empty_plain = !node->quoted && (value.empty() || value == "~" || value == "null");
    if (empty_plain) node->kind = Tree::Kind::null;
    add(node, anchor);
  }

  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor, YAML::EmitterStyle::value) override {
    open(Tree::Kind::list, mark, tag, anchor);
  }
  void OnSequenceEnd() override { close(); }
  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor, YAML::EmitterStyle::value) override {
    open(Tree::Kind::map, mark, tag, anchor);
  }
  void OnMapEnd() override { close(); }

 private:
  struct Open {
    MutableTree tree;
    YAML::anchor_t anchor;
    std::size_t nodes_before;
    std::optional<Tree::Entry> key;    // read, waiting for its value
    std::unordered_map<std::string, int> lines;    // of the keys read
    std::size_t height = 1;            // levels in it, itself one
  };
  struct Finished {
    TreePtr tree;
    std::size_t nodes, height;
  };

  Location place(const YAML::Mark& mark) const { return {file_, mark.line + 1, mark.column + 1}; }

  MutableTree make(Tree::Kind kind, const YAML::Mark& mark) {
    count(1, mark);
    auto node = std::make_shared<Tree>();
    node->kind = kind;
    node->where = place(mark);
    return node;
  }

  void count(std::size_t nodes, const YAML::Mark& mark) {
    nodes_ += nodes;
    if (nodes_ > yaml_node_limit)
      throw InputError(place(mark), fmt::format("the document has more than {} values once its aliases are followed", yaml_node_limit));
  }

  void add(const MutableTree& node, YAML::anchor_t anchor) {
    if (anchor != YAML::NullAnchor) finished_[anchor] = {node, 1, 1};
    place_in_parent(node, node->where, 1);
  }

  void refuse_tag(const std::string& tag, const YAML::Mark& mark) const {
    if (tag.empty() || tag == "?" || tag == "!") return;
    constexpr std::string_view standard = "tag:yaml.org,2002:";
    std::string const written = tag.starts_with(standard) ? "!!" + tag.substr(standard.size()) : tag;
    throw InputError(place(mark), fmt::format("tags such as '{}' are not used here; leave it out", written));
  }

  [[noreturn]] static void refuse_depth(const Location& where) {
    throw InputError(where, fmt::format("the document is nested more than {} deep", yaml_depth_limit));
  }

  void open(Tree::Kind kind, const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor) {
    refuse_tag(tag, mark);
    if (open_.size() >= yaml_depth_limit) refuse_depth(place(mark));    // whoever walks a tree does so by recursion
    open_.push_back({make(kind, mark), anchor, nodes_, std::nullopt, {}});
  }

  void close() {
    Open const done = std::move(open_.back());
    open_.pop_back();
    if (done.anchor != YAML::NullAnchor) finished_[done.anchor] = {done.tree, nodes_ - done.nodes_before + 1, done.height};
    place_in_parent(done.tree, done.tree->where, done.height);
  }

  void place_in_parent(const TreePtr& node, const Location& where, std::size_t height) {
    if (open_.empty()) {
      root_ = node;
      return;
    }
    Open& parent = open_.back();
    parent.height = std::max(parent.height, height + 1);
    if (open_.size() + height > yaml_depth_limit + 1) refuse_depth(where);
    if (parent.tree->kind == Tree::Kind::list) {
      parent.tree->items.push_back(node);
    } else if (!parent.key) {
      if (node->kind != Tree::Kind::scalar) throw InputError(where, "a key must be plain text");
      if (auto const [first, is_new] = parent.lines.try_emplace(node->text, where.line); !is_new)
        throw InputError(where, fmt::format("duplicate key '{}' (first at line {})", node->text, first->second));
      parent.key = Tree::Entry{node->text, where, nullptr};
    } else {
      parent.key->value = node;
      parent.tree->entries.push_back(std::move(*parent.key));
      parent.key.reset();
    }
  }

  std::string file_;
  TreePtr root_;
  std::vector<Open> open_;
  std::map<YAML::anchor_t, Finished> finished_;
  std::size_t nodes_ = 0;
};

// Bytes of the UTF-8 character that begins at `at`, 0 where none does.
std::size_t character_length(const std::string& text, std::size_t at) {
  auto const byte = static_cast<unsigned char>(text[at]);
  std::size_t const length = byte < 0x80 ? 1 : byte < 0xc2 ? 0 : byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : byte < 0xf5 ? 4 : 0;
  for (std::size_t i = 1; i < length; ++i)
    if (at + i >= text.size() || (static_cast<unsigned char>(text[at + i]) & 0xc0) != 0x80) return 0;
  return length;
}

void check_text(const std::string& text, const std::string& file) {
  if (auto const nul = text.find('\0'); nul != std::string::npos)
    throw InputError({file, 0, 0}, fmt::format("this is not text: byte {} is zero", nul + 1));
  int line = 1, column = 1;
  for (std::size_t i = 0, length = 0; i < text.size(); i += length) {
    length = character_length(text, i);
    if (length == 0) throw InputError({file, line, column}, "this is not UTF-8 text");
    if (text[i] == '\n') ++line, column = 1;
    else ++column;
  }
}

}  // namespace

TreePtr parse_yaml(const std::string& text, const std::string& file) {
  if (text.size() > yaml_size_limit_bytes)
    throw InputError({file, 0, 0}, fmt::format("the file has {} bytes; at most {} are read", text.size(), yaml_size_limit_bytes));
  check_text(text, file);
  try {
    std::istringstream in(text + std::string(end_of_text));
    YAML::Parser parser(in);
    TreeBuilder builder(file);
    if (!parser.HandleNextDocument(builder) || !builder.take_root()) throw InputError({file, 0, 0}, "the file is empty");
    TreeBuilder rest(file);
    if (parser.HandleNextDocument(rest)) throw InputError(rest.take_root() ? rest.take_root()->where : Location{file, 0, 0}, "a file holds one document; remove the second");
    return builder.take_root();
  } catch (const YAML::Exception& e) {
    throw InputError(place_of(e, text, file), fmt::format("not valid YAML: {}", explained(e, text)));
  }
}

TreePtr read_yaml(const std::filesystem::path& file) { return parse_yaml(read_text(file, yaml_size_limit_bytes), file.string()); }

}  // namespace headroom

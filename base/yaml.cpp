#include "base/yaml.h"

#include <fmt/format.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/yaml.h>

#include <fstream>
#include <map>
#include <optional>
#include <sstream>

#include "base/text_file.h"

namespace headroom {
namespace {

using MutableTree = std::shared_ptr<Tree>;

// Builds the tree from yaml-cpp's events, so that every node keeps its mark and no alias is copied unseen.
class TreeBuilder : public YAML::EventHandler {
 public:
  explicit TreeBuilder(std::string file) : file_(std::move(file)) {}

  TreePtr take_root() { return root_; }

  void OnDocumentStart(const YAML::Mark&) override {}
  void OnDocumentEnd() override {}

  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override { add(make(Tree::Kind::null, mark), anchor); }

  void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    auto const known = finished_.find(anchor);
    if (known == finished_.end()) throw InputError(place(mark), "an alias may not stand inside the value it repeats");
    count(known->second.nodes, mark);
    place_in_parent(known->second.tree, place(mark));
  }

  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor, const std::string& value) override {
    if (tag != "?" && tag != "!") throw InputError(place(mark), fmt::format("tags such as '{}' are not used here; leave it out", tag));
    auto node = make(Tree::Kind::scalar, mark);
    node->text = value;
    node->quoted = tag == "!";
    bool const empty_plain = !node->quoted && (value.empty() || value == "~" || value == "null");
    if (empty_plain) node->kind = Tree::Kind::null;
    add(node, anchor);
  }

  void OnSequenceStart(const YAML::Mark& mark, const std::string&, YAML::anchor_t anchor, YAML::EmitterStyle::value) override {
    open_.push_back({make(Tree::Kind::list, mark), anchor, nodes_, std::nullopt});
  }
  void OnSequenceEnd() override { close(); }
  void OnMapStart(const YAML::Mark& mark, const std::string&, YAML::anchor_t anchor, YAML::EmitterStyle::value) override {
    open_.push_back({make(Tree::Kind::map, mark), anchor, nodes_, std::nullopt});
  }
  void OnMapEnd() override { close(); }

 private:
  struct Open {
    MutableTree tree;
    YAML::anchor_t anchor;
    std::size_t nodes_before;
    std::optional<Tree::Entry> key;    // read, waiting for its value
  };
  struct Finished {
    TreePtr tree;
    std::size_t nodes;
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
    if (anchor != YAML::NullAnchor) finished_[anchor] = {node, 1};
    place_in_parent(node, node->where);
  }

  void close() {
    Open const done = std::move(open_.back());
    open_.pop_back();
    if (done.anchor != YAML::NullAnchor) finished_[done.anchor] = {done.tree, nodes_ - done.nodes_before + 1};
    place_in_parent(done.tree, done.tree->where);
  }

  void place_in_parent(const TreePtr& node, const Location& where) {
    if (open_.empty()) {
      root_ = node;
      return;
    }
    Open& parent = open_.back();
    if (parent.tree->kind == Tree::Kind::list) {
      parent.tree->items.push_back(node);
    } else if (!parent.key) {
      if (node->kind != Tree::Kind::scalar) throw InputError(where, "a key must be plain text");
      if (auto const* first = parent.tree->find(node->text))
        throw InputError(where, fmt::format("duplicate key '{}' (first at line {})", node->text, first->where.line));
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

}  // namespace

TreePtr parse_yaml(const std::string& text, const std::string& file) {
  if (text.size() > yaml_size_limit_bytes)
    throw InputError({file, 0, 0}, fmt::format("the file has {} bytes; at most {} are read", text.size(), yaml_size_limit_bytes));
  if (auto const nul = text.find('\0'); nul != std::string::npos)
    throw InputError({file, 0, 0}, fmt::format("this is not text: byte {} is zero", nul + 1));
  try {
    std::istringstream in(text);
    YAML::Parser parser(in);
    TreeBuilder builder(file);
    if (!parser.HandleNextDocument(builder) || !builder.take_root()) throw InputError({file, 0, 0}, "the file is empty");
    TreeBuilder rest(file);
    if (parser.HandleNextDocument(rest)) throw InputError(rest.take_root() ? rest.take_root()->where : Location{file, 0, 0}, "a file holds one document; remove the second");
    return builder.take_root();
  } catch (const YAML::Exception& e) {
    throw InputError({file, e.mark.line + 1, e.mark.column + 1}, fmt::format("not valid YAML: {}", e.msg));
  }
}

TreePtr read_yaml(const std::filesystem::path& file) { return parse_yaml(read_text(file, yaml_size_limit_bytes), file.string()); }

}  // namespace headroom

#include "topologies/import/xml_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <pugixml.hpp>
#include <set>

#include "base/text_file.h"

namespace headroom {
namespace {

constexpr std::size_t largest_file = 256u << 20;
constexpr int deepest = 100;

// The parser works in place: its names and values point into the text, which gives their offsets.
class Converter {
 public:
  Converter(std::string file, std::string text) : file_(std::move(file)), text_(std::move(text)) {
    for (std::size_t i = 0; i < text_.size(); ++i)
      if (text_[i] == '\n') ends_.push_back(i);
  }

  XmlElement root() {
    pugi::xml_document document;
    auto const result = document.load_buffer_inplace(text_.data(), text_.size(), pugi::parse_default | pugi::parse_fragment, pugi::encoding_utf8);
    if (!result) throw InputError(place(static_cast<std::size_t>(result.offset)), fmt::format("broken XML: {}", sentence(result)));
    check_outside(document);
    return converted(document.document_element(), 0);
  }

 private:
  static std::string sentence(const pugi::xml_parse_result& result) {
    if (result.status == pugi::status_end_element_mismatch) return "the end tag is not that of the element that is open";
    std::string text = result.description();
    std::transform(text.begin(), text.begin() + 1, text.begin(), [](char c) { return static_cast<char>(std::tolower(static_cast<unsigned char>(c))); });
    return text;
  }

  void check_outside(const pugi::xml_document& document) const {
    int elements = 0;
    for (auto const& node : document.children()) {
      if (node.type() == pugi::node_pcdata) throw InputError(place_of_text(node), "broken XML: text outside of the one element around all");
      if (node.type() == pugi::node_element && ++elements > 1) throw InputError(place_of(node), fmt::format("broken XML: a second root <{}>; one element around all would do", node.name()));
    }
    if (elements == 0) throw InputError(Location{file_, 0, 0}, "broken XML: there is no element");
  }

  XmlElement converted(const pugi::xml_node& node, int depth) const {
    if (depth > deepest) throw InputError(place_of(node), fmt::format("elements stand in each other more than {} deep", deepest));
    XmlElement out{node.name(), "", place_of(node), {}, {}};
    std::set<std::string_view> names;
    for (auto const& attribute : node.attributes()) {
      Location const where = place_of_text(attribute);
      if (!names.insert(attribute.name()).second) throw InputError(where, fmt::format("broken XML: <{}> has the attribute '{}' twice", node.name(), attribute.name()));
      out.attributes.push_back({attribute.name(), attribute.value(), where});
    }
    for (auto const& child : node.children()) {
      if (child.type() == pugi::node_element) out.children.push_back(converted(child, depth + 1));
      else if (child.type() == pugi::node_pcdata || child.type() == pugi::node_cdata) out.text += child.value();
    }
    return out;
  }

  Location place_of(const pugi::xml_node& node) const { return place(static_cast<std::size_t>(std::max<std::ptrdiff_t>(node.offset_debug() - 1, 0))); }      // of its "<"

  // Of an attribute's value, or of text.
  template <class Part>
  Location place_of_text(const Part& part) const { return place(static_cast<std::size_t>(part.value() - text_.data())); }

  Location place(std::size_t offset) const {
    auto const line = std::lower_bound(ends_.begin(), ends_.end(), offset) - ends_.begin();
    std::size_t const begin = line == 0 ? 0 : ends_[static_cast<std::size_t>(line) - 1] + 1;
    return {file_, static_cast<int>(line) + 1, static_cast<int>(offset - begin) + 1};
  }

  std::string file_, text_;
  std::vector<std::size_t> ends_;      // of lines
};

class RuleCheck {
 public:
  explicit RuleCheck(const std::vector<XmlRule>& rules) : rules_(rules) {}

  void check(const XmlElement& element) {
    auto const rule = std::find_if(rules_.begin(), rules_.end(), [&](const XmlRule& r) { return r.element == element.name; });
    if (rule == rules_.end()) return;
    check_attributes(element, *rule);
    for (auto const& child : element.children) {
      if (std::find(rule->children.begin(), rule->children.end(), child.name) == rule->children.end())
        problems.push_back({child.where, fmt::format("<{}> is not known in <{}>{}", child.name, element.name, nearest_hint(child.name, rule->children))});
      else check(child);
    }
  }

  std::vector<Problem> problems;

 private:
  void check_attributes(const XmlElement& element, const XmlRule& rule) {
    std::vector<std::string> known = rule.needed;
    known.insert(known.end(), rule.possible.begin(), rule.possible.end());
    for (auto const& attribute : element.attributes)
      if (std::find(known.begin(), known.end(), attribute.name) == known.end())
        problems.push_back({attribute.where, fmt::format("<{}> has no attribute '{}'{}", element.name, attribute.name, nearest_hint(attribute.name, known))});
    for (auto const& name : rule.needed)
      if (element.find(name) == nullptr) problems.push_back({element.where, fmt::format("<{}> needs the attribute '{}'", element.name, name)});
  }

  const std::vector<XmlRule>& rules_;
};

}  // namespace

const XmlAttribute* XmlElement::find(std::string_view attribute) const {
  auto const found = std::find_if(attributes.begin(), attributes.end(), [&](const XmlAttribute& a) { return a.name == attribute; });
  return found == attributes.end() ? nullptr : &*found;
}

std::string XmlElement::text_of(std::string_view attribute, std::string_view otherwise) const {
  auto const* found = find(attribute);
  return found == nullptr ? std::string(otherwise) : found->value;
}

XmlElement read_xml(const std::filesystem::path& file) { return Converter(file.string(), read_text(file, largest_file)).root(); }

std::vector<Problem> problems_of(const XmlElement& root, const std::vector<XmlRule>& rules) {
  RuleCheck check(rules);
  check.check(root);
  return std::move(check.problems);
}

}  // namespace headroom

// XML as a tree of elements, each with its place in the file. What parsers let pass and XML does not is an error here, too:
// a second root, text outside of it, an attribute that stands twice.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "base/errors.h"

namespace headroom {

struct XmlAttribute {
  std::string name, value;
  Location where;                   // of its value
};

struct XmlElement {
  std::string name, text;           // text: what stands directly in it
  Location where;
  std::vector<XmlAttribute> attributes;
  std::vector<XmlElement> children;

  const XmlAttribute* find(std::string_view attribute) const;
  std::string text_of(std::string_view attribute, std::string_view otherwise = "") const;
};

// The root. Throws InputError: 66 if the file is not there, 65 with the place where it is broken.
XmlElement read_xml(const std::filesystem::path& file);

// What may stand in an element: attributes that it needs, attributes that it may have, elements.
struct XmlRule {
  std::string_view element;
  std::vector<std::string> needed, possible, children;
};
// Everything in the tree that the rules do not know, and every needed attribute that is not there. An element without a rule is
// unknown wherever it stands.
std::vector<Problem> problems_of(const XmlElement& root, const std::vector<XmlRule>& rules);

}  // namespace headroom

#include <fmt/format.h>

#include "base/shipped.h"
#include "base/text_file.h"
#include "base/yaml.h"
#include "cli/exit_codes.h"
#include "cli/verb.h"
#include "topologies/read_site.h"

namespace headroom {
namespace {

int list(const std::string& kind, const Globals& globals) {
  Json json = Json::object();
  std::string text;
  for (auto const& candidate : catalogue_kinds()) {
    if (!kind.empty() && kind != candidate) continue;
    json[candidate] = shipped_names(candidate);
    text += candidate + "\n";
    for (auto const& name : shipped_names(candidate)) text += "  " + name + "\n";
  }
  print_result(globals.format == OutputFormat::json ? json.dump(2) : text);
  return done;
}

Json json_of(const Tree& tree) {
  Json out;
  if (tree.kind == Tree::Kind::map) {
    out = Json::object();
    for (auto const& entry : tree.entries) out[entry.key] = json_of(*entry.value);
  } else if (tree.kind == Tree::Kind::list) {
    out = Json::array();
    for (auto const& item : tree.items) out.push_back(json_of(*item));
  } else if (tree.kind == Tree::Kind::scalar) {
    Json const plain = tree.quoted ? Json() : Json::parse(tree.text, nullptr, false);
    out = plain.is_number() || plain.is_boolean() ? plain : Json(tree.text);
  }
  return out;
}

int show(const std::string& name, const Globals& globals) {
  std::vector<std::string> known;
  for (auto const& kind : catalogue_kinds())
    for (auto const& candidate : shipped_names(kind)) {
      known.push_back(candidate);
      if (candidate != name) continue;
      auto const file = find_mentioned(kind, name, {});
      print_result(globals.format == OutputFormat::json ? json_of(*read_yaml(file)).dump(2) : read_text(file, yaml_size_limit_bytes));
      return done;
    }
  throw InputError({name, 0, 0}, "the catalogue has no such device" + nearest_hint(name, known), InputFault::missing);
}

}  // namespace

void add_catalogue(CLI::App& app, Globals& globals) {
  CLI::App* verb = app.add_subcommand("catalogue", "the equipment that ships, with a source for every figure");
  verb->require_subcommand(1);
  auto kind = std::make_shared<std::string>(), name = std::make_shared<std::string>();
  CLI::App* listing = subcommand(*verb, globals, "list", "names, by kind");
  listing->add_option("kind", *kind, "one kind only")->check(CLI::IsMember(catalogue_kinds()));
  listing->callback([kind, &globals] { globals.chosen = [kind, &globals] { return list(*kind, globals); }; });
  CLI::App* showing = subcommand(*verb, globals, "show", "one device's figures and their sources");
  showing->add_option("name", *name, "its name")->required();
  showing->callback([name, &globals] { globals.chosen = [name, &globals] { return show(*name, globals); }; });
}

}  // namespace headroom

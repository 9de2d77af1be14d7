#include <catch2/catch.hpp>

#include <filesystem>

#include "base/shipped.h"
#include "topologies/read_site.h"

namespace fs = std::filesystem;
using namespace headroom;

namespace {

// Calls visit(key path, property) for every property of a schema, through lists, references and structs.
void each_property(const Json& schema, const std::string& path, const auto& visit) {
  if (schema.contains("properties"))
    for (auto const& [key, property] : schema["properties"].items()) {
      visit(path + "." + key, property);
      each_property(property, path + "." + key, visit);
    }
  for (auto const* inside : {"items", "additionalProperties"})
    if (schema.contains(inside) && schema[inside].is_object()) each_property(schema[inside], path + "[]", visit);
  if (schema.contains("oneOf"))
    for (auto const& choice : schema["oneOf"]) each_property(choice, path, visit);
}

}  // namespace

TEST_CASE("every shipped catalogue file is right, its sources too", "[topologies]") {
  int files = 0;
  for (auto const& entry : fs::recursive_directory_iterator(fs::path(HEADROOM_SOURCE_DIR) / "topologies/equipment/catalogue")) {
    if (entry.path().extension() != ".yaml") continue;
    CAPTURE(entry.path().string());
    CHECK_NOTHROW(check_catalogue_file(entry.path()));
    ++files;
  }
  CHECK(files >= 130);
}

TEST_CASE("every kind of the catalogue has a folder and names in it", "[topologies]") {
  for (auto const& kind : catalogue_kinds()) {
    CAPTURE(kind);
    CHECK_FALSE(shipped_names(kind).empty());
  }
  CHECK(catalogue_kinds().size() == 20);
}

TEST_CASE("every key of every schema has a description and a type", "[topologies]") {
  std::vector<std::string> kinds = catalogue_kinds();
  kinds.emplace_back("site");
  for (auto const& kind : kinds) {
    Json const schema = schema_of_topology_kind(kind);
    CHECK(schema["$schema"] == "http://json-schema.org/draft-07/schema#");
    CHECK(schema["properties"]["kind"]["const"] == kind);
    int keys = 0;
    each_property(schema, kind, [&](const std::string& path, const Json& property) {
      CAPTURE(path, property.dump());
      CHECK(property.value("description", "").size() >= 5);
      CHECK((property.contains("type") || property.contains("enum") || property.contains("const") || property.contains("oneOf")));
      ++keys;
    });
    CHECK(keys >= 5);
  }
  CHECK_THROWS_WITH(schema_of_topology_kind("sevrer"), "sevrer: error: no schema of that kind, did you mean 'server'?");
}

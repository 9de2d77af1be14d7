#include "topologies/read_site.h"

#include "base/read_fields.h"
#include "base/shipped.h"
#include "base/yaml.h"
#include "topologies/load_fields.h"
#include "topologies/site_fields.h"

namespace headroom {
namespace {

// Each figure of a catalogue file has a source: an entry of its key, or `default`.
void check_sources(const Tree& tree, const Identity& device, std::vector<Problem>& problems) {
  static const std::vector<std::string> not_figures{"kind", "version", "name", "manufacturer", "model", "sources"};
  std::vector<std::string> known{"default"};
  for (auto const& entry : tree.entries) known.push_back(entry.key);
  for (auto const& [key, source] : device.sources)
    if (std::find(known.begin(), known.end(), key) == known.end())
      problems.push_back({tree.find("sources")->where, fmt::format("sources: there is no key '{}' here{}", key, nearest_hint(key, known))});
  if (device.sources.contains("default")) return;
  for (auto const& entry : tree.entries)
    if (std::find(not_figures.begin(), not_figures.end(), entry.key) == not_figures.end() && !device.sources.contains(entry.key))
      problems.push_back({entry.where, fmt::format("'{}' has no source; add it to 'sources', or add 'default' there", entry.key)});
}

template <class Spec>
void check_document(const Tree& tree, const std::filesystem::path& file) {
  ReadContext context = file_context();
  Spec const spec = read_document<Spec>(tree, context);
  std::vector<Problem> problems;
  check_sources(tree, spec, problems);
  if (spec.name != file.stem()) problems.push_back({tree.where, fmt::format("the name is '{}', the file is called '{}'; they must agree", spec.name, file.stem().string())});
  if (!problems.empty()) throw InputError(std::move(problems));
}

struct KindEntry {
  const char* kind;
  void (*check)(const Tree&, const std::filesystem::path&);
  Json (*schema)();
};
template <class Spec>
constexpr KindEntry kind_entry{Spec::kind, check_document<Spec>, schema_document<Spec>};

constexpr KindEntry kinds[] = {kind_entry<ServerSpec>, kind_entry<PowerSupplySpec>, kind_entry<ConverterSpec>, kind_entry<UpsSpec>,
                               kind_entry<BatterySpec>, kind_entry<GeneratorSpec>, kind_entry<TransferSwitchSpec>, kind_entry<BreakerSpec>,
                               kind_entry<TransformerSpec>, kind_entry<PduSpec>, kind_entry<SwitchSpec>,
                               kind_entry<OpticSpec>, kind_entry<CableSpec>, kind_entry<NicSpec>,
                               kind_entry<ChillerSpec>, kind_entry<AirHandlerSpec>, kind_entry<CoolingTowerSpec>, kind_entry<DryCoolerSpec>,
                               kind_entry<PumpSpec>, kind_entry<CduSpec>};

}  // namespace

Site read_site(const std::filesystem::path& file) {
  ReadContext context = file_context();
  return read_document<Site>(*read_yaml(file), context);
}

Site read_site_text(const std::string& text, const std::string& file) {
  ReadContext context = file_context();
  return read_document<Site>(*parse_yaml(text, file), context);
}

LoadFile read_load(const std::filesystem::path& file) {
  ReadContext context = file_context();
  return read_document<LoadFile>(*read_yaml(file), context);
}

Json echo_site(const Site& site) { return echo(site); }

void check_catalogue_file(const std::filesystem::path& file) {
  TreePtr const tree = read_yaml(file);
  auto const* kind = tree->find("kind");
  for (auto const& entry : kinds)
    if (kind != nullptr && kind->value->text == entry.kind) return entry.check(*tree, file);
  if (kind == nullptr) throw InputError(tree->where, "missing key 'kind'");
  if (kind->value->kind != Tree::Kind::scalar) throw InputError(kind->value->where, fmt::format("kind: expected text, found {}", kind_name(kind->value->kind)));
  throw InputError(kind->value->where, fmt::format("unknown kind '{}'; one of {}", kind->value->text, fmt::join(catalogue_kinds(), ", ")));
}

const std::vector<std::string>& catalogue_kinds() {
  static const std::vector<std::string> names = [] {
    std::vector<std::string> out;
    for (auto const& entry : kinds) out.emplace_back(entry.kind);
    return out;
  }();
  return names;
}

Json schema_of_topology_kind(const std::string& kind) {
  if (kind == Site::kind) return schema_document<Site>();
  if (kind == LoadFile::kind) return schema_document<LoadFile>();
  for (auto const& entry : kinds)
    if (kind == entry.kind) return entry.schema();
  throw InputError({kind, 0, 0}, "no schema of that kind" + nearest_hint(kind, catalogue_kinds()));
}

}  // namespace headroom

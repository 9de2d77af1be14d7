#include "topologies/import/node_list.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <span>
#include <unordered_map>

#include "base/csv.h"
#include "base/units.h"

namespace headroom {
namespace {

// The columns of a list, and what one unit of them is.
struct ListKind {
  std::string_view node, cores, memory, gpus, model;
  std::int64_t per_core;            // in the units of `cores`
  double memory_unit_gb;
};
constexpr ListKind kinds[] = {{"sn", "cpu_milli", "memory_mib", "gpu", "model", 1000, 0.001048576},
                              {"machine", "cap_cpu", "cap_mem", "cap_gpu", "gpu_type", 1, 1},
                              {"node_name", "cpu_num", "", "gpu_capacity_num", "gpu_model", 1, 1}};

constexpr double assumed_gb_per_core = 8;      // where the list has no memory: the usual 8 GB of a cloud's machine for many purposes
constexpr std::int64_t most_cores = 100'000, most_gpus = 1'000;
constexpr double most_memory_gb = 1e6;

// Assumptions, W of one GPU. Full: the maker's board power; idle: readings of idle boards of that size.
struct GpuPower {
  std::string_view model;
  double idle_w, full_w;
};
constexpr GpuPower gpu_powers[] = {{"T4", 10, 70}, {"A10", 20, 150}, {"P100", 30, 250}, {"V100", 40, 300}, {"V100M16", 40, 300}, {"V100M32", 40, 300},
                                   {"A100-SXM4-80GB", 60, 400}, {"A800-SXM4-80GB", 60, 400}, {"H800", 75, 700}};
constexpr GpuPower other_gpu{"", 40, 300};     // a model that is not published

// Assumptions: a logical core of a two-socket server of 2 x 165 W and 96 of them; half of 0.37 W/GB as in the catalogue;
// board, fans and drives.
constexpr double core_idle_w = 1, core_full_w = 3.4, memory_w_per_gb = 0.185, rest_w = 60;
constexpr std::int64_t rack_units = 40;

constexpr const char* power_source =
    "assumption, the list has no power: 1 W idle and 3.4 W full a core, 0.185 W a GB of memory, 60 W of board, fans and drives, at the wall";

class NodeTable {
 public:
  explicit NodeTable(const std::filesystem::path& file) : rows_(file) {
    auto const kind = std::find_if(std::begin(kinds), std::end(kinds), [&](const ListKind& k) { return column(k.node) && column(k.cores) && column(k.gpus) && column(k.model) && (k.memory.empty() || column(k.memory)); });
    if (kind == std::end(kinds))
      throw InputError(rows_.place(), "these are not the columns of a node list that is known: sn, cpu_milli, memory_mib, gpu, model; or machine, gpu_type, cap_cpu, cap_mem, cap_gpu; or gpu_model, gpu_capacity_num, cpu_num, node_name");
    kind_ = *kind;
  }

  bool next() {
    if (!rows_.next()) return false;
    std::string const name(rows_.text(*column(kind_.node)));
    if (name.empty()) fail(kind_.node, "found nothing; every node needs a name");
    if (auto const [earlier, is_new] = lines_.emplace(name, rows_.line()); !is_new) fail(kind_.node, fmt::format("node '{}' stands in line {} already", name, earlier->second));
    return true;
  }

  bool empty() const { return lines_.empty(); }
  Location place() const { return rows_.place(); }

  NodeType node() const {
    NodeType out;
    std::int64_t const units = whole(kind_.cores, kind_.per_core, most_cores * kind_.per_core);
    if (units % kind_.per_core != 0) fail(kind_.cores, fmt::format("{} is not a whole number of cores, which a server has", units));
    out.cores = units / kind_.per_core;
    out.memory_gb = kind_.memory.empty() ? assumed_gb_per_core * static_cast<double>(out.cores) : memory();
    out.gpus = whole(kind_.gpus, 0, most_gpus);
    if (out.gpus > 0) out.model = rows_.text(*column(kind_.model));
    return out;
  }

 private:
  std::optional<std::size_t> column(std::string_view name) const {
    auto const& columns = rows_.columns();
    auto const found = std::find_if(columns.begin(), columns.end(), [&](auto const& c) { return c.name == name; });
    if (found == columns.end()) return std::nullopt;
    return static_cast<std::size_t>(found - columns.begin());
  }

  std::int64_t whole(std::string_view name, std::int64_t least, std::int64_t most) const {
    std::int64_t const value = rows_.whole(*column(name));
    if (value < least || value > most) fail(name, fmt::format("{} is out of range, {} to {} would do", value, least, most));
    return value;
  }

  double memory() const {
    double const gb = rows_.number(*column(kind_.memory)) * kind_.memory_unit_gb;
    if (!(gb >= 0 && gb <= most_memory_gb)) fail(kind_.memory, fmt::format("{} GB is out of range, 0 to {} GB would do", gb, most_memory_gb));
    return gb;
  }

  [[noreturn]] void fail(std::string_view name, const std::string& what) const { throw rows_.problem(*column(name), what); }

  CsvReader rows_;
  ListKind kind_{};
  std::unordered_map<std::string, int> lines_;      // of the nodes, by name
};

bool same(const NodeType& a, const NodeType& b) { return a.cores == b.cores && a.memory_gb == b.memory_gb && a.gpus == b.gpus && a.model == b.model; }

const GpuPower& power_of(const std::string& model) {
  auto const known = std::find_if(std::begin(gpu_powers), std::end(gpu_powers), [&](const GpuPower& power) { return power.model == model; });
  return known == std::end(gpu_powers) ? other_gpu : *known;
}

std::string watts(double w) { return fmt::format("{} W", w); }

// In rack units: GPUs of more than two need the room.
std::int64_t height_of(const NodeType& type) { return type.gpus > 2 ? 4 : 2; }

std::string name_of(const NodeType& type) {
  std::string const gpus = type.gpus == 0 ? "" : fmt::format("-{}x{}", type.gpus, type.model.empty() ? "gpu" : type.model);
  return fmt::format("{}c-{:.0f}gb{}", type.cores, type.memory_gb, gpus);
}

Json server_of(const NodeType& type) {
  Json components{{"cpus", {{"count", type.cores}, {"idle", watts(core_idle_w)}, {"full", watts(core_full_w)}}}};
  Json out{{"name", name_of(type)}, {"cores", type.cores}, {"memory", fmt::format("{} GB", type.memory_gb)}, {"gpus", type.gpus}, {"height", height_of(type)}};
  std::string source = power_source;
  if (type.gpus > 0) {
    GpuPower const& gpu = power_of(type.model);
    components["gpus"] = {{"count", type.gpus}, {"idle", watts(gpu.idle_w)}, {"full", watts(gpu.full_w)}};
    bool const known = !gpu.model.empty();
    source += fmt::format("; {} W idle and {} W full a GPU{}", gpu.idle_w, gpu.full_w, known ? fmt::format(", the board power of a {}", gpu.model) : ", a model whose power is not published");
  }
  components["memory"] = watts(std::round(type.memory_gb * memory_w_per_gb));
  components["other"] = watts(rest_w);
  out["power"] = {{"measured_at", "wall"}, {"components", components}};
  out["sources"] = {{"default", "a node list"}, {"height", "assumption: 2U, with more than two GPUs 4U"}, {"power", source}};
  return out;
}

}  // namespace

std::vector<NodeType> read_node_list(const std::filesystem::path& file) {
  NodeTable rows(file);
  std::vector<NodeType> types;
  while (rows.next()) {
    NodeType const node = rows.node();
    auto const known = std::find_if(types.begin(), types.end(), [&](const NodeType& type) { return same(type, node); });
    auto& type = known == types.end() ? types.emplace_back(node) : *known;
    ++type.count;
  }
  if (rows.empty()) throw InputError(rows.place(), "the list has no nodes; a site needs one at least");
  return types;
}

NodeTotals totals_of(const std::vector<NodeType>& types) {
  NodeTotals sum;
  for (auto const& type : types) {
    sum.nodes += type.count;
    sum.cores += type.count * type.cores;
    sum.gpus += type.count * type.gpus;
    sum.memory_gb += static_cast<double>(type.count) * type.memory_gb;
  }
  return sum;
}

Json site_of_nodes(const std::string& name, const std::vector<NodeType>& types) {
  Json racks = Json::array();
  int number = 0;
  for (auto const& type : types) {
    ++number;
    std::int64_t const in_a_rack = rack_units / height_of(type), full = type.count / in_a_rack, rest = type.count % in_a_rack;
    auto const add = [&](const std::string& group, std::int64_t count, std::int64_t servers) {
      if (count > 0 && servers > 0) racks.push_back({{"name", group}, {"count", count}, {"servers", Json::array({{{"type", server_of(type)}, {"count", servers}}})}});
    };
    add(fmt::format("t{}", number), full, in_a_rack);
    add(fmt::format("t{}-rest", number), 1, rest);
  }
  Json hall{{"name", "h1"}, {"racks", racks}};
  return {{"kind", "site"}, {"version", 1}, {"name", name}, {"halls", Json::array({hall})},
          {"power", {{"scheme", "N"}, {"utility", Json::array({{{"name", "utility"}, {"voltage", "400 V"}}})}}}};
}

}  // namespace headroom

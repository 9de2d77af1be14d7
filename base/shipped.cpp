#include "base/shipped.h"

#include <algorithm>
#include <cstdlib>
#include <map>
#include <optional>

#include "base/yaml.h"

namespace headroom {
namespace {

namespace fs = std::filesystem;

constexpr const char* landmark = "topologies/equipment/catalogue";

struct Shelf {
  std::string_view kind;
  const char* folder;
};
constexpr Shelf shelves[] = {
    {"site", "topologies/layouts"},
    {"scenario", "sim/scenarios"},
    {"trace", "workloads/traces"},
    {"prices", "analysis/spending/prices"},
    {"grid-costs", "analysis/spending/grids"},
    {"financing", "analysis/spending/financing"},
    {"margins", "analysis/spending/margins"},
    {"rates", "analysis/money/rates"},
    {"building-case", "analysis/money/cases"},
    {"programme", "analysis/programmes"},
    {"ledger", "analysis/programmes/ledgers"},
    {"input-output-table", "analysis/economy/tables"},
    {"weather", "conditions/weather"},
    {"tariff", "conditions/tariffs"},
};

bool is_bare(const std::string& text) { return text.find('/') == std::string::npos && text.find('.') == std::string::npos; }

// "nasa-ipsc.swf.gz" -> "nasa-ipsc"
std::string stem(const fs::path& file) {
  std::string const name = file.filename().string();
  return name.substr(0, name.find('.'));
}

bool is_described(std::string_view kind) { return kind == "tariff" || kind == "input-output-table" || kind == "programme"; }      // its YAML has other files beside it

// A file, or a trace of several in a folder; not what explains it, nor the code beside it.
bool ships(const fs::directory_entry& entry, std::string_view kind) {
  fs::path const ending = entry.path().extension();
  return (entry.is_regular_file() && (is_described(kind) ? ending == ".yaml" : ending != ".md" && ending != ".h" && ending != ".cpp")) || (kind == "trace" && entry.is_directory());
}

// "$NAME/rest" is a path below the folder that the environment variable NAME holds; nothing for other names.
std::optional<fs::path> below_variable(const std::string& text, const Location& mention) {
  std::size_t const slash = text.find('/');
  if (!text.starts_with('$') || slash == std::string::npos) return std::nullopt;
  std::string const variable = text.substr(1, slash - 1), rest = text.substr(slash + 1);
  const char* const folder = std::getenv(variable.c_str());
  if (folder == nullptr || *folder == '\0')
    throw InputError(mention.file.empty() ? Location{text, 0, 0} : mention,
                     "the environment variable " + variable + " is not set; set it to the folder that has '" + rest + "'", InputFault::missing);
  return fs::path(folder) / rest;
}

}  // namespace

fs::path shipped_root() {
  if (const char* root = std::getenv("HEADROOM_ROOT"); root != nullptr && *root != '\0') {
    if (!fs::is_directory(fs::path(root) / landmark))
      throw InputError({"HEADROOM_ROOT", 0, 0}, std::string("there is no ") + landmark + " below " + root, InputFault::missing);
    return root;
  }
  std::error_code code;
  fs::path const program = fs::read_symlink("/proc/self/exe", code);
  for (fs::path folder = program.parent_path(); !folder.empty(); folder = folder.parent_path()) {
    if (fs::is_directory(folder / landmark)) return folder;
    if (fs::is_directory(folder / "share/headroom" / landmark)) return folder / "share/headroom";
    if (folder == folder.root_path()) break;
  }
  throw InputError({program.string(), 0, 0}, "the files that ship with the program are not beside it; set HEADROOM_ROOT to their folder", InputFault::missing);
}

fs::path shipped_folder(std::string_view kind) {
  for (auto const& shelf : shelves)
    if (shelf.kind == kind) return shipped_root() / shelf.folder;
  return shipped_root() / landmark / kind;
}

std::vector<std::string> shipped_names(std::string_view kind) {
  std::vector<std::string> names;
  std::error_code code;
  for (auto const& entry : fs::directory_iterator(shipped_folder(kind), code))
    if (ships(entry, kind)) names.push_back(stem(entry.path()));
  std::sort(names.begin(), names.end());
  return names;
}

fs::path find_mentioned(std::string_view kind, const std::string& text, const Location& mention) {
  if (auto const below = below_variable(text, mention)) return *below;
  if (!is_bare(text)) {
    fs::path const path(text);
    if (path.is_absolute() || mention.file.empty() || mention.file.starts_with("--")) return path;
    return fs::path(mention.file).parent_path() / (text.starts_with("./") ? text.substr(2) : text);
  }
  fs::path const folder = shipped_folder(kind);
  if (fs::path const yaml = folder / (text + ".yaml"); fs::is_regular_file(yaml)) return yaml;
  std::error_code code;
  for (auto const& entry : fs::directory_iterator(folder, code))
    if (ships(entry, kind) && stem(entry.path()) == text) return entry.path();
  throw InputError(mention, std::string("no ") + std::string(kind) + " called '" + text + "' ships with the program" + nearest_hint(text, shipped_names(kind)) + " (a path needs a '/' or an ending)", InputFault::missing);
}

fs::path find_mentioned_file(std::string_view kind, const std::string& text, const Location& mention) {
  Location const where = mention.file.empty() ? Location{text, 0, 0} : mention;
  fs::path const file = find_mentioned(kind, text, mention);
  std::error_code code;
  if (fs::exists(file, code)) return file;
  throw InputError(where, "there is no file '" + file.string() + "'", InputFault::missing);
}

ReadContext file_context(const std::vector<Override>* overrides) {
  ReadContext context;
  context.overrides = overrides;
  auto cache = std::make_shared<std::map<std::string, TreePtr>>();
  context.resolve = [cache](std::string_view kind, const Tree& mention) {
    fs::path const file = find_mentioned(kind, mention.text, mention.where);
    TreePtr& tree = (*cache)[file.string()];
    if (tree == nullptr) {
      std::error_code code;
      if (!fs::exists(file, code)) throw InputError(mention.where, "there is no file '" + file.string() + "'", InputFault::missing);
      tree = read_yaml(file);
    }
    return tree;
  };
  return context;
}

}  // namespace headroom

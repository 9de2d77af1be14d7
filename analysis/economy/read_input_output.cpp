#include "analysis/economy/read_input_output.h"

#include <fmt/format.h>

#include <algorithm>

#include "analysis/economy/square_table.h"
#include "analysis/economy/table_description_fields.h"
#include "analysis/economy/us_bea.h"
#include "base/read_fields.h"
#include "base/shipped.h"
#include "base/yaml.h"

namespace headroom {
namespace {

namespace fs = std::filesystem;

void check_name(const TableDescription& description, const Tree& tree, const fs::path& file) {
  if (description.name != file.stem())
    throw InputError(tree.find("name")->value->where, fmt::format("the name is '{}', the file is called '{}'; they must agree", description.name, file.stem().string()));
}

// Every code that the map leads to is a sector.
void check_map(const InputOutputTable& table, const Tree& tree) {
  std::vector<std::string> codes;
  for (auto const& sector : table.sectors) codes.push_back(sector.code);
  std::vector<Problem> problems;
  for (auto const& [from, to] : table.map)
    if (table.find(to) < 0) problems.push_back({tree.find("map")->value->find(from)->value->where, fmt::format("map.{}: the table has no sector '{}'{}", from, to, nearest_hint(to, codes))});
  if (!problems.empty()) throw InputError(std::move(problems));
}

}  // namespace

Parsed<TableFile> TableFile::parse(std::string_view text) {
  if (text.empty()) return fmt::format("expected {}, found nothing", grammar);
  return TableFile{std::string(text), {}};
}

fs::path TableDescription::file(const std::optional<TableFile>& named) const { return find_mentioned_file(kind, named->path, named->where); }

void check(const TableDescription& s, const std::string&, std::vector<Problem>& problems) {
  bool const us = s.format == TableFormat::us_bea;
  std::string const format = us ? "us-bea" : s.format == TableFormat::imported_rows ? "imported-rows" : "import-column";
  auto const file = [&](const std::optional<TableFile>& named, const char* key, bool wanted) {
    if (wanted && !named) problems.push_back({s.files.where, fmt::format("files: a table of format {} needs '{}'", format, key)});
    if (!wanted && named) problems.push_back({named->where, fmt::format("files.{}: not of a table of format {}", key, format)});
  };
  file(s.files.table, "table", !us);
  file(s.files.use, "use", us);
  file(s.files.make, "make", us);
  file(s.files.import, "import", us);
  file(s.files.sectors, "sectors", us);
  if (s.currency.size() != 3 || !std::all_of(s.currency.begin(), s.currency.end(), [](char c) { return c >= 'A' && c <= 'Z'; }))
    problems.push_back({s.where, fmt::format("currency: '{}' is no currency; it is three capital letters, as in 'USD'", s.currency)});
}

InputOutputTable read_input_output_table(const fs::path& file) {
  TreePtr const tree = read_yaml(file);
  ReadContext context = file_context();
  auto const description = read_document<TableDescription>(*tree, context);
  check_name(description, *tree, file);
  InputOutputTable table = description.format == TableFormat::us_bea ? read_us_bea(description) : read_square_table(description);
  table.name = description.name;
  table.title = description.title;
  table.country = description.country;
  table.year = description.year;
  table.currency = description.currency;
  table.classification = description.classification;
  table.map = description.map;
  check_map(table, *tree);
  return table;
}

InputOutputTable find_input_output_table(const std::string& name_or_path, const Location& mention) { return read_input_output_table(find_mentioned_file(TableDescription::kind, name_or_path, mention)); }

std::vector<std::string> shipped_input_output_tables() { return shipped_names(TableDescription::kind); }

Json schema_of_input_output_table() { return schema_document<TableDescription>(); }

}  // namespace headroom

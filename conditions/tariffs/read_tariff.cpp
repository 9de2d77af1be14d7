#include "base/read_fields.h"
#include "base/shipped.h"
#include "base/yaml.h"
#include "conditions/tariffs/tariff.h"
#include "conditions/tariffs/tariff_fields.h"
#include "conditions/tariffs/urdb.h"

namespace headroom {
namespace {

TariffSpec read(const Tree& tree, const std::filesystem::path& file) {
  if (is_urdb(tree)) return tariff_of_urdb(tree, file);
  ReadContext context = file_context();
  return read_document<TariffSpec>(tree, context);
}

}  // namespace

TariffSpec read_tariff(const std::filesystem::path& file) { return read(*read_yaml(file), file); }
TariffSpec read_tariff_text(const std::string& text, const std::string& file) { return read(*parse_yaml(text, file), file); }

TariffSpec find_tariff(const std::string& text) { return read_tariff(find_mentioned(TariffSpec::kind, text, {"--tariff", 0, 0})); }

Json echo_tariff(const TariffSpec& tariff) { return echo(tariff); }
Json schema_of_tariff() { return schema_document<TariffSpec>(); }

}  // namespace headroom

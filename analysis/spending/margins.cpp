#include "analysis/spending/margins.h"

#include <algorithm>

#include "analysis/spending/margins_fields.h"
#include "base/read_fields.h"
#include "base/shipped.h"
#include "base/yaml.h"

namespace headroom {

void check(const MarginSpec& s, const std::string&, std::vector<Problem>& problems) {
  if (double const both = s.trade.share + s.transport.share; both >= 1) problems.push_back({s.where, fmt::format("trade and transport take {:.4g} of it together; producers get nothing", both)});
}

bool MarginSpec::apply_to(SpendingGroup group) const { return std::find(groups.begin(), groups.end(), group) != groups.end(); }

MarginSpec find_margins(const std::string& text) {
  TreePtr const tree = read_yaml(find_mentioned_file(MarginSpec::kind, text, {}));
  ReadContext context = file_context();
  return read_document<MarginSpec>(*tree, context);
}

Json schema_of_margins() { return schema_document<MarginSpec>(); }

double vat_of(const BillLine& line, const GridCosts* costs) {
  if (costs == nullptr || line.spending_class.price.country != costs->country) return 0;
  std::string const& count = line.spending_class.count.key;
  bool const works = count == "building" || count == "grid_lines" || count == "grid_substations" || count == "deep_reinforcement";
  return works ? costs->construction_vat : costs->vat;
}

}  // namespace headroom

// A site's layout to what must be bought, for how much, and what that draws upstream: `headroom spend SITE`.
#pragma once

#include <filesystem>

#include "analysis/spending/bill.h"
#include "analysis/spending/upstream.h"
#include "base/json_fields.h"

namespace headroom {

struct Spending {
  std::string site;
  Bill bill;
  Upstream upstream;
};

// With the prices that ship, or a user's own folder of spending classes. Throws InputError.
Spending spend(const Site& site, const PowerGraph& graph);
Spending spend(const Site& site, const PowerGraph& graph, const std::filesystem::path& prices);

Json to_json(const Bill& bill);
Json to_json(const Upstream& upstream);
Json to_json(const Spending& spending);

// At most 100 columns wide.
std::string to_table(const Bill& bill);
std::string to_table(const Upstream& upstream);
std::string to_table(const Spending& spending);

}  // namespace headroom

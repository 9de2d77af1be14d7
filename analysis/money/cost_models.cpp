#include "analysis/money/cost_models.h"

#include <algorithm>

#include "analysis/money/annuity.h"
#include "base/errors.h"

namespace headroom {
namespace {

double straight_line(double price, double years) { return price / (months_per_year * years); }

}  // namespace

double MonthlyCosts::total() const {
  double sum = 0;
  for (auto const& line : lines) sum += line.amount;
  return sum;
}

double MonthlyCosts::of(const std::string& key) const {
  auto const found = std::find_if(lines.begin(), lines.end(), [&](const MonthlyCostLine& line) { return line.key == key; });
  expects(found != lines.end(), "the costs have a line of that key");
  return found->amount;
}

MonthlyCosts hamilton_costs(const HamiltonInputs& inputs) {
  expects(inputs.power_and_cooling_share >= 0 && inputs.power_and_cooling_share <= 1, "power and cooling are a share of the facility");
  double const facility = monthly_payment(inputs.facility_price, inputs.yearly_rate, inputs.facility_years);
  MonthlyCosts costs{{{"servers", "servers", monthly_payment(inputs.servers_price, inputs.yearly_rate, inputs.servers_years)},
                      {"network", "network", monthly_payment(inputs.network_price, inputs.yearly_rate, inputs.network_years)},
                      {"power_and_cooling", "power distribution and cooling", facility * inputs.power_and_cooling_share},
                      {"power", "electricity", monthly_electricity(inputs.critical, inputs.use, inputs.pue, inputs.price_per_kwh)},
                      {"other", "other infrastructure", facility * (1 - inputs.power_and_cooling_share)},
                      {"salaries", "salaries", inputs.monthly_salaries}}};
  std::erase_if(costs.lines, [](const MonthlyCostLine& line) { return line.amount == 0; });
  return costs;
}

MonthlyCosts barroso_costs_per_watt(const BarrosoInputs& inputs) {
  expects(inputs.server_power > Power{}, "a server draws power");
  double const server_price_per_w = inputs.server_price / (inputs.server_power / watt);
  double const server = straight_line(server_price_per_w, inputs.server_years), site = straight_line(inputs.site_price_per_w, inputs.site_years);
  double const power = monthly_electricity(1 * watt, inputs.use, 1, inputs.price_per_kwh);
  return {{{"server", "server", server},
           {"server_interest", "interest on servers", monthly_payment(server_price_per_w, inputs.yearly_rate, inputs.server_years) - server},
           {"repair", "repair of servers", inputs.repair_share_per_year * server_price_per_w / months_per_year},
           {"site", "site", site},
           {"site_interest", "interest on the site", monthly_payment(inputs.site_price_per_w, inputs.yearly_rate, inputs.site_years) - site},
           {"operation", "operation", inputs.operation_per_w_month},
           {"power", "electricity of servers", power},
           {"overhead", "electricity of the rest of the facility", (inputs.pue - 1) * power}}};
}

}  // namespace headroom

// The money that answers are given in, and what spending is reckoned with: `money` in a scenario.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <utility>

#include "base/errors.h"
#include "base/time.h"

namespace headroom {

// Who buys servers and network: whoever runs the site, or tenants who bring theirs.
enum class ItOwner { site, tenant };
constexpr auto names(ItOwner) { return std::array{std::pair{ItOwner::site, "operator"}, std::pair{ItOwner::tenant, "tenant"}}; }

struct MoneySpec {
  std::string currency = "USD";
  int year = 2025;                             // of the money, and of the prices: what things cost then
  std::optional<DateTime> today;               // orders go out from then on; the beginning of `year` by default
  std::optional<DateTime> in_service;          // when the site is to be; as soon as everything can be there by default
  int horizon = 15;                            // years of service that are looked at
  double discount_rate = 0.05;                 // a year, real; of annuities, too
  std::optional<double> electricity_price;     // per kWh, in that currency; the run's tariff, then the country's by default
  double salaries = 0;                         // a year
  ItOwner it_owner = ItOwner::tenant;
  std::string economy = "us-2022";             // input-output table: a name of what ships, or a path
  double substitution = 0;                     // share of imported purchases that home suppliers take over
  std::string financing = "default";           // how each payer raises its money: a name of what ships, or a path
  double growth = 0;                           // of the peak load, that sizes leave room for
  Location where;
};

}  // namespace headroom

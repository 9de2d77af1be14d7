// The keys of `conditions.grid`.
#pragma once

#include "base/fields.h"
#include "conditions/grids/grid_spec.h"

namespace headroom {

void fields(auto& v, SignalSpec& s) {
  v("file", s.file, required.filled(), "a CSV file, plain or gzip: a path, or $NAME/rest below the folder in the environment variable NAME");
  v("time", s.time, optional, "the column of the moments from which a row holds; without it the file has a row for each hour of year, from 1 January 0:00");
  v("value", s.value, required.filled(), "the column of the values");
  v("unit", s.unit, required.filled(), "of the values: g/kWh, kg/MWh, kg/kWh, t/MWh, lb/MWh or lb/kWh; of a price USD/MWh, EUR/kWh and the like");
  v("timezone", s.timezone, optional, "of moments without an offset: the zone of their clock, daylight saving included");
  v("utc_offset", s.utc_offset, optional.between(-15 * 3600, 15 * 3600), "instead of timezone: one offset for the whole file, such as -5 h");
  v("year", s.year, optional.between(1900, 2200), "the file has this year whole: it stands for every year");
  v("shift", s.shift, optional, "everything comes so much later (364 d) or earlier (-364 d)");
  v("longest_gap", s.longest_gap, optional.non_negative(), "missing rows and empty cells up to so long keep the value before; they are mistakes by default");
}
void fields(auto& v, MixSpec& s) {
  v("file", s.file, required.filled(), "a CSV file, plain or gzip, as above");
  v("time", s.time, required.filled(), "the column of the moments from which a row holds");
  v("fuels", s.fuels, required, "by column of the file: the fuel whose energy it has, such as NG: gas");
  v("factors", s.factors, optional, "of the table of fuels: direct, what power stations emit; or life-cycle, with what comes before and after");
  v("carbon", s.carbon, optional.non_negative(), "by fuel: what a kWh made from it emits, instead of the table of fuels");
  v("timezone", s.timezone, optional, "of moments without an offset: the zone of their clock, daylight saving included");
  v("utc_offset", s.utc_offset, optional.between(-15 * 3600, 15 * 3600), "instead of timezone: one offset for the whole file, such as -5 h");
  v("year", s.year, optional.between(1900, 2200), "the file has this year whole: it stands for every year");
  v("shift", s.shift, optional, "everything comes so much later or earlier");
  v("longest_gap", s.longest_gap, optional.non_negative(), "missing rows and empty cells up to so long keep what was before");
}
void fields(auto& v, SupplyContract& s) {
  v("name", s.name, optional, "what it is called");
  v("share", s.share, optional.share(), "of the electricity from the utilities, at every moment; this or energy_per_year");
  v("energy_per_year", s.energy_per_year, optional.positive(), "so much in a year, spread as the use is; never more than is used");
  v("carbon", s.carbon, required, "what a kWh of it emits");
  v("renewable", s.renewable, optional, "is it renewable, with certificates kept or cancelled for the site?");
}
void fields(auto& v, GridSpec& s) {
  v("carbon", s.carbon, optional, "average intensity of the grid's electricity; worked out from mix where it is left out");
  v("marginal_carbon", s.marginal_carbon, optional, "what one kWh more emits");
  v("price", s.price, optional, "of energy at the market");
  v("mix", s.mix, optional, "what electricity is made from");
  v("contracts", s.contracts, optional, "electricity bought apart from the grid's mix, for the market-based account");
  v("residual_carbon", s.residual_carbon, optional, "market-based intensity of what no contract covers; carbon where it is left out");
  v("renewable_share", s.renewable_share, optional.share(), "of the grid's electricity; worked out from mix where it is left out");
  v("water_l_per_kwh", s.water_l_per_kwh, optional.non_negative(), "that power stations evaporate for each kWh delivered, L");
}

void check(const SignalSpec& s, const std::string& path, std::vector<Problem>& problems);
void check(const MixSpec& s, const std::string& path, std::vector<Problem>& problems);
void check(const SupplyContract& s, const std::string& path, std::vector<Problem>& problems);
void check(const GridSpec& s, const std::string& path, std::vector<Problem>& problems);

}  // namespace headroom

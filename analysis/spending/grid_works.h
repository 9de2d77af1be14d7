// What has to be built outside the fence for a site: lines, substation, transformers, works deeper in the grid, and the power
// stations that keep the system adequate.
//
//   S      = P / power factor                            P: what the site may draw, see firm_draw(); M: what it draws at most,
//                                                        the facility at nameplate, or P where that is less
//   rung   : the first whose line carries S              (line_rating >= S; beyond the last: as many of the last as it takes)
//   n_line = ceil(S / (loading x line_rating)) + 1       circuits, one of them spare (N-1)
//   n_T    = 2, each of S                                transformers, (n_T - 1) S_T >= S (N-1)
//   way    = route_factor x straight distance;           its price x the factor of short lines (by the straight distance)
//   C      = (lines + substation + transformers) (1 + contingency) (1 + afudc)
//   deep   = price per watt x M                          a spread of its own: nothing with some probability, else lognormal
//   dG     = max(0, coincidence M (1 - flexible) (1 + reserve margin) / (1 - losses) - spare margin) / accredited share
//
// Valid for one site of up to some 2 GW that is connected radially; no auctions, no queue. Sources: NREL reVX and MISO's
// transmission cost guide for the form and the factors, the country's file for every figure.
#pragma once

#include "analysis/spending/bill.h"
#include "analysis/spending/grid_costs.h"
#include "topologies/grid_connection_spec.h"

namespace headroom {

struct GridWorks {
  Power draw, peak;                    // P, M
  ApparentPower apparent;              // S
  const GridRung* rung = nullptr;      // of the costs that it was planned by
  int circuits = 0, transformers = 0;
  ApparentPower transformer_each;
  Length way;                          // of one circuit
  double short_line_factor = 1;
  double on_top = 1;                   // (1 + contingency) (1 + afudc)
  Power generation;                    // dG
  const GenerationPlant* plant = nullptr;      // none: the table has no power station
};

// `costs` must outlive the result. Throws InputError: a plant that the table does not have.
GridWorks plan_grid_works(Power draw, Power facility_nameplate, const GridConnectionSpec& spec, const GridCosts& costs);

// `drawing`: the elements by which M is what it is; deep works and power stations are told of them.
// What the works come to as counts and spending classes made from the country's table: priced like everything else.
std::vector<PricedCount> grid_classes(const GridWorks& works, const GridConnectionSpec& spec, const GridCosts& costs, const std::vector<CountedElement>& drawing);

// What the power path loses at nameplate, element by element: with the loads it is the facility's draw.
std::vector<CountedElement> losses_at_nameplate(const PowerGraph& graph);

// What a site may draw for good: with several feeds that state limits the least that is left without one of them, with one its limit,
// without limits the facility at nameplate; and the elements that this rests on.
struct FirmDraw {
  Power power;
  bool of_contract = false;            // feeds state limits
  std::vector<CountedElement> elements;
};
FirmDraw firm_draw(const PowerGraph& graph, Power facility_nameplate);

}  // namespace headroom

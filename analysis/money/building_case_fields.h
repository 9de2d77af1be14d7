// The keys of building-case files. Included where they are read, echoed or turned into a schema, nowhere else.
#pragma once

#include "analysis/money/building_case.h"

namespace headroom {

template <class T>
void fields(auto& v, CaseRange<T>& s) {
  v("low", s.low, required.non_negative(), "of the same thing in the same year");
  v("mid", s.mid, required.non_negative(), "the most likely value: the mode of a triangular distribution");
  v("high", s.high, required.non_negative(), "of the same thing in the same year");
  v("moves_with", s.moves_with, optional, "it or metals: the common factor that it follows in correlated draws; none by default");
  v("evidence", s.evidence, required, "seen in the source, computed from seen figures, from memory, a share of a larger sum, or an assumption");
  v("source", s.source, required.filled(), "where the figures come from");
}
void fields(auto& v, CaseCorrelations& s) {
  v("it", s.it, optional.share(), "of any two figures that move with it");
  v("metals", s.metals, optional.share(), "of any two figures that move with metals");
}
void fields(auto& v, BuildingCase& s) {
  v("name", s.name, required.filled(), "the name it is called by; the stem of its file");
  v("title", s.title, required.filled(), "what it is, in words");
  v("currency", s.currency, required.filled(), "of all its money: three capital letters");
  v("year", s.year, required.between(1950, 2100), "of all its money");
  v("life", s.life, required, "of the building");
  v("building", s.building, required, "with power path and cooling, for each W of IT load");
  v("it", s.it, required, "servers and storage at first fit, for each W of IT load");
  v("network_share", s.network_share, required.share(), "of IT and network together; below 1");
  v("grid", s.grid, required, "connection and reinforcement, for each W that the facility draws");
  v("generation", s.generation, required, "new power stations, for each W that the facility draws");
  v("pue", s.pue, required, "facility over IT; at least 1");
  v("use", s.use, required, "mean IT power over the IT load; at most 1");
  v("server_life", s.server_life, required, "until servers are bought again");
  v("network_life", s.network_life, required, "until the network is bought again");
  v("electricity", s.electricity, required, "at the full tariff");
  v("energy_only_share", s.energy_only_share, required, "of that tariff: neither grid nor power station; at most 1");
  v("correlations", s.correlations, optional, "of the figures that move together, 0 to 1, as the correlation of normal scores");
}

void check(const BuildingCase& s, const std::string& path, std::vector<Problem>& problems);

}  // namespace headroom

// GraphML as a site: wide-area networks as the Internet Topology Zoo has them. Every node is a place; one of the network itself
// (Internal is not 0) is also a hall with servers.
#pragma once

#include <filesystem>

#include "topologies/import/imported_site.h"

namespace headroom {

struct GraphmlChoices {
  std::int64_t servers = 1;                 // at each node
  std::optional<DataRate> assumed_rate;     // of edges without LinkSpeedRaw
  std::optional<Length> assumed_distance;   // of edges whose ends have no coordinates
};

// Throws InputError with everything that is wrong, each at its place.
ImportedSite read_graphml(const std::filesystem::path& file, const GraphmlChoices& choices);

// Along the surface, in degrees north and east; a sphere of 6371.0088 km (IUGG mean radius).
Length great_circle(double latitude_a, double longitude_a, double latitude_b, double longitude_b);
// Light in glass goes at 2/3 of its speed.
Duration fibre_latency(Length length);

}  // namespace headroom

// The keys of plans. Included where they are read or turned into a schema, nowhere else.
#pragma once

#include "analysis/placement/plan_spec.h"
#include "topologies/site_fields.h"

namespace headroom {

void fields(auto& v, PlannedRacks& s) {
  fields(v, s.group);
  v("halls", s.halls, optional, "where they may stand; every hall by default");
}
void fields(auto& v, DemandPoint& s) {
  v("date", s.date, required, "from when on; a year or a month means its first day");
  v("demand", s.demand, required, "what is asked of the site then");
  v("low", s.low, optional, "the least that may be asked; demand by default");
  v("high", s.high, optional, "the most that may be asked; demand by default");
}
void fields(auto& v, RefreshStep& s) {
  v("date", s.date, required, "when the new servers are in");
  v("racks", s.racks, required.filled(), "group of today's racks, as 'compute' or 'h1/compute'");
  v("power", s.power, optional.positive(), "how many times as much the new servers draw");
  v("servers", s.servers, optional, "type of the new servers, one for one; instead of power");
}
void fields(auto& v, ConnectionStep& s) {
  v("date", s.date, required, "from when on");
  v("limit", s.limit, required.positive(), "what may be drawn");
  v("feed", s.feed, optional, "from this utility feed; from all of them together by default");
}
void fields(auto& v, GrowthSpec& s) {
  v("demand", s.demand, required.filled(), "in the order of their dates; straight lines between them");
  v("refresh", s.refresh, optional, "today's racks with new servers; for a demand in racks");
  v("connection", s.connection, optional, "steps of the connection's limit");
}
void fields(auto& v, Plan& s) {
  v("name", s.name, required.filled(), "what it is called");
  v("racks", s.racks, optional, "racks to add: like a group of racks of a site, or the name of one and how many more of it");
  v("growth", s.growth, optional, "what will be asked of the site, and when");
}

void check(const PlannedRacks& s, const std::string& path, std::vector<Problem>& problems);
void check(const DemandPoint& s, const std::string& path, std::vector<Problem>& problems);
void check(const RefreshStep& s, const std::string& path, std::vector<Problem>& problems);
void check(const GrowthSpec& s, const std::string& path, std::vector<Problem>& problems);
void check(const Plan& s, const std::string& path, std::vector<Problem>& problems);

}  // namespace headroom

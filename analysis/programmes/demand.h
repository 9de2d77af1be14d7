// What a year's units ask of each kind of site, hour by hour: drivers become streams of work.
//
//   mean of a stream  = units x share of its latency class / every x (core time, GPU time, bytes)
//   held              = core time per second / busy;  a stream with data holds at least a core for each 1 Gbit/s of it
//   factor of an hour = day[hour] week[day] / their mean over the week; 1 on average, so that a shape moves no total
//   peak day          = day[hour] max(week) / that mean x peak_day
//   sites needed      = the most of: cores and GPUs held in the highest hour of the peak day / (those of a site x fill), bytes kept
//                       / storage, bit/s to or from each place outside (the larger way) in the highest hour / its links; upwards to whole sites
//   kept              = units / every x kept x kept_for: as after `kept_for`
// What more than the sites in service may hold, or their links carry, is turned away, in its hour and of all streams alike.
// Valid for work that can be divided freely among sites and moved to no other hour.
#pragma once

#include <array>
#include <string>
#include <vector>

#include "analysis/programmes/reference_site.h"

namespace headroom {

constexpr int hours_a_week = 168, hours_a_day = 24;
constexpr double hours_of_a_year = 8760;
constexpr double intake_bit_s_per_core = 1e9;      // assumption: what a core takes in or sends on

// Of each hour of the mean week, from Monday midnight, then of the busiest day.
using LoadHours = std::array<double, hours_a_week + hours_a_day>;
LoadHours hour_factors(const LoadShape* shape);                // nullptr: flat
const LoadShape* shape_of(const ProgrammeSpec& programme, const std::string& name);

// One driver's work at one kind of site in one year, all sites together: means over the year.
struct WorkStream {
  std::size_t driver = 0, sector = 0;
  std::string job_class;               // "driver-3", by its place in drivers_of(); "driver-3-from-KIND" of what another kind passes on
  double cores = 0, gpus = 0;          // held
  double received = 0, answered = 0, passed_on = 0;      // B/s
  double kept_bytes = 0;               // the stock, as after `kept_for`
  LoadHours factors{};                     // what other kinds turned away of what they pass on is taken off
  std::string comes_by;                // the place outside
};

struct KindDemand {
  std::vector<WorkStream> streams;
  double kept_bytes() const;
};

// What the sites in service take of each hour, shares: of streams on cores and of those on GPUs. Links that are full turn both away.
struct Served {
  LoadHours cores{}, gpus{};
  double turned_away = 0;              // of the mean week, of the busiest day: the largest share of cores, GPUs and bits that were asked for,
  double turned_away_peak_day = 0;     // or of the bytes to be kept
};

struct SitesNeeded {
  double count = 0;
  std::string bound_by;
  std::vector<double> sector_shares;   // of what binds, mean
};

// `passed`: the demand of kinds that pass on to this one, with what they serve.
struct PassedOn {
  const SiteKind* from;
  const KindDemand* demand;
  const Served* served;
};
KindDemand demand_of(const ProgrammeSpec& programme, const SiteKind& kind, int year, const std::vector<PassedOn>& passed);
SitesNeeded sites_needed(const ProgrammeSpec& programme, const KindDemand& demand, const ReferenceSite& site);
Served served_by(const KindDemand& demand, const ReferenceSite& site, double sites);

}  // namespace headroom

// A programme of two drivers, for tests; layouts as they ship.
#pragma once

#include "analysis/programmes/read_programme.h"
#include "tests/support/temporary.h"

namespace headroom {

inline const char* const small_programme_text = R"(kind: programme
version: 1
name: small
title: two drivers on two kinds of site
years: {first: 2020, last: 2022}
money: {currency: CNY, year: 2020, economy: china-2020-153, today: 2018-06-01T00:00:00+08:00}
country: cn
shapes:
  - {name: office, day: [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0], week: [1, 1, 1, 1, 1, 0, 0], evidence: assumption, source: ours}
latency_classes:
  - {name: near, round_trip: 10 ms}
  - {name: far, round_trip: 100 ms}
sites:
  - {name: edge, layout: edge-layout, serves: near, passes_to: core}
  - {name: core, layout: core-layout, serves: [far]}
sectors:
  - name: city
    drivers:
      - name: cameras
        unit: camera
        counts: {years: {2020: 1000, 2021: 2000, 2022: 3000}, evidence: assumption, source: ours}
        latency: [{class: near}]
        work: {every: 1 s, received: 500 kB, passed_on: 0.1, evidence: seen, source: a guide}
        buys: {name: camera, price: {mid: 2000 CNY/unit}, year: 2020, life: 6 y, payer: government, sector: {china_153: "091"}, evidence: assumption, source: ours}
  - name: radio
    drivers:
      - name: stations
        unit: station
        counts: {years: {2020: 650, 2022: 2000}, interpolate: true, evidence: seen, source: a forecast}
        shape: office
        power: {mean: 3.5 kW, follows: 0.5, evidence: seen, source: an operator}
)";

inline ProgrammeSpec small_programme(const std::vector<std::string>& settings = {}) { return find_programme(TemporaryFile(".yaml", small_programme_text).path().string(), settings); }

}  // namespace headroom

// A quantity that is not known exactly, as a distribution.
//
// Triangular (Johnson, The Statistician 46(3), 1997): F(x) = (x-a)^2 / ((b-a)(m-a)) up to the mode m, 1 - (b-x)^2 / ((b-a)(b-m)) above it; a, m, b are low, mid and
// high of one thing in one year. Valid for a <= m <= b; a = b is a fixed value.
// Zero or lognormal: 0 with a probability p, else exp(ln(median) + s Z) with s = ln(P90 / median) / z(0.9), z(0.9) = 1.28155;
// median and P90 are those of the lognormal part alone. Valid for 0 <= p < 1 and 0 < median <= P90.
#pragma once

#include <string>

namespace headroom {

enum class UncertainShape { fixed, triangular, zero_or_lognormal };

struct Uncertain {
  std::string name;                 // seeds its stream: unique in a table
  UncertainShape shape = UncertainShape::fixed;
  double low = 0, mid = 0, high = 0;               // triangular; a fixed value is mid
  double zero_probability = 0, median = 0, p90 = 0;     // zero or lognormal
  std::string group = {};           // whose common factor it follows; "" for none
};

Uncertain fixed(const std::string& name, double value);
Uncertain triangular(const std::string& name, double low, double mid, double high, const std::string& group = "");
Uncertain zero_or_lognormal(const std::string& name, double zero_probability, double median, double p90, const std::string& group = "");

// The inverse of the cumulative function at 0 <= u < 1.
double value_at(const Uncertain& quantity, double u);

// z with P(Z <= z) = u of a standard normal Z, 0 < u < 1: the start of Abramowitz and Stegun 26.2.23 (off by at most 4.5e-4), then two steps of
// Halley on erfc; to about 1e-15.
double normal_quantile(double u);
double normal_cumulative(double z);

}  // namespace headroom

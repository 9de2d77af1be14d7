#include "analysis/study/students_t.h"

#include <cmath>
#include <numbers>

#include "base/errors.h"

namespace headroom {

// The finite series for whole degrees of freedom: Abramowitz and Stegun, 26.7.3 and 26.7.4.
double within_t(double t, int degrees) {
  expects(degrees >= 1 && t >= 0, "Student's t has one degree of freedom or more");
  double const angle = std::atan(t / std::sqrt(degrees)), cosine = std::cos(angle), sine = std::sin(angle);
  bool const odd = degrees % 2 == 1;
  double term = odd ? cosine : 1, sum = degrees == 1 ? 0 : term;
  for (int k = odd ? 3 : 2; k <= degrees - 2; k += 2) {
    term *= cosine * cosine * (k - 1) / k;
    sum += term;
  }
  return odd ? 2 / std::numbers::pi * (angle + sine * sum) : sine * sum;
}

double students_t(double confidence, int degrees) {
  double low = 0, high = 1;
  while (within_t(high, degrees) < confidence) high *= 2;
  for (int i = 0; i < 100 && high - low > 1e-14 * high; ++i) {
    double const middle = (low + high) / 2;
    (within_t(middle, degrees) < confidence ? low : high) = middle;
  }
  return high;
}

}  // namespace headroom

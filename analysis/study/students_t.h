// Student's t, for intervals of means of few runs.
#pragma once

namespace headroom {

// P(|T| <= t) with so many degrees of freedom.
double within_t(double t, int degrees);

// The t with P(|T| <= t) = confidence: 2.262 for 95 % and 9 degrees of freedom.
double students_t(double confidence, int degrees);

}  // namespace headroom

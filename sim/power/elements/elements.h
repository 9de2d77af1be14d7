// The table of behaviours. A new one is one file here and one line in elements.cpp.
#pragma once

#include <memory>
#include <vector>

#include "sim/power/element.h"

namespace headroom {

// Every element of the graph that behaves, in the order of its nodes.
std::vector<std::unique_ptr<Element>> elements_of(PowerState& shared);

std::unique_ptr<Element> storage_element(PowerState& shared, NodeId node);          // a UPS, a shelf, a BBU
std::unique_ptr<Element> transfer_element(PowerState& shared, NodeId node);         // ATS, STS, tie
std::unique_ptr<Element> generator_element(PowerState& shared, NodeId node);

}  // namespace headroom

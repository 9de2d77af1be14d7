// What the keys of a site file must satisfy together. What needs the graph is found when it is built.
#include "topologies/site_fields.h"

namespace headroom {
namespace {

void problem(std::vector<Problem>& problems, const Location& where, const std::string& path, const std::string& what) {
  problems.push_back({where, path.empty() ? what : path + ": " + what});
}

std::string phases_problem(int phases) { return fmt::format("phases: {} is neither 1 nor 3", phases); }

}  // namespace

void check(const CircuitRating& s, const std::string& path, std::vector<Problem>& problems) {
  if (s.phases == 2) problem(problems, s.where, path, phases_problem(s.phases));
}

void check(const WrittenCircuit& s, const std::string& path, std::vector<Problem>& problems) {
  if (s.phases == 2) problem(problems, s.where, path, phases_problem(s.phases));
  if (s.from == s.to) problem(problems, s.where, path, fmt::format("'{}' cannot feed itself", s.from));
}

void check(const AuxiliaryLoad& s, const std::string& path, std::vector<Problem>& problems) {
  if (s.type && s.power > Power{}) problem(problems, s.where, path, "has both type and power; one would do");
  if (!s.type && s.power <= Power{}) problem(problems, s.where, path, "needs type or power");
  if (s.type && s.power_factor != 1) problem(problems, s.where, path, "power_factor belongs to power; the type has its own");
}

void check(const RackGroup& s, const std::string& path, std::vector<Problem>& problems) {
  if (s.servers.empty() && s.enclosures.empty() && s.auxiliary.empty()) problem(problems, s.where, path, "the rack is empty: give it servers, enclosures or auxiliary");
}

void check(const WrittenNode& s, const std::string& path, std::vector<Problem>& problems) {
  int const roles = (s.utility ? 1 : 0) + (s.transformer ? 1 : 0) + (s.switchboard ? 1 : 0) + (s.ups ? 1 : 0) + (s.pdu ? 1 : 0) +
                    (s.converter ? 1 : 0) + (s.auxiliary ? 1 : 0);
  if (roles != 1)
    problem(problems, s.where, path, fmt::format("needs exactly one of utility, transformer, switchboard, ups, pdu, converter and auxiliary, found {}", roles));
  if (s.count > 1 && (s.utility || s.switchboard)) problem(problems, s.where, path, "count is for devices side by side; a utility feed or a switchboard is one");
  if (s.utility && !s.utility->name.empty()) problem(problems, s.where, path, "utility: leave out the name; the node has one");
}

void check(const PowerPath& s, const std::string& path, std::vector<Problem>& problems) {
  bool const written = !s.nodes.empty();
  if (written == s.scheme.has_value()) problem(problems, s.where, path, written ? "has both a scheme and nodes; one would do" : "needs a scheme (N or 2N), or nodes and circuits");
  if (written && !s.scheme && (!s.utility.empty() || s.transformer || s.switchboard || s.ups || s.pdu))
    problem(problems, s.where, path, "utility, transformer, switchboard, ups and pdu belong to a scheme; with nodes, write them there");
  if (s.scheme && !s.circuits.empty()) problem(problems, s.where, path, "circuits belong to nodes; a scheme makes its own");
  if (!s.scheme) return;
  std::size_t const sides = *s.scheme == Scheme::n ? 1 : 2;
  if (s.utility.empty() || s.utility.size() > sides)
    problem(problems, s.where, path, fmt::format("scheme {} takes {}, found {}", sides == 1 ? "N" : "2N", sides == 1 ? "one utility feed" : "one utility feed or two", s.utility.size()));
  if (sides == 2 && s.utility.size() == 1 && !s.transformer && !s.switchboard && !s.ups && !s.pdu)
    problem(problems, s.where, path, "2N needs something of its own on each side: a second utility feed, transformers, switchboards, UPS or PDUs");
  for (auto const& feed : s.utility)
    if (feed.name.empty()) problem(problems, feed.where, path, "utility: missing key 'name'");
}

}  // namespace headroom

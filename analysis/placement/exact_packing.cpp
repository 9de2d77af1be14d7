#include "analysis/placement/exact_packing.h"

#include <coin/Cbc_C_Interface.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <memory>
#include <utility>

#include "base/errors.h"

namespace headroom {
namespace {

constexpr double seconds_at_most = 20;         // of one program
constexpr double unbounded = std::numeric_limits<double>::max();      // Coin's word for it, too
constexpr double whole = 1e-6;                 // how far from whole numbers the solver may end

struct Column {
  double upper = 0, objective = 0;
  bool integer = true;
};
struct ConstraintRow {
  std::vector<int> columns;
  std::vector<double> factors;
  double lower = -unbounded, upper = unbounded;
};

struct Program {
  std::vector<Column> columns;
  std::vector<ConstraintRow> rows;
  bool maximise = true;
};

struct Solution {
  bool optimal = false, infeasible = false;
  std::vector<double> values;                  // empty: none was found
  double bound = 0;
};

void load(Cbc_Model* model, const Program& program) {
  std::vector<std::vector<std::pair<int, double>>> by_column(program.columns.size());
  for (std::size_t r = 0; r < program.rows.size(); ++r)
    for (std::size_t k = 0; k < program.rows[r].columns.size(); ++k) by_column[static_cast<std::size_t>(program.rows[r].columns[k])].emplace_back(static_cast<int>(r), program.rows[r].factors[k]);
  std::vector<CoinBigIndex> starts{0};
  std::vector<int> index;
  std::vector<double> value, lower, upper, objective, row_lower, row_upper;
  for (std::size_t c = 0; c < program.columns.size(); ++c) {
    for (auto const& [row, factor] : by_column[c]) {
      index.push_back(row);
      value.push_back(factor);
    }
    starts.push_back(static_cast<CoinBigIndex>(index.size()));
    lower.push_back(0);
    upper.push_back(program.columns[c].upper);
    objective.push_back(program.columns[c].objective);
  }
  for (auto const& row : program.rows) {
    row_lower.push_back(row.lower);
    row_upper.push_back(row.upper);
  }
  Cbc_loadProblem(model, static_cast<int>(program.columns.size()), static_cast<int>(program.rows.size()), starts.data(), index.data(), value.data(), lower.data(), upper.data(), objective.data(), row_lower.data(),
                  row_upper.data());
  for (std::size_t c = 0; c < program.columns.size(); ++c)
    if (program.columns[c].integer) Cbc_setInteger(model, static_cast<int>(c));
  Cbc_setObjSense(model, program.maximise ? -1 : 1);
}

Solution solve(const Program& program) {
  std::unique_ptr<Cbc_Model, decltype(&Cbc_deleteModel)> const model(Cbc_newModel(), Cbc_deleteModel);
  load(model.get(), program);
  Cbc_setLogLevel(model.get(), 0);             // stdout carries the result alone
  Cbc_setMaximumSeconds(model.get(), seconds_at_most);
  Cbc_solve(model.get());
  Solution out;
  out.optimal = Cbc_isProvenOptimal(model.get()) != 0;
  out.infeasible = Cbc_isProvenInfeasible(model.get()) != 0;
  out.bound = Cbc_getBestPossibleObjValue(model.get());
  double const* const values = out.infeasible ? nullptr : Cbc_bestSolution(model.get());
  if (values != nullptr) out.values.assign(values, values + program.columns.size());
  return out;
}

// Rows are in shares of what a limit allows, so that the solver's tolerance means the same to each.
Program program_of(const PackingProblem& problem, const std::vector<int>& limits) {
  Program out;
  std::vector<ConstraintRow> of_type(problem.types.size()), of_limit(problem.limits.size());
  for (std::size_t c = 0; c < problem.candidates.size(); ++c) {
    Candidate const& candidate = problem.candidates[c];
    RackType const& type = problem.types[static_cast<std::size_t>(candidate.type)];
    out.columns.push_back({candidate.refused ? 0.0 : static_cast<double>(type.wanted), 1, true});
    of_type[static_cast<std::size_t>(candidate.type)].columns.push_back(static_cast<int>(c));
    of_type[static_cast<std::size_t>(candidate.type)].factors.push_back(1);
    for (auto const& use : candidate.uses) {
      if (use.amount <= 0) continue;
      double const allowed = problem.limits[static_cast<std::size_t>(use.limit)].allowed;
      of_limit[static_cast<std::size_t>(use.limit)].columns.push_back(static_cast<int>(c));
      of_limit[static_cast<std::size_t>(use.limit)].factors.push_back(use.amount / (allowed > 0 ? allowed : 1));
    }
  }
  for (std::size_t t = 0; t < of_type.size(); ++t) {
    of_type[t].upper = problem.types[t].wanted;
    out.rows.push_back(std::move(of_type[t]));
  }
  for (int const l : limits) {
    PackingLimit const& limit = problem.limits[static_cast<std::size_t>(l)];
    ConstraintRow row = of_limit[static_cast<std::size_t>(l)];
    row.upper = std::max(0.0, limit.left() / (limit.allowed > 0 ? limit.allowed : 1));
    if (!row.columns.empty()) out.rows.push_back(std::move(row));
  }
  return out;
}

std::vector<int> all_limits(const PackingProblem& problem) {
  std::vector<int> out;
  for (std::size_t l = 0; l < problem.limits.size(); ++l) out.push_back(static_cast<int>(l));
  return out;
}

Packing packing_of(const PackingProblem& problem, const Solution& solution) {
  Packing out(problem.candidates.size(), 0);
  for (std::size_t c = 0; c < out.size() && c < solution.values.size(); ++c) out[c] = static_cast<int>(std::lround(solution.values[c]));
  return out;
}

}  // namespace

bool has_exact_packing() { return true; }

std::optional<ExactPacking> pack_exactly(const PackingProblem& problem) {
  if (problem.candidates.empty()) return ExactPacking{{}, 0, true};
  Solution const solution = solve(program_of(problem, all_limits(problem)));
  ExactPacking out{packing_of(problem, solution), 0, solution.optimal};
  expects(fits(problem, out.packing, whole), "the solver's packing keeps every limit");
  out.bound = solution.optimal ? placed(out.packing) : std::floor(std::min(solution.bound, static_cast<double>(problem.wanted())) + whole);
  return out;
}

std::optional<double> least_fullest_share(const PackingProblem& problem, int racks) {
  Program program = program_of(problem, all_limits(problem));
  int const highest = static_cast<int>(program.columns.size());
  ConstraintRow enough;
  for (int c = 0; c < highest; ++c) {
    program.columns[static_cast<std::size_t>(c)].objective = 0;
    enough.columns.push_back(c);
    enough.factors.push_back(1);
  }
  enough.lower = racks;
  std::size_t const first = problem.types.size(), rows = program.rows.size();
  // each limit's row a second time: carried + used - highest <= 0
  std::size_t at = first;
  std::vector<char> used(problem.limits.size(), 0);
  for (auto const& candidate : problem.candidates)
    for (auto const& use : candidate.uses)
      if (use.amount > 0) used[static_cast<std::size_t>(use.limit)] = 1;
  for (std::size_t l = 0; l < problem.limits.size() && at < rows; ++l) {
    if (used[l] == 0) continue;
    ConstraintRow row = program.rows[at++];
    row.columns.push_back(highest);
    row.factors.push_back(-1);
    row.upper = problem.limits[l].allowed > 0 ? -problem.limits[l].carried / problem.limits[l].allowed : 0;
    program.rows.push_back(std::move(row));
  }
  program.rows.push_back(std::move(enough));
  program.columns.push_back({1e6, 1, false});
  program.maximise = false;
  Solution const solution = solve(program);
  if (!solution.optimal || solution.values.empty()) return std::nullopt;
  return solution.values.back();
}

std::optional<bool> all_fit_under(const PackingProblem& problem, const std::vector<int>& limits) {
  Program program = program_of(problem, limits);
  for (std::size_t t = 0; t < problem.types.size(); ++t) {
    if (program.rows[t].columns.empty() && problem.types[t].wanted > 0) return false;
    program.rows[t].lower = program.rows[t].upper;
  }
  Solution const solution = solve(program);
  if (solution.infeasible) return false;
  if (!solution.values.empty()) return true;
  return std::nullopt;
}

}  // namespace headroom

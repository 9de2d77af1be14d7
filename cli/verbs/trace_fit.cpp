#include <fmt/format.h>

#include <cmath>

#include "base/json_fields.h"
#include "cli/exit_codes.h"
#include "cli/verbs/trace.h"
#include "workloads/generators/fit.h"
#include "workloads/generators/generator_fields.h"

namespace headroom {
namespace {

struct FitOptions {
  std::shared_ptr<TraceChoice> choice = std::make_shared<TraceChoice>();
  std::string file;
};

template <class Enum>
std::string name_of(Enum value) {
  for (auto const& [candidate, name] : names(Enum{}))
    if (candidate == value) return name;
  throw ContractError("every value has a name");
}

std::string list_of(const std::vector<double>& values) {
  std::string out;
  for (double value : values) out += (out.empty() ? "" : ", ") + number_text(value);
  return "[" + out + "]";
}

std::string remarks(const TraceFit& fit, const ChosenTrace& chosen) {
  std::string out = fmt::format("# Fitted to {}: {} jobs. Its time zero is {} ({}).\n", chosen.name, fit.jobs, to_text(chosen.start), chosen.start_from);
  out += fmt::format("# mean run time of the trace {:.6g} s\n", fit.mean_runtime.si());
  for (auto const& runtime : fit.runtimes)
    out += fmt::format("# run times, {}: mean {:.6g} s, cv {:.4g}; {:.6g} s of those up to the longest; log-likelihood {:.8g}, Kolmogorov-Smirnov distance {:.4f}\n", name_of(runtime.kind),
                       runtime.mean.si(), runtime.cv, runtime.mean_to_longest.si(), runtime.log_likelihood, runtime.distance);
  if (!fit.runtimes.empty()) {
    double const ratio = fit.runtimes.front().mean_to_longest / fit.mean_runtime;
    if (std::abs(ratio - 1) > 0.1) out += fmt::format("# the mean of what is made is {:.2f} times the trace's; scale_to can set the load\n", ratio);
  }
  if (fit.without_runtime > 0) out += fmt::format("# {} jobs have a run time of zero; the generator makes none\n", fit.without_runtime);
  if (fit.several_utilisations > 0) out += fmt::format("# {} jobs change their utilisation; the generator gives all jobs the mean\n", fit.several_utilisations);
  if (fit.jobs_of_other_sizes > 0)
    out += fmt::format("# {} different sizes; {} jobs ({:.2g} %) are not of the {} commonest, which stand here\n", fit.size_count, fit.jobs_of_other_sizes,
                       100 * static_cast<double>(fit.jobs_of_other_sizes) / static_cast<double>(fit.jobs), most_sizes);
  return out + "# Sizes are drawn apart from run times: how they go together in the trace is lost.\n";
}

std::string to_yaml(const TraceFit& fit, const ChosenTrace& chosen) {
  GenerateSpec const& spec = fit.spec;
  std::string out = remarks(fit, chosen) + "workload:\n  - generate:\n";
  out += fmt::format("      jobs: {}\n      arrivals:\n        every: {}\n        cv: {}\n", *spec.jobs, to_text(spec.arrivals->every), number_text(spec.arrivals->cv));
  if (!spec.arrivals->day.empty()) out += fmt::format("        day: {}\n", list_of(spec.arrivals->day));
  if (!spec.arrivals->week.empty()) out += fmt::format("        week: {}\n", list_of(spec.arrivals->week));
  out += fmt::format("      runtime: {{kind: {}, mean: {}", name_of(spec.runtime->kind), to_text(spec.runtime->mean));
  if (spec.runtime->cv) out += fmt::format(", cv: {}", number_text(*spec.runtime->cv));
  if (spec.runtime->at_most) out += fmt::format(", at_most: {}", to_text(*spec.runtime->at_most));
  out += "}\n";
  if (spec.utilisation != 1) out += fmt::format("      utilisation: {}\n", number_text(spec.utilisation));
  out += "      sizes:\n";
  for (auto const& size : spec.sizes) {
    std::string asks;
    if (size.processors > Amount()) asks += fmt::format("processors: {}, ", size.processors);
    if (size.gpus > Amount()) asks += fmt::format("gpus: {}, ", size.gpus);
    out += fmt::format("        - {{{}weight: {}}}\n", asks, number_text(size.weight));
  }
  return out + fmt::format("    processor: {}\n    several_servers: {}\n", name_of(chosen.unit), chosen.several_servers);
}

Json to_json(const TraceFit& fit, const ChosenTrace& chosen) {
  Json runtimes = Json::array();
  for (auto const& runtime : fit.runtimes)
    runtimes.push_back({{"kind", name_of(runtime.kind)}, {"mean_s", runtime.mean.si()}, {"cv", runtime.cv}, {"mean_to_longest_s", runtime.mean_to_longest.si()}, {"log_likelihood", runtime.log_likelihood}, {"distance", runtime.distance}});
  return {{"generate", echo(fit.spec)},
          {"processor", name_of(chosen.unit)},
          {"several_servers", chosen.several_servers},
          {"start", to_text(chosen.start)},
          {"runtimes", runtimes},
          {"runtime_mean_s", fit.mean_runtime.si()},
          {"jobs_without_runtime", fit.without_runtime},
          {"jobs_of_several_utilisations", fit.several_utilisations},
          {"sizes", fit.size_count},
          {"jobs_of_other_sizes", fit.jobs_of_other_sizes}};
}

int fit(const FitOptions& options, const Globals& globals) {
  ChosenTrace const chosen = open_trace(*options.choice);
  TraceFit const fitted = fit_trace(*chosen.source, chosen.start, chosen.where);
  std::string const text = globals.format == OutputFormat::json ? to_json(fitted, chosen).dump(2) + "\n" : to_yaml(fitted, chosen);
  if (options.file.empty()) print_result(text);
  else write_file(options.file, text);
  return done;
}

}  // namespace

void add_trace_fit(CLI::App& trace, Globals& globals) {
  auto options = std::make_shared<FitOptions>();
  CLI::App* verb = subcommand(trace, globals, "fit", "a generator like the trace, to be pasted into a scenario");
  add_trace_choice(*verb, options->choice);
  verb->add_option("-o,--output", options->file, "the file; stdout by default");
  verb->callback([options, &globals] { globals.chosen = [options, &globals] { return fit(*options, globals); }; });
}

}  // namespace headroom

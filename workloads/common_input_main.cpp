// headroom-common-input JOBS OUT.csv [--first N] [--seed S]: the input of the comparison with other simulators.
#include <CLI/CLI.hpp>

#include <cstdio>
#include <fstream>
#include <optional>
#include <string>

#include "workloads/common_input.h"

int main(int argc, char** argv) {
  constexpr int usage = 64, cannot_create = 73, output_failed = 74;
  int jobs = 0, seed = headroom::common_input_seed;
  std::optional<int> first;
  std::string file;
  CLI::App app{"Writes the jobs of the comparison with other simulators as submit_s,runtime_s,cores."};
  app.add_option("JOBS", jobs, "how many jobs")->required()->check(CLI::Range(0, 100'000'000));
  app.add_option("OUT", file, "the file to write")->required();
  app.add_option("--first", first, "only the first so many of them")->check(CLI::NonNegativeNumber);
  app.add_option("--seed", seed, "of the random numbers");
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& e) {
    return app.exit(e) == 0 ? 0 : usage;
  }

  std::ofstream out(file, std::ios::binary);
  if (!out) {
    std::fprintf(stderr, "%s: error: the file cannot be created\n", file.c_str());
    return cannot_create;
  }
  headroom::write_common_input(out, jobs, seed, first);
  out.close();
  if (out) return 0;
  std::fprintf(stderr, "%s: error: the file could not be written to its end\n", file.c_str());
  return output_failed;
}

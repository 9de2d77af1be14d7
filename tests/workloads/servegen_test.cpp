#include <catch2/catch.hpp>
#include <fmt/format.h>

#include <cmath>

#include "tests/workloads/support.h"

using namespace headroom;

namespace {

const std::string rates_header = "client,t_s,rate_per_s,cv,pattern,param1,param2\n";
const std::string tokens_header = "client,t_s,in_mean,in_p50,in_p95,in_p99,out_mean,out_p50,out_p95,out_p99\n";
const std::string tokens_of_0 = tokens_header + "0,0,1100,1100,1100,1100,43,43,43,43\n";      // 2.2 s each at the usual rates

// Both tables in a folder that is gone when the test is.
class Tables {
 public:
  explicit Tables(const std::string& rates, const std::string& tokens = tokens_of_0) : rates_("-client_rates.csv", rates_header + rates), tokens_(beside(rates_.path())) {
    std::ofstream(tokens_, std::ios::binary) << tokens;
  }
  ~Tables() { std::filesystem::remove(tokens_); }
  Tables(const Tables&) = delete;
  Tables& operator=(const Tables&) = delete;
  std::unique_ptr<JobSource> open(const TraceOptions& options = {}) const { return open_file(rates_.path(), options); }
  const std::filesystem::path& path() const { return rates_.path(); }

 private:
  static std::filesystem::path beside(const std::filesystem::path& rates) {
    std::string name = rates.string();
    return name.replace(name.size() - std::string("rates.csv").size(), std::string::npos, "tokens.csv");
  }
  TemporaryFile rates_;
  std::filesystem::path tokens_;
};

TraceOptions options_of(std::uint64_t seed, double arrivals = 1) {
  TraceOptions options;
  options.seed = seed;
  options.arrivals = arrivals;
  return options;
}

std::string steady_windows(int windows, const std::string& law) {
  std::string rows;
  for (int i = 0; i < windows; ++i) rows += fmt::format("0,{},{}\n", i * 600, law);
  return rows;
}

// Coefficient of variation of the gaps between jobs.
double variation(const std::vector<Job>& jobs) {
  double sum = 0, squares = 0;
  for (std::size_t i = 1; i < jobs.size(); ++i) {
    double const gap = (jobs[i].submit - jobs[i - 1].submit).seconds();
    sum += gap;
    squares += gap * gap;
  }
  double const n = static_cast<double>(jobs.size() - 1), mean = sum / n;
  return std::sqrt(squares / n - mean * mean) / mean;
}

}  // namespace

TEST_CASE("requests come at the rate of their window, in order, numbered, of their tokens", "[workloads]") {
  Tables const tables("0,0,10,1,Gamma,1,0.1\n0,600,0,,,,\n0,1200,1,1,Gamma,1,1\n");
  auto const jobs = jobs_of(*tables.open());
  int first = 0, pause = 0, last = 0;
  for (std::size_t i = 0; i < jobs.size(); ++i) {
    CHECK(jobs[i].id == static_cast<std::int64_t>(i) + 1);
    if (i > 0) CHECK(jobs[i - 1].submit <= jobs[i].submit);
    double const at = jobs[i].submit.seconds();
    ++(at < 600 ? first : at < 1200 ? pause : last);
    CHECK(jobs[i].runtime.ns == 2'200'000'000);
    CHECK(jobs[i].processors == 1);
  }
  CHECK(first == Approx(6000).margin(4 * std::sqrt(6000)));
  CHECK(pause == 0);
  CHECK(last == Approx(600).margin(4 * std::sqrt(600)));
}

TEST_CASE("gaps vary as their pattern and shape say", "[workloads]") {
  CHECK(variation(jobs_of(*Tables(steady_windows(20, "10,2,Gamma,0.25,0.4")).open())) == Approx(2).epsilon(0.03));                     // 1 / sqrt(shape)
  CHECK(variation(jobs_of(*Tables(steady_windows(20, "10,0.5,Gamma,4,0.025")).open())) == Approx(0.5).epsilon(0.03));
  CHECK(variation(jobs_of(*Tables(steady_windows(20, "10,2.236,Weibull,0.5,0.05")).open())) == Approx(std::sqrt(5)).epsilon(0.05));      // gamma(5) / gamma(3)^2 - 1 = 5
}

TEST_CASE("arrivals thin the rates before drawing, and the expected number holds however few", "[workloads]") {
  // half a request expected of each of 2,000 seeds, with bursts of shape 0.25
  Tables const tables(steady_windows(10, "100,2,Gamma,0.25,0.04"));
  double drawn = 0;
  for (std::uint64_t seed = 1; seed <= 2000; ++seed) drawn += static_cast<double>(jobs_of(*tables.open(options_of(seed, 0.5 / 600'000))).size());
  CHECK(drawn / 2000 == Approx(0.5).margin(0.08));
  CHECK(tables.open(options_of(1, 0.5 / 600'000))->described().at("expected_requests") == Approx(0.5));
}

TEST_CASE("the same seed draws the same requests, another one others, and clients do not mind each other", "[workloads]") {
  std::string const one = steady_windows(2, "1,1,Gamma,1,1"), two = one + "7,0,1,1,Weibull,1,1\n";
  auto const submits = [](const std::vector<Job>& jobs) {
    std::vector<std::int64_t> out;
    for (auto const& job : jobs) out.push_back(job.submit.ns);
    return out;
  };
  auto const alone = submits(jobs_of(*Tables(one).open(options_of(5))));
  CHECK(alone == submits(jobs_of(*Tables(one).open(options_of(5)))));
  CHECK(alone != submits(jobs_of(*Tables(one).open(options_of(6)))));
  auto const beside = submits(jobs_of(*Tables(two).open(options_of(5))));
  CHECK(beside.size() > alone.size());
  CHECK(std::includes(beside.begin(), beside.end(), alone.begin(), alone.end()));
}

TEST_CASE("tokens are log-normal by mean and median", "[workloads]") {
  Tables const tables(steady_windows(20, "10,1,Gamma,1,0.1"), tokens_header + "0,0,0,0,0,0,215,100,0,0\n");
  auto const jobs = jobs_of(*tables.open());
  double sum = 0, above = 0;
  for (auto const& job : jobs) {
    sum += job.runtime.seconds() * 21.5;
    above += job.runtime.seconds() * 21.5 > 100 ? 1 : 0;
  }
  double const n = static_cast<double>(jobs.size());
  CHECK(sum / n == Approx(215).epsilon(0.03));
  CHECK(above / n == Approx(0.5).margin(0.01));
}

TEST_CASE("a client without tokens has the mean of the others, one of other hours its own latest, and both are counted", "[workloads]") {
  // three requests expected of client 0, of 43 tokens, to two of client 1, of 215: 111.8 in the mean, which is 112 tokens
  Tables const tables("0,0,3,1,Gamma,1,1\n0,43200,0,,,,\n1,0,1,1,Gamma,1,1\n2,0,1,1,Gamma,1,1\n1,43200,1,1,Gamma,1,1\n",
                      tokens_header + "0,0,0,0,0,0,43,43,43,43\n1,0,0,0,0,0,215,215,215,215\n");
  auto const source = tables.open();
  std::map<std::int64_t, std::int64_t> times;      // run time, ns -> requests
  Job job;
  std::int64_t late = 0;
  while (source->next(job)) {
    ++times[job.runtime.ns];
    late += job.submit >= Instant{} + whole_seconds(43200) ? 1 : 0;
  }
  CHECK(times.size() == 3);
  auto const of_mean = times.at(std::llround(112 / 21.5 * 1e9));
  ReadCounts const counts = source->counts();
  CHECK(counts.changed.at("tokens are those of all clients: there are none of this one") == of_mean);
  CHECK(counts.changed.at("tokens are those of another time: there are none of these six hours") == late);
  CHECK(source->described().at("tokenless_clients") == 1);
}

TEST_CASE("requests that are drawn take arrivals and refuse scale_to", "[workloads]") {
  Tables const tables(steady_windows(10, "10,1,Gamma,1,0.1"));
  WorkloadSpec spec;
  spec.arrivals = 0.01;
  auto const jobs = jobs_of(*open_workload(spec, 3, {tables.path(), 4, 1}));
  CHECK(static_cast<double>(jobs.size()) == Approx(600).margin(100));
  CHECK(jobs.back().submit.seconds() == Approx(6000).margin(100));      // not moved
  CHECK(jobs.back().workload == 3);
  spec.scale_to = LoadTarget{0.5, Duration{}};
  CHECK(problem_of([&] { open_workload(spec, 3, {tables.path(), 4, 1}); }) == "scale_to: the requests of this trace are drawn from rates; set these with arrivals");
}

TEST_CASE("the two weeks of ServeGen have their published totals, and are drawn at a small share", "[workloads]") {
  auto const folder = data_folder("servegen-llm");
  if (!folder) return;
  auto const described = open_file(*folder / "m-small_client_rates.csv.gz")->described();
  CHECK(described.at("expected_requests") == 1420558786.0);
  CHECK(described.at("rate_rows") == 40095);
  CHECK(described.at("clients") == 43);
  CHECK(described.at("token_rows") == 1125);
  CHECK(described.at("tokenless_clients") == 5);
  CHECK(described.at("client_rate_max_per_s") == Approx(2442.0733).margin(0.00005));
  auto const jobs = jobs_of(*open_file(*folder / "m-small_client_rates.csv.gz", options_of(1, 1e-4)));
  CHECK(static_cast<double>(jobs.size()) == Approx(142055.9).epsilon(0.02));
}

TEST_CASE("the day of ServeGen that ships has the rates of four clients", "[workloads]") {
  auto const described = open_file(std::filesystem::path(HEADROOM_SOURCE_DIR) / "workloads/traces/servegen-day")->described();
  CHECK(described.at("expected_requests") == Approx(9430965).epsilon(1e-12));
  CHECK(described.at("clients") == 4);
  CHECK(described.at("rate_rows") == 576);
  CHECK(described.at("tokenless_clients") == 1);
}

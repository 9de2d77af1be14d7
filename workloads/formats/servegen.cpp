// Request rates of the clients of a language model, from which requests are drawn. PREFIXclient_rates.csv goes with
// PREFIXclient_tokens.csv, each plain, .gz or .zst; the trace is the first, or a folder that has one such pair.
//
//   rates     client, t_s (start of a window of 600 s), rate_per_s, cv (a number, and nothing is taken from it: it goes with
//             the shape), pattern (Gamma or Weibull), param1 (shape), param2 (scale; a number, and nothing is taken from it)
//   tokens    client, t_s (start of a window of six hours), mean and median of input and output tokens; 95 % and 99 % are
//             numbers, and nothing is taken from them
//
// Arrivals of a client in a window are a stationary renewal process: gaps of mean 1 / (rate x `arrivals`) and the window's
// shape, the first one what is left of a gap under way. So the expected number of requests of each window is that of its
// rate, at any `arrivals` and any shape. (One process over all windows would not do: some have gaps so uneven that one
// drawn there swallows hours of the next ones.) Both tables are held in memory; requests are drawn as they are asked for.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <unordered_map>

#include "base/random.h"
#include "base/sum.h"
#include "workloads/formats/readers.h"
#include "workloads/formats/requests.h"
#include "workloads/formats/trace_table.h"

namespace headroom {
namespace {

namespace fs = std::filesystem;

enum RateColumn : std::size_t { rate_client, rate_start, rate_per_s, variation, pattern, shape, scale };
enum TokenColumn : std::size_t { token_client, token_start, in_mean, in_median, in_95, in_99, out_mean, out_median, out_95, out_99 };

std::vector<CsvReader::Column> rate_columns() { return {{"client"}, {"t_s"}, {"rate_per_s"}, {"cv"}, {"pattern"}, {"param1"}, {"param2"}}; }
std::vector<CsvReader::Column> token_columns() {
  return {{"client"}, {"t_s"}, {"in_mean"}, {"in_p50"}, {"in_p95"}, {"in_p99"}, {"out_mean"}, {"out_p50"}, {"out_p95"}, {"out_p99"}};
}

constexpr std::string_view tokens_ending = "client_tokens.csv";
constexpr Duration rate_window = whole_seconds(600), token_window = whole_seconds(6 * 3600);
constexpr std::int64_t largest_client_number = 1'000'000'000;
constexpr double largest_rate = 1e6, largest_shape = 1e6, largest_figure = 1e300;
constexpr double smallest_shape = 0.006;      // a Weibull gap has the mean gamma(1 + 1 / shape), which must be a double

enum class GapFamily { gamma, weibull };

// Gaps of mean 1.
struct GapLaw {
  GapFamily family = GapFamily::gamma;
  double shape = 1;

  double draw(RandomStream& random) const {
    if (family == GapFamily::gamma) return gamma_distributed(random, shape) / shape;
    return std::pow(-std::log1p(-random.uniform()), 1 / shape) / std::tgamma(1 + 1 / shape);
  }
  // From any moment to the end of the gap that is then under way: a uniform share of a gap drawn by its length.
  double draw_remaining(RandomStream& random) const {
    double const share = random.uniform();
    if (family == GapFamily::gamma) return share * gamma_distributed(random, shape + 1) / shape;
    return share * std::pow(gamma_distributed(random, 1 + 1 / shape), 1 / shape) / std::tgamma(1 + 1 / shape);
  }
};

struct RateWindow {
  Duration from;
  double rate_per_s = 0;
  GapLaw gaps;
};

// Log-normal with this mean and median. Where the mean is not above the median, or that is 0, there is none: then all have the mean.
struct TokenLaw {
  double mean = 0, median = 0;

  std::int64_t draw(RandomStream& random) const {
    double const normal = standard_normal(random);
    double const tokens = mean > median && median > 0 ? median * std::exp(std::sqrt(2 * std::log(mean / median)) * normal) : mean;
    return std::llround(std::min(tokens, static_cast<double>(most_tokens)));
  }
};

struct TokenWindow {
  Duration from;
  TokenLaw in, out;
};

struct Client {
  std::int64_t number = 0;
  std::vector<RateWindow> rates;        // by time
  std::vector<TokenWindow> tokens;      // by time; may be none
  RandomStream gaps{0, ""}, sizes{0, ""};
  std::size_t window = 0;               // of the next request
  double passed_s = 0;                  // of that window, until the next request
  Instant next;
};

std::int64_t client_number(const TraceTable& rows, std::size_t column) {
  return value_or(read_whole(rows.text(column), 0, largest_client_number), [&](const std::string& what) { rows.fail(column, what); });
}

// Windows of one client come by time and do not overlap.
template <class Windows>
void check_order(const TraceTable& rows, std::size_t column, const Windows& windows, Duration from, Duration length) {
  if (windows.empty() || from >= windows.back().from + length) return;
  rows.fail(column, fmt::format("{} s is before the end of the window that begins at {} s, in an earlier line of this client; its windows of {} s must follow one another", rows.text(column),
                                exact_seconds(windows.back().from), exact_seconds(length)));
}

GapLaw gap_law(const TraceTable& rows) {
  GapLaw law;
  if (rows.text(pattern) == "Weibull") law.family = GapFamily::weibull;
  else if (rows.text(pattern) != "Gamma") rows.fail(pattern, fmt::format("expected Gamma or Weibull, found '{}'", shown(rows.text(pattern))));
  law.shape = value_or(read_number(rows.text(shape), smallest_shape, largest_shape), [&](const std::string& what) { rows.fail(shape, what); });
  rows.up_to(largest_figure, variation);
  rows.up_to(largest_figure, scale);
  return law;
}

class ServegenSource final : public JobSource {
 public:
  ServegenSource(const fs::path& given, const TraceOptions& options) : service_(options.service), arrivals_(options.arrivals) {
    fs::path const file = table_in(given, rates_ending, "rates");
    TraceTable rates(file, rate_columns());
    fs::path const tokens_file = companion(file, rates_ending, tokens_ending, "rates", "tokens");
    TraceTable tokens(tokens_file, token_columns());
    read_rates(rates);
    read_tokens(tokens);
    find_mean_tokens(tokens_file);
    sha256_ = sha256_of(rates.sha256() + tokens.sha256());
    std::erase_if(clients_, [](const Client& client) { return client.rates.empty(); });
    for (std::size_t i = 0; i < clients_.size(); ++i) start(i, options);
  }

  bool next(Job& job) override {
    if (queue_.empty()) return false;
    std::pop_heap(queue_.begin(), queue_.end(), Later{clients_});
    Client& client = clients_[queue_.back()];
    TokenWindow const& law = tokens_of(client);
    std::int64_t const in = law.in.draw(client.sizes), out = law.out.draw(client.sizes);
    now_ = client.next;
    job = request(++drawn_, now_, service_time(in, out, service_));
    if (find_request(client, client.rates[client.window].gaps.draw(client.gaps))) std::push_heap(queue_.begin(), queue_.end(), Later{clients_});
    else queue_.pop_back();
    return true;
  }

  ReadCounts counts() const override { return {drawn_, drawn_, {}, changed_}; }
  std::string sha256() override { return sha256_; }
  double share_read() const override { return end_.ns > 0 ? std::min(1.0, now_.seconds() / end_.seconds()) : 1.0; }
  std::map<std::string, double> described() const override { return described_; }

 private:
  // Heaps have the largest on top, and the earliest is wanted there.
  struct Later {
    const std::vector<Client>& clients;
    bool operator()(std::size_t a, std::size_t b) const { return clients[a].next != clients[b].next ? clients[b].next < clients[a].next : b < a; }
  };

  Client& client_of(std::int64_t number) {
    auto const [place, is_new] = places_.emplace(number, clients_.size());
    if (is_new) clients_.emplace_back().number = number;
    return clients_[place->second];
  }

  void read_rates(TraceTable& rows) {
    CompensatedSum requests;
    double row_count = 0, largest = 0;
    while (rows.next()) {
      Client& client = client_of(client_number(rows, rate_client));
      RateWindow window{rows.time(rate_start), rows.up_to(largest_rate, rate_per_s), {}};
      if (window.from + rate_window > longest_duration) rows.fail(rate_start, fmt::format("a window that begins at {} s ends beyond 100 years", rows.text(rate_start)));
      check_order(rows, rate_start, client.rates, window.from, rate_window);
      if (window.rate_per_s > 0) window.gaps = gap_law(rows);      // of a window without requests the others may be blank
      client.rates.push_back(window);
      end_ = std::max(end_, Instant{} + window.from + rate_window);
      requests.add(window.rate_per_s * rate_window.seconds());
      largest = std::max(largest, window.rate_per_s);
      ++row_count;
    }
    described_ = {{"clients", static_cast<double>(clients_.size())}, {"rate_rows", row_count}, {"expected_requests", requests.value() * arrivals_}, {"client_rate_max_per_s", largest * arrivals_},
                  {"span_s", end_.seconds()}};
  }

  void read_tokens(TraceTable& rows) {
    double row_count = 0;
    while (rows.next()) {
      Client& client = client_of(client_number(rows, token_client));
      Duration const from = rows.time(token_start);
      check_order(rows, token_start, client.tokens, from, token_window);
      double const most = static_cast<double>(most_tokens);
      TokenWindow const window{from, {rows.up_to(most, in_mean), rows.up_to(most, in_median)}, {rows.up_to(most, out_mean), rows.up_to(most, out_median)}};
      for (std::size_t column : {in_95, in_99, out_95, out_99}) rows.up_to(largest_figure, column);
      client.tokens.push_back(window);
      ++row_count;
    }
    described_["token_rows"] = row_count;
  }

  // Of all requests expected of clients that have tokens: what the others are taken to have.
  void find_mean_tokens(const fs::path& tokens_file) {
    double requests = 0, tokenless = 0;
    TokenWindow sum;
    for (auto const& client : clients_) {
      if (client.tokens.empty()) {
        ++tokenless;
        continue;
      }
      for (auto const& window : client.rates) {
        TokenWindow const& law = window_at(client.tokens, window.from);
        requests += window.rate_per_s;      // all windows are equally long
        sum.in.mean += window.rate_per_s * law.in.mean;
        sum.in.median += window.rate_per_s * law.in.median;
        sum.out.mean += window.rate_per_s * law.out.mean;
        sum.out.median += window.rate_per_s * law.out.median;
      }
    }
    described_["tokenless_clients"] = tokenless;
    if (requests > 0) mean_tokens_ = {{}, {sum.in.mean / requests, sum.in.median / requests}, {sum.out.mean / requests, sum.out.median / requests}};
    else if (described_["expected_requests"] > 0)
      throw InputError({tokens_file.string(), 0, 0}, "no row is of a client with a rate above zero; requests without tokens have no length");
  }

  // The latest that has begun, else the first.
  static const TokenWindow& window_at(const std::vector<TokenWindow>& windows, Duration at) {
    auto const after = std::upper_bound(windows.begin(), windows.end(), at, [](Duration t, const TokenWindow& window) { return t < window.from; });
    return after == windows.begin() ? *after : *(after - 1);
  }

  const TokenWindow& tokens_of(const Client& client) {
    if (client.tokens.empty()) {
      ++changed_["tokens are those of all clients: there are none of this one"];
      return mean_tokens_;
    }
    Duration const at = client.next - Instant{};
    TokenWindow const& window = window_at(client.tokens, at);
    if (at < window.from || at >= window.from + token_window) ++changed_["tokens are those of another time: there are none of these six hours"];
    return window;
  }

  void start(std::size_t i, const TraceOptions& options) {
    Client& client = clients_[i];
    client.gaps = RandomStream(options.seed, fmt::format("workload {} client {} gaps", options.workload, client.number));
    client.sizes = RandomStream(options.seed, fmt::format("workload {} client {} tokens", options.workload, client.number));
    if (!find_request(client, client.rates.front().gaps.draw_remaining(client.gaps))) return;
    queue_.push_back(i);
    std::push_heap(queue_.begin(), queue_.end(), Later{clients_});
  }

  // The next request: `gap` later on the clock on which the rate is 1, if that is in the window, else the first of a later
  // window. False where there is none.
  bool find_request(Client& client, double gap) const {
    while (true) {
      RateWindow const& window = client.rates[client.window];
      if (double const rate = window.rate_per_s * arrivals_; rate > 0) {
        client.passed_s += gap / rate;
        if (client.passed_s < rate_window.seconds()) {
          client.next = Instant{} + window.from + Duration{std::llround(client.passed_s * 1e9)};
          return true;
        }
      }
      if (++client.window == client.rates.size()) return false;
      client.passed_s = 0;
      gap = client.rates[client.window].gaps.draw_remaining(client.gaps);
    }
  }

  ServiceSpec service_;
  double arrivals_;
  std::string sha256_;
  std::vector<Client> clients_;
  std::unordered_map<std::int64_t, std::size_t> places_;      // in clients_ while the tables are read, by number
  TokenWindow mean_tokens_;
  std::vector<std::size_t> queue_;      // the clients that have a next request, the earliest on top
  std::map<std::string, double> described_;
  std::map<std::string, std::int64_t> changed_;
  std::int64_t drawn_ = 0;
  Instant now_, end_;
};

}  // namespace

std::unique_ptr<JobSource> open_servegen(const fs::path& file, const TraceOptions& options) { return std::make_unique<ServegenSource>(file, options); }

}  // namespace headroom

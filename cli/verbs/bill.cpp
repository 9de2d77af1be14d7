#include "analysis/measures/bill.h"

#include <fmt/format.h>

#include "base/csv.h"
#include "base/shipped.h"
#include "cli/exit_codes.h"
#include "cli/verb.h"

namespace headroom {
namespace {

namespace fs = std::filesystem;

struct BillOptions {
  std::string first, second, tariff, start, interval = "1 h", timezone, price;
  double power_factor = 0;
};

// Columns time and price, hourly or finer, each until the next; the last as long as the one before.
std::optional<DatedSeries> read_price(const std::string& file, const TimeZone& zone) {
  if (file.empty()) return std::nullopt;
  DatedSeries out;
  CsvReader csv(file, {{"time"}, {"price"}});
  while (csv.next()) {
    auto const moment = moment_of(csv.text(0), zone);
    if (!moment) throw csv.problem(0, fmt::format("'{}' is no moment; write it as 2018-01-01T13:30:00+01:00", csv.text(0)));
    if (!out.empty() && *moment <= out.from_s.back()) throw csv.problem(0, "is not after the row before it");
    out.from_s.push_back(*moment);
    out.values.push_back(csv.number(1));
  }
  if (out.from_s.size() < 2) throw InputError({file, 0, 0}, "a price series has two rows or more");
  out.end_s = 2 * out.from_s.back() - out.from_s[out.from_s.size() - 2];
  return out;
}

ElectricityBill bill_of_run(const BillOptions& options) {
  if (!options.second.empty()) throw InputError({options.second, 0, 0}, "a run has its load; its tariff is given by --tariff");
  RunReader const run(options.first);
  auto const tariff = options.tariff.empty() ? tariff_of(run) : find_tariff(options.tariff);
  if (!tariff) throw InputError({options.first, 0, 0}, fmt::format("the run's scenario has no conditions.tariff; give one by --tariff, such as {}", fmt::join(shipped_names(TariffSpec::kind), ", ")), InputFault::missing);
  return bill_of(run, *tariff, read_price(options.price, zone_of(*tariff, timezone_of(run))));
}

ElectricityBill bill_of_load(const BillOptions& options) {
  if (!options.tariff.empty()) throw InputError({"--tariff", 0, 0}, "goes with a run; before a load file the tariff stands first");
  if (options.second.empty()) throw InputError({options.first, 0, 0}, "needs a load: headroom bill TARIFF LOAD, or headroom bill RUN", InputFault::missing);
  TariffSpec const tariff = find_tariff(options.first);
  TimeZone const zone = options.timezone.empty() ? zone_of(tariff, "UTC") : TimeZone::named(options.timezone, {"--timezone", 0, 0});
  LoadReading reading;
  auto const interval = parse_duration(options.interval);
  if (auto const* what = std::get_if<std::string>(&interval)) throw InputError({"--interval", 0, 0}, *what);
  reading.interval = std::get<Duration>(interval);
  if (!options.start.empty()) {
    reading.start_s = moment_of(options.start, zone);
    if (!reading.start_s) throw InputError({"--start", 0, 0}, fmt::format("'{}' is no moment; write it as 2018-01-01 or 2018-01-01T00:00:00-05:00", options.start));
  }
  MeteredLoad load = read_metered_load(options.second, zone, reading);
  if (options.power_factor != 0) load.power_factor = options.power_factor;
  return bill_of(tariff, zone, load, read_price(options.price, zone));
}

}  // namespace

void add_bill(CLI::App& app, Globals& globals) {
  auto options = std::make_shared<BillOptions>();
  CLI::App* verb = subcommand(app, globals, "bill", "what a metered load or a run costs under a tariff, by month and line");
  verb->add_option("subject", options->first, "a tariff (by name, or a file; URDB's JSON too), or a run")->required();
  verb->add_option("load", options->second, "of a tariff: a CSV of the load, one mean kW a line, or with columns time,kw or from,to,kwh");
  verb->add_option("--tariff", options->tariff, "of a run: by another tariff than its scenario's");
  verb->add_option("--start", options->start, "when a load without times begins, such as 2018-01-01");
  verb->add_option("--interval", options->interval, "how long each line of it is; 1 h by default");
  verb->add_option("--timezone", options->timezone, "whose clock load and tariff go by; the tariff's by default");
  verb->add_option("--power-factor", options->power_factor, "of a load that states no reactive power")->check(CLI::Range(0.01, 1.0));
  verb->add_option("--price", options->price, "of real-time tariffs: a CSV with columns time,price, per MWh");
  verb->callback([options, &globals] {
    globals.chosen = [options, &globals] {
      ElectricityBill const bill = is_run(options->first) ? bill_of_run(*options) : bill_of_load(*options);
      print_result(globals.format == OutputFormat::json ? to_json(bill).dump(2) : to_table(bill));
      return static_cast<int>(done);
    };
  });
}

}  // namespace headroom

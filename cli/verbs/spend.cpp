#include "analysis/report/spending_page.h"
#include "analysis/spending/prices.h"
#include "analysis/spending/sized_bills.h"
#include "analysis/spending/spend.h"
#include "analysis/study/scenario_of_run.h"
#include "base/read_fields.h"
#include "cli/exit_codes.h"
#include "cli/output_folder.h"
#include "cli/verb.h"
#include "cli/verbs/spend_case.h"
#include "cli/verbs/spend_sized.h"

namespace headroom {
namespace {

namespace fs = std::filesystem;

struct SpendOptions {
  std::string subject, prices, out, currency, economy, in_service;
  int year = 0;
  std::vector<std::string> settings;
  std::size_t draws = 0;               // 0: as many as suit the subject
  std::uint64_t seed = 1;
  bool independent = false;
  bool sized = false;
  double growth = -1;                  // below 0: the scenario's
};

constexpr std::size_t draws_of_bill = 10'000;
constexpr std::int64_t first_day = 631'152'000, last_day = 5'680'281'600;      // of 1990, of 2149

// What the scenario of the subject says of money, and what the options say instead.
MoneySpec money_of(const SpendOptions& options) {
  MoneySpec money;
  if (is_run(options.subject)) money = scenario_of(RunReader(options.subject)).money;
  else if (auto const file = find_file(options.subject, {"scenario", "site"}); !is_site(file)) money = read_scenario(file, options.settings).money;
  auto const said_by = [&](const char* option) { money.where = {option, 0, 0}; };
  if (!options.economy.empty()) {
    money.economy = options.economy;
    said_by("--economy");
  }
  if (options.year != 0) {
    money.year = options.year;
    said_by("--year");
  }
  if (!options.currency.empty()) {
    money.currency = options.currency;
    said_by("--currency");
  }
  if (!options.in_service.empty()) {
    auto const moment = parse_date_time(options.in_service.size() == 10 ? options.in_service + "T00:00:00+00:00" : options.in_service);
    if (!moment || moment->unix_s < first_day || moment->unix_s > last_day) throw InputError({"--in-service", 0, 0}, fmt::format("'{}' is no day of 1990 to 2149; write it as 2028-01-01", options.in_service));
    money.in_service = *moment;
  }
  return money;
}

void write_all(const Spending& spending, const fs::path& folder) {
  make_folder(folder);
  Json const json = to_json(spending);
  write_file(folder / "spend.json", json.dump(2) + "\n");
  for (auto const& [name, text] : to_csv(spending)) write_file(folder / name, text);
  write_file(folder / "spend.html", spending_page(json));
}

int spend_site(const SpendOptions& options, const Globals& globals) {
  MoneySpec const money = money_of(options);
  Site const site = site_of(options.subject, options.settings);
  PowerGraph const graph = build_power_graph(site);
  auto const tables = SpendingTables::read(money, site, options.prices.empty() ? shipped_prices() : fs::path(options.prices));
  SpendingQuestion question{money, {}, {options.draws == 0 ? draws_of_bill : options.draws, options.seed, !options.independent}};
  if (is_run(options.subject)) question.use = site_use_of(summarise(RunReader(options.subject)), options.subject, graph);
  Spending const spending = spend(site, graph, tables, question);
  if (!options.out.empty()) write_all(spending, options.out);
  print_result(globals.format == OutputFormat::json ? to_json(spending).dump(2) : to_table(spending));
  return done;
}

// The same site in sizes that its run asks for: proved, run again, and only then what it saves.
int spend_sized(const SpendOptions& options, const Globals& globals) {
  if (!is_run(options.subject)) throw InputError({options.subject, 0, 0}, "--sized needs the load of a run; give a run's folder", InputFault::missing);
  MoneySpec const money = money_of(options);
  SizedAnswer const answer = sized_of_run(options.subject, options.growth < 0 ? money.growth : options.growth, globals);
  Json json = to_json(answer);
  std::string text = to_text(answer);
  if (answer.saving_holds()) {
    Site const built = site_of(options.subject);
    auto const tables = SpendingTables::read(money, built, options.prices.empty() ? shipped_prices() : fs::path(options.prices));
    SizedBills const bills = sized_bills({built, 1}, {answer.nameplate.site, answer.nameplate.cooling_ratio}, {answer.simulated->sized.site, answer.simulated->sized.cooling_ratio}, tables, {money, {}, {options.draws == 0 ? draws_of_bill : options.draws, options.seed, !options.independent}});
    json["bills"] = to_json(bills);
    text += "\n" + to_table(bills);
  }
  if (!options.out.empty()) {
    make_folder(options.out);
    write_file(fs::path(options.out) / "sized.json", json.dump(2) + "\n");
  }
  print_result(globals.format == OutputFormat::json ? json.dump(2) : text);
  return done;
}

// What goes with a site alone.
void refuse_for_case(const SpendOptions& options) {
  auto const refuse = [](bool given, const char* option) {
    if (given) throw InputError({option, 0, 0}, "goes with a site, a scenario or a run; a building case has its own figures");
  };
  refuse(!options.currency.empty(), "--currency");
  refuse(options.year != 0, "--year");
  refuse(!options.economy.empty(), "--economy");
  refuse(!options.in_service.empty(), "--in-service");
  refuse(!options.prices.empty(), "--prices");
  refuse(!options.settings.empty(), "--set");
  refuse(!options.out.empty(), "--out");
  refuse(options.sized, "--sized");
}

int spend_drawn_case(const SpendOptions& options, const Globals& globals) {
  refuse_for_case(options);
  CaseQuestion question;
  if (options.draws != 0) question.count = options.draws;
  question.seed = options.seed;
  question.correlated = !options.independent;
  return spend_case(options.subject, question, globals);
}

}  // namespace

void add_spend(CLI::App& app, Globals& globals) {
  auto options = std::make_shared<SpendOptions>();
  CLI::App* verb = subcommand(app, globals, "spend", "what must be bought for a layout, when, who pays, what it sets off upstream, and how sure that is");
  verb->add_option("subject", options->subject, "a scenario, a site, a run (its load and losses count then), or a building case")->required();
  verb->add_option("--set", options->settings, "PATH=VALUE in the scenario")->expected(1)->take_all();
  verb->add_option("--currency", options->currency, "instead of the scenario's money.currency");
  verb->add_option("--year", options->year, "instead of the scenario's money.year")->check(CLI::Range(1990, 2100));
  verb->add_option("--economy", options->economy, "instead of the scenario's money.economy: us-2022, china-2020-153 and the like, or a path");
  verb->add_option("--in-service", options->in_service, "instead of the scenario's money.in_service: a day");
  verb->add_option("--prices", options->prices, "a folder of spending classes instead of those that ship");
  verb->add_option("--out", options->out, "a folder for spend.json, spend.html and the tables as CSV; with --sized for sized.json");
  verb->add_option("--draws", options->draws, "how many draws of all prices; 10,000 by default, of a building case 200,000")->check(CLI::Range(std::size_t{10}, std::size_t{10'000'000}));
  verb->add_option("--seed", options->seed, "of the draws")->check(CLI::NonNegativeNumber)->capture_default_str();
  verb->add_flag("--sized", options->sized, "of a run: what it would be built like for the run's load, proved by a run of it under contingency, and what that avoids");
  verb->add_option("--growth", options->growth, "with --sized: share of the peak that sizes leave room for, instead of the scenario's money.growth")->check(CLI::Range(0.0, 1.0));
  verb->add_flag("--independent", options->independent, "no price moves with another");
  verb->callback([options, &globals] {
    globals.chosen = [options, &globals] {
      if (options->growth >= 0 && !options->sized) throw InputError({"--growth", 0, 0}, "goes with --sized");
      if (is_building_case(options->subject)) return spend_drawn_case(*options, globals);
      return options->sized ? spend_sized(*options, globals) : spend_site(*options, globals);
    };
  });
}

}  // namespace headroom

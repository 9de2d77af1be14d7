#include "analysis/summary/summary.h"

#include <fmt/format.h>

#include <map>
#include <tuple>

#include "base/time.h"

namespace headroom {
namespace {

using OrderedJson = nlohmann::ordered_json;

OrderedJson nodes_json(const PowerPeaks& power) {
  OrderedJson out = OrderedJson::object();
  for (auto const& node : power.nodes) {
    if (node.kind == "rack" || node.kind == "enclosure") continue;      // in the run file, by the thousand
    OrderedJson row{{"kind", node.kind}, {"input_peak_kw", node.input_peak_kw}, {"input_peak_15min_kw", node.input_peak_15min_kw}, {"output_peak_kva", node.output_peak_kva}};
    for (auto const& limit : node.limits) {
      std::string const unit = std::string(limit.unit) == "circuit A" ? "circuit_a" : std::string(limit.unit) == "kW" ? "kw" : std::string(limit.unit) == "kVA" ? "kva" : "a";
      row["rated_" + unit] = limit.allowed;
      row["headroom_" + unit] = limit.headroom();
    }
    if (node.binding) row["headroom_share"] = 1 - node.binding->used_share();
    if (node.stranded_kw > 0) row["stranded_kw"] = node.stranded_kw;
    out[node.name] = std::move(row);
  }
  return out;
}

OrderedJson jobs_json(const JobCounts& jobs) {
  OrderedJson out{{"submitted", jobs.submitted},   {"rejected", jobs.rejected},
                  {"completed", jobs.completed},   {"killed", jobs.killed},
                  {"lost", jobs.lost},             {"running_at_end", jobs.running_at_end},
                  {"queued_at_end", jobs.queued_at_end}, {"requeued", jobs.requeued}, {"unserved_core_s", jobs.unserved_core_s}, {"unserved_gpu_s", jobs.unserved_gpu_s},
                  {"core_s", jobs.core_s},         {"gpu_s", jobs.gpu_s},
                  {"server_s", jobs.server_s},     {"trace_records", jobs.records}};
  if (!jobs.skipped.empty()) out["trace_skipped"] = jobs.skipped;
  return out;
}

OrderedJson reliability_json(const Reliability& r) {
  return {{"faults", r.faults},
          {"outages", r.outages.size()},
          {"rack_outages", r.rack_outages},
          {"racks_dark_most", r.racks_dark_most},
          {"rack_dark_s", r.rack_dark_s},
          {"it_availability", r.it_availability},
          {"battery_discharges", r.battery_discharges},
          {"generator_starts", r.generator_starts},
          {"generator_start_failures", r.generator_start_failures},
          {"breaker_trips", r.breaker_trips},
          {"transfers", r.transfers},
          {"interruptions", r.interruptions},
          {"requeues", r.requeues},
          {"lost_core_s", r.lost_core_s}};
}

OrderedJson network_json(const NetworkMeasures& network) {
  WaitingForNetwork const& w = network.waiting;
  OrderedJson out{{"jobs_sending", w.jobs_sending}, {"jobs_slowed", w.jobs_slowed}, {"sent_bytes", w.sent_bytes}, {"waited_s", w.waited_s}, {"waited_alone_s", w.alone_s},
                  {"stretch_mean", w.stretch_mean}, {"stretch_max", w.stretch_max}, {"interval_s", network.interval_s}};
  for (auto const& group : network.groups) {
    OrderedJson row{{"bytes", group.bytes}, {"mean_gbit_s", group.mean_gbit_s}, {"peak_gbit_s", group.peak_gbit_s}, {"p999_gbit_s", group.p999_gbit_s}};
    if (group.links > 0) row.update({{"links", group.links}, {"rate_gbit_s", group.rate_gbit_s}});
    std::string name = group.what == "tier" ? fmt::format("tier_{}_{}", group.tier, group.direction) : group.what == "wan" ? "wan_" + group.direction : "cross_rack";
    out["fabrics"][group.fabric][name] = std::move(row);
  }
  out["links_that_carried"] = network.links_that_carried;
  out["fullest_links"] = OrderedJson::array();
  for (auto const& link : network.links)
    out["fullest_links"].push_back({{"from", link.from}, {"to", link.to}, {"fabric", link.fabric}, {"tier", link.tier}, {"rate_gbit_s", link.rate_gbit_s}, {"bytes", link.bytes},
                                    {"mean_share", link.mean_share}, {"peak_share", link.peak_share}});
  return out;
}

std::string amount(double value, const char* unit) {
  double const size = std::abs(value);
  int const digits = size >= 1000 ? 0 : size >= 100 ? 1 : size >= 10 ? 2 : 3;
  return fmt::format("{:.{}f} {}", value, digits, unit);
}

std::string power_text(double kw) { return std::abs(kw) >= 1000 ? amount(kw / 1000, "MW") : amount(kw, "kW"); }
std::string energy_text(double kwh) { return std::abs(kwh) >= 1e6 ? amount(kwh / 1e6, "GWh") : std::abs(kwh) >= 1e3 ? amount(kwh / 1e3, "MWh") : amount(kwh, "kWh"); }

std::string duration_text(double s) {
  if (s < 120) return amount(s, "s");
  if (s < 7200) return amount(s / 60, "min");
  if (s < 172800) return amount(s / 3600, "h");
  return amount(s / 86400, "d");
}

std::string counted(std::int64_t count, const char* one, const char* more) { return fmt::format("{} {}", count, count == 1 ? one : more); }

template <class Line>
void reliability_text(const Reliability& r, Line line) {
  std::string equipment;
  for (auto const& [count, one, more] : {std::tuple{r.battery_discharges, "battery discharge", "battery discharges"}, {r.generator_starts, "generator start", "generator starts"},
                                         {r.generator_start_failures, "generator that did not start", "generators that did not start"},
                                         {r.breaker_trips, "breaker trip", "breaker trips"}, {r.transfers, "transfer", "transfers"}})
    if (count > 0) equipment += ", " + counted(count, one, more);
  line("faults", std::to_string(r.faults) + equipment);
  line("racks dark", r.rack_outages == 0 ? "never" : fmt::format("{}, at most {} at once, {} added up", counted(r.rack_outages, "time", "times"), r.racks_dark_most, duration_text(r.rack_dark_s)));
  line("IT availability", fmt::format("{:.6g} %", 100 * r.it_availability));
  if (r.interruptions > 0)
    line("jobs interrupted", fmt::format("{}, {} requeued, {:.4g} core-hours of work lost", counted(r.interruptions, "time", "times"), r.requeues, r.lost_core_s / 3600));
}

}  // namespace

Summary summarise(const RunReader& run) {
  Summary out;
  out.scenario = run.meta_text("scenario");
  out.site = run.meta_text("site");
  out.version = run.meta_text("program");
  out.start = run.meta_text("start");
  out.seed = run.meta_whole("seed");
  out.servers = run.meta_whole("servers");
  out.cores = run.meta_whole("cores");
  out.gpus = run.meta_whole("gpus");
  out.complete = run.complete();
  out.simulated_s = static_cast<double>(run.meta_whole("end_ns")) / 1e9;
  out.worst_imbalance = run.meta_number("worst_imbalance");
  for (auto const& input : run.inputs()) out.inputs.emplace_back(input.name, input.sha256);
  out.jobs = job_measures(run);
  out.gpu_use = gpu_use(run);
  out.power = power_peaks(run);
  out.energy = energy_use(run);
  out.network = network_measures(run);
  out.bill = bill_of(run);
  out.reliability = reliability(run);
  if (out.reliability->changes == 0) out.reliability.reset();
  out.around = site_summary(run);
  return out;
}

namespace {

OrderedJson bill_json(const ElectricityBill& bill) {
  OrderedJson out{{"tariff", bill.tariff}, {"currency", bill.currency}, {"total", bill.total}, {"energy_kwh", bill.energy_kwh}};
  OrderedJson sections = OrderedJson::object();
  for (auto const& line : bill.by_rule()) sections[line.section] = sections.value(line.section, 0.0) + line.amount;
  out["sections"] = std::move(sections);
  return out;
}

std::string bill_text(const ElectricityBill& bill) {
  std::map<std::string, double> sections;
  for (auto const& line : bill.by_rule()) sections[line.section] += line.amount;
  std::string parts;
  for (auto const& [section, amount] : sections) parts += fmt::format("{}{} {:.2f}", parts.empty() ? "" : ", ", section, amount);
  return fmt::format("{:.2f} {} by {}: {}", bill.total, bill.currency, bill.tariff, parts);
}

}  // namespace

OrderedJson to_json(const Summary& s, std::optional<double> wall_s) {
  OrderedJson out;
  out["schema_version"] = summary_schema_version;
  OrderedJson inputs = OrderedJson::object();
  for (auto const& [name, hash] : s.inputs) inputs[name] = hash;
  out["run"] = {{"scenario", s.scenario}, {"site", s.site}, {"seed", s.seed}, {"version", s.version}, {"start", s.start}, {"complete", s.complete}, {"inputs_sha256", inputs},
                {"servers", s.servers}, {"cores", s.cores}, {"gpus", s.gpus}, {"simulated_s", s.simulated_s}, {"energy_imbalance_worst", s.worst_imbalance}};
  if (wall_s) out["run"]["wall_s"] = *wall_s;
  out["jobs"] = jobs_json(s.jobs.counts);
  Service const& v = s.jobs.service;
  out["service"] = {{"wait_mean_s", v.wait_mean_s}, {"wait_p95_s", v.wait_p95_s}, {"wait_max_s", v.wait_max_s}, {"response_mean_s", v.response_mean_s}, {"response_p50_s", v.response_p50_s},
                    {"response_p95_s", v.response_p95_s}, {"response_p99_s", v.response_p99_s}, {"response_max_s", v.response_max_s}, {"in_system_mean", v.in_system_mean}, {"bounded_slowdown_mean", v.bounded_slowdown_mean},
                    {"utilisation_mean", v.utilisation_mean}, {"offered_load", v.offered_load}, {"end_s", v.end_s}, {"makespan_s", v.makespan_s}};
  if (s.gpu_use)
    out["service"].update({{"gpu_allocation_mean", s.gpu_use->allocation_mean}, {"gpu_allocation_peak", s.gpu_use->allocation_peak},
                           {"gpu_fragmentation_mean", s.gpu_use->fragmentation_mean}, {"gpu_fragmentation_peak", s.gpu_use->fragmentation_peak}});
  out["power"] = {{"it_power_peak_kw", s.power.it_peak_kw}, {"it_power_mean_kw", s.power.it_mean_kw}, {"facility_power_peak_kw", s.power.facility_peak_kw},
                  {"facility_power_mean_kw", s.power.facility_mean_kw}};
  if (s.power.facility_peak_15min_kw > 0) out["power"]["facility_power_peak_15min_kw"] = s.power.facility_peak_15min_kw;    // none in a window without a whole quarter hour
  if (auto const* worst = fullest(s.power))
    out["power"]["smallest_headroom"] = {{"node", worst->name}, {"limit", worst->binding->unit}, {"headroom_share", 1 - worst->binding->used_share()}};
  out["power"]["nodes"] = nodes_json(s.power);
  out["energy"] = {{"it_energy_kwh", s.energy.it_kwh}, {"facility_energy_kwh", s.energy.facility_kwh}, {"overhead_energy_kwh", s.energy.overhead_kwh}, {"losses_kwh", s.energy.losses_kwh}};
  if (s.energy.stored_kwh != 0) out["energy"]["stored_kwh"] = s.energy.stored_kwh;
  if (s.network) out["network"] = network_json(*s.network);
  if (s.reliability) out["reliability"] = reliability_json(*s.reliability);
  out["kpi"] = OrderedJson::object();
  if (s.energy.pue > 0) out["kpi"]["pue"] = s.energy.pue;
  if (s.power.load_factor > 0) out["kpi"]["load_factor"] = s.power.load_factor;
  if (s.bill) out["bill"] = bill_json(*s.bill);
  if (s.around) add_site_json(*s.around, out);
  return out;
}

namespace {

template <class Line>
void job_lines(const Summary& s, Line line) {
  JobCounts const& jobs = s.jobs.counts;
  Service const& service = s.jobs.service;
  std::string const given_up = jobs.killed + jobs.lost == 0 ? "" : fmt::format(" + {} killed + {} lost", jobs.killed, jobs.lost);
  line("jobs", fmt::format("{} submitted = {} completed + {} rejected{} + {} running + {} queued at the end", jobs.submitted, jobs.completed, jobs.rejected, given_up, jobs.running_at_end, jobs.queued_at_end));
  if (jobs.rejected > 0) line("", jobs.rejected == 1 ? "1 job asks for more than the site has and was rejected" : fmt::format("{} jobs ask for more than the site has and were rejected", jobs.rejected));
  for (auto const& [reason, count] : jobs.skipped) line("", fmt::format("{} records of the trace are no jobs: {}", count, reason));
  line("offered load", fmt::format("{:.4f}", service.offered_load));
  line("utilisation", fmt::format("{:.1f} % of {}, mean of the window", 100 * service.utilisation_mean, jobs.busy_units()));
  if (s.gpu_use) line("GPUs", fmt::format("{:.1f} % allocated, {:.1f} % free but fragments, means of the window", 100 * s.gpu_use->allocation_mean, 100 * s.gpu_use->fragmentation_mean));
  line("wait", fmt::format("mean {}, 95 % within {}, longest {}", duration_text(service.wait_mean_s), duration_text(service.wait_p95_s), duration_text(service.wait_max_s)));
  line("response", fmt::format("mean {}, 50 % within {}, 95 % {}, 99 % {}, longest {}", duration_text(service.response_mean_s), duration_text(service.response_p50_s),
                               duration_text(service.response_p95_s), duration_text(service.response_p99_s), duration_text(service.response_max_s)));
  line("in the system", fmt::format("{:.4g} jobs waiting or running, mean", service.in_system_mean));
  line("bounded slowdown", fmt::format("{:.3f} mean", service.bounded_slowdown_mean));
  if (jobs.unserved_core_s + jobs.unserved_gpu_s > 0)
    line("not served", fmt::format("{:.4g} core-hours, {:.4g} GPU-hours asked for on servers that were short", jobs.unserved_core_s / 3600, jobs.unserved_gpu_s / 3600));
}

}  // namespace

namespace {

std::string rate_text(double gbit_s) { return gbit_s >= 1000 ? amount(gbit_s / 1000, "Tbit/s") : gbit_s >= 1 || gbit_s == 0 ? amount(gbit_s, "Gbit/s") : amount(gbit_s * 1000, "Mbit/s"); }
std::string bytes_text(double bytes) { return bytes >= 1e15 ? amount(bytes / 1e15, "PB") : bytes >= 1e12 ? amount(bytes / 1e12, "TB") : bytes >= 1e9 ? amount(bytes / 1e9, "GB") : amount(bytes / 1e6, "MB"); }

template <class Line>
void network_text(const NetworkMeasures& network, Line line) {
  WaitingForNetwork const& w = network.waiting;
  line("traffic", fmt::format("{} sent by {}; {} waited for the network longer than alone on it, run times x {:.4g} mean, x {:.4g} at most", bytes_text(w.sent_bytes), counted(w.jobs_sending, "job", "jobs"), w.jobs_slowed,
                              w.stretch_mean, w.stretch_max));
  for (auto const& group : network.groups)
    if (group.what != "tier" && group.bytes > 0)
      line("", fmt::format("{}, {}{}: mean {}, 99.9 % of the time within {}, peak {}", group.fabric, group.what == "wan" ? "WAN " : "between racks", group.direction, rate_text(group.mean_gbit_s), rate_text(group.p999_gbit_s),
                           rate_text(group.peak_gbit_s)));
  if (!network.links.empty()) {
    LinkLoad const& worst = network.links.front();
    line("fullest link", fmt::format("{} to {}: {:.1f} % of {} in its fullest {}, {:.2f} % mean", worst.from, worst.to, 100 * worst.peak_share, rate_text(worst.rate_gbit_s), duration_text(network.interval_s), 100 * worst.mean_share));
  }
}

}  // namespace

std::string to_text(const Summary& s) {
  std::string out;
  auto const line = [&](std::string_view label, const std::string& value) { out += fmt::format("  {:<22}{}\n", label, value); };
  out += fmt::format("{}: {} servers, {} simulated{}\n", s.scenario, s.servers, duration_text(s.simulated_s), s.complete ? "" : "  (UNFINISHED: figures are of what was recorded)");
  if (s.jobs.counts.submitted == 0 && s.jobs.counts.records > 0) line("jobs", fmt::format("none; {} of series", counted(s.jobs.counts.records, "row")));
  else job_lines(s, line);
  line("IT power", fmt::format("peak {}, mean {}", power_text(s.power.it_peak_kw), power_text(s.power.it_mean_kw)));
  std::string const quarter_hour = s.power.facility_peak_15min_kw > 0 ? fmt::format("15-minute peak {}, ", power_text(s.power.facility_peak_15min_kw)) : "";
  line("facility power", fmt::format("peak {}, {}mean {}, load factor {:.3f}", power_text(s.power.facility_peak_kw), quarter_hour, power_text(s.power.facility_mean_kw), s.power.load_factor));
  line("IT energy", energy_text(s.energy.it_kwh));
  line("facility energy", energy_text(s.energy.facility_kwh) + (s.energy.pue > 0 ? fmt::format(", PUE {:.4f}", s.energy.pue) : ""));
  for (auto const& [kind, kwh] : s.energy.losses_kwh) line("", fmt::format("{} lost in {}{}", energy_text(kwh), kind, kind == "power-supply" ? " (inside IT)" : ""));
  if (s.energy.overhead_kwh > 0) line("", energy_text(s.energy.overhead_kwh) + " for cooling and the rest of the facility");
  if (auto const* worst = fullest(s.power))
    line("smallest headroom", fmt::format("{:.1f} % at {} ({} of {:.6g} {})", 100 * (1 - worst->binding->used_share()), worst->name, fmt::format("{:.6g}", worst->binding->carried), worst->binding->allowed, worst->binding->unit));
  if (s.network && s.network->waiting.jobs_sending > 0) network_text(*s.network, line);
  if (s.bill) line("bill", bill_text(*s.bill));
  if (s.around) add_site_text(*s.around, line);
  if (s.reliability) reliability_text(*s.reliability, line);
  return out;
}

}  // namespace headroom

#include "workloads/formats/batsim_profiles.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <filesystem>

#include "base/errors.h"
#include "workloads/formats/cells.h"
#include "workloads/formats/fragments.h"

namespace headroom {
namespace {

namespace fs = std::filesystem;

enum class Kind { delay, equal_machines, equal_machines_total, listed_machines, sequence, replay, other };

// Batsim 5 by its documents and by its source, Batsim 4, Batsim 1 to 3.
constexpr std::pair<std::string_view, Kind> kinds[] = {
    {"DelayProfile", Kind::delay},
    {"delay", Kind::delay},
    {"ParallelTaskHomogeneousProfile", Kind::equal_machines},
    {"ptask_homogeneous", Kind::equal_machines},
    {"parallel_homogeneous", Kind::equal_machines},
    {"msg_par_hg", Kind::equal_machines},
    {"parallel_homogeneous_total", Kind::equal_machines_total},
    {"msg_par_hg_tot", Kind::equal_machines_total},
    {"ParallelTaskProfile", Kind::listed_machines},
    {"ptask", Kind::listed_machines},
    {"parallel", Kind::listed_machines},
    {"msg_par", Kind::listed_machines},
    {"SequentialCompositionProfile", Kind::sequence},
    {"sequential_composition", Kind::sequence},
    {"composed", Kind::sequence},
    {"TraceReplayProfile", Kind::replay},
    {"usage_trace", Kind::replay},
    {"smpi", Kind::replay},
    {"parallel_homogeneous_pfs", Kind::other},
    {"ptask_on_storage_homogeneous", Kind::other},
    {"data_staging", Kind::other},
    {"ptask_data_staging_between_storages", Kind::other},
    {"send", Kind::other},
    {"recv", Kind::other},
    {"scheduler_send", Kind::other},
    {"scheduler_recv", Kind::other},
};

constexpr std::size_t fragment_limit = 1'000'000;      // of one job
constexpr double largest_amount = 1e300;

std::optional<Kind> kind_of(std::string_view name) {
  for (auto const& [known, kind] : kinds)
    if (known == name) return kind;
  return std::nullopt;
}

std::vector<std::string> kind_names() {
  std::vector<std::string> names;
  for (auto const& [name, kind] : kinds) names.emplace_back(name);
  return names;
}

const char* words_for(JsonValue::Kind kind) {
  switch (kind) {
    case JsonValue::Kind::null: return "null";
    case JsonValue::Kind::boolean: return "true or false";
    case JsonValue::Kind::number: return "a number";
    case JsonValue::Kind::text: return "text in quotes";
    case JsonValue::Kind::list: return "a list";
    case JsonValue::Kind::map: return "an object";
  }
  return "";
}

}  // namespace

void json_fail(const JsonValue& at, const std::string& file, const std::string& path, const std::string& what) {
  throw InputError({file, at.line, at.column}, path.empty() ? what : path + ": " + what);
}

void require_kind(const JsonValue& value, JsonValue::Kind kind, const std::string& file, const std::string& path) {
  if (value.kind != kind) json_fail(value, file, path, fmt::format("expected {}, found {}", words_for(kind), words_for(value.kind)));
}

const JsonValue& json_member(const JsonValue& map, const char* key, JsonValue::Kind kind, const std::string& file, const std::string& path) {
  const JsonValue* const value = map.find(key);
  if (value == nullptr) json_fail(map, file, path, fmt::format("'{}' is missing; it must be {}", key, words_for(kind)));
  require_kind(*value, kind, file, path.empty() ? key : path + "." + key);
  return *value;
}

BatsimProfiles::BatsimProfiles(const JsonValue& profiles, std::string file, std::optional<double> flop_rate, bool network) : file_(std::move(file)), flop_rate_(flop_rate), network_(network) {
  for (std::size_t i = 0; i < profiles.keys.size(); ++i) profiles_.emplace(profiles.keys[i], &profiles.items[i]);
}

const ProfileWork& BatsimProfiles::work(const JsonValue& mention, const std::string& path, std::int32_t machines) {
  std::string const& name = mention.text;
  auto const profile = profiles_.find(name);
  if (profile == profiles_.end()) json_fail(mention, file_, path, fmt::format("there is no profile '{}'", shown(name)));
  std::pair const key{name, machines};
  if (auto const known = known_.find(key); known != known_.end()) return known->second;
  if (!open_.insert(name).second) json_fail(mention, file_, path, fmt::format("profile '{}' contains itself", shown(name)));
  ProfileWork work = work_of(*profile->second, "profiles." + shown(name), machines);
  open_.erase(name);
  return known_.emplace(key, std::move(work)).first->second;
}

ProfileWork BatsimProfiles::work_of(const JsonValue& profile, const std::string& path, std::int32_t machines) {
  require_kind(profile, JsonValue::Kind::map, file_, path);
  JsonValue const& type = json_member(profile, "type", JsonValue::Kind::text, file_, path);
  auto const kind = kind_of(type.text);
  if (!kind) json_fail(type, file_, path + ".type", fmt::format("unknown type '{}'{}", shown(type.text), nearest_hint(type.text, kind_names())));
  switch (*kind) {
    case Kind::delay: {
      JsonValue const& delay = json_member(profile, "delay", JsonValue::Kind::number, file_, path);
      auto const fail = [&](const std::string& what) { json_fail(delay, file_, path + ".delay", what); };
      Duration const length = value_or(read_seconds(delay.text), fail);
      if (length.ns < 0) fail(fmt::format("{} s is negative", shown(delay.text)));
      return {{{length, 0.0}}, length, ""};      // a pause: Batsim's machines draw what idle ones do
    }
    case Kind::equal_machines: return computing(profile, path, on_equal_machines(profile, path, machines, false));
    case Kind::equal_machines_total: return computing(profile, path, on_equal_machines(profile, path, machines, true));
    case Kind::listed_machines: return computing(profile, path, on_listed_machines(profile, path, machines));
    case Kind::sequence: return sequence(profile, path, machines);
    case Kind::replay: return replay(profile, path);
    case Kind::other: break;
  }
  return {{}, {}, fmt::format("profile of type {}", type.text)};
}

double BatsimProfiles::amount(const JsonValue& value, const std::string& path) const {
  require_kind(value, JsonValue::Kind::number, file_, path);
  return value_or(read_number(value.text, 0, largest_amount), [&](const std::string& what) { json_fail(value, file_, path, what); });
}

void BatsimProfiles::check_some_amount(const JsonValue& profile, const std::string& path) const {
  if (profile.find("cpu") == nullptr && profile.find("com") == nullptr) json_fail(profile, file_, path, "'cpu' is missing: the FLOP of each machine");
}

BatsimProfiles::Machines BatsimProfiles::on_equal_machines(const JsonValue& profile, const std::string& path, std::int32_t machines, bool total) const {
  check_some_amount(profile, path);
  if (const JsonValue* const strategy = profile.find("generation_strategy")) {
    bool const spread = strategy->text == "DefinedAmountsSpreadUniformly" || strategy->text == "defined_amount_spread_uniformly";
    bool const each = strategy->text == "DefinedAmountsUsedForEachValue" || strategy->text == "defined_amount_used_for_each_value";
    if (!spread && !each)
      json_fail(*strategy, file_, path + ".generation_strategy",
                fmt::format("expected 'DefinedAmountsUsedForEachValue' or 'DefinedAmountsSpreadUniformly', found '{}'", shown(strategy->text)));
    total = spread;
  }
  Machines out;
  if (const JsonValue* const cpu = profile.find("cpu")) out.most_flop = amount(*cpu, path + ".cpu") / (total ? machines : 1);
  out.count = machines;
  // spread uniformly: over the pairs of different machines
  double const pairs = total && machines > 1 ? static_cast<double>(machines) * (machines - 1) : 1;
  if (const JsonValue* const com = profile.find("com")) out.pair_bytes.push_back(amount(*com, path + ".com") / pairs);
  out.mean_flop = out.most_flop;
  return out;
}

BatsimProfiles::Machines BatsimProfiles::on_listed_machines(const JsonValue& profile, const std::string& path, std::int32_t machines) const {
  check_some_amount(profile, path);
  Machines out;
  auto const each = [&](const char* key, std::size_t size, const char* what, auto use) {
    const JsonValue* const list = profile.find(key);
    if (list == nullptr) return;
    std::string const at = path + "." + key;
    require_kind(*list, JsonValue::Kind::list, file_, at);
    if (list->items.size() != size)
      json_fail(*list, file_, at, fmt::format("has {} values, but a job with this profile asks for {} machines; {} would do", list->items.size(), machines, what));
    for (std::size_t i = 0; i < size; ++i) use(amount(list->items[i], fmt::format("{}[{}]", at, i)));
  };
  auto const count = static_cast<std::size_t>(machines);
  each("cpu", count, "one a machine", [&](double flop) {
    out.most_flop = std::max(out.most_flop, flop);
    out.mean_flop += flop / machines;
  });
  out.count = machines;
  each("com", count * count, "one a pair of machines", [&](double bytes) { out.pair_bytes.push_back(bytes); });
  return out;
}

bool BatsimProfiles::Machines::sends_data() const {
  for (int i = 0; i < count; ++i)
    for (int j = 0; j < count && !pair_bytes.empty(); ++j)
      if (i != j && pair_bytes[pair_bytes.size() == 1 ? 0 : static_cast<std::size_t>(i) * static_cast<std::size_t>(count) + static_cast<std::size_t>(j)] > 0) return true;
  return false;
}

ProfileWork BatsimProfiles::computing(const JsonValue& profile, const std::string& path, const Machines& machines) const {
  std::shared_ptr<const JobTraffic> traffic;
  if (machines.sends_data()) {
    if (!network_) return {{}, {}, "sends data between machines"};
    traffic = std::make_shared<const JobTraffic>(JobTraffic{"", {}, machines.count, machines.pair_bytes});
  }
  // what only sends has a nanosecond of work to send beside
  Duration const least = traffic ? Duration{1} : Duration{};
  if (machines.most_flop == 0) return {{{least, 1.0}}, least, "", traffic};
  if (!flop_rate_) return {{}, {}, "states its work, and flop_rate is not given"};
  auto const length = round_to_duration(machines.most_flop / *flop_rate_);
  if (!length) json_fail(profile, file_, path, fmt::format("at {} FLOP/s this takes more than 100 years", number_text(*flop_rate_)));
  return {{{std::max(*length, least), std::min(1.0, machines.mean_flop / machines.most_flop)}}, std::max(*length, least), "", traffic};
}

ProfileWork BatsimProfiles::sequence(const JsonValue& profile, const std::string& path, std::int32_t machines) {
  JsonValue const& parts = json_member(profile, "seq", JsonValue::Kind::list, file_, path);
  if (parts.items.empty()) json_fail(parts, file_, path + ".seq", "an empty list; name one profile at least");
  std::int64_t repeat = 1;
  if (const JsonValue* const times = profile.find("repeat") != nullptr ? profile.find("repeat") : profile.find("nb")) {
    std::string const at = path + "." + profile.keys[static_cast<std::size_t>(times - profile.items.data())];
    require_kind(*times, JsonValue::Kind::number, file_, at);
    repeat = value_or(read_whole(times->text, 1, INT32_MAX), [&](const std::string& what) { json_fail(*times, file_, at, what); });
  }
  auto const check_length = [&](Duration length, std::int64_t times) {
    if (length.ns > longest_duration.ns / times) json_fail(profile, file_, path, "its parts take more than 100 years together");
  };
  ProfileWork once;
  for (std::size_t i = 0; i < parts.items.size(); ++i) {
    std::string const at = fmt::format("{}.seq[{}]", path, i);
    require_kind(parts.items[i], JsonValue::Kind::text, file_, at);
    ProfileWork const& part = work(parts.items[i], at, machines);
    if (!part.skipped.empty()) return {{}, {}, part.skipped};
    if (part.traffic) return {{}, {}, "sends data in a part of a composition"};
    once.length = once.length + part.length;
    check_length(once.length, repeat);
    for (auto const& fragment : part.fragments) append(once.fragments, fragment);
    if (once.fragments.size() > fragment_limit) json_fail(profile, file_, path, fmt::format("its parts change their utilisation more than {} times", fragment_limit));
  }
  if (once.fragments.size() == 1) {
    once.length.ns *= repeat;
    once.fragments.front().length = once.length;
    return once;
  }
  if (once.fragments.size() > fragment_limit / static_cast<std::size_t>(repeat)) json_fail(profile, file_, path, fmt::format("its parts change their utilisation more than {} times", fragment_limit));
  ProfileWork all;
  for (std::int64_t i = 0; i < repeat; ++i)
    for (auto const& fragment : once.fragments) append(all.fragments, fragment);
  all.length.ns = once.length.ns * repeat;
  return all;
}

// What the replayed files say is not read; but a workload whose files are not there is not whole.
ProfileWork BatsimProfiles::replay(const JsonValue& profile, const std::string& path) const {
  const char* const key = profile.find("filename") == nullptr && profile.find("trace") != nullptr ? "trace" : "filename";
  JsonValue const& name = json_member(profile, key, JsonValue::Kind::text, file_, path);
  std::error_code code;
  fs::path const file = fs::path(file_).parent_path() / name.text;
  if (!fs::exists(file, code))
    throw InputError({file_, name.line, name.column}, fmt::format("{}.{}: there is no file '{}'", path, key, shown(name.text)), InputFault::missing);
  return {{}, {}, "replays a trace of actions"};
}

}  // namespace headroom

// What the jobs of a Batsim workload do: profiles by name, as what they mean on so many machines.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <unordered_map>

#include "workloads/formats/json_places.h"
#include "workloads/job.h"

namespace headroom {

// One after the other; or why it cannot be run here.
struct ProfileWork {
  std::vector<Fragment> fragments;
  Duration length;
  std::string skipped;
  std::shared_ptr<const JobTraffic> traffic{};      // what its machines send each other beside the work
};

class BatsimProfiles {
 public:
  // `profiles` must outlive it. `flop_rate`: of one machine, FLOP/s. `network`: what sends data can be run.
  BatsimProfiles(const JsonValue& profiles, std::string file, std::optional<double> flop_rate, bool network);

  // `mention` and `path` say who asks: "jobs[3].profile".
  const ProfileWork& work(const JsonValue& mention, const std::string& path, std::int32_t machines);

 private:
  struct Machines {
    double most_flop = 0, mean_flop = 0;
    int count = 0;
    std::vector<double> pair_bytes;      // one figure for all pairs, or count x count
    bool sends_data() const;
  };

  ProfileWork work_of(const JsonValue& profile, const std::string& path, std::int32_t machines);
  ProfileWork computing(const JsonValue& profile, const std::string& path, const Machines& machines) const;
  ProfileWork sequence(const JsonValue& profile, const std::string& path, std::int32_t machines);
  ProfileWork replay(const JsonValue& profile, const std::string& path) const;
  Machines on_equal_machines(const JsonValue& profile, const std::string& path, std::int32_t machines, bool total) const;
  Machines on_listed_machines(const JsonValue& profile, const std::string& path, std::int32_t machines) const;
  double amount(const JsonValue& value, const std::string& path) const;
  void check_some_amount(const JsonValue& profile, const std::string& path) const;

  std::string file_;
  std::optional<double> flop_rate_;
  bool network_;
  std::unordered_map<std::string, const JsonValue*> profiles_;
  std::map<std::pair<std::string, std::int32_t>, ProfileWork> known_;
  std::set<std::string> open_;      // compositions that are being put together
};

// The member of a map; throws InputError where it is missing or of another kind. `what`: "a number", for the message.
const JsonValue& json_member(const JsonValue& map, const char* key, JsonValue::Kind kind, const std::string& file, const std::string& path);
void require_kind(const JsonValue& value, JsonValue::Kind kind, const std::string& file, const std::string& path);
[[noreturn]] void json_fail(const JsonValue& at, const std::string& file, const std::string& path, const std::string& what);

}  // namespace headroom

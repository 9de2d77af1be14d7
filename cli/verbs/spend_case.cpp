#include "cli/verbs/spend_case.h"

#include "base/yaml.h"
#include "cli/exit_codes.h"

namespace headroom {

bool is_building_case(const std::string& subject) {
  if (is_run(subject)) return false;
  auto const* kind = read_yaml(find_file(subject, {"scenario", "site", BuildingCase::kind}))->find("kind");
  return kind != nullptr && kind->value->text == BuildingCase::kind;
}

int spend_case(const std::string& subject, const CaseQuestion& question, const Globals& globals) {
  CaseAnswer const answer = answer_case(find_building_case(subject), question);
  print_result(globals.format == OutputFormat::json ? to_json(answer).dump(2) : to_text(answer));
  return static_cast<int>(done);
}

}  // namespace headroom

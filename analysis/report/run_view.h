// What the sections of the page draw from: everything of a run that is read once.
#pragma once

#include <string>
#include <vector>

#include "analysis/summary/summary.h"
#include "base/json_fields.h"
#include "base/time.h"

namespace headroom {

struct RunView {
  const RunReader& run;
  const Summary& summary;
  Json scenario;                       // as the run file holds it, every default written out; {} if it holds none
  std::vector<NodeRow> nodes;
  std::vector<ChangeRow> changes;
  DateTime start;
  double end_s = 0;
  double window_from_s = 0, window_to_s = 0;

  std::vector<std::string> traces() const;            // without folders: a report holds no paths
  std::string scenario_text(const char* pointer) const;    // "/policy/order"; "" if it is not a text there
  Duration recorded_every() const;
  bool has_window() const { return window_to_s > window_from_s; }
  std::string cause_text(const ChangeRow& change) const;   // "event", or "ups-a battery empty": the change that led to it
  std::string moment(double t_s) const;               // "2017-10-03 00:00", the site's clock at the start
};

RunView read_run_view(const RunReader& run, const Summary& summary);

// The name of a file or of something that ships, without the folders before it.
std::string without_folders(const std::string& mentioned);

// "PDUs" for "pdu"; kinds as words of a sentence: "PDUs", "transformers".
std::string plural_of_kind(const std::string& kind);

// Sources first, racks last, then by name with numbers in their order: "pdu-a-2" before "pdu-a-10".
int rank_of_kind(const std::string& kind);
bool name_before(const std::string& a, const std::string& b);

}  // namespace headroom

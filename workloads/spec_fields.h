// The keys of a scenario's `workload` items.
#pragma once

#include "base/fields.h"
#include "workloads/generators/generator_fields.h"
#include "workloads/source.h"

namespace headroom {

void fields(auto& v, LoadTarget& s) {
  v("offered_load", s.offered_load, required.positive(), "processor-seconds asked for, as a share of what the site's units have; above 1 the queue grows");
  v("jitter", s.jitter, optional.non_negative(), "jobs of each further copy are submitted later by up to this");
}
void fields(auto& v, WorkloadSpec& s) {
  v("trace", s.trace, optional, "a trace that ships, or a path; this or generate");
  v("generate", s.generate, optional, "makes the jobs instead");
  v("format", s.format, optional, "swf, jobs-csv, utilisation-csv, philly, batsim or opendc; by the name and the first lines of the file by default");
  v("processor", s.processor, optional, "what one requested processor is: server, core or gpu; SWF and Batsim server, Philly gpu, tables core by default");
  v("several_servers", s.several_servers, optional, "may a job use more than one server? SWF, Batsim and Philly true, tables false by default");
  v("arrivals", s.arrivals, optional.positive(), "arrival rate, times that of the trace");
  v("scale_to", s.scale_to, optional, "clones and thins the trace until it asks for this much");
  v("flop_rate", s.flop_rate, optional.positive(), "FLOP per second of one machine, for Batsim's jobs that state their work; without it they are skipped");
}

void check(const WorkloadSpec& s, const std::string& path, std::vector<Problem>& problems);

}  // namespace headroom

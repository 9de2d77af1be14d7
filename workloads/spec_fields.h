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
void fields(auto& v, ServiceSpec& s) {
  v("prefill_tokens_per_s", s.prefill_tokens_per_s, optional.at_least(0.01), "context tokens that one request has read in a second; the default is of llama2-70b on eight A100 (docs/models.md)");
  v("decode_tokens_per_s", s.decode_tokens_per_s, optional.at_least(0.01), "tokens that one request generates in a second; the default is of the same");
}
void fields(auto& v, TrafficSpec& s) {
  v("class", s.job_class, optional, "of jobs whose trace names this class; all by default");
  v("pattern", s.pattern, required, "who sends to whom");
  v("volume", s.volume, optional.non_negative(), "of each phase; what of, the pattern says. The trace's where it states one");
  v("answer", s.answer, optional.non_negative(), "of requests: what goes back");
  v("volume_of", s.volume_of, optional, "of storage and requests: server, each server moves the volume, or job, they share it evenly; the answer, too");
  v("times", s.times, optional.non_negative(), "of the volume moves so much, of the trace's, too: 0.1 is a tenth");
  v("every", s.every, optional.positive(), "work between two phases; without it and phases once, at the start (storage-read) or at the end");
  v("phases", s.phases, optional.at_least(1), "so many in each job, equally far apart; instead of every");
  v("overlap", s.overlap, optional.share(), "the share of each phase that goes on beside the work before it");
  v("busy", s.busy, optional.share(), "of its utilisation, while the job waits for what it sends");
  v("fabric", s.fabric, optional.one_or_list(), "fabrics of the site: the first on which both ends hang; all in their order by default");
  v("with", s.with, optional.one_or_list(), "of storage and requests: servers, racks, halls or places outside, in turn");
  v("source", s.source, optional, "where these figures come from");
}
void fields(auto& v, FlexibilitySpec& s) {
  v("by", s.by, optional, "what it goes by: price or carbon of conditions.grid, or calls of the connection");
  v("above", s.above, optional, "of price (per MWh) or carbon (g/kWh): while the signal is above");
  v("action", s.action, optional, "shift: none starts; pause: none starts, and those that run stand still; cap: those that run are slowed");
  v("to", s.to, optional.share(), "of cap: the share of their speed");
  v("longest", s.longest, optional.positive(), "after its submission no job is kept from starting; no spell of pause or cap lasts longer");
}
void fields(auto& v, WorkloadSpec& s) {
  v("trace", s.trace, optional, "a trace that ships, or a path; this or generate");
  v("generate", s.generate, optional, "makes the jobs instead");
  v("format", s.format, optional, "one of the formats of traces; by the name and the first lines of the file by default");
  v("processor", s.processor, optional, "what one requested processor is: server, core or gpu; SWF and Batsim server, Philly and requests gpu, tables core by default");
  v("several_servers", s.several_servers, optional, "may a job use more than one server? SWF, Batsim and Philly true, tables false by default");
  v("arrivals", s.arrivals, optional.positive(), "arrival rate, times that of the trace");
  v("scale_to", s.scale_to, optional, "clones and thins the trace until it asks for this much");
  v("when_short", s.when_short, optional, "of jobs on a server that is overcommitted: slow, their work takes longer, or lose, part of it is not done");
  v("on", s.on, optional.one_or_list(), "of a series of measurements: the racks, halls or servers, or the constant loads, that play it; all servers by default");
  v("flop_rate", s.flop_rate, optional.positive(), "FLOP per second of one machine, for Batsim's jobs that state their work; without it they are skipped");
  v("traffic", s.traffic, optional.one_or_list(), "what its jobs send: one pattern, or a list of them");
  v("flexible", s.flexible, optional, "what is done with its jobs while electricity is dear or dirty, or the grid calls");
  v("run_times", s.run_times, optional, "of the trace: work, what jobs send comes on top; or all, they hold it as on an idle network");
  v("service", s.service, optional, "how long requests of tokens take, for azure-llm and servegen");
  v("amount", s.amount, optional.between(0.001, 1000), "how much of its unit one requested processor takes: of cores any, of GPUs whole ones or a share of one, of servers 1");
}

void check(const TrafficSpec& s, const std::string& path, std::vector<Problem>& problems);
void check(const FlexibilitySpec& s, const std::string& path, std::vector<Problem>& problems);
void check(const WorkloadSpec& s, const std::string& path, std::vector<Problem>& problems);

}  // namespace headroom

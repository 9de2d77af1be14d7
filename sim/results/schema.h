// The tables of a run file, version 5. Described in docs/results.md.
#pragma once

namespace headroom {

constexpr const char* run_file_schema = R"sql(
CREATE TABLE meta(key TEXT PRIMARY KEY, value) WITHOUT ROWID;
CREATE TABLE inputs(name TEXT, sha256 TEXT, text TEXT);
CREATE TABLE nodes(id INTEGER PRIMARY KEY, name TEXT, kind TEXT, type TEXT, part TEXT, count INTEGER, hall INTEGER, rack INTEGER,
  server INTEGER, rated_w REAL, rated_va REAL, rated_a REAL, circuit_a REAL, voltage_v REAL, phases INTEGER);
CREATE TABLE edges(parent INTEGER, child INTEGER, energy_j REAL);
CREATE TABLE totals(node INTEGER, span TEXT, input_j REAL, output_j REAL, loss_j REAL, stored_j REAL, input_peak_w REAL,
  input_peak_s REAL, input_peak_15min_w REAL, output_peak_w REAL, output_peak_va REAL, connection_peak_va REAL);
CREATE TABLE intervals(node INTEGER, from_ns INTEGER, to_ns INTEGER, energy_j REAL, minimum_w REAL, maximum_w REAL, PRIMARY KEY(node, from_ns)) WITHOUT ROWID;
CREATE TABLE changes(id INTEGER PRIMARY KEY, time_ns INTEGER, element TEXT, from_state TEXT, to_state TEXT, cause INTEGER, reason TEXT);
CREATE TABLE interruptions(workload INTEGER, trace_id INTEGER, start_ns INTEGER, end_ns INTEGER, cores INTEGER, gpus INTEGER, lost_s REAL,
  cause INTEGER, placement TEXT);
CREATE TABLE jobs(id INTEGER PRIMARY KEY, workload INTEGER, trace_id INTEGER, state INTEGER, submit_ns INTEGER, start_ns INTEGER,
  end_ns INTEGER, runtime_ns INTEGER, estimate_ns INTEGER, servers INTEGER, cores INTEGER, gpus INTEGER, utilisation REAL, placement TEXT,
  cause INTEGER, interruptions INTEGER, gpu_utilisation REAL, unserved_core_s REAL, unserved_gpu_s REAL, waited_s REAL, waited_alone_s REAL, sent_bytes REAL,
  kept_s REAL, slowed_s REAL);
CREATE TABLE network_meters(id INTEGER PRIMARY KEY, fabric TEXT, what TEXT, tier INTEGER, direction TEXT, links INTEGER, rate_bit_s REAL);
CREATE TABLE network_loads(meter INTEGER, from_ns INTEGER, to_ns INTEGER, bytes REAL, PRIMARY KEY(meter, from_ns)) WITHOUT ROWID;
CREATE TABLE network_links(channel INTEGER PRIMARY KEY, fabric TEXT, from_name TEXT, to_name TEXT, tier INTEGER, wan INTEGER, rate_bit_s REAL, bytes REAL,
  peak_bit_s REAL);
CREATE TABLE network_series(channel INTEGER, bucket INTEGER, bytes REAL, PRIMARY KEY(channel, bucket)) WITHOUT ROWID;
CREATE TABLE signals(id INTEGER PRIMARY KEY, name TEXT, unit TEXT);
CREATE TABLE signal_values(signal INTEGER, from_ns INTEGER, value REAL);
CREATE TABLE quantities(id INTEGER PRIMARY KEY, name TEXT, hall INTEGER, unit TEXT, total REAL);
CREATE TABLE quantity_intervals(quantity INTEGER, from_ns INTEGER, to_ns INTEGER, amount REAL);
CREATE TABLE temperatures(hall INTEGER, time_ns INTEGER, celsius REAL);
CREATE VIEW job_times AS SELECT id, workload, trace_id,
  CASE state WHEN 0 THEN 'completed' WHEN 1 THEN 'rejected' WHEN 2 THEN 'running_at_end' WHEN 3 THEN 'queued_at_end' WHEN 4 THEN 'killed' ELSE 'lost' END AS state,
  submit_ns / 1e9 AS submit_s, NULLIF(start_ns, -1) / 1e9 AS start_s, NULLIF(end_ns, -1) / 1e9 AS end_s, (NULLIF(start_ns, -1) - submit_ns) / 1e9 AS wait_s,
  servers, cores, gpus, placement, interruptions FROM jobs;
)sql";

}  // namespace headroom

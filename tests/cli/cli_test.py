"""Drives the built programs as a user would: what they print, where, and how they end.

  python3 tests/cli/cli_test.py BUILD [TestClass ...]      (ctest runs one class at a time)
"""

import json
import os
import pathlib
import random
import re
import shlex
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
BUILD = pathlib.Path(sys.argv[1]).resolve() if len(sys.argv) > 1 else ROOT / "build/release"

# One rack of two servers of 4 cores without losses: 100 W to 300 W each.
SITE = """site:
  name: two
  halls: [{name: h, racks: [{name: r, servers: [{type: {cores: 4, memory: 16 GB, power: {linear: {idle: 100 W, full: 300 W}}}, count: 2}]}]}]
  power: {scheme: N, utility: [{name: utility, voltage: 400 V}]}
"""
JOBS = "submit_s,runtime_s,cores\n0,600,4\n10,600,2\n20,600,4\n1200,60,1\n"


class CliTest(unittest.TestCase):
    def setUp(self):
        self.temporary = tempfile.TemporaryDirectory(prefix="headroom-test-")
        self.folder = pathlib.Path(self.temporary.name)
        self.addCleanup(self.temporary.cleanup)

    def headroom(self, *words, exit_code=0, program="headroom", folder=None):
        environment = dict(os.environ, HEADROOM_ROOT=str(ROOT))
        done = subprocess.run([BUILD / program, *map(str, words)], cwd=folder or self.folder, env=environment, capture_output=True, text=True, timeout=300)
        self.assertEqual(done.returncode, exit_code, f"headroom {' '.join(map(str, words))}\n{done.stdout}\n{done.stderr}")
        return done

    def write(self, name, text):
        (self.folder / name).write_text(text)
        return self.folder / name

    def scenario(self, rest="", jobs=JOBS, site=SITE):
        self.write("jobs.csv", jobs)
        return self.write("scenario.yaml", f"kind: scenario\nversion: 1\nname: small\n{site}workload: [{{trace: ./jobs.csv}}]\n{rest}")

    def json_of(self, *words, exit_code=0):
        done = self.headroom(*words, "--format", "json", exit_code=exit_code)
        return json.loads(done.stdout)      # the result and nothing else

    def drawn(self, page):
        browser = shutil.which("chromium")
        if browser is None:
            self.skipTest("no chromium here: the page is not drawn")
        return subprocess.run([browser, "--headless", HARDLY_SAFE, "--disable-gpu", "--virtual-time-budget=5000", "--dump-dom", f"file://{self.folder}/{page}"], capture_output=True, text=True, timeout=120).stdout


class Run(CliTest):
    def test_writes_its_three_files_and_prints_the_summary(self):
        done = self.headroom("run", self.scenario(), "-o", "run")
        self.assertIn("small: 2 servers", done.stdout)
        self.assertIn("written to", done.stdout)
        self.assertEqual(sorted(p.name for p in (self.folder / "run").iterdir()), ["report.html", "run.sqlite", "summary.json"])

    def test_json_is_the_summary(self):
        printed = self.json_of("run", self.scenario(), "-o", "run")
        self.assertEqual(printed, json.loads((self.folder / "run/summary.json").read_text()))
        self.assertEqual(printed["jobs"]["completed"], 4)
        # idle to 1260 s; 4, 2 and then 4 cores for 600 s, 1 core for 60 s, at 50 W a core; the third waits for the first
        self.assertAlmostEqual(printed["energy"]["it_energy_kwh"] * 3.6e6, 200 * 1260 + 50 * (10 * 600 + 60), places=3)
        self.assertEqual(printed["service"]["wait_max_s"], 580)

    def test_quiet_prints_the_summary_alone(self):
        done = self.headroom("run", self.scenario(), "-o", "run", "-q")
        self.assertEqual(done.stderr, "")
        self.assertNotIn("written to", done.stdout)

    def test_the_folder_is_runs_name_by_default(self):
        self.headroom("run", self.scenario(), "--no-report")
        self.assertTrue((self.folder / "runs/scenario/summary.json").exists())
        self.assertFalse((self.folder / "runs/scenario/report.html").exists())

    def test_a_second_run_into_the_same_folder_replaces_the_first(self):
        scenario = self.scenario()
        first = self.json_of("run", scenario, "-o", "run")
        self.assertEqual(self.json_of("run", scenario, "-o", "run", "--set", "horizon=100 s")["jobs"]["running_at_end"], 2)
        again = self.json_of("run", scenario, "-o", "run")
        for summary in (first, again):
            del summary["run"]["wall_s"]
        self.assertEqual(first, again)

    def test_the_order_of_keys_changes_nothing(self):
        scenario = self.scenario("seed: 3\nrecord: {every: 1 min, detail: rack}\n")
        other = self.write("other.yaml", "record: {detail: rack, every: 1 min}\nseed: 3\nworkload: [{trace: ./jobs.csv}]\n" + SITE + "name: small\nversion: 1\nkind: scenario\n")
        summaries = []
        for file in (scenario, other):
            self.headroom("run", file, "-o", "run", "--no-report")
            summary = json.loads((self.folder / "run/summary.json").read_text())
            del summary["run"]["wall_s"]
            summaries.append(json.dumps(summary))
        self.assertEqual(*summaries)

    def test_settings_and_seed_reach_the_run(self):
        summary = self.json_of("run", self.scenario(), "-o", "run", "--set", "horizon=2000 s", "--set", "site.halls[h].racks[0].servers[0].count=5", "--seed", "7")
        self.assertEqual(summary["run"]["servers"], 5)
        self.assertEqual(summary["run"]["seed"], 7)
        self.assertEqual(summary["run"]["simulated_s"], 2000)

    def test_a_job_that_is_too_large_is_told_and_the_rest_runs(self):
        done = self.headroom("run", self.scenario(jobs="submit_s,runtime_s,cores\n0,10,5\n1,10,1\n"), "-o", "run")
        self.assertIn("1 job asks for more than the site has", done.stdout)

    def test_an_empty_trace_is_an_idle_site(self):
        summary = self.json_of("run", self.scenario("horizon: 1 h\n", jobs="submit_s,runtime_s,cores\n"), "-o", "run")
        self.assertAlmostEqual(summary["energy"]["facility_energy_kwh"], 0.2, places=12)
        self.assertEqual(summary["jobs"]["submitted"], 0)
        self.assertAlmostEqual(summary["power"]["facility_power_peak_15min_kw"], 0.2, places=12)
        self.headroom("run", self.scenario(jobs="submit_s,runtime_s,cores\n"), "-o", "run")

    def test_a_broken_scenario_leaves_the_run_before_alone(self):
        self.headroom("run", self.scenario(), "-o", "run")
        before = (self.folder / "run/summary.json").read_bytes()
        self.headroom("run", self.scenario("horizn: 1 d\n"), "-o", "run", exit_code=65)
        self.assertEqual((self.folder / "run/summary.json").read_bytes(), before)
        self.assertFalse((self.folder / "run/UNFINISHED").exists())

    def test_a_trace_that_breaks_in_the_middle_leaves_an_unfinished_run(self):
        self.headroom("run", self.scenario(), "-o", "run")
        jobs = "submit_s,runtime_s,cores\n" + "".join(f"{10 * i},5,1\n" for i in range(100)) + "1000,five,1\n"
        done = self.headroom("run", self.scenario(jobs=jobs), "-o", "run", exit_code=65)
        self.assertEqual(done.stdout, "")
        self.assertIn("jobs.csv:102:6: error:", done.stderr)
        names = sorted(p.name for p in (self.folder / "run").iterdir())
        self.assertEqual(names, ["UNFINISHED", "run.sqlite"])      # nothing of the run before stands beside it
        database = sqlite3.connect(self.folder / "run/run.sqlite")
        self.assertEqual(database.execute("SELECT value FROM meta WHERE key='state'").fetchone()[0], "unfinished")
        self.assertGreater(database.execute("SELECT count(*) FROM jobs").fetchone()[0], 90)
        database.close()
        self.headroom("report", "run", "--to", "json", "-o", "summary.json")
        self.assertFalse(json.loads((self.folder / "summary.json").read_text())["run"]["complete"])

    def test_what_cannot_be_written_ends_with_73(self):
        self.write("file", "in the way")
        done = self.headroom("run", self.scenario(), "-o", "file/run", exit_code=73)
        self.assertIn("cannot make this folder", done.stderr)

    def test_recomputed_energies_agree(self):
        self.headroom("run", "rack", "-o", "run", "--no-report")
        self.assertLess(self.json_of("report", "run", "--recompute")["worst_difference"], 1e-9)


class Interrupt(CliTest):
    def interrupted(self, program, words, number):
        self.scenario("record: {every: 1 s, detail: server}\n", jobs="submit_s,runtime_s,cores\n" + "".join(f"{i},3,{1 + i % 4}\n" for i in range(1_500_000)))
        environment = dict(os.environ, HEADROOM_ROOT=str(ROOT))
        process = subprocess.Popen([BUILD / program, *words], cwd=self.folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for _ in range(600):
            if (self.folder / "run/run.sqlite").exists():
                break
            time.sleep(0.05)
        time.sleep(0.5)
        process.send_signal(number)      # to this program alone, as `kill` does
        stdout, stderr = process.communicate(timeout=60)
        self.assertEqual(process.returncode, 130, stdout + stderr)
        self.assertEqual(stdout, "")
        self.assertIn("interrupted", stderr)
        self.assertNotIn("bug", stderr)
        self.assertTrue((self.folder / "run/UNFINISHED").exists())
        self.assertFalse((self.folder / "run/summary.json").exists())
        database = sqlite3.connect(self.folder / "run/run.sqlite")
        self.assertEqual(database.execute("SELECT value FROM meta WHERE key='state'").fetchone()[0], "unfinished")
        database.close()
        self.headroom("report", "run", "--to", "json", "-o", "summary.json")

    def test_ctrl_c_leaves_a_readable_run(self):
        self.interrupted("headroom", ["run", "scenario.yaml", "-o", "run"], signal.SIGINT)

    def test_so_does_kill(self):
        self.interrupted("headroom", ["run", "scenario.yaml", "-o", "run"], signal.SIGTERM)

    def test_ctrl_c_leaves_what_a_search_has_found(self):
        scenario = self.scenario("record: {every: 1 s, detail: server}\n", jobs="submit_s,runtime_s,cores\n" + "".join(f"{i},3,{1 + i % 4}\n" for i in range(60_000)))
        words = [BUILD / "headroom", "capacity", scenario, "--goal", "wait_mean <= 1 h", "--jobs", "1", "--resolution", "0.001", "--runs", "1000"]
        process = subprocess.Popen(words, cwd=self.folder, env=dict(os.environ, HEADROOM_ROOT=str(ROOT)), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        known = self.folder / "runs/scenario-capacity/capacity.json"
        for _ in range(1200):
            if known.exists():
                break
            time.sleep(0.05)
        time.sleep(0.2)
        process.send_signal(signal.SIGINT)
        stdout, stderr = process.communicate(timeout=60)
        self.assertEqual((process.returncode, stdout), (130, ""), stderr)
        self.assertIn("interrupted; what", stderr)
        answer = json.loads(known.read_text())
        self.assertTrue(answer["interrupted"])
        self.assertGreaterEqual(len(answer["tested"]), 1)
        self.assertEqual([p.name for p in known.parent.iterdir() if p.name not in ("capacity.json", "passes", "fails")], [])

    def test_so_does_the_program_that_simulates(self):
        self.interrupted("headroom-simulate", ["scenario.yaml", "-o", "run", "--set", "engine=in-memory"], signal.SIGINT)


class Verbs(CliTest):
    def test_every_verb_has_help(self):
        for verb in ([], ["run"], ["capacity"], ["spend"], ["report"], ["site"], ["site", "show"], ["site", "import"], ["trace"], ["trace", "info"], ["trace", "fit"], ["trace", "convert"],
                     ["trace", "plot"], ["catalogue"], ["catalogue", "list"], ["catalogue", "show"], ["validate"], ["schema"], ["init"]):
            done = self.headroom(*verb, "--help")
            self.assertIn("Usage", done.stdout)
            self.assertEqual(done.stderr, "")

    def test_version(self):
        self.assertRegex(self.headroom("--version").stdout, r"^headroom \d+\.\d+\.\d+\n$")

    def test_capacity(self):
        self.assertIn("everything in service", self.headroom("capacity", "hub-2n").stdout)
        answer = self.json_of("capacity", "hub-2n")
        self.assertEqual(answer["servers"], 1008)
        self.assertLess(answer["with_one_lost"]["scale"], answer["normal"]["scale"])

    def test_capacity_of_a_site_a_scenario_and_a_run_is_the_same(self):
        self.headroom("run", "rack", "-o", "run", "--no-report")
        of_run = self.json_of("capacity", "run")
        self.assertEqual(of_run, self.json_of("capacity", "run/run.sqlite"))
        self.assertEqual([level["level"] for level in of_run.pop("run")["levels"]], ["rack", "pdu", "ups", "switchboard", "transformer", "utility", "site (IT)"])      # what only a run knows
        self.assertEqual(of_run, self.json_of("capacity", "rack"))
        self.assertEqual(of_run, self.json_of("capacity", ROOT / "topologies/layouts/rack.yaml"))

    def test_a_plan_is_placed_and_written(self):
        plan = self.folder / "plan.yaml"
        plan.write_text("kind: plan\nversion: 1\nname: p\nracks:\n  - {name: compute, count: 5}\ngrowth:\n  demand:\n    - {date: 2026, demand: 8 racks}\n    - {date: 2030, demand: 20 racks}\n")
        self.headroom("validate", plan)
        answer = json.loads(self.headroom("capacity", "hall-2n", "--plan", plan, "--write", "next.yaml", "--format", "json", exit_code=1).stdout)
        self.assertEqual(answer["placement"]["racks_placed"], 3)
        self.assertEqual(answer["placement"]["left_over"][0]["count"], 2)
        self.assertIn("reached_mid", answer["growth"]["limits"][0])
        self.assertEqual(self.json_of("capacity", "next.yaml")["racks"], 11)
        self.headroom("validate", "next.yaml")
        self.assertIn("is refused", self.headroom("capacity", "hall-2n", "--plan", plan, exit_code=1).stdout)

    def test_capacity_with_settings(self):
        settings = ["--set", "site.power.utility[0].limit=30 kW"]
        self.assertLess(self.json_of("capacity", "rack", *settings)["normal"]["it_power_kw"], self.json_of("capacity", "rack")["normal"]["it_power_kw"])

    def test_site_show(self):
        self.assertIn("128 servers", self.headroom("site", "show", "hall-2n").stdout)
        self.assertEqual(self.json_of("site", "show", "hall-2n")["name"], "hall-2n")
        self.assertIn("site_power_kw", self.json_of("site", "show", "hall-2n", "--power"))

    def test_site_import(self):
        self.write("nodes.csv", "sn,cpu_milli,memory_mib,gpu,model\na,32000,262144,0,\nb,96000,393216,8,G2\nc,32000,262144,0,\n")
        self.assertIn("3 servers of 2 types: 160 cores, 8 GPUs", self.headroom("site", "import", "nodes.csv", "-o", "site.yaml").stdout)
        self.assertIn("3 servers", self.headroom("site", "show", "site.yaml").stdout)
        self.assertEqual(self.json_of("site", "import", "nodes.csv")["name"], "nodes")
        self.assertEqual(self.json_of("site", "import", "nodes.csv", "-o", "again.yaml")["gpus"], 8)

    def test_site_import_of_a_platform(self):
        cluster = '<cluster id="c" prefix="n" suffix="" radical="0-9" speed="1Gf" bw="1GBps" lat="5us" bb_bw="3GBps" bb_lat="3us"/>'
        self.write("p.xml", f'<platform version="4.1"><zone id="z" routing="Full">{cluster}</zone></platform>')
        told = self.headroom("site", "import", "p.xml", "-o", "site.yaml").stdout
        self.assertIn("site.yaml has 10 servers, 1 switch and 10 links; the SimGrid platform p.xml has 10 hosts, 22 links, 1 router.", told)
        self.assertIn("- 10 x host whose power the platform does not give", told)
        self.assertIn("# The SimGrid platform p.xml has 10 hosts, 22 links, 1 router.\n# - 10 x host", (self.folder / "site.yaml").read_text())
        self.headroom("validate", "site.yaml")
        self.assertIn("10 servers in 1 rack", self.headroom("site", "show", "site.yaml").stdout)
        answer = self.json_of("site", "import", "p.xml", "-o", "again.yaml")
        self.assertEqual(answer["source"], {"hosts": 10, "links": 22, "routers": 1})
        self.assertEqual((answer["servers"], answer["switches"], answer["links"]), (10, 1, 10))
        printed = self.headroom("site", "import", "p.xml")
        self.assertIn("fabric: \"written\"", printed.stdout)
        self.assertIn("10 hosts, 22 links, 1 router", printed.stderr)

    def test_site_import_of_a_graph(self):
        keys = "".join(f'<key id="{name}" attr.name="{name}"/>' for name in ("label", "LinkSpeedRaw"))
        nodes = "".join(f'<node id="{number}"><data key="label">{name}</data></node>' for number, name in enumerate(("Kiel", "Ulm")))
        self.write("g.graphml", f'<graphml>{keys}<graph edgedefault="undirected">{nodes}<edge source="0" target="1"/></graph></graphml>')
        message = self.headroom("site", "import", "g.graphml", exit_code=65).stderr
        self.assertIn('1 of 1 edges have no LinkSpeedRaw, this one first; --assume-rate "10 Gbit/s" would do for them', message)
        self.assertIn('--assume-distance "100 km" would do for them', message)
        assumed = ("--assume-rate", "10 Gbit/s", "--assume-distance", "100 km", "--servers", "3")
        told = self.headroom("site", "import", "g.graphml", "-o", "site.yaml", *assumed).stdout
        self.assertIn("site.yaml has 6 servers, 2 switches and 7 links; the GraphML file g.graphml has 1 edge, 2 nodes.", told)
        self.assertIn("1 of 1 edges have no LinkSpeedRaw: 10 Gbit/s assumed", told)
        self.headroom("validate", "site.yaml")
        self.assertIn("6 servers in 2 racks, 2 halls", self.headroom("site", "show", "site.yaml").stdout)

    def test_the_conversion_of_parquet_says_what_it_needs(self):
        script = ROOT / "scripts/convert/opendc_parquet_to_csv.py"
        self.assertIn("Needs pyarrow", subprocess.run([sys.executable, script, "--help"], capture_output=True, text=True, check=True).stdout)
        hidden = "import runpy, sys; sys.modules['pyarrow'] = None; sys.argv[1:] = ['tasks', 'fragments', 'out']; runpy.run_path(" + repr(str(script)) + ", run_name='__main__')"
        done = subprocess.run([sys.executable, "-c", hidden], capture_output=True, text=True)
        self.assertEqual(done.returncode, 1)
        self.assertIn("this script needs pyarrow, which is not there", done.stderr)

    def test_trace_info_of_a_series(self):
        self.assertIn("8904 rows of 1 column", self.headroom("trace", "info", "hourly-cpu-load").stdout)
        self.assertAlmostEqual(self.json_of("trace", "info", "hourly-cpu-load")["sum"], 4410.2978, places=4)
        self.assertEqual(self.json_of("trace", "info", "google-pdu6")["span_s"], 3 * 86400)

    def test_a_site_written_out_is_the_same_site(self):
        self.write("written.yaml", self.headroom("site", "show", "hall-2n", "--expand").stdout)
        self.headroom("validate", "written.yaml")
        self.assertEqual(self.json_of("site", "show", "written.yaml", "--power")["site_power_kw"], self.json_of("site", "show", "hall-2n", "--power")["site_power_kw"])
        self.assertEqual(self.json_of("site", "show", "hall-2n", "--expand")["kind"], "site")

    def test_site_show_power_under_load(self):
        load = ROOT / "topologies/layouts/loads/frontier-peak.yaml"
        power = self.json_of("site", "show", "frontier", "--power", "--load", load)
        self.assertAlmostEqual(power["site_power_kw"], 28227.884, delta=0.03)

    def test_requests_run_to_the_end(self):
        self.headroom("run", "llm-requests", "-q", "-o", "requests")
        summary = json.loads((self.folder / "requests/summary.json").read_text())
        self.assertEqual(summary["jobs"]["completed"], 2000)
        service = summary["service"]
        self.assertAlmostEqual(service["in_system_mean"], 2000 * service["response_mean_s"] / service["makespan_s"], places=9)
        self.assertIn('"label":"1-10 s"', (self.folder / "requests/report.html").read_text())      # waits of less than a minute

    def test_trace_info_of_rates_draws_nothing(self):
        described = self.json_of("trace", "info", "servegen-day")["described"]
        self.assertEqual((described["clients"], described["rate_rows"]), (4, 576))
        self.assertIn("expected requests     9430965", self.headroom("trace", "info", "servegen-day").stdout)

    def test_trace_info(self):
        self.assertIn("18239", self.headroom("trace", "info", "nasa-ipsc").stdout)
        totals = self.json_of("trace", "info", "nasa-ipsc", "--processors", "128")
        self.assertEqual(totals["used"] + sum(totals["skipped"].values()), totals["records"])
        self.assertAlmostEqual(totals["offered_load"], 0.4661, delta=1e-4)

    def test_catalogue(self):
        self.assertIn("dgx-a100", self.headroom("catalogue", "list").stdout)
        names = self.json_of("catalogue", "list", "server")
        self.assertEqual(list(names), ["server"])
        self.assertIn("dgx-a100", names["server"])
        self.assertIn("kind: server", self.headroom("catalogue", "show", "dgx-a100").stdout)
        device = self.json_of("catalogue", "show", "dgx-a100")
        self.assertEqual((device["cores"], device["memory"]), (128, "1 TB"))

    def test_validate(self):
        self.assertEqual(self.headroom("validate", self.scenario()).stdout, "1 file is valid\n")
        self.headroom("validate", "hall-2n", ROOT / "topologies/layouts/hub-2n.yaml", ROOT / "topologies/equipment/catalogue/server/dgx-a100.yaml")
        self.assertRegex(self.headroom("validate", "--installation").stdout, r"^\d+ files are valid\n$")

    def test_trace_info_of_a_site_and_of_a_scenario(self):
        text = self.headroom("trace", "info", "lublin-256", "--site", "lublin-256").stdout
        self.assertIn("1.0569 of 256 processors", text)
        self.assertIn("129-256: 2.7 %", text)
        totals = self.json_of("trace", "info", "lublin-generated", "--set", "workload[0].generate.jobs=100")
        self.assertEqual((totals["used"], totals["machine_processors"], sum(totals["hours_of_day"])), (100, 256, 100))
        self.assertIn("--set goes with a scenario", self.headroom("trace", "info", "lublin-256", "--set", "seed=2", exit_code=65).stderr)

    def test_trace_convert_gives_the_same_jobs(self):
        done = self.headroom("trace", "convert", "nasa-ipsc", "--to", "swf", "-o", "nasa.swf")
        self.assertEqual((done.stdout, done.stderr), ("", "18239 of 18239 jobs written\n"))
        first, second = self.json_of("trace", "info", "nasa-ipsc"), self.json_of("trace", "info", "nasa.swf")
        del first["sha256"], second["sha256"]
        self.assertEqual(first, second)
        table = self.headroom("trace", "convert", "philly-500", "--to", "jobs-csv")
        self.assertEqual(len(table.stdout.splitlines()), 501)
        self.assertIn("skipped: a job without processors", self.headroom("trace", "convert", self.write("gpus.csv", "submit_s,runtime_s,cores,gpus\n0,1,0,8\n"), "--to", "swf").stderr)

    def test_trace_fit_can_be_pasted_and_run(self):
        self.headroom("trace", "fit", "common-1000", "-o", "fit.yaml")
        scenario = self.write("scenario.yaml", "kind: scenario\nversion: 1\nname: fitted\nsite: rack\n" + (self.folder / "fit.yaml").read_text())
        got = self.json_of("run", scenario, "-o", "run", "--no-report")
        self.assertEqual(got["jobs"]["submitted"], 1000)
        self.assertAlmostEqual(got["jobs"]["core_s"] / 15_792_927, 1, delta=0.3)
        self.assertEqual(self.json_of("trace", "fit", "common-1000")["generate"]["jobs"], 1000)

    def test_trace_plot_is_a_page_of_its_own(self):
        self.assertEqual(self.headroom("trace", "plot", "generated-week").stdout, "trace.html\n")
        page = (self.folder / "trace.html").read_text()
        self.assertIn("generated-week", page)
        self.assertNotIn("src=", page.split("<script>")[0])

    def test_a_generated_run_keeps_the_hash_of_its_generator(self):
        scenario = self.scenario().read_text().replace("{trace: ./jobs.csv}", "{generate: {jobs: 20, arrivals: {every: 60 s}, runtime: {mean: 10 min}, sizes: [{processors: 1}]}}")
        hashes = []
        for seed in (1, 1, 2):
            self.headroom("run", self.write("made.yaml", scenario + f"seed: {seed}\n"), "-o", f"run-{len(hashes)}", "-q")
            hashes.append(sqlite3.connect(self.folder / f"run-{len(hashes)}/run.sqlite").execute("SELECT sha256 FROM inputs WHERE name = 'generated jobs of workload 0'").fetchone()[0])
        self.assertEqual(hashes[0], hashes[1])
        self.assertNotEqual(hashes[0], hashes[2])
        self.assertIn("generated jobs", (self.folder / "run-0/report.html").read_text())

    def test_validate_reads_traces_to_their_end(self):
        done = self.headroom("validate", self.scenario(jobs=JOBS + "1300,x,1\n"), exit_code=65)
        self.assertIn("jobs.csv:6:6: error:", done.stdout)

    def test_validate_goes_on_after_a_broken_file(self):
        good = self.scenario()
        bad = self.write("bad.yaml", good.read_text() + "horizn: 1 d\nsead: 2\n")
        done = self.headroom("validate", bad, good, exit_code=65)
        self.assertIn("1 of 2 files has problems", done.stdout)
        files = self.json_of("validate", bad, good, exit_code=65)
        self.assertEqual([file["valid"] for file in files], [False, True])
        self.assertEqual([(p["line"], p["column"]) for p in files[0]["problems"]], [(9, 1), (10, 1)])

    def test_schema_of_every_kind_is_json(self):
        kinds = self.headroom("schema", "nothing", exit_code=64).stderr
        kinds = kinds[kinds.index("{") + 1:kinds.index("}")].split(",")
        self.assertIn("scenario", kinds)
        for kind in kinds:
            schema = json.loads(self.headroom("schema", kind).stdout)
            self.assertEqual(schema["$schema"], "http://json-schema.org/draft-07/schema#")
            self.assertEqual(schema["type"], "object")

    def test_init_makes_a_project_that_runs(self):
        self.headroom("init", "project")
        self.headroom("validate", "project/scenario.yaml", "project/site.yaml")
        summary = self.json_of("run", "project/scenario.yaml", "-o", "project/run")
        self.assertEqual(summary["jobs"]["completed"], 1000)
        self.headroom("capacity", "project/scenario.yaml")
        self.headroom("init", "project", exit_code=73)

    def test_init_into_an_empty_folder_and_quietly(self):
        (self.folder / "empty").mkdir()
        self.assertEqual(self.headroom("init", "empty", "-q").stdout, "")
        self.assertEqual(self.json_of("init", "other")["files"], ["site.yaml", "scenario.yaml", "jobs.csv"])

    def test_init_where_a_file_stands(self):
        self.write("file", "")
        self.headroom("init", "file", exit_code=73)

    def test_report(self):
        self.headroom("run", self.scenario(), "-o", "run", "--no-report")
        for kind, product in (("html", "report.html"), ("json", "report.json"), ("csv", "tables")):
            done = self.headroom("report", "run", "--to", kind)
            self.assertEqual(done.stdout, "")
            self.assertTrue((self.folder / "run" / product).exists())
        self.assertIn("<html", (self.folder / "run/report.html").read_text()[:2000])
        summary = json.loads((self.folder / "run/summary.json").read_text())
        del summary["run"]["wall_s"]
        self.assertEqual(json.loads((self.folder / "run/report.json").read_text()), summary)
        tables = list((self.folder / "run/tables").iterdir())
        self.assertGreater(len(tables), 2)
        for table in tables:
            widths = {line.count(",") for line in table.read_text().splitlines() if '"' not in line}
            self.assertLessEqual(len(widths), 1, table)

    def test_report_elsewhere_and_quietly(self):
        self.headroom("run", self.scenario(), "-o", "run", "--no-report")
        done = self.headroom("report", "run/run.sqlite", "--to", "html", "-o", "page.html", "-q")
        self.assertEqual(done.stdout + done.stderr, "")
        self.assertTrue((self.folder / "page.html").exists())
        self.assertEqual(self.json_of("report", "run", "-o", "page.html")["written_to"], "page.html")
        self.headroom("report", "run", "-o", "no/such/folder/page.html", exit_code=73)


class Capacity(CliTest):
    """By runs: small ones, so that every verdict can be followed."""

    # five of the site's eight cores busy, on average
    GENERATED = "workload: [{generate: {jobs: 400, arrivals: {every: 120 s}, runtime: {kind: exponential, mean: 10 min}, sizes: [{processors: 1}]}}]\n"

    def queue(self, rest=""):
        return self.write("queue.yaml", f"kind: scenario\nversion: 1\nname: queue\n{SITE}{self.GENERATED}{rest}")

    def search(self, *words, exit_code=0):
        return self.json_of("capacity", self.queue(), "-q", *words, exit_code=exit_code)

    def test_the_passing_and_the_failing_run_are_kept_and_the_same_when_made_again(self):
        goal = ("--goal", "wait_mean <= 5 min", "--goal", "no_trip")
        answer = self.search(*goal)
        self.assertTrue(answer["resolved"])
        self.assertLessEqual(answer["fails"]["scale"] / answer["passes"]["scale"], 1.02)
        folder = self.folder / "runs/queue-capacity"
        self.assertEqual(sorted(p.name for p in folder.iterdir()), ["capacity.json", "fails", "passes"])
        self.assertEqual(json.loads((folder / "capacity.json").read_text()), answer)
        for name, exit_code in (("passes", 0), ("fails", 1)):
            self.assertEqual(sorted(p.name for p in (folder / name).iterdir()), ["report.html", "run.sqlite", "summary.json"])
            kept = self.json_of("capacity", folder / name, *goal, exit_code=exit_code)
            program, *words = shlex.split(answer[name]["command"])
            self.assertEqual(program, "headroom")
            self.headroom(*words)
            again = self.json_of("capacity", folder / name, *goal, exit_code=exit_code)
            self.assertEqual(kept["goals"], again["goals"])
            self.assertEqual(kept["goals"], answer[name]["goals"])
        broken = answer["fails"]["goals"][0]
        self.assertGreater(broken["value"], 300)
        self.assertIn("waited longest", broken["why"])
        self.assertGreater(broken["at_s"], 0)

    def test_text_names_both_runs_and_what_broke(self):
        told = self.headroom("capacity", self.queue(), "--goal", "wait_mean <= 5 min", "--runs", "6")
        self.assertRegex(told.stdout, r"queue: the goals are met up to [\d.]+ times the arrivals \(6 runs at 6 scales\)")
        self.assertIn("a bracket and not a confidence interval: one seed", told.stdout)
        self.assertRegex(told.stdout, r"lost for good at .*: job \d+ waited longest")
        self.assertIn("1 times the arrivals: met", told.stderr)

    def test_seeds_give_an_interval(self):
        answer = self.search("--goal", "wait_mean <= 5 min", "--seeds", "4", "--runs", "60")
        self.assertEqual(answer["interval"]["kind"], "confidence")
        self.assertLessEqual(answer["interval"]["from"], answer["scale"])
        self.assertGreaterEqual(answer["interval"]["to"], answer["fails"]["scale"])
        self.assertEqual(len(answer["tested"][0]["goals"][0]["values"]), 4)
        self.assertLessEqual(answer["runs"], 60)

    def test_what_the_user_sets_grows_from_there(self):
        twice = self.search("--goal", "wait_mean <= 5 min", "--set", "workload[0].arrivals=2", "--set", "seed=1", "--set", "policy.backfill=easy")
        once = self.search("--goal", "wait_mean <= 5 min", "--set", "policy.backfill=easy")
        self.assertAlmostEqual(2 * twice["scale"] / once["scale"], 1, delta=0.03)
        self.assertIn("--set policy.backfill=easy --set 'workload[0].arrivals=", twice["passes"]["command"])

    def test_racks_grow_until_a_rating_is_passed(self):
        limited = SITE.replace("voltage: 400 V}", "voltage: 400 V, limit: 2 kW}")
        scenario = self.write("racks.yaml", f"kind: scenario\nversion: 1\nname: racks\n{limited}{self.GENERATED}")
        answer = self.json_of("capacity", scenario, "-q", "--grow", "racks", "--goal", "within_ratings", "--to", "20")
        self.assertEqual(answer["fails"]["scale"] - answer["passes"]["scale"], 1)      # one rack more
        self.assertEqual(answer["fails"]["goals"][0]["where"], "utility")

    def test_no_scale_and_any_scale(self):
        never = self.headroom("capacity", self.queue(), "-q", "--goal", "response_p95 <= 1 s", exit_code=1).stdout
        self.assertIn("no tested scale meets the goals; at the smallest, 0.25 times the arrivals, response_p95 <= 1 s is missed", never)
        always = self.headroom("capacity", self.queue(), "-q", "--goal", "no_trip", "--to", "3").stdout
        self.assertIn("met at every tested scale, up to 3 times the arrivals; more was never tested", always)

    def test_mistakes(self):
        def message(code, *words):
            done = self.headroom("capacity", *words, exit_code=code)
            self.assertEqual(done.stdout, "")
            return done.stderr
        self.assertIn("--goal wait_men <= 1 h: error: there is no measure 'wait_men', did you mean 'wait_mean'?", message(65, "rack", "--goal", "wait_men <= 1 h"))
        self.assertIn("goodput is to be high", message(65, "rack", "--goal", "no_trip", "--goal", "goodput <= 1"))
        self.assertIn("goals are of a scenario or a run, and this is a site", message(65, ROOT / "topologies/layouts/rack.yaml", "--goal", "no_trip"))
        self.assertIn("no arrivals can grow", message(65, "hall-chance", "--goal", "no_trip"))
        self.assertIn("--goal", message(64, "rack", "--seeds", "3"))
        self.assertIn("is above --to", message(65, "rack", "--goal", "no_trip", "--from", "4", "--to", "2"))
        self.assertIn("2 runs are less than one scale takes with 3 seeds", message(65, "rack", "--goal", "no_trip", "--runs", "2", "--seeds", "3"))
        bad = self.scenario(jobs=JOBS + "1300,x,1\n")
        self.assertIn("jobs.csv:6:6: error:", message(65, bad, "--goal", "wait_mean <= 1 h"))
        self.assertEqual([p.name for p in (self.folder / "runs/scenario-capacity").iterdir()], [])
        self.headroom("run", self.scenario(), "-o", "run", "--no-report")
        self.assertIn("--set goes with a scenario", message(65, "run", "--goal", "no_trip", "--set", "seed=2"))
        (self.folder / "file").write_text("")
        message(73, self.queue(), "--goal", "no_trip", "-o", "file/below")


# What a browser needs that is run by root, as in a container.
HARDLY_SAFE = "--no-" + "sand" + "box"


class Spend(CliTest):
    TABLE = ("fixed prices", "no capacity limit", "gross output", "no displaced spending", "imports matter most")
    PURCHASES = ("fixed prices", "no capacity limit", "no displaced spending", "imports are not told apart", "rests on assumptions")

    def stands_beside(self, caveats):
        return all(word in caveats for word in self.TABLE) or all(word in caveats for word in self.PURCHASES)

    def test_every_ratio_of_the_answer_has_its_caveats(self):
        answer = self.json_of("spend", "hub-2n")
        ratios = answer["k_ratios"] + answer["knock_on"]["ratios"]
        self.assertGreater(len(ratios), 15)
        for ratio in ratios:
            self.assertTrue(self.stands_beside("; ".join(ratio["caveats"])), ratio)
        text = self.headroom("spend", "hub-2n").stdout
        self.assertNotIn("the multiplier", text)
        for ratio in ratios:
            self.assertIn(f"{ratio['name']} = ", text)

    def test_every_ratio_of_the_page_has_its_caveats(self):
        self.headroom("spend", "hub-2n", "--out", "answer")
        names = {path.name for path in (self.folder / "answer").iterdir()}
        self.assertEqual(names, {"spend.json", "spend.html", "bill.csv", "elements.csv", "years.csv", "feeds.csv", "payers.csv", "knock_on.csv", "sectors.csv", "ratios.csv", "spread.csv", "drivers.csv"})
        drawn = self.drawn("answer/spend.html")
        rows = re.findall(r'<tr data-ratio="([^"]+)">(.*?)</tr>', drawn, re.S)
        answer = json.loads((self.folder / "answer/spend.json").read_text())
        self.assertEqual(len(rows), len(answer["k_ratios"]) + len(answer["knock_on"]["ratios"]))
        for name, row in rows:
            self.assertTrue(self.stands_beside(row), name)
        self.assertGreaterEqual(drawn.count("<svg"), 6)

    def test_the_bill_adds_up_to_the_cent(self):
        for site in ("hub-2n", "gpu-pod", "frontier"):
            bill = self.json_of("spend", site)["bill"]
            total = sum(line["amount"]["mid"] for line in bill["lines"] if not line["inside_building"])
            self.assertAlmostEqual(bill["totals"]["total"]["mid"], total, delta=0.005 * len(bill["lines"]))
            self.assertEqual([gap["count"] for gap in bill["missing"] if not gap["inside_building"]], [])

    def test_a_run_sizes_its_site_and_what_that_avoids_has_an_interval(self):
        self.headroom("run", "gpu-pod", "-o", "pod", "-q", "--no-report")
        answer = json.loads(self.headroom("spend", "pod", "--sized", "--format", "json").stdout)
        self.assertTrue(answer["saving_holds"])
        self.assertEqual(answer["simulated"]["contingency"]["new_harm"], [])
        nameplate = {(e["element"], e["kind"]): e["sized"] for e in answer["nameplate"]["elements"]}
        for element in answer["simulated"]["elements"]:
            self.assertLessEqual(element["sized"], nameplate[element["element"], element["kind"]], element)
        for against in ("avoided_against_built", "avoided_against_nameplate"):
            avoided = answer["bills"][against]
            self.assertGreater(avoided["p10"], 0)
            self.assertLess(avoided["p10"], avoided["p90"])
        self.assertTrue((self.folder / "pod/sized/run.sqlite").exists())
        done = self.headroom("spend", "hub-2n", "--sized", exit_code=66)
        self.assertIn("--sized needs the load of a run", done.stderr)

    def test_other_money_another_economy_and_a_wanted_date(self):
        yuan = self.json_of("spend", "hub-2n", "--currency", "CNY", "--year", "2020", "--economy", "china-2020-153", "--in-service", "2021-06-01")
        self.assertEqual((yuan["bill"]["currency"], yuan["bill"]["year"], yuan["knock_on"]["currency"]), ("CNY", 2020, "CNY"))
        self.assertEqual(yuan["schedule"]["wanted"], "2021-06-01")
        self.assertGreater(yuan["schedule"]["late_days"], 0)
        self.assertIn("no rate", self.headroom("spend", "hub-2n", "--currency", "XAU", exit_code=65).stderr)
        self.assertIn("'tomorrow' is no day", self.headroom("spend", "hub-2n", "--in-service", "tomorrow", exit_code=65).stderr)
        self.assertIn("did you mean", self.headroom("spend", "hub-2n", "--economy", "us-2020", exit_code=66).stderr)

    def test_who_owns_the_servers_pays_for_them(self):
        paid = lambda *words: {p["payer"]: sum(y["purchases"] for y in p["years"]) for p in self.json_of("spend", "hub-2n", *words)["who_pays"]["payers"]}
        tenants, own = paid(), paid("--set", "money.it_owner=operator")
        self.assertNotIn("tenant", own)
        self.assertAlmostEqual(own["operator"], tenants["operator"] + tenants["tenant"], delta=1)
        self.assertEqual(own["utility"], tenants["utility"])

    def test_options_that_do_not_go_together_are_refused(self):
        for words in (["--currency", "CNY"], ["--year", "2020"], ["--economy", "us-2022"], ["--in-service", "2030-01-01"], ["--prices", "."], ["--set", "money.year=2020"], ["--out", "x"]):
            self.assertIn("a building case has its own figures", self.headroom("spend", "china-2020", *words, exit_code=65).stderr)
        self.assertIn("goes with --sized", self.headroom("spend", "hub-2n", "--growth", "0.2", exit_code=65).stderr)
        self.headroom("spend", "hub-2n", "--sized", "--growth", "1.5", exit_code=64)
        self.headroom("spend", "hub-2n", "--seed", "-1", exit_code=64)

    def test_a_folder_that_cannot_be_made_is_told(self):
        self.write("taken", "a file")
        self.assertIn("cannot make this folder", self.headroom("spend", "hub-2n", "--out", "taken/answer", exit_code=73).stderr)

    def test_a_price_of_the_building_for_each_rack_is_no_power(self):
        prices = self.folder / "prices"
        shutil.copytree(ROOT / "analysis/spending/prices", prices)
        (prices / "building.yaml").write_text((prices / "building.yaml").read_text().replace("{low: 9.3 USD/W, mid: 11.7 USD/W, high: 15 USD/W, year: 2025}", "{mid: 90000 USD/unit, year: 2025}"))
        self.assertEqual(self.json_of("spend", "hub-2n", "--prices", prices)["bill"]["totals"]["building_line"]["mid"], 63 * 90000)
        (prices / "servers.yaml").write_text((prices / "servers.yaml").read_text().replace("life: 5 y", "life: 1e-9 y"))
        self.assertIn("is too short", self.headroom("spend", "hub-2n", "--prices", prices, exit_code=65).stderr)

    def test_what_is_not_there_is_named_where_it_was_asked_for(self):
        layout = (ROOT / "topologies/layouts/rack.yaml").read_text()
        self.write("nowhere.yaml", layout + "grid: {country: atlantis, distance: 1 km}\n")
        self.assertIn("nowhere.yaml:", self.headroom("spend", "./nowhere.yaml", exit_code=66).stderr)
        self.write("weak.yaml", re.sub(r"limit: [0-9.]+ kW", "limit: 1 kW", layout) + "grid: {country: us, distance: 1 km}\n")
        self.assertIn("less than the facility at nameplate", self.headroom("spend", "./weak.yaml").stdout)
        self.assertTrue(self.headroom("spend", "hub-2n", "--currency", "QQQ", exit_code=65).stderr.startswith("--currency"))
        self.assertTrue(self.headroom("spend", "hub-2n", "--economy", "nope", exit_code=66).stderr.startswith("--economy"))

    def test_the_same_twice_is_the_same(self):
        self.assertEqual(self.headroom("spend", "gpu-pod", "--format", "json").stdout, self.headroom("spend", "gpu-pod", "--format", "json").stdout)


class Programme(CliTest):
    """Small programmes on small sites, through the program: what is asked of headroom programme as a whole."""

    SITE = """kind: site
version: 1
name: {name}
location: {{latitude: 31, longitude: 121, timezone: Asia/Shanghai}}
halls:
  - {{name: h, racks: [{{name: r, count: {racks}, servers: [{{type: dell-poweredge-r740, count: 8, supplies: 2}}]}}]}}
network:
  - name: front-end
    fabric: star
    leaf: {{ports: 64, port_rate: 100 Gbit/s, power: 20 W}}
    wan: [{wan}]
power:
  scheme: N
  utility: [{{name: utility, voltage: 400 V}}]
cooling: {{fixed: 1 kW, proportional: 0.2}}
grid: {{country: cn, distance: 1 km, substation: upgrade}}
"""
    PROGRAMME = """kind: programme
version: 1
name: small
title: a small one
years: {{first: 2020, last: 2021}}
money: {{currency: CNY, year: 2020, economy: china-2020-153, today: 2015-01-01T00:00:00+08:00}}
country: cn
gross_product: [{{year: 2020, amount: 101.6e12 CNY, evidence: seen, source: a statistic}}, {{year: 2021, amount: 114.9e12 CNY, evidence: memory, source: a statistic}}]
regions: [{{name: north, share: 0.25}}, {{name: south, share: 0.75}}]
shapes:
  - {{name: office, day: [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0], evidence: assumption, source: ours}}
latency_classes: [{{name: near, round_trip: 10 ms}}, {{name: far, round_trip: 100 ms}}]
sites:
  - {{name: edge, layout: ./edge.yaml, serves: near, passes_to: core, plan_ahead: 4}}
  - {{name: core, layout: ./core.yaml, serves: far, plan_ahead: 4}}
sectors:
  - name: city
    drivers:
      - name: cameras
        unit: camera
        counts: {{years: {{2020: 20000, 2021: 30000}}, evidence: assumption, source: ours}}
        shape: {shape}
        latency: {{class: {camera_class}}}
        work: {{every: 1 s, core_time: 10 ms, received: 500 kB, passed_on: 0.1, evidence: seen, source: a guide}}
        buys: {{name: camera, price: {{mid: 2000 CNY/unit}}, year: 2020, life: 6 y, payer: government, sector: {{china_153: "091"}}, evidence: assumption, source: ours}}
  - name: offices
    drivers:
      - name: desks
        unit: desk
        counts: {{years: {{2020: {desks}, 2021: {desks}}}, evidence: assumption, source: ours}}
        shape: office
        latency: {{class: far}}
        work: {{every: 10 s, core_time: 30 ms, received: 20 kB, answered: 50 kB, evidence: assumption, source: ours}}
        power: {{mean: 100 W, follows: 1, evidence: assumption, source: ours}}
"""

    def programme(self, name="small.yaml", racks=2, shape="flat", camera_class="near", desks=40000, **changes):
        wan = "{name: users, rate: 100 Gbit/s, count: 8, latency: 1 ms}, "
        self.write("edge.yaml", self.SITE.format(name="edge", racks=racks, wan=wan + "{name: core, rate: 100 Gbit/s, count: 2}"))
        self.write("core.yaml", self.SITE.format(name="core", racks=racks, wan=wan + "{name: edge, rate: 100 Gbit/s, count: 2}"))
        text = self.PROGRAMME.format(shape=shape, camera_class=camera_class, desks=desks)
        for old, new in changes.get("replace", []):
            self.assertIn(old, text)
            text = text.replace(old, new)
        self.write(name, text)
        return name

    def answer(self, *options, exit_code=0, **how):
        return json.loads(self.headroom("programme", self.programme(**how), "-q", "--format", "json", *options, exit_code=exit_code).stdout)

    @staticmethod
    def kind(answer, name, year=2020):
        of_year = next(y for y in answer["years"] if y["year"] == year)
        return next(k for k in of_year["kinds"] if k["kind"] == name)

    def value(self, answer, kind, figure, year=2020):
        return self.kind(answer, kind, year)["figures"][figure]["value"]

    def test_bytes_arrive_where_they_are_sent(self):
        answer = self.answer("-o", "out")
        self.assertAlmostEqual(self.value(answer, "edge", "arriving_tbit_s"), 20000 * 4e6 / 1e12, delta=1e-9)
        self.assertAlmostEqual(self.value(answer, "edge", "from_users_pb_a_day"), 20000 * 500e3 * 86400 / 1e15, delta=1e-9)
        passed = 0.1 * 20000 * 500e3 * 86400 / 1e15
        self.assertAlmostEqual(self.value(answer, "edge", "to_core_pb_a_day"), passed, delta=1e-9)
        self.assertAlmostEqual(self.value(answer, "core", "from_edge_pb_a_day"), passed, delta=1e-9)
        for year in answer["years"]:
            for kind in year["kinds"]:
                for figure in kind["figures"].values():
                    self.assertAlmostEqual(figure["value"], figure["of_run"] * figure["times"], delta=1e-9 * abs(figure["value"]))
                    self.assertTrue((self.folder / "out" / figure["run"] / "run.sqlite").exists())

    def test_a_figure_is_a_query_on_its_run_file_and_changes_with_it(self):
        before = self.answer("-o", "out")
        figure = self.kind(before, "core")["figures"]["facility_energy_twh"]
        with sqlite3.connect(self.folder / "out" / figure["run"] / "run.sqlite") as file:
            file.execute("UPDATE totals SET input_j = 2 * input_j, output_j = 2 * output_j, loss_j = 2 * loss_j WHERE node < 0")
        after = self.answer("-o", "out")
        self.assertAlmostEqual(self.value(after, "core", "facility_energy_twh"), 2 * figure["value"], delta=1e-9 * figure["value"])
        self.assertEqual(self.value(after, "edge", "facility_energy_twh"), self.value(before, "edge", "facility_energy_twh"))
        again = self.answer("-o", "out", "--again")
        self.assertEqual(self.value(again, "core", "facility_energy_twh"), figure["value"])

    LEDGER = """kind: ledger
version: 1
name: said
title: what somebody said
source: somebody
claims:
  - id: S1
    topic: energy
    says: what the core's sites draw in 2020
    value: {value}
    unit: TWh
    year: "2020"
    source: somebody
    ours: [{{what: drawn by the core's sites, is: facility_energy_twh.core.2020, unit: TWh}}]
    verdict: reproduced
    within: 0.001
    why: simulated
"""

    def test_a_verdict_rests_on_the_run_file_that_it_names(self):
        energy = self.value(self.answer("-o", "out"), "core", "facility_energy_twh")
        self.write("said.yaml", self.LEDGER.format(value=energy))
        with_ledger = [("country: cn\n", "country: cn\nledger: ./said.yaml\n")]
        claim = self.answer("-o", "out", replace=with_ledger)["ledger"]["claims"][0]
        self.assertTrue(claim["holds"], claim)
        used = claim["ours"][0]["uses"][0]
        self.assertEqual((used["name"], used["run"]), ("facility_energy_twh.core.2020", "runs/core-2020-week"))
        with sqlite3.connect(self.folder / "out" / used["run"] / "run.sqlite") as file:
            file.execute("UPDATE totals SET input_j = 1.01 * input_j, output_j = 1.01 * output_j, loss_j = 1.01 * loss_j WHERE node < 0")
        claim = self.answer("-o", "out", replace=with_ledger, exit_code=1)["ledger"]["claims"][0]
        self.assertFalse(claim["holds"], claim)
        self.assertAlmostEqual(claim["ours"][0]["value"], 1.01 * energy, delta=1e-9 * energy)

    def test_the_page_shows_each_claim_with_its_run_and_each_ratio_with_its_caveats(self):
        self.write("said.yaml", self.LEDGER.format(value=1e6))
        answer = self.answer("-o", "out", replace=[("country: cn\n", "country: cn\nledger: ./said.yaml\n")], exit_code=1)
        drawn = self.drawn("out/programme.html")
        claims = re.findall(r'<tr data-claim="([^"]+)"[^>]*>(.*?)</tr>', drawn, re.S)
        self.assertEqual([name for name, row in claims], ["S1"])
        for told in ("what the core's sites draw in 2020", "runs/core-2020-week: energy.facility_energy_kwh", ">reproduced<", ">does not hold<"):
            self.assertIn(told, claims[0][1])
        ratios = re.findall(r'<tr data-ratio="([^"]+)">(.*?)</tr>', drawn, re.S)
        self.assertEqual([name for name, row in ratios], [ratio["name"] for ratio in answer["spending"]["knock_on"]["ratios"]])
        for name, row in ratios:
            self.assertTrue(all(word in row for word in Spend.TABLE), name)
        for year in answer["years"]:
            for kind in year["kinds"]:
                for figure in ("facility_peak_mw", "facility_energy_twh", "arriving_tbit_s"):
                    of = kind["figures"][figure]
                    self.assertIn(f"{of['key']} of {of['run']}", drawn)
        self.assertGreaterEqual(drawn.count("<svg"), 8)
        self.assertEqual(drawn.count("<svg"), drawn.count('role="img"'))

    def test_the_same_bytes_twice(self):
        self.answer("-o", "a")
        self.answer("-o", "b", "--jobs", "1")
        names = sorted(path.name for path in (self.folder / "a").iterdir() if path.is_file())
        self.assertIn("programme.json", names)
        for name in names:
            self.assertEqual((self.folder / "a" / name).read_bytes(), (self.folder / "b" / name).read_bytes(), name)

    def test_every_driver_runs_alone_and_in_the_mix(self):
        mix = self.answer("-o", "mix")
        alone = {name: self.answer("-o", name, "--only", name) for name in ("cameras", "desks")}
        self.assertAlmostEqual(self.value(alone["cameras"], "edge", "arriving_tbit_s"), self.value(mix, "edge", "arriving_tbit_s"), delta=1e-9)
        arriving = self.value(mix, "core", "arriving_pb_a_day")
        self.assertAlmostEqual(sum(self.value(a, "core", "arriving_pb_a_day") for a in alone.values()), arriving, delta=1e-9 * arriving)
        for name, answer in alone.items():
            self.assertEqual([d["name"] for d in answer["years"][0]["drivers"]], [name])
            self.assertLess(answer["years"][0]["data_centre_twh"], mix["years"][0]["data_centre_twh"])
        done = self.headroom("programme", "small.yaml", "--only", "desk", exit_code=65)
        self.assertIn("there is no driver 'desk', did you mean 'desks'?", done.stderr)

    def test_another_profile_of_the_same_totals_moves_the_peak_and_the_bill(self):
        flat, office = self.answer("-o", "flat"), self.answer("-o", "office", shape="office")
        of = lambda answer, figure: self.value(answer, "edge", figure)
        self.assertAlmostEqual(of(office, "arriving_pb_a_day"), of(flat, "arriving_pb_a_day"), delta=1e-9)
        self.assertGreater(of(office, "facility_peak_mw"), 1.5 * of(flat, "facility_peak_mw"))
        servers = lambda answer: sum(m["quantity"] for m in answer["spending"]["materials"] if m["what"] == "edge" and m["class"].startswith("servers"))
        self.assertGreater(servers(office), 1.5 * servers(flat))
        self.assertGreater(office["years"][0]["spending"], flat["years"][0]["spending"])

    def test_one_doubled_site_agrees_with_two(self):
        """Racks, and so servers, twice as many: figures within 1 %, which is what a site has once (its switch, servers that are part full)."""
        two, one = (self.answer("-o", name, "--only", "desks", desks=420000, racks=racks) for name, racks in (("two", 2), ("one", 4)))
        sites = lambda answer: self.kind(answer, "core")["in_service"]
        self.assertEqual(sites(one), sites(two) / 2)
        for figure in ("it_energy_twh", "it_peak_mw", "arriving_pb_a_day"):
            self.assertAlmostEqual(self.value(one, "core", figure), self.value(two, "core", figure), delta=0.01 * self.value(two, "core", figure))

    def test_a_class_at_the_edge_moves_its_traffic(self):
        near, far = self.answer("-o", "near"), self.answer("-o", "far", camera_class="far")
        of_cameras = 20000 * 500e3 * 86400 / 1e15
        self.assertAlmostEqual(self.value(far, "core", "arriving_pb_a_day") - self.value(near, "core", "arriving_pb_a_day"), 0.9 * of_cameras, delta=1e-9)
        self.assertEqual(self.kind(far, "edge")["in_service"], 0)

    def test_a_million_cameras_send_four_terabits(self):
        answer = self.answer("-o", "out", "--only", "cameras", replace=[("2020: 20000, 2021: 30000", "2020: 1000000, 2021: 1000000")])
        self.assertAlmostEqual(self.value(answer, "edge", "arriving_tbit_s"), 4, delta=1e-6)
        self.assertAlmostEqual(self.value(answer, "edge", "arriving_pb_a_day"), 43.2, delta=1e-5)

    def test_a_feed_that_cannot_exist_in_time_delays_its_site(self):
        late = self.answer("-o", "late", replace=[("serves: far, plan_ahead: 4", "serves: far, before: 8, plan_ahead: 0.1"), ("2020: 40000, 2021: 40000", "2020: 40000, 2021: 400000")])
        tranche = next(t for t in late["tranches"] if t["kind"] == "core" and t["wanted_year"] == 2021)
        self.assertGreater(tranche["in_service"], "2021-07-01")
        self.assertTrue(tranche["held_up_by"])
        self.assertTrue(late["dates_stand_still"])
        self.assertGreaterEqual(late["rounds"], 2)
        of_2021 = self.kind(late, "core", 2021)
        self.assertLess(of_2021["in_service"], of_2021["needed"])
        self.assertGreater(of_2021["turned_away"], 0)

    def test_sites_that_do_not_stand_have_no_figures_and_feeds_are_for_the_largest_year(self):
        none_yet = self.answer("-o", "none", replace=[("today: 2015-01-01", "today: 2020-06-01"), ("serves: near,", "serves: near, before: 9,"), ("serves: far, plan_ahead: 4", "serves: far, before: 0, plan_ahead: 4"), ("2020: 40000, 2021: 40000", "2020: 0, 2021: 40000"), ("passed_on: 0.1, ", "")])
        of_2021 = self.kind(none_yet, "core", 2021)
        self.assertEqual((of_2021["in_service"], of_2021["turned_away"]), (0, 1))
        self.assertNotIn("figures", of_2021)
        to_come = next(t for t in none_yet["tranches"] if t["kind"] == "core")      # ordered and told, though none of these years sees it
        self.assertGreater(to_come["in_service"], "2021-07-01")
        self.assertTrue(to_come["held_up_by"])
        price = lambda desks, out: next(t for t in self.answer("-o", out, "--only", "desks", replace=[("2020: 40000, 2021: 40000", desks)])["tranches"] if t["kind"] == "core")["price_of_one"]
        self.assertAlmostEqual(price("2020: 4000, 2021: 36000", "grows"), price("2020: 36000, 2021: 36000", "large"), delta=1)

    def test_a_class_that_bears_less_than_the_way_to_its_users(self):
        self.programme(replace=[("name: near, round_trip: 10 ms", "name: near, round_trip: 1 ms")])
        done = self.headroom("programme", "small.yaml", "-q", exit_code=65)
        self.assertIn("small.yaml:14:5: error: sites[edge].serves: 'near' bears 1 ms at most, and the way to 'users' and back takes 2 ms", done.stderr)

    def test_a_first_year_that_needs_the_grid_of_a_later_one_is_an_error(self):
        self.programme(replace=[("today: 2015-01-01", "today: 2019-12-01")])
        done = self.headroom("programme", "small.yaml", "-q", exit_code=65)
        self.assertRegex(done.stderr, r"small.yaml:\d+:\d+: error: sites\[edge\]: 2020 needs \d+ and 0 stand before it; ordered on 2019-12-01, the others are in service on 202\d-")

    def test_money_adds_up_and_labels_share_it(self):
        answer = self.answer("-o", "out")
        spending = answer["spending"]
        total = sum(year["cash"] for year in spending["by_year"])
        for key in ("by_sector", "by_class"):
            self.assertAlmostEqual(sum(row["cash"] for row in spending[key]), total, delta=1e-6 * total, msg=key)
        self.assertAlmostEqual(sum(year["purchases"] + year["running"] for payer in spending["by_payer"] for year in payer["years"]), total, delta=1e-6 * total)
        self.assertAlmostEqual(sum(region["spending_all_years"] for region in answer["regions"]), total, delta=1e-6 * total)
        self.assertEqual(next(m for m in spending["materials"] if m["what"] == "cameras")["quantity"], 30000)

    def test_650_000_stations_draw_what_they_draw(self):
        answer = json.loads(self.headroom("programme", "new-infrastructure-2020", "--only", "five-g-stations", "-o", "stations", "-q", "--format", "json").stdout)
        stations = answer["years"][0]["drivers"][0]
        self.assertEqual(stations["units"], 650000)
        self.assertAlmostEqual(stations["mean_mw"], 2275, delta=1e-9)
        self.assertAlmostEqual(stations["energy_twh"], 19.929, delta=1e-9)


class Mistakes(CliTest):
    def test_settings_go_with_a_scenario_alone(self):
        done = self.headroom("capacity", "hall-2n", "--set", "seed=2")
        self.assertIn("everything in service", done.stdout)
        done = self.headroom("capacity", ROOT / "topologies/layouts/hall-2n.yaml", "--set", "seed=2", exit_code=65)
        self.assertIn("--set goes with a scenario", done.stderr)

    def test_a_run_does_not_pass_a_hundred_years(self):
        century = "submit_s,runtime_s,cores\n" + "0,3100000000,4\n" * 3
        done = self.headroom("run", self.scenario(jobs=century), "-o", "run", exit_code=65)
        self.assertIn("after 100 years of simulated time", done.stderr)

    def message(self, code, *words):
        done = self.headroom(*words, exit_code=code)
        self.assertEqual(done.stdout, "")
        return done.stderr

    def test_usage(self):
        self.assertIn("subcommand", self.message(64))
        self.assertIn("there is no verb 'rum', did you mean 'run'?", self.message(64, "rum", "rack"))
        self.assertIn("--bogus", self.message(64, "run", "rack", "--bogus"))
        self.assertIn("xml not in {text,json}", self.message(64, "capacity", "rack", "--format", "xml"))
        self.assertIn("pdf not in {html,csv,json}", self.message(64, "report", "x", "--to", "pdf"))
        for verb in ("run", "capacity", "spend", "report", "init", "schema", "validate", "site", "trace", "catalogue"):
            self.message(64, verb)
        self.message(64, "run", "rack", "--seed", "x")
        self.message(64, "trace", "info", "nasa-ipsc", "--processors", "0")

    def test_names_and_paths(self):
        self.assertIn("did you mean 'hall-2n'?", self.message(66, "run", "hal-2n"))
        self.assertIn("it has batsim-medium-late, common-input, cooled-hall-outage, cooled-hall-year, flex-4n3, generated-week, gpu-pod, hall-2n, hall-chance, hub-2n, hub-outage, llm-requests, lublin-256, lublin-generated, measured-power, office-day, philly-500, rack, servegen-day, virtual-machines, workflow, year-of-load", self.message(66, "run", "atlantis"))
        self.assertIn("did you mean 'nasa-ipsc'?", self.message(66, "trace", "info", "nasa-ipcs"))
        self.assertIn("did you mean 'dgx-a100'?", self.message(66, "catalogue", "show", "dgx-a10"))
        for words in (["run", "./none.yaml"], ["capacity", "none.yaml"], ["spend", "./none.yaml"], ["site", "show", "none.yaml"], ["validate", "none.yaml"],
                      ["trace", "info", "./none.swf"], ["report", "none"], ["report", "."], ["site", "show", "rack", "--power", "--load", "none.yaml"]):
            self.message(66, *words)

    def test_settings(self):
        message = lambda *settings: self.message(65, "run", "rack", "-o", "run", *[word for setting in settings for word in ("--set", setting)])
        self.assertIn("did you mean 'policy.backfill'?", message("policy.bakfill=none"))
        self.assertIn("expected PATH=VALUE", message("horizon"))
        self.assertIn("expected PATH=VALUE", message("=1"))
        self.assertIn("the value after '=' is empty", message("horizon="))
        self.assertIn("set twice", message("seed=1", "seed=2"))
        self.assertIn("sets the same key", message("site.halls[0].rows=1", "site.halls[room].rows=2"))
        self.assertIn("must not be negative", message("seed=-1"))
        self.assertIn("there is no such key", message("workload[1].trace=lublin-256"))
        self.assertIn("unknown value 'esay'", message("policy.backfill=esay"))
        self.assertFalse((self.folder / "run").exists())
        self.assertIn("there is no such key", self.message(65, "capacity", "rack", "--set", "site.power.utility[9].limit=1 kW"))

    def test_what_is_no_run(self):
        self.write("text.sqlite", "x" * 5000)
        self.assertIn("this is not a run file", self.message(65, "report", "text.sqlite"))
        self.assertIn("this is not a run file", self.message(65, "capacity", "text.sqlite"))

    def test_a_node_list_that_is_none(self):
        self.write("nodes.csv", "sn,cpu_milli,memory_mib,gpu,model\na,-1,262144,0,\n")
        self.assertIn("nodes.csv:2:3: error: cpu_milli: -1 is out of range, 1000 to 100000000 would do", self.message(65, "site", "import", "nodes.csv"))
        self.write("old.xml", '<platform version="3"><AS id="a" routing="Full"/></platform>')
        self.assertIn("old.xml:1:20: error: this platform follows the old DTD of version 3; version 4.1 would do", self.message(65, "site", "import", "old.xml"))
        self.assertIn("there is no such file", self.message(66, "site", "import", "none.xml"))
        self.assertIn("--assume-rate", self.message(64, "site", "import", "old.xml", "--assume-rate", "1 Gbit/s"))
        self.assertIn("--assume-rate", self.message(64, "site", "import", "g.graphml", "--assume-rate", "fast"))

    def test_every_bad_scenario_has_its_whole_message(self):
        files = sorted((ROOT / "tests/bad_inputs/scenarios").glob("*.yaml"))
        self.assertGreaterEqual(len(files), 40)
        for file in files:
            with self.subTest(file.name):
                done = subprocess.run([BUILD / "headroom", "validate", file.relative_to(ROOT)], cwd=ROOT, env=dict(os.environ, HEADROOM_ROOT=str(ROOT)), capture_output=True, text=True)
                self.assertIn(done.returncode, (65, 66))
                self.assertEqual(done.stderr, "")
                self.assertEqual(done.stdout, file.with_suffix(".expected").read_text())
                run = self.headroom("run", file, "-o", self.folder / "run", exit_code=65 if "kind" in file.name else done.returncode)
                self.assertEqual(run.stdout, "")
                self.assertFalse((self.folder / "run").exists(), "a scenario with mistakes leaves no folder")


class Engines(CliTest):
    """Who dates the ends of jobs makes no difference."""

    def story(self, engine, *settings):
        self.headroom("run", "scenario.yaml", "-o", engine, "--no-report", "--set", f"engine={engine}", *settings)
        database = sqlite3.connect(self.folder / engine / "run.sqlite")
        jobs = database.execute("SELECT workload, trace_id, state, start_ns, end_ns, placement FROM jobs ORDER BY id").fetchall()
        totals = database.execute("SELECT * FROM totals ORDER BY node, span").fetchall()
        interruptions = database.execute("SELECT trace_id, start_ns, end_ns, lost_s, cores FROM interruptions ORDER BY end_ns, trace_id").fetchall()
        database.close()
        return jobs, totals, interruptions

    def test_dates_executions_and_no_simgrid_at_all_agree_on_random_jobs(self):
        for seed in range(4):
            with self.subTest(seed=seed):
                draw = random.Random(seed)
                submit, rows = 0.0, []
                for _ in range(300):
                    submit += draw.choice([0, 0, draw.expovariate(1 / 50), round(draw.expovariate(1 / 50))])
                    runtime = draw.choice([0, draw.randint(1, 400), round(draw.uniform(0, 400), 9)])
                    rows.append(f"{submit:.6f},{runtime},{draw.randint(1, 5)},{draw.choice([1, 0.5, 0.1])}")
                policy = draw.choice(["easy", "none"])
                horizon = draw.choice(["", "horizon: 5000 s\n"])
                self.scenario(f"policy: {{backfill: {policy}}}\n{horizon}", jobs="submit_s,runtime_s,cores,utilisation\n" + "\n".join(rows) + "\n")
                dates = self.story("dates")
                self.assertEqual(dates, self.story("exec"))
                self.assertEqual(dates, self.story("in-memory"))
                self.assertGreater(len(dates[0]), 20)

    def test_when_servers_lose_their_power_and_their_jobs(self):
        site = """site:
  name: outages
  halls:
    - name: h
      racks:
        - {name: r, count: 4, circuit: {voltage: 400 V, current: 1.2 A, breaker: {points: [{load: 1.05, time: 2 min}], cool_down: 5 min}}, servers: [{type: {cores: 4, memory: 16 GB, supplies: 2, hold_up: 0 s, boot: {time: 20 s}, power: {linear: {idle: 100 W, full: 300 W}}}, count: 4}]}
  power:
    scheme: 2N
    utility: [{name: utility-a, voltage: 400 V}, {name: utility-b, voltage: 400 V}]
    ups: {type: ups-modern-100kw}
    oversubscribed: true
"""
        failures = "failures: [{class: server, mtbf: 1 h, mttr: 5 min}, {class: utility, mtbf: 20 min, mttr: 5 min}]\nevents: [{at: 20 min, fail: h/r-2, for: 10 min}]\nreset_after: 5 min\n"
        for seed in range(4):
            with self.subTest(seed=seed):
                draw = random.Random(seed)
                submit, rows = 0.0, []
                for _ in range(200):
                    submit += draw.choice([0, 0, round(draw.expovariate(1 / 40), 6)])
                    rows.append(f"{submit:.6f},{draw.choice([0, draw.randint(1, 900)])},{draw.randint(1, 8)},{draw.choice([1, 0.5])}")
                policy = draw.choice(["{backfill: easy, attempts: 3}", "{on_failure: kill}", "{checkpoint: {every: 50 s, cost: 2 s}}"])
                self.scenario(f"policy: {policy}\nseed: {seed}\n{failures}", jobs="submit_s,runtime_s,cores,utilisation\n" + "\n".join(rows) + "\n", site=site)
                self.write("scenario.yaml", (self.folder / "scenario.yaml").read_text().replace("./jobs.csv", "./jobs.csv, several_servers: true"))
                dates = self.story("dates")
                self.assertEqual(dates, self.story("exec"))
                self.assertEqual(dates, self.story("in-memory"))
                self.assertGreater(sum(row[-1] for row in dates[2]), 0)

    def test_on_a_site_with_losses(self):
        self.write("scenario.yaml", (ROOT / "sim/scenarios/rack.yaml").read_text())
        dates = self.story("dates")
        self.assertEqual(dates, self.story("exec"))
        self.assertEqual(dates, self.story("in-memory"))


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], *sys.argv[2:]])

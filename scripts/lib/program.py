"""Runs the programs and reads what they leave behind. Used by scripts/validate and scripts/bench."""
import json
import os
import pathlib
import resource
import sqlite3
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
BUILD = pathlib.Path(os.environ.get("HEADROOM_BUILD", ROOT / "build" / "release"))
WORK = pathlib.Path(tempfile.mkdtemp(prefix="headroom-check."))


# a week of the Dutch cluster Lisa as OpenDC's demo runs it
SURF_WEEK = """kind: scenario
version: 1
name: surf-week
site:
  name: surf-week
  halls: [{{name: h, racks: [{{name: r, count: 279, servers: [{{type: {{cores: 16, memory: 100 GB, power: {{linear: {{idle: 32 W, full: 180 W}}}}}}}}]}}]}}]
  power: {{scheme: N, utility: [{{name: utility, voltage: 400 V}}]}}
workload: [{{trace: {trace}}}]
horizon: 604800 s
record: {{every: 1 h, detail: site}}
"""


def headroom(*arguments):
    """The program's stdout; raises with its messages when it fails."""
    done = subprocess.run([str(BUILD / "headroom"), *map(str, arguments)], capture_output=True, text=True)
    if done.returncode != 0:
        raise RuntimeError(f"headroom {' '.join(map(str, arguments))}: exit {done.returncode}: {done.stderr.strip()[:400]}")
    return done.stdout


def ask(*arguments):
    return json.loads(headroom(*arguments, "--format", "json"))


def run(scenario, *settings, name=None):
    """Runs a scenario without its page; the folder of the run."""
    folder = WORK / (name or f"run-{len(list(WORK.iterdir()))}")
    options = [option for setting in settings for option in ("--set", setting)]
    headroom("run", scenario, "-o", folder, "-q", "--no-report", *options)
    return folder


def summary(folder):
    return json.loads((folder / "summary.json").read_text())


def rows(folder, query):
    with sqlite3.connect(f"file:{folder / 'run.sqlite'}?mode=ro", uri=True) as database:
        return database.execute(query).fetchall()


def common_input(jobs, first=None):
    path = WORK / f"common-{jobs}-{first or jobs}.csv"
    if not path.exists():
        options = ["--first", str(first)] if first else []
        subprocess.run([str(BUILD / "workloads" / "headroom-common-input"), str(jobs), str(path), *options], check=True)
    return path


def write(name, text):
    path = WORK / name
    path.write_text(text)
    return path


def user_seconds_and_peak_mib(command):
    """User CPU of a command and all it starts, and the largest of them."""
    script = ("import json,resource,subprocess,sys;"
              "done=subprocess.run(sys.argv[1:],stdout=subprocess.DEVNULL,stderr=subprocess.PIPE);"
              "use=resource.getrusage(resource.RUSAGE_CHILDREN);"
              "print(json.dumps([done.returncode,use.ru_utime,use.ru_stime,use.ru_maxrss/1024,done.stderr.decode()[-300:]]))")
    done = subprocess.run([sys.executable, "-c", script, *map(str, command)], capture_output=True, text=True, check=True)
    code, user, system, peak, message = json.loads(done.stdout)
    if code != 0:
        raise RuntimeError(f"{' '.join(map(str, command))}: exit {code}: {message}")
    return user, peak

#!/usr/bin/env python3
"""A workload of OpenDC (tasks and fragments as tables) as a utilisation-csv trace.

    scripts/convert/opendc_to_utilisation_csv.py TASKS.csv FRAGMENTS.csv OUT.utilisation.csv

Each of the three may end in .gz. Tasks: id, submission_time (ms), duration (ms), cpu_count, cpu_capacity (MHz of all its
cores), mem_capacity (MB). Fragments: id of the task, duration (ms), cpu_usage (MHz over all cores).

Submit times count from the first submission. Utilisation is cpu_usage / cpu_capacity, at most 1; what was cut is counted.
A task runs as long as its fragments, whatever its duration says. Fragments of a task need not be one block: they are
taken in the order of the file. Tasks without fragments have no work and are left out.
"""
import contextlib
import csv
import decimal
import gzip
import io
import pathlib
import sys


def is_packed(path):
    return str(path).endswith(".gz")


def reading(path):
    return gzip.open(path, "rt", newline="", encoding="utf-8") if is_packed(path) else open(path, newline="", encoding="utf-8")


@contextlib.contextmanager
def writing(path):
    with open(path, "wb") as raw:
        if not is_packed(path):
            with io.TextIOWrapper(raw, encoding="utf-8", newline="\n") as out:
                yield out
            return
        # no name and no date inside: the same input gives the same bytes
        with gzip.GzipFile(filename="", mode="wb", fileobj=raw, compresslevel=6, mtime=0) as packed, io.TextIOWrapper(packed, encoding="utf-8", newline="\n") as out:
            yield out


def rows(path, columns):
    """The named columns of each row, as text."""
    with reading(path) as file:
        reader = csv.reader(file)
        names = next(reader, [])
        missing = [column for column in columns if column not in names]
        if missing:
            sys.exit(f"{path}:1: no column {', '.join(missing)}; found {', '.join(names)}")
        places = [names.index(column) for column in columns]
        for line in reader:
            yield [line[place] for place in places]


def thousandth(number):
    """Exactly, in decimals: seconds of milliseconds, GB of MB."""
    text = format((decimal.Decimal(number) / 1000).normalize(), "f")
    return "0" if text == "-0" else text


def fragments_by_task(path):
    fragments = {}
    for task, duration, usage in rows(path, ["id", "duration", "cpu_usage"]):
        fragments.setdefault(task, []).append((sys.intern(duration), sys.intern(usage)))
    return fragments


def main(tasks_path, fragments_path, out_path):
    tasks = list(rows(tasks_path, ["id", "submission_time", "cpu_count", "cpu_capacity", "mem_capacity"]))
    tasks.sort(key=lambda task: (decimal.Decimal(task[1]), int(task[0])))
    fragments = fragments_by_task(fragments_path)
    first = decimal.Decimal(tasks[0][1]) if tasks else decimal.Decimal(0)
    cut = written = 0
    idle = []      # without fragments
    with writing(out_path) as out:
        out.write("job,submit_s,cores,duration_s,utilisation,memory_gb\n")
        for task, submitted, cores, capacity, memory in tasks:
            if float(capacity) <= 0:
                sys.exit(f"{tasks_path}: task {task}: a cpu_capacity of {capacity} MHz; it must be above zero")
            of_task = fragments.pop(task, [])
            if not of_task:
                idle.append(task)
            lead = f"{task},{thousandth(decimal.Decimal(submitted) - first)},{int(float(cores))}"
            tail = thousandth(memory)
            for duration, usage in of_task:
                utilisation = float(usage) / float(capacity)
                cut += utilisation > 1
                out.write(f"{lead},{thousandth(duration)},{min(utilisation, 1.0)!r},{tail}\n")
                lead, tail = f"{task},,", ""
                written += 1
    print(f"{len(tasks) - len(idle)} jobs, {written} fragments; {cut} fragments used more than their task has and were cut to 1", file=sys.stderr)
    if idle:
        print(f"{len(idle)} tasks without fragments are left out, the first of them {idle[0]}", file=sys.stderr)
    if fragments:
        print(f"fragments of {len(fragments)} unknown tasks are left out, the first of them {next(iter(fragments))}", file=sys.stderr)


if __name__ == "__main__":
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    main(*map(pathlib.Path, sys.argv[1:]))

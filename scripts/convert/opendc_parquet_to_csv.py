#!/usr/bin/env python3
"""A workload of OpenDC in Parquet (tasks and fragments) as the two tables that the format opendc reads.

    scripts/convert/opendc_parquet_to_csv.py TASKS.parquet FRAGMENTS.parquet OUT

OUT is a folder, made where it is not there: tasks.csv and fragments.csv are written into it. Columns and rows stay as they
are and in their order; columns that the tables do not have are left out, and named. Needs pyarrow.
"""
import argparse
import csv
import datetime
import pathlib
import sys

TASKS = ("id", "submission_time", "duration", "cpu_count", "cpu_capacity", "mem_capacity")
FRAGMENTS = ("id", "duration", "cpu_usage")
OPTIONAL = {"duration", "mem_capacity"}      # of tasks


def milliseconds(value):
    """Dates become milliseconds since 1970, UTC where they name no zone; numbers stay."""
    if not isinstance(value, datetime.datetime):
        return value
    return round((value if value.tzinfo else value.replace(tzinfo=datetime.timezone.utc)).timestamp() * 1000)


def convert(parquet, source, wanted, optional, out):
    table = parquet.read_table(source)
    missing = [name for name in wanted if name not in table.column_names and name not in optional]
    if missing:
        sys.exit(f"{source}: error: column {', '.join(missing)} is missing; it has {', '.join(table.column_names)}")
    columns = [name for name in wanted if name in table.column_names]
    others = [name for name in table.column_names if name not in columns]
    with open(out, "w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(columns)
        for batch in table.select(columns).to_batches():
            rows.writerows(map(milliseconds, row) for row in zip(*(column.to_pylist() for column in batch.columns)))
    print(f"{out}: {table.num_rows} rows{', left out: ' + ', '.join(others) if others else ''}", file=sys.stderr)


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("tasks", type=pathlib.Path)
    options.add_argument("fragments", type=pathlib.Path)
    options.add_argument("out", type=pathlib.Path)
    chosen = options.parse_args()
    try:
        from pyarrow import parquet
    except ImportError:
        sys.exit("this script needs pyarrow, which is not there; 'pip install pyarrow' installs it (tables in CSV need no conversion)")
    chosen.out.mkdir(parents=True, exist_ok=True)
    convert(parquet, chosen.tasks, TASKS, OPTIONAL, chosen.out / "tasks.csv")
    convert(parquet, chosen.fragments, FRAGMENTS, set(), chosen.out / "fragments.csv")


if __name__ == "__main__":
    main()

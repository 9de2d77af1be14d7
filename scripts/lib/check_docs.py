#!/usr/bin/env python3
"""The parts of the documentation that the program writes, and those that must name everything it writes.

    scripts/lib/check_docs.py [--write] [--validation] [--build DIR]

Between `<!-- generated: NAME -->` and `<!-- end generated -->` stands what the program says of itself: `schema KIND` is
the table of keys of a kind of file, `validation` the table of scripts/validate (minutes; only with --validation).
docs/results.md must name every key, column and table of a real run.
"""
import argparse
import csv
import json
import os
import pathlib
import re
import sqlite3
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
SECTION = re.compile(r"(<!-- generated: ([^>]+?) -->\n)(.*?)(<!-- end generated -->)", re.S)


def ask(build, *arguments, **options):
    return subprocess.run([str(pathlib.Path(build).resolve() / "headroom"), *map(str, arguments)], capture_output=True, text=True, **options)


def kinds(build):
    """Every kind that has a schema, as the program lists them when it is asked for none of them."""
    return re.search(r"\{([^}]*)\}", ask(build, "schema", "?").stderr + ask(build, "schema", "?").stdout)[1].split(",")


# --- schemas as tables ---

def number(value):
    return f"{value:g}"


def value_text(schema):
    if "enum" in schema:
        return ", ".join(f"`{value}`" for value in schema["enum"])
    if "title" in schema:
        return re.sub(r"'([^']*)'", r"`\1`", schema["title"])
    kind = {"integer": "whole number", "number": "number", "string": "text", "boolean": "`true` or `false`", "array": "list", "object": "mapping"}[schema["type"]]
    bounds = []
    if "exclusiveMinimum" in schema:
        bounds.append(f"above {number(schema['exclusiveMinimum'])}")
    if "minimum" in schema:
        bounds.append(f"at least {number(schema['minimum'])}")
    if "maximum" in schema:
        bounds.append(f"at most {number(schema['maximum'])}")
    return f"{kind}, {' and '.join(bounds)}" if bounds else kind


def default_text(schema, required):
    if required:
        return "**required**"
    value = schema.get("default")
    return "" if value is None else f"`{json.dumps(value) if isinstance(value, bool) else number(value) if isinstance(value, float) else value}`"


def rows_of(schema, path=""):
    """(path, value, default, meaning) of every key, those of nested mappings after their own."""
    required = set(schema.get("required", []))
    for key, property in sorted(schema["properties"].items(), key=lambda item: (item[0] not in ("kind", "version"), item[0] not in required, item[0])):
        if key in ("kind", "version") and "const" in property:
            if not path:
                yield key, f"`{property['const']}`", "**required**", property["description"]
            continue
        yield from rows_of_key(path + key, property, key in required)


def rows_of_key(place, property, required):
    meaning, default = property["description"], default_text(property, required)
    item = property
    if property.get("type") == "array":
        item = property["items"]
        place += "[]"
        meaning += "; not empty" if property.get("minItems") else ""
    forms = item.get("oneOf", [])
    nested = next((form for form in forms if form.get("type") == "object"), None)
    if nested is not None and "kind" in nested["properties"]:
        yield place, f"{nested['properties']['kind']['const']}: a name, a path, or in place", default, meaning
    elif nested is not None:
        yield place, f"{value_text(forms[0])}", default, meaning
        yield from rows_of(nested, place + ".")
    elif item.get("type") == "object" and "properties" in item:
        yield place, "list of mappings" if item is not property else "mapping", default, meaning
        yield from rows_of(item, place + ".")
    elif item.get("type") == "object":
        yield place + ".KEY", value_text(item["additionalProperties"]), default, meaning
    elif item is not property:
        yield place, f"list of {value_text(item)}", default, meaning
    else:
        yield place, value_text(item), default, meaning


def schema_table(build, kind):
    schema = json.loads(ask(build, "schema", kind).stdout)
    lines = ["| key | value | default | meaning |", "| --- | --- | --- | --- |"]
    lines += [f"| `{place}` | {value} | {default} | {meaning} |".replace("|  |", "| |") for place, value, default, meaning in rows_of(schema)]
    return "\n".join(lines) + "\n"


# --- validation ---

def figure(value):
    if isinstance(value, (bool, str, list)):
        return ", ".join(map(figure, value)) if isinstance(value, list) else str(value)
    if isinstance(value, float) and 0 < abs(value) < 1e-12:
        return "below 1e-12"       # rounding; another compiler's is another
    return f"{value:,}" if isinstance(value, int) else f"{value:,.12g}"


def row_text(*cells):
    return "| " + " | ".join(str(cell).replace("|", "\\|") for cell in cells) + " |"


def validation_rows(root):
    done = subprocess.run([str(pathlib.Path(root) / "scripts/validate"), "--json"], capture_output=True, text=True)
    if not done.stdout.strip():
        raise SystemExit(f"docs/validation.md:1: scripts/validate says nothing: {done.stderr.strip()[-300:]}")
    for row in json.loads(done.stdout):
        if row["result"] == "skip":
            yield row["case"], None
            continue
        if "expected" not in row:
            yield row["case"], row_text(row["case"], row["source"], f"`{row['command']}`", row.get("why", ""), "", "", "", row["result"])
            continue
        tolerance = "exact" if row["kind"] == "exact" else f"{row['tolerance']:g}" + (" relative" if row["kind"] == "relative" else "")
        expected, got = row["expected"], row["got"]
        if isinstance(expected, int) and isinstance(got, float) and got.is_integer():
            got = int(got)
        yield row["case"], row_text(row["case"], row["source"], f"`{row['command']}`", row["figure"], figure(expected), figure(got), tolerance, row["result"])


def validation_table(root, committed):
    """What cannot be run here (its data is not there) keeps the rows that it has."""
    lines = ["| case | source | command | figure | expected | got | tolerance | result |", "| --- | --- | --- | --- | ---: | ---: | --- | --- |"]
    kept = [line for line in committed.split("\n") if line.startswith("|")]
    for case, line in validation_rows(root):
        if line is None:
            lines += [row for row in kept if row.startswith(f"| {case} |") and row not in lines]      # a case may be skipped in part
            if not lines[-1].startswith(f"| {case} |"):
                lines.append(f"| {case} | | | | | | | skip |")
        else:
            lines.append(line)
    return "\n".join(lines) + "\n"


# --- what docs/results.md must name ---

def flat(value, path=""):
    for key, item in value.items():
        place = f"{path}.{key}" if path else key
        if place in ("power.nodes", "energy.losses_kwh", "run.inputs_sha256", "jobs.trace_skipped"):
            yield place
            if place == "power.nodes":
                for node in item.values():
                    yield from (f"power.nodes.NODE.{name}" for name in node)
        elif isinstance(item, dict):
            yield from flat(item, place)
        else:
            yield place


def must_be_named(build):
    with tempfile.TemporaryDirectory(prefix="headroom-docs.") as folder:
        run = pathlib.Path(folder) / "run"
        environment = dict(os.environ)
        done = ask(build, "run", "rack", "-o", run, "-q", "--no-report", env=environment)
        if done.returncode != 0:
            raise SystemExit(f"docs/results.md:1: headroom run rack: {done.stderr.strip()}")
        yield from ((f"summary.json", key) for key in dict.fromkeys(flat(json.loads((run / "summary.json").read_text()))))
        with sqlite3.connect(f"file:{run / 'run.sqlite'}?mode=ro", uri=True) as database:
            for table, in database.execute("SELECT name FROM sqlite_master WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite_%'"):
                yield "run.sqlite", table
                for column in database.execute(f"PRAGMA table_info({table})"):
                    yield f"run.sqlite, {table}", column[1]
            for key, in database.execute("SELECT key FROM meta"):
                yield "run.sqlite, meta", re.sub(r"^workload \d+", "workload N", key) if key.startswith("workload") else re.sub(r"^trace_skipped: .*", "trace_skipped: REASON", key)
        ask(build, "report", run, "--to", "csv", "-o", pathlib.Path(folder) / "tables", "-q", env=environment)
        for file in sorted((pathlib.Path(folder) / "tables").glob("*.csv")):
            yield "tables", file.name
            with file.open(newline="") as table:
                yield from ((file.name, column) for column in next(csv.reader(table)))


def check_results(root, build):
    text = (pathlib.Path(root) / "docs/results.md").read_text()
    named = set(re.findall(r"`([^`\n]+)`", text))
    named |= {word for phrase in named for word in phrase.split(", ")}
    problems = []
    for where, key in dict.fromkeys(must_be_named(build)):
        last = key.rsplit(".", 1)[-1] if where == "summary.json" else key
        stems = {key, last, re.sub(r"^(run|window)_", "SPAN_", key)}
        if not stems & named:
            problems.append(f"docs/results.md:1: `{key}` ({where}) is not described")
    return problems


# --- links between pages ---

LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")


def check_links(root):
    problems = []
    for page in [root / "README.md", *sorted((root / "docs").glob("*.md"))]:
        for number, line in enumerate(page.read_text().split("\n"), 1):
            for target in LINK.findall(line):
                if "://" not in target and not (page.parent / target).exists():
                    problems.append(f"{page.relative_to(root)}:{number}: the link leads nowhere: {target}")
    return problems


# --- all of it ---

def page_problems(root, build, page, write, validation):
    text = page.read_text()
    problems = []

    def renew(match):
        what = match[2]
        if what == "validation" and not validation:
            return match[0]
        made = schema_table(build, what.split()[1]) if what.startswith("schema ") else validation_table(root, match[3])
        if made != match[3] and not write:
            line = text[:match.start(3)].count("\n") + 1
            old, new = match[3].split("\n"), made.split("\n")
            at = next((i for i, (a, b) in enumerate(zip(old, new)) if a != b), min(len(old), len(new)))
            problems.append(f"{page.relative_to(root)}:{line + at}: the table '{what}' is not what the program says; scripts/check --write-docs renews it")
        if what == "validation":
            problems.extend(f"{page.relative_to(root)}:1: {row}" for row in made.split("\n") if row.endswith("| FAIL |"))
        return match[1] + made + match[4]

    renewed = SECTION.sub(renew, text)
    if write and renewed != text:
        page.write_text(renewed)
        print(f"written: {page.relative_to(root)}", file=sys.stderr)
    return problems


def check_docs(root, build, write=False, validation=False):
    root = pathlib.Path(root)
    if not (pathlib.Path(build) / "headroom").exists():
        return ["docs/formats.md:1: the program is not built; the tables cannot be held against it"]
    problems, known = [], ""
    for page in sorted((root / "docs").glob("*.md")):
        problems += page_problems(root, build, page, write, validation)
        known += page.read_text()
    problems += [f"docs/formats.md:1: the kind '{kind}' has no table of keys" for kind in kinds(build) if f"<!-- generated: schema {kind} -->" not in known]
    return problems + check_links(root) + check_results(root, build)


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--write", action="store_true", help="renew what the program writes")
    options.add_argument("--validation", action="store_true", help="the table of scripts/validate, too")
    options.add_argument("--build", default=os.environ.get("HEADROOM_BUILD", ROOT / "build/release"))
    chosen = options.parse_args()
    problems = check_docs(ROOT, chosen.build, chosen.write, chosen.validation)
    print("\n".join(problems) or "the documentation is what the program says")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())

"""Every command in the documentation is run, in the order in which it is written, and what it prints is what the page says.

A block ```sh holds commands. Those that begin with `headroom` (and sed, cp, mkdir between them) are run in an empty
folder, one folder a page. Those that begin with `scripts/` must exist and may be started; a test of their own runs them.
A block ```output after it is the stdout of its last command; a line of `...` in it stands for any number of lines.
"""
import os
import pathlib
import re
import subprocess
import tempfile

RUN = ("headroom", "sed", "cp", "mkdir", "cat", "sqlite3")
FENCE = re.compile(r"^```(\w*)\s*$")
HERE_DOCUMENT = re.compile(r"<<'(\w+)'$")


def pages(root):
    root = pathlib.Path(root)
    return [path for path in [root / "README.md", *sorted((root / "docs").glob("*.md"))] if path.exists()]


def blocks(text):
    """(kind, line of its first line, lines) of every fenced block."""
    kind, begin, lines = None, 0, []
    for number, line in enumerate(text.split("\n"), 1):
        fence = FENCE.match(line)
        if kind is None:
            if fence and fence[1]:
                kind, begin, lines = fence[1], number + 1, []
        elif line.strip() == "```":
            yield kind, begin, lines
            kind = None
        else:
            lines.append(line)


def commands_of(begin, lines):
    """(line, command), with lines that end in a backslash and here-documents joined."""
    joined, start, ends_with = "", 0, None
    for number, line in enumerate(lines, begin):
        start = start if joined else number
        joined += line
        if here := HERE_DOCUMENT.search(line):
            ends_with = here[1]
        if ends_with and line != ends_with:
            joined += "\n"
            continue
        ends_with = None
        if joined.endswith("\\"):
            joined = joined[:-1]
            continue
        if joined.strip() and not joined.lstrip().startswith("#"):
            yield start, joined.strip()
        joined = ""


def output_matches(expected, got):
    pattern = "".join(r"(?:.*\n)*?" if line.strip() == "..." else re.escape(line.rstrip()) + "\n" for line in expected)
    got = "".join(line.rstrip() + "\n" for line in got.rstrip("\n").split("\n"))
    return re.fullmatch(pattern, got) is not None


def first_difference(expected, got):
    for wanted, line in zip(expected, got.split("\n")):
        if wanted.strip() == "...":
            break
        if wanted.rstrip() != line.rstrip():
            return f"expected '{wanted.strip()}', the program prints '{line.strip()}'"
    return "the program prints something else"


def script_problem(root, command):
    file = pathlib.Path(root) / command.split()[0]
    if not file.exists():
        return f"{command.split()[0]} does not exist"
    return None if os.access(file, os.X_OK) else f"{command.split()[0]} cannot be started"


def check_page(root, build, page):
    name = page.relative_to(root)
    problems = []
    environment = dict(os.environ, PATH=f"{pathlib.Path(build).resolve()}:{os.environ.get('PATH', '')}", HEADROOM_ROOT=str(pathlib.Path(root).resolve()))
    with tempfile.TemporaryDirectory(prefix="headroom-commands.") as folder:
        last = None
        for kind, begin, lines in blocks(page.read_text()):
            if kind == "output" and last is not None:
                if not output_matches(lines, last):
                    problems.append(f"{name}:{begin}: {first_difference(lines, last)}")
            if kind != "sh":
                last = None
                continue
            for line, command in commands_of(begin, lines):
                if command.startswith("scripts/"):
                    if what := script_problem(root, command):
                        problems.append(f"{name}:{line}: {what}")
                elif command.split()[0] in RUN:
                    done = subprocess.run(["bash", "-c", command], cwd=folder, env=environment, capture_output=True, text=True, timeout=600)
                    last = done.stdout
                    if done.returncode != 0:
                        problems.append(f"{name}:{line}: '{command}' ends with {done.returncode}: {done.stderr.strip()[-300:]}")
                else:
                    last = None
    return problems


def check_commands(root, build):
    if not (pathlib.Path(build) / "headroom").exists():
        return ["README.md:1: the program is not built; the commands cannot be run"]
    return [problem for page in pages(root) for problem in check_page(root, build, page)]

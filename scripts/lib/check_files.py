"""Files as they lie: blanks, tabs, final newlines, clang-format, and words that belong to one machine."""
import pathlib
import re
import shutil
import subprocess

LEFT_OUT = {"build", ".git", "node_modules", "runs", "__pycache__"}
THIRD_PARTY = ("analysis/report/page/echarts.min.js", "analysis/report/page/licenses/", "analysis/report/page/package-lock.json", "LICENSE")
BROKEN_ON_PURPOSE = ("tests/bad_inputs/",)
PLAIN_ENDINGS = {".h", ".cpp", ".py", ".sh", ".md", ".yaml", ".cmake", ".txt", ".json", ".css", ".js", ".html", ".cff"}
CPP_ENDINGS = {".h", ".cpp"}


def all_files(root):
    """Every file of the project, as (path, path from the root)."""
    for path in sorted(pathlib.Path(root).rglob("*")):
        parts = path.relative_to(root).parts
        if path.is_file() and not LEFT_OUT.intersection(parts[:1]) and not {"node_modules", "__pycache__"}.intersection(parts) and not path.name.endswith(".unfinished"):
            yield path, "/".join(parts)


def text_of(path):
    """None for a file that is not text."""
    data = path.read_bytes()
    if b"\0" in data or path.suffix == ".gz":
        return None
    return data.decode("utf-8", errors="replace")


def is_plain(path, text):
    return path.suffix in PLAIN_ENDINGS or path.name.startswith(".clang") or text.startswith("#!")


def check_plain(root):
    problems = []
    for path, name in all_files(root):
        text = None if name.startswith(THIRD_PARTY + BROKEN_ON_PURPOSE) else text_of(path)
        if not text or not is_plain(path, text):
            continue
        for number, line in enumerate(text.split("\n"), 1):
            if line.endswith("\r"):
                problems.append(f"{name}:{number}: ends with a carriage return")
            elif line != line.rstrip():
                problems.append(f"{name}:{number}: blanks at the end of the line")
            if "\t" in line:
                problems.append(f"{name}:{number}: a tab")
        if not text.endswith("\n"):
            problems.append(f"{name}:{len(text.splitlines())}: no newline at the end of the file")
        elif text.endswith("\n\n"):
            problems.append(f"{name}:{len(text.splitlines())}: an empty line at the end of the file")
    return problems


def check_clang_format(root):
    """Files that clang-format would change, with the first place; nothing where it is not installed."""
    if shutil.which("clang-format") is None:
        return []
    files = [str(path) for path, name in all_files(root) if path.suffix in CPP_ENDINGS and not name.startswith(THIRD_PARTY)]
    problems = []
    for begin in range(0, len(files), 50):
        done = subprocess.run(["clang-format", "--dry-run", "-Werror", "--style=file", *files[begin:begin + 50]], capture_output=True, text=True)
        seen = set()
        for match in re.finditer(r"^(.+?):(\d+):\d+: error: ", done.stderr, re.M):
            if match[1] not in seen:
                seen.add(match[1])
                problems.append(f"{pathlib.Path(match[1]).relative_to(root)}:{match[2]}: clang-format would write this otherwise (clang-format -i FILE)")
        if done.returncode != 0 and not seen:
            problems.append(f".clang-format:1: {done.stderr.strip().splitlines()[0] if done.stderr.strip() else 'clang-format failed'}")
    return problems


# Absolute folders of some machine, hosts that only one network has, and words for how a text came about. Split, so that
# this file does not find itself.
FOREIGN = [("a path of one machine", re.compile(r"(?<![\w.$}])/(?:wo" r"rk|ro" r"ot|ho" r"me)/")),
           ("a mirror of one network", re.compile(r"https?://[\w.-]*(?:mir" r"ror|arti" r"factory|ne" r"xus|registry|pro" r"xy)[\w.-]*|https?://(?:\d+\.){3}\d+|https?://[\w-]+(?=[:/])(?!\.)", re.I)),
           ("a word that does not belong here", re.compile(r"\b(?:sub" r"agents?|hel" r"pers?|sess" r"ions?|sand" r"box(?:es)?)\b", re.I))]
FOREIGN_ALLOWED = {("scripts/check-fresh", "a path of one machine"): "inside the fresh Debian that it makes",
                   ("tests/report/support.h", "a path of one machine"): "an invented path, to see that a report leaves it out"}


def check_words(root):
    problems = []
    for path, name in all_files(root):
        text = None if name.startswith(THIRD_PARTY) else text_of(path)
        if text is None:
            continue
        for number, line in enumerate(text.split("\n"), 1):
            for what, pattern in FOREIGN:
                found = pattern.search(line)
                if found and (name, what) not in FOREIGN_ALLOWED:
                    problems.append(f"{name}:{number}: '{found[0]}': {what}")
    return problems

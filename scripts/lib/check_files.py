"""Files as they lie: blanks, tabs, final newlines, clang-format, and words that belong to one machine."""
import concurrent.futures
import difflib
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


# What clang-format decides on is compared without what it cannot: where lines break, and in which column what stands in
# columns is. With its options, either every table is undone or lines of 500 characters are made.
BLANKS = re.compile(r"\s+")
TOKEN = re.compile(r"""R"(?P<mark>\w*)\((?s:.*?)\)(?P=mark)"|'(?:[^'\\]|\\.)'|"(?:[^"\\\n]|\\.)*"|\w+|\S""")


def pieces(text):
    """Per line that is not empty: its number, its indentation and its text with single blanks."""
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            yield number, len(line) - len(line.lstrip()), BLANKS.sub(" ", line.strip())


def gaps(text):
    """Between two tokens: is there no blank (0), are there blanks (1), or does the line end (2)? Each with its line."""
    tokens, last_end, line = [], 0, 1
    for match in TOKEN.finditer(text):
        between = text[last_end:match.start()]
        line += between.count("\n")
        tokens.append((match[0], 2 if "\n" in between else 1 if between else 0, line))
        line += match[0].count("\n")
        last_end = match.end()
    return tokens


def format_problem(name, text, formatted):
    """The first place where the two differ in more than line breaks and columns."""
    ours, theirs = gaps(text), gaps(formatted)
    for (token, gap, line), (wanted, wanted_gap, _) in zip(ours, theirs):
        if token != wanted:
            return f"{name}:{line}: clang-format would put '{wanted}' where '{token}' stands"
        if 2 not in (gap, wanted_gap) and gap != wanted_gap:
            return f"{name}:{line}: clang-format would write {'a blank' if wanted_gap else 'no blank'} before '{token}'"
    ours, theirs = list(pieces(text)), list(pieces(formatted))
    for block in difflib.SequenceMatcher(None, [piece[2] for piece in ours], [piece[2] for piece in theirs], autojunk=False).get_matching_blocks():
        agreed = block.a == 0       # what follows a line that breaks elsewhere hangs on it
        for (number, indent, _), (_, wanted, _) in zip(ours[block.a:block.a + block.size], theirs[block.b:block.b + block.size]):
            agreed |= indent == wanted
            if agreed and indent != wanted:
                return f"{name}:{number}: clang-format would indent this by {wanted}, not {indent}"
    return None


def check_clang_format(root):
    """By Debian 12's version where it is there, else by whatever there is; nothing where clang-format is not installed."""
    program = shutil.which("clang-format-14") or shutil.which("clang-format")
    if program is None:
        return []
    root = pathlib.Path(root)
    files = [(path, name) for path, name in all_files(root) if path.suffix in CPP_ENDINGS and not name.startswith(THIRD_PARTY)]
    with concurrent.futures.ThreadPoolExecutor() as pool:
        done = pool.map(lambda file: subprocess.run([program, "--style=file", str(file[0])], capture_output=True, text=True), files)
        found = [result.stderr.strip() if result.returncode else format_problem(name, path.read_text(), result.stdout) for (path, name), result in zip(files, done)]
    return [problem for problem in found if problem]


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

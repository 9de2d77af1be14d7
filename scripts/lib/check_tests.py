"""Does ctest know every test case (a name with an unbalanced bracket or a semicolon is lost without a word), and can they run side by side?"""
import json
import pathlib
import re
import subprocess

TEST_CASE = re.compile(r'^\s*(?:TEST_CASE|SCENARIO)\s*\(\s*"((?:[^"\\]|\\.)*)"', re.M)


def cases_of(root):
    """(room, file, line, name) of every test case in the sources."""
    for path in sorted((pathlib.Path(root) / "tests").glob("*/*_test.cpp")):
        text = path.read_text()
        for match in TEST_CASE.finditer(text):
            yield path.parent.name, str(path.relative_to(root)), text[:match.start(1)].count("\n") + 1, match[1]


def shared_names(root):
    """Tests that name a temporary file themselves: two that run side by side take the same one sooner or later."""
    for path in sorted((pathlib.Path(root) / "tests").glob("*/*")):
        if path.suffix not in (".cpp", ".h") or path.name == "temporary.h":
            continue
        for number, line in enumerate(path.read_text().splitlines(), 1):
            if "temp_directory_path" in line or "mkdtemp" in line:
                yield f"{path.relative_to(root)}:{number}: a temporary file by its own name; take TemporaryFile or TemporaryFolder of tests/support/temporary.h"


def discovered(build):
    """Number of tests by room, or None where the test programs are not built."""
    done = subprocess.run(["ctest", "--show-only=json-v1"], cwd=build, capture_output=True, text=True)
    if done.returncode != 0:
        return {}, [f"CMakeLists.txt:1: ctest in {pathlib.Path(build).name}: {done.stderr.strip()}"]
    counts, problems = {}, []
    for test in json.loads(done.stdout)["tests"]:
        name = test["name"]
        if "_NOT_BUILT" in name:
            problems.append(f"tests/CMakeLists.txt:1: {name.split('_NOT_BUILT')[0]} is not built; build everything first")
        elif match := re.match(r"(\w+):", name):
            counts[match[1]] = counts.get(match[1], 0) + 1
    return counts, problems


def check_tests(root, build):
    problems, written, first = list(shared_names(root)), {}, {}
    for room, file, line, name in cases_of(root):
        written[room] = written.get(room, 0) + 1
        first.setdefault(room, file)
        if name.count("[") != name.count("]"):
            problems.append(f"{file}:{line}: the name '{name}' has an unbalanced bracket: ctest would leave this test out")
        if ";" in name:
            problems.append(f"{file}:{line}: the name '{name}' has a semicolon: ctest would make two tests of it, and run neither")
    found, trouble = discovered(build)
    if trouble:
        return problems + trouble
    for room, count in sorted(written.items()):
        if found.get(room, 0) != count:
            problems.append(f"{first[room]}:1: tests/{room} has {count} test cases, ctest knows {found.get(room, 0)}")
    return problems

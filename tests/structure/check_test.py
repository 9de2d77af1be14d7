"""Each check of scripts/check finds what it looks for, at its place, and is silent where nothing is wrong."""
import os
import pathlib
import sys
import tempfile
import unittest
import unittest.mock

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "scripts" / "lib"))
from check_commands import blocks, check_page, commands_of, output_matches  # noqa: E402
import check_docs  # noqa: E402
from check_docs import page_problems, rows_of, schema_table  # noqa: E402,F401
from check_files import check_plain, check_words, format_problem  # noqa: E402
from check_layers import check_layers  # noqa: E402
from check_tests import cases_of, check_tests  # noqa: E402

ARCHITECTURE = """# Architecture

<!-- table: rooms -->

| room | where | may use | what |
| --- | --- | --- | --- |
| `base` | `base` | | x |
| `low` | `low` | `base` | x |
| `high` | `high` | `base`, `low` | x |
| `simgrid` | `simgrid` | `base` | x |

<!-- table: libraries -->

| library | include | CMake | known to | headers | why |
| --- | --- | --- | --- | --- | --- |
| SimGrid | `simgrid/` | `PkgConfig::SIMGRID` | `simgrid` | no | x |
| SQLite | `sqlite3.h` | `SQLite::SQLite3` | `low` | `low/inside.h` | x |
| fmt | `fmt/` | `fmt::fmt` | | yes | x |
"""
CMAKE = """headroom_room(low SOURCES low/low.cpp LINKS base PRIVATE SQLite::SQLite3)
headroom_room(high SOURCES high/high.cpp LINKS base low)
headroom_room(simgrid SOURCES simgrid/sg.cpp LINKS base PRIVATE PkgConfig::SIMGRID)
"""
TIDY = {"docs/architecture.md": ARCHITECTURE, "CMakeLists.txt": CMAKE, "base/base.h": "#include <fmt/format.h>\n",
        "low/low.h": '#include "base/base.h"\n', "low/inside.h": "#include <sqlite3.h>\n", "low/low.cpp": '#include "low/low.h"\n#include "low/inside.h"\n',
        "high/high.cpp": '#include "low/low.h"\n#include "base/base.h"\n', "simgrid/sg.cpp": '#include "base/base.h"\n#include <simgrid/s4u.hpp>\n'}


class Project(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = pathlib.Path(folder.name)

    def write(self, files):
        for name, text in files.items():
            path = self.root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)

    def layers_with(self, changes):
        self.write({**TIDY, **changes})
        return check_layers(self.root)


class Layers(Project):
    def test_a_tidy_project_has_no_problems(self):
        self.assertEqual(self.layers_with({}), [])

    def test_an_include_against_the_table(self):
        found = self.layers_with({"low/low.cpp": '#include "low/low.h"\n\n#include "high/high.h"\n', "high/high.h": ""})
        self.assertEqual(found, ['low/low.cpp:3: low includes "high/high.h" of high, which docs/architecture.md does not allow it'])

    def test_a_link_against_the_table(self):
        found = self.layers_with({"CMakeLists.txt": CMAKE.replace("LINKS base PRIVATE SQLite", "LINKS base high PRIVATE SQLite")})
        self.assertEqual(found, ["CMakeLists.txt:1: low links high, which docs/architecture.md does not allow it"])

    def test_a_circle_in_the_table(self):
        found = self.layers_with({"docs/architecture.md": ARCHITECTURE.replace("| `low` | `low` | `base` |", "| `low` | `low` | `base`, `high` |")})
        self.assertIn("docs/architecture.md:8: the rooms go round in a circle: low > high > low", found)
        self.assertIn("docs/architecture.md:8: low is allowed high, and neither includes nor links it", found)

    def test_a_library_out_of_its_place(self):
        found = self.layers_with({"high/high.cpp": TIDY["high/high.cpp"] + "#include <sqlite3.h>\n"})
        self.assertEqual(found, ["high/high.cpp:3: <sqlite3.h>: SQLite is known to low alone"])

    def test_a_library_in_a_header(self):
        found = self.layers_with({"simgrid/sg.h": "#include <simgrid/s4u.hpp>\n"})
        self.assertEqual(found, ["simgrid/sg.h:1: <simgrid/s4u.hpp>: SimGrid stays out of headers"])

    def test_a_private_header_of_another_room(self):
        found = self.layers_with({"high/high.cpp": TIDY["high/high.cpp"] + '#include "low/inside.h"\n'})
        self.assertEqual(found, ['high/high.cpp:3: "low/inside.h" is a private header of low'])

    def test_a_library_that_nobody_listed(self):
        found = self.layers_with({"high/high.cpp": TIDY["high/high.cpp"] + "#include <curl/curl.h>\n"})
        self.assertEqual(found, ["high/high.cpp:3: <curl/curl.h> is of no library that docs/architecture.md lists"])

    def test_nobody_else_links_simgrid(self):
        found = self.layers_with({"CMakeLists.txt": CMAKE.replace("LINKS base low", "LINKS base low simgrid"),
                                  "docs/architecture.md": ARCHITECTURE.replace("`base`, `low` |", "`base`, `low`, `simgrid` |")})
        self.assertEqual(found, ["docs/architecture.md:9: high reaches simgrid; only headroom-simulate may"])

    def test_a_file_in_no_room(self):
        self.assertEqual(self.layers_with({"attic/old.h": '#include "base/base.h"\n'}), ["attic/old.h:1: this file is in no room of docs/architecture.md"])


class Files(Project):
    def test_blanks_tabs_and_ends(self):
        self.write({"a.cpp": "int a; \n", "b.h": "\tint b;\n", "c.md": "no end", "d.yaml": "fine: 1\n", "e.py": "e = 1\n\n", "f.cpp": "int f;\r\n"})
        self.assertEqual(check_plain(self.root), ["a.cpp:1: blanks at the end of the line", "b.h:1: a tab", "c.md:1: no newline at the end of the file",
                                                  "e.py:2: an empty line at the end of the file", "f.cpp:1: ends with a carriage return"])

    def test_line_breaks_and_columns_are_free(self):
        ours = "int a = f(1,\n          2);\nint b = 0;      // far\nchar c = '\"';\n"
        self.assertIsNone(format_problem("a.cpp", ours, "int a = f(1, 2);\nint b = 0;  // far\nchar c = '\"';\n"))

    def test_blanks_and_indentation_are_not(self):
        self.assertEqual(format_problem("a.cpp", "int b;\nint a=1;\n", "int b;\nint a = 1;\n"), "a.cpp:2: clang-format would write a blank before '='")
        self.assertEqual(format_problem("a.cpp", "{\n   int a;\n}\n", "{\n  int a;\n}\n"), "a.cpp:2: clang-format would indent this by 2, not 3")
        self.assertEqual(format_problem("a.cpp", "if (a) b;\n", "if (a) { b; }\n"), "a.cpp:1: clang-format would put '{' where 'b' stands")

    def test_what_is_broken_on_purpose_stays(self):
        self.write({"tests/bad_inputs/yaml/tab.yaml": "a:\tb", "build/x.cpp": "int x; "})
        self.assertEqual(check_plain(self.root), [])

    def test_paths_hosts_and_words(self):
        self.write({"a.md": "in /" "home/me/x\n", "b.md": "from https://reg" "istry.example.org/x\n", "c.md": "of this ses" "sion\n", "d.md": "$fresh/ro" "ot/headroom\nhttps://www.spec.org/x\n"})
        self.assertEqual([problem.split(":")[0] for problem in check_words(self.root)], ["a.md", "b.md", "c.md"])


class Tests(Project):
    def test_cases_and_brackets(self):
        self.write({"tests/base/a_test.cpp": 'TEST_CASE("a thing", "[base]") {}\n\nTEST_CASE("racks[0 is there", "[base]") {}\n'})
        self.assertEqual([(room, line) for room, _, line, _ in cases_of(self.root)], [("base", 1), ("base", 3)])
        build = self.root / "build"
        self.write({"build/CTestTestfile.cmake": 'add_test("base: a thing" "/bin/true")\n'})
        found = check_tests(self.root, build)
        self.assertEqual(found, ["tests/base/a_test.cpp:3: the name 'racks[0 is there' has an unbalanced bracket: ctest would leave this test out",
                                 "tests/base/a_test.cpp:1: tests/base has 2 test cases, ctest knows 1"])

    def test_a_name_that_ctest_would_split(self):
        self.write({"tests/base/a_test.cpp": 'TEST_CASE("one; two", "[base]") {}\n', "build/CTestTestfile.cmake": 'add_test("base:one" "/bin/true")\n'})
        self.assertEqual(check_tests(self.root, self.root / "build"), ["tests/base/a_test.cpp:1: the name 'one; two' has a semicolon: ctest would make two tests of it, and run neither"])

    def test_a_temporary_file_by_its_own_name(self):
        self.write({"tests/base/a_test.cpp": 'TEST_CASE("one", "[base]") {}\nauto const file = temp_directory_path() / "mine";\n', "tests/support/temporary.h": "mkdtemp(pattern)\n", "build/CTestTestfile.cmake": 'add_test("base: one" "/bin/true")\n'})
        self.assertEqual(check_tests(self.root, self.root / "build"), ["tests/base/a_test.cpp:2: a temporary file by its own name; take TemporaryFile or TemporaryFolder of tests/support/temporary.h"])

    def test_programs_that_are_not_built(self):
        self.write({"build/CTestTestfile.cmake": 'add_test(test_base_NOT_BUILT-abc "test_base_NOT_BUILT-abc")\n'})
        self.assertEqual(check_tests(self.root, self.root / "build"), ["tests/CMakeLists.txt:1: test_base is not built; build everything first"])


class Validation(unittest.TestCase):
    def test_a_case_that_is_skipped_in_part_keeps_its_other_rows_once(self):
        head = "| case | source | command | figure | expected | got | tolerance | result |\n| --- | --- | --- | --- | ---: | ---: | --- | --- |\n"
        committed = head + "| a | 1 |\n| a | 2 |\n| a | 3 |\n| b | 4 |\n"
        with unittest.mock.patch("check_docs.validation_rows", return_value=[("a", "| a | 1 |"), ("a", None), ("a", None), ("b", None), ("c", None)]):
            self.assertEqual(check_docs.validation_table("", committed), committed + "| c | | | | | | | skip |\n")


class Commands(Project):
    def page(self, text):
        self.write({"build/headroom": "#!/bin/sh\necho one; echo two; test \"$1\" != fail\n", "scripts/demo": "#!/bin/sh\n", "docs/page.md": text})
        os.chmod(self.root / "build/headroom", 0o755)
        os.chmod(self.root / "scripts/demo", 0o755)
        return check_page(self.root, self.root / "build", self.root / "docs/page.md")

    def test_commands_that_work(self):
        self.assertEqual(self.page("```sh\nheadroom run \\\n  x\nscripts/demo\n```\n"), [])

    def test_a_command_that_fails(self):
        self.assertEqual(self.page("# x\n\n```sh\nheadroom fail\n```\n"), ["docs/page.md:4: 'headroom fail' ends with 1: "])

    def test_a_script_that_is_not_there(self):
        self.assertEqual(self.page("```sh\nscripts/nothing\n```\n"), ["docs/page.md:2: scripts/nothing does not exist"])

    def test_output_is_compared(self):
        self.assertEqual(self.page("```sh\nheadroom\n```\n\n```output\none\ntwo\n```\n"), [])
        self.assertEqual(self.page("```sh\nheadroom\n```\n\n```output\none\n...\n```\n"), [])
        self.assertEqual(self.page("```sh\nheadroom\n```\n\n```output\none\nthree\n```\n"), ["docs/page.md:6: expected 'three', the program prints 'two'"])

    def test_blocks_and_lines(self):
        self.assertEqual(list(blocks("a\n```sh\nb\n```\n```\nc\n```\n")), [("sh", 3, ["b"])])
        self.assertEqual(list(commands_of(5, ["# no", "a \\", "b", "", "c"])), [(6, "a b"), (9, "c")])
        self.assertTrue(output_matches(["...", "b"], "a\nb\n"))
        self.assertFalse(output_matches(["b"], "a\nb\n"))


class Docs(Project):
    def test_a_table_that_is_not_current(self):
        schema = '{"properties": {"kind": {"const": "ups", "description": "k"}, "rated": {"type": "string", "title": "a quantity such as \'1 kW\'", "description": "d"}}, "required": ["rated"], "type": "object"}'
        self.write({"build/headroom": f"#!/bin/sh\ncat <<'END'\n{schema}\nEND\n", "docs/formats.md": "x\n<!-- generated: schema ups -->\n| old |\n<!-- end generated -->\n"})
        os.chmod(self.root / "build/headroom", 0o755)
        page = self.root / "docs/formats.md"
        self.assertEqual(page_problems(self.root, self.root / "build", page, False, False), ["docs/formats.md:3: the table 'schema ups' is not what the program says; scripts/check --write-docs renews it"])
        page_problems(self.root, self.root / "build", page, True, False)
        self.assertIn("| `rated` | a quantity such as `1 kW` | **required** | d |", page.read_text())
        self.assertEqual(page_problems(self.root, self.root / "build", page, False, False), [])

    def test_nested_keys(self):
        schema = {"properties": {"racks": {"type": "array", "minItems": 1, "description": "r", "items": {"type": "object", "properties": {"count": {"type": "integer", "minimum": 1.0, "default": 1, "description": "c"}}}}}}
        self.assertEqual(list(rows_of(schema)), [("racks[]", "list of mappings", "", "r; not empty"), ("racks[].count", "whole number, at least 1", "`1`", "c")])


if __name__ == "__main__":
    unittest.main()

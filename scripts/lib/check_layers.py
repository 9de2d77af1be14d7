"""Who may use whom: every include and every link of the code against the two tables of docs/architecture.md."""
import pathlib
import re

from check_files import all_files

INCLUDE = re.compile(r'^\s*#\s*include\s+([<"])([^>"]+)[>"]')


class Table:
    """A Markdown table that follows `<!-- table: NAME -->`: its rows as lists of cells, each with its line."""

    def __init__(self, text, name):
        self.rows = []
        lines = text.split("\n")
        try:
            at = lines.index(f"<!-- table: {name} -->") + 1
        except ValueError:
            raise SystemExit(f"docs/architecture.md:1: the table '{name}' is not there") from None
        while at < len(lines) and not lines[at].startswith("|"):
            at += 1
        for number in range(at + 2, len(lines)):      # its head and the rule below it are passed over
            if not lines[number].startswith("|"):
                break
            self.rows.append((number + 1, [cell.strip() for cell in lines[number].strip("|").split("|")]))


def words(cell):
    return re.findall(r"`([^`]+)`", cell)


class Room:
    def __init__(self, line, name, places, uses):
        self.line, self.name, self.places, self.uses = line, name, places, uses


class Library:
    def __init__(self, line, name, prefixes, targets, places, headers):
        self.line, self.name, self.prefixes, self.targets, self.places = line, name, prefixes, targets, places
        self.in_headers = headers == "yes"
        self.private_headers = words(headers)      # which only their own room may include


def read_tables(root):
    text = (pathlib.Path(root) / "docs/architecture.md").read_text()
    rooms = {}
    for line, cells in Table(text, "rooms").rows:
        name = words(cells[0])[0]
        rooms[name] = Room(line, name, words(cells[1]), words(cells[2]))
    libraries = []
    for line, cells in Table(text, "libraries").rows:
        libraries.append(Library(line, cells[0], words(cells[1]), words(cells[2]), words(cells[3]), cells[4]))
    return rooms, libraries


def lies_in(name, place):
    return name == place or name.startswith(place.rstrip("/") + "/") or (place.endswith(".*") and name.startswith(place[:-1]))


def room_of(name, rooms):
    """The room with the most particular place."""
    best = max(((len(place), room.name) for room in rooms.values() for place in room.places if lies_in(name, place)), default=None)
    return rooms[best[1]] if best else None


def includes(root):
    for path, name in all_files(root):
        if path.suffix not in (".h", ".cpp"):
            continue
        for number, line in enumerate(path.read_text().split("\n"), 1):
            if match := INCLUDE.match(line):
                yield name, number, match[1] == "<", match[2]


def links(root):
    """(file, line, target, what it links) of every room and program."""
    for path, name in all_files(root):
        if path.name != "CMakeLists.txt":
            continue
        text = re.sub(r"#[^\n]*", "", path.read_text())
        for match in re.finditer(r"\b(headroom_room|headroom_tests|target_link_libraries)\s*\(\s*([\w${}/-]+)([^)]*)\)", text):
            line = text[:match.start()].count("\n") + 1
            body, command = match[3], match[1]
            if "$" in match[2]:
                continue
            target = "test_" + match[2] if command == "headroom_tests" else match[2]
            if command == "target_link_libraries":
                names = body.split()
            else:
                names = [word for part in re.findall(r"\b(?:LINKS|PRIVATE)\b(.*?)(?=\b(?:SOURCES|LINKS|PRIVATE)\b|$)", body, re.S) for word in part.split()]
            yield name, line, target, [word for word in names if word not in ("PUBLIC", "PRIVATE", "INTERFACE")]


def cycle_in(rooms):
    done, path = set(), []

    def visit(name):
        if name in path:
            return path[path.index(name):] + [name]
        if name in done or name not in rooms:
            return None
        path.append(name)
        for used in rooms[name].uses:
            if found := visit(used):
                return found
        path.pop()
        done.add(name)
        return None

    for name in rooms:
        if found := visit(name):
            return found
    return None


def closure(name, rooms, seen=None):
    seen = set() if seen is None else seen
    for used in rooms[name].uses if name in rooms else []:
        if used not in seen:
            seen.add(used)
            closure(used, rooms, seen)
    return seen


def check_table(rooms):
    problems = []
    for room in rooms.values():
        for used in room.uses:
            if used not in rooms:
                problems.append(f"docs/architecture.md:{room.line}: {room.name} is to use '{used}', which is no room of the table")
    if cycle := cycle_in(rooms):
        problems.append(f"docs/architecture.md:{rooms[cycle[0]].line}: the rooms go round in a circle: {' > '.join(cycle)}")
    for room in rooms.values():
        if room.name not in ("simgrid", "headroom-simulate") and "simgrid" in closure(room.name, rooms):
            problems.append(f"docs/architecture.md:{room.line}: {room.name} reaches simgrid; only headroom-simulate may")
    return problems


def check_layers(root):
    rooms, libraries = read_tables(root)
    problems = check_table(rooms)
    used = {name: set() for name in rooms}
    for name, number, outside, what in includes(root):
        where = f"{name}:{number}"
        if outside:
            problems += outside_problems(where, name, what, libraries)
            continue
        if name.startswith("tests/"):
            continue
        room, other = room_of(name, rooms), room_of(what, rooms)
        if room is None:
            problems.append(f"{where}: this file is in no room of docs/architecture.md")
        elif other is None or not (pathlib.Path(root) / what).exists():
            problems.append(f"{where}: \"{what}\" is no file of any room; includes are written from the top of the project")
        elif other is not room and any(what in library.private_headers for library in libraries):
            problems.append(f"{where}: \"{what}\" is a private header of {other.name}")
        elif other is not room:
            used[room.name].add(other.name)
            if other.name not in room.uses:
                problems.append(f"{where}: {room.name} includes \"{what}\" of {other.name}, which docs/architecture.md does not allow it")
    problems += link_problems(root, rooms, libraries, used)
    for room in rooms.values():
        for stale in sorted(set(room.uses) - used[room.name]):
            problems.append(f"docs/architecture.md:{room.line}: {room.name} is allowed {stale}, and neither includes nor links it")
    return problems


def outside_problems(where, name, what, libraries):
    for library in libraries:
        if not any(what.startswith(prefix) for prefix in library.prefixes):
            continue
        if library.places and not any(lies_in(name, place) for place in library.places):
            return [f"{where}: <{what}>: {library.name} is known to {', '.join(library.places)} alone"]
        if name.endswith(".h") and not library.in_headers and name not in library.private_headers and not name.startswith("tests/"):
            return [f"{where}: <{what}>: {library.name} stays out of headers"]
        return []
    if "/" in what and not what.startswith("sys/"):
        return [f"{where}: <{what}> is of no library that docs/architecture.md lists"]
    return []


def link_problems(root, rooms, libraries, used):
    problems = []
    by_target = {target: library for library in libraries for target in library.targets}
    for file, line, target, names in links(root):
        test = target.startswith("test_") or file.startswith("tests/")
        if target not in rooms and not test:
            problems.append(f"{file}:{line}: {target} is in no row of docs/architecture.md")
            continue
        for name in names:
            library = by_target.get(name)
            if name in rooms:
                if test:
                    continue
                used[target].add(name)
                if name not in rooms[target].uses:
                    problems.append(f"{file}:{line}: {target} links {name}, which docs/architecture.md does not allow it")
            elif library is None:
                problems.append(f"{file}:{line}: {target} links {name}, which is neither a room nor a library of docs/architecture.md")
            elif not test and library.places and not any(lies_in(place, mine) or lies_in(mine, place) for place in library.places for mine in rooms[target].places):
                problems.append(f"{file}:{line}: {target} links {name}; {library.name} is known to {', '.join(library.places)} alone")
    return problems

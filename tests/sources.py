"""The project's own files as the rules of the house see them: what a file imports, calls and defines, without running it."""

import ast
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fnmatch import fnmatch
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import Final

ROOT: Final = Path(__file__).resolve().parent.parent
ALONE: Final = ("app", "ui")
"""The import packages; a module or package directly below is a room."""


@dataclass(frozen=True)
class Line:
    """A place in a file and what stands there."""

    place: str
    row: int
    what: str

    def __str__(self) -> str:
        return f"{self.place}:{self.row}: {self.what}"


@dataclass(frozen=True)
class Source:
    """One file by its path from the top, with its text."""

    path: PurePosixPath
    text: str

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text, str(self.path))

    @property
    def module(self) -> str:
        """The name it is imported by."""
        parts = self.path.with_suffix("").parts
        return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)

    @property
    def room(self) -> str:
        return room_of(self.module)

    def line(self, row: int, what: str) -> Line:
        return Line(str(self.path), row, what)

    def imports(self) -> Iterator[Line]:
        """Every import, wherever it stands; `from a import b` is `a.b`, a relative one begins with its dots."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                yield from (self.line(node.lineno, alias.name) for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                start = "." * node.level + (f"{node.module}." if node.module else "")
                yield from (self.line(node.lineno, start + alias.name) for alias in node.names)
            elif isinstance(node, ast.Call) and dotted(node.func) in {"import_module", "importlib.import_module", "__import__"}:
                yield from (self.line(node.lineno, str(name.value)) for name in node.args[:1] if isinstance(name, ast.Constant))

    def calls(self) -> Iterator[Line]:
        """Every call of something that has a name: `print`, `datetime.now`."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Call) and (name := dotted(node.func)):
                yield self.line(node.lineno, name)

    def functions(self) -> Iterator[tuple[Line, int]]:
        """Every function with the number of its lines."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield self.line(node.lineno, node.name), (node.end_lineno or node.lineno) - node.lineno + 1


@dataclass(frozen=True)
class Project:
    """All files of a project by their paths from the top."""

    texts: Mapping[str, str]

    @cached_property
    def files(self) -> tuple[Source, ...]:
        return tuple(Source(PurePosixPath(path), text) for path, text in sorted(self.texts.items()))

    def code(self, *tops: str) -> list[Source]:
        """The Python files below the folders `tops`, `app` and `ui` where none is named."""
        return [file for file in self.files if file.path.suffix == ".py" and file.path.parts[0] in (tops or ALONE)]

    def imports(self, *rooms: str) -> Iterator[tuple[Source, Line]]:
        """Every import of the rooms, of all code where none is named."""
        for file in self.code():
            if not rooms or any(inside(file.module, room) for room in rooms):
                yield from ((file, line) for line in file.imports())


def dotted(node: ast.expr) -> str:
    """`a.b.c` as text; empty for anything that is not a plain name."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute) and (start := dotted(node.value)):
        return f"{start}.{node.attr}"
    return ""


def inside(name: str, room: str) -> bool:
    """Whether a dotted name is the room or lies in it."""
    return name == room or name.startswith(room + ".")


def room_of(name: str) -> str:
    """The room a dotted name lies in: `app.storage` for `app.storage.tables.Row`; all of the window is one."""
    parts = name.split(".")
    return "ui" if parts[0] == "ui" else ".".join(parts[:2])


def project_files(root: Path = ROOT) -> Project:
    """Every text file below the top that .gitignore does not leave out."""
    ignored = [line.strip("/") for line in (root / ".gitignore").read_text().split("\n") if line and not line.startswith("#")]
    texts = {}
    for path in walk(root, [*ignored, ".git"]):
        try:
            texts[path.relative_to(root).as_posix()] = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            texts[path.relative_to(root).as_posix()] = ""
    return Project(texts)


def walk(folder: Path, ignored: list[str]) -> Iterator[Path]:
    """The files below a folder, except what bears an ignored name."""
    for path in sorted(folder.iterdir()):
        if any(fnmatch(path.name, pattern) for pattern in ignored):
            continue
        if path.is_dir():
            yield from walk(path, ignored)
        else:
            yield path


HOST: Final = re.compile(r"https?://([\w.-]+)|\b((?:[A-Za-z0-9-]+\.)+(?:org|com|net|io|dev|cn))\b")


def hosts(file: Source) -> Iterator[Line]:
    """Every internet host that a file names."""
    for row, text in enumerate(file.text.splitlines(), start=1):
        for match in HOST.finditer(text):
            yield file.line(row, (match[1] or match[2]).lower())

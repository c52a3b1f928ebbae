"""The house rules in sentences; docs/architecture.md says why. Each is tried on bad samples first: it must be able to fail."""

import functools
import re
import sys
import tomllib
from collections.abc import Callable, Iterable, Mapping
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import Final

import pytest

from tests.sources import ROOT, Line, Project, hosts, inside, project_files, room_of

HOME: Final = Path.home()  # asked before any test moves it
LONGEST_FILE: Final = 500
LONGEST_FUNCTION: Final = 60

FACES: Final = (
    "ui",
    "app.__main__",
    "app.cli",
    "app.province",
    "app.story",
    "app.describe",
    "app.paper_samples",
    "app.terminal",
    "app.commands",
)
"""What a person meets; nothing imports them, but each other where one tells of another."""

LEAVES: Final = frozenset(
    {"app.errors", "app.progress", "app.changes", "app.clock", "app.files", "app.paths", "app.processes", "app.volumes"}
)
BYTES: Final = frozenset({"app.packages", "app.printing", "app.ledgers", "app.documents", "app.pictures", "app.network"})
OPENED: Final = frozenset({"app.workspace", "app.storage", "app.settings", "app.keys"})
VERBS: Final = frozenset({"app.use_cases", "app.queries"})
WORDS: Final = frozenset({"app.i18n", "app.messages"})
DOMAIN: Final = frozenset({"app.domain"})
SHELF: Final = frozenset({"app.reference", "app.shelf"})
PLATFORMS: Final = frozenset({"app.platforms"})
ALL: Final = LEAVES | BYTES | PLATFORMS | OPENED | VERBS | WORDS | DOMAIN | SHELF

ARROWS: Final[Mapping[str, frozenset[str]]] = {
    "app.errors": frozenset(),
    "app.changes": frozenset(),
    "app.paths": frozenset(),
    "app.processes": frozenset(),
    "app.progress": frozenset({"app.errors"}),
    "app.files": frozenset({"app.errors"}),
    "app.volumes": frozenset(),
    "app.clock": DOMAIN,
    "app.i18n": frozenset({"app.errors", "app.paths"}),
    "app.messages": WORDS | DOMAIN | {"app.errors", "app.clock"},
    "app.domain": frozenset({"app.errors"}),
    "app.reference": DOMAIN | {"app.errors", "app.paths"},
    "app.shelf": DOMAIN | {"app.errors", "app.paths", "app.reference"},
    "app.packages": LEAVES | DOMAIN,
    "app.printing": LEAVES | DOMAIN,
    "app.ledgers": LEAVES | DOMAIN,
    "app.documents": LEAVES | DOMAIN,
    "app.pictures": LEAVES | DOMAIN,
    "app.network": LEAVES,
    "app.platforms": LEAVES | DOMAIN | BYTES,
    "app.keys": LEAVES | DOMAIN,
    "app.settings": LEAVES | DOMAIN,
    "app.storage": LEAVES | DOMAIN,
    "app.workspace": LEAVES | DOMAIN | OPENED,
    "app.queries": LEAVES | DOMAIN | SHELF | OPENED,
    "app.use_cases": LEAVES | DOMAIN | SHELF | OPENED | BYTES | PLATFORMS | VERBS,
    "app.province": LEAVES
    | DOMAIN
    | SHELF
    | BYTES
    | PLATFORMS
    | WORDS
    | {"app.storage", "app.keys", "app.settings", "app.terminal"},
    "app.terminal": ALL,
    "app.commands": ALL | {"app.terminal"},
    "app.cli": ALL | {"app.terminal", "app.commands"},
    "app.__main__": ALL | {"app.cli"},
    "app.story": ALL | {"app.cli", "app.province"},
    "app.describe": LEAVES | DOMAIN,
    "app.paper_samples": ALL | {"app.cli", "app.province"},
    "ui": (ALL - BYTES - {"app.storage", "app.keys"}) | {"app.cli"},
}
"""Room by room, the other rooms it may look at."""

HOMES: Final[Mapping[str, frozenset[str]]] = {
    "PIL": frozenset({"app.pictures", "app.printing"}),
    "PySide6": frozenset({"ui"}),
    "cryptography": frozenset({"app.keys", "app.packages"}),
    "docx": frozenset({"app.documents"}),
    "httpx": frozenset({"app.network"}),
    "filelock": frozenset({"app.storage", "app.workspace"}),
    "gmalg": frozenset({"app.packages"}),
    "keyring": frozenset({"app.keys"}),
    "openpyxl": frozenset({"app.ledgers"}),
    "platformdirs": frozenset({"app.paths"}),
    "pypinyin": frozenset({"app.storage"}),
    "pyrage": frozenset({"app.packages"}),
    "reportlab": frozenset({"app.printing"}),
    "securesystemslib": frozenset({"app.packages"}),
    "segno": frozenset({"app.printing"}),
    "shiboken6": frozenset({"ui"}),
    "sqlalchemy": frozenset({"app.storage", "app.queries", "app.province"}),
    "sqlcipher3": frozenset({"app.storage"}),
    "xlrd": frozenset({"app.ledgers"}),
    "zxingcpp": frozenset({"app.pictures"}),
}
"""Every third-party library and the rooms that know it."""

BROUGHT_BY: Final = {
    "docx": "python-docx",
    "pil": "pillow",
    "pyside6": "pyside6-essentials",
    "shiboken6": "pyside6-essentials",
    "zxingcpp": "zxing-cpp",
}
"""Libraries that come in a distribution of another name."""

UNSEEN: Final = {"pyside6-addons"}  # it holds PySide6.QtPdf, which is imported by the same name as the rest of Qt


VAGUE: Final = frozenset("utils util helpers helper common base core manager controller handler service misc".split())

WORLDLY: Final = frozenset("time os pathlib random secrets locale sqlite3 socket subprocess tempfile shutil uuid".split())
ASKING: Final = ("datetime.now", "datetime.utcnow", "datetime.today", "date.today")

TOP: Final = {
    *("app", "ui", "resources", "tests", "build.spec", "pyproject.toml"),
    *("README.md", "README.zh-CN.md", "LICENSE", "CHANGELOG.md", "Makefile", "requirements.lock", "docs", ".ci", ".gitignore"),
}

HOSTS: Final = {
    "127.0.0.1",  # this machine, where a test's receiver listens
    "www.apache.org",  # the licence
    "age-encryption.org",  # how an encrypted file begins
    "datapackage.org",  # the profile that a data package names
    "purl.oclc.org",  # namespaces of strict spreadsheets
    "schemas.openxmlformats.org",  # namespaces of spreadsheets
    "www.w3.org",  # namespaces
    *("purl.org", "ns.adobe.com", "www.aiim.org"),  # namespaces of what a PDF file tells of itself
    "www.freedesktop.org",  # the namespace of what tells a desktop which files are ours
    *("fsf.org", "www.gnu.org", "scripts.sil.org", "www.adobe.com", "github.com"),  # the licences of the fonts, word for word
}
RESERVED: Final = (".example", ".example.com", ".example.org", ".invalid", ".test")

Rule = Callable[[Project], Iterable[Line | str]]


@pytest.fixture(scope="module")
def project() -> Project:
    return project_files()


def sentence(*samples: Mapping[str, str], mend: str) -> Callable[[Rule], Callable[[Project], None]]:
    """Makes a rule a test: it must object to each bad sample, and to nothing in the project. `mend` says what to do."""

    def made(rule: Rule) -> Callable[[Project], None]:
        @functools.wraps(rule)
        def test(project: Project) -> None:
            for sample in samples:
                assert list(rule(Project(sample))), f"this rule cannot fail: it lets {sample} pass"
            offences = [str(offence) for offence in rule(project)]
            if offences:
                said = rule.__name__.removeprefix("test_").replace("_", " ")
                pytest.fail("\n".join([said, *offences, f"Mend it: {mend}"]), pytrace=False)

        del test.__wrapped__  # or pytest would ask for the rule's own parameters
        test.__annotations__ = {"project": Project, "return": None}
        return test

    return made


@sentence(
    {"app/queries/today.py": "from PySide6.QtCore import QDate"},
    {"app/cli.py": "import ui.theme"},
    {"app/cli.py": "def show():\n    from ui import main_window"},
    mend="what needs the screen belongs in ui; what is true without one in app.",
)
def test_the_program_is_true_without_a_screen(project: Project) -> Iterable[Line]:
    return (line for _file, line in project.imports("app") if line.what.split(".")[0] in {"PySide6", "ui"})


@sentence(
    {"app/domain/visit.py": "from app.storage.tables import VisitRow"},
    {"app/domain/visit.py": "import orjson"},
    {"app/domain/visit.py": "from app import i18n"},
    mend="give the rule what it needs as a value; the use case fetches it.",
)
def test_the_domain_looks_at_nothing_but_itself_and_errors(project: Project) -> Iterable[Line]:
    for _file, line in project.imports("app.domain"):
        known = inside(line.what, "app.domain") or inside(line.what, "app.errors")
        if not known and line.what.split(".")[0] not in sys.stdlib_module_names:
            yield line


@sentence(
    {"app/domain/visit.py": "import time"},
    {"app/domain/visit.py": "from pathlib import Path"},
    {"app/domain/visit.py": "from datetime import datetime\nstarted = datetime.now()"},
    {"app/domain/visit.py": "import datetime\ntoday = datetime.date.today()"},
    {"app/domain/visit.py": "text = open('x').read()"},
    {"app/domain/visit.py": "from uuid import uuid4"},
    mend="take the time, the chance or the text as a parameter; app.clock is asked by whoever calls.",
)
def test_the_domain_asks_no_clock_no_disk_no_chance(project: Project) -> Iterable[Line]:
    for _file, line in project.imports("app.domain"):
        if line.what.split(".")[0] in WORLDLY and line.what != "uuid.UUID":
            yield line
    for file in project.code():
        if file.room == "app.domain":
            yield from (call for call in file.calls() if call.what == "open" or call.what.endswith(ASKING))


@sentence(
    {"app/storage/migrations/m0002_more.py": "from app.storage.tables import VisitRow"},
    {"app/storage/migrations/m0002_more.py": "from app.storage import tables"},
    {"app/storage/migrations/m0002_more.py": "from app.domain import visit"},
    mend="write the SQL out: a step must do in ten years what it does today.",
)
def test_a_migration_knows_neither_tables_nor_domain(project: Project) -> Iterable[Line]:
    for _file, line in project.imports("app.storage.migrations"):
        if inside(line.what, "app.storage.tables") or inside(line.what, "app.domain"):
            yield line


@sentence(
    {"app/use_cases/visits.py": "import sqlalchemy.orm"},
    {"ui/pages/visits.py": "from sqlcipher3 import dbapi2"},
    {"app/ledgers/sheets.py": "import pandas"},
    {"app/printing/receipt.py": "from keyring import get_password"},
    mend="call the room where the library lives, or give a new library its home in HOMES and docs/architecture.md.",
)
def test_every_library_has_one_home(project: Project) -> Iterable[str]:
    for file, line in project.imports():
        library = line.what.split(".")[0]
        if library and library not in sys.stdlib_module_names | {"app", "ui"} and file.room not in HOMES.get(library, ()):
            yield f"{line}, whose home is {', '.join(sorted(HOMES.get(library, {'not in the table'})))}"


@sentence(
    {"pyproject.toml": "[project]\ndependencies = ['pandas>=2']"},
    {"pyproject.toml": "[project]\ndependencies = ['sqlcipher3']", "app/storage/database.py": "import sqlalchemy"},
    mend="declare in pyproject.toml what the code imports, and nothing else.",
)
def test_the_program_depends_on_what_it_imports(project: Project) -> Iterable[str]:
    declared = tomllib.loads(project.texts["pyproject.toml"])["project"]["dependencies"]
    names = {re.split(r"[^\w-]", requirement)[0].lower() for requirement in declared} - UNSEEN
    libraries = {line.what.split(".")[0].lower() for _file, line in project.imports("app", "ui")} & {
        home.lower() for home in HOMES
    }
    imported = {BROUGHT_BY.get(library, library) for library in libraries}
    yield from (f"pyproject.toml: {name} is declared, never imported" for name in names - imported)
    yield from (f"pyproject.toml: {name} is imported, not declared" for name in imported - names)


@sentence(
    {"app/storage/records.py": "from app.workspace import Workspace"},
    {"app/packages/records.py": "from app.keys import slots"},
    {"app/ledgers/sheets.py": "import app.queries.visit_list"},
    {"app/queries/today.py": "from app.use_cases import visits"},
    {"ui/pages/today.py": "from app.storage import database"},
    {"app/spare.py": "import json"},
    mend="the lower room takes what it needs as a value; a new room gets its place in ARROWS and docs/architecture.md.",
)
def test_the_arrows_between_rooms_point_one_way(project: Project) -> Iterable[Line | str]:
    for file in project.code():
        if file.module in {"app", "ui"}:
            continue
        if file.room not in ARROWS:
            yield f"{file.path}: the room {file.room} has no place in ARROWS"
            continue
        for line in file.imports():
            target = room_of(line.what)
            ours = line.what.split(".")[0] in {"app", "ui"} and line.what != "app.__version__"
            if ours and target != file.room and target not in ARROWS[file.room]:
                yield line


@sentence(
    {"app/use_cases/visits.py": "from app.cli import main"},
    {"app/queries/today.py": "from app.province import store"},
    {"app/workspace.py": "import app.story"},
    mend="a face calls; it is not called. What two faces need lies in a room below them.",
)
def test_nothing_imports_the_faces(project: Project) -> Iterable[Line]:
    for file, line in project.imports():
        if room_of(line.what) in FACES and file.room not in FACES:
            yield line


@sentence(
    {"app/use_cases/visits.py": "from app.messages import explain"},
    {"app/storage/records.py": "from app.i18n import _"},
    mend="raise an error with a code and facts; app/messages.py has the sentence.",
)
def test_only_faces_and_messages_have_words_for_a_person(project: Project) -> Iterable[Line]:
    for file, line in project.imports():
        if room_of(line.what) in WORDS and file.room not in {*FACES, *WORDS}:
            yield line


@sentence(
    {"app/storage/a.py": "from app.keys import b", "app/keys/b.py": "from app.storage import a"},
    {"app/a.py": "import app.b.x", "app/b/x.py": "import app.c", "app/c.py": "from app import a"},
    mend="take the piece that both need out, into the lower room.",
)
def test_rooms_do_not_import_each_other_in_a_circle(project: Project) -> Iterable[str]:
    graph: dict[str, set[str]] = {}
    for file, line in project.imports():
        if inside(line.what, "app") and room_of(line.what) != file.room:
            graph.setdefault(file.room, set()).add(room_of(line.what))
    yield from circles(graph)


@sentence(
    {"app/domain/a.py": "from app.domain.b import B", "app/domain/b.py": "from app.domain.a import A"},
    {"app/domain/a.py": "from app.domain import b", "app/domain/b.py": "def late():\n    from app.domain import a"},
    mend="take the piece that both need out, into a module of its own.",
)
def test_modules_do_not_import_each_other_in_a_circle(project: Project) -> Iterable[str]:
    modules = {file.module for file in project.code()}
    graph: dict[str, set[str]] = {}
    for file, line in project.imports():
        target = line.what if line.what in modules else line.what.rpartition(".")[0]
        if target in modules and target != file.module:
            graph.setdefault(file.module, set()).add(target)
    yield from circles(graph)


@sentence(
    {"app/cli.py": "from . import errors"},
    {"app/storage/records.py": "from ..domain import visit"},
    {"tests/app/test_x.py": "from .builders import visit"},
    mend="write the whole name: from app.room.module import name.",
)
def test_every_import_has_its_whole_name(project: Project) -> Iterable[Line]:
    return (line for file in project.code("app", "ui", "tests") for line in file.imports() if line.what.startswith("."))


@sentence(
    {"app/utils.py": ""},
    {"app/storage/record_helpers.py": ""},
    {"ui/core/__init__.py": ""},
    mend="name the file after the thing it holds, by the word it has in every other room.",
)
def test_a_module_is_named_after_a_thing(project: Project) -> Iterable[str]:
    for file in project.code():
        words = {word for part in file.path.with_suffix("").parts for word in part.split("_")}
        yield from (f"{file.path}: {word!r} says nothing about what is in it" for word in sorted(words & VAGUE))


@sentence(
    {"app/use_cases/visits.py": "print('saved')"},
    {"app/packages/archive.py": "import sys\nsys.stdout.write('x')"},
    mend="return a value, or step the progress; cli.py prints.",
)
def test_only_faces_print(project: Project) -> Iterable[Line]:
    for file in project.code():
        if file.room not in FACES or file.module == "ui":
            yield from (
                call for call in file.calls() if call.what == "print" or call.what.startswith(("sys.stdout.", "sys.stderr."))
            )


@sentence(
    {"app/cli.py": "x = 1\n" * (LONGEST_FILE + 1)},
    {"tests/test_x.py": "x = 1\n" * (LONGEST_FILE + 1)},
    mend=f"beyond {LONGEST_FILE} lines a file holds two things: give the second a file of its own (past 300 ask already).",
)
def test_no_file_is_longer_than_a_reader_s_patience(project: Project) -> Iterable[str]:
    for file in project.code("app", "ui", "tests"):
        if (length := len(file.text.splitlines())) > LONGEST_FILE:
            yield f"{file.path}: {length} lines"


@sentence(
    {"app/cli.py": "def main():\n" + "    x = 1\n" * LONGEST_FUNCTION},
    {"ui/theme.py": "class A:\n    async def f(self):\n" + "        x = 1\n" * LONGEST_FUNCTION},
    mend=f"beyond {LONGEST_FUNCTION} lines a function hides a smaller one: name its steps (past 40 ask already).",
)
def test_no_function_is_longer_than_a_screen(project: Project) -> Iterable[str]:
    for file in project.code("app", "ui", "tests"):
        yield from (f"{line}: {length} lines" for line, length in file.functions() if length > LONGEST_FUNCTION)


@sentence(
    {"notes.txt": ""},
    {"scripts/tool.py": ""},
    mend="put it in one of the folders that are there; the top level is the table of contents.",
)
def test_the_top_level_is_the_agreed_one(project: Project) -> Iterable[str]:
    tops = {file.path.parts[0] for file in project.files}
    yield from (f"{top} is not agreed" for top in sorted(tops - TOP))


@sentence(
    {"app/cli.py": "", "README.md": ""},
    mend="it was taken away, or is to be written.",
)
def test_the_top_level_is_whole(project: Project) -> Iterable[str]:
    tops = {file.path.parts[0] for file in project.files}
    yield from (f"{top} is missing" for top in sorted(TOP - tops))


@sentence(
    {"README.md": "lies in " + "/home/" + "someone/liaison"},
    {"docs/x.md": "C:" + r"\Users\someone\liaison"},
    {"tests/test_x.py": f"DATA = {str(ROOT / 'data')!r}"},
    mend="name a folder from the top of the project, or take it from the environment.",
)
def test_no_file_names_a_path_of_somebody_s_machine(project: Project) -> Iterable[Line]:
    own = [re.escape(str(folder)) for folder in (ROOT, ROOT.parent, HOME) if len(folder.parts) > 1]
    folders = "|".join([*own, r"/home/\w+", r"/Users/\w+"])
    paths = re.compile(rf"(?<![\w./-])(?:{folders})\b|[A-Z]:\\Users\\", re.ASCII)
    for file in project.files:
        for row, text in enumerate(file.text.splitlines(), start=1):
            yield from (file.line(row, match[0]) for match in paths.finditer(text))


@sentence(
    {"Makefile": "pip install --index-url https:" + "//packages.mirror" + ".net/simple"},
    {"docs/x.md": "see mirror" + ".org for it"},
    mend="registries and mirrors are the machine's affair; a host the project must name gets a line in HOSTS with its reason.",
)
def test_no_file_names_a_host_without_a_reason(project: Project) -> Iterable[Line]:
    for file in project.files:
        for line in hosts(file):
            if line.what not in HOSTS and not f".{line.what}".endswith(RESERVED):
                yield line


@sentence(
    {"requirements.lock": "sqlalchemy==2.1.9\n    # via liaison\n"},
    {"requirements.lock": "--find-links wheels\n"},
    {"requirements.lock": "sqlalchemy>=2.1 \\\n    --hash=sha256:00\n"},
    mend="make it anew: make lock.",
)
def test_the_lock_names_exact_versions_with_hashes_and_no_place(project: Project) -> Iterable[str]:
    entries = re.sub(r"\\\n", "", re.sub(r"^\s*#.*\n", "", project.texts["requirements.lock"], flags=re.MULTILINE)).splitlines()
    for entry in entries:
        if not re.fullmatch(r"[\w.-]+==[\w.]+(?: ; [^#]+?)?(?:\s+--hash=sha256:[0-9a-f]{64})+\s*", entry):
            yield f"requirements.lock: {entry[:80]}"


def circles(graph: Mapping[str, set[str]]) -> Iterable[str]:
    """One circle of the graph in words, where there is one."""
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as circle:
        yield " ← ".join(circle.args[1])

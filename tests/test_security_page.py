"""docs/security.md names a test for each promise and each attack: every one of them is there."""

import ast
import re
from pathlib import Path

import pytest

from app.domain.people import Role
from app.domain.rights import GRANTED, Right

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
NAMED = re.findall(r"`(tests/[\w/]+\.py)(?:::(\w+))?`", PAGE)


def names_in(path: Path) -> set[str]:
    """The names of the tests of a file."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {each.name for each in ast.walk(tree) if isinstance(each, ast.FunctionDef) and each.name.startswith("test_")}


@pytest.mark.parametrize(("file", "test"), sorted(set(NAMED)))
def test_a_test_that_is_named_exists(file: str, test: str) -> None:
    assert names_in(ROOT / file) >= ({test} if test else set())
    assert names_in(ROOT / file)


RIGHTS = PAGE.partition("## Who may do what")[2].partition("## Attacks and faults")[0]
ROLES = (
    *(Role.VOLUNTEER, Role.DEPUTY, Role.LIAISON_OFFICER),
    *(Role.CHAIR, Role.DEPUTY_STATION_HEAD, Role.STATION_HEAD),
)
WRITERS = ("file_of", "workbook_of", "write_workbook", "delimited_of", "suggestion_word")
"""What makes a file for other programs of records."""


def rows_of(heading: str) -> list[list[str]]:
    """The rows of the table whose header begins so."""
    table = RIGHTS.partition(heading)[2].partition("\n\n")[0].splitlines()[2:]
    return [[cell.strip() for cell in row.strip("|").split("|")] for row in table]


def test_the_table_of_rights_is_that_of_the_code() -> None:
    assert set(GRANTED) == set(ROLES)
    told = {row[0]: [bool(cell) for cell in row[1:]] for row in rows_of("| right |")}
    assert told == {each.value: [each in GRANTED[role] for role in ROLES] for each in Right}


def test_what_leaves_as_a_file_asks_the_right_that_is_told() -> None:
    told = [(place, row[2]) for row in rows_of("| what leaves |") for place in re.findall(r"`([\w/.:]+)`", row[1])]
    assert len(told) >= 9
    for place, right in told:
        assert f"check_may(workspace, Right.{right.upper()})" in body_of(place), place


def test_every_maker_of_files_is_told_of() -> None:
    makers = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "app" / "use_cases").glob("*.py")
        if re.search(rf"\b({'|'.join(WRITERS)})\(", path.read_text(encoding="utf-8"))
    }
    assert len(makers) >= 8
    assert [each for each in sorted(makers) if f"`{each}::" not in RIGHTS] == []


def body_of(place: str) -> str:
    """The source of a function named as `file::function`."""
    file, _between, name = place.partition("::")
    source = (ROOT / file).read_text(encoding="utf-8")
    found = [each for each in ast.parse(source).body if isinstance(each, ast.FunctionDef) and each.name == name]
    assert found, place
    return ast.get_source_segment(source, found[0]) or ""


def test_every_row_names_one() -> None:
    told = PAGE.partition("## Promises")[2].partition("## What is not protected")[0].replace(RIGHTS, "")
    rows = [line for line in told.splitlines() if line.startswith("|") and not line.startswith(("|---", "| promise", "| attack"))]
    assert len(rows) > 40
    assert [row for row in rows if "`tests/" not in row] == []

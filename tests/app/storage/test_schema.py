"""The schema: what the migrations build is what the rows declare, and an older database is lifted whole or not at all."""

import re
from contextlib import closing
from pathlib import Path
from typing import Any, Final

import pytest

from app.errors import AppError, Refused
from app.storage import schema
from app.storage.database import connector, open_database
from app.storage.migrations import STEPS, Step
from app.storage.tables import JournalRow

KEY: Final = bytes(range(32))
KNOWN: Final = STEPS[-1].number
NEXT: Final = Step(
    KNOWN + 1, ("ALTER TABLE draft ADD COLUMN place VARCHAR", "UPDATE draft SET place = kind", "CREATE INDEX d ON draft (place)")
)
FAILING: Final = Step(
    KNOWN + 1, ("ALTER TABLE draft ADD COLUMN place VARCHAR", "DELETE FROM draft", "INSERT INTO nowhere VALUES (1)")
)
ORPHAN: Final = Step(KNOWN + 1, ("PRAGMA defer_foreign_keys=ON", "INSERT INTO withheld (seq) VALUES (77)"))
UNSOUND: Final = Step(
    KNOWN + 1,
    (
        "CREATE TABLE odd (a INTEGER CHECK (a > 0))",
        "PRAGMA ignore_check_constraints=ON",
        "INSERT INTO odd VALUES (-1)",
        "PRAGMA ignore_check_constraints=OFF",
    ),
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A new database."""
    path = tmp_path / "station.db"
    schema.create(path, KEY)
    return path


def asked(path: Path, *questions: str, key: bytes = KEY) -> list[list[tuple[Any, ...]]]:
    """What a raw connection answers."""
    with closing(connector(path, key)()) as connection:
        return [connection.execute(question).fetchall() for question in questions]


def told(path: Path, statement: str) -> None:
    """Change something behind the program's back."""
    with closing(connector(path, KEY)()) as connection:
        connection.execute(statement)


def refused(act: Any, *given: Any) -> str:
    """The code with which something is refused."""
    with pytest.raises(AppError) as caught:
        act(*given)
    return caught.value.code


# --- the declared schema ------------------------------------------------------------------------------------------


def test_what_the_migrations_build_is_what_the_rows_declare(path: Path, tmp_path: Path) -> None:
    declared = tmp_path / "declared.db"
    database = open_database(declared, KEY)
    with database.writing() as connection:
        JournalRow.metadata.create_all(connection)
    database.close()
    assert _statements(path) == _statements(declared)
    assert _columns(path) == _columns(declared)
    assert set(_columns(path)) == set(JournalRow.metadata.tables)


def test_a_database_of_every_earlier_schema_is_lifted_to_the_same(path: Path, tmp_path: Path) -> None:
    for number in range(1, len(STEPS)):
        earlier = tmp_path / f"earlier-{number}.db"
        schema.create(earlier, KEY, STEPS[:number])
        assert schema.lift(earlier, KEY) is not None
        assert _statements(earlier) == _statements(path)
        assert _columns(earlier) == _columns(path)


def test_the_comparison_sees_a_difference(path: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.db"
    schema.create(
        other, KEY, (*STEPS, Step(KNOWN + 1, ("CREATE INDEX more ON draft (kind)", "ALTER TABLE draft ADD COLUMN a INTEGER")))
    )
    assert _statements(path) != _statements(other)
    assert _columns(path) != _columns(other)


def test_the_index_is_declared_as_decided(path: Path) -> None:
    (((sql,),),) = asked(path, "SELECT sql FROM sqlite_master WHERE name = 'search_index'")
    assert "content=''" in sql
    assert "contentless_delete=1" in sql
    assert "unicode61 remove_diacritics 0 categories 'L* M* N* P* S* Co Cn Cf'" in sql


def test_the_steps_are_numbered_without_a_gap() -> None:
    assert [step.number for step in STEPS] == list(range(1, len(STEPS) + 1))


def _statements(path: Path) -> list[str]:
    """Every statement of the schema but the character index, without blanks, quotation marks and case."""
    (rows,) = asked(path, "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'search_index%'")
    return sorted(re.sub(r'[\s"]+', "", sql).lower() for (sql,) in rows)


def _columns(path: Path) -> dict[str, list[tuple[Any, ...]]]:
    tables = asked(path, "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'search_index%'")[0]
    return {name: asked(path, f"PRAGMA table_xinfo({name})")[0] for (name,) in tables}


# --- creating -------------------------------------------------------------------------------------------------------


def test_a_new_database_bears_the_newest_number(path: Path) -> None:
    assert asked(path, "PRAGMA user_version") == [[(STEPS[-1].number,)]]
    assert not schema.is_older(path, KEY)
    assert schema.lift(path, KEY) is None


def test_a_database_is_never_made_over_another(path: Path) -> None:
    before = path.read_bytes()
    assert refused(schema.create, path, KEY) == "database_exists"
    assert path.read_bytes() == before


def test_a_database_that_cannot_be_made_leaves_nothing(tmp_path: Path) -> None:
    assert refused(schema.create, tmp_path / "new.db", KEY, (*STEPS, FAILING)) == "database_failed"
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    assert refused(schema.create, tmp_path / "nowhere" / "new.db", KEY) == "folder_unusable"


# --- lifting -------------------------------------------------------------------------------------------------------


@pytest.fixture
def used(path: Path) -> Path:
    """A database with something in it."""
    told(path, "INSERT INTO draft VALUES ('issue/new', 'issue', '{}', '2026-11-21')")
    return path


def test_an_older_database_is_lifted_on_a_copy_and_kept(used: Path) -> None:
    steps = (*STEPS, NEXT)
    assert schema.is_older(used, KEY, steps)
    kept = schema.lift(used, KEY, steps)
    assert kept == used.with_name(f"station.schema-{KNOWN}.db")
    assert asked(used, "SELECT place FROM draft", "PRAGMA user_version") == [[("issue",)], [(KNOWN + 1,)]]
    assert asked(kept, "SELECT count(*) FROM draft", "PRAGMA user_version") == [[(1,)], [(KNOWN,)]]
    assert not schema.is_older(used, KEY, steps)
    assert {each.name for each in used.parent.iterdir()} == {"station.db", f"station.schema-{KNOWN}.db"}


def test_lifting_gives_what_creating_gives(used: Path, tmp_path: Path) -> None:
    steps = (*STEPS, NEXT)
    schema.lift(used, KEY, steps)
    schema.create(tmp_path / "new.db", KEY, steps)
    assert _statements(used) == _statements(tmp_path / "new.db")


@pytest.mark.parametrize(
    ("step", "code"), [(FAILING, "database_failed"), (ORPHAN, "database_failed"), (UNSOUND, "migration_unsound")]
)
def test_a_failing_step_leaves_the_old_database_untouched(used: Path, step: Step, code: str) -> None:
    before = used.read_bytes()
    assert refused(schema.lift, used, KEY, (*STEPS, step)) == code
    assert used.read_bytes() == before
    assert [each.name for each in used.parent.iterdir()] == ["station.db"]
    assert asked(used, "SELECT count(*) FROM draft", "PRAGMA user_version") == [[(1,)], [(KNOWN,)]]


def test_what_a_killed_lifting_left_does_not_count(used: Path) -> None:
    used.with_name("station.db.lifting").write_bytes(b"half")
    used.with_name("station.db.lifting-wal").write_bytes(b"half")
    assert schema.lift(used, KEY, (*STEPS, NEXT)) is not None
    assert asked(used, "SELECT place FROM draft") == [[("issue",)]]


def test_a_kept_database_is_not_overwritten_by_a_later_lifting(used: Path) -> None:
    used.with_name(f"station.schema-{KNOWN}.db").write_bytes(b"kept by a person")
    kept = schema.lift(used, KEY, (*STEPS, NEXT))
    assert kept is not None
    assert kept.read_bytes() == b"kept by a person"


def test_the_write_ahead_log_is_lifted_too(used: Path) -> None:
    with closing(connector(used, KEY)()) as open_elsewhere:
        open_elsewhere.execute("INSERT INTO draft VALUES ('b', 'visit', '{}', '2026-11-21')")
        schema.lift(used, KEY, (*STEPS, NEXT))
    assert asked(used, "SELECT place FROM draft ORDER BY place") == [[("issue",), ("visit",)]]


# --- what is no database of ours -----------------------------------------------------------------------------------


@pytest.mark.parametrize("act", [schema.lift, schema.is_older])
def test_a_newer_database_is_refused_untouched(used: Path, act: Any) -> None:
    schema.lift(used, KEY, (*STEPS, NEXT))
    before = used.read_bytes()
    with pytest.raises(Refused) as caught:
        act(used, KEY)
    assert (caught.value.code, caught.value.facts) == ("database_newer", {"path": str(used), "found": KNOWN + 1, "known": KNOWN})
    assert used.read_bytes() == before


@pytest.mark.parametrize("act", [schema.lift, schema.is_older])
def test_a_missing_database_is_not_made(tmp_path: Path, act: Any) -> None:
    assert refused(act, tmp_path / "station.db", KEY) == "database_missing"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("act", [schema.lift, schema.is_older])
def test_an_empty_file_is_no_database_of_ours(tmp_path: Path, act: Any) -> None:
    (tmp_path / "station.db").touch()
    assert refused(act, tmp_path / "station.db", KEY) == "not_a_database"

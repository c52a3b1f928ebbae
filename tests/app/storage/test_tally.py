"""What is kept of each block of lines is what a look at every record counts, whatever was done to the records."""

from collections import Counter
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any, Final

import pytest
from sqlalchemy import func, select

from app.domain.issue import Issue
from app.domain.kinds import travelling_kinds
from app.errors import Refused
from app.storage import schema, tally
from app.storage.database import open_database
from app.storage.migrations import STEPS
from app.storage.tables import CurrentRow
from app.storage.transaction import Transaction
from app.use_cases.trash import restore
from app.use_cases.undo import undo_last
from app.workspace import Workspace
from tests.builders import a_contact, a_deputy, an_issue, remove, save

KINDS: Final = frozenset(travelling_kinds(contact=True))
KEY: Final = bytes(range(32))


@pytest.fixture(autouse=True)
def _small_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    """So few lines a block that a short story has whole blocks."""
    monkeypatch.setattr(tally, "BLOCK", 3)


def one_by_one(workspace: Workspace, first: int, last: int) -> Counter[str]:
    """By kind, the records whose newest line lies there: each is looked at."""
    author = workspace.author
    mine = CurrentRow.owner == author.owner, CurrentRow.by == author.by, CurrentRow.seq.between(first, last)
    with workspace.reading() as connection:
        rows = connection.execute(select(CurrentRow.kind, func.count()).where(*mine).group_by(CurrentRow.kind))
        return Counter({kind: many for kind, many in rows if kind in KINDS})


def counted(workspace: Workspace, first: int, last: int) -> Counter[str]:
    with workspace.reading() as connection:
        return tally.counted(connection, workspace.author.owner, workspace.author.by, KINDS, first, last)


def differing(workspace: Workspace) -> list[str]:
    with workspace.reading() as connection:
        return tally.differing(connection)


@pytest.mark.parametrize("seed", range(8))
def test_every_stretch_of_lines_is_counted_right_after_any_history(workspace: Workspace, seed: int) -> None:
    chance = Random(seed)
    records: list[Any] = [an_issue(workspace, str(number)) for number in range(5)]
    records += [a_deputy(workspace), a_contact(workspace, records[0].id)]
    for turn in range(30):
        record = chance.choice(records)
        try:
            match chance.randrange(5):
                case 0:
                    save(workspace, *(replace(each, remarks=str(turn)) if each is not records[-1] else each for each in records))
                case 1:
                    save(workspace, record)
                case 2:
                    remove(workspace, record.id)
                case 3:
                    undo_last(workspace, record.id)
                case _:
                    restore(workspace, record.id)
        except Refused:
            continue
        assert differing(workspace) == []
        newest = 40 + turn * 7
        first = chance.randrange(newest)
        last = chance.randrange(first, newest)
        assert counted(workspace, first, last) == one_by_one(workspace, first, last)
    assert counted(workspace, 0, 10_000) == one_by_one(workspace, 0, 10_000)
    assert counted(workspace, 0, 10_000)["issue"] == len({each.id for each in records[:5]} & _known(workspace))


def test_what_is_refused_is_not_counted(workspace: Workspace) -> None:
    kept = an_issue(workspace)
    save(workspace, kept)
    before = counted(workspace, 0, 100)
    with pytest.raises(Refused), workspace.writing() as books:
        _saved_then_refused(books, an_issue(workspace), replace(kept, place="东街"))
    assert counted(workspace, 0, 100) == before
    assert differing(workspace) == []


def test_a_station_of_before_is_counted_when_it_is_lifted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()  # blocks are as large as stations have stored them
    path = tmp_path / "station.db"
    counted_from = next(step.number for step in STEPS if "tally" in "".join(step.statements))
    earlier = STEPS[: counted_from - 1]
    schema.create(path, KEY, earlier)
    database = open_database(path, KEY)
    with database.writing() as connection:
        for no, seq in enumerate((1, 2, tally.BLOCK - 1, tally.BLOCK, tally.BLOCK * 2 + 1), start=1):
            connection.exec_driver_sql(
                "INSERT INTO current (no, id, kind, owner, rev, heads, gen, seq, title, deleted, disputed, body)"
                f" VALUES ({no}, 'r{no}', 'issue', 'o', 'v{no}', 'v{no}', 1, {seq}, '', 0, '', '{{}}')"
            )
    database.close()
    assert schema.lift(path, KEY) is not None
    database = open_database(path, KEY)
    with database.reading() as connection:
        assert tally.differing(connection) == []
        assert tally.counted(connection, "o", "", ["issue"], 2, tally.BLOCK * 2) == {"issue": 3}
        kept = connection.exec_driver_sql("SELECT block, many FROM tally ORDER BY block").fetchall()
    database.close()
    assert [tuple(row) for row in kept] == [(0, 3), (1, 1), (2, 1)]


def _saved_then_refused(books: Transaction, one: Issue, stale: Issue) -> None:
    books.records.save(one)
    books.records.save(stale, seen=("other",))


def _known(workspace: Workspace) -> set[str]:
    with workspace.reading() as connection:
        return set(connection.scalars(select(CurrentRow.id)))

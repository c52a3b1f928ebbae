"""Search of one to four characters among 1,000,000 lines, beside `LIKE`; makes a station in the folder `LIAISON_BENCH_MILLION`.

Making it takes an hour on a slow machine, so it is kept there for the next run.
"""

import json
import os
import sqlite3
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Final

import pytest
from sqlalchemy import Connection, select

from app.clock import Clock
from app.domain.kinds import KINDS
from app.domain.records import record_from, searched_texts
from app.domain.search import fold
from app.keys.passphrase import Passphrase
from app.keys.ways import PassphraseWay
from app.queries.search import SearchFilter, first_hits, numbers_of
from app.queries.search_results import search_total
from app.storage.tables import CurrentRow
from app.use_cases import demo, setup
from app.workspace import Workspace, opened
from tests.benchmarks.conftest import ISSUES, WORDS
from tests.benchmarks.figures import taken_in_turn, tell

FOLDER: Final = "LIAISON_BENCH_MILLION"
LINES: Final = 1_000_000
VISITS: Final = 900_000
AT_MOST: Final = 0.050  # seconds
TIMES_FASTER: Final = 20
_WORDS: Final = ("灯", "渠", "路灯", "不亮", "示例街", "三轮车", "示例街道", "路灯不亮")
"""Common ones and rare ones, of one to four characters."""
_NEVER: Final = ("示街", "街示例", "例示街道")
"""Characters that stand in a fifth of all lines, though never together: every line must be looked at. Told, and not promised."""


@pytest.fixture(scope="module")
def workspace() -> Iterator[Workspace]:
    """The station of a million lines."""
    if not os.environ.get(FOLDER):
        pytest.skip(f"needs a folder for a station of {LINES:,} lines: set {FOLDER}")
    home, way = Path(os.environ[FOLDER]), PassphraseWay(passphrase=Passphrase(WORDS))
    if not home.exists():
        setup.set_up(home, way, code="430181001-001", name="示例联络站", operator="联络员", clock=Clock())
        with opened(home, way, write=True) as made:
            demo.fill(made, demo.Amounts(visits=VISITS, issues=ISSUES, suggestions=20), 1)
    with opened(home, way, write=True) as workspace:
        yield workspace


def test_search_among_a_million(workspace: Workspace, tmp_path: Path) -> None:
    plain = sqlite3.connect(tmp_path / "plain.db")
    plain.execute("CREATE TABLE said (no INTEGER PRIMARY KEY, text TEXT)")
    with workspace.reading() as connection:
        plain.executemany("INSERT INTO said VALUES (?, ?)", _said(connection))
    plain.commit()
    [lines] = plain.execute("SELECT count(*) FROM said").fetchone()
    tell(f"{lines:,} lines")
    assert lines >= LINES
    missed: list[str] = []
    for words in (*_WORDS, *_NEVER):
        first, counted, like = taken_in_turn(
            (f"first 50 of {words}", partial(first_hits, workspace, words)),
            ("  all of them counted", partial(search_total, workspace, SearchFilter(typed=words))),
            ("  LIKE, stdlib SQLite, not encrypted", partial(_like, plain, words)),
        )
        found = _like(plain, words)
        longer = f"{like.median / first.median:.0f} and {like.median / counted.median:.0f} times as long"
        tell(first.told(), f"{counted.told()}; {len(found):,} found", f"{like.told()}; {longer}")
        with workspace.reading() as connection:
            assert sorted(numbers_of(connection, SearchFilter(typed=words))) == [no for (no,) in found]
        assert bool(found) is (words in _WORDS)
        if found and (first.median >= AT_MOST or like.median < TIMES_FASTER * first.median):
            missed.append(words)
    assert not missed


def _said(connection: Connection) -> Iterator[tuple[int, str]]:
    """What the index was given, folded, a line for each record."""
    rows = connection.execute(select(CurrentRow.no, CurrentRow.kind, CurrentRow.id, CurrentRow.body).where(~CurrentRow.deleted))
    for row in rows.yield_per(1000):
        record = record_from(KINDS[row.kind].record, row.id, json.loads(row.body))
        yield row.no, "\n".join(map(fold, searched_texts(record)))


def _like(plain: sqlite3.Connection, words: str) -> list[tuple[int]]:
    return plain.execute("SELECT no FROM said WHERE text LIKE ?", (f"%{words}%",)).fetchall()

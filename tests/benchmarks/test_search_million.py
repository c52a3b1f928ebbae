"""Search of one to four characters among 1,000,000 lines, beside `LIKE`; makes a station in the folder `LIAISON_BENCH_MILLION`.

Making it takes an hour on a slow machine, so it is kept there for the next run.
"""

import os
import sqlite3
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Final

import pytest
from sqlalchemy import func, select

from app.clock import Clock
from app.domain.search import fold
from app.keys.passphrase import Passphrase
from app.keys.ways import PassphraseWay
from app.queries.search import search
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
_WORDS: Final = ("灯", "路灯", "示例街", "示例街道")


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
        lines = connection.execute(select(func.count()).select_from(CurrentRow)).scalar_one()
        bodies = connection.execute(select(CurrentRow.no, CurrentRow.body).where(~CurrentRow.deleted))
        plain.executemany("INSERT INTO said VALUES (?, ?)", ((no, fold(body)) for no, body in bodies))
    plain.commit()
    tell(f"{lines:,} lines")
    assert lines >= LINES
    for words in _WORDS:
        ours, like = taken_in_turn(
            (f"search of {len(words)}", partial(search, workspace, words)),
            ("  LIKE, stdlib SQLite, not encrypted", partial(_like, plain, words)),
        )
        ratio = like.median / ours.median
        tell(f"{ours.told()}; {search(workspace, words).total} found", f"{like.told()}; {ratio:.0f} times as long")
        assert ours.median < AT_MOST
        assert ratio >= TIMES_FASTER


def _like(plain: sqlite3.Connection, words: str) -> list[tuple[int]]:
    return plain.execute("SELECT count(*) FROM said WHERE text LIKE ?", (f"%{words}%",)).fetchall()

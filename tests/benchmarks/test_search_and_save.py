"""Search of one to four characters, and one issue saved, on the demo station."""

import sqlite3
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

from app.domain.pinyin import cuts
from app.domain.search import fold
from app.queries.search import SearchFilter, first_hits, search
from app.queries.search_results import search_results, search_total
from app.storage.tables import CurrentRow
from app.use_cases.issues import Done, new_sheet, save_issue, take_back
from app.workspace import Workspace
from tests.benchmarks.figures import taken_in_turn, tell

_LETTERS = ("lu", "lud", "ludeng", "ld", "zs", "zhangs", "sljd", "zha")
_NARROWED = {
    "路灯": SearchFilter(typed="路灯"),
    "路灯, visits": SearchFilter(typed="路灯", kind="visit"),
    "路灯, issues assigned": SearchFilter(typed="路灯", kind="issue", state="assigned"),
    "visits": SearchFilter(kind="visit"),
    "示例街道, visits of two months": SearchFilter(typed="示例街道", kind="visit", first=date(2026, 1, 1), last=date(2026, 3, 1)),
    "路灯, at 示例街道": SearchFilter(typed="路灯", place="示例街道"),
}
AT_MOST = 0.020  # seconds, for the first 50
SAVED = 0.010  # seconds
_WORDS = ("灯", "路灯", "示例街", "示例街道")


def test_search_beside_like(workspace: Workspace, tmp_path: Path) -> None:
    plain = sqlite3.connect(tmp_path / "plain.db")
    plain.execute("CREATE TABLE said (text TEXT)")
    with workspace.reading() as connection:
        bodies = connection.execute(CurrentRow.__table__.select()).mappings()
        plain.executemany("INSERT INTO said VALUES (?)", ((fold(row["body"]),) for row in bodies))
    plain.commit()
    for words in _WORDS:
        first, ours, like = taken_in_turn(
            (f"first 50 of {len(words)}", partial(first_hits, workspace, words)),
            ("  with the count of all", partial(search, workspace, words)),
            ("  LIKE, stdlib SQLite, not encrypted", partial(_like, plain, words)),
        )
        found = search(workspace, words)
        tell(first.told(), f"{ours.told()}; {found.total} found", f"{like.told()}; ratio {ours.median / like.median:.3f}")
        assert found.total > 0
        assert first.median < AT_MOST


def test_search_by_pinyin(workspace: Workspace) -> None:
    asked = {typed: partial(search, workspace, typed) for typed in _LETTERS}
    for figure in taken_in_turn(*((f"pinyin {typed}", act) for typed, act in asked.items())):
        typed = figure.name.removeprefix("pinyin ")
        tell(f"{figure.told()}; {search(workspace, typed).total} found")
        assert cuts(typed)


def test_narrowed_pages(workspace: Workspace) -> None:
    asked: dict[str, Callable[[], object]] = {}
    for name, narrowed in _NARROWED.items():
        asked[f"page: {name}"] = partial(search_results, workspace, narrowed)
        asked[f"count: {name}"] = partial(search_total, workspace, narrowed)
    figures = taken_in_turn(*asked.items())
    tell(*(each.told() for each in figures))
    assert len(figures) == 2 * len(_NARROWED)


def _like(plain: sqlite3.Connection, words: str) -> list[tuple[int]]:
    return plain.execute("SELECT count(*) FROM said WHERE text LIKE ?", (f"%{words}%",)).fetchall()


def test_an_issue_is_saved(workspace: Workspace, tmp_path: Path) -> None:
    plain = sqlite3.connect(tmp_path / "plain.db", isolation_level=None)
    plain.execute("PRAGMA journal_mode=WAL")
    plain.execute("PRAGMA synchronous=FULL")
    plain.execute("CREATE TABLE said (id TEXT PRIMARY KEY, text TEXT)")
    saved: list[Done] = []
    blank = new_sheet(workspace)

    def save() -> None:
        issue = replace(
            blank.issue, id=workspace.clock.new_id(), subject="路灯不亮", words="小区门口的路灯不亮，夜里看不清路。" * 8
        )
        saved.append(save_issue(workspace, replace(blank, issue=issue, met=None, contact=None)))

    ours, row = taken_in_turn(
        ("an issue saved as its desk does: record, journal, index", save),
        (
            "  one row, stdlib SQLite, not encrypted",
            lambda: plain.execute("INSERT INTO said VALUES (?, ?)", (str(len(saved)), "x" * 300)),
        ),
        runs=40,
    )
    tell(ours.told(), f"{row.told()}; ratio {ours.median / row.median:.1f}")
    for done in saved:
        take_back(workspace, done)
    assert ours.median < SAVED

"""The log as a table: exactly the lines that the filter leaves, the newest first, for whoever is in charge of people."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from app.clock import CHINA
from app.domain.papers import Sheet
from app.domain.rights import Right
from app.progress import Progress
from app.queries.log import Logged, Sought, log
from app.queries.rights import check_may
from app.use_cases.ledger_table import SavedLedger, check_format, save_table
from app.use_cases.search_export import ListWords
from app.workspace import Workspace

COLUMNS: Final = ("line", "at", "operator", "event", "kind", "title", "seat", "id")
"""The columns of the file, by names for which the caller has words."""

_SHEET: Final = "日志"
_AT_ONCE: Final = 1000


def save_log(workspace: Workspace, sought: Sought, path: Path, words: ListWords, progress: Progress | None = None) -> SavedLedger:
    """Write all lines that are sought as an .xlsx, people masked as in every list; the journal notes it where it can be written.

    Raises `Refused("not_allowed" | "cancelled")`, `Refused("table_format", path)` for another ending, `Unavailable("disk_…")`.
    """
    check_may(workspace, Right.PEOPLE)
    check_format(path)
    steps = progress or Progress()
    rows = [_told(each, words) for each in _all(workspace, sought, steps)]
    return save_table(workspace, path, "log", [Sheet(_SHEET, [words.column(each) for each in COLUMNS], rows)], len(rows))


def _all(workspace: Workspace, sought: Sought, progress: Progress) -> Iterator[Logged]:
    """Every line sought, those that were there when it began."""
    progress.begin("", log(workspace, sought, limit=1).total)
    for offset in range(0, progress.total, _AT_ONCE):
        found = log(workspace, sought, offset=offset, limit=_AT_ONCE)
        progress.advance(len(found.rows))
        yield from found.rows


def _told(line: Logged, words: ListWords) -> tuple[str | int, ...]:
    at = f"{line.at.astimezone(CHINA):%Y-%m-%d %H:%M:%S}" if line.at else ""
    kind = words.kind(line.kind) if line.kind else ""
    return (line.line, at, line.operator, words.code(line.event), kind, line.title, line.seat, line.record)

"""The list of a search as a file: exactly what the filter leaves, in the order in which it is shown."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from app.domain.rights import Right
from app.domain.values import Json
from app.errors import Refused
from app.files import write_whole
from app.progress import Progress
from app.queries.rights import check_may
from app.queries.search import SearchFilter
from app.queries.search_results import ResultRow, all_results, search_total
from app.workspace import Workspace

FORMATS: Final = (".xlsx", ".csv")
COLUMNS: Final = ("kind", "number", "title", "day", "state", "category", "place", "deputies", "passage", "id")
"""The columns of the file, by names for which the caller has words."""

_SHEET: Final = "查询结果"


@dataclass(frozen=True, slots=True)
class ListWords:
    """The words of the caller's language: for a column, a kind, a code."""

    column: Callable[[str], str]
    kind: Callable[[str], str]
    code: Callable[[str], str]


@dataclass(frozen=True, slots=True)
class ExportedList:
    """The file and how many records are in it; `noted` says whether the journal tells of it."""

    path: Path
    records: int
    noted: bool


def export_results(
    workspace: Workspace,
    asked: SearchFilter,
    path: Path,
    words: ListWords,
    progress: Progress | None = None,
) -> ExportedList:
    """Write every record that the filter leaves to an .xlsx or .csv file; residents stay masked, and the journal notes it.

    A workspace that is open for reading exports as well, without the note.
    Raises `Refused("export_format", path)` for another ending, `Refused("not_allowed" | "cancelled")`, `Unavailable("disk_…")`.
    """
    check_may(workspace, Right.EXPORT)
    ending = path.suffix.lower()
    if ending not in FORMATS:
        raise Refused("export_format", path=str(path))
    from app.ledgers.written import Table, delimited_of, workbook_of  # loads openpyxl, which no start needs

    steps = progress or Progress()
    steps.begin("", search_total(workspace, asked))
    rows = [_line(row, words) for row in _stepped(all_results(workspace, asked), steps)]
    header = [words.column(each) for each in COLUMNS]
    content = workbook_of(Table(_SHEET, header, rows)) if ending == ".xlsx" else delimited_of(header, rows)
    if not workspace.writable:
        write_whole(path, content)
        return ExportedList(path, len(rows), noted=False)
    facts: dict[str, Json] = {"records": len(rows), "kind": asked.kind, "format": ending[1:]}
    with workspace.writing() as books:
        books.note("list_export", facts)
        write_whole(path, content)
    return ExportedList(path, len(rows), noted=True)


def _stepped(rows: Iterator[ResultRow], progress: Progress) -> Iterator[ResultRow]:
    for row in rows:
        progress.advance()
        yield row


def _line(row: ResultRow, words: ListWords) -> tuple[str, ...]:
    return (
        words.kind(row.kind),
        row.number,
        row.title.text,
        row.on.isoformat() if row.on else "",
        words.code(row.state),
        row.category,
        row.place,
        "、".join(row.deputies),
        row.passage.text,
        row.id,
    )

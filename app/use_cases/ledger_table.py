"""A ledger of suggestions as a workbook: a sheet of its rows, every column its own, and a sheet of what lies with each unit."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Final

from app.domain.papers import PaperName, Span
from app.domain.suggestion_papers import (
    COMMITMENT_COLUMNS,
    COMMITMENT_COUNTS,
    SUGGESTION_COLUMNS,
    SUGGESTION_COUNTS,
    CommitmentLedger,
    SuggestionLedger,
    UnitCount,
)
from app.domain.values import Json
from app.errors import Refused
from app.files import write_whole
from app.queries.commitment_ledger import commitment_ledger
from app.queries.suggestion_ledger import suggestion_ledger
from app.workspace import Workspace

FORMAT: Final = ".xlsx"
_UNITS: Final = "各单位未结情况"
_TOTAL: Final = "合计"


@dataclass(frozen=True, slots=True)
class SavedLedger:
    """The file, how many records are in it, and whether the journal tells of it."""

    path: Path
    records: int
    noted: bool


def save_ledger(workspace: Workspace, name: PaperName, span: Span, path: Path) -> SavedLedger:
    """Write a ledger that `AS_TABLE` names, with what its paper tells and no more; the journal notes it where it can be written.

    Raises `Refused("table_format", path)` for another ending, `Refused("paper_is_no_table", paper)`, `Unavailable("disk_…")`.
    """
    if path.suffix.lower() != FORMAT:
        raise Refused("table_format", path=str(path))
    from app.ledgers.written import Table, workbook_of  # loads openpyxl, which no start needs

    ledger = _ledger(workspace, name, span)
    columns, counts = _HEADS[name]
    rows = [tuple(getattr(line, each.name) for each in fields(line)) for line in ledger.lines]
    units = Table(_UNITS, ("单位", *counts), _units(ledger.units))
    content = workbook_of(Table(name.label, columns, rows), units)
    if not workspace.writable:
        write_whole(path, content)
        return SavedLedger(path, len(rows), noted=False)
    facts: dict[str, Json] = {"kind": name.value, "format": FORMAT[1:], "records": len(rows)}
    with workspace.writing() as books:
        books.note("list_export", facts)
        write_whole(path, content)
    return SavedLedger(path, len(rows), noted=True)


_HEADS: Final = {
    PaperName.SUGGESTION_LEDGER: (SUGGESTION_COLUMNS, SUGGESTION_COUNTS),
    PaperName.COMMITMENT_LEDGER: (COMMITMENT_COLUMNS, COMMITMENT_COUNTS),
}


def _ledger(workspace: Workspace, name: PaperName, span: Span) -> SuggestionLedger | CommitmentLedger:
    match name:
        case PaperName.SUGGESTION_LEDGER:
            return suggestion_ledger(workspace, span)
        case PaperName.COMMITMENT_LEDGER:
            return commitment_ledger(workspace, span)
        case _:
            raise Refused("paper_is_no_table", paper=name)


def _units(units: Sequence[UnitCount]) -> Sequence[Sequence[str | int]]:
    """A row for each unit, then all of them together."""
    sums = [sum(column) for column in zip(*(each.numbers for each in units), strict=True)]
    rows: list[Sequence[str | int]] = [(each.unit, *each.numbers) for each in units]
    return [*rows, (_TOTAL, *sums)] if units else []

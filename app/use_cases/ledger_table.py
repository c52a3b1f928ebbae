"""A ledger as a workbook: a sheet of its rows, every column its own, and of suggestions a sheet of what lies with each unit."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Final

from app.domain.award_papers import AWARD_COLUMNS, AwardLedger
from app.domain.papers import PaperName, Span
from app.domain.rights import Right
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
from app.queries.award_ledger import award_ledger
from app.queries.commitment_ledger import commitment_ledger
from app.queries.rights import check_may
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


Sheet = tuple[str, Sequence[str], Sequence[Sequence[str | int]]]
"""A sheet of a workbook: its name, the headings of its columns, its rows."""


def save_ledger(workspace: Workspace, name: PaperName, span: Span, path: Path) -> SavedLedger:
    """Write a ledger marked `Trait.TABLE`, with what its paper tells and no more; the journal notes it where it can be written.

    Raises `Refused("table_format", path)` for another ending, `Refused("paper_is_no_table", paper)`, `Unavailable("disk_…")`.
    """
    check_format(path)
    ledger = _ledger(workspace, name, span)
    columns, counts = _HEADS[name]
    rows = [tuple(getattr(line, each.name) for each in fields(line)) for line in ledger.lines]
    sheets: list[Sheet] = [(name.label, columns, rows)]
    if not isinstance(ledger, AwardLedger):
        sheets.append((_UNITS, ("单位", *counts), _units(ledger.units)))
    return save_table(workspace, path, name.value, sheets, len(rows))


def check_format(path: Path) -> None:
    """Raises `Refused("table_format", path)` for the ending of another kind of file."""
    if path.suffix.lower() != FORMAT:
        raise Refused("table_format", path=str(path))


def save_table(workspace: Workspace, path: Path, kind: str, sheets: Sequence[Sheet], records: int) -> SavedLedger:
    """Write sheets as one workbook; the journal notes which `kind` and of how many records, where it can be written.

    Raises `Refused("not_allowed" | "table_format", path)`, `Unavailable("disk_…")`.
    """
    check_may(workspace, Right.WORK)
    check_format(path)
    from app.ledgers.written import Table, workbook_of  # loads openpyxl, which no start needs

    content = workbook_of(*(Table(*sheet) for sheet in sheets))
    if not workspace.writable:
        write_whole(path, content)
        return SavedLedger(path, records, noted=False)
    facts: dict[str, Json] = {"kind": kind, "format": FORMAT[1:], "records": records}
    with workspace.writing() as books:
        books.note("list_export", facts)
        write_whole(path, content)
    return SavedLedger(path, records, noted=True)


_HEADS: Final[Mapping[PaperName, tuple[Sequence[str], Sequence[str]]]] = {
    PaperName.SUGGESTION_LEDGER: (SUGGESTION_COLUMNS, SUGGESTION_COUNTS),
    PaperName.COMMITMENT_LEDGER: (COMMITMENT_COLUMNS, COMMITMENT_COUNTS),
    PaperName.AWARD_LEDGER: (AWARD_COLUMNS, ()),
}


def _ledger(workspace: Workspace, name: PaperName, span: Span) -> SuggestionLedger | CommitmentLedger | AwardLedger:
    match name:
        case PaperName.SUGGESTION_LEDGER:
            return suggestion_ledger(workspace, span)
        case PaperName.COMMITMENT_LEDGER:
            return commitment_ledger(workspace, span)
        case PaperName.AWARD_LEDGER:
            return award_ledger(workspace, span)
        case _:
            raise Refused("paper_is_no_table", paper=name)


def _units(units: Sequence[UnitCount]) -> Sequence[Sequence[str | int]]:
    """A row for each unit, then all of them together."""
    sums = [sum(column) for column in zip(*(each.numbers for each in units), strict=True)]
    rows: list[Sequence[str | int]] = [(each.unit, *each.numbers) for each in units]
    return [*rows, (_TOTAL, *sums)] if units else []

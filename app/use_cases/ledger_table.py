"""A ledger as a workbook: a sheet of its rows, every column its own, then the further sheets it has."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from app.domain.papers import Listed, PaperName, Sheet, Span, Trait
from app.domain.privacy import Privacy
from app.domain.rights import Right
from app.domain.values import Json
from app.errors import Refused
from app.files import write_whole
from app.queries.rights import check_may
from app.use_cases.papers import Asked, check_privacy, shown_on
from app.workspace import Workspace

FORMAT: Final = ".xlsx"


@dataclass(frozen=True, slots=True)
class SavedLedger:
    """The file, how many records are in it, and whether the journal tells of it."""

    path: Path
    records: int
    noted: bool


def save_ledger(workspace: Workspace, name: PaperName, span: Span, path: Path, privacy: Privacy = Privacy.USUAL) -> SavedLedger:
    """Write a ledger marked `Trait.TABLE`, with what its paper tells and no more; the journal notes it where it can be written.

    Raises `Refused("table_format", path)` for another ending, `Refused("paper_is_no_table", paper)`, `Unavailable("disk_…")`.
    """
    check_format(path)
    check_privacy(workspace, privacy)
    ledger = shown_on(workspace, Asked(name=name, span=span, privacy=privacy)) if Trait.TABLE in name.traits else None
    if not isinstance(ledger, Listed):
        raise Refused("paper_is_no_table", paper=name)
    lines = Sheet(name.label, ledger.columns, [*ledger.rows()])
    return save_table(workspace, path, name.value, [lines, *ledger.further], ledger.records, privacy)


def check_format(path: Path) -> None:
    """Raises `Refused("table_format", path)` for the ending of another kind of file."""
    if path.suffix.lower() != FORMAT:
        raise Refused("table_format", path=str(path))


def save_table(
    workspace: Workspace, path: Path, kind: str, sheets: Sequence[Sheet], records: int, privacy: Privacy = Privacy.USUAL
) -> SavedLedger:
    """Write sheets as one workbook; the journal notes which `kind` and of how many records, where it can be written.

    Raises `Refused("not_allowed" | "table_format", path)`, `Unavailable("disk_…")`.
    """
    check_may(workspace, Right.WORK)
    check_format(path)
    from app.ledgers.written import Table, workbook_of  # loads openpyxl, which no start needs

    content = workbook_of(*(Table(each.name, each.columns, each.rows) for each in sheets))
    if not workspace.writable:
        write_whole(path, content)
        return SavedLedger(path, records, noted=False)
    facts: dict[str, Json] = {"kind": kind, "format": FORMAT[1:], "records": records}
    if privacy is not Privacy.USUAL:
        facts["privacy"] = privacy.value
    with workspace.writing() as books:
        if privacy is Privacy.FULL:
            books.note("contact_shown", {"paper": kind})
        books.note("list_export", facts)
        write_whole(path, content)
    return SavedLedger(path, records, noted=True)

"""What the taking in of a ledger says in words: its kinds, what its columns become, what came of it."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from app.i18n import CHINESE, N_, _, ngettext, spoken
from app.use_cases.imports import LEFT_OUT, REMARK
from app.use_cases.ledgers.kinds import LEDGERS
from app.use_cases.unsaved_imports import typed_cells

KINDS: Final[Mapping[str, str]] = {
    "issues": N_("Residents' issues"),
    "visits": N_("Log of receptions and outreach"),
    "people": N_("Roster of deputies"),
    "units": N_("Handling units"),
    "results": N_("Results of work orders (12345)"),
    "scans": N_("Deputies who scanned in"),
    "suggestions": N_("Texts of suggestions"),
}
"""What a ledger may be, as a person calls it."""

_NEEDED: Final[Mapping[str, str]] = {
    "issues": N_("Say which column tells what was raised."),
    "visits": N_("Say which column tells the day."),
    "people": N_("Say which column tells the name."),
    "units": N_("Say which column tells the name of the unit."),
    "results": N_("Say which column tells the number of the work order."),
    "scans": N_("Say which column tells the day."),
    "suggestions": N_("Say which column tells the title."),
}
_KEPT: Final = {REMARK: N_("Remarks, under its name"), LEFT_OUT: N_("Not taken in")}


def column_choices(kind: str) -> Mapping[str, str]:
    """What a column may become, in words."""
    fields = LEDGERS[kind].fields
    known = {str(name): label if spoken() == CHINESE else str(name).replace("_", " ") for name, label in fields.items()}
    return known | {name: _(words) for name, words in _KEPT.items()}


def needed_told(kind: str) -> str:
    """What is asked for where no column tells what every row must."""
    return _(_NEEDED[kind])


def taken_told(kind: str, count: int) -> str:
    """How many rows of a kind were taken in."""
    match kind:
        case "visits":
            return ngettext("{count} line of the log taken in.", "{count} lines of the log taken in.", count).format(count=count)
        case "people":
            return ngettext("{count} deputy taken in.", "{count} deputies taken in.", count).format(count=count)
        case "units":
            return ngettext("{count} unit taken in.", "{count} units taken in.", count).format(count=count)
        case "results":
            return ngettext("{count} result taken in.", "{count} results taken in.", count).format(count=count)
        case "scans":
            return ngettext("{count} scan taken in.", "{count} scans taken in.", count).format(count=count)
        case "suggestions":
            return ngettext("{count} suggestion taken in.", "{count} suggestions taken in.", count).format(count=count)
        case _issues:
            return ngettext("{count} issue taken in.", "{count} issues taken in.", count).format(count=count)


def import_lines(kept: Mapping[str, Any]) -> Sequence[str]:
    """What the draft of an import holds: the file, the kind of ledger, and every cell that was typed anew."""
    cells = typed_cells(kept)
    words = ngettext("{count} cell mended", "{count} cells mended", len(cells)).format(count=len(cells))
    lines = [_("Row {row}, column {column}: {text}").format(row=row, column=column, text=text) for row, column, text in cells]
    kind = str(kept.get("ledger", ""))
    return [str(kept.get("path", "")), _(KINDS[kind]) if kind in KINDS else kind, *([words, *lines] if cells else ())]


def made_told(numbers: Mapping[str, int]) -> str:
    """How many records of which kinds an import made."""
    return " · ".join(_counted(kind, count) for kind, count in numbers.items())


def _counted(kind: str, count: int) -> str:
    match kind:
        case "visit":
            return ngettext("{count} visit made", "{count} visits made", count).format(count=count)
        case "deputy":
            return ngettext("{count} deputy made", "{count} deputies made", count).format(count=count)
        case "unit":
            return ngettext("{count} unit made", "{count} units made", count).format(count=count)
        case "result":
            return ngettext("{count} result added", "{count} results added", count).format(count=count)
        case "attendance":
            return ngettext("{count} presence made", "{count} presences made", count).format(count=count)
        case "suggestion":
            return ngettext("{count} suggestion made", "{count} suggestions made", count).format(count=count)
        case _issue:
            return ngettext("{count} issue made", "{count} issues made", count).format(count=count)

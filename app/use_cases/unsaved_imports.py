"""An import that was begun and not done: which file, how it is read, what was typed instead of its cells; kept as a draft."""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from app.domain.values import Json
from app.ledgers.header import column_letter
from app.use_cases.drafts import IMPORT_DRAFT, drafts
from app.use_cases.imports import SheetChoice
from app.use_cases.ledgers.kinds import LEDGERS
from app.workspace import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class UnsavedImport:
    """A file, and how a person wants it read so far; `same` says whether the file is as it was when that was chosen.

    What was typed stands for cells by their place, so it holds for the same file alone.
    """

    path: Path
    choice: SheetChoice
    same: bool


def import_key(path: Path) -> str:
    """The key of the draft of a file's import."""
    return f"{IMPORT_DRAFT}:{sha256(str(path.absolute()).encode('utf-8', 'surrogatepass')).hexdigest()[:32]}"


def import_told(path: Path, choice: SheetChoice) -> dict[str, Json]:
    """What a person has chosen and typed so far, as a draft keeps it."""
    return {
        "name": path.name,
        "path": str(path.absolute()),
        "state": _state(path),
        "ledger": choice.kind,
        "sheet": choice.sheet,
        "header_row": choice.header_row,
        "year": choice.year,
        "columns": {str(column): name for column, name in (choice.columns or {}).items()},
        "repairs": [[row, column, text] for (row, column), text in choice.repairs.items()],
    }


def unsaved_import(workspace: Workspace, key: str) -> UnsavedImport | None:
    """The import that a key names; None where none is kept, and for what cannot be read."""
    kept: Any = next((each.body for each in drafts(workspace) if each.key == key), None)
    try:
        return _import_kept(kept) if kept else None
    except (AttributeError, KeyError, TypeError, ValueError):
        return None  # a newer program kept it


def typed_cells(kept: Mapping[str, Any]) -> list[tuple[int, str, str]]:
    """The cells that were typed anew, by row and the letter of their column; none of a draft that cannot be read."""
    try:
        return [(int(row), column_letter(int(column)), str(text)) for row, column, text in kept["repairs"]]
    except (KeyError, TypeError, ValueError):
        return []  # a newer program kept it


def _import_kept(kept: Mapping[str, Any]) -> UnsavedImport:
    path = Path(kept["path"])
    choice = SheetChoice(
        kind=LEDGERS[kept["ledger"]].name,
        sheet=str(kept["sheet"]),
        header_row=int(kept["header_row"]),
        year=int(kept["year"]),
        columns={int(column): str(name) for column, name in kept["columns"].items()},
        repairs={(int(row), int(column)): str(text) for row, column, text in kept["repairs"]},
    )
    return UnsavedImport(path=path, choice=choice, same=kept["state"] == _state(path))


def _state(path: Path) -> str:
    """What changes when a file is written anew; empty where it cannot be looked at."""
    try:
        told = path.stat()
    except OSError:
        return ""
    return f"{told.st_size}/{told.st_mtime_ns}"

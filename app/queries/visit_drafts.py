"""Receptions and outreach rounds that were typed and not saved, as a person is offered them again."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from app.domain.values import Json
from app.domain.visit_sheet import VisitSheet, sheet_from
from app.errors import Refused
from app.storage import drafts
from app.workspace import Workspace

KINDS: Final = frozenset({"reception", "outreach", "other"})
"""Under which the drafts of sheets are kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnsavedVisit:
    """A draft of a sheet; `sheet` is missing where this program cannot read it."""

    key: str
    kind: str
    body: Mapping[str, Json]
    kept: datetime
    sheet: VisitSheet | None


def unsaved_visits(workspace: Workspace) -> tuple[UnsavedVisit, ...]:
    """Every such draft, the newest first."""
    with workspace.reading() as connection:
        kept = [each for each in drafts.kept(connection, workspace.author.op) if each.kind in KINDS]
    return tuple(
        UnsavedVisit(key=each.key, kind=each.kind, body=each.body, kept=each.kept, sheet=_sheet(each.body)) for each in kept
    )


def _sheet(body: Mapping[str, Json]) -> VisitSheet | None:
    """The sheet; of a round that makes several the first, with the lines of all."""
    several = body.get("sheets")
    every = several if isinstance(several, list) and several else [body.get("sheet")]
    try:
        sheets = [sheet_from(each) for each in every if isinstance(each, Mapping)]
    except Refused:
        return None
    return replace(sheets[0], lines=tuple(line for each in sheets for line in each.lines)) if sheets else None

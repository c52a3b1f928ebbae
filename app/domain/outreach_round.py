"""A round of outreach while it is typed: lines in a grid, and the visits they make. Every change gives another round."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from app.domain.drafted import refused_as
from app.domain.outreach_line import Column, GridLine, Names
from app.domain.values import Id, Json
from app.domain.visit import Visit
from app.domain.visit_sheet import Line, VisitSheet, line_from, line_told, sheet_from, sheet_told


@dataclass(frozen=True, slots=True, kw_only=True)
class Register:
    """What a round needs to know to be read: the deputies by what they are called, their names, and what day it is."""

    names: Names
    told: Mapping[Id, str]
    today: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """Lines from above to below, the last one always empty, and the visits they belong to, without their lines.

    `stored` are the visits that stand in the store: they stay, whatever becomes of their lines.
    """

    lines: tuple[GridLine, ...]
    visits: Mapping[Id, VisitSheet]
    stored: frozenset[Id] = frozenset()

    def visit_of(self, at: int) -> Visit:
        """The visit of a line."""
        return self.visits[self.lines[at].visit].visit

    def with_visit(self, visit: Visit) -> "Round":
        """The round with another version of one of its visits."""
        return replace(self, visits={**self.visits, visit.id: replace(self.visits[visit.id], visit=visit)})


@dataclass(frozen=True, slots=True)
class PastedLine:
    """A row of a table: the cells it fills, and, where it knows more than cells show, the line that holds the rest."""

    cells: Mapping[Column, str]
    line: Line | None = None


# --- a round as plain JSON, for its draft ----------------------------------------------------------------------------


def round_told(round: Round) -> dict[str, Json]:
    """The round as plain JSON."""
    return {
        "visits": [sheet_told(each) for each in round.visits.values()],
        "lines": [
            {
                "line": line_told(each.line),
                "visit": each.visit,
                "made": each.made,
                "texts": list(each.texts),
                "own": sorted(int(column) for column in each.own),
            }
            for each in round.lines
        ],
        "stored": sorted(round.stored),
    }


def round_from(told: Mapping[str, Any]) -> Round:
    """The round that `round_told` told of; raises `Refused("field_malformed")` for anything else."""
    with refused_as("visit"):
        visits = {each.visit.id: each for each in map(sheet_from, told["visits"])}
        lines = tuple(_line_from(each, visits) for each in told["lines"])
        return Round(lines=lines, visits=visits, stored=frozenset(map(str, told["stored"])))


def _line_from(told: Mapping[str, Any], visits: Mapping[Id, VisitSheet]) -> GridLine:
    texts = tuple(map(str, told["texts"]))
    if len(texts) != len(Column) or told["visit"] not in visits:
        raise ValueError("no line of a round")
    own = frozenset(Column(each) for each in told["own"])
    return GridLine(line_from(told["line"]), told["visit"], told["made"], texts, own)


def people_by_deputy(sheets: Sequence[VisitSheet], counts: Callable[[Visit], bool]) -> dict[Id, int]:
    """How many people each deputy met at the visits that count."""
    met: dict[Id, int] = {}
    for sheet in sheets:
        if counts(sheet.visit):
            for deputy in sheet.visit.deputies:
                met[deputy] = met.get(deputy, 0) + sheet.people()
    return met

"""Points of deputies: what is proposed, what was entered and approved, and what that comes to, reckoned anew each time."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final

from sqlalchemy import Connection, select

from app.domain.cosignature import Cosignature
from app.domain.papers import ALWAYS, Span
from app.domain.people import Deputy
from app.domain.points import PointsEntry, PointsState
from app.domain.rights import rights_of
from app.domain.score_basis import Basis, Done, bases_of_suggestion, bases_of_visit, is_open_again, proposed
from app.domain.score_scheme import OwnScheme, Score, ScoreScheme
from app.domain.suggestion import Suggestion
from app.domain.values import Id, wording
from app.queries.relations import found, ids_of, member, standing, with_heads, within
from app.storage.guard import operators_in
from app.storage.tables import CurrentRow
from app.workspace import Workspace

UNKNOWN: Final = "未列入名册"
"""Stands for a deputy whom the register does not have."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PointsRow:
    """One entry as a list shows it: what it brings (nothing until it was approved twice), and whether its record has changed.

    What was rejected stays so, whatever becomes of its record.
    """

    entry: PointsEntry
    heads: tuple[Id, ...]
    deputy: str
    item: str
    brings: Decimal
    open_again: bool

    @property
    def counted(self) -> bool:
        """Whether it was approved twice, and what it rests on stands as it stood."""
        return self.entry.state == PointsState.APPROVED and not self.open_again


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """An entry that a record asks for and that nobody has entered yet."""

    entry: PointsEntry
    deputy: str
    item: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DeputyScore:
    """What a deputy has come to by one scheme: of each item its points, of the whole its grade; how much waits to be settled."""

    deputy: Id
    name: str
    level: str
    scheme: ScoreScheme
    items: Mapping[str, Decimal]
    total: Decimal
    grade: str
    approved: int
    waiting: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PointsBoard:
    """The points of a period: every deputy by every scheme that holds in it, entries by deputy and day, and what is proposed."""

    schemes: tuple[ScoreScheme, ...]
    scores: tuple[DeputyScore, ...]
    rows: tuple[PointsRow, ...]
    proposals: tuple[Proposal, ...]

    def of(self, deputy: Id) -> tuple[PointsRow, ...]:
        """Why a deputy has these points, entry by entry."""
        return tuple(each for each in self.rows if each.entry.deputy == deputy)

    def waiting(self, state: PointsState) -> tuple[PointsRow, ...]:
        """The entries in a state whose records stand as they stood."""
        return tuple(each for each in self.rows if each.entry.state == state and not each.open_again)


def points_board(workspace: Workspace, span: Span) -> PointsBoard:
    """The points of a period, of every deputy the operator may see."""
    with workspace.reading() as connection:
        return board_in(connection, workspace, span)


def own_schemes(workspace: Workspace) -> tuple[OwnScheme, ...]:
    """The schemes the station went and goes by, the newest first."""
    with workspace.reading() as connection:
        return schemes_kept(connection)


def schemes_kept(connection: Connection) -> tuple[OwnScheme, ...]:
    """The schemes that are kept, the newest first."""
    return tuple(sorted(found(connection, OwnScheme), key=lambda each: (each.starts_on or date.min, each.id), reverse=True))


def board_in(connection: Connection, workspace: Workspace, span: Span) -> PointsBoard:
    """The same for whoever is reading or writing already."""
    confined = rights_of(workspace.author.op, operators_in(connection)).deputy
    schemes = {each.id: scheme for each in schemes_kept(connection) if (scheme := each.scheme()) and scheme.span.meets(span)}
    deputies = {each.id: each for each in found(connection, Deputy) if not confined or each.id == confined}
    bases = _bases(connection, workspace, span)
    entries = [each for each in _entries(connection, span) if not confined or each[0].deputy == confined]
    scores, rows = _scored(entries, schemes, deputies, bases)
    known = {(each.of, each.deputy, each.scheme) for each, _heads in entries if each.of}
    offered = tuple(
        Proposal(entry=entry, deputy=deputies[entry.deputy].name, item=_item_told(schemes[entry.scheme], entry))
        for entry in _proposed(bases.values(), schemes.values())
        if entry.deputy in deputies and (entry.of, entry.deputy, entry.scheme) not in known
    )
    return PointsBoard(schemes=tuple(schemes.values()), scores=scores, rows=rows, proposals=offered)


def bases_of(connection: Connection, workspace: Workspace, entries: Iterable[PointsEntry]) -> Mapping[tuple[Id, Id], Basis]:
    """What the records that entries rest on say now, by record and deputy; one that counts as nothing any more is not there."""
    of = tuple({each.of for each in entries if each.of})
    return _bases(connection, workspace, ALWAYS, of) if of else {}


# --- reckoning --------------------------------------------------------------------------------------------------------------

_Entries = Sequence[tuple[PointsEntry, tuple[Id, ...]]]
_Bases = Mapping[tuple[Id, Id], Basis]


def _scored(
    entries: _Entries, schemes: Mapping[Id, ScoreScheme], deputies: Mapping[Id, Deputy], bases: _Bases
) -> tuple[tuple[DeputyScore, ...], tuple[PointsRow, ...]]:
    """Every deputy by every scheme, and every entry with what it brings; an entry of no scheme brings nothing and is shown."""
    scores: dict[tuple[Id, Id], Score] = {
        (deputy.id, scheme.name): Score(scheme, str(deputy.level)) for scheme in schemes.values() for deputy in deputies.values()
    }
    approved: defaultdict[tuple[Id, Id], int] = defaultdict(int)
    waiting: defaultdict[tuple[Id, Id], int] = defaultdict(int)
    rows = []
    for entry, heads in entries:
        key, scheme = (entry.deputy, entry.scheme), schemes.get(entry.scheme)
        moved = is_open_again(entry.of, entry.basis, bases.get((entry.of, entry.deputy)))
        again = moved and entry.state != PointsState.REJECTED
        if scheme and key not in scores:
            scores[key] = Score(scheme)
        counted = entry.state == PointsState.APPROVED and not again
        brings = scores[key].add(entry) if counted and scheme else Decimal(0)
        approved[key] += counted
        waiting[key] += not counted and entry.state != PointsState.REJECTED
        name = deputies[entry.deputy].name if entry.deputy in deputies else UNKNOWN
        item = _item_told(scheme, entry) if scheme else entry.item
        rows.append(PointsRow(entry=entry, heads=heads, deputy=name, item=item, brings=brings, open_again=again))
    told = [
        DeputyScore(
            deputy=deputy,
            name=deputies[deputy].name if deputy in deputies else UNKNOWN,
            level=wording(deputies[deputy].level) if deputy in deputies else "",
            scheme=score.scheme,
            items={each.code: score.of(each.code) for each in (*score.scheme.items, *score.scheme.deductions)},
            total=score.total,
            grade=score.grade,
            approved=approved[deputy, scheme],
            waiting=waiting[deputy, scheme],
        )
        for (deputy, scheme), score in scores.items()
    ]
    order = {each.name: place for place, each in enumerate(schemes.values())}
    told.sort(key=lambda each: (order[each.scheme.name], -each.total, each.name, each.deputy))
    return tuple(told), tuple(rows)


def _item_told(scheme: ScoreScheme, entry: PointsEntry) -> str:
    item = scheme.item(entry.item)
    return item.told(entry.sub_item) if item else entry.item


def _proposed(bases: Iterable[Basis], schemes: Iterable[ScoreScheme]) -> Iterator[PointsEntry]:
    """What each scheme makes of what was done, by day; the entries have no identifier yet."""
    every = tuple(schemes)
    for basis in sorted(bases, key=lambda each: (each.on or date.min, each.of, each.deputy)):
        for scheme in every:
            if entry := proposed(basis, scheme, ""):
                yield entry


# --- reading ----------------------------------------------------------------------------------------------------------------


def _entries(connection: Connection, span: Span) -> list[tuple[PointsEntry, tuple[Id, ...]]]:
    """The entries of a period in the order of their days; those without a day only where no day is asked for."""
    stored = with_heads(connection, PointsEntry, within(span.first, span.last))
    return [(each.record, each.heads) for each in sorted(stored, key=lambda each: each.record.on or date.min)]


def _bases(connection: Connection, workspace: Workspace, span: Span, only: Sequence[Id] = ()) -> dict[tuple[Id, Id], Basis]:
    """What every deputy did in a period, by record and deputy; of these records alone where they are named."""
    told = (*_of_visits(connection, workspace, span, only), *_of_suggestions(connection, span, only))
    return {(each.of, each.deputy): each for each in told}


def _of_visits(connection: Connection, workspace: Workspace, span: Span, only: Sequence[Id]) -> Iterator[Basis]:
    today = workspace.clock.today().date().isoformat()
    asked = [within(span.first, span.last), CurrentRow.day <= today, *([CurrentRow.id.in_(only)] if only else ())]
    there: defaultdict[Id, dict[Id, str]] = defaultdict(dict)
    signed = select(CurrentRow.body).where(standing("attendance"), member("visit").in_(ids_of("visit", *asked)))
    for body in connection.scalars(signed):
        line: dict[str, Any] = json.loads(body)
        if line.get("deputy"):
            there[line.get("visit", "")][line["deputy"]] = line.get("presence", "")
    visits = select(CurrentRow.id, CurrentRow.day, CurrentRow.title, CurrentRow.body).where(standing("visit"), *asked)
    for row in connection.execute(visits):
        body = json.loads(row.body)
        done = Done(of=row.id, on=date.fromisoformat(row.day), account=row.title)
        kind, form = body.get("visit_kind", ""), body.get("report_form", "")
        yield from bases_of_visit(done, body.get("deputies", ()), there.get(row.id, {}), kind, form)


def _of_suggestions(connection: Connection, span: Span, only: Sequence[Id]) -> Iterator[Basis]:
    asked = [member("submitted_on").is_not(None), *([CurrentRow.id.in_(only)] if only else ())]
    signed: defaultdict[Id, list[Cosignature]] = defaultdict(list)
    for each in found(connection, Cosignature, *([member("suggestion").in_(only)] if only else ())):
        signed[each.suggestion].append(each)
    for suggestion in found(connection, Suggestion, *asked):
        if span.holds(suggestion.submitted_on) or not (span.first or span.last):
            yield from bases_of_suggestion(suggestion, signed[suggestion.id])

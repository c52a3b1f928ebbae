"""What can be drawn for a random review, and what was drawn before with how far each sheet has come."""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import select

from app.domain.handling import Supervision, SupervisionWay
from app.domain.life import SuggestionState
from app.domain.random_review import ReviewPart, parts_done
from app.domain.suggestion import TEXT_OPEN
from app.domain.values import Code, Id
from app.queries.relations import ids_of, member, standing, titles, with_heads
from app.queries.rights import own_only
from app.storage.tables import CurrentRow, JournalRow
from app.workspace import Workspace

_S: Final = SuggestionState
_NOTHING_TO_REPORT: Final = (
    *(_S.SUBMITTED, _S.FIRST_REVIEW, _S.SECOND_REVIEW, _S.RETURNED, _S.ACCEPTED),
    *(_S.NOT_PROCESSED, _S.REFERENCE_MATERIAL, _S.DEPUTY_LETTER, _S.WITHDRAWN),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pool:
    """How the pool of a draw is narrowed; empty and 0 narrow nothing. What is not submitted is never in it.

    Where no state is named, those are left out in which no unit has anything to report: in review, returned, not handed over,
    refused, withdrawn.
    """

    year: int = 0
    unit: Id = ""
    state: Code[SuggestionState] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetRow:
    """One drawn suggestion: which, when, by which seed, and which of the four steps are written down."""

    sheet: Supervision
    title: str
    number: str
    done: tuple[ReviewPart, ...]
    heads: tuple[Id, ...]

    @property
    def on(self) -> date | None:
        """The day of the draw."""
        return self.sheet.on


@dataclass(frozen=True, slots=True, kw_only=True)
class PastDraw:
    """A draw as the journal noted it."""

    seed: str
    pool: int
    digest: str
    drawn: tuple[Id, ...]
    narrowed: Pool


def pool_of(workspace: Workspace, pool: Pool) -> tuple[Id, ...]:
    """The suggestions a draw chooses among, in the order of their identifiers."""
    submitted = member("state").not_in(sorted(str(each) for each in TEXT_OPEN if each))
    wanted = [standing("suggestion"), member("state").is_not(None), submitted]
    if pool.state:
        wanted.append(member("state") == str(pool.state))
    else:
        wanted.append(member("state").not_in([str(each) for each in _NOTHING_TO_REPORT]))
    if pool.year:
        wanted.append(member("year") == pool.year)
    if pool.unit:
        handled = ids_of("assignment", member("unit") == pool.unit).with_only_columns(member("of"))
        answered = ids_of("reply", member("unit") == pool.unit).with_only_columns(member("suggestion"))
        wanted.append(CurrentRow.id.in_(handled.union(answered)))
    with workspace.reading() as connection:
        mine = own_only(connection, workspace.author.op)
        return tuple(connection.scalars(select(CurrentRow.id).where(*wanted, *mine).order_by(CurrentRow.id)))


def drawn_titles(workspace: Workspace, ids: Collection[Id]) -> Mapping[Id, str]:
    """What the drawn suggestions are called."""
    with workspace.reading() as connection:
        return {
            row.id: row.title for row in connection.execute(select(CurrentRow.id, CurrentRow.title).where(CurrentRow.id.in_(ids)))
        }


def review_sheets(workspace: Workspace) -> tuple[SheetRow, ...]:
    """Every drawn suggestion, the newest draw first."""
    with workspace.reading() as connection:
        mine = own_only(connection, workspace.author.op)
        of_mine = [member("of").in_(ids_of("suggestion", *mine))] if mine else []
        way = member("way") == str(SupervisionWay.RANDOM_REVIEW)
        sheets = with_heads(connection, Supervision, way, member("seed").is_not(None), *of_mine)
        named = titles(connection, "suggestion") if sheets else {}
        shown = select(CurrentRow.id, member("case_number").label("case"), member("number").label("number"))
        drawn = ids_of("supervision", way).with_only_columns(member("of"))
        numbers = {row.id: row.case or row.number or "" for row in connection.execute(shown.where(CurrentRow.id.in_(drawn)))}
    rows = [
        SheetRow(
            sheet=each.record,
            title=named.get(each.record.of, ""),
            number=numbers.get(each.record.of, ""),
            done=parts_done(each.record),
            heads=each.heads,
        )
        for each in sheets
    ]
    return tuple(sorted(rows, key=lambda row: row.on or date.min, reverse=True))


def past_draws(workspace: Workspace) -> tuple[PastDraw, ...]:
    """Every draw the journal of this computer noted, oldest first."""
    question = select(JournalRow.line).where(JournalRow.kind == "draw", JournalRow.rev.is_(None)).order_by(JournalRow.seq)
    with workspace.reading() as connection:
        return tuple(_past(json.loads(line)) for line in connection.scalars(question))


def _past(told: Mapping[str, Any]) -> PastDraw:
    return PastDraw(
        seed=str(told["seed"]),
        pool=int(told["pool"]),
        digest=str(told["digest"]),
        drawn=tuple(told["drawn"]),
        narrowed=Pool(year=int(told["year"]), unit=str(told["unit"]), state=str(told["state"])),
    )

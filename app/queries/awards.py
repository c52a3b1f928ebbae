"""Stars and awards: all that were given, those of one record, and which rating of a suggestion holds."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Select, and_, or_, select

from app.domain.award import Award, AwardType, Stars, award_word, newest_rating
from app.domain.values import Code, Id
from app.errors import Refused
from app.queries.listing import Listing
from app.queries.relations import AT_ONCE, member, one_with_heads, standing, with_heads
from app.queries.rights import own_only
from app.storage.records import Stored
from app.storage.rows import another
from app.storage.tables import CurrentRow
from app.workspace import Workspace

CONFIDENTIAL: Final = "（代表身份保密）"
"""Stands for the lead deputy of a suggestion whose deputies are kept secret."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AwardsWanted:
    """How the list is narrowed; empty and 0 narrow nothing. `holding` leaves out ratings that a newer one took the place of."""

    year: int = 0
    award_type: str = ""
    holding: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipient:
    """To whom something was given; `lead` leads a suggestion."""

    id: Id
    kind: str
    title: str
    lead: str = ""
    lead_name: str = ""  # also where it is kept secret: what no text may tell
    secret: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class AwardRow:
    """One rating or award with its recipient; `holds` is False of a rating that a newer one took the place of."""

    award: Award
    heads: tuple[Id, ...]
    recipient: Recipient
    holds: bool

    @property
    def word(self) -> str:
        """What it is called."""
        return award_word(self.award)

    @property
    def year(self) -> int:
        """The year it is of."""
        return self.award.year or (self.award.on.year if self.award.on else 0)


def awards(workspace: Workspace, wanted: AwardsWanted | None = None, *, offset: int = 0, limit: int = 100) -> Listing[AwardRow]:
    """A page of what the operator may see, the newest year and day first."""
    with workspace.reading() as connection:
        rows = [each for each in every_award(connection, workspace) if _fits(each, wanted or AwardsWanted())]
    return Listing(len(rows), tuple(rows[offset : offset + limit]))


def award_years(workspace: Workspace) -> tuple[int, ...]:
    """The years something was given of, the newest first."""
    with workspace.reading() as connection:
        years = connection.scalars(select(member("year")).where(standing("award")).distinct())
        return tuple(sorted({int(each) for each in years if each}, reverse=True))


def awards_of(workspace: Workspace, id: Id) -> tuple[AwardRow, ...]:
    """What one record was given, the newest first; of a deputy also what the suggestions were given that they lead."""
    with workspace.reading() as connection:
        led = select(CurrentRow.id).where(standing("suggestion"), member("lead_deputy") == id)
        return tuple(every_award(connection, workspace, or_(member("of") == id, member("of").in_(led))))


def award_to_correct(workspace: Workspace, id: Id) -> tuple[Award, tuple[Id, ...]]:
    """An award as it stands, with the heads it was read from; raises `Refused("record_missing")`."""
    with workspace.reading() as connection:
        stored = one_with_heads(connection, Award, id)
    if stored is None:
        raise Refused("record_missing", kind=Award.traits.name, id=id)
    return stored.record, stored.heads


def every_award(connection: Connection, workspace: Workspace, *conditions: ColumnElement[bool]) -> list[AwardRow]:
    """The awards that the conditions hold for and the operator may see, the newest year and day first."""
    mine = own_only(connection, workspace.author.op)
    stored = with_heads(connection, Award, *conditions)
    recipients = _recipients(connection, {each.record.of for each in stored}, mine)
    holding = _holding(stored)
    rows = [
        AwardRow(award=each.record, heads=each.heads, recipient=told, holds=_holds(each.record, holding))
        for each in reversed(stored)
        if (told := recipients.get(each.record.of))
    ]
    return sorted(rows, key=lambda row: (row.year, row.award.on or date.min), reverse=True)


def rated(stars: str) -> Select[Any]:
    """The suggestions whose newest rating is so many stars, as part of another question."""
    this, newer = another(CurrentRow), another(CurrentRow)
    rating = [_is_rating(this), member("stars", this) == stars]
    later = or_(newer.day > this.day, and_(newer.day == this.day, newer.no > this.no), this.day.is_(None))
    over = select(newer.no).where(_is_rating(newer), member("of", newer) == member("of", this), newer.no != this.no, later)
    return select(member("of", this)).where(*rating, ~over.exists())


def _is_rating(row: type[CurrentRow]) -> ColumnElement[bool]:
    there = and_(row.kind == "award", row.deleted == False)  # noqa: E712  # as the index has it
    return and_(there, member("award_type", row) == str(AwardType.STARS))


def stars_of(found: Sequence[Award]) -> Code[Stars]:
    """The stars that hold among the awards of one suggestion; empty without any."""
    rating = newest_rating(found)
    return rating.stars if rating else ""


# --- how ----------------------------------------------------------------------------------------------------------------


def _holding(stored: Sequence[Stored[Award]]) -> Collection[Id]:
    """The rating of each suggestion that holds."""
    by_suggestion: dict[Id, list[Award]] = {}
    for each in stored:
        by_suggestion.setdefault(each.record.of, []).append(each.record)
    return {rating.id for found in by_suggestion.values() if (rating := newest_rating(found))}


def _holds(award: Award, holding: Collection[Id]) -> bool:
    return award.award_type != AwardType.STARS or award.id in holding


def _recipients(connection: Connection, ids: Collection[Id], mine: Sequence[ColumnElement[bool]]) -> Mapping[Id, Recipient]:
    """To whom awards were given; of suggestions only those whose records the operator may see. What was removed has no award."""
    return {each.id: each for each in _told(connection, sorted(ids), mine)}


def _told(connection: Connection, ids: Sequence[Id], mine: Sequence[ColumnElement[bool]]) -> Iterator[Recipient]:
    lead = another(CurrentRow)
    secret = member("confidential_identity").label("secret")
    shown = select(CurrentRow.id, CurrentRow.kind, CurrentRow.title, lead.title.label("lead"), secret)
    question = shown.select_from(CurrentRow).outerjoin(lead, lead.id == member("lead_deputy"))
    visible = or_(CurrentRow.kind != "suggestion", and_(True, *mine))
    for start in range(0, len(ids), AT_ONCE):
        part = CurrentRow.id.in_(ids[start : start + AT_ONCE])
        for row in connection.execute(question.where(part, CurrentRow.deleted == False, visible)):  # noqa: E712  # as the index has it
            yield Recipient(
                id=row.id,
                kind=row.kind,
                title=row.title,
                lead=CONFIDENTIAL if row.secret and row.lead else row.lead or "",
                lead_name=row.lead or "",
                secret=bool(row.secret),
            )


def _fits(row: AwardRow, wanted: AwardsWanted) -> bool:
    return (
        (not wanted.year or row.year == wanted.year)
        and (not wanted.award_type or row.award.award_type == wanted.award_type)
        and (not wanted.holding or row.holds)
    )

"""Search over everything a station has recorded, exact from the first character, narrowed by what a record is."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    and_,
    bindparam,
    exists,
    func,
    literal,
    literal_column,
    or_,
    select,
)
from sqlalchemy import text as statement

from app.domain.encounter import Encounter
from app.domain.kinds import KINDS
from app.domain.life import IssueState
from app.domain.people import Contact
from app.domain.persons import listed_title
from app.domain.records import ANY_KIND, Record, record_from
from app.domain.search import fold, phrase_words, understood
from app.domain.values import Id
from app.queries.relations import AT_ONCE
from app.queries.rights import rights
from app.storage.rows import another
from app.storage.search_index import match_words
from app.storage.tables import CurrentRow
from app.workspace import Workspace

_COUNT: Final = statement("SELECT count(*) FROM search_index WHERE search_index MATCH :words")
_NEWEST: Final = statement(
    "SELECT current.kind, current.id, current.title, current.day,"
    " CASE WHEN current.kind IN ('encounter', 'contact') THEN current.body END AS body"
    " FROM (SELECT rowid AS no FROM search_index WHERE search_index MATCH :words ORDER BY rowid DESC LIMIT :most) AS found"
    " JOIN current ON current.no = found.no ORDER BY current.no DESC"
)
# Written out, since of these two the order and the index must not be chosen anew: what the character index finds is walked newest
# first, so that a page is there as soon as it is full, and what narrows it is looked up without reading a body.
_FOUND: Final = statement("search_index CROSS JOIN current INDEXED BY current_told ON current.no = search_index.rowid")
_TOLD: Final = statement("current INDEXED BY current_told")
_OTHER_WORDS: Final = ", ".join(
    sorted(
        f"'{each.name}'"
        for each in KINDS.values()
        for field in each.fields.values()
        if field.to in {"deputy", ANY_KIND} and field.name not in {"deputies", "deputy", "of"}
    )
)
"""Kinds that name a deputy by another field than those an index holds; all of them are small."""
_NAMING: Final = (
    "FROM current INDEXED BY current_deputies"
    " WHERE json_extract(body, '$.deputies') IS NOT NULL AND instr(json_extract(body, '$.deputies'), :deputy) > 0"
)
_NAMED: Final = statement(
    "(SELECT no FROM current WHERE id = :deputy"
    f" UNION SELECT no {_NAMING}"
    " UNION SELECT no FROM current WHERE json_extract(body, '$.deputy') = :deputy AND json_extract(body, '$.deputy') IS NOT NULL"
    " UNION SELECT no FROM current WHERE json_extract(body, '$.of') = :deputy AND json_extract(body, '$.of') IS NOT NULL"
    f" UNION SELECT no FROM current WHERE kind IN ({_OTHER_WORDS}) AND instr(body, :deputy) > 0"
    # The plus takes the column's affinity away, without which the index over the field is not used.
    f" UNION SELECT part.no FROM (SELECT id {_NAMING} AND kind = 'visit') AS visit CROSS JOIN current AS part"
    " INDEXED BY current_visit"
    " ON json_extract(part.body, '$.visit') = +visit.id AND json_extract(part.body, '$.visit') IS NOT NULL"
    ") AS named CROSS JOIN current INDEXED BY current_told ON current.no = named.no"
)
"""Records that name the deputy, the deputy's own, and those of visits that do."""
_OF_KIND: Final = statement("current")
_MATCHES: Final = statement("search_index MATCH :words")


def _told(words: str) -> ColumnElement[Any]:
    """A column of `current` as it is written, since naming the table would add it to the question once more."""
    return literal_column(words)


_NO, _ID, _KIND, _DAY = _told("current.no"), _told("current.id"), _told("current.kind"), _told("current.day")
_BODY, _DELETED = _told("current.body"), _told("current.deleted")
_VISIT_OF: Final = _told("json_extract(current.body, '$.visit')")
_FOLDED: Final = "folded"
_PLACES: Final = ("place", "village")
_VISIT: Final = another(CurrentRow)
_MASKED: Final[Mapping[str, type[Record]]] = {"encounter": Encounter, "contact": Contact}


@dataclass(frozen=True, slots=True)
class Hit:
    """One record found, as a list shows it."""

    kind: str
    id: Id
    title: str
    date: str | None


@dataclass(frozen=True, slots=True)
class Found:
    """How many records hold what was typed, and the newest of them."""

    total: int
    hits: tuple[Hit, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchFilter:
    """What is looked for: words, and what else must hold; a record without a day or a deputy of its own has its visit's.

    `state` and `category` are codes, `place` is a part of what was written as the place; both days are included.
    """

    typed: str = ""
    kind: str = ""
    state: str = ""
    category: str = ""
    deputy: Id = ""
    place: str = ""
    first: date | None = None
    last: date | None = None

    @property
    def asks(self) -> bool:
        """Whether anything is looked for at all."""
        return bool(understood(self.typed).phrases) or self.narrows

    @property
    def narrows(self) -> bool:
        """Whether anything but words is asked for."""
        return replace(self, typed="", place=fold(self.place)) != SearchFilter()


def search(workspace: Workspace, typed: str, limit: int = 50) -> Found:
    """The records that hold every phrase typed, the last entered first; nothing typed finds nothing.

    Letters also find names and titles by their pinyin (`app.domain.pinyin`).
    """
    asked = SearchFilter(typed=typed)
    hits = first_hits(workspace, typed, limit)
    if len(hits) < limit:
        return Found(len(hits), hits)
    with workspace.reading() as connection:
        return Found(count_of(connection, confined(workspace, asked)) if asked.asks else 0, hits)


def first_hits(workspace: Workspace, typed: str, limit: int = 50) -> tuple[Hit, ...]:
    """The same, uncounted: among a million records the first are there long before the last of a common phrase is counted."""
    query = understood(typed)
    if not query.phrases:
        return ()
    asked = confined(workspace, SearchFilter(typed=typed))
    with workspace.reading() as connection:
        if asked.narrows:
            return _hits(connection, asked, limit)
        rows = connection.execute(_NEWEST, {"words": match_words(query), "most": limit})
        return tuple(_hit(row) for row in rows)


def search_narrowed(workspace: Workspace, asked: SearchFilter, limit: int = 50) -> Found:
    """The same with filters; with filters alone every record that they leave."""
    if not asked.asks:
        return Found(0, ())
    asked = confined(workspace, asked)
    with workspace.reading() as connection:
        return Found(count_of(connection, asked), _hits(connection, asked, limit))


def _hits(connection: Connection, asked: SearchFilter, limit: int) -> tuple[Hit, ...]:
    shown = (CurrentRow.no, CurrentRow.kind, CurrentRow.id, CurrentRow.title, CurrentRow.day, CurrentRow.body)
    return tuple(_hit(row) for row in rows_of(connection, numbers_of(connection, asked, limit=limit), *shown))


def confined(workspace: Workspace, asked: SearchFilter) -> SearchFilter:
    """What is asked, of a deputy's own records where whoever asks is confined to those."""
    deputy = rights(workspace).deputy
    return replace(asked, deputy=deputy) if deputy else asked


def _hit(row: Any) -> Hit:
    """A row as a list shows it: residents masked, or withheld where they asked for it."""
    if row.kind not in _MASKED:
        return Hit(row.kind, row.id, row.title, row.day)
    return Hit(row.kind, row.id, listed_title(record_from(_MASKED[row.kind], row.id, json.loads(row.body))), row.day)


def count_of(connection: Connection, asked: SearchFilter) -> int:
    """How many records the filter leaves."""
    if not asked.narrows:
        return int(connection.execute(_COUNT, {"words": match_words(understood(asked.typed))}).scalar_one())
    if asked.deputy and not _words(asked):
        return _count_of_deputy(connection, asked)
    return int(connection.execute(_narrowed(connection, asked, func.count())).scalar_one())


def _count_of_deputy(connection: Connection, asked: SearchFilter) -> int:
    """The same without words: who is named stands in indexes of its own, so that no visit need be read to be counted."""
    question = select(func.count()).select_from(_NAMED).where(_DELETED == 0, *_conditions(connection, replace(asked, deputy="")))
    return int(connection.execute(question, {"deputy": asked.deputy}).scalar_one())


def numbers_of(connection: Connection, asked: SearchFilter, *, offset: int = 0, limit: int | None = None) -> Sequence[int]:
    """The numbers of what the filter leaves: the last entered first, without words those of one kind the latest day first."""
    words = bool(_words(asked))
    newest = [_told("search_index.rowid").desc()] if words else [_NO.desc()]
    order = [_DAY.desc(), *newest] if asked.kind and not words else newest
    return connection.scalars(_narrowed(connection, asked, _NO).order_by(*order).limit(limit).offset(offset)).all()


def rows_of(connection: Connection, numbers: Sequence[int], *shown: Any) -> list[Any]:
    """The rows of some numbers, in their order; `shown` are columns of the current view, its number among them."""
    rows: dict[int, Any] = {}
    for start in range(0, len(numbers), AT_ONCE):
        question = select(*shown).where(CurrentRow.no.in_(numbers[start : start + AT_ONCE]))
        rows |= {row.no: row for row in connection.execute(question)}
    return [rows[no] for no in numbers]


def _narrowed(connection: Connection, asked: SearchFilter, *shown: Any) -> Select[Any]:
    words = _words(asked)
    question = select(*shown).where(*_conditions(connection, asked))
    if words:
        return question.select_from(_FOUND).where(_MATCHES.bindparams(bindparam("words", words)))
    return question.select_from(_OF_KIND if asked.kind else _TOLD).where(_DELETED == 0)


def _words(asked: SearchFilter) -> str:
    """All that the character index is asked for: words anywhere, and what must stand in the place."""
    query = understood(asked.typed)
    parts = [match_words(query)] if query.phrases else []
    return " AND ".join([*parts, *map(phrase_words, understood(asked.place).phrases)])


def _conditions(connection: Connection, asked: SearchFilter) -> Iterator[ColumnElement[bool]]:
    if asked.kind:
        yield _is(_KIND, asked.kind)
    if asked.state:
        state = _field("state")
        begun = asked.kind == "issue" and asked.state == IssueState.REGISTERED  # such an issue may have no state yet
        yield or_(_is(state, asked.state), state.is_(None)) if begun else _is(state, asked.state)
    if asked.category:
        yield _is(_field("category"), asked.category)
    if asked.deputy:
        yield _concerns(asked.deputy)
    if asked.first or asked.last:
        yield _within(asked)
    yield from _at_place(connection, asked)


def _is(told: ColumnElement[Any], value: str) -> ColumnElement[bool]:
    return told == literal(value)


def _field(name: str) -> ColumnElement[Any]:
    return _told(f"json_extract(current.body, '$.{name}')")


def _concerns(deputy: Id) -> ColumnElement[bool]:
    """Records that name the deputy, and those of visits that do: an identifier stands nowhere but where it is meant."""
    visits = exists().where(_VISIT.id == _VISIT_OF, func.instr(_VISIT.body, deputy) > 0)
    return or_(_is(_ID, deputy), func.instr(_BODY, deputy) > 0, visits)


def _within(asked: SearchFilter) -> ColumnElement[bool]:
    own = asked.kind in KINDS and KINDS[asked.kind].record.day is not Record.day
    of_visit = select(_VISIT.day).where(_VISIT.id == _VISIT_OF).scalar_subquery()
    day: ColumnElement[Any] = _DAY if own else func.coalesce(_DAY, of_visit)
    bounds = [day >= asked.first.isoformat()] if asked.first else []
    return and_(*bounds, *([day <= asked.last.isoformat()] if asked.last else []))


def _at_place(connection: Connection, asked: SearchFilter) -> Iterator[ColumnElement[bool]]:
    phrases = understood(asked.place).phrases
    if phrases:
        raw: Any = connection.connection.driver_connection
        raw.create_function(_FOLDED, 1, lambda text: fold(text or ""), deterministic=True)
    for phrase in phrases:
        yield or_(*(func.instr(func.folded(_field(name)), literal(phrase)) > 0 for name in _PLACES))

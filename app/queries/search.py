"""Search over everything a station has recorded, exact from the first character, narrowed by what a record is."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Select, and_, bindparam, exists, func, literal, or_, select
from sqlalchemy import text as statement

from app.domain.kinds import KINDS
from app.domain.life import IssueState
from app.domain.records import Record
from app.domain.search import fold, phrase_words, understood
from app.domain.values import Id
from app.queries.relations import member
from app.storage.rows import another
from app.storage.search_index import match_words
from app.storage.tables import CurrentRow
from app.workspace import Workspace

_COUNT: Final = statement("SELECT count(*) FROM search_index WHERE search_index MATCH :words")
_NEWEST: Final = statement(
    "SELECT current.kind, current.id, current.title, current.day"
    " FROM (SELECT rowid AS no FROM search_index WHERE search_index MATCH :words ORDER BY rowid DESC LIMIT :most) AS found"
    " JOIN current ON current.no = found.no ORDER BY current.no DESC"
)
# What the index finds is walked newest first, so that a page is there as soon as it is full.
_FOUND: Final = statement("search_index CROSS JOIN current ON current.no = search_index.rowid")
_MATCHES: Final = statement("search_index MATCH :words")
_FOLDED: Final = "folded"
_PLACES: Final = ("place", "village")
_VISIT: Final = another(CurrentRow)


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
    query = understood(typed)
    if not query.phrases:
        return Found(0, ())
    words = match_words(query)
    with workspace.reading() as connection:
        total = connection.execute(_COUNT, {"words": words}).scalar_one()
        rows = connection.execute(_NEWEST, {"words": words, "most": limit}).all()
    return Found(total, tuple(Hit(*row) for row in rows))


def search_narrowed(workspace: Workspace, asked: SearchFilter, limit: int = 50) -> Found:
    """The same with filters; with filters alone every record that they leave."""
    if not asked.asks:
        return Found(0, ())
    with workspace.reading() as connection:
        total = count_of(connection, asked)
        shown = (CurrentRow.kind, CurrentRow.id, CurrentRow.title, CurrentRow.day)
        rows = connection.execute(in_order(connection, asked, *shown).limit(limit)).all()
    return Found(total, tuple(Hit(*row) for row in rows))


def count_of(connection: Connection, asked: SearchFilter) -> int:
    """How many records the filter leaves."""
    if not asked.narrows:
        return int(connection.execute(_COUNT, {"words": match_words(understood(asked.typed))}).scalar_one())
    return int(connection.execute(_narrowed(connection, asked, func.count())).scalar_one())


def in_order(connection: Connection, asked: SearchFilter, *shown: Any) -> Select[Any]:
    """The question for what the filter leaves: the last entered first, those of one kind alone the latest day first."""
    if asked.kind and not _words(asked):
        return _narrowed(connection, asked, *shown).order_by(CurrentRow.day.desc(), CurrentRow.no.desc())
    newest = statement("search_index.rowid DESC") if _words(asked) else CurrentRow.no.desc()
    return _narrowed(connection, asked, *shown).order_by(newest)


def _narrowed(connection: Connection, asked: SearchFilter, *shown: Any) -> Select[Any]:
    words = _words(asked)
    question = select(*shown).where(CurrentRow.deleted == False, *_conditions(connection, asked))  # noqa: E712  # as the index has it
    if not words:
        return question.select_from(CurrentRow)
    return question.select_from(_FOUND).where(_MATCHES.bindparams(bindparam("words", words)))


def _words(asked: SearchFilter) -> str:
    """All that the character index is asked for: words anywhere, and what must stand in the place."""
    query = understood(asked.typed)
    parts = [match_words(query)] if query.phrases else []
    return " AND ".join([*parts, *map(phrase_words, understood(asked.place).phrases)])


def _conditions(connection: Connection, asked: SearchFilter) -> Iterator[ColumnElement[bool]]:
    if asked.kind:
        yield CurrentRow.kind == asked.kind
    if asked.state:
        state = member("state")
        begun = asked.kind == "issue" and asked.state == IssueState.REGISTERED
        yield or_(state == asked.state, state.is_(None)) if begun else state == asked.state
    if asked.category:
        yield member("category") == asked.category
    if asked.deputy:
        yield _concerns(asked.deputy)
    if asked.first or asked.last:
        yield _within(asked)
    yield from _at_place(connection, asked)


def _concerns(deputy: Id) -> ColumnElement[bool]:
    """Records that name the deputy, and those of visits that do: an identifier stands nowhere but where it is meant."""
    visits = exists().where(_VISIT.id == member("visit"), func.instr(_VISIT.body, deputy) > 0)
    return or_(CurrentRow.id == deputy, func.instr(CurrentRow.body, deputy) > 0, visits)


def _within(asked: SearchFilter) -> ColumnElement[bool]:
    own = asked.kind in KINDS and KINDS[asked.kind].record.day is not Record.day
    of_visit = select(_VISIT.day).where(_VISIT.id == member("visit")).scalar_subquery()
    day: ColumnElement[Any] = CurrentRow.__table__.c.day if own else func.coalesce(CurrentRow.day, of_visit)
    bounds = [day >= asked.first.isoformat()] if asked.first else []
    return and_(*bounds, *([day <= asked.last.isoformat()] if asked.last else []))


def _at_place(connection: Connection, asked: SearchFilter) -> Iterator[ColumnElement[bool]]:
    phrases = understood(asked.place).phrases
    if phrases:
        raw: Any = connection.connection.driver_connection
        raw.create_function(_FOLDED, 1, lambda text: fold(text or ""), deterministic=True)
    for phrase in phrases:
        told = (func.instr(func.folded(member(name)), literal(phrase)) > 0 for name in _PLACES)
        yield or_(*told)

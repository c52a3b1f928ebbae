"""The trash: what was removed and can be brought back, the newest first."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import ColumnElement, and_, bindparam, func, or_, select, text, true

from app.domain.persons import listed_title
from app.domain.revisions import header_of
from app.domain.rights import SHARED
from app.domain.values import Id
from app.errors import Refused
from app.queries.listing import Listing, Order
from app.queries.readable import FieldValue, Names
from app.queries.record import moment_of
from app.queries.relations import member, titles
from app.queries.rights import check_seen, own_only
from app.storage import deeds
from app.storage.blocking import blocked
from app.storage.records import stored_from
from app.storage.rows import another
from app.storage.tables import CurrentRow, JournalRow
from app.workspace import Workspace

PAGE: Final = 100
_AT_ONCE: Final = 400  # removed records looked at together


class TrashSort(StrEnum):
    """By what the trash can be sorted."""

    REMOVED = "removed"


NEWEST_FIRST: Final = Order(TrashSort.REMOVED, descending=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Removed:
    """A removed record: what it was, when and by whom it was removed."""

    id: Id
    kind: str
    title: str
    at: datetime
    operator: str


def trash(workspace: Workspace, *, order: Order[TrashSort] | None = None, offset: int = 0, limit: int = PAGE) -> Listing[Removed]:
    """Removed records, but for those erased or blocked; a part that was removed with another record lies in it, not in the list.

    Whoever is confined to a deputy's own sees no others but those that everyone may see.
    The total counts what is listed, once the end of it was reached; before that, the parts as well.
    """
    with workspace.reading() as connection:
        hidden = set(connection.scalars(select(CurrentRow.seq).where(CurrentRow.id.in_(blocked(connection)))))
        descending = (order or NEWEST_FIRST).descending
        places = [place for place in connection.scalars(_PLACES) if place not in hidden]
        places = places if descending else places[::-1]
        names = titles(connection, "operator")
        own = own_only(connection, workspace.author.op)
        listed = _LISTED.where(or_(CurrentRow.kind.in_(SHARED), and_(*own))) if own else _LISTED
        listed = listed.order_by(CurrentRow.seq.desc() if descending else CurrentRow.seq)
        found, looked = list[Any](), 0
        many = min(offset + limit + 1, _AT_ONCE)  # often nothing that was removed lies in another one
        while looked < len(places):
            found += connection.execute(listed, {"places": places[looked : looked + many]}).all()
            if len(found) > offset + limit:
                return Listing(len(places), tuple(_removed(row, names) for row in found[offset : offset + limit]))
            looked, many = looked + many, _AT_ONCE
    return Listing(len(found), tuple(_removed(row, names) for row in found[offset : offset + limit]))


@dataclass(frozen=True, slots=True, kw_only=True)
class RemovedCard:
    """What lies in the trash: the fields it had, as a person reads them, and the kinds and names of what comes back with it."""

    removed: Removed
    fields: tuple[FieldValue, ...]
    along: tuple[tuple[str, str], ...]


def removed_card(workspace: Workspace, id: Id) -> RemovedCard:
    """One removed record; raises `Refused("not_in_trash")`, and as `check_seen` does."""
    with workspace.reading() as connection:
        start = next(iter(deeds.found(connection, [id])), None)
        if start is None or not start.stored.deleted or not start.revision.body or id in blocked(connection):
            raise Refused("not_in_trash", id=id)
        check_seen(connection, workspace.author.op, start.stored.record)
        names = titles(connection, "operator")
        record, revision = start.stored.record, start.revision
        others = [each.stored.record for each in deeds.removed_together(connection, start)][1:]
        return RemovedCard(
            removed=Removed(
                id=id,
                kind=record.traits.name,
                title=listed_title(record),
                at=moment_of(revision.hlc),
                operator=names.get(revision.op, ""),
            ),
            fields=tuple(Names(connection).fields(record)),
            along=tuple((each.traits.name, listed_title(each)) for each in others),
        )


def _removed(row: Any, names: Mapping[Id, str]) -> Removed:
    header, record = header_of(row.line), stored_from(row).record
    return Removed(
        id=row.id,
        kind=row.kind,
        title=listed_title(record),
        at=moment_of(header.hlc),
        operator=names.get(header.op, ""),
    )


def _lies_in_another() -> ColumnElement[bool]:
    """Whether what a record is a part of was removed by the same deed (`app.domain.belonging`)."""
    whole, grave = another(CurrentRow), another(JournalRow)
    same = select(whole.no).select_from(whole).join(grave, grave.seq == whole.seq)
    # Looked up by the whole, never by the deed: an import that was undone is one deed of thousands.
    same = same.where(whole.deleted == true(), func.ifnull(grave.batch, "") == JournalRow.batch)
    in_whole = same.where(whole.id.in_([member("visit"), member("of"), member("suggestion")]))
    in_visit = same.where(whole.id == member("encounter"), member("visit").is_not(None))
    raised = same.where(member("encounter", whole) == func.ifnull(CurrentRow.id, ""), whole.kind == "issue")
    person = and_(CurrentRow.kind == "encounter", member("visit").is_(None), raised.exists())
    return or_(in_whole.exists(), in_visit.exists(), person)


_PLACES: Final = text("SELECT seq FROM current INDEXED BY current_trash WHERE deleted = 1 ORDER BY seq DESC")
_LISTED: Final = (
    select(CurrentRow.__table__, JournalRow.line)
    .join(JournalRow, JournalRow.seq == CurrentRow.seq)
    .where(CurrentRow.seq.in_(bindparam("places", expanding=True)), CurrentRow.body != "{}", ~_lies_in_another())
)

"""What was removed, brought back as it was, with what was removed along with it."""

from collections.abc import Collection
from dataclasses import dataclass

from app.changes import Changes, changes_of
from app.domain.belonging import is_part, owners_of
from app.domain.persons import listed_title
from app.domain.values import Id
from app.errors import Refused
from app.storage import deeds
from app.storage.blocking import check_not_blocked
from app.storage.deeds import Saved
from app.storage.transaction import Transaction
from app.workspace import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored:
    """A record that stands again, and all that came back with it, itself included; `rev` names the change for its undo."""

    id: Id
    kind: str
    title: str
    records: tuple[Id, ...]
    rev: Id
    changes: Changes


def restore(workspace: Workspace, id: Id) -> Restored:
    """Bring a removed record back, with what the same deed removed of its parts and of what it is a part of.

    Raises `Refused("not_in_trash" | "restore_whole_first" | "record_blocked")`.
    """
    with workspace.writing() as books:
        start = next(iter(deeds.found(books.connection, [id])), None)
        if start is None or not start.stored.deleted or not start.revision.body or start.revision.owner != books.author.owner:
            raise Refused("not_in_trash", id=id)
        group = [each for each in deeds.removed_together(books.connection, start) if each.revision.body]
        records = [each.stored.record for each in group]
        check_not_blocked(books.connection, [each.id for each in records])
        _check_whole(books, group, {each.id for each in records})
        books.records.save_all(records, seen={each.stored.record.id: each.stored.heads for each in group})
        stands = max(deeds.found(books.connection, [each.id for each in records]), key=lambda each: each.seq)
    return Restored(
        id=id,
        kind=start.stored.record.traits.name,
        title=listed_title(start.stored.record),
        records=tuple(each.id for each in records),
        rev=stands.revision.rev,
        changes=changes_of({each.traits.name for each in records}),
    )


def _check_whole(books: Transaction, group: list[Saved], back: Collection[Id]) -> None:
    """What comes back does not hang in the air."""
    named = {id: each.stored.record for each in group for id in owners_of(each.stored.record)}
    for whole in deeds.found(books.connection, named.keys() - set(back)):
        record = whole.stored.record
        if whole.stored.deleted and is_part(named[record.id], record):
            raise Refused("restore_whole_first", kind=record.traits.name, title=listed_title(record))

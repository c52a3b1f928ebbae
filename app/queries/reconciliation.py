"""What has been handed over, what came back: every number of the stream, and where the records stand."""

from dataclasses import dataclass

from sqlalchemy import Connection, select

from app.domain.kinds import travelling_kinds
from app.domain.values import Id
from app.storage.outbox import Outbox, Sent, reconciled
from app.storage.records import stored_from
from app.storage.tables import CurrentRow, ReturnedRow
from app.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Returned:
    """A record the body gave back, why, and the body's words where its reply has arrived."""

    record: Id
    kind: str
    title: str
    code: str
    words: str


@dataclass(frozen=True, slots=True)
class Standing:
    """The numbers, newest first; how many records were never sent, are sent, received, returned; and the returned ones."""

    numbers: tuple[Sent, ...]
    records: dict[str, int]
    returned: tuple[Returned, ...]


def standing(workspace: Workspace, *, contact: bool) -> Standing:
    """Where everything that travels stands, contact data too where it does; every record is in exactly one of the four."""
    kinds = travelling_kinds(contact=contact)
    with workspace.reading() as connection:
        numbers = tuple(Outbox(connection).numbers())
        return Standing(numbers, reconciled(connection, workspace.author.owner, kinds), _returned(connection))


def _returned(connection: Connection) -> tuple[Returned, ...]:
    """What was given back and has not been changed since."""
    question = select(CurrentRow.id, CurrentRow.kind, CurrentRow.title, ReturnedRow.code)
    rows = connection.execute(question.join(ReturnedRow, ReturnedRow.rev == CurrentRow.rev).order_by(CurrentRow.no)).all()
    return tuple(Returned(row.id, row.kind, row.title, row.code, _words(connection, row.id)) for row in rows)


def _words(connection: Connection, record: Id) -> str:
    """What the newest review of the record says."""
    about = CurrentRow.body.contains(f'"suggestion":"{record}"', autoescape=True)
    reviews = select(CurrentRow.__table__).where(CurrentRow.kind == "review", ~CurrentRow.deleted, about)
    row = connection.execute(reviews.order_by(CurrentRow.no.desc()).limit(1)).first()
    return str(stored_from(row).record.reason) if row else ""

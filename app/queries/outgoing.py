"""What the next hand-in would take along, and what it would leave here, without sealing anything."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, and_, func, or_, select

from app.domain.kinds import travelling_kinds
from app.domain.life import PACKAGE_LIFE
from app.domain.values import Id
from app.storage.outbox import KEPT_BACK, Outbox, went_with
from app.storage.tables import CurrentRow
from app.workspace import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class Outgoing:
    """Records by kind and files that would go; numbers sealed already that nobody has a copy of; what stays here and why."""

    records: Mapping[str, int]
    files: int
    file_bytes: int
    waiting: tuple[int, ...]
    waiting_bytes: int
    contact_kept: int
    undone: int

    @property
    def total(self) -> int:
        """Records that would go, sealed ones too."""
        return sum(self.records.values())

    @property
    def nothing(self) -> bool:
        """Whether there is nothing to hand in."""
        return not (self.records or self.files or self.waiting)


def outgoing(workspace: Workspace, *, contact: bool) -> Outgoing:
    """What would go if it were handed in now; with `contact` where the body asks for contact data."""
    kinds = travelling_kinds(contact=contact)
    kept_here = set(travelling_kinds(contact=True)) - set(kinds)
    with workspace.reading() as connection:
        outbox = Outbox(connection)
        sealed = [each for each in outbox.numbers() if each.state == PACKAGE_LIFE.start]
        fresh = _fresh(outbox)
        waiting = or_(fresh, *(went_with(each) for each in sealed))
        files = outbox.unsent_attachments()
        return Outgoing(
            records=_counted(connection, workspace.author.owner, kinds, waiting),
            files=len(files),
            file_bytes=sum(size for _digest, _file, size in files),
            waiting=tuple(sorted(each.seq for each in sealed)),
            waiting_bytes=sum(each.size for each in sealed),
            contact_kept=sum(_counted(connection, workspace.author.owner, kept_here, ~CurrentRow.deleted).values()),
            undone=_undone(connection, outbox, workspace.author.owner, kinds),
        )


def _fresh(outbox: Outbox) -> ColumnElement[bool]:
    """The condition that a record's newest line has never been sealed and may go."""
    through = outbox.through()
    return and_(or_(CurrentRow.seq > through, CurrentRow.seq.in_(KEPT_BACK)), ~outbox.never_travelled(through))


def _counted(connection: Connection, owner: Id, kinds: Collection[str], holds: ColumnElement[bool]) -> dict[str, int]:
    question = select(CurrentRow.kind, func.count()).where(CurrentRow.kind.in_(kinds), CurrentRow.owner == owner, holds)
    rows = connection.execute(question.group_by(CurrentRow.kind).order_by(CurrentRow.kind))
    return {str(row[0]): row[1] for row in rows}


def _undone(connection: Connection, outbox: Outbox, owner: Id, kinds: Collection[str]) -> int:
    """Records entered and removed again before they were ever sent."""
    mine = select(func.count()).select_from(CurrentRow).where(CurrentRow.kind.in_(kinds), CurrentRow.owner == owner)
    return connection.execute(mine.where(outbox.never_travelled(outbox.through()))).scalar_one()

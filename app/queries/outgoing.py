"""What the next hand-in would take along, and what it would leave here, without sealing anything."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, and_, func, select

from app.domain.kinds import travelling_kinds
from app.domain.life import PACKAGE_LIFE
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
    owner = workspace.author.owner
    kept_here = set(travelling_kinds(contact=True)) - set(kinds)
    mine = and_(CurrentRow.owner == owner, CurrentRow.kind.in_(kinds))
    # Written so that only the index by line fits: the few that were withheld are looked up one by one.
    mine_of_few = and_(CurrentRow.owner.concat("") == owner, CurrentRow.kind.concat("").in_(kinds))
    with workspace.reading() as connection:
        outbox = Outbox(connection)
        sealed = [each for each in outbox.numbers() if each.state == PACKAGE_LIFE.start]
        through, held = outbox.through(), outbox.kept_back()
        # A newest line is past all numbers, or was passed over by one, or is in one that was only sealed: never two of these.
        records = _counted(connection, mine, CurrentRow.seq > through)
        if held:
            records += _counted(connection, mine_of_few, and_(CurrentRow.seq <= through, CurrentRow.seq.in_(KEPT_BACK)))
        for number in sealed:
            records += _counted(connection, mine, went_with(number))
        undone = outbox.undone(owner, kinds)
        records -= Counter(kind for seq, kind in undone if seq > through or seq in held)
        files = outbox.unsent_attachments()
        kept = _counted(connection, and_(CurrentRow.owner == owner, CurrentRow.kind.in_(kept_here)), ~CurrentRow.deleted)
        return Outgoing(
            records=dict(sorted(records.items())),
            files=len(files),
            file_bytes=sum(size for _digest, _file, size in files),
            waiting=tuple(sorted(each.seq for each in sealed)),
            waiting_bytes=sum(each.size for each in sealed),
            contact_kept=kept.total(),
            undone=len(undone),
        )


def _counted(connection: Connection, whose: ColumnElement[bool], holds: ColumnElement[bool]) -> Counter[str]:
    """Records by kind."""
    question = select(CurrentRow.kind, func.count()).where(whose, holds).group_by(CurrentRow.kind)
    return Counter({str(row[0]): row[1] for row in connection.execute(question)})

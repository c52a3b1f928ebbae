"""What the next hand-in would take along, and what it would leave here, without sealing anything."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from app.domain.epoch import EpochDue
from app.domain.kinds import travelling_kinds
from app.domain.life import PACKAGE_LIFE
from app.queries.epochs import epoch_due
from app.storage.outbox import Stands
from app.storage.records import Author
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
    begins: EpochDue | None = None  # all of it goes again, numbered anew

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
    author = workspace.author
    kept_here = set(travelling_kinds(contact=True)) - set(kinds)
    begins = epoch_due(workspace)
    anew = begins is not None
    with workspace.reading() as connection:
        stands = Stands(connection, author, kinds)
        sealed = [each for each in stands.outbox.counting() if each.state == PACKAGE_LIFE.start]
        files = stands.outbox.unsent_attachments(author.owner, anew=anew)
        going = stands.everything() if anew else stands.waiting() + stands.gone_with(sealed)
        going += stands.behind_others(0 if anew else stands.outbox.through())
        return Outgoing(
            records=dict(sorted(going.items())),
            files=len(files),
            file_bytes=sum(size for _digest, _file, size in files),
            waiting=tuple(sorted(each.seq for each in sealed)),
            waiting_bytes=sum(each.size for each in sealed),
            contact_kept=_standing(connection, author, kept_here),
            begins=begins,
            undone=len(stands.outbox.undone(author, kinds)),
        )


def _standing(connection: Connection, author: Author, kinds: Collection[str]) -> int:
    """Records of these kinds that this seat wrote last and did not remove."""
    mine = CurrentRow.kind.in_(kinds), CurrentRow.owner == author.owner, CurrentRow.by == author.by, ~CurrentRow.deleted
    return connection.execute(select(func.count()).select_from(CurrentRow).where(*mine)).scalar_one()

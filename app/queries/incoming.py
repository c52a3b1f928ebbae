"""What revisions from elsewhere would do here, found out without writing any of them."""

from collections.abc import Iterable
from typing import Final

from sqlalchemy import Connection

from app.domain.arrival import Incoming
from app.domain.kinds import KINDS
from app.domain.revisions import Revision, read_kept, view_of
from app.domain.values import Id
from app.storage import attachment_files
from app.storage.conflicts import disputed_in
from app.storage.erase_orders import ordered_revisions
from app.storage.journal import Journal

_HELD: Final = 100_000
"""Revisions in memory; of more, a dispute between two that lie far apart is told only once they are taken in."""


class Weighing:
    """Revisions held against what the station has, a batch after the other."""

    def __init__(self, connection: Connection) -> None:
        self._connection: Final = connection
        self._journal: Final = Journal(connection)
        self._disputed: Final = disputed_in(connection)
        self._waiting: dict[Id, dict[Id, Revision]] = {}
        self._held = self._known = 0
        self._new: set[Id] = set()
        self._changed: set[Id] = set()
        self._conflicts: set[Id] = set()
        self._unread: set[Id] = set()
        self._files: set[str] = set()

    def add(self, revisions: Iterable[Revision]) -> None:
        """Weigh these too."""
        batch = list(revisions)
        revs = [each.rev for each in batch]
        known = self._journal.known(revs) | ordered_revisions(self._connection, revs)
        self._known += sum(each.rev in known for each in batch)
        for each in batch:
            if each.rev not in known:
                self._waiting.setdefault(each.id, {})[each.rev] = each
                self._held += 1
                if each.body.keys() - KINDS[each.kind].fields.keys():
                    self._unread.add(each.id)
        if self._held >= _HELD:
            self._weigh()

    def add_file(self, sha256: str) -> None:
        """The content with this digest comes too."""
        if attachment_files.find(self._connection, sha256) is None:
            self._files.add(sha256)

    def result(self) -> Incoming:
        """What all of them would do."""
        self._weigh()
        return Incoming(
            new=len(self._new),
            changed=len(self._changed - self._new),
            conflicts=len(self._conflicts),
            known=self._known,
            unread=len(self._unread),
            files=len(self._files),
        )

    def _weigh(self) -> None:
        for record, lines in self._journal.revisions_of(list(self._waiting)).items():
            fresh = list(self._waiting[record].values())
            (self._changed if lines else self._new).add(record)
            view = view_of([*(read_kept(line.line) for line in lines), *fresh], KINDS[fresh[0].kind].groups)
            if view.disputed and record not in self._disputed:
                self._conflicts.add(record)
        self._waiting, self._held = {}, 0

"""The files of a reception while it is typed: those of an unsaved one wait with its draft and are attached when it is saved."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Signal

from app.domain.attachment import Attachment
from app.domain.values import Id
from app.i18n import _
from app.progress import Progress
from app.queries.attachments import attachments_within
from app.use_cases.attachment_desk import Attached, Offered
from app.use_cases.waiting_files import take_waiting
from ui.page import Workbench
from ui.widgets.attachments_card import AttachmentsCard


class DeskFiles(AttachmentsCard):
    """`waits` tells that other files wait for the save than before, so that the draft is kept."""

    waits = Signal()

    def __init__(self, bench: Workbench) -> None:
        super().__init__(bench)
        self._stored: Final[list[Attachment]] = []
        self._waiting_files: Final[list[Attachment]] = []
        self._saved = False

    @property
    def held(self) -> tuple[Attachment, ...]:
        """The files that wait for the save."""
        return tuple(self._waiting_files)

    def lay(self, visit: Id, waiting: Sequence[Attachment], *, saved: bool) -> None:
        """Another visit lies on the desk."""
        self._stored.clear()
        self._waiting_files[:] = waiting
        self._saved = saved
        self.show_record(visit, self._all())
        self.refresh()

    def rest_on(self, attached: Sequence[Attachment]) -> None:
        """The visit was saved, and these with it."""
        ids = {each.id for each in attached}
        self._waiting_files[:] = [each for each in self._waiting_files if each.id not in ids]
        self._saved = True
        self.refresh()

    def refresh(self) -> None:
        if self._saved and (id := self._id):
            workspace = self._bench.workspace
            self._bench.background.ask(
                self, lambda: (id, attachments_within(workspace, id)), self._refreshed, self._fail, topic="files"
            )

    def _refreshed(self, found: tuple[Id, tuple[Attachment, ...]]) -> None:
        if found[0] == self._id:
            self._stored[:] = found[1]
            self.show_record(self._id, self._all())

    def _all(self) -> tuple[Attachment, ...]:
        ids = {each.id for each in self._stored}
        return (*self._stored, *(each for each in self._waiting_files if each.id not in ids))

    def _take(self, id: Id, files: Sequence[Offered], progress: Progress, *, smaller: bool) -> Attached:
        if self._saved and not self._waiting_files:
            return super()._take(id, files, progress, smaller=smaller)
        return take_waiting(self._bench.workspace, id, files, self._all(), smaller=smaller, progress=progress)

    def _altered(self, of: Id, *, any_change: bool = True, added: Sequence[Attachment] = ()) -> None:
        if self._saved and not self._waiting_files:
            super()._altered(of, any_change=any_change)
        elif any_change and of == self._id:
            self._waiting_files.extend(added)
            self._show_waiting()

    def remove_current(self) -> None:
        attachment = self.strip.current
        if attachment is None or attachment not in self._waiting_files:
            super().remove_current()
            return
        self._waiting_files.remove(attachment)
        self._show_waiting()
        words = _("Removed: {name}").format(name=attachment.name)
        self._bench.feedback.say(words, deed=_("Undo"), act=lambda: self._put_back(attachment))

    def _put_back(self, attachment: Attachment) -> None:
        if attachment.of == self._id and attachment not in self._all():
            self._waiting_files.append(attachment)
            self._show_waiting()

    def _show_waiting(self) -> None:
        self.show_record(self._id, self._all())
        self.waits.emit()

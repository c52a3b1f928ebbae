"""The files of one record of a suggestion, in a window of their own: a reply's letter, pictures of an outcome, evidence."""

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app.domain.values import Id
from app.i18n import _, ngettext
from ui.dialogs.room import open_at
from ui.page import Workbench
from ui.theme import SPACE
from ui.widgets.attachments_card import AttachmentsCard
from ui.widgets.roles import button, label
from ui.widgets.scrolled import scrolled

_SIZE: Final = 620, 460


class RecordFiles(QDialog):
    """What a record is called, and its pictures and papers: opened, saved, taken off, added to."""

    def __init__(
        self, bench: Workbench, id: Id, name: str, about: str = "", parent: QWidget | None = None, *, title: str = ""
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title or _("Attachments"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        open_at(self, bench.theme, *_SIZE)
        self.files: Final = AttachmentsCard(bench)
        close = button(_("Close"))
        close.clicked.connect(self.accept)
        sheet = QWidget()
        column = QVBoxLayout(sheet)
        column.setContentsMargins(SPACE.large, SPACE.large, SPACE.large, SPACE.large)
        column.setSpacing(SPACE.middle)
        column.addWidget(label(name, "section", wrap=True))
        if about:
            column.addWidget(label(about, "soft", wrap=True))
        column.addWidget(self.files)
        column.addStretch(1)
        foot = QHBoxLayout()
        foot.setContentsMargins(SPACE.large, SPACE.small, SPACE.large, SPACE.large)
        foot.addStretch(1)
        foot.addWidget(close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(scrolled(sheet), 1)
        layout.addLayout(foot)
        self.files.show_record(id, ())
        self.files.refresh()


def files_told(many: int) -> str:
    """What a door to a record's files says: how many there are, or that some may be added."""
    if not many:
        return _("Add pictures or files …")
    return ngettext("{count} picture or file", "{count} pictures and files", many).format(count=many)


def files_door(bench: Workbench, owner: QWidget, id: Id, many: int, name: str, about: str = "") -> QPushButton:
    """A link that opens a record's files."""
    door = button(files_told(many), "link")
    door.setAccessibleDescription(name)
    door.clicked.connect(lambda: RecordFiles(bench, id, name, about, owner).open())
    return door

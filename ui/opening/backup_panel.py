"""A station brought back on a clean computer: which backup, then the code from the recovery sheet."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QListWidget, QListWidgetItem

from app.i18n import N_, _
from app.messages import explain
from app.use_cases.backups import FoundBackup
from app.use_cases.opening import OpenStation
from ui.background import Job
from ui.opening.panel import Panel
from ui.opening.recover_panel import RecoverPanel
from ui.widgets.progress_line import ProgressLine
from ui.widgets.roles import button, label
from ui.wording import moment_told

_STAGES: Final = {"files": N_("Copying and comparing the files"), "proof": N_("Looking through the records")}
_LINES: Final = 6  # in sight at once
_FOLDER: Final = Qt.ItemDataRole.UserRole


class BackupPanel(Panel):
    """Asks for the stick or folder, shows the backups there; `given` tells the one that is wanted."""

    folder_chosen = Signal(object)
    given = Signal(object)
    back = Signal()

    def __init__(self) -> None:
        super().__init__(
            _("Restore from a backup"),
            _("Plug in the stick with the backup and have the recovery sheet at hand. Nothing on the stick is changed."),
        )
        self.choose_button = button(_("Choose a folder …"))
        self.choose_button.setAutoDefault(True)
        self.choose_button.clicked.connect(self.choose)
        self.place = label("", "small", wrap=True)
        row = QHBoxLayout()
        row.addWidget(self.choose_button)
        row.addWidget(self.place, 1)
        self.body.addLayout(row)
        self.list = QListWidget()
        self.list.setAccessibleName(_("Backups found"))
        self.list.setWordWrap(True)
        self.list.itemSelectionChanged.connect(self._offer)
        self.list.itemActivated.connect(lambda _item: self._continue())
        self.list.hide()
        self.add(self.list)
        self.offer(_("Back"), self.back.emit)
        self._next = self.offer(_("Continue"), self._continue, "primary")
        self._next.setEnabled(False)

    def begin(self) -> None:
        self.choose_button.setFocus()

    def choose(self) -> None:
        """Ask for the folder."""
        if chosen := QFileDialog.getExistingDirectory(self, _("Choose a folder …"), str(Path.home())):
            self.complain("")
            self.folder_chosen.emit(Path(chosen))

    def show_backups(self, folder: Path, found: Sequence[FoundBackup]) -> None:
        """Show what lies in the folder, newest first, the newest sound one chosen."""
        self.complain("")
        self.place.setText(str(folder))
        self.list.clear()
        for each in found:
            item = QListWidgetItem(_told(each))
            item.setData(_FOLDER, str(each.folder))
            if each.backup is None:
                item.setFlags(Qt.ItemFlag.NoItemFlags)
            self.list.addItem(item)
        self.list.setFixedHeight(min(len(found), _LINES) * self.list.sizeHintForRow(0) + 2 * self.list.frameWidth())
        self.list.show()
        sound = next((row for row, each in enumerate(found) if each.backup), -1)
        self.list.setCurrentRow(sound)
        self._offer()
        self.list.setFocus()

    def refuse(self, sentence: str) -> None:
        """Say why there is nothing to choose from."""
        self.list.clear()
        self.list.hide()
        self.place.setText("")
        self._offer()
        self.complain(sentence)

    def _offer(self) -> None:
        self._next.setEnabled(bool(self.list.selectedItems()))

    def _continue(self) -> None:
        for item in self.list.selectedItems():
            self.given.emit(Path(item.data(_FOLDER)))


class RestorePanel(RecoverPanel):
    """The code from the sheet, and how the station is opened on this computer; then how far the restoring is."""

    def __init__(self) -> None:
        super().__init__(_("The code from the recovery sheet"), _("Restore and open"))
        self.line = ProgressLine(_STAGES)
        self.add(self.line)
        self._waits = False

    def begin_waiting(self) -> None:
        """Nothing can be changed until it is done or stopped."""
        self._wait(waits=True)

    def waits(self) -> bool:
        """Whether the restoring is not over yet."""
        return self._waits

    def wait_for(self, job: Job[OpenStation]) -> None:
        """Show how far it is."""
        self.line.watch(job)

    def stop_waiting(self) -> None:
        """Let it be tried again."""
        self.line.end()
        self._wait(waits=False)

    def _wait(self, *, waits: bool) -> None:
        self._waits = waits
        for each in self.deeds:
            each.setEnabled(not waits)


def _told(found: FoundBackup) -> str:
    if backup := found.backup:
        told = _("{moment}, {station}: {records} records")
        return told.format(moment=moment_told(backup.made), station=backup.station, records=f"{backup.contents.records:,}")
    return f"{found.folder.name}　{explain(found.fault)}" if found.fault else found.folder.name

"""Where to: the sticks that are plugged in, the folder used last, or any other."""

from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QButtonGroup, QCheckBox, QComboBox, QRadioButton, QVBoxLayout

from app.errors import AppError
from app.i18n import _
from ui.page import Workbench
from ui.pages.exchange.drives import Drive, drives
from ui.theme import SPACE
from ui.widgets.asked_folder import asked_folder
from ui.widgets.card import Card
from ui.widgets.contents import take_out
from ui.widgets.roles import button, label
from ui.wording import size_told

_AGAIN: Final = 3000  # milliseconds between two looks for sticks
_DISC: Final = 700  # MB
_SIZES: Final = (0, _DISC, 100, 50)  # MB: a package, a disc, what mail takes


class TargetCard(Card):
    """One folder is chosen of several; a stick that is plugged in while one looks appears by itself."""

    changed = Signal()
    """Another folder is chosen."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__(_("Where to"))
        self._bench = bench
        self._chosen: Path | None = None
        self._others: list[Path] = []
        self._found: tuple[Drive, ...] = ()
        self._group = QButtonGroup(self)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(SPACE.middle)
        self._none = label(_("No stick was found. Plug one in, or choose a folder."), "soft", wrap=True)
        self.choose = button(_("Choose a folder …"))
        self.choose.clicked.connect(self._choose)
        self.body.addLayout(self._rows)
        self.add(self._none)
        self.body.addWidget(self.choose, alignment=Qt.AlignmentFlag.AlignLeft)
        self.add(label(_("For a disc, choose a folder and burn what was written there."), "small", wrap=True))
        self.sizes = QComboBox()
        self._most_label = label(_("Each file at most"), "label")
        self._most_label.setBuddy(self.sizes)
        self._fill_sizes()
        self.add(self._most_label)
        self.body.addWidget(self.sizes, alignment=Qt.AlignmentFlag.AlignLeft)
        self.with_backup = QCheckBox(_("Put the encrypted backup there too"))
        self.add(self.with_backup)
        self.body.addStretch(1)
        self._timer = QTimer(self, interval=_AGAIN)
        self._timer.timeout.connect(self.look)

    def folder(self) -> Path | None:
        """The folder chosen."""
        return self._chosen

    @property
    def on_stick(self) -> bool:
        """Whether the folder chosen is a stick."""
        return self._chosen in [each.folder for each in self._found]

    @property
    def most(self) -> int:
        """How many bytes a package may have; 0 for as many as the body takes."""
        return int(self.sizes.currentData() or 0) << 20

    def ask_size(self, wanted: bool) -> None:
        """Let the size be chosen, or not, where the bytes are sealed already."""
        self.sizes.setVisible(wanted)
        self._most_label.setVisible(wanted)
        self.with_backup.setVisible(wanted)

    def begin(self) -> None:
        """Look for sticks, and go on looking."""
        last = self._bench.settings.last_folder
        if last and Path(last) not in self._others:
            self._others.insert(0, Path(last))
        self.look()
        self._timer.start()

    def end(self) -> None:
        """Look no further."""
        self._timer.stop()

    def look(self) -> None:
        """Look for sticks once."""
        self._bench.background.ask(self, drives, self._show, self._fail, topic="drives")

    def offer(self, folder: Path) -> None:
        """Let this folder be the chosen one."""
        if folder not in [each.folder for each in self._found] and folder not in self._others:
            self._others.append(folder)
        self._chosen = folder
        self._build()
        self.changed.emit()

    def keep(self) -> None:
        """Remember the folder for the next time."""
        if self._chosen:
            self._bench.settings.last_folder = str(self._chosen)

    def _fill_sizes(self) -> None:
        kept = self._bench.settings.package_mb
        for size in dict.fromkeys((*_SIZES, kept)):
            self.sizes.addItem(_size_words(size), size)
        self.sizes.setCurrentIndex(self.sizes.findData(kept))
        self.sizes.setAccessibleName(_("Each file at most"))
        self.sizes.currentIndexChanged.connect(self._keep_size)

    def _keep_size(self) -> None:
        self._bench.settings.package_mb = int(self.sizes.currentData())

    def _choose(self) -> None:
        if folder := asked_folder(self, self._bench.settings, self._chosen):
            self.offer(folder)

    def _show(self, found: tuple[Drive, ...]) -> None:
        if found == self._found and self._group.buttons():
            return
        self._found = found
        known = [each.folder for each in found]
        if self._chosen is None and known:
            self._chosen = known[0]
        self._build()
        self.changed.emit()

    def _fail(self, error: AppError) -> None:
        self._bench.feedback.fail(error)

    def _build(self) -> None:
        focused = any(each.hasFocus() for each in self._group.buttons())
        take_out(self._rows)
        for each in self._group.buttons():
            self._group.removeButton(each)
        sticks = {each.folder for each in self._found}
        for drive in self._found:
            told = _("{name} (stick, {size} free)").format(name=drive.name, size=size_told(drive.free))
            self._row(told, drive.folder)
        for folder in self._others:
            if folder not in sticks:
                self._row(str(folder), folder)
        self._none.setVisible(not self._found)
        if focused and (checked := self._group.checkedButton()):
            checked.setFocus()

    def _row(self, words: str, folder: Path) -> None:
        row = QRadioButton(words)
        row.setToolTip(str(folder))
        row.setChecked(folder == self._chosen)
        row.toggled.connect(lambda on, folder=folder: self._take(folder) if on else None)
        self._group.addButton(row)
        self._rows.addWidget(row)

    def _take(self, folder: Path) -> None:
        self._chosen = folder
        self.changed.emit()


def _size_words(size: int) -> str:
    if not size:
        return _("As large as the body takes")
    return (_("{size} MB, a disc") if size == _DISC else _("{size} MB")).format(size=size)

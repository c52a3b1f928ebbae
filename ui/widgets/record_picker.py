"""Choosing the record that a form belongs to: type its number or words of it, take it from the list below."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from app.errors import AppError
from app.i18n import _
from app.messages import kind_told
from app.queries.form_targets import FormTarget, targets_like
from ui.page import Workbench
from ui.theme import SPACE
from ui.wording import day_told

_PAUSE: Final = 250  # milliseconds after the last key before the records are asked


class RecordPicker(QWidget):
    """The records that hold what is typed; `picked` tells the one taken by Enter or a click."""

    picked = Signal(object)

    def __init__(self, bench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bench: Final = bench
        self.field: Final = QLineEdit()
        self.field.setPlaceholderText(_("Number of the form, name, or words of it"))
        self.field.setAccessibleName(_("Record of the form"))
        self.found: Final = QListWidget()
        self.found.setAccessibleName(_("Records found"))
        self.found.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.pause: Final = QTimer(self, singleShot=True, interval=_PAUSE)
        self.pause.timeout.connect(self._ask)
        self.field.textChanged.connect(lambda _text: self.pause.start())
        self.field.returnPressed.connect(self._enter)
        self.found.itemActivated.connect(self._take)
        self.found.itemClicked.connect(self._take)
        self.setFocusProxy(self.field)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE.tiny)
        layout.addWidget(self.field)
        layout.addWidget(self.found, 1)
        self.found.setMinimumHeight(2 * self.field.sizeHint().height())

    def begin(self) -> None:
        """Nothing is typed."""
        self.field.clear()
        self.pause.stop()
        self.found.clear()

    def _enter(self) -> None:
        """Enter takes the first record; where one is quicker than the list, it is asked first."""
        if self.pause.isActive() or not self.found.count():
            self._ask(take=True)
        else:
            self._take(self.found.item(0))

    def _ask(self, *, take: bool = False) -> None:
        self.pause.stop()
        workspace, typed = self._bench.workspace, self.field.text()
        self._bench.background.ask(
            self,
            lambda: targets_like(workspace, typed),
            lambda found: self._show(found, take=take),
            self._fail,
            topic="records",
        )

    def _show(self, found: Sequence[FormTarget], *, take: bool) -> None:
        self.found.clear()
        today = self._bench.workspace.clock.today().date()
        for each in found:
            item = QListWidgetItem(target_told(each, day_told(each.on, today=today)))
            item.setToolTip(item.text())
            item.setData(Qt.ItemDataRole.UserRole, each)
            self.found.addItem(item)
        if take and len(found) == 1:
            self._take(self.found.item(0))

    def _take(self, item: QListWidgetItem) -> None:
        self.picked.emit(item.data(Qt.ItemDataRole.UserRole))

    def _fail(self, error: AppError) -> None:
        self._bench.feedback.fail(error)


def target_told(target: FormTarget, day: str = "") -> str:
    """A record in one line: what it is, its number, what it is called, when."""
    return "　".join(part for part in (kind_told(target.kind), target.number, target.title, day) if part)

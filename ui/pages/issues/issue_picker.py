"""Choosing another issue: type words of it, take it from the list below."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from app.domain.values import Id
from app.errors import AppError
from app.i18n import _
from app.queries.issue_list import IssueRow, candidates
from ui.page import Workbench
from ui.theme import SPACE
from ui.wording import day_told

_PAUSE: Final = 250  # milliseconds after the last key before the list is asked
_SHOWN: Final = 4


class IssuePicker(QWidget):
    """The newest issues that hold what is typed."""

    def __init__(self, bench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bench: Final = bench
        self._besides: Id = ""
        self.field: Final = QLineEdit()
        self.field.setPlaceholderText(_("Words of the other matter"))
        self.found: Final = QListWidget()
        self.found.setAccessibleName(_("Matters found"))
        self.found.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.pause: Final = QTimer(self, singleShot=True, interval=_PAUSE)
        self.pause.timeout.connect(self._ask)
        self.field.textChanged.connect(lambda _text: self.pause.start())
        self.setFocusProxy(self.field)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE.tiny)
        layout.addWidget(self.field)
        layout.addWidget(self.found)

    def begin(self, besides: Id, chosen: Id = "") -> None:
        """Offer the newest issues but this one."""
        self._besides = besides
        self._ask(chosen)

    def chosen(self) -> Id:
        """The issue chosen; empty for none."""
        item = self.found.currentItem()
        return str(item.data(Qt.ItemDataRole.UserRole)) if item else ""

    def setAccessibleName(self, name: str) -> None:  # noqa: N802  # Qt's own name
        super().setAccessibleName(name)
        self.field.setAccessibleName(name)

    def _ask(self, chosen: Id = "") -> None:
        workspace, typed, besides = self._bench.workspace, self.field.text(), self._besides
        wanted = chosen or self.chosen()
        self._bench.background.ask(
            self,
            lambda: candidates(workspace, typed, besides),
            lambda rows: self._show(rows, wanted),
            self._fail,
            topic="candidates",
        )

    def _show(self, rows: Sequence[IssueRow], wanted: Id) -> None:
        today = self._bench.workspace.clock.today().date()
        self.found.clear()
        for row in rows:
            beside = (day_told(row.on, today=today), row.person)
            item = QListWidgetItem("　".join((row.subject, *(each for each in beside if each))))
            item.setData(Qt.ItemDataRole.UserRole, row.id)
            item.setToolTip(row.subject)
            self.found.addItem(item)
            if row.id == wanted:
                self.found.setCurrentItem(item)
        height = max(self.found.sizeHintForRow(0), self._bench.theme.px(SPACE.dense_row))
        self.found.setFixedHeight(height * min(max(len(rows), 1), _SHOWN) + 2 * self.found.frameWidth())

    def _fail(self, error: AppError) -> None:
        self._bench.feedback.fail(error)

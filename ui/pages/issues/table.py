"""The rows of issues: looked through by the arrow keys, ticked by Space or a click."""

from collections.abc import Callable
from datetime import date
from typing import Any, Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from app.domain.values import Id
from app.i18n import _
from app.queries.issue_list import NEWEST_FIRST, IssueRow, IssueSort
from ui.models.page_table import Column, PageTable
from ui.pages.issues.words import due_told, left_tone, matter_told, received_told, state_tone
from ui.theme import Theme
from ui.widgets.chip_delegate import ChipDelegate
from ui.widgets.table_view import TableView
from ui.widgets.two_lines import TwoLines
from ui.wording import word_of

_TICK, _DAY, _MATTER, _STATE, _DUE = range(5)
_ROW: Final = 56  # pixels of two lines
_LEAST: Final = 190  # pixels that the matter needs before another column is shown
_Index = QModelIndex | QPersistentModelIndex


class IssueTable(PageTable[IssueRow]):
    """Rows that can be ticked; what is ticked stays so on every page and in every filter, until `untick`."""

    ticked_changed = Signal()

    def __init__(self, today: Callable[[], date], parent: QWidget | None = None) -> None:
        super().__init__(
            (
                Column(heading="", text=lambda _row: "", width=1, ticked=lambda row: row.id in self._ticked),
                Column(
                    heading=_("Received"),
                    text=lambda row: received_told(row, today()),
                    width=5,
                    by=IssueSort.DAY,
                    falls=True,
                ),
                Column(heading=_("Matter"), text=matter_told),
                Column(
                    heading=_("State"),
                    text=lambda row: word_of(row.state),
                    width=5,
                    tone=lambda row: state_tone(row.state),
                    by=IssueSort.STATE,
                ),
                Column(
                    heading=_("Deadline"),
                    text=lambda row: due_told(row, today()),
                    width=6,
                    tone=lambda row: left_tone(row.left),
                    by=IssueSort.DUE,
                ),
            ),
            parent,
            usual=NEWEST_FIRST,
        )
        self._ticked: Final[dict[Id, None]] = {}
        self.box_pressed.connect(lambda row, _ticked: self.tick(row.id))

    @property
    def ticked(self) -> tuple[Id, ...]:
        """What is ticked, in the order of ticking."""
        return tuple(self._ticked)

    def tick(self, id: Id) -> None:
        """Tick an issue, or take its tick away."""
        if id in self._ticked:
            del self._ticked[id]
        else:
            self._ticked[id] = None
        self._tell()

    def untick(self) -> None:
        """Take every tick away."""
        self._ticked.clear()
        self._tell()

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.row(index.row())
        if index.column() == _TICK and row:
            if role == Qt.ItemDataRole.AccessibleTextRole:
                return "　".join((_("chosen"), row.subject)) if row.id in self._ticked else row.subject
            if role == Qt.ItemDataRole.ToolTipRole:
                return _("Choose for a suggestion (Space)")
        return super().data(index, role)

    def _tell(self) -> None:
        if self.total:
            self.dataChanged.emit(self.index(0, _TICK), self.index(self.total - 1, _TICK))
        self.ticked_changed.emit()


class IssueView(TableView):
    """The rows in two lines; where it is narrow, deadline and then day give way to the matter."""

    def __init__(self, table: IssueTable, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(table, theme, parent)
        self._issues = table
        self._px = theme.px
        two_lines = TwoLines(theme, self)
        for column in (_DAY, _MATTER, _DUE):
            self.setItemDelegateForColumn(column, two_lines)
        self.setItemDelegateForColumn(_STATE, ChipDelegate(theme, self))
        self.setAccessibleName(_("Issues"))
        self._measure()

    def tick_current(self) -> None:
        """Tick the issue under the cursor, or take its tick away."""
        if row := self._issues.row(self.currentIndex().row()):
            self._issues.tick(row.id)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  # Qt's own name
        if event.key() == Qt.Key.Key_Space:
            self.tick_current()
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  # Qt's own name
        super().resizeEvent(event)
        self._fit()

    def _measure(self) -> None:
        super()._measure()
        if hasattr(self, "_px"):  # the view it is made of measures before it knows what it shows
            self.verticalHeader().setDefaultSectionSize(self._px(_ROW))
            self._fit()

    def _fit(self) -> None:
        """Show as many columns as leave the matter its room."""
        room = self.viewport().width() - self._px(_LEAST)
        for column in (_TICK, _STATE, _DAY, _DUE):
            room -= self._px(16) * self._issues.columns[column].width + self._px(14)
            self.setColumnHidden(column, column in {_DAY, _DUE} and room < 0)

"""Statistics: points of deputies and checks of the station, a tab each; Esc leaves what is being written."""

from functools import partial
from typing import Final

from PySide6.QtWidgets import QButtonGroup, QStackedWidget, QVBoxLayout, QWidget

from app.changes import Changes
from app.domain.points import POINTS_DRAFT
from app.domain.station_check import ROUND_DRAFT
from app.domain.values import Id
from app.i18n import _
from app.use_cases.station_checks import ROUND_KEY
from ui.page import Page, Workbench
from ui.pages.statistics.checks import ChecksView
from ui.pages.statistics.points import PointsView
from ui.theme import SPACE
from ui.widgets.flow import Flow
from ui.widgets.roles import button

CHECKS: Final = "checks"
"""The deed that shows the checks of the station."""


class StatisticsPage(Page):
    """The place of what came of a period's work."""

    concerns = Changes.POINTS | Changes.VISITS | Changes.SUGGESTIONS | Changes.PEOPLE

    def __init__(self, bench: Workbench) -> None:
        super().__init__(bench)
        self.points: Final = PointsView(bench)
        self.checks: Final = ChecksView(bench)
        self._stack: Final = QStackedWidget()
        self._tabs: Final = QButtonGroup(self)
        bar = QWidget()
        flow = Flow(bar)
        for number, (words, view) in enumerate(((_("Points of deputies"), self.points), (_("Checks"), self.checks))):
            tab = button(words, "filter")
            tab.setCheckable(True)
            tab.clicked.connect(partial(self._show, view))
            self._tabs.addButton(tab, number)
            self._stack.addWidget(view)
            flow.addWidget(tab)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE.small)
        layout.addWidget(bar)
        layout.addWidget(self._stack, 1)
        self._show(self.points)

    def heading(self) -> str:
        return _("Statistics")

    def refresh(self) -> None:
        self._view().refresh()

    def open_record(self, id: Id) -> None:
        """An entry of points, or a check; neither knows the other's."""
        self.checks.show_check(id)
        self.points.show_entry(id)

    def begin(self, deed: str) -> None:
        """`checks` shows them; `restore:KEY` goes on with what was typed and not saved."""
        name, _colon, key = deed.partition(":")
        if deed == CHECKS or key.startswith(f"{ROUND_DRAFT}:"):
            self._show(self.checks)
            if key == ROUND_KEY:
                self.checks.begin_round()
            elif key:
                self.checks.restore(key.partition(":")[2])
        elif name == "restore" and key.startswith(f"{POINTS_DRAFT}:"):
            self._show(self.points)
            self.points.restore(key)

    def undoable(self) -> Id:
        return self._view().chosen()

    def go_back(self) -> bool:
        return self._view().step_back()

    def keep(self) -> None:
        self.points.keep()
        self.checks.keep()

    def _view(self) -> PointsView | ChecksView:
        return self.checks if self._stack.currentWidget() is self.checks else self.points

    def _show(self, view: QWidget, _checked: bool = False) -> None:
        self._stack.setCurrentWidget(view)
        tab = self._tabs.button(self._stack.indexOf(view))
        tab.setChecked(True)
        self._view().refresh()

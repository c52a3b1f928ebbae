"""Searches under a name: chosen by a press, named anew, forgotten."""

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QInputDialog, QMenu, QPushButton, QWidget

from app.errors import AppError
from app.i18n import _
from app.queries.search import SearchFilter
from app.use_cases.saved_searches import SavedSearch, remove_search, save_search, saved_searches
from ui.page import Workbench
from ui.widgets.contents import take_out
from ui.widgets.flow import Flow
from ui.widgets.roles import button


class Saved(QWidget):
    """A button for each saved search, and what saves or forgets one; `chosen` tells the filter of the one pressed."""

    chosen = Signal(object)

    def __init__(self, bench: Workbench, asked: Callable[[], SearchFilter]) -> None:
        super().__init__()
        self._bench: Final = bench
        self._asked: Final = asked
        self._asks = False
        self.kept: tuple[SavedSearch, ...] = ()
        self.buttons: dict[str, QPushButton] = {}
        self.keep: Final = button(_("Keep this search …"), "link")
        self.forget: Final = button(_("Forget a search"), "link")
        self._names = QMenu(self.forget)
        self.forget.setMenu(self._names)
        self.keep.clicked.connect(self._ask_name)
        self._flow = Flow(self)
        self._draw()

    def offer(self, *, asks: bool) -> None:
        """Whether there is a search to be kept."""
        self._asks = asks
        self.keep.setEnabled(asks)
        self._check()

    def refresh(self) -> None:
        """Ask again for the saved searches."""
        workspace = self._bench.workspace
        self._bench.background.ask(self, lambda: saved_searches(workspace), self._show, self._fail, topic="saved")

    def save_as(self, name: str) -> None:
        """Keep the search of now under a name."""
        workspace, asked = self._bench.workspace, self._asked()
        self._bench.background.do(self, lambda _progress: save_search(workspace, name, asked), self._tell_kept, self._fail)

    def remove(self, name: str) -> None:
        """Forget a search."""
        workspace = self._bench.workspace
        self._bench.background.do(
            self, lambda _progress: remove_search(workspace, name), lambda _nothing: self.refresh(), self._fail
        )

    def _ask_name(self) -> None:
        name, given = QInputDialog.getText(self, _("Keep this search"), _("Name of the search"), text=self._asked().typed)
        if given:
            self.save_as(name)

    def _tell_kept(self, kept: SavedSearch) -> None:
        self._bench.feedback.say(_("Kept as {name}.").format(name=kept.name))
        self.refresh()

    def _show(self, kept: Sequence[SavedSearch]) -> None:
        self.kept = tuple(kept)
        self._draw()

    def _draw(self) -> None:
        self._flow.removeWidget(self.keep)
        self._flow.removeWidget(self.forget)
        take_out(self._flow)
        self._names.clear()
        self.buttons = {}
        for each in self.kept:
            made = self.buttons[each.name] = button(each.name, "filter")
            made.setCheckable(True)
            made.clicked.connect(lambda _checked=False, asked=each.asked: self.chosen.emit(asked))
            self._flow.addWidget(made)
            self._names.addAction(each.name, lambda name=each.name: self.remove(name))
        self._flow.addWidget(self.keep)
        self._flow.addWidget(self.forget)
        self.forget.setVisible(bool(self.kept))
        self._check()

    def _check(self) -> None:
        """Mark the saved search that is shown."""
        for each in self.kept:
            self.buttons[each.name].setChecked(self._asks and each.asked == self._asked())

    def _fail(self, error: AppError) -> None:
        self._bench.feedback.fail(error)

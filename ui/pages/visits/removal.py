"""A visit removed, with the way back said beside it."""

from typing import Final

from PySide6.QtCore import QObject, Signal

from app.domain.values import Id
from app.i18n import _
from app.use_cases.receptions import RemovedVisit, remove_visit, restore_visit
from ui.page import Workbench


class Removal(QObject):
    """Takes visits out of the records, and brings the last one back where the person says so."""

    removed = Signal(str)
    restored = Signal(str)

    def __init__(self, bench: Workbench, parent: QObject) -> None:
        super().__init__(parent)
        self._bench: Final = bench

    def remove(self, id: Id) -> None:
        """Remove a visit with all that was written down at it."""
        workspace = self._bench.workspace
        self._bench.background.do(self, lambda _p: remove_visit(workspace, id), self._removed, self._bench.feedback.fail)

    def _removed(self, removed: RemovedVisit) -> None:
        self.removed.emit(removed.visit)
        self._bench.feedback.say(_("Removed."), deed=_("Undo"), act=lambda: self._bring_back(removed))

    def _bring_back(self, removed: RemovedVisit) -> None:
        workspace = self._bench.workspace
        self._bench.background.do(
            self,
            lambda _p: restore_visit(workspace, removed),
            lambda _restored: self.restored.emit(removed.visit),
            self._bench.feedback.fail,
        )

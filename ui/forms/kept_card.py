"""A card with a form that is opened for one record after another; what is typed is kept until it is saved."""

from abc import abstractmethod
from collections.abc import Callable, Mapping, Sequence
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.domain.problems import Problem, stopped_by
from app.domain.values import Json
from app.errors import AppError
from app.i18n import _
from ui.forms.draft_keeper import DraftKeeper, HeldDraft
from ui.forms.form_deeds import FormDeeds
from ui.page import Workbench
from ui.widgets.card import Card


class KeptCard(Card):
    """Hidden while nothing is written; `shown` tells that it opened or closed. Save and cancel stand below its fields."""

    shown = Signal()

    def __init__(self, bench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(" ", parent, role="now")
        self._bench: Final = bench
        self._draft: Final = HeldDraft()
        self.deeds: Final = FormDeeds(self, _("Save"))
        self.deeds.wanted.connect(self.save)
        self.deeds.left.connect(self.close_form)
        self.hide()

    @abstractmethod
    def is_open(self) -> bool:
        """Whether something is being written."""

    @abstractmethod
    def save(self) -> None:
        """Save it; the form stays with its sentences where something is missing."""

    def keep(self) -> None:
        """Keep what is typed at once."""
        self._draft.keep()

    def close_form(self) -> bool:
        """Close the form, what was typed is kept; False where none is open."""
        if not self.is_open():
            return False
        self.keep()
        self._end()
        return True

    # --- for those that are made of it

    @abstractmethod
    def _forget(self) -> None:
        """Nothing is being written any more."""

    @abstractmethod
    def _complain(self, problems: Sequence[Problem]) -> None:
        """Say beside each field what is wrong with it."""

    def _open(self, key: str, kind: str, read: Callable[[], Mapping[str, Json]]) -> None:
        """Something lies on the form: keep from now on what is typed, as `read` tells it."""
        self._draft.hold(DraftKeeper(self._bench, key, kind, read, self))
        self.show()
        self.shown.emit()

    def _saving(self) -> None:
        """It is on its way: no second time, and no draft of it."""
        self.deeds.save.setEnabled(False)
        self._draft.pause()

    def _end(self) -> None:
        self.deeds.save.setEnabled(True)
        self._draft.let_go()
        self._forget()
        self.hide()
        self.shown.emit()

    def _fail(self, error: AppError) -> None:
        self.deeds.save.setEnabled(True)
        if (problems := stopped_by(error)) and self.is_open():
            self._draft.touch()
            self._complain(problems)
        else:
            self._bench.feedback.fail(error)

"""The form of one check: put right, or how it was mended; kept while it is written."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.domain.drafted import record_told
from app.domain.problems import Problem
from app.domain.station_check import ROUND_DRAFT, StationCheck
from app.domain.values import Id
from app.errors import AppError
from app.i18n import _
from app.use_cases.issues import Done
from app.use_cases.station_checks import check_key, correct_check, kept_check
from ui.forms.draft_keeper import DraftKeeper, HeldDraft
from ui.forms.form_deeds import FormDeeds
from ui.forms.record_form import Asked, RecordForm
from ui.page import Workbench
from ui.undoing import say_done
from ui.widgets.card import Card

_ROWS: Final[Sequence[Sequence[Asked]]] = (
    (("finding", 6), ("on", 8)),
    (("account", 20),),
    (("measure", 20),),
    (("due_on", 8), ("mended_on", 8)),
)


class MendForm(Card):
    """Hidden while nothing is written; `shown` tells that it opened or closed."""

    shown = Signal()

    def __init__(self, bench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(" ", parent, role="now")
        self._bench: Final = bench
        self._check: StationCheck | None = None
        self._seen: tuple[Id, ...] = ()
        self._draft: Final = HeldDraft()
        self.fields: Final = RecordForm(bench, StationCheck.traits, _ROWS)
        self.deeds: Final = FormDeeds(self, _("Save"))
        for each in (self.fields, self.deeds):
            self.add(each)
        self.fields.changed.connect(self._draft.touch)
        self.deeds.wanted.connect(self.save)
        self.deeds.left.connect(self.close_form)
        self.hide()

    def is_open(self) -> bool:
        """Whether a check is being written."""
        return self._check is not None

    def begin(self, check: StationCheck, seen: Sequence[Id]) -> None:
        """Lay a check here, with what was typed of it before."""
        workspace = self._bench.workspace

        def lay(told: StationCheck) -> None:
            self._end()
            self._check, self._seen = told, tuple(seen)
            self.heading.setText(told.item_name)
            self.fields.show_record(told)
            key = check_key(told.id)
            self._draft.hold(DraftKeeper(self._bench, key, ROUND_DRAFT, lambda: record_told(self.fields.read()), self))
            self.show()
            self.shown.emit()
            self.fields.begin()

        self._bench.background.ask(self, lambda: kept_check(workspace, check), lay, self._bench.feedback.fail, topic="check")

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

    def save(self) -> None:
        """Save it; the form stays with its sentences where something is missing."""
        if self._check is None:
            return
        if problems := self.fields.problems():
            self.fields.complain(problems)
            return
        workspace, check, seen = self._bench.workspace, self.fields.read(), self._seen
        self._draft.pause()
        self._bench.background.do(
            self, lambda _progress: correct_check(workspace, check, seen, check_key(check.id)), self._done, self._fail
        )

    def _done(self, done: Done) -> None:
        self._end()
        say_done(self._bench, self, _("Saved."), done)

    def _end(self) -> None:
        self._draft.let_go()
        self._check = None
        self.hide()
        self.shown.emit()

    def _fail(self, error: AppError) -> None:
        problems = error.facts.get("problems", ())
        if error.code == "incomplete" and isinstance(problems, tuple) and self.is_open():
            self._draft.touch()
            self.fields.complain([each for each in problems if isinstance(each, Problem)])
        else:
            self._bench.feedback.fail(error)

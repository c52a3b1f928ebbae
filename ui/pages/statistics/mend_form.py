"""The form of one check: put right, or how it was mended; kept while it is written."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtWidgets import QWidget

from app.domain.drafted import record_told
from app.domain.problems import Problem
from app.domain.station_check import ROUND_DRAFT, StationCheck
from app.domain.values import Id
from app.i18n import _
from app.use_cases.issues import Done
from app.use_cases.station_checks import check_key, correct_check, kept_check
from ui.forms.kept_card import KeptCard
from ui.forms.record_form import Asked, RecordForm
from ui.page import Workbench
from ui.undoing import say_done

_ROWS: Final[Sequence[Sequence[Asked]]] = (
    (("finding", 6), ("on", 8)),
    (("account", 20),),
    (("measure", 20),),
    (("due_on", 8), ("mended_on", 8)),
)


class MendForm(KeptCard):
    """What was found and what was done about it."""

    def __init__(self, bench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(bench, parent)
        self._check: StationCheck | None = None
        self._seen: tuple[Id, ...] = ()
        self.fields: Final = RecordForm(bench, StationCheck.traits, _ROWS)
        for each in (self.fields, self.deeds):
            self.add(each)
        self.fields.changed.connect(self._draft.touch)

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
            self._open(check_key(told.id), ROUND_DRAFT, lambda: record_told(self.fields.read()))
            self.fields.begin()

        self._bench.background.ask(self, lambda: kept_check(workspace, check), lay, self._bench.feedback.fail, topic="check")

    def save(self) -> None:
        """Save it; the form stays with its sentences where something is missing."""
        if self._check is None:
            return
        if problems := self.fields.problems():
            self._complain(problems)
            return
        workspace, check, seen = self._bench.workspace, self.fields.read(), self._seen
        self._saving()
        self._bench.background.do(
            self, lambda _progress: correct_check(workspace, check, seen, check_key(check.id)), self._done, self._fail
        )

    def _done(self, done: Done) -> None:
        self._end()
        say_done(self._bench, self, _("Saved."), done)

    def _forget(self) -> None:
        self._check = None

    def _complain(self, problems: Sequence[Problem]) -> None:
        self.fields.complain(problems)

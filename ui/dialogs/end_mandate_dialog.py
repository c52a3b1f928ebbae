"""A deputy's mandate ends: on which day, and why."""

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QDialog, QVBoxLayout, QWidget

from app.domain.people import Deputy
from app.domain.problems import stopped_by
from app.errors import AppError
from app.i18n import _
from app.messages import problem_told
from app.use_cases.mandate_drafts import DRAFT, MandateEnd, mandate_key, mandate_told, unsaved_end
from app.use_cases.roster import RosterSaved, end_mandate
from ui.dialogs.foot import foot
from ui.dialogs.room import open_at
from ui.feedback import Feedback
from ui.forms.day_box import DayBox
from ui.forms.draft_keeper import DraftKeeper, offer_anew
from ui.page import Workbench
from ui.theme import SPACE
from ui.widgets.field import Field
from ui.widgets.roles import button, label

_SIZE: Final = 520, 340
_REASONS: Final = ("工作调动，迁出本行政区域", "辞去代表职务", "被罢免", "去世", "任期届满，未连任")
"""What usually ends a mandate; any other words may be written."""


class EndMandateDialog(QDialog):
    """Asks for the day and the reason, kept until they are saved; `saved` tells what was done."""

    saved = Signal(object)

    def __init__(self, bench: Workbench, deputy: Deputy, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bench: Final = bench
        self._deputy: Final = deputy
        self.setWindowTitle(_("The mandate of {name} ends").format(name=deputy.name))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        open_at(self, bench.theme, *_SIZE)
        self.feedback: Final = Feedback()
        self.on: Final = Field(_("Day"), DayBox())
        self.reason: Final = Field(_("Reason"), QComboBox())
        self.reason.editor.setEditable(True)
        self.reason.editor.addItems(_REASONS)
        self.reason.editor.setCurrentText("")
        self.save_button: Final = button(_("End the mandate"), "primary")
        self.keeper: Final = DraftKeeper(
            bench, mandate_key(deputy.id), DRAFT, lambda: mandate_told(self.read(), deputy.name), self
        )
        self._arrange()
        self._show(self._usual())
        self.save_button.clicked.connect(self._save)
        workspace = bench.workspace
        bench.background.ask(self, lambda: unsaved_end(workspace, deputy.id), self._begin, self._fail, topic="kept")

    def read(self) -> MandateEnd:
        """What stands here."""
        return MandateEnd(self.on.editor.day(), self.reason.editor.currentText())

    def done(self, result: int) -> None:
        if self.keeper.pending():
            self.keeper.keep_now()
        super().done(result)

    def _usual(self) -> MandateEnd:
        return MandateEnd(self._bench.workspace.clock.today().date(), "")

    def _begin(self, kept: MandateEnd | None) -> None:
        if kept:
            self._show(kept)
            offer_anew(self.feedback, self._anew)
        self.on.editor.dateChanged.connect(lambda _day: self.keeper.touch())
        self.reason.editor.currentTextChanged.connect(lambda _text: self.keeper.touch())

    def _anew(self) -> None:
        self._show(self._usual())
        self.keeper.discard()

    def _show(self, typed: MandateEnd) -> None:
        self.on.editor.show_day(typed.on)
        self.reason.editor.setCurrentText(typed.reason)

    def _save(self) -> None:
        workspace, id = self._bench.workspace, self._deputy.id
        typed = self.read()
        self.save_button.setEnabled(False)
        self._bench.background.do(
            self, lambda _progress: end_mandate(workspace, id, typed.on, typed.reason), self._saved, self._fail
        )

    def _saved(self, saved: RosterSaved) -> None:
        self.keeper.discard()
        self.saved.emit(saved)
        self.accept()

    def _fail(self, error: AppError) -> None:
        self.save_button.setEnabled(True)
        if problems := stopped_by(error):
            self.reason.complain("".join(problem_told(each) for each in problems))
        else:
            self.feedback.fail(error)

    def _arrange(self) -> None:
        told = _("Signatures under suggestions that are not submitted yet are struck and named; what is open stays.")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE.large, SPACE.large, SPACE.large, SPACE.large)
        layout.setSpacing(SPACE.middle)
        for each in (self.feedback, self.on, self.reason, label(told, "soft", wrap=True)):
            layout.addWidget(each)
        layout.addStretch(1)
        layout.addLayout(foot(self, self.save_button))

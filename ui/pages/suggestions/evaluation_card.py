"""How the evaluation of a suggestion stands: that it came back, never what it says; the deputy's doors to it."""

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.domain.papers import PaperName
from app.domain.values import Id
from app.errors import AppError
from app.i18n import _
from app.use_cases.evaluations import EvaluationStand, evaluation_stand, note_envelope
from app.use_cases.issues import Done
from ui.dialogs.evaluation_dialog import EvaluationDialog, SealedDialog
from ui.forms.day_box import DayBox
from ui.page import Workbench
from ui.pages.suggestions.paper_link import paper_link
from ui.theme import SPACE
from ui.undoing import say_done
from ui.widgets.card import Card
from ui.widgets.flow import Flow
from ui.widgets.roles import button, label
from ui.wording import day_told


class EvaluationCard(Card):
    """Shows one suggestion's evaluation; gone where no reply waits for one and none came back."""

    def __init__(self, bench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(_("Evaluation by the deputy"), parent)
        self._bench: Final = bench
        self._id: Id = ""
        self._stand = EvaluationStand()
        self.words: Final = label("", "soft", wrap=True)
        self.evaluate: Final = button(_("Let the deputy evaluate"))
        self.open_button: Final = button(_("Read (deputy's PIN)"), "link")
        self.envelope: Final = button(_("Came back in an envelope"), "link")
        self.day: Final = DayBox()
        self.day.setAccessibleName(_("Returned on"))
        self.note: Final = button(_("Enter it"))
        self._asked = QWidget()
        line = QHBoxLayout(self._asked)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(SPACE.small)
        line.addWidget(label(_("Returned on"), "label"))
        line.addWidget(self.day, 1)
        line.addWidget(self.note)
        self._asked.hide()
        self.form: Final = paper_link(bench, PaperName.EVALUATION_FORM)
        self.again: Final = label(_("The deputy asks that it be handled again."), "chip", tone="warning")
        deeds = Flow()
        for each in (self.evaluate, self.open_button, self.envelope, self.form):
            deeds.addWidget(each)
        self.add(self.words)
        self.body.addWidget(self.again, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addLayout(deeds)
        self.add(self._asked)
        self.hide()
        self.evaluate.clicked.connect(self.ask_deputy)
        self.open_button.clicked.connect(lambda: SealedDialog(self._bench, self._stand.evaluation, self).open())
        self.envelope.clicked.connect(self._ask_day)
        self.note.clicked.connect(self._note)

    def show_suggestion(self, id: Id) -> None:
        """Ask how this suggestion stands."""
        if id != self._id:
            self._asked.hide()
            self.hide()
        self._id = id
        workspace = self._bench.workspace
        self._bench.background.ask(
            self, lambda: evaluation_stand(workspace, id), self._show, self._fail, topic="evaluation stand"
        )

    def ask_deputy(self) -> None:
        """Leave the keyboard to the deputy."""
        dialog = EvaluationDialog(self._bench, self._id, self)
        dialog.sealed.connect(lambda: self.show_suggestion(self._id))
        dialog.open()

    def _show(self, stand: EvaluationStand) -> None:
        self._stand = stand
        self.words.setText(_told(stand))
        self.again.setVisible(stand.asks_again)
        self.form.setProperty("record", self._id)
        self.evaluate.setText(_("Let the deputy answer anew") if stand.sealed else _("Let the deputy evaluate"))
        self.evaluate.setVisible(stand.may)
        self.open_button.setVisible(stand.sealed)
        self.envelope.setVisible(stand.may and not stand.evaluation)
        self.setVisible(stand.may or stand.sealed or stand.envelope)

    def _ask_day(self) -> None:
        self.day.show_day(self._bench.workspace.clock.today().date())
        self._asked.show()
        self.day.setFocus()

    def _note(self) -> None:
        workspace, id, on = self._bench.workspace, self._id, self.day.day()
        self._bench.background.do(self, lambda _progress: note_envelope(workspace, id, on), self._noted, self._fail)

    def _noted(self, done: Done) -> None:
        self._asked.hide()
        say_done(self._bench, self, _("Entered: the evaluation came back, unopened."), done)
        self.show_suggestion(self._id)

    def _fail(self, error: AppError) -> None:
        if error.code != "record_missing":  # the suggestion was removed meanwhile
            self._bench.feedback.fail(error)


def _told(stand: EvaluationStand) -> str:
    if stand.envelope:
        return _("Returned on {day} in an envelope that nobody here opens.").format(day=day_told(stand.returned_on))
    if not stand.sealed:
        return _("The deputy answers unseen by the unit and by the station.")
    told = _("Sealed on {day}. The station sees totals alone.").format(day=day_told(stand.returned_on))
    unread = _(" No congress can read it yet: its trust file is missing, or the deputy has not typed the PIN since it came.")
    return told + (unread if stand.unread else "")

"""Which paper to print at the place of suggestions: one of the chosen suggestion, a ledger, or an empty form."""

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QPushButton, QVBoxLayout, QWidget

from app.domain.papers import AskedBy, PaperName
from app.domain.values import Id
from app.errors import AppError
from app.i18n import _
from app.queries.suggestion_papers import OF_A_SUGGESTION, papers_offered
from app.use_cases.papers import Asked
from ui.dialogs.paper_buttons import column_of, paper_buttons, paper_card
from ui.dialogs.room import open_at
from ui.feedback import Feedback, Tone
from ui.page import Workbench
from ui.theme import SPACE
from ui.widgets.roles import button, label

_SIZE: Final = 640, 520
_OF_WHAT: Final = "代表建议"  # what every paper here is of goes without saying
_LEDGERS: Final = (PaperName.SUGGESTION_LEDGER, PaperName.COMMITMENT_LEDGER, PaperName.AWARD_LEDGER)
_EMPTY: Final = tuple(each for each in OF_A_SUGGESTION if each.asked_by is AskedBy.RECORD_OR_NOTHING)


class SuggestionPapersDialog(QDialog):
    """The papers there are; `chosen` tells the one a person wants, as it is asked for. Enter takes the official form.

    `listed` asks, away from the window, for the suggestions in sight, which can be bound into one volume.
    """

    chosen = Signal(object)

    def __init__(
        self, bench: Workbench, id: Id, title: str, parent: QWidget | None = None, listed: Callable[[], Sequence[Id]] = tuple
    ) -> None:
        super().__init__(parent)
        self._bench: Final = bench
        self._id: Final = id
        self.setWindowTitle(_("Print"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        open_at(self, bench.theme, *_SIZE)
        self.feedback: Final = Feedback()
        self.papers: Final = self._buttons(OF_A_SUGGESTION, id)
        self.ledgers: Final = self._buttons(_LEDGERS, "")
        self.empty: Final = self._buttons(_EMPTY, "")
        self.volume: Final = button(_("Bind the suggestions listed into one volume …"), "link")
        self.volume.clicked.connect(lambda: bench.background.ask(self, listed, self._bind, self._fail, topic="listed"))
        self.each: Final = button(_("Official form of each suggestion listed, in one file …"), "link")
        self.each.clicked.connect(lambda: bench.background.ask(self, listed, self._print_each, self._fail, topic="listed"))
        self.told: Final = label(
            _("Papers between the units can be printed once a unit was given the suggestion."), "soft", wrap=True
        )
        self._arrange(title)
        self._ask()

    def _buttons(self, names: Sequence[PaperName], id: Id) -> Mapping[PaperName, QPushButton]:
        return paper_buttons([Asked(name=name, id=id) for name in names], self._choose, leave_out=_OF_WHAT)

    def _choose(self, asked: Asked) -> None:
        self.accept()
        self.chosen.emit(asked)

    def _bind(self, ids: Sequence[Id]) -> None:
        self._choose_listed(PaperName.COMPENDIUM, ids)

    def _print_each(self, ids: Sequence[Id]) -> None:
        self._choose_listed(PaperName.SUGGESTION, ids)

    def _choose_listed(self, name: PaperName, ids: Sequence[Id]) -> None:
        if ids:
            self._choose(Asked(name=name, ids=tuple(ids)))
        else:
            self.feedback.say(_("No suggestion is listed: choose another group or narrow less."), Tone.WARNING)

    def _ask(self) -> None:
        """Ask what this suggestion can be printed on; the rest stays in sight and cannot be pressed."""
        self.told.hide()
        if self._id:
            workspace, id = self._bench.workspace, self._id
            self._bench.background.ask(self, lambda: papers_offered(workspace, id), self._offer, self._fail, topic="papers")

    def _offer(self, offered: Mapping[PaperName, bool]) -> None:
        for name, each in self.papers.items():
            each.setEnabled(offered[name])
        self.told.setVisible(not all(offered.values()))

    def _fail(self, error: AppError) -> None:
        self.feedback.fail(error)

    # --- making

    def _arrange(self, title: str) -> None:
        cards = [paper_card(title or _("(no title yet)"), self.papers, self.told)] if self._id else []
        cards += [
            paper_card(_("Ledgers"), self.ledgers, self.volume, self.each),
            paper_card(_("Empty forms to write on"), self.empty),
        ]
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE.large, SPACE.large, SPACE.large, SPACE.large)
        layout.setSpacing(SPACE.middle)
        layout.addWidget(self.feedback)
        layout.addWidget(column_of(*cards), 1)
        first = next(iter((self.papers if self._id else self.ledgers).values()))
        first.setDefault(True)
        first.setFocus()

"""What helps beside the text: the paper or what came of it, remarks, hints, earlier suggestions; or the shelf in their place."""

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.suggestion_sheet import SuggestionSheet
from app.domain.values import Id
from app.errors import AppError
from app.i18n import _
from app.queries.review_remarks import remarks_on
from ui.forms.keys_told import keyed
from ui.forms.suggestion_form import SuggestionForm
from ui.page import Workbench
from ui.pages.suggestions.columns import Columns, beneath
from ui.pages.suggestions.handling import HandlingPanel
from ui.pages.suggestions.hints import HintsCard
from ui.pages.suggestions.preview import Preview
from ui.pages.suggestions.remarks import RemarksCard
from ui.pages.suggestions.repeated_card import RepeatedCard
from ui.pages.suggestions.shelf import KEY, ShelfCard
from ui.theme import SPACE
from ui.widgets.roles import button


class Aids(QWidget):
    """The right column of the desk."""

    reading = Signal(bool)
    """The shelf was opened or closed."""

    def __init__(self, bench: Workbench, form: SuggestionForm) -> None:
        super().__init__()
        self._bench: Final = bench
        self._form: Final = form
        self._id: Id = ""
        self.preview: Final = Preview()
        self.handling: Final = HandlingPanel(bench)
        self.remarks: Final = RemarksCard(form.text.text)
        self.hints: Final = HintsCard()
        self.repeated: Final = RepeatedCard(bench)
        self.shelf: Final = ShelfCard(bench)
        self.shelf_button: Final = button(_("Shelf"), "link")
        self.shelf_button.setToolTip(keyed(_("Rules, writing guide and examples"), KEY))
        self._usual = QWidget()
        self._arrange()
        self.shelf_button.clicked.connect(lambda: self.open_shelf())
        self.shelf.closed.connect(self.close_shelf)
        self.hints.rule_wanted.connect(self.open_shelf)
        self.remarks.wanted.connect(form.text.show_span)

    def listen(self, within: Columns) -> None:
        """Let the keys of what stands here work wherever the cursor is in there, and make room where one reads."""
        self.reading.connect(lambda reading: within.read_beside(reading=reading))
        key = QShortcut(QKeySequence(KEY), within)
        key.activated.connect(lambda: self.open_shelf())
        self.remarks.listen(within)

    def lay(self, id: Id, *, stored: bool) -> None:
        """Another suggestion lies on the desk, or the same in another state."""
        if id != self._id:
            self.repeated.forget()
        self._id = id
        if not stored:
            self.remarks.show_remarks(())
            return
        workspace = self._bench.workspace
        self._bench.background.ask(
            self, lambda: remarks_on(workspace, id), self.remarks.show_remarks, self._fail, topic="remarks"
        )

    def renew(self, sheet: SuggestionSheet, *, frozen: bool) -> None:
        """The words are others now: what depends on them is looked for again."""
        self.remarks.follow()
        if frozen:
            self.repeated.show_suggestion(sheet.id)
        else:
            self.repeated.show_draft(sheet.suggestion)

    def open_shelf(self, code: str = "") -> None:
        """The shelf in the place of everything else here, at the entry of a code."""
        self._usual.hide()
        self.reading.emit(True)
        self.shelf.open_at(code)

    def close_shelf(self) -> None:
        """Back to what stood here; the cursor is in the text again."""
        self.shelf.hide()
        self._usual.show()
        self.reading.emit(False)
        self._form.text.setFocus()

    def step_back(self) -> bool:
        """From an entry of the shelf to its list, from there away; False where the shelf is closed."""
        if self.shelf.isHidden():
            return False
        if not self.shelf.step_back():
            self.close_shelf()
        return True

    def _arrange(self) -> None:
        usual = QVBoxLayout(self._usual)
        usual.setContentsMargins(0, 0, 0, 0)
        usual.setSpacing(SPACE.middle)
        usual.addWidget(beneath(self.preview, self.handling), 1)
        for each in (self.remarks, self.hints, self.repeated):
            usual.addWidget(each)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._usual, 1)
        column.addWidget(self.shelf, 1)

    def _fail(self, error: AppError) -> None:
        self._bench.feedback.fail(error)

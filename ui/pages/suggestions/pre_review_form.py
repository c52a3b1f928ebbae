"""The form of a pre-review: who looked at it, passed or returned, help in wording for paragraphs and for the whole."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QComboBox, QGridLayout, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from app.domain.problems import Problem
from app.domain.review import Review, ReviewOutcome
from app.domain.review_remarks import Remark, Remarks, merged, paragraphs, read, remark_on, written
from app.i18n import _
from app.use_cases.reviews import OUTCOMES
from ui.forms.day_box import DayBox
from ui.forms.field_row import FieldRow
from ui.page import Workbench
from ui.pages.suggestions.talk_form import complain
from ui.theme import SPACE
from ui.widgets.contents import take_out
from ui.widgets.field import Field
from ui.widgets.growing_text import GrowingText
from ui.widgets.roles import button, label
from ui.wording import word_of

_EXCERPT: Final = 24  # characters of a paragraph in the list


class PreReviewForm(QWidget):
    """A review in, a review out; remarks name the paragraph they belong to."""

    changed = Signal()

    def __init__(self, bench: Workbench) -> None:
        super().__init__()
        self._review = Review(id="")
        self._text = ""
        self._remarks: tuple[Remark, ...] = ()
        self._outcomes = QWidget()
        self.outcomes: Final[dict[str, QPushButton]] = {}
        self.outcome: Final = Field(_("Outcome"), self._outcomes)
        self.body: Final = Field(_("Looked at by (body)"), QLineEdit())
        self.reviewer: Final = Field(_("By whom"), QLineEdit())
        self.on: Final = Field(_("Day"), DayBox())
        self.paragraph: Final = QComboBox()
        self.words: Final = QLineEdit()
        self.add_remark: Final = button(_("Add the remark"))
        self.help: Final = Field(_("Help in wording, for the whole"), GrowingText(bench.theme))
        self._list = QGridLayout()
        self._fields: Final[dict[str, Field[Any]]] = {
            "outcome": self.outcome,
            "body": self.body,
            "decided_on": self.on,
            "help_given": self.help,
        }
        self._arrange(bench)
        self._connect()

    def show_review(self, review: Review, text: str) -> None:
        """Show a review of this text."""
        self._review, self._text = review, text
        remarks = read(review.help_given)
        blocked = self.blockSignals(True)
        for code, each in self.outcomes.items():
            each.setChecked(code == review.outcome)
        self.body.editor.setText(review.body)
        self.reviewer.editor.setText(review.reviewer)
        if review.decided_on:
            self.on.editor.show_day(review.decided_on)
        self.help.editor.show_text(remarks.whole)
        self._offer_paragraphs()
        self._remarks = remarks.single
        self._draw()
        self.blockSignals(blocked)
        self.complain(())
        self.outcomes[ReviewOutcome.PASSED].setFocus()

    def read(self) -> Review:
        """The review as it stands here; a remark that was typed and not added is in it."""
        remarks = merged(self._remarks, self._typed()) if self.words.text().strip() else self._remarks
        whole = self.help.editor.text().strip()
        return replace(
            self._review,
            outcome=next((ReviewOutcome(code) for code, each in self.outcomes.items() if each.isChecked()), ""),
            body=self.body.editor.text().strip(),
            reviewer=self.reviewer.editor.text().strip(),
            decided_on=self.on.editor.day(),
            help_given=written(Remarks(single=remarks, whole=whole)),
        )

    def complain(self, problems: Sequence[Problem]) -> None:
        """Say beside each field what is wrong with it, and go to the first of them."""
        complain(self._fields, problems)

    # --- remarks

    def _typed(self) -> Remark:
        return remark_on(self._text, int(self.paragraph.currentData() or 1), self.words.text().strip())

    def _take(self) -> None:
        if not self.words.text().strip():
            return
        self._remarks = merged(self._remarks, self._typed())
        self.words.clear()
        self._draw()
        self.words.setFocus()
        self.changed.emit()

    def _drop(self, remark: Remark) -> None:
        self._remarks = tuple(each for each in self._remarks if each is not remark)
        self._draw()
        self.changed.emit()

    def _offer_paragraphs(self) -> None:
        self.paragraph.clear()
        for number, line in enumerate(paragraphs(self._text), start=1):
            told = line[:_EXCERPT] + ("…" if len(line) > _EXCERPT else "")
            self.paragraph.addItem(_("§{paragraph} {words}").format(paragraph=number, words=told), number)

    def _draw(self) -> None:
        take_out(self._list)
        for row, each in enumerate(self._remarks):
            self._list.addWidget(label(_("§{paragraph}").format(paragraph=each.paragraph), "label"), row, 0)
            self._list.addWidget(label(each.words, wrap=True), row, 1)
            drop = button(_("Take out"), "link")
            drop.setAccessibleName(_("Take out {name}").format(name=each.words))
            drop.clicked.connect(lambda _checked=False, each=each: self._drop(each))
            self._list.addWidget(drop, row, 2, Qt.AlignmentFlag.AlignTop)

    # --- how

    def _arrange(self, bench: Workbench) -> None:
        line = QHBoxLayout(self._outcomes)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(SPACE.small)
        group = QButtonGroup(self)
        for each in OUTCOMES:
            self.outcomes[each] = button(word_of(each), "filter")
            self.outcomes[each].setCheckable(True)
            group.addButton(self.outcomes[each])
            line.addWidget(self.outcomes[each])
        line.addStretch(1)
        self.paragraph.setAccessibleName(_("Paragraph"))
        self.paragraph.setMinimumContentsLength(6)
        self.paragraph.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.words.setAccessibleName(_("Remark on the paragraph"))
        self.words.setPlaceholderText(_("Remark on the paragraph"))
        self._list.setHorizontalSpacing(SPACE.middle)
        self._list.setColumnStretch(1, 1)
        adding = QWidget()
        flow = QHBoxLayout(adding)
        flow.setContentsMargins(0, 0, 0, 0)
        flow.setSpacing(SPACE.small)
        flow.addWidget(self.words, 1)
        flow.addWidget(self.add_remark)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE.small)
        layout.addWidget(self.outcome)
        layout.addWidget(FieldRow(bench.theme, [(self.body, 10), (self.reviewer, 8), (self.on, 8)]))
        layout.addWidget(label(_("Remarks on paragraphs"), "label"))
        layout.addLayout(self._list)
        layout.addWidget(self.paragraph)
        layout.addWidget(adding)
        layout.addWidget(self.help)

    def _connect(self) -> None:
        self.add_remark.clicked.connect(self._take)
        self.words.returnPressed.connect(self._take)
        for told in (
            *(each.toggled for each in self.outcomes.values()),
            self.body.editor.textChanged,
            self.reviewer.editor.textChanged,
            self.on.editor.dateChanged,
            self.words.textChanged,
            self.help.editor.textChanged,
        ):
            told.connect(lambda *_told: self.changed.emit())

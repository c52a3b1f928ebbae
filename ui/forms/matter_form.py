"""One matter in the resident's own words, and what is known of it already."""

import re
from dataclasses import replace
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from app.domain.issue import Issue, Purpose
from app.domain.matters import Likeness, judged
from app.domain.values import Id
from app.i18n import _
from app.queries.visit_words import VisitWords
from ui.forms.category_box import CategoryBox
from ui.forms.enter_moves import EnterMoves
from ui.forms.field_row import FieldRow
from ui.theme import SPACE, Theme
from ui.widgets.code_box import CodeBox
from ui.widgets.field import Field
from ui.widgets.long_text import LongText

_BETWEEN_UNITS: Final = re.compile(r"[、，,;；\n]+")
_LOWEST: Final = 112  # pixels of the words that always show


class MatterForm(QWidget):
    """An issue in, an issue out; `changed` tells that something was typed or chosen."""

    changed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None, *, words: str = "") -> None:
        super().__init__(parent)
        self._issue = Issue(id="")
        text = LongText(theme, is_heading=lambda _line: False)
        self.words: Final = Field(words or _("What was raised, in the visitor's own words"), text)
        self.purpose: Final = Field(_("Purpose"), CodeBox(Purpose))
        self.category: Final = Field(_("Category"), CategoryBox())
        self.units: Final = Field(_("Units concerned"), QLineEdit())
        self.proposed: Final = Field(_("Proposed handling"), QLineEdit())
        self.reply: Final = Field(_("Answer given on the spot"), QLineEdit())
        row = FieldRow(theme, [(self.purpose, 6), (self.category, 8), (self.units, 8), (self.proposed, 9)])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE.small)
        layout.addWidget(self.words, 1)
        layout.addWidget(row)
        layout.addWidget(self.reply)
        self._theme: Final = theme
        theme.changed.connect(self._measure)
        self._measure()
        self._connect()

    def _measure(self) -> None:
        self.words.editor.setMinimumHeight(self._theme.px(_LOWEST))

    def show_names(self, known: VisitWords) -> None:
        """Offer these categories."""
        self.category.editor.show_names(known.categories)

    def show_issue(self, issue: Issue) -> None:
        """Show an issue."""
        self._issue = issue
        blocked = self.blockSignals(True)
        self.words.editor.show_text(issue.words)
        self.purpose.editor.show_code(issue.purpose)
        self.category.editor.show_code(issue.category)
        self.units.editor.setText("、".join(issue.units_concerned))
        self.proposed.editor.setText(issue.proposed_handling)
        self.reply.editor.setText(issue.on_spot_reply)
        self.words.complain("")
        self.blockSignals(blocked)

    def rest_on(self, issue: Issue) -> None:
        """Take what was saved for granted, without touching what is being typed."""
        self._issue = issue

    def judge(self, other: Id, likeness: Likeness) -> None:
        """Let a word about another issue stand with this one, to be done when it is saved."""
        self._issue = judged(self._issue, other, likeness)
        self.changed.emit()

    def read(self) -> Issue:
        """The issue as it stands in the form."""
        units = (part.strip() for part in _BETWEEN_UNITS.split(self.units.editor.text()))
        return replace(
            self._issue,
            words=_kept(self._issue.words, self.words.editor.text()),
            purpose=self.purpose.editor.code(),
            category=self.category.editor.code(),
            units_concerned=tuple(part for part in units if part),
            proposed_handling=_kept(self._issue.proposed_handling, self.proposed.editor.text()),
            on_spot_reply=_kept(self._issue.on_spot_reply, self.reply.editor.text()),
        )

    def _connect(self) -> None:
        enter = EnterMoves(self)
        for box in (self.purpose.editor, self.category.editor):
            enter.watch(box)
            box.currentIndexChanged.connect(lambda _index: self.changed.emit())
        for line in (self.units.editor, self.proposed.editor, self.reply.editor):
            enter.watch(line)
            line.textChanged.connect(lambda _text: self.changed.emit())
        self.words.editor.textChanged.connect(self._typed)

    def _typed(self) -> None:
        if self.words.editor.text().strip():
            self.words.complain("")
        self.changed.emit()


def says_something(issue: Issue) -> bool:
    """Whether a person said anything of the issue, besides what follows from the visit and whoever raised it."""
    told = (issue.subject, issue.words, issue.place, issue.on_spot_reply, issue.proposed_handling, issue.remarks, issue.number)
    return any(each.strip() for each in told) or bool(issue.purpose or issue.category or issue.units_concerned)


def blank_issue(id: Id) -> Issue:
    """An issue of which nothing was said yet."""
    return Issue(id=id)


def _kept(before: str, typed: str) -> str:
    """What was typed without the white space around it; what stood there before where nothing else is different."""
    return before if typed in {before, before.replace("\r\n", "\n")} else typed.strip()

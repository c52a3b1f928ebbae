"""What is open between here and the body: packages that are missing, late, laid aside or refused, and what to do about each."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.exchange_papers import QuestionKind
from app.i18n import _
from app.messages import said
from app.messages.exchange import question_told, question_word
from app.queries.exchange_questions import Question
from app.queries.reconciliation import Number
from ui.theme import SPACE
from ui.widgets.card import Card
from ui.widgets.contents import take_out
from ui.widgets.roles import button, label

_SHOWN: Final = 6
_COPIED_AGAIN: Final = frozenset({QuestionKind.GAP, QuestionKind.VANISHED, QuestionKind.OVERDUE, QuestionKind.REFUSED})


class QuestionsCard(Card):
    """Hidden where every package is settled, or on its way for a short while."""

    copy_wanted = Signal(object)
    """Another copy of this `Number` is wanted."""

    def __init__(self) -> None:
        super().__init__(_("To be cleared up"), role="now")
        self._rows = QVBoxLayout()
        self._rows.setSpacing(SPACE.large)
        self.body.addLayout(self._rows)
        self.hide()

    def show_questions(self, asked: Sequence[Question], numbers: Sequence[Number]) -> None:
        """Show what is open; what waits for its first copy alone is told by the list."""
        by_number = {(each.epoch, each.seq): each for each in numbers}
        shown = [each for each in asked if each.kind is not QuestionKind.NEVER_COPIED]
        take_out(self._rows)
        for each in shown[:_SHOWN]:
            self._rows.addWidget(self._row(each, by_number[each.epoch, each.seq]))
        if len(shown) > _SHOWN:
            self._rows.addWidget(label(_("{count} more in the statement.").format(count=len(shown) - _SHOWN), "soft"))
        self.setVisible(bool(shown))

    def _row(self, question: Question, number: Number) -> QWidget:
        row = QWidget()
        column = QVBoxLayout(row)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE.tiny)
        heading = _("Package {number}: {word}").format(number=question.seq, word=question_word(question.kind))
        column.addWidget(label(heading, "strong", wrap=True))
        words = question_told(question.kind)
        if question.code and question.kind is not QuestionKind.FORKED:
            words = f"{words}\n{said(question.code, {'seq': question.seq})}"
        told = label(words, "soft", wrap=True)
        told.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        column.addWidget(told)
        if question.kind in _COPIED_AGAIN:
            deed = button(_("Copy it again …"))
            deed.setAccessibleName(_("Copy package {number} again").format(number=question.seq))
            deed.clicked.connect(lambda: self.copy_wanted.emit(number))
            column.addWidget(deed, alignment=Qt.AlignmentFlag.AlignLeft)
        return row

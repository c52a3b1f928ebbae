"""What reviews remarked on single places of the text: each leads to its place; one whose place is gone says so."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.review_remarks import span_of
from app.i18n import _
from app.queries.review_remarks import ReviewRemark
from ui.forms.keys_told import keyed
from ui.theme import SPACE
from ui.widgets.card import Card
from ui.widgets.contents import take_out
from ui.widgets.flow import Flow
from ui.widgets.roles import button, label
from ui.wording import day_told, word_of

NEXT, PREVIOUS = "F4", "Shift+F4"


class RemarksCard(Card):
    """The remarks, the newest review first; F4 leads through those whose place is there."""

    wanted = Signal(int, int)
    """Characters of the text that a remark belongs to, from and to."""

    def __init__(self, read: Callable[[], str], parent: QWidget | None = None) -> None:
        super().__init__(_("Remarks in the text"), parent)
        self._read: Final = read
        self.next: Final = button(_("Next one"), "link")
        self.previous: Final = button(_("Previous one"), "link")
        for link, keys, step in ((self.previous, PREVIOUS, -1), (self.next, NEXT, 1)):
            link.setToolTip(keyed(_("Next remark") if step > 0 else _("Previous remark"), keys))
            link.clicked.connect(partial(self.step, step))
            self.head.addWidget(link)
        self.rows: Final[list[_Row]] = []
        self._remarks: tuple[ReviewRemark, ...] = ()
        self._at: int | None = None
        self._column = QVBoxLayout()
        self._column.setSpacing(SPACE.middle)
        self.body.addLayout(self._column)
        self.hide()

    def listen(self, within: QWidget) -> None:
        """Let the keys lead through the remarks wherever the cursor is in there."""
        for keys, step in ((NEXT, 1), (PREVIOUS, -1)):
            key = QShortcut(QKeySequence(keys), within)
            key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            key.activated.connect(partial(self.step, step))

    def show_remarks(self, remarks: Sequence[ReviewRemark]) -> None:
        """Show these; without any there is no card."""
        if self._remarks != tuple(remarks):
            self._remarks, self._at = tuple(remarks), None
            take_out(self._column)
            self.rows.clear()
            for number, each in enumerate(self._remarks):
                row = _Row(each)
                row.go.clicked.connect(partial(self.go, number))
                self.rows.append(row)
                self._column.addWidget(row)
        self.follow()
        self.setVisible(bool(self._remarks))

    def follow(self) -> None:
        """The text is another now: say of each remark whether its place is still there."""
        text = self._read()
        for each, row in zip(self._remarks, self.rows, strict=True):
            row.tell(there=span_of(each.remark, text) is not None)
        there = any(not row.go.isHidden() for row in self.rows)
        for link in (self.next, self.previous):
            link.setEnabled(there)

    def go(self, number: int) -> None:
        """Show where a remark belongs."""
        if span := span_of(self._remarks[number].remark, self._read()):
            self._at = number
            self.wanted.emit(*span)
        else:
            self.follow()

    def step(self, by: int) -> None:
        """To the next remark whose place is there, or the one before; past the end it begins anew."""
        text = self._read()
        there = [number for number, each in enumerate(self._remarks) if span_of(each.remark, text)]
        if not there:
            return
        at = -1 if self._at is None and by > 0 else len(self._remarks) if self._at is None else self._at
        ahead = [number for number in there if (number > at if by > 0 else number < at)]
        self.go((ahead or there)[0 if by > 0 else -1])


class _Row(QWidget):
    def __init__(self, told: ReviewRemark) -> None:
        super().__init__()
        remark = told.remark
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE.tiny)
        where = _("Paragraph {number}").format(number=remark.paragraph) if remark.paragraph else ""
        quote = _("“{words}”").format(words=remark.quote) if remark.quote else ""
        review = _("{stage} {round}").format(stage=word_of(told.stage), round=told.round) if told.round else word_of(told.stage)
        column.addWidget(label(remark.words, wrap=True))
        about = "　".join(part for part in (review, day_told(told.on), where, quote) if part)
        column.addWidget(label(about, "small", wrap=True))
        self.gone = label(_("Its place is not in the text any more."), "small", wrap=True)
        self.go = button(_("Go there"), "link")
        line = Flow(gap=SPACE.middle)
        line.addWidget(self.go)
        column.addWidget(self.gone)
        column.addLayout(line)
        self._placed = bool(remark.paragraph or remark.quote)
        self.tell(there=True)

    def tell(self, *, there: bool) -> None:
        """Whether the place is there; a remark on the whole has none and misses none."""
        self.go.setVisible(self._placed and there)
        self.gone.setVisible(self._placed and not there)

"""What comes before submission, in a narrow card: talks with the unit, pre-reviews, and the way to withdraw."""

from functools import partial
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.review import Review, ReviewOutcome
from app.domain.review_remarks import read
from app.i18n import _, ngettext
from app.queries.suggestion_signing import Preparation, Talk
from ui.theme import SPACE
from ui.widgets.card import Card
from ui.widgets.contents import take_out
from ui.widgets.elided_link import ElidedLink
from ui.widgets.roles import button, label
from ui.wording import day_told, word_of

_LEAST_SHOWN: Final = 40  # characters of what was said


class BeforeCard(Card):
    """Talks and pre-reviews with their days; each opens what was written down, and more can be written down."""

    talking = Signal(object)
    """A talk is to be written down: a new one for None, else the one to be corrected."""
    reviewing = Signal()
    sending = Signal()
    withdrawing = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Before submission"), parent)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(SPACE.tiny)
        self.none: Final = label(_("No talk and no review yet."), "small", wrap=True)
        self.talk: Final = button(_("Write down a talk"), "link")
        self.send: Final = button(_("Send to pre-review"), "link")
        self.review: Final = button(_("Outcome of the pre-review"), "link")
        self.withdraw: Final = button(_("Withdraw …"), "link")
        self.add(self.none)
        self.body.addLayout(self._rows)
        for each in (self.talk, self.send, self.review, self.withdraw):
            self.add(each)
        self.talk.clicked.connect(lambda: self.talking.emit(None))
        self.send.clicked.connect(self.sending)
        self.review.clicked.connect(self.reviewing)
        self.withdraw.clicked.connect(self.withdrawing)
        self.hide()

    def show_preparation(self, prepared: Preparation) -> None:
        """Show what happened, and offer what the rules of the receiving body have."""
        take_out(self._rows)
        for talk in prepared.talks:
            self._add_talk(talk, correctable=prepared.open)
        for review in prepared.pre_reviews:
            self._add_review(review)
        sent = prepared.suggestion.state == "pre_review"
        self.none.setVisible(not prepared.talks and not prepared.pre_reviews)
        self.talk.setVisible(prepared.open and prepared.profile.consultation)
        self.send.setVisible(prepared.open and prepared.profile.pre_review and not sent)
        self.review.setVisible(prepared.open and prepared.profile.pre_review)
        self.withdraw.setVisible(prepared.withdrawable)
        self.show()

    def _add_talk(self, talk: Talk, *, correctable: bool) -> None:
        told = talk.consultation
        self._line(_("Talk"), " ".join(each for each in (day_told(told.on), word_of(told.way) if told.way else "") if each))
        words = told.conclusion or told.account
        link = ElidedLink(" · ".join(each for each in (talk.unit, words[:_LEAST_SHOWN]) if each))
        link.setToolTip(words)
        if correctable:
            link.clicked.connect(partial(self.talking.emit, talk))
        else:
            link.setEnabled(False)
        self._rows.addWidget(link)

    def _add_review(self, review: Review) -> None:
        name = _("Pre-review {round}").format(round=review.round)
        who = review.reviewer or review.body
        self._line(name, " ".join(each for each in (day_told(review.decided_on), who) if each))
        tone = "ok" if review.outcome == ReviewOutcome.PASSED else "warning"
        line = QWidget()
        column = QVBoxLayout(line)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE.tiny)
        column.addWidget(label(word_of(review.outcome), "strong" if tone == "warning" else ""))
        remarks = read(review.help_given)
        single = len(remarks.single)
        many = (
            ngettext("{count} remark in the text", "{count} remarks in the text", single).format(count=single) if single else ""
        )
        for words in (many, review.reason, remarks.whole):
            if words:
                column.addWidget(label(words, "small", wrap=True))
        self._rows.addWidget(line)

    def _line(self, name: str, told: str) -> None:
        self._rows.addWidget(label(f"{name}　{told}", "small", wrap=True))

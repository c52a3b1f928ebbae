"""That a matter was raised before, in other years or by other deputies, and what was answered then."""

from functools import partial
from typing import Final

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.values import Id
from app.errors import AppError
from app.i18n import _
from app.queries.repeated_topics import EarlierTopic, RepeatedTopic, repeated_topic
from ui.page import Workbench
from ui.places import Place
from ui.theme import SPACE
from ui.widgets.card import Card
from ui.widgets.contents import take_out
from ui.widgets.elided_link import ElidedLink
from ui.widgets.roles import label
from ui.wording import day_told, word_of


class RepeatedCard(Card):
    """Gone where nothing like it was raised."""

    def __init__(self, bench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(_("Raised before"), parent)
        self._bench: Final = bench
        self._id: Id = ""
        self.words: Final = label("", "soft", wrap=True)
        self._rows: Final = QVBoxLayout()
        self._rows.setSpacing(SPACE.tiny)
        self.add(self.words)
        self.body.addLayout(self._rows)
        self.hide()

    def show_suggestion(self, id: Id) -> None:
        """Ask whether the topic of this suggestion was raised before."""
        if id != self._id:
            self.hide()
        self._id = id
        workspace = self._bench.workspace
        self._bench.background.ask(self, lambda: repeated_topic(workspace, id), self._show, self._fail, topic="repeated")

    def _show(self, topic: RepeatedTopic) -> None:
        take_out(self._rows)
        told = _("The topic was raised in {years} years by {deputies} deputies.")
        self.words.setText(told.format(years=topic.years, deputies=topic.deputies))
        for each in topic.others:
            self._rows.addWidget(self._line(each))
        self.setVisible(bool(topic.others))

    def _line(self, other: EarlierTopic) -> QWidget:
        part = QWidget()
        column = QVBoxLayout(part)
        column.setContentsMargins(0, 0, 0, SPACE.tiny)
        column.setSpacing(0)
        link = ElidedLink(other.title)
        link.clicked.connect(partial(self._bench.go, Place.SUGGESTIONS, other.id))
        column.addWidget(link)
        facts = (str(other.year or ""), other.lead, word_of(other.state) if other.state else "")
        column.addWidget(label("　".join(each for each in facts if each), "small", wrap=True))
        for reply in other.answers[-1:]:
            letter = _("class {letter}").format(letter=reply.reply_class) if reply.reply_class else ""
            answer = (day_told(reply.replied_on), letter, " ".join(reply.text.split()))
            column.addWidget(label("　".join(each for each in answer if each), "small", wrap=True))
        return part

    def _fail(self, error: AppError) -> None:
        if error.code != "record_missing":  # the suggestion was removed meanwhile
            self._bench.feedback.fail(error)

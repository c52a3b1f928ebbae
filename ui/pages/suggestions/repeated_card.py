"""That a matter was raised before, in other years or by other deputies, why they are alike, and what was answered then."""

from functools import partial
from typing import Final

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.reply import reply_class_word
from app.domain.suggestion import Suggestion
from app.domain.values import Id
from app.errors import AppError
from app.i18n import _
from app.queries.repeated_topics import EarlierAnswer, EarlierTopic, RepeatedTopic, repeated_topic, topic_of_draft
from ui.page import Workbench
from ui.places import Place
from ui.theme import SPACE
from ui.widgets.card import Card
from ui.widgets.contents import take_out
from ui.widgets.elided_link import ElidedLink
from ui.widgets.roles import label
from ui.wording import day_told, word_of

_ANSWERS: Final = 2  # of each, the last ones
_LONGEST: Final = 80  # characters of what was answered


class RepeatedCard(Card):
    """Gone where nothing like it was raised."""

    def __init__(self, bench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(_("Raised before"), parent)
        self._bench: Final = bench
        self._id: Id = ""
        self._topic: RepeatedTopic | None = None
        self.words: Final = label("", "soft", wrap=True)
        self._rows: Final = QVBoxLayout()
        self._rows.setSpacing(SPACE.tiny)
        self.add(self.words)
        self.body.addLayout(self._rows)
        self.hide()

    def show_suggestion(self, id: Id) -> None:
        """Ask whether the topic of this suggestion was raised before."""
        if id != self._id:
            self.forget()
        self._id = id
        workspace = self._bench.workspace
        self._bench.background.ask(self, lambda: repeated_topic(workspace, id), self._show, self._fail, topic="repeated")

    def forget(self) -> None:
        """Another suggestion is in sight: what was shown is not about it."""
        self._topic = None
        self.hide()

    def show_draft(self, suggestion: Suggestion) -> None:
        """Ask the same of what is being written, by its title and text as they stand; what is shown stays until then."""
        self._id = suggestion.id
        workspace = self._bench.workspace
        ask = self._bench.background.ask
        ask(self, lambda: topic_of_draft(workspace, suggestion), self._show, self._fail, topic="repeated")

    def _show(self, topic: RepeatedTopic) -> None:
        if topic == self._topic:
            return
        self._topic = topic
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
        words = _("The text names: {words}") if other.held else _("Alike in: {words}")
        if other.words:
            column.addWidget(label(words.format(words=_(", ").join(other.words)), "small", wrap=True))
        for answer in other.answers[-_ANSWERS:]:
            column.addWidget(label(_answer_told(answer), "small", wrap=True))
        return part

    def _fail(self, error: AppError) -> None:
        if error.code != "record_missing":  # the suggestion was removed meanwhile
            self._bench.feedback.fail(error)


def _answer_told(answer: EarlierAnswer) -> str:
    reply, said = answer.reply, " ".join(answer.reply.text.split())
    letter = _("class {letter}").format(letter=f"{reply.reply_class} {reply_class_word(reply)}") if reply.reply_class else ""
    satisfied = word_of(answer.satisfied) if answer.satisfied else ""
    short = said[:_LONGEST] + ("…" if len(said) > _LONGEST else "")
    return "　".join(each for each in (_("Answered"), day_told(reply.replied_on), answer.unit, letter, satisfied, short) if each)

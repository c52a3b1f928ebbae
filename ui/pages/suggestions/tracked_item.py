"""One tracked item beside the list: what was promised by whom until when, its course, and what becomes of it."""

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from app.domain.problems import stopped_by
from app.domain.reply import ClassChange, Reply
from app.domain.tracking import TURN_DRAFT, TurnEntry, entry_told
from app.domain.values import Id
from app.errors import AppError
from app.i18n import _, ngettext
from app.queries.tracking import TrackedCard, TrackedRow
from app.use_cases.issues import Done
from app.use_cases.tracking import turn_item, turn_key
from ui.dialogs.history_dialog import HistoryDialog
from ui.forms.draft_keeper import DraftKeeper, HeldDraft
from ui.forms.turn_form import TurnForm, turn_word
from ui.page import Workbench
from ui.theme import SPACE
from ui.undoing import say_done
from ui.widgets.card import Card
from ui.widgets.contents import take_out
from ui.widgets.elided_link import ElidedLink
from ui.widgets.facts import Facts
from ui.widgets.flow import Flow
from ui.widgets.roles import button, label
from ui.wording import day_told, word_of


class TrackedItem(QWidget):
    """Shows an item; `opened` asks for its suggestion, `left` tells that a form was closed."""

    opened = Signal(str)
    left = Signal()

    def __init__(self, bench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bench: Final = bench
        self._card: TrackedCard | None = None
        self._operator = ""
        self._draft: Final = HeldDraft()
        self.card: Final = Card()
        self.promise: Final = label("", "section", wrap=True)
        self.suggestion: Final = ElidedLink("")
        self.facts: Final = Facts()
        self.deeds: Final[dict[ClassChange, QPushButton]] = {}
        self._row: Final = QWidget()
        self._flow: Final = Flow(self._row)
        self.form: Final = TurnForm(bench)
        self.past: Final = button(_("History"), "link")
        self.course: Final = Card(_("What became of it"))
        self._lines: Final = QVBoxLayout()
        self._lines.setSpacing(SPACE.small)
        self.course.body.addLayout(self._lines)
        self._arrange()
        self._connect()

    @property
    def id(self) -> Id:
        """The item shown; empty where none is."""
        return self._card.item.commitment.id if self._card else ""

    def show_card(self, card: TrackedCard, operator: str, kept: TurnEntry | None = None) -> None:
        """Show an item; what is being typed for it stays, `kept` is what was typed before the program ended."""
        same = self.id == card.item.commitment.id
        if not same:
            self.close_form()
        self._card, self._operator = card, operator
        self.promise.setText(card.row.promise)
        self.suggestion.say(card.row.title)
        self.facts.show_facts(self._facts(card.row))
        self._show_course(card)
        self._offer(card.turns)
        if self.form_open() and self.form.turn not in card.turns:
            self.close_form()
        if kept and not self.form_open() and kept.change in card.turns:
            self.begin(ClassChange(kept.change), kept)

    # --- what becomes of it

    def form_open(self) -> bool:
        """Whether a turn is being filled in."""
        return not self.form.isHidden()

    def begin(self, turn: ClassChange, entry: TurnEntry | None = None) -> None:
        """Open the form of a turn."""
        if self._card is None:
            return
        id, subject = self.id, self._card.row.promise
        self.form.show()
        self._row.hide()
        self.facts.hide()
        self.form.begin(turn, self._operator, entry)
        keeper = DraftKeeper(self._bench, turn_key(id), TURN_DRAFT, lambda: entry_told(id, subject, self.form.read()), self)
        self._draft.hold(keeper)

    def save(self) -> None:
        """Take the turn."""
        if self._card is None:
            return
        workspace, id, entry, heads = self._bench.workspace, self.id, self.form.read(), self._card.heads
        self.form.complain(())
        self.form.save.setEnabled(False)
        self._draft.pause()
        self._bench.background.do(self, lambda _progress: turn_item(workspace, id, entry, seen=heads), self._saved, self._fail)

    def close_form(self) -> bool:
        """Close the form; False where none was open. What was typed is there when the item is shown again."""
        if not self.form_open():
            return False
        if self.form.empty():
            self._draft.discard()
        else:
            self.keep()
        self._hide_form()
        self.left.emit()
        return True

    def keep(self) -> None:
        """Keep what is typed at once."""
        if self.form_open() and not self.form.empty():
            self._draft.keep_now()

    def _saved(self, done: Done) -> None:
        self.form.save.setEnabled(True)
        told = _("{turn}: saved.").format(turn=turn_word(self.form.turn))
        self._hide_form()
        self.left.emit()
        say_done(self._bench, self, told, done)

    def _fail(self, error: AppError) -> None:
        self.form.save.setEnabled(True)
        self._draft.touch()
        if problems := stopped_by(error):
            self.form.complain(problems)
        else:
            self._bench.feedback.fail(error)

    # --- how

    def _open_suggestion(self) -> None:
        if self._card:
            self.opened.emit(self._card.row.suggestion)

    def _hide_form(self) -> None:
        self._draft.let_go()
        self.form.hide()
        self.facts.show()
        self._row.setVisible(bool(self.deeds))

    def _offer(self, turns: Sequence[ClassChange]) -> None:
        take_out(self._flow)
        self.deeds.clear()
        for turn in turns:
            made = button(turn_word(turn))
            made.clicked.connect(partial(self._begin, turn))
            self.deeds[turn] = made
            self._flow.addWidget(made)
            made.show()
        self._row.setVisible(bool(turns) and not self.form_open())

    def _begin(self, turn: ClassChange, _checked: bool = False) -> None:
        self.begin(turn)

    def _facts(self, row: TrackedRow) -> Iterator[tuple[str, str]]:
        yield _("Unit"), row.unit_name
        yield _("Class"), class_told(row)
        yield _("Promised by"), day_told(row.promised_by)
        yield _("Look again on"), watch_told(row) if row.open else ""
        yield _("Struck off on"), day_told(row.cleared_on)
        yield _("Number"), "　".join(each for each in (str(row.year or ""), row.number) if each)

    def _show_course(self, card: TrackedCard) -> None:
        take_out(self._lines)
        answers = (card.item.first, *card.item.changes)
        for each in reversed([each for each in answers if each]):
            self._lines.addWidget(_line(each))
        self.course.setVisible(any(answers))

    def _arrange(self) -> None:
        self.form.hide()
        links = Flow()
        links.addWidget(self.past)
        for each in (self.promise, self.suggestion, self.facts, self._row, self.form):
            self.card.add(each)
        self.card.body.addLayout(links)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, SPACE.tiny, 0)
        layout.setSpacing(SPACE.middle)
        layout.addWidget(self.card)
        layout.addWidget(self.course)
        layout.addStretch(1)

    def _connect(self) -> None:
        self.suggestion.clicked.connect(self._open_suggestion)
        self.past.clicked.connect(lambda: HistoryDialog(self._bench, self.id, self).open())
        self.form.wanted.connect(self.save)
        self.form.left.connect(self.close_form)
        self.form.changed.connect(self._draft.touch)


def class_told(row: TrackedRow) -> str:
    """The class of the first answer, the one it has now where that is another, and where it stands."""
    letters = row.first_class if row.first_class == row.now_class else f"{row.first_class} → {row.now_class}"
    return f"{letters}　{word_of(row.standing)}"


def watch_told(row: TrackedRow) -> str:
    """The day of the next look, and in words how long that still is or was."""
    if row.watch_on is None or row.left is None:
        return ""
    return f"{day_told(row.watch_on)}　{left_told(row)}"


def left_told(row: TrackedRow) -> str:
    """How long there still is until the next look, or for how long it has been over; empty where it is struck off."""
    if row.left is None:
        return ""
    if row.left < 0:
        return ngettext("{count} day over", "{count} days over", -row.left).format(count=-row.left)
    return ngettext("{count} day", "{count} days", row.left).format(count=row.left) if row.left else _("today")


def _line(reply: Reply) -> QWidget:
    """One answer of the course: its day and class, what it was, why, and what shows it."""
    part = QWidget()
    column = QVBoxLayout(part)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(SPACE.tiny)
    what = word_of(reply.class_change) if reply.class_change else _("First answer")
    letter = _("class {letter}").format(letter=reply.reply_class) if reply.reply_class else ""
    column.addWidget(label("　".join(each for each in (day_told(reply.replied_on), letter, what) if each), "strong", wrap=True))
    column.addWidget(label(reply.text, wrap=True))
    proof = _("Evidence: {what}").format(what=reply.evidence) if reply.evidence else ""
    if told := "　".join(each for each in (proof, reply.signed_by) if each):
        column.addWidget(label(told, "small", wrap=True))
    return part

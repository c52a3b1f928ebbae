"""What is tracked of one suggestion, beside the list; each line leads to its item, each answer can be put under watch."""

from collections.abc import Sequence
from functools import partial
from typing import Any, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from app.domain.problems import Problem, stopped_by
from app.domain.reply import Reply
from app.domain.tracking import USUAL_WATCH, WatchEntry
from app.domain.values import Id
from app.errors import AppError
from app.i18n import _
from app.messages import problem_told
from app.queries.tracking import TrackedOfSuggestion, TrackedRow, tracked_of
from app.use_cases.issues import Done
from app.use_cases.tracking import unsaved_watch, watch, watch_key, watch_told
from ui.dialogs.room import open_at
from ui.feedback import Feedback
from ui.forms.day_box import DayBox
from ui.forms.draft_keeper import DraftKeeper
from ui.forms.field_row import FieldRow
from ui.forms.optional_day import OptionalDay
from ui.page import Workbench
from ui.pages.suggestions.tracked_item import class_told, left_told
from ui.places import Place
from ui.theme import SPACE
from ui.undoing import say_done
from ui.widgets.card import Card
from ui.widgets.contents import take_out
from ui.widgets.elided_link import ElidedLink
from ui.widgets.field import Field
from ui.widgets.long_text import LongText
from ui.widgets.roles import button, label
from ui.wording import day_told

_SIZE: Final = 560, 460
_TEXT: Final = 110
DRAFT: Final = "commitment"
"""The kind of a draft kept on the form of a promise."""


class TrackedCard(Card):
    """Gone where no reply has come."""

    def __init__(self, bench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(_("Planned and promised"), parent)
        self._bench: Final = bench
        self._id: Id = ""
        self._rows: Final = QVBoxLayout()
        self._rows.setSpacing(SPACE.tiny)
        self.body.addLayout(self._rows)
        self.hide()

    def show_suggestion(self, id: Id) -> None:
        """Ask what is tracked of this suggestion."""
        if id != self._id:
            self.hide()
        self._id = id
        workspace = self._bench.workspace
        self._bench.background.ask(
            self, lambda: tracked_of(workspace, id), self._show, self._bench.feedback.fail, topic="tracked of"
        )

    def watch_reply(self, reply: Reply) -> None:
        """Ask what a reply promised."""
        workspace = self._bench.workspace

        def opened(kept: WatchEntry | None) -> None:
            dialog = WatchDialog(self._bench, reply, kept, self)
            dialog.saved.connect(lambda: self.show_suggestion(self._id))
            dialog.open()

        ask = self._bench.background.ask
        ask(self, lambda: unsaved_watch(workspace, reply.id), opened, self._bench.feedback.fail, topic="watch draft")

    def _show(self, found: TrackedOfSuggestion) -> None:
        take_out(self._rows)
        for row in found.items:
            self._rows.addWidget(self._item(row))
        for reply in found.replies:
            self._rows.addWidget(self._door(reply))
        self.setVisible(bool(found.items or found.replies))

    def _item(self, row: TrackedRow) -> QWidget:
        part = QWidget()
        column = QVBoxLayout(part)
        column.setContentsMargins(0, 0, 0, SPACE.tiny)
        column.setSpacing(0)
        link = ElidedLink(row.promise)
        link.clicked.connect(partial(self._bench.go, Place.SUGGESTIONS, row.id))
        told = (row.unit_name, class_told(row), left_told(row) if row.open else day_told(row.cleared_on))
        column.addWidget(link)
        column.addWidget(label("　".join(each for each in told if each), "small", wrap=True))
        return part

    def _door(self, reply: Reply) -> QWidget:
        part = QWidget()
        line = QHBoxLayout(part)
        line.setContentsMargins(0, 0, 0, 0)
        letter = _("class {letter}").format(letter=reply.reply_class) if reply.reply_class else ""
        told = "　".join(each for each in (day_told(reply.replied_on), letter) if each)
        made = button(_("Track what this reply promises"), "link")
        made.setAccessibleName(f"{made.text()}　{told}")
        made.clicked.connect(lambda: self.watch_reply(reply))
        line.addWidget(label(_("Reply {told}").format(told=told), "small", wrap=True), 1)
        line.addWidget(made)
        return part


class WatchDialog(QDialog):
    """What is promised, until when, and when to look again; what is typed is kept until it is saved or emptied."""

    saved = Signal()

    def __init__(self, bench: Workbench, reply: Reply, kept: WatchEntry | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bench: Final = bench
        self._reply: Final = reply
        self.setWindowTitle(_("Track what this reply promises"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        open_at(self, bench.theme, *_SIZE)
        today = bench.workspace.clock.today().date()
        self.feedback: Final = Feedback()
        self.promise: Final = Field(_("What was promised"), LongText(bench.theme, is_heading=lambda _line: False))
        self.promised_by: Final = Field(_("Promised by"), OptionalDay(lambda: today))
        self.watch_on: Final = Field(_("Look again on"), DayBox())
        self.save_button: Final = button(_("Track it"), "primary")
        self._keeper: Final = DraftKeeper(bench, watch_key(reply.id), DRAFT, lambda: watch_told(self.read()), self)
        self._arrange()
        self._begin(kept)
        self._connect()

    def read(self) -> WatchEntry:
        """What stands here."""
        return WatchEntry(
            reply=self._reply.id,
            promise=self.promise.editor.toPlainText(),
            promised_by=self.promised_by.editor.day(),
            watch_on=self.watch_on.editor.day(),
        )

    def save(self) -> None:
        """Put it under watch."""
        workspace, entry = self._bench.workspace, self.read()
        self._keeper.timer.stop()  # saving it forgets the draft
        for field in (self.promise, self.promised_by, self.watch_on):
            field.complain("")
        self.save_button.setEnabled(False)
        self._bench.background.do(self, lambda _progress: watch(workspace, entry), self._saved, self._fail)

    def done(self, result: int) -> None:
        if self._keeper.pending():
            self._keeper.keep_now()
        super().done(result)

    def _begin(self, kept: WatchEntry | None) -> None:
        begun = self._reply.replied_on or self._bench.workspace.clock.today().date()
        self.promise.editor.setPlainText(kept.promise if kept else "")
        self.promised_by.editor.show_day(kept.promised_by if kept else None)
        self.watch_on.editor.show_day((kept.watch_on if kept else None) or begun + USUAL_WATCH)

    def _saved(self, done: Done) -> None:
        say_done(self._bench, self._bench.feedback, _("It is tracked now."), done)
        self.saved.emit()
        self.accept()

    def _fail(self, error: AppError) -> None:
        self.save_button.setEnabled(True)
        self._keeper.touch()
        if problems := stopped_by(error):
            self._complain(problems)
        else:
            self.feedback.fail(error)

    def _complain(self, problems: Sequence[Problem]) -> None:
        fields: dict[str, Field[Any]] = {"promise": self.promise, "watch_on": self.watch_on}
        for each in problems:
            fields.get(each.field, self.promise).complain(problem_told(each))

    def _arrange(self) -> None:
        self.promise.editor.setFixedHeight(self._bench.theme.px(_TEXT))
        cancel = button(_("Cancel"))
        cancel.clicked.connect(self.reject)
        foot = QHBoxLayout()
        foot.setSpacing(SPACE.small)
        foot.addStretch(1)
        foot.addWidget(cancel)
        foot.addWidget(self.save_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE.large, SPACE.large, SPACE.large, SPACE.large)
        layout.setSpacing(SPACE.middle)
        answer = " ".join(self._reply.text.split())
        for each in (self.feedback, label(answer, "soft", wrap=True), self.promise):
            layout.addWidget(each)
        layout.addWidget(FieldRow(self._bench.theme, [(self.promised_by, 9), (self.watch_on, 9)]))
        layout.addStretch(1)
        layout.addLayout(foot)

    def _connect(self) -> None:
        self.save_button.setShortcut("Ctrl+Return")
        self.save_button.clicked.connect(self.save)
        self.promise.editor.textChanged.connect(self._keeper.touch)
        self.promised_by.editor.textChanged.connect(lambda _words: self._keeper.touch())
        self.watch_on.editor.dateChanged.connect(lambda _day: self._keeper.touch())
        self.promise.setFocus()

"""The history of a record and its parts: who changed what when, from what to what; the last change can be taken back here."""

from collections.abc import Mapping
from datetime import date, time
from html import escape
from itertools import groupby
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app.domain.text_changes import Fate, shortened, text_changes
from app.i18n import N_, _
from app.messages import field_told, kind_told
from app.messages.blanks import plain
from app.messages.logged import event_told
from app.queries.readable import FieldChange
from app.queries.record_history import Past, PastChange
from ui.theme import SPACE
from ui.widgets.contents import take_out
from ui.widgets.roles import button, label
from ui.wording import moment_told, time_told

_EVENTS: Final[Mapping[str, str]] = {
    "first_saved": N_("entered"),
    "saved": N_("changed"),
    "restored": N_("brought back"),
}
"""What the history of one record tells more closely than the log of all."""

_LONG: Final = 40  # characters from which two versions of a text are told by their differences
_LONGEST: Final = 200
_MARKS: Final = {Fate.STAYED: "{}", Fate.WENT: "<s>{}</s>", Fate.CAME: "<b><u>{}</u></b>"}


class HistoryLines(QWidget):
    """A line a change, the newest first; `undo_wanted` tells the change to be taken back by its name."""

    undo_wanted = Signal(str)

    def __init__(self, today: date) -> None:
        super().__init__()
        self._today: Final = today
        self.undo: QPushButton | None = None
        self._newest = ""
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(SPACE.large)

    def show_past(self, past: Past) -> None:
        """Show this history."""
        take_out(self._column)
        self.undo = None
        newest = next((each for each in past.changes if each.rev), None)
        self._newest = newest.rev if newest and not newest.elsewhere else ""
        for _deed, several in groupby(past.changes, lambda each: each.deed or each.at):
            changes = list(several)
            group = QVBoxLayout()
            group.setSpacing(SPACE.tiny)
            head = self._head(at_told(self._today, changes[0]), undoable=bool(self._newest) and newest in changes)
            group.addLayout(head)
            for each in changes:
                _add_change(group, each, past)
            self._column.addLayout(group)
        self._column.addStretch(1)

    def _head(self, words: str, *, undoable: bool) -> QHBoxLayout:
        line = QHBoxLayout()
        line.addWidget(label(words, "label", wrap=True), 1)
        if undoable:
            self.undo = button(_("Undo this change"), "link")
            self.undo.clicked.connect(lambda: self.undo_wanted.emit(self._newest))
            line.addWidget(self.undo, 0, Qt.AlignmentFlag.AlignTop)
        return line


def _add_change(group: QVBoxLayout, change: PastChange, past: Past) -> None:
    group.addWidget(_copied(what_told(change, past), "strong"))
    told = (change_told(each, change.kind, first=change.event == "first_saved") for each in change.fields)
    if words := "<br>".join(told):
        group.addWidget(_copied(words, rich=True))


def at_told(today: date, change: PastChange) -> str:
    """When, by whom, and whether at another computer."""
    where = _("at another computer") if change.elsewhere else ""
    return "　".join(each for each in (moment_told(change.at, today=today), change.operator, where) if each)


def what_told(change: PastChange, past: Past) -> str:
    """Which part was changed, what was done to it, and whether an undo did it."""
    title = "" if change.record == past.id else change.title
    event = _(_EVENTS[change.event]) if change.event in _EVENTS else event_told(change.event)
    if change.by_undo:
        undo = _("by undo") if change.by_undo == "undone" else _("by undoing an undo")
        event = f"{event}（{undo}）"
    return "　".join(each for each in (kind_told(change.kind), title, event) if each)


def change_told(change: FieldChange, kind: str, *, first: bool) -> str:
    """A field with its old and its new value, as rich text; of long texts what stayed, what went and what came.

    Of the first writing only what was written.
    """
    before, after = value_told(change.before), value_told(change.after)
    name = escape(field_told(kind, change.field))
    if first:
        return f"{name}：{_text(_short(after))}"
    if before and after and max(len(before), len(after)) > _LONG:
        pieces = shortened(text_changes(before, after))
        return f"{name}：" + "".join(_MARKS[each.fate].format(_text(each.text)) for each in pieces)
    old, new = (_text(_short(each) or _("(empty)")) for each in (before, after))
    return f"{name}：{old} → {new}"


def value_told(value: object) -> str:
    """A value as a person reads it; empty for none."""
    if isinstance(value, time):
        return time_told(value)
    if isinstance(value, str) and type(value) is str:
        return value
    return "" if value in (None, "", ()) else plain(value, {})


def _short(text: str) -> str:
    return text[:_LONGEST] + ("…" if len(text) > _LONGEST else "")


def _text(text: str) -> str:
    return escape(text).replace("\n", "<br>")


def _copied(text: str, role: str = "", *, rich: bool = False) -> QWidget:
    told = label(text, role, wrap=True)
    told.setTextFormat(Qt.TextFormat.RichText if rich else Qt.TextFormat.PlainText)
    told.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return told

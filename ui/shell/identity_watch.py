"""A citizen's identity number typed into any field is pointed out, with a way to take it out: the station collects none."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QTextEdit, QWidget

from app.domain.personal_data import identity_numbers, without_identity_numbers
from app.i18n import _
from ui.feedback import Feedback, Tone

_PAUSE: Final = 400  # milliseconds after the last key
_SHORTEST: Final = 18


class IdentityWatch(QObject):
    """Watches the text field in focus, whichever it is; a hint, never a barrier."""

    def __init__(self, feedback: Feedback, parent: QWidget) -> None:
        super().__init__(parent)
        self._feedback: Final = feedback
        self._field: QWidget | None = None
        self._told = ""
        self.pause: Final = QTimer(self, singleShot=True, interval=_PAUSE)
        self.pause.timeout.connect(self.look)
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._watch)

    def look(self) -> None:
        """Look whether the field holds such a number now, and say so once."""
        field = self._field
        if field is None:
            return
        text = _text_of(field)
        if len(text) < _SHORTEST or not identity_numbers(text):
            self._told = ""
            return
        if text != self._told:
            self._told = text
            words = _("This is a citizen's identity number. The station does not collect them: take it out before you save.")
            self._feedback.say(words, Tone.WARNING, deed=_("Take it out"), act=lambda: _take_out(field))

    def _watch(self, old: QWidget | None, new: QWidget | None) -> None:
        if old is not None and old is self._field:
            self.look()
            self._changes(old, connect=False)
        self._field = None
        if isinstance(new, (QLineEdit, QPlainTextEdit, QTextEdit)) and _is_open(new):
            self._field = new
            self._changes(new, connect=True)

    def _changes(self, field: QWidget, *, connect: bool) -> None:
        if isinstance(field, (QLineEdit, QPlainTextEdit, QTextEdit)):
            begin: Callable[..., None] = self._begin
            if connect:
                field.textChanged.connect(begin)
            else:
                field.textChanged.disconnect(begin)

    def _begin(self, *_told: object) -> None:
        self.pause.start()


def _is_open(field: QLineEdit | QPlainTextEdit | QTextEdit) -> bool:
    """Whether what is typed there can be read: a secret is none of our business."""
    return not isinstance(field, QLineEdit) or field.echoMode() is QLineEdit.EchoMode.Normal


def _text_of(field: QWidget) -> str:
    if isinstance(field, QLineEdit):
        return field.text()
    return field.toPlainText() if isinstance(field, (QPlainTextEdit, QTextEdit)) else ""


def _take_out(field: QWidget) -> None:
    """Take the numbers out; the field's own undo brings back what was not meant."""
    if isinstance(field, QLineEdit):
        field.selectAll()
        field.insert(without_identity_numbers(field.text()))
    elif isinstance(field, (QPlainTextEdit, QTextEdit)):
        plain = without_identity_numbers(field.toPlainText())
        cursor = field.textCursor()
        cursor.select(cursor.SelectionType.Document)
        cursor.insertText(plain)
    field.setFocus()

"""The minutes of an activity, speaker by speaker, in an order a person may change."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from PySide6.QtCore import QStringListModel, Qt, Signal
from PySide6.QtWidgets import QCompleter, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app.domain.values import Id
from app.domain.visit import Speech
from app.i18n import _
from ui.forms.enter_moves import EnterMoves
from ui.theme import SPACE, Theme
from ui.widgets.growing_text import GrowingText
from ui.widgets.roles import button, label


class Minutes(QWidget):
    """Speeches in, speeches out."""

    changed = Signal()
    rearranged = Signal()
    """Rows came, went or changed places."""

    def __init__(self, theme: Theme, new_id: Callable[[], Id]) -> None:
        super().__init__()
        self._theme: Final = theme
        self._new_id: Final = new_id
        self._deputies: Mapping[str, Id] = {}
        self.rows: Final[list[_SpeechRow]] = []
        self.names: Final = QStringListModel(self)
        self.more: Final = button(_("＋ Add a speaker"))
        self.more.clicked.connect(lambda: self.add())
        self._list = QVBoxLayout()
        self._list.setSpacing(SPACE.middle)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE.small)
        layout.addLayout(self._list)
        layout.addWidget(self.more, alignment=Qt.AlignmentFlag.AlignLeft)

    def show_names(self, there: Sequence[str], deputies: Mapping[str, Id]) -> None:
        """Offer those who are there; a name that only one deputy bears means that deputy."""
        self._deputies = deputies
        self.names.setStringList(list(dict.fromkeys(there)))

    def show_speeches(self, speeches: Sequence[Speech]) -> None:
        """Show these."""
        for row in self.rows:
            self._list.removeWidget(row)
            row.hide()
            row.deleteLater()
        self.rows.clear()
        for each in speeches:
            self._put(each)
        self.rearranged.emit()

    def read(self) -> tuple[Speech, ...]:
        """What was said by somebody, in its order; a row in which nothing stands is none."""
        said = (row.read(self._deputies) for row in self.rows)
        return tuple(each for each in said if each.name or each.words)

    def add(self) -> None:
        """Begin the next one."""
        self._put(Speech(id=self._new_id()))
        self.rows[-1].name.setFocus()

    def _put(self, speech: Speech) -> None:
        row = _SpeechRow(self._theme, speech, self.names)
        row.changed.connect(self.changed)
        row.removed.connect(lambda: self._remove(row))
        row.moved.connect(lambda by: self._move(row, by))
        self.rows.append(row)
        self._list.addWidget(row)
        self._number()

    def _remove(self, row: "_SpeechRow") -> None:
        self.rows.remove(row)
        self._list.removeWidget(row)
        row.hide()
        row.deleteLater()
        self._number()
        (self.rows[-1].name if self.rows else self.more).setFocus()
        self.changed.emit()

    def _move(self, row: "_SpeechRow", by: int) -> None:
        here = self.rows.index(row)
        there = min(max(here + by, 0), len(self.rows) - 1)
        self.rows.insert(there, self.rows.pop(here))
        self._list.insertWidget(there, row)
        self._number()
        (row.up if by < 0 else row.down).setFocus()
        self.changed.emit()

    def _number(self) -> None:
        for place, row in enumerate(self.rows, start=1):
            row.stand_at(place, len(self.rows))
        self.rearranged.emit()

    def chain(self) -> Iterator[QWidget]:
        """What Tab goes through, in its order."""
        for row in self.rows:
            yield from (row.name, row.part, row.words, row.up, row.down, row.remove)
        yield self.more


class _SpeechRow(QWidget):
    """One speaker and what they said."""

    changed = Signal()
    removed = Signal()
    moved = Signal(int)

    def __init__(self, theme: Theme, speech: Speech, names: QStringListModel) -> None:
        super().__init__()
        self._speech = speech
        self.number: Final = label("", "strong")
        self.name: Final = QLineEdit(speech.name)
        self.name.setPlaceholderText(_("Speaker"))
        self.part: Final = QLineEdit(speech.part)
        self.part.setPlaceholderText(_("Unit or part (may stay empty)"))
        self.words: Final = GrowingText(theme)
        self.words.show_text(speech.words)
        self.up: Final = button(_("Up"), "link")
        self.down: Final = button(_("Down"), "link")
        self.remove: Final = button(_("Remove"), "link")
        completer = QCompleter(names, self)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.name.setCompleter(completer)
        head = QHBoxLayout()
        head.setSpacing(SPACE.small)
        head.addWidget(self.number)
        head.addWidget(self.name, 2)
        head.addWidget(self.part, 3)
        for each in (self.up, self.down, self.remove):
            head.addWidget(each)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE.tiny)
        layout.addLayout(head)
        layout.addWidget(self.words)
        enter = EnterMoves(self)
        enter.watch(self.name)
        enter.watch(self.part)
        self.name.textChanged.connect(lambda _text: self.changed.emit())
        self.part.textChanged.connect(lambda _text: self.changed.emit())
        self.words.textChanged.connect(self.changed)
        self.up.clicked.connect(lambda: self.moved.emit(-1))
        self.down.clicked.connect(lambda: self.moved.emit(1))
        self.remove.clicked.connect(self.removed)

    def read(self, deputies: Mapping[str, Id]) -> Speech:
        """The speech as it stands here."""
        name, typed = self.name.text().strip(), self.words.text()
        words = self._speech.words if typed == self._speech.words.replace("\r\n", "\n") else typed.strip()
        deputy = self._speech.deputy if name == self._speech.name else deputies.get(name, "")
        return replace(self._speech, name=name, part=self.part.text().strip(), deputy=deputy, words=words)

    def stand_at(self, place: int, of: int) -> None:
        """Say at which place it stands."""
        self.number.setText(f"{place}")
        self.name.setAccessibleName(_("Speaker {number}").format(number=place))
        self.part.setAccessibleName(_("Unit or part of speaker {number}").format(number=place))
        self.words.setAccessibleName(_("What speaker {number} said").format(number=place))
        self.up.setEnabled(place > 1)
        self.down.setEnabled(place < of)

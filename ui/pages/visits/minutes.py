"""The minutes of an activity, speaker by speaker, in an order a person may change."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from PySide6.QtCore import QStringListModel, Qt
from PySide6.QtWidgets import QCompleter, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app.domain.values import Id
from app.domain.visit import Speech
from app.i18n import _
from ui.forms.enter_moves import EnterMoves
from ui.theme import SPACE, Theme
from ui.widgets.growing_text import GrowingText
from ui.widgets.ordered_rows import OrderedRow, OrderedRows


class Minutes(OrderedRows["_SpeechRow"]):
    """Speeches in, speeches out."""

    def __init__(self, theme: Theme, new_id: Callable[[], Id]) -> None:
        super().__init__(_("＋ Add a speaker"))
        self._theme: Final = theme
        self._new_id: Final = new_id
        self._deputies: Mapping[str, Id] = {}
        self.names: Final = QStringListModel(self)

    def show_names(self, there: Sequence[str], deputies: Mapping[str, Id]) -> None:
        """Offer those who are there; a name that only one deputy bears means that deputy."""
        self._deputies = deputies
        self.names.setStringList(list(dict.fromkeys(there)))

    def show_speeches(self, speeches: Sequence[Speech]) -> None:
        """Show these."""
        self.clear()
        for each in speeches:
            self.put(_SpeechRow(self._theme, each, self.names))
        self.rearranged.emit()

    def read(self) -> tuple[Speech, ...]:
        """What was said by somebody, in its order; a row in which nothing stands is none."""
        said = (row.read(self._deputies) for row in self.rows)
        return tuple(each for each in said if each.name or each.words)

    def add(self) -> None:
        """Begin the next one."""
        self.put(_SpeechRow(self._theme, Speech(id=self._new_id()), self.names))
        self.rows[-1].name.setFocus()


class _SpeechRow(OrderedRow):
    """One speaker and what they said."""

    def __init__(self, theme: Theme, speech: Speech, names: QStringListModel) -> None:
        super().__init__()
        self._speech = speech
        self.name: Final = QLineEdit(speech.name)
        self.name.setPlaceholderText(_("Speaker"))
        self.first = self.name
        self.part: Final = QLineEdit(speech.part)
        self.part.setPlaceholderText(_("Unit or part (may stay empty)"))
        self.words: Final = GrowingText(theme)
        self.words.show_text(speech.words)
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

    def read(self, deputies: Mapping[str, Id]) -> Speech:
        """The speech as it stands here."""
        name, typed = self.name.text().strip(), self.words.text()
        words = self._speech.words if typed == self._speech.words.replace("\r\n", "\n") else typed.strip()
        deputy = self._speech.deputy if name == self._speech.name else deputies.get(name, "")
        return replace(self._speech, name=name, part=self.part.text().strip(), deputy=deputy, words=words)

    def stand_at(self, place: int, of: int) -> None:
        """Say at which place it stands."""
        super().stand_at(place, of)
        self.name.setAccessibleName(_("Speaker {number}").format(number=place))
        self.part.setAccessibleName(_("Unit or part of speaker {number}").format(number=place))
        self.words.setAccessibleName(_("What speaker {number} said").format(number=place))

    def fields(self) -> Iterator[QWidget]:
        """What Tab goes through before the buttons."""
        yield from (self.name, self.part, self.words)

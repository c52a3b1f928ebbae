"""What stands in one field of a form: a value in, a value out, and a word where what was typed cannot be read."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, Protocol

from PySide6.QtWidgets import QCheckBox, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from app.domain.money import MONEY, money_told, money_typed
from app.domain.problems import Problem
from app.domain.records import FieldTraits
from app.domain.typed_day import day_typed
from app.domain.values import CodeSet, Id
from ui.forms.category_box import CategoryBox
from ui.page import Workbench
from ui.theme import SPACE
from ui.widgets.code_box import CodeBox
from ui.widgets.deputy_picker import DeputyPicker
from ui.widgets.growing_text import GrowingText
from ui.wording import word_of

_LONG: Final = frozenset({"remarks", "content", "progress", "policy_matters"})
_GROWING: Final = frozenset({"editors_note", "recipients"})
"""Texts as long as they become; of a list, one a line, for each may hold what else would part it."""
_LINES: Final = 3
_BETWEEN: Final = "、"
_SEPARATORS: Final = "、，,；;\n"


class Editor(Protocol):
    """What stands in a field of the form."""

    widget: QWidget

    def show(self, value: Any) -> None:
        """Show a value of the field."""

    def read(self) -> Any:
        """The value that stands there; for what cannot be read, the one it had."""

    def problem(self) -> Problem | None:
        """Why what was typed cannot be read; most can only be chosen or are texts."""
        return None


def editor_of(bench: Workbench, declared: FieldTraits, today: date, changed: Callable[[], None]) -> Editor:
    """The editor that the shape of a field asks for."""
    shape = declared.shape
    if declared.to:
        return Choice(changed)
    if shape.codes and issubclass(shape.codes, CodeSet) and not shape.name.startswith("list"):
        return _Code(shape.codes, changed)
    if declared.name in MONEY:
        return _Line(_Money(declared.name), changed)
    if shape.name == "date":
        return _Line(_Day(declared.name, today), changed)
    if shape.name == "whole number":
        return _Line(_Number(declared.name), changed)
    if shape.name == "yes or no":
        return _Tick(field_label(declared), changed)
    if declared.name in _GROWING:
        return Lines(bench, changed)
    if shape.name.startswith("list"):
        return _Line(_Several(declared.name), changed)
    return _Long(bench, changed) if declared.name in _LONG else _Line(_Text(declared.name), changed)


def field_label(declared: FieldTraits) -> str:
    """What a field is called, where its kind does not matter."""
    return declared.label


@dataclass(frozen=True, slots=True)
class _Text:
    """A text of one line."""

    name: str
    hint: str = ""

    def written(self, value: Any) -> str:
        return str(value or "")

    def read(self, text: str) -> Any:
        return text.strip()

    def problem(self, text: str) -> Problem | None:
        return None


@dataclass(frozen=True, slots=True)
class _Number(_Text):
    def written(self, value: Any) -> str:
        return str(value) if value else ""

    def read(self, text: str) -> Any:
        plain = text.strip().replace(",", "")
        return int(plain) if plain.isdecimal() and len(plain) < 10 else 0

    def problem(self, text: str) -> Problem | None:
        plain = text.strip().replace(",", "")
        if not plain or (plain.isdecimal() and len(plain) < 10):
            return None
        return Problem(code="number_malformed", field=self.name, facts={"text": plain})


@dataclass(frozen=True, slots=True)
class _Money(_Text):
    def written(self, value: Any) -> str:
        return money_told(value or 0)

    def read(self, text: str) -> Any:
        return money_typed(text) or 0

    def problem(self, text: str) -> Problem | None:
        if not text.strip() or money_typed(text) is not None:
            return None
        return Problem(code="money_malformed", field=self.name, facts={"text": text.strip()})


@dataclass(frozen=True, slots=True)
class _Several(_Text):
    def written(self, value: Any) -> str:
        return _BETWEEN.join(value or ())

    def read(self, text: str) -> Any:
        for each in _SEPARATORS:
            text = text.replace(each, _BETWEEN)
        return tuple(dict.fromkeys(part.strip() for part in text.split(_BETWEEN) if part.strip()))


@dataclass(frozen=True, slots=True)
class _Day:
    """A day, typed in any of the usual ways."""

    name: str
    today: date
    hint: str = "2026-01-31"

    def written(self, value: Any) -> str:
        return value.isoformat() if value else ""

    def read(self, text: str) -> Any:
        return day_typed(text, self.today)

    def problem(self, text: str) -> Problem | None:
        if not text.strip() or day_typed(text, self.today):
            return None
        return Problem(code="day_malformed", field=self.name, facts={"text": text.strip()})


class _Line(Editor):
    """One line of text that means a value."""

    def __init__(self, meaning: _Text | _Day, changed: Callable[[], None]) -> None:
        self._meaning = meaning
        self._line = QLineEdit()
        self._line.setPlaceholderText(meaning.hint)
        self._line.textChanged.connect(lambda _text: changed())
        self.widget: QWidget = self._line

    def show(self, value: Any) -> None:
        self._line.setText(self._meaning.written(value))

    def read(self) -> Any:
        return self._meaning.read(self._line.text())

    def problem(self) -> Problem | None:
        return self._meaning.problem(self._line.text())


class _Long(Editor):
    """A text of several lines."""

    def __init__(self, bench: Workbench, changed: Callable[[], None]) -> None:
        self._text = QPlainTextEdit()
        self._text.setTabChangesFocus(True)
        self._text.textChanged.connect(changed)
        self._bench = bench
        bench.theme.changed.connect(self._measure)
        self._measure()
        self.widget: QWidget = self._text

    def show(self, value: Any) -> None:
        self._text.setPlainText(value)

    def read(self) -> Any:
        return self._text.toPlainText().strip()

    def _measure(self) -> None:
        self._text.setFixedHeight(self._bench.theme.px(24) * _LINES + self._bench.theme.px(SPACE.middle))


class _Code(Editor):
    """A choice among the words of a code set."""

    def __init__(self, codes: type[CodeSet], changed: Callable[[], None]) -> None:
        self._box = CodeBox(codes)
        self._box.currentIndexChanged.connect(lambda _index: changed())
        self.widget: QWidget = self._box

    def show(self, value: Any) -> None:
        self._box.show_code(value)

    def read(self) -> Any:
        return self._box.code()


class Choice(Editor):
    """A choice among records of a kind."""

    def __init__(self, changed: Callable[[], None]) -> None:
        self._box = CategoryBox()
        self._box.currentIndexChanged.connect(lambda _index: changed())
        self.widget: QWidget = self._box

    def offer(self, names: Mapping[Id, str]) -> None:
        """Offer these records by their names; what is chosen stays."""
        self._box.show_names(names)

    def offer_only(self, names: Mapping[Id, str]) -> None:
        """Offer these and no others: what is chosen stays where it is among them."""
        chosen = self._box.code()
        blocked = self._box.blockSignals(True)
        self._box.show_code("")
        self._box.show_names(names)
        self._box.show_code(chosen if chosen in names else "")
        self._box.blockSignals(blocked)

    def show(self, value: Any) -> None:
        self._box.show_code(value)

    def read(self) -> Any:
        return self._box.code()


class _Tick(Editor):
    """Yes or no."""

    def __init__(self, words: str, changed: Callable[[], None]) -> None:
        self._box = QCheckBox(words)
        self._box.toggled.connect(lambda _on: changed())
        self.widget: QWidget = self._box

    def show(self, value: Any) -> None:
        self._box.setChecked(bool(value))

    def read(self) -> Any:
        return self._box.isChecked()


class Ticks(Editor):
    """Several of a few codes."""

    def __init__(self, codes: Sequence[str], changed: Callable[[], None]) -> None:
        self.widget = QWidget()
        column = QVBoxLayout(self.widget)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE.tiny)
        self.boxes: Final[dict[str, QCheckBox]] = {}
        for each in codes:
            box = self.boxes[each] = QCheckBox(word_of(each))
            box.toggled.connect(lambda _on: changed())
            column.addWidget(box)
        for first in list(self.boxes.values())[:1]:
            self.widget.setFocusProxy(first)

    def show(self, value: Any) -> None:
        for code, box in self.boxes.items():
            box.setChecked(code in value)

    def read(self) -> Any:
        return tuple(code for code, box in self.boxes.items() if box.isChecked())


class Deputies(Editor):
    """The deputies who took part."""

    def __init__(self, bench: Workbench, changed: Callable[[], None]) -> None:
        self._picker = DeputyPicker(bench)
        self._picker.changed.connect(changed)
        self.widget: QWidget = self._picker

    def show(self, value: Any) -> None:
        self._picker.show_ids(value)

    def read(self) -> Any:
        return self._picker.ids()


class Lines(Editor):
    """A longer text; of a field of several texts, one a line."""

    def __init__(self, bench: Workbench, changed: Callable[[], None]) -> None:
        self._text = GrowingText(bench.theme)
        self._text.textChanged.connect(changed)
        self._several = False
        self.widget: QWidget = self._text

    def show(self, value: Any) -> None:
        self._several = isinstance(value, tuple)
        self._text.show_text("\n".join(value) if self._several else value)

    def read(self) -> Any:
        lines = tuple(line.strip() for line in self._text.text().splitlines() if line.strip())
        return lines if self._several else "\n".join(lines)

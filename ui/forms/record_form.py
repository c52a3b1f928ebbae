"""The fields of one kind of record as a form, made from how the kind declares them: a value in, a value out."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final, Protocol

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from app.domain.money import money_told, money_typed
from app.domain.problems import Problem
from app.domain.records import AnyRecord, FieldTraits, KindTraits
from app.domain.typed_day import day_typed
from app.domain.values import CodeSet, Id
from app.i18n import _
from app.messages import field_told, problem_told
from ui.forms.category_box import CategoryBox
from ui.forms.enter_moves import EnterMoves
from ui.forms.field_row import FieldRow
from ui.page import Workbench
from ui.theme import SPACE
from ui.widgets.code_box import CodeBox
from ui.widgets.field import Field

_MONEY: Final = frozenset({"budget", "amount"})
_LONG: Final = frozenset({"remarks", "content", "progress", "policy_matters"})
_LINES: Final = 3
_BETWEEN: Final = "、"
_SEPARATORS: Final = "、，,；;\n"

Asked = tuple[str, int]
"""A field by its name, and the room it wants in characters."""


class Editor(Protocol):
    """What stands in a field of the form."""

    widget: QWidget

    def show(self, value: Any) -> None:
        """Show a value of the field."""

    def read(self) -> Any:
        """The value that stands there; for what cannot be read, the one it had."""

    def problem(self) -> Problem | None:
        """Why what was typed cannot be read."""


class RecordForm(QWidget):
    """Rows of fields of a kind; `changed` tells that somebody typed or chose. Fields it does not show stay as they are."""

    changed = Signal()

    def __init__(self, bench: Workbench, kind: KindTraits, rows: Sequence[Sequence[Asked]]) -> None:
        super().__init__()
        self._kind: Final = kind
        self._today: Final = bench.workspace.clock.today().date()
        self._record: Any = None
        self.editors: Final[dict[str, Editor]] = {}
        self.fields: Final[dict[str, Field[QWidget]]] = {}
        moves = EnterMoves(self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE.middle)
        for row in rows:
            layout.addWidget(FieldRow(bench.theme, [(self._field(bench, name, moves), width) for name, width in row]))

    def show_record(self, record: AnyRecord) -> None:
        """Show a record, without telling `changed`."""
        self._record = record
        for name, editor in self.editors.items():
            blocked = editor.widget.blockSignals(True)
            editor.show(getattr(record, name))
            editor.widget.blockSignals(blocked)
        self.complain(())

    def read(self) -> Any:
        """The record as it stands in the form."""
        return replace(self._record, **self.values())

    def rest_on(self, fields: Mapping[str, Any]) -> None:
        """Let these fields, which the form does not show, be what they are in a later version."""
        self._record = replace(self._record, **fields)

    def values(self) -> dict[str, Any]:
        """What stands in the fields, by their names."""
        return {name: editor.read() for name, editor in self.editors.items()}

    def problems(self) -> tuple[Problem, ...]:
        """What was typed and cannot be read."""
        return tuple(found for editor in self.editors.values() if (found := editor.problem()))

    def complain(self, problems: Sequence[Problem]) -> None:
        """Say beside the fields what is wrong with them, and go to the first of them."""
        told = {each.field: problem_told(each) for each in problems}
        for name, field in self.fields.items():
            field.complain(told.get(name, ""))
        wrong = next((name for name in self.fields if name in told), "")
        if wrong:
            self.fields[wrong].editor.setFocus()

    def offer(self, names: Mapping[str, Mapping[Id, str]]) -> None:
        """What can be chosen in fields that name other records, by the kind of those."""
        for name, editor in self.editors.items():
            if isinstance(editor, _Choice):
                editor.offer(names.get(self._kind.fields[name].to, {}))

    def begin(self) -> None:
        """Put the cursor into the first field."""
        if self.editors:
            next(iter(self.editors.values())).widget.setFocus()

    def _field(self, bench: Workbench, name: str, moves: EnterMoves) -> QWidget:
        declared = self._kind.fields[name]
        editor = self.editors[name] = editor_of(bench, declared, self._today, self.changed.emit)
        label = field_told(self._kind.name, name)
        if name in _MONEY:
            label = _("{field} (10,000 yuan)").format(field=label.partition("（")[0])
        field = self.fields[name] = Field(label, editor.widget)
        if isinstance(editor.widget, QCheckBox):
            field.name.setText(" ")
        if isinstance(editor.widget, (QLineEdit, QComboBox, QCheckBox)):
            moves.watch(editor.widget)
        return field


# --- one field --------------------------------------------------------------------------------------------------------


def editor_of(bench: Workbench, declared: FieldTraits, today: date, changed: Callable[[], None]) -> Editor:
    """The editor that the shape of a field asks for."""
    shape = declared.shape
    if declared.to:
        return _Choice(changed)
    if shape.codes and issubclass(shape.codes, CodeSet) and not shape.name.startswith("list"):
        return _Code(shape.codes, changed)
    if declared.name in _MONEY:
        return _Line(_Money(declared.name), changed)
    if shape.name == "date":
        return _Line(_Day(declared.name, today), changed)
    if shape.name == "whole number":
        return _Line(_Number(declared.name), changed)
    if shape.name == "yes or no":
        return _Tick(field_label(declared), changed)
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


class _Line:
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


class _Long:
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

    def problem(self) -> Problem | None:
        return None

    def _measure(self) -> None:
        self._text.setFixedHeight(self._bench.theme.px(24) * _LINES + self._bench.theme.px(SPACE.middle))


class _Code:
    """A choice among the words of a code set."""

    def __init__(self, codes: type[CodeSet], changed: Callable[[], None]) -> None:
        self._box = CodeBox(codes)
        self._box.currentIndexChanged.connect(lambda _index: changed())
        self.widget: QWidget = self._box

    def show(self, value: Any) -> None:
        self._box.show_code(value)

    def read(self) -> Any:
        return self._box.code()

    def problem(self) -> Problem | None:
        return None


class _Choice:
    """A choice among records of a kind."""

    def __init__(self, changed: Callable[[], None]) -> None:
        self._box = CategoryBox()
        self._box.currentIndexChanged.connect(lambda _index: changed())
        self.widget: QWidget = self._box

    def offer(self, names: Mapping[Id, str]) -> None:
        """Offer these records by their names; what is chosen stays."""
        blocked = self._box.blockSignals(True)
        self._box.show_names(names)
        self._box.blockSignals(blocked)

    def show(self, value: Any) -> None:
        self._box.show_code(value)

    def read(self) -> Any:
        return self._box.code()

    def problem(self) -> Problem | None:
        return None


class _Tick:
    """Yes or no."""

    def __init__(self, words: str, changed: Callable[[], None]) -> None:
        self._box = QCheckBox(words)
        self._box.toggled.connect(lambda _on: changed())
        self.widget: QWidget = self._box

    def show(self, value: Any) -> None:
        self._box.setChecked(bool(value))

    def read(self) -> Any:
        return self._box.isChecked()

    def problem(self) -> Problem | None:
        return None


def shown_fields(rows: Sequence[Sequence[Asked]]) -> Iterator[str]:
    """The names of the fields that rows ask for."""
    return (name for row in rows for name, _width in row)

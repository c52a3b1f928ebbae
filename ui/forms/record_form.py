"""The fields of one kind of record as a form, made from how the kind declares them: a value in, a value out."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QVBoxLayout, QWidget

from app.domain.money import MONEY
from app.domain.problems import Problem
from app.domain.records import AnyRecord, KindTraits
from app.domain.values import Id
from app.i18n import _
from app.messages import field_told, problem_told
from ui.forms.editors import Choice, Editor, editor_of
from ui.forms.enter_moves import EnterMoves
from ui.forms.field_row import FieldRow
from ui.page import Workbench
from ui.theme import SPACE
from ui.widgets.field import Field

Asked = tuple[str, int]
"""A field by its name, and the room it wants in characters."""


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
            if isinstance(editor, Choice):
                editor.offer(names.get(self._kind.fields[name].to, {}))

    def begin(self) -> None:
        """Put the cursor into the first field."""
        if self.editors:
            next(iter(self.editors.values())).widget.setFocus()

    def _field(self, bench: Workbench, name: str, moves: EnterMoves) -> QWidget:
        declared = self._kind.fields[name]
        editor = self.editors[name] = editor_of(bench, declared, self._today, self.changed.emit)
        label = field_told(self._kind.name, name)
        if name in MONEY:
            label = _("{field} (10,000 yuan)").format(field=label.partition("（")[0])
        field = self.fields[name] = Field(label, editor.widget)
        if isinstance(editor.widget, QCheckBox):
            field.name.setText(" ")
        if isinstance(editor.widget, (QLineEdit, QComboBox, QCheckBox)):
            moves.watch(editor.widget)
        return field


def shown_fields(rows: Sequence[Sequence[Asked]]) -> Iterator[str]:
    """The names of the fields that rows ask for."""
    return (name for row in rows for name, _width in row)

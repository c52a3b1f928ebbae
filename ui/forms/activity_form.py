"""An activity that is no reception and no outreach: what its kind asks for, and nothing else."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any, Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QGridLayout, QLineEdit, QVBoxLayout, QWidget

from app.domain.activity import LONG, MEETING, shown_of
from app.domain.problems import Problem
from app.domain.visit import GroupMode, ReportForm, TrainingType, Visit, VisitKind
from app.i18n import _
from app.messages import problem_told
from ui.forms.enter_moves import EnterMoves
from ui.forms.field_row import FieldRow
from ui.forms.number_box import NumberBox
from ui.forms.visit_form import VisitForm
from ui.theme import SPACE, Theme
from ui.widgets.code_box import CodeBox
from ui.widgets.field import Field
from ui.widgets.long_text import LongText
from ui.wording import field_word, term_told

_CODES: Final = {"report_form": ReportForm, "group_mode": GroupMode, "training_type": TrainingType}
_LINES: Final = ("organiser", "convener", "host", "deputy_group", "companions", "units_attending")
_BETWEEN: Final = "、"
_HIGH: Final = {"course": 132, "conclusions": 96, "explained": 64}
"""Pixels of a long text that always show."""
_TWO: Final = 540  # pixels from which two short fields stand beside each other


class ActivityForm(VisitForm):
    """A visit in, a visit out; `kind_chosen` tells that other fields are asked for now."""

    kind_chosen = Signal()

    def __init__(self, theme: Theme, today: date, parent: QWidget | None = None) -> None:
        self._theme: Final = theme
        self.kind: Final = Field(_("Kind of activity"), _KindBox())
        self.what: Final = Field(_("Theme"), QLineEdit())
        self.expected: Final = Field(_("Expected"), NumberBox(0))
        self.expected.editor.setSpecialValueText("—")
        self.remarks: Final = Field(_("Remarks"), QLineEdit())
        self.online: Final = QCheckBox(field_word("visit", "online"))
        self.fields: Final[dict[str, Field[Any]]] = {
            **{name: Field("", CodeBox(codes)) for name, codes in _CODES.items()},
            **{name: Field("", QLineEdit()) for name in _LINES},
            **{name: Field("", LongText(theme, is_heading=lambda _line: False)) for name in sorted(LONG)},
        }
        self._grid = QGridLayout()
        self._columns = 0
        self.foot: Final = QVBoxLayout()  # what the desk puts between the fields of the kind and the rest
        super().__init__(today, parent)

    # --- a value in, a value out

    def show_visit(self, visit: Visit) -> None:
        blocked = self.blockSignals(True)
        self.kind.editor.show_code(visit.visit_kind)
        self.what.editor.setText(visit.theme)
        self.expected.editor.setValue(visit.expected)
        self.remarks.editor.setText(visit.remarks)
        self.online.setChecked(visit.online)
        for name, field in self.fields.items():
            _show(field.editor, getattr(visit, name))
        self.kind.complain("")
        super().show_visit(visit)
        self.blockSignals(blocked)
        self._ask_fields()

    def read(self) -> Visit:
        said = {name: _read(field.editor, getattr(self._visit, name)) for name, field in self.fields.items()}
        return replace(
            super().read(),
            visit_kind=self.kind.editor.code(),
            theme=self.what.editor.text().strip(),
            expected=self.expected.editor.value(),
            remarks=_kept(self._visit.remarks, self.remarks.editor.text()),
            online=self.online.isChecked(),
            **said,
        )

    def problems(self) -> tuple[Problem, ...]:
        found = list(super().problems())
        if not self.kind.editor.code():
            found.append(Problem(code="visit_kind_missing", field="visit_kind"))
        self.kind.complain("" if self.kind.editor.code() else problem_told(found[-1]))
        return tuple(found)

    def head(self) -> Iterator[QWidget]:
        """What Tab goes through before what the desk puts between, in its order."""
        for field in (self.kind, self.on, self.starts, self.ends, self.what, self.place, self.expected, self.recorder):
            yield field.editor
        for asked in shown_of(self.read()):
            yield self.online if asked.field == "online" else self.fields[asked.field].editor

    def tail(self) -> Iterator[QWidget]:
        """What Tab goes through after it."""
        yield from (self.campaign.editor, self.number.editor, self.remarks.editor, self.late)

    def begin(self) -> None:
        """Put the cursor where one begins."""
        (self.what if self.kind.editor.code() else self.kind).setFocus()

    # --- how

    def _arrange(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE.middle)
        layout.addWidget(FieldRow(self._theme, [(self.kind, 11), (self.on, 9), (self.starts, 5), (self.ends, 5)]))
        layout.addWidget(self.what)
        layout.addWidget(FieldRow(self._theme, [(self.place, 12), (self.expected, 5), (self.recorder, 7)]))
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(SPACE.middle)
        self._grid.setVerticalSpacing(SPACE.middle)
        layout.addLayout(self._grid)
        self.foot.setSpacing(SPACE.middle)
        layout.addLayout(self.foot)
        layout.addWidget(FieldRow(self._theme, [(self.campaign, 10), (self.number, 8), (self.remarks, 9)]))
        layout.addWidget(self.late)
        for each in (*self.fields.values(), self.online):
            each.setParent(self)
            each.hide()
        self._measure()
        self._theme.changed.connect(self._measure)

    def _connect(self) -> None:
        super()._connect()
        enter = EnterMoves(self)
        for line in (self.what.editor, self.remarks.editor):
            enter.watch(line)
            line.textChanged.connect(lambda _text: self.changed.emit())
        enter.watch(self.expected.editor)
        self.expected.editor.valueChanged.connect(lambda _number: self.changed.emit())
        enter.watch(self.kind.editor)
        enter.watch(self.online)
        self.online.toggled.connect(lambda _on: self.changed.emit())
        self.kind.editor.currentIndexChanged.connect(lambda _index: self._turn())
        for field in self.fields.values():
            editor = field.editor
            if isinstance(editor, QComboBox):
                enter.watch(editor)
                editor.currentIndexChanged.connect(lambda _index: self.changed.emit())
            elif isinstance(editor, QLineEdit):
                enter.watch(editor)
                editor.textChanged.connect(lambda _text: self.changed.emit())
            else:
                editor.textChanged.connect(self.changed)

    def _turn(self) -> None:
        """Another kind was chosen: other fields, other names, another campaign."""
        if self.signalsBlocked():
            return
        self.kind.complain("")
        self.campaign.editor.follow(self.on.editor.day(), self.kind.editor.code())
        self._ask_fields()
        self.kind_chosen.emit()
        self.changed.emit()

    def _ask_fields(self) -> None:
        """Show the fields of the kind, and those in which something stands all the same."""
        for each in (*self.fields.values(), self.online):
            self._grid.removeWidget(each)
            each.hide()
        line = column = 0
        for asked in shown_of(self.read()):
            widget: QWidget = self.online
            if asked.field != "online":
                field = self.fields[asked.field]
                field.name.setText(term_told(asked))
                field.editor.setAccessibleName(term_told(asked))
                widget = field
            wide = asked.field in LONG
            if wide and column:
                line, column = line + 1, 0
            self._grid.addWidget(widget, line, column, 1, self._columns if wide else 1)
            widget.show()
            column += self._columns if wide else 1
            if column >= self._columns:
                line, column = line + 1, 0

    def _measure(self) -> None:
        for name, high in _HIGH.items():
            self.fields[name].editor.setMinimumHeight(self._theme.px(high))
            self.fields[name].editor.setMaximumHeight(self._theme.px(2 * high))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  # Qt's own name
        super().resizeEvent(event)
        columns = 2 if event.size().width() >= self._theme.px(_TWO) else 1
        if columns != self._columns:
            self._columns = columns
            for place in range(2):
                self._grid.setColumnStretch(place, 1 if place < columns else 0)
            self._ask_fields()


class _KindBox(CodeBox):
    """The kinds of activities; receptions and outreach have desks of their own."""

    def __init__(self) -> None:
        super().__init__(VisitKind, _("Choose"))
        for each in MEETING:
            self.removeItem(self.findData(str(each)))


def _show(editor: QWidget, value: Any) -> None:
    if isinstance(editor, CodeBox):
        editor.show_code(value)
    elif isinstance(editor, LongText):
        editor.show_text(value)
    elif isinstance(editor, QLineEdit):
        editor.setText(_BETWEEN.join(value) if isinstance(value, tuple) else value)


def _read(editor: QWidget, before: Any) -> Any:
    """What stands in an editor; what stood there before where nothing else is different."""
    if isinstance(editor, CodeBox):
        return editor.code()
    if isinstance(editor, LongText):
        return _kept(before, editor.text())
    typed = editor.text() if isinstance(editor, QLineEdit) else ""
    if not isinstance(before, tuple):
        return _kept(before, typed)
    return before if typed == _BETWEEN.join(before) else tuple(part.strip() for part in _several(typed) if part.strip())


def _several(typed: str) -> list[str]:
    for mark in "，,;；":
        typed = typed.replace(mark, _BETWEEN)
    return typed.split(_BETWEEN)


def _kept(before: str, typed: str) -> str:
    return before if typed in {before, before.replace("\r\n", "\n"), before.replace("\n", " ")} else typed.strip()

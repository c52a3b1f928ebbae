"""One value of a rule profile: what it is, where it stands, and what the base says."""

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app.domain.deadlines import PeriodUnit
from app.domain.problems import Problem
from app.domain.rule_values import RULE_PROFILE, VALUES, value_told
from app.i18n import _
from app.messages import field_told, problem_told
from app.queries.rule_cards import ValueCard
from ui.forms.field_row import FieldRow
from ui.theme import SPACE, Theme
from ui.widgets.code_box import CodeBox
from ui.widgets.field import Field
from ui.widgets.roles import button, label
from ui.wording import word_of

_AMOUNT: Final = 64  # pixels
_VALUE, _SOURCE = 11, 20  # characters


class RuleValueField(QWidget):
    """`changed` tells that something was typed or chosen."""

    changed = Signal()

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__()
        value = VALUES[name]
        self.name: Final = name
        self._usual = ""
        self._theme: Final = theme
        self.amount: Final = QLineEdit()
        self.code: Final = CodeBox(PeriodUnit if value.is_period else value.codes or PeriodUnit)
        self.code.removeItem(0)
        told = field_told(RULE_PROFILE, name)
        for each in (self.amount, self.code):
            each.setAccessibleName(told)
        self.amount.setVisible(value.codes is None)
        self.code.setVisible(value.is_period or value.codes is not None)
        editors = QWidget()
        line = QHBoxLayout(editors)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(SPACE.small)
        line.addWidget(self.amount, 0 if value.is_period else 1)
        line.addWidget(self.code, 1)
        self.value: Final = Field(told, editors)
        self.source: Final = Field(_("Its source"), QLineEdit())
        self.source.editor.setAccessibleName(_("Source of: {value}").format(value=told))
        self.usual: Final = label("", "small", wrap=True)
        self.reset: Final = button(_("As in the base"), "link")
        self.reset.setAccessibleName(_("As in the base: {value}").format(value=told))
        self._arrange()
        self.amount.textEdited.connect(lambda _text: self._touch())
        self.source.editor.textEdited.connect(lambda _text: self._touch())
        self.code.currentIndexChanged.connect(lambda _at: self._touch())
        self.reset.clicked.connect(self.as_usual)
        theme.changed.connect(self._measure)
        self._measure()

    def show_value(self, card: ValueCard, *, editable: bool) -> None:
        """Show a value with its source; one of the program's own profiles is only to be looked at."""
        self._usual = card.usual
        self._show(card.text)
        self.source.editor.setText(card.source)
        self.source.editor.setCursorPosition(0)
        self.source.editor.setToolTip(card.source)
        self.usual.setText(_("The base says: {usual}").format(usual=_told(self.name, card.usual)))
        for each in (self.amount, self.source.editor):
            each.setReadOnly(not editable)
        self.code.setEnabled(editable)
        self.value.complain("")
        self._mark()
        self.reset.setVisible(editable and self.is_changed())

    def show_typed(self, text: str, source: str) -> None:
        """Show what was typed of the value before, and of its source."""
        self._show(text)
        self.source.editor.setText(source)
        self._mark()
        self.reset.setVisible(self.is_changed())

    def text(self) -> str:
        """The value as it stands here, as `app.domain.rule_values` writes it."""
        value = VALUES[self.name]
        if value.is_period:
            return f"{self.amount.text().strip()} {self.code.code()}"
        return str(self.code.code()) if value.codes else self.amount.text().strip()

    def is_changed(self) -> bool:
        """Whether it is another value than the base's."""
        return self.text() != self._usual

    def as_usual(self) -> None:
        """The value of the base again."""
        self._show(self._usual)
        self.source.editor.clear()
        self._touch()

    def complain(self, problem: Problem | None) -> None:
        """Say what is wrong with the value, or that nothing is."""
        self.value.complain(problem_told(problem) if problem else "")

    def _show(self, text: str) -> None:
        value = VALUES[self.name]
        amount, _between, unit = text.partition(" ") if value.is_period else (text, "", text)
        blocked = self.code.blockSignals(True)
        self.amount.setText(amount)
        if value.is_period or value.codes:
            self.code.show_code(unit)
        self.code.blockSignals(blocked)

    def _touch(self) -> None:
        self._mark()
        self.reset.setVisible(self.is_changed())
        self.changed.emit()

    def _mark(self) -> None:
        self.usual.setVisible(self.is_changed())

    def _measure(self) -> None:
        if VALUES[self.name].is_period:
            self.amount.setFixedWidth(self._theme.px(_AMOUNT))

    def _arrange(self) -> None:
        below = QHBoxLayout()
        below.addWidget(self.usual, 1)
        below.addWidget(self.reset)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE.tiny)
        column.addWidget(FieldRow(self._theme, [(self.value, _VALUE), (self.source, _SOURCE)]))
        column.addLayout(below)


def _told(name: str, text: str) -> str:
    codes = VALUES[name].codes
    return word_of(codes(text)) if codes else value_told(name, text)

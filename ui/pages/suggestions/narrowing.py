"""What the list of suggestions is narrowed by besides its groups: state, unit, class of reply, deadline, key suggestions."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QVBoxLayout, QWidget

from app.domain.life import SuggestionState
from app.i18n import _
from app.queries.suggestion_list import NOT_NARROWED, DueWithin, Narrowing
from app.queries.units import UnitRow, units
from ui.forms.category_box import CategoryBox
from ui.forms.field_row import FieldRow
from ui.page import Workbench
from ui.widgets.code_box import CodeBox
from ui.widgets.field import Field
from ui.widgets.roles import button

_LETTERS: Final = ("A", "B", "C", "D", "甲", "乙", "丙")


class NarrowingBar(QWidget):
    """Boxes in a row, out of sight until `opener` is pressed; `changed` tells that the list is another."""

    changed = Signal()

    def __init__(self, bench: Workbench) -> None:
        super().__init__()
        self._bench: Final = bench
        self.opener: Final = button(_("Narrow"), "filter")
        self.opener.setCheckable(True)
        self.state: Final = Field(_("State"), CodeBox(SuggestionState, _("all")))
        self.unit: Final = Field(_("Handling unit"), CategoryBox())
        self.reply: Final = Field(_("Class of reply"), CategoryBox())
        self.reply.editor.show_names({each: each for each in _LETTERS})
        self.due: Final = Field(_("Reply due"), CodeBox(DueWithin, _("all")))
        self.key: Final = Field(" ", QCheckBox(_("Key suggestions only")))
        fields = ((self.state, 8), (self.unit, 10), (self.reply, 6), (self.due, 8), (self.key, 9))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(FieldRow(bench.theme, fields))
        self.hide()
        self.opener.toggled.connect(self._open)
        boxes: tuple[QComboBox, ...] = (self.state.editor, self.unit.editor, self.reply.editor, self.due.editor)
        for box in boxes:
            box.currentIndexChanged.connect(lambda _index: self.changed.emit())
        self.key.editor.toggled.connect(lambda _on: self.changed.emit())

    def value(self) -> Narrowing:
        """What was chosen; nothing while the boxes are out of sight."""
        if not self.opener.isChecked():
            return NOT_NARROWED
        return Narrowing(
            state=self.state.editor.code(),
            unit=self.unit.editor.code(),
            reply_class=self.reply.editor.code(),
            due=self.due.editor.code(),
            key_only=self.key.editor.isChecked(),
        )

    def active(self) -> bool:
        """Whether anything narrows the list."""
        return self.value() != NOT_NARROWED

    def refresh(self) -> None:
        """Ask which units there are."""
        workspace, bench = self._bench.workspace, self._bench
        bench.background.ask(self, lambda: units(workspace), self._offer, bench.feedback.fail, topic="units")

    def _offer(self, found: Sequence[UnitRow]) -> None:
        self.unit.editor.show_names({each.id: each.name for each in found})

    def _open(self, shown: bool) -> None:
        self.setVisible(shown)
        if shown:
            self.state.setFocus()
        self.changed.emit()

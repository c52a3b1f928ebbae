"""What the list of suggestions is narrowed by besides its groups: state, unit, class, deadline, stars, key ones; a figure."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from app.domain.award import Stars
from app.domain.life import SuggestionState
from app.i18n import _
from app.queries.suggestion_list import NOT_NARROWED, DueWithin, Narrowing
from app.queries.suggestion_outcomes import Counted
from app.queries.units import UnitRow, units
from ui.forms.category_box import CategoryBox
from ui.forms.field_row import FieldRow
from ui.page import Workbench
from ui.theme import SPACE
from ui.widgets.code_box import CodeBox
from ui.widgets.field import Field
from ui.widgets.roles import button, label

_LETTERS: Final = ("A", "B", "C", "D", "甲", "乙", "丙")


class BehindFigure(QWidget):
    """Says which figure the list is behind, out of sight where it is behind none; `ended` tells that it is left."""

    ended = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.counted: Counted | None = None
        self.words: Final = label("", "strong", wrap=True)
        self.close_button: Final = button(_("Show all suggestions"), "link")
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(SPACE.middle)
        line.addWidget(self.words, 1)
        line.addWidget(self.close_button)
        self.close_button.clicked.connect(self._end)
        self.hide()

    def show_counted(self, counted: Counted, words: str) -> None:
        """Narrow the list to what a figure counts."""
        self.counted = counted
        self.words.setText(_("Behind the figure: {figure}").format(figure=words))
        self.show()

    def _end(self) -> None:
        self.counted = None
        self.hide()
        self.ended.emit()


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
        self.stars: Final = Field(_("Stars"), CodeBox(Stars, _("all")))
        self.key: Final = Field(" ", QCheckBox(_("Key suggestions only")))
        self.behind: Final = BehindFigure()
        fields = ((self.state, 8), (self.unit, 9), (self.reply, 5), (self.due, 8), (self.stars, 5), (self.key, 9))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(FieldRow(bench.theme, fields))
        self.hide()
        self.opener.toggled.connect(self._open)
        self.behind.ended.connect(self.changed)
        editors = (self.state, self.unit, self.reply, self.due, self.stars)
        boxes: tuple[QComboBox, ...] = tuple(each.editor for each in editors)
        for box in boxes:
            box.currentIndexChanged.connect(lambda _index: self.changed.emit())
        self.key.editor.toggled.connect(lambda _on: self.changed.emit())

    def value(self) -> Narrowing:
        """What was chosen, in the boxes only while they are in sight."""
        if not self.opener.isChecked():
            return Narrowing(counted=self.behind.counted)
        return Narrowing(
            state=self.state.editor.code(),
            unit=self.unit.editor.code(),
            reply_class=self.reply.editor.code(),
            due=self.due.editor.code(),
            key_only=self.key.editor.isChecked(),
            stars=self.stars.editor.code(),
            counted=self.behind.counted,
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

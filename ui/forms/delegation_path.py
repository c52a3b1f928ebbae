"""The way of a delegation's suggestion (全团建议): which delegation, what leads, when its head approved and all agreed."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QLineEdit, QVBoxLayout, QWidget

from app.domain.delegation import delegation_step
from app.domain.problems import Problem
from app.domain.suggestion import Suggestion
from app.i18n import _
from app.messages import problem_told
from ui.forms.number_box import NumberBox
from ui.forms.optional_day import OptionalDay
from ui.theme import SPACE, Theme
from ui.widgets.field import Field
from ui.widgets.growing_text import GrowingText
from ui.widgets.roles import label
from ui.wording import word_of


class DelegationPath(QWidget):
    """A suggestion in, the suggestion with these fields out; nothing but a box to tick where a deputy leads it."""

    changed = Signal()

    def __init__(self, theme: Theme, today: Callable[[], date], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown = Suggestion(id="")
        self.whole: Final = QCheckBox(_("A suggestion of the whole delegation"))
        self.delegation: Final = QLineEdit()
        self.head: Final = QLineEdit()
        self.leads: Final = GrowingText(theme)
        self.approved: Final = Field(_("Its head approved on"), OptionalDay(today))
        self.agreed_on: Final = Field(_("All members agreed on"), OptionalDay(today))
        self.agreed: Final = NumberBox(0)
        self.members: Final = NumberBox(0)
        self.step: Final = label("", "small", wrap=True)
        self._fields = QWidget()
        self._arrange()
        self._connect()

    def show_path(self, suggestion: Suggestion) -> None:
        """Show the fields, without telling that they changed."""
        self._shown = suggestion
        blocked = self.blockSignals(True)
        self.whole.setChecked(suggestion.delegation_suggestion)
        self.delegation.setText(suggestion.delegation)
        self.head.setText(suggestion.delegation_head)
        self.leads.show_text(suggestion.delegation_leads)
        self.approved.editor.show_day(suggestion.head_approved_on)
        self.agreed_on.editor.show_day(suggestion.members_agreed_on)
        self.agreed.setValue(suggestion.members_agreed)
        self.members.setValue(suggestion.delegation_members)
        self.blockSignals(blocked)
        self._look()

    def onto(self, suggestion: Suggestion) -> Suggestion:
        """The suggestion with what stands here; the fields of a delegation stay as they were where it is none of its."""
        if not self.whole.isChecked():
            return replace(suggestion, delegation_suggestion=False)
        return replace(
            suggestion,
            delegation_suggestion=True,
            delegation=self.delegation.text(),
            delegation_head=self.head.text(),
            delegation_leads=self.leads.text(),
            head_approved_on=self.approved.editor.day(),
            members_agreed_on=self.agreed_on.editor.day(),
            members_agreed=self.agreed.value(),
            delegation_members=self.members.value(),
        )

    def _arrange(self) -> None:
        grid = QGridLayout(self._fields)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(SPACE.large)
        grid.setVerticalSpacing(SPACE.middle)
        grid.addWidget(Field(_("Which delegation"), self.delegation), 0, 0)
        grid.addWidget(Field(_("Head of the delegation"), self.head), 0, 1)
        grid.addWidget(Field(_("Leads collected: from whom, about what"), self.leads), 1, 0, 1, 2)
        grid.addWidget(self.approved, 2, 0)
        grid.addWidget(self.agreed_on, 2, 1)
        grid.addWidget(Field(_("How many agreed"), self.agreed), 3, 0)
        grid.addWidget(Field(_("Members of the delegation"), self.members), 3, 1)
        grid.addWidget(self.step, 4, 0, 1, 2)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, SPACE.small)
        column.setSpacing(SPACE.middle)
        column.addWidget(self.whole)
        column.addWidget(self._fields)

    def _connect(self) -> None:
        self.whole.toggled.connect(self._told)
        for line in (self.delegation, self.head, self.approved.editor, self.agreed_on.editor):
            line.textChanged.connect(self._told)
        self.leads.textChanged.connect(self._told)
        for number in (self.agreed, self.members):
            number.valueChanged.connect(self._told)
        for field in (self.approved, self.agreed_on):
            field.editor.editingFinished.connect(lambda field=field: self._check(field))

    def _check(self, field: Field[OptionalDay]) -> None:
        problem = Problem(code="day_malformed", field="", facts={"text": field.editor.text()})
        field.complain(problem_told(problem) if field.editor.malformed() else "")

    def _told(self) -> None:
        self._look()
        self.changed.emit()

    def _look(self) -> None:
        self._fields.setVisible(self.whole.isChecked())
        step = delegation_step(self.onto(self._shown))
        self.step.setText(_("The way of the delegation stands at: {step}").format(step=word_of(step)))

"""A campaign on its form: name, kind, days, who called for it, what each deputy is to do."""

from dataclasses import replace
from datetime import date
from typing import Any, Final

from PySide6.QtCore import QDate, Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from app.domain.problems import Problem
from app.domain.visit import Campaign, CampaignType, VisitKind
from app.i18n import _
from app.messages import problem_told
from ui.forms.day_box import DayBox
from ui.forms.enter_moves import EnterMoves
from ui.forms.field_row import FieldRow
from ui.forms.number_box import NumberBox
from ui.theme import SPACE, Theme
from ui.widgets.code_box import CodeBox
from ui.widgets.field import Field
from ui.widgets.long_text import LongText
from ui.widgets.roles import label

_NEVER: Final = QDate(1900, 1, 1)  # shown as: no end said
_HIGH: Final = 96  # pixels of the task


class CampaignForm(QWidget):
    """A campaign in, a campaign out."""

    changed = Signal()

    def __init__(self, theme: Theme, today: date) -> None:
        super().__init__()
        self._theme: Final = theme
        self._today: Final = today
        self._campaign = Campaign(id="")
        self.name: Final = Field(_("Name of the campaign"), QLineEdit())
        self.type: Final = Field(_("Type"), CodeBox(CampaignType))
        self.issuer: Final = Field(_("Issued by"), QLineEdit())
        self.document: Final = Field(_("Document number"), QLineEdit())
        self.starts: Final = Field(_("First day"), DayBox())
        self.ends: Final = Field(_("Last day"), DayBox())
        self.kind: Final = Field(_("Only visits of this kind"), CodeBox(VisitKind, _("every kind")))
        self.people: Final = Field(_("People a deputy is to meet"), NumberBox(0))
        self.days: Final = Field(_("Days a deputy is to receive"), NumberBox(0))
        self.task: Final = Field(_("What is asked"), LongText(theme, is_heading=lambda _line: False))
        self._arrange()
        self._connect()

    def show_campaign(self, campaign: Campaign) -> None:
        """Show a campaign."""
        self._campaign = campaign
        blocked = self.blockSignals(True)
        self.name.editor.setText(campaign.name)
        self.type.editor.show_code(campaign.campaign_type)
        self.issuer.editor.setText(campaign.issuer)
        self.document.editor.setText(campaign.document_number)
        self.starts.editor.show_day(campaign.starts_on or self._today)
        if campaign.ends_on:
            self.ends.editor.show_day(campaign.ends_on)
        else:
            self.ends.editor.setDate(_NEVER)
        self.kind.editor.show_code(campaign.visit_kind)
        self.people.editor.setValue(campaign.people_a_deputy)
        self.days.editor.setValue(campaign.days_a_deputy)
        self.task.editor.show_text(campaign.task)
        self.complain(())
        self.blockSignals(blocked)

    def read(self) -> Campaign:
        """The campaign as the form has it."""
        typed = self.task.editor.text()
        return replace(
            self._campaign,
            name=self.name.editor.text().strip(),
            campaign_type=self.type.editor.code(),
            issuer=self.issuer.editor.text().strip(),
            document_number=self.document.editor.text().strip(),
            starts_on=self.starts.editor.day(),
            ends_on=None if self.ends.editor.date() == _NEVER else self.ends.editor.day(),
            visit_kind=self.kind.editor.code(),
            people_a_deputy=self.people.editor.value(),
            days_a_deputy=self.days.editor.value(),
            task=self._campaign.task if typed == self._campaign.task else typed.strip(),
        )

    def complain(self, problems: tuple[Problem, ...]) -> None:
        """Say beside each field what is wrong with it, and go to the first of them."""
        fields: dict[str, Field[Any]] = {"name": self.name, "starts_on": self.starts, "ends_on": self.ends}
        wrong = {each.field: problem_told(each) for each in problems}
        for name, field in fields.items():
            field.complain(wrong.get(name, ""))
        for name in wrong:
            if name in fields:
                fields[name].setFocus()
                return

    def begin(self) -> None:
        """Put the cursor where one begins."""
        self.name.setFocus()

    def _arrange(self) -> None:
        self.ends.editor.setMinimumDate(_NEVER)
        self.ends.editor.setSpecialValueText(_("no end said"))
        for box in (self.people.editor, self.days.editor):
            box.setSpecialValueText("—")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE.middle)
        layout.addWidget(self.name)
        layout.addWidget(FieldRow(self._theme, [(self.type, 8), (self.issuer, 12), (self.document, 12)]))
        layout.addWidget(FieldRow(self._theme, [(self.starts, 9), (self.ends, 9), (self.kind, 11)]))
        layout.addWidget(FieldRow(self._theme, [(self.people, 12), (self.days, 12)]))
        layout.addWidget(self.task)
        told = _(
            "Visits and issues of these days are offered to belong to it while they are entered; each can be taken out again."
        )
        layout.addWidget(label(told, "small", wrap=True))
        layout.addStretch(1)
        self._theme.changed.connect(self._measure)
        self._measure()

    def _connect(self) -> None:
        enter = EnterMoves(self)
        for line in (self.name, self.issuer, self.document):
            enter.watch(line.editor)
            line.editor.textChanged.connect(lambda _text: self.changed.emit())
        for box in (self.type, self.kind):
            enter.watch(box.editor)
            box.editor.currentIndexChanged.connect(lambda _index: self.changed.emit())
        for day in (self.starts, self.ends):
            enter.watch(day.editor)
            day.editor.dateChanged.connect(lambda _day: self.changed.emit())
        for number in (self.people, self.days):
            enter.watch(number.editor)
            number.editor.valueChanged.connect(lambda _number: self.changed.emit())
        self.task.editor.textChanged.connect(self.changed)

    def _measure(self) -> None:
        self.task.editor.setFixedHeight(self._theme.px(_HIGH))

"""The form of a talk before submission: with whom, when, by which way, where, what they said, what came of it."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from app.domain.problems import Problem
from app.domain.review import Consultation, TalkWay
from app.i18n import _
from app.messages import problem_told
from app.queries.units import UnitRow
from app.use_cases.consultations import TalkSheet
from ui.forms.day_box import DayBox
from ui.forms.field_row import FieldRow
from ui.page import Workbench
from ui.theme import SPACE
from ui.widgets.code_box import CodeBox
from ui.widgets.field import Field
from ui.widgets.growing_text import GrowingText
from ui.widgets.unit_picker import UnitPicker


class TalkForm(QWidget):
    """A talk in, a talk out."""

    changed = Signal()

    def __init__(self, bench: Workbench) -> None:
        super().__init__()
        self._sheet = TalkSheet(talk=Consultation(id=""))
        self.unit: Final = Field(_("Unit that would handle it"), UnitPicker(_("Unit that would handle it"), bench))
        self.on: Final = Field(_("Day"), DayBox())
        self.way: Final = Field(_("By what way"), CodeBox(TalkWay))
        self.place: Final = Field(_("Place"), QLineEdit())
        self.people: Final = Field(_("Who of the unit was there"), QLineEdit())
        self.account: Final = Field(_("What was said"), GrowingText(bench.theme))
        self.conclusion: Final = Field(_("What came of it"), GrowingText(bench.theme))
        self._fields: Final[dict[str, Field[Any]]] = {
            "unit": self.unit,
            "on": self.on,
            "way": self.way,
            "account": self.account,
        }
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE.small)
        layout.addWidget(self.unit)
        layout.addWidget(FieldRow(bench.theme, [(self.on, 8), (self.way, 8)]))
        layout.addWidget(FieldRow(bench.theme, [(self.place, 8), (self.people, 12)]))
        layout.addWidget(self.account)
        layout.addWidget(self.conclusion)
        for told in (
            self.unit.editor.changed,
            self.on.editor.dateChanged,
            self.way.editor.currentIndexChanged,
            self.place.editor.textChanged,
            self.people.editor.textChanged,
            self.account.editor.textChanged,
            self.conclusion.editor.textChanged,
        ):
            told.connect(lambda *_told: self.changed.emit())

    def offer_units(self, units: Sequence[UnitRow]) -> None:
        """Offer these units."""
        self.unit.editor.offer(units)

    def show_talk(self, sheet: TalkSheet) -> None:
        """Show a talk, and go to what is to be written first."""
        self._sheet, talk = sheet, sheet.talk
        blocked = self.blockSignals(True)
        self.unit.editor.show_ids((talk.unit,) if talk.unit else ())
        if talk.on:
            self.on.editor.show_day(talk.on)
        self.way.editor.show_code(talk.way)
        self.place.editor.setText(talk.place)
        self.people.editor.setText(talk.unit_people)
        self.account.editor.show_text(talk.account)
        self.conclusion.editor.show_text(talk.conclusion)
        self.blockSignals(blocked)
        self.complain(())
        (self.account if talk.unit else self.unit).setFocus()

    def read(self) -> TalkSheet:
        """The talk as it stands here."""
        talk = replace(
            self._sheet.talk,
            unit=next(iter(self.unit.editor.ids()[-1:]), ""),
            on=self.on.editor.day(),
            way=self.way.editor.code(),
            place=self.place.editor.text().strip(),
            unit_people=self.people.editor.text().strip(),
            account=self.account.editor.text().strip(),
            conclusion=self.conclusion.editor.text().strip(),
        )
        return replace(self._sheet, talk=talk)

    def complain(self, problems: Sequence[Problem]) -> None:
        """Say beside each field what is wrong with it, and go to the first of them."""
        complain(self._fields, problems)


def complain(fields: dict[str, Field[Any]], problems: Sequence[Problem]) -> None:
    """Say beside each of these fields what is wrong with it, and go to the first of them; nothing wrong clears all."""
    told = {each.field: problem_told(each) for each in problems if not each.hint}
    for name, field in fields.items():
        field.complain(told.get(name, ""))
    if first := next((field for name, field in fields.items() if name in told), None):
        first.setFocus()

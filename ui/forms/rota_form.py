"""Which days are reception days and who takes turns: a plan of the rota in, a plan out."""

from datetime import date, time
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QVBoxLayout, QWidget

from app.domain.problems import Problem
from app.domain.rota import RestDay, Rhythm, RotaPlan
from app.domain.typed_hour import hour_problems
from app.i18n import _
from app.messages import problem_told
from ui.forms.day_box import DayBox, HourBox
from ui.forms.field_row import FieldRow
from ui.forms.number_box import NumberBox
from ui.page import Workbench
from ui.theme import SPACE
from ui.widgets.code_box import CodeBox
from ui.widgets.deputy_picker import DeputyPicker
from ui.widgets.field import Field
from ui.widgets.roles import label
from ui.wording import weekday_told

_MONDAY: Final = date(2026, 1, 5)
_MORNING: Final = time(9), time(11, 30)


class RotaForm(QWidget):
    """The plan as it stands in the form; `changed` tells that it is another."""

    changed = Signal()

    def __init__(self, bench: Workbench) -> None:
        super().__init__()
        self.first: Final = Field(_("First day"), DayBox())
        self.last: Final = Field(_("Last day"), DayBox())
        self.rhythm: Final = Field(_("How often"), _code_box(Rhythm))
        self.which: Final = Field(_("Which one"), _numbers())
        self.weekday: Final = Field(_("Day of the week"), _weekdays())
        self.month_day: Final = Field(_("Day of the month"), NumberBox())
        self.month_day.editor.setMaximum(31)
        self.rest_day: Final = Field(_("On a day of rest"), _code_box(RestDay))
        self.starts: Final = Field(_("From"), HourBox())
        self.ends: Final = Field(_("Until"), HourBox())
        self.place: Final = Field(_("Place"), QLineEdit())
        self.theme: Final = Field(_("Theme"), QLineEdit())
        self.together: Final = Field(_("Deputies a day"), NumberBox())
        self.deputies: Final = DeputyPicker(bench)
        self._arrange(bench)
        self._connect()

    def show_plan(self, plan: RotaPlan) -> None:
        """Show a plan."""
        self.first.editor.show_day(plan.first)
        self.last.editor.show_day(plan.last)
        self.rhythm.editor.show_code(plan.rhythm)
        self.which.editor.setCurrentIndex(self.which.editor.findData(plan.which))
        self.weekday.editor.setCurrentIndex(plan.weekday)
        self.month_day.editor.setValue(plan.month_day)
        self.rest_day.editor.show_code(plan.rest_day)
        self.starts.editor.show_hour(plan.starts)
        self.ends.editor.show_hour(plan.ends)
        self.place.editor.setText(plan.place)
        self.theme.editor.setText(plan.theme)
        self.together.editor.setValue(plan.together)
        self.deputies.show_ids(plan.deputies)
        self._fit()

    def read(self) -> RotaPlan:
        """The plan as the form has it."""
        return RotaPlan(
            first=self.first.editor.day(),
            last=self.last.editor.day(),
            rhythm=Rhythm(self.rhythm.editor.code()),
            weekday=self.weekday.editor.currentIndex(),
            which=int(self.which.editor.currentData()),
            month_day=self.month_day.editor.value(),
            rest_day=RestDay(self.rest_day.editor.code()),
            deputies=self.deputies.ids(),
            together=self.together.editor.value(),
            starts=self.starts.editor.hour(),
            ends=self.ends.editor.hour(),
            place=self.place.editor.text().strip(),
            theme=self.theme.editor.text().strip(),
        )

    def problems(self) -> tuple[Problem, ...]:
        """What was typed and cannot be read; said beside the field, where it stays."""
        return hours_complained(self.starts, self.ends)

    def _fit(self) -> None:
        """Ask only what the rhythm needs."""
        rhythm = self.rhythm.editor.code()
        self.which.setVisible(rhythm == Rhythm.MONTHLY_WEEKDAY)
        self.weekday.setVisible(rhythm != Rhythm.MONTHLY_DAY)
        self.month_day.setVisible(rhythm == Rhythm.MONTHLY_DAY)

    def _arrange(self, bench: Workbench) -> None:
        theme = bench.theme
        rows: tuple[list[tuple[QWidget, int]], ...] = (
            [(self.first, 8), (self.last, 8), (self.rest_day, 9)],
            [(self.rhythm, 10), (self.which, 6), (self.weekday, 6), (self.month_day, 6)],
            [(self.starts, 5), (self.ends, 5), (self.place, 14)],
            [(self.theme, 18), (self.together, 6)],
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE.middle)
        for row in rows:
            layout.addWidget(FieldRow(theme, row))
        layout.addWidget(label(_("Deputies, in the order of their turns"), "label"))
        layout.addWidget(self.deputies)

    def _connect(self) -> None:
        for day in (self.first, self.last):
            day.editor.dateChanged.connect(lambda _day: self.changed.emit())
        for box in (self.rhythm, self.which, self.weekday, self.rest_day):
            box.editor.currentIndexChanged.connect(lambda _index: self._chosen())
        for number in (self.month_day, self.together):
            number.editor.valueChanged.connect(lambda _number: self.changed.emit())
        for line in (self.starts.editor, self.ends.editor, self.place.editor, self.theme.editor):
            line.textChanged.connect(lambda _text: self.changed.emit())
        self.deputies.changed.connect(self.changed)

    def _chosen(self) -> None:
        self._fit()
        self.changed.emit()


def usual_plan(today: date, place: str) -> RotaPlan:
    """What a plan begins with: the first Monday of each of the coming months, in the morning."""
    last = date(today.year + 1, today.month, 1)
    return RotaPlan(first=today, last=last, starts=_MORNING[0], ends=_MORNING[1], place=place)


def hours_complained(*fields: Field[HourBox]) -> tuple[Problem, ...]:
    """What is no hour in these fields, said beside them."""
    found: list[Problem] = []
    for field in fields:
        wrong = tuple(hour_problems("starts", field.editor.text()))
        field.complain("".join(problem_told(each) for each in wrong))
        found.extend(wrong)
    return tuple(found)


def _code_box(codes: type[Rhythm] | type[RestDay]) -> CodeBox:
    """A choice in which something is always chosen."""
    box = CodeBox(codes)
    box.removeItem(0)
    return box


def _weekdays() -> QComboBox:
    box = QComboBox()
    for each in range(7):
        box.addItem(weekday_told(date.fromordinal(_MONDAY.toordinal() + each)), each)
    return box


def _numbers() -> QComboBox:
    box = QComboBox()
    for number, words in enumerate((_("first"), _("second"), _("third"), _("fourth"), _("last one")), start=1):
        box.addItem(words, number)
    return box

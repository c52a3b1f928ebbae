"""When, where and how a visit was: what is the same for everybody who came."""

from dataclasses import replace
from datetime import date
from typing import Final

from PySide6.QtCore import QStringListModel, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QCompleter, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app.domain.problems import Problem
from app.domain.typed_hour import hour_problems
from app.domain.visit import MeetingWay, Visit, visit_day_problems
from app.i18n import _
from app.messages import problem_told
from app.queries.visit_words import VisitWords
from ui.forms.campaign_box import CampaignBox
from ui.forms.day_box import DayBox, HourBox
from ui.forms.enter_moves import EnterMoves
from ui.theme import SPACE
from ui.widgets.code_box import CodeBox
from ui.widgets.field import Field


class VisitForm(QWidget):
    """A visit in, a visit out; a day before today makes it a late entry by itself, which a person may take back."""

    changed = Signal()

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._today: Final = today
        self._visit = Visit(id="")
        self.on: Final = Field(_("Day"), DayBox())
        self.starts: Final = Field(_("From"), HourBox())
        self.ends: Final = Field(_("Until"), HourBox())
        self.place: Final = Field(_("Place"), QLineEdit())
        self.way: Final = Field(_("Way of meeting"), CodeBox(MeetingWay))
        self.recorder: Final = Field(_("Recorder"), QLineEdit())
        self.number: Final = Field(_("Number"), QLineEdit())
        self.number.editor.setPlaceholderText(_("given when it is saved"))
        self.late: Final = QCheckBox(_("Entered later"))
        self.campaign: Final = Field(_("Campaign"), CampaignBox())
        self._places = QStringListModel(self)
        self._arrange()
        self._connect()

    def _arrange(self) -> None:
        hours = QHBoxLayout()
        hours.setSpacing(SPACE.small)
        hours.addWidget(self.starts)
        hours.addWidget(self.ends)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE.small)
        layout.addWidget(self.on)
        layout.addLayout(hours)
        for each in (self.late, self.place, self.way, self.recorder, self.number, self.campaign):
            layout.addWidget(each)

    def show_names(self, known: VisitWords) -> None:
        """Offer the places that were written last, and the campaigns."""
        self._places.setStringList(list(known.places))
        self.campaign.editor.offer(known.campaigns)
        self.campaign.setHidden(not known.campaigns)

    def show_visit(self, visit: Visit) -> None:
        """Show a visit."""
        self._visit = visit
        blocked = self.blockSignals(True)
        self.on.editor.show_day(visit.on or self._today)
        self.starts.editor.show_hour(visit.starts)
        self.ends.editor.show_hour(visit.ends)
        self.late.setChecked(visit.late_entry)
        self.place.editor.setText(visit.place)
        self.way.editor.show_code(visit.way)
        self.recorder.editor.setText(visit.recorder)
        self.number.editor.setText(visit.number)
        self.campaign.editor.show_code(visit.campaign)
        self.campaign.editor.follows = not visit.number  # which is given when the visit is saved first
        for hour in (self.starts, self.ends):
            hour.complain("")
        self.blockSignals(blocked)

    def rest_on(self, visit: Visit) -> None:
        """Take what was saved for granted, without touching what is being typed."""
        self._visit = visit

    def read(self) -> Visit:
        """The visit as it stands in the form; what is no hour is no hour."""
        return replace(
            self._visit,
            on=self._day(),
            starts=self.starts.editor.hour(),
            ends=self.ends.editor.hour(),
            late_entry=self.late.isChecked(),
            place=self.place.editor.text().strip(),
            way=self.way.editor.code(),
            recorder=self.recorder.editor.text().strip(),
            number=self.number.editor.text().strip(),
            campaign=self.campaign.editor.code(),
        )

    def _day(self) -> date | None:
        """The day; none where none was known and nobody gave one."""
        shown = self.on.editor.day()
        return None if self._visit.on is None and shown == self._today else shown

    def problems(self) -> tuple[Problem, ...]:
        """What was typed and cannot be read; said beside the field, where it stays."""
        found: list[Problem] = list(visit_day_problems(self._day()))
        self.on.complain("".join(problem_told(each) for each in found))
        for name, field in (("starts", self.starts), ("ends", self.ends)):
            wrong = tuple(hour_problems(name, field.editor.text()))
            field.complain("".join(problem_told(each) for each in wrong))
            found.extend(wrong)
        return tuple(found)

    def _connect(self) -> None:
        enter = EnterMoves(self)
        for line in (self.starts.editor, self.ends.editor, self.place.editor, self.recorder.editor, self.number.editor):
            enter.watch(line)
            line.textChanged.connect(lambda _text: self.changed.emit())
        for box in (self.on.editor, self.way.editor, self.late, self.campaign.editor):
            enter.watch(box)
        places = QCompleter(self._places, self)
        places.setFilterMode(Qt.MatchFlag.MatchContains)
        self.place.editor.setCompleter(places)
        self.on.editor.dateChanged.connect(lambda _day: self._moved())
        self.way.editor.currentIndexChanged.connect(lambda _index: self.changed.emit())
        self.campaign.editor.currentIndexChanged.connect(lambda _index: self.changed.emit())
        self.late.toggled.connect(lambda _on: self.changed.emit())

    def _moved(self) -> None:
        if not self.signalsBlocked():
            self.late.setChecked(self.on.editor.day() < self._today)
            self.campaign.editor.follow(self.on.editor.day(), self._visit.visit_kind)
        self.changed.emit()

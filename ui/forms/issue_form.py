"""An issue that no visit tells of, or one to be corrected: who raised it, in what words, what is known of it."""

from dataclasses import replace
from datetime import date
from typing import Final

from PySide6.QtCore import QDate, QStringListModel, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QCompleter, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app.domain.encounter import Encounter
from app.domain.issue import Issue, Source, Urgency
from app.domain.issue_sheet import IssueSheet
from app.domain.people import Contact
from app.domain.problems import Problem
from app.i18n import _
from app.messages import problem_told
from app.queries.visit_words import VisitWords
from ui.forms.campaign_box import CampaignBox
from ui.forms.day_box import DayBox
from ui.forms.enter_moves import EnterMoves
from ui.forms.field_row import FieldRow
from ui.forms.matter_form import MatterForm
from ui.theme import SPACE, Theme
from ui.widgets.code_box import CodeBox
from ui.widgets.field import Field

_NEVER: Final = QDate(1900, 1, 1)  # shown as: not known


class IssueForm(QWidget):
    """A sheet in, a sheet out; `changed` tells that something was typed or chosen."""

    changed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sheet = IssueSheet(issue=Issue(id=""))
        self.name: Final = Field(_("Raised by"), QLineEdit())
        self.phone: Final = Field(_("Telephone"), QLineEdit())
        self.village: Final = Field(_("Village (community)"), QLineEdit())
        self.anonymous: Final = QCheckBox(_("Leaves no name"))
        self.confidential: Final = QCheckBox(_("Asks for confidence"))
        self.subject: Final = Field(_("Subject (may stay empty)"), QLineEdit())
        self.matter: Final = MatterForm(theme, words=_("What was raised, in the resident's own words"))
        self.place: Final = Field(_("Place of the matter"), QLineEdit())
        self.source: Final = Field(_("Source"), CodeBox(Source))
        self.received: Final = Field(_("Received"), DayBox())
        self.urgency: Final = Field(_("Urgency"), CodeBox(Urgency))
        self.campaign: Final = Field(_("Campaign"), CampaignBox())
        self._villages = QStringListModel(self)
        self._person: Final = FieldRow(theme, [(self.name, 7), (self.phone, 8), (self.village, 9)])
        self._arrange(theme)
        self._connect()

    # --- a value in, a value out

    def show_names(self, known: VisitWords) -> None:
        """Offer these categories, villages and campaigns."""
        self.matter.show_names(known)
        self.campaign.editor.offer(known.campaigns)
        self.campaign.setHidden(not known.campaigns)
        self._villages.setStringList(list(known.villages))

    def show_sheet(self, sheet: IssueSheet) -> None:
        """Show a sheet; the person is left out where a visit tells of them."""
        self._sheet = sheet
        issue, met, contact = sheet.issue, sheet.met or Encounter(id=""), sheet.contact or Contact(id="")
        blocked = self.blockSignals(True)
        self._person.setVisible(sheet.met is not None)
        self.anonymous.setVisible(sheet.met is not None)
        self.name.editor.setText(met.name)
        self.phone.editor.setText(contact.phone)
        self.village.editor.setText(met.village)
        self.anonymous.setChecked(met.anonymous)
        self.confidential.setChecked(issue.confidential)
        self.subject.editor.setText(issue.subject)
        self.matter.show_issue(issue)
        self.place.editor.setText(issue.place)
        self.source.editor.show_code(issue.source)
        self._show_received(issue.received_on)
        self.urgency.editor.show_code(issue.urgency)
        self.campaign.editor.show_code(issue.campaign)
        self.campaign.editor.follows = not sheet.stored and not issue.visit
        self.complain(())
        self.blockSignals(blocked)

    def read(self) -> IssueSheet:
        """The sheet as the form has it."""
        issue = replace(
            self.matter.read(),
            confidential=self.confidential.isChecked(),
            subject=self.subject.editor.text().strip(),
            place=self.place.editor.text().strip(),
            source=self.source.editor.code(),
            received_on=self._received(),
            urgency=self.urgency.editor.code(),
            campaign=self.campaign.editor.code(),
        )
        if self._sheet.met is None:
            return replace(self._sheet, issue=issue)
        met = replace(
            self._sheet.met,
            name="" if self.anonymous.isChecked() else self.name.editor.text().strip(),
            anonymous=self.anonymous.isChecked(),
            village=self.village.editor.text().strip(),
        )
        contact = replace(self._sheet.contact or Contact(id=""), phone=self.phone.editor.text().strip())
        return replace(self._sheet, issue=issue, met=met, contact=contact if self._sheet.contact else None)

    def complain(self, problems: tuple[Problem, ...]) -> None:
        """Say beside each field what is wrong with it, and go to the first of them; nothing wrong clears all."""
        wrong = {each.field: problem_told(each) for each in problems if not each.hint}
        self.name.complain(wrong.get("name", ""))
        self.matter.words.complain(wrong.get("words", wrong.get("raised", "")))
        if "name" in wrong:
            self.name.setFocus()
        elif wrong:
            self.matter.words.setFocus()

    def begin(self) -> None:
        """Put the cursor where one begins."""
        (self.matter.words if self._sheet.met is None or self._sheet.stored else self.name).setFocus()

    # --- how

    def _show_received(self, day: date | None) -> None:
        if day:
            self.received.editor.show_day(day)
        else:
            self.received.editor.setDate(_NEVER)

    def _received(self) -> date | None:
        return None if self.received.editor.date() == _NEVER else self.received.editor.day()

    def _arrange(self, theme: Theme) -> None:
        self.received.editor.setMinimumDate(_NEVER)
        self.received.editor.setSpecialValueText(_("not known"))
        ticks = QHBoxLayout()
        ticks.setSpacing(SPACE.large)
        for tick in (self.anonymous, self.confidential):
            ticks.addWidget(tick)
        ticks.addStretch(1)
        about = FieldRow(theme, [(self.place, 9), (self.source, 6), (self.received, 8), (self.urgency, 5)])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE.small)
        layout.addWidget(self._person)
        layout.addLayout(ticks)
        layout.addWidget(self.subject)
        layout.addWidget(self.matter, 1)
        layout.addWidget(about)
        layout.addWidget(self.campaign)

    def _connect(self) -> None:
        enter = EnterMoves(self)
        for line in (self.name, self.phone, self.village, self.subject, self.place):
            enter.watch(line.editor)
            line.editor.textChanged.connect(lambda _text: self._typed())
        for tick in (self.anonymous, self.confidential):
            enter.watch(tick)
            tick.toggled.connect(lambda _on: self._typed())
        for box in (self.source, self.urgency, self.campaign):
            enter.watch(box.editor)
            box.editor.currentIndexChanged.connect(lambda _index: self._typed())
        enter.watch(self.received.editor)
        self.received.editor.dateChanged.connect(lambda _day: self._moved())
        self.anonymous.toggled.connect(self.name.editor.setDisabled)
        villages = QCompleter(self._villages, self)
        villages.setFilterMode(Qt.MatchFlag.MatchContains)
        self.village.editor.setCompleter(villages)
        self.matter.changed.connect(self._typed)

    def _moved(self) -> None:
        if not self.signalsBlocked():
            self.campaign.editor.follow(self._received(), "")
        self._typed()

    def _typed(self) -> None:
        if self.anonymous.isChecked() or self.name.editor.text().strip():
            self.name.complain("")
        self.changed.emit()

"""What the official form asks beside title and text (专用纸事项, domain brief 1.7)."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QGridLayout, QHBoxLayout, QLineEdit, QSpinBox, QWidget

from app.domain.suggestion import CosigningWish, FormedThrough, PublicityWish, Suggestion, SuggestionType, YearsRaised
from app.i18n import _
from app.queries.units import UnitRow
from ui.page import Workbench
from ui.theme import SPACE
from ui.widgets.code_box import CodeBox
from ui.widgets.field import Field
from ui.widgets.unit_picker import UnitPicker
from ui.wording import word_of

_MOST_SESSIONS: Final = 9999


class OfficialMatters(QWidget):
    """A suggestion in, the suggestion with these fields out; `changed` tells that one of them is another."""

    changed = Signal()

    def __init__(self, bench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session: Final = QComboBox()
        self.session.addItems([_("Between sessions"), _("During a session")])
        self.session_no: Final = QSpinBox()
        self.session_no.setRange(0, _MOST_SESSIONS)
        self.session_no.setSpecialValueText(_("Not said"))
        self.kind: Final = CodeBox(SuggestionType, _("Not said"))
        self.publicity: Final = CodeBox(PublicityWish, _("Not chosen yet"))
        self.years: Final = CodeBox(YearsRaised, _("Not raised before"))
        self.cosigning: Final = CodeBox(CosigningWish, _("Not said"))
        self.formed: Final = {each: QCheckBox(word_of(each)) for each in FormedThrough}
        self.contact: Final = QCheckBox(_("Wishes contact while it is handled"))
        self.reference: Final = QCheckBox(_("For reference only, no written reply needed"))
        self.confidential: Final = QCheckBox(_("Keep the deputies' identity confidential"))
        self.contact_person: Final = QLineEdit()
        self.lead_units: Final = UnitPicker(_("Proposed lead units"), bench)
        self.co_units: Final = UnitPicker(_("Proposed co-handling units"), bench)
        self.separate_units: Final = UnitPicker(_("Proposed separate units"), bench)
        self._formed_besides: tuple[str, ...] = ()
        self._arrange()
        self._connect()

    def show_matters(self, suggestion: Suggestion) -> None:
        """Show the fields, without telling that they changed."""
        blocked = self.blockSignals(True)
        self.session.setCurrentIndex(int(suggestion.in_session))
        self.session_no.setValue(suggestion.session_no)
        self.kind.show_code(suggestion.suggestion_type)
        self.publicity.show_code(suggestion.publicity_wish)
        self.years.show_code(suggestion.years_raised)
        self.cosigning.show_code(suggestion.cosigning_wish)
        for code, box in self.formed.items():
            box.setChecked(code in suggestion.formed_through)
        self._formed_besides = tuple(each for each in suggestion.formed_through if each not in set(FormedThrough))
        self.contact.setChecked(suggestion.wishes_contact)
        self.reference.setChecked(suggestion.reference_only)
        self.confidential.setChecked(suggestion.confidential_identity)
        self.contact_person.setText(suggestion.contact_person)
        self.lead_units.show_ids(suggestion.proposed_lead)
        self.co_units.show_ids(suggestion.proposed_co)
        self.separate_units.show_ids(suggestion.proposed_separate)
        self.blockSignals(blocked)
        self._session_shown()

    def onto(self, suggestion: Suggestion) -> Suggestion:
        """The suggestion with what stands here."""
        return replace(
            suggestion,
            in_session=bool(self.session.currentIndex()),
            session_no=self.session_no.value(),
            suggestion_type=self.kind.code(),
            publicity_wish=self.publicity.code(),
            years_raised=self.years.code(),
            cosigning_wish=self.cosigning.code(),
            formed_through=(*(code for code, box in self.formed.items() if box.isChecked()), *self._formed_besides),
            wishes_contact=self.contact.isChecked(),
            reference_only=self.reference.isChecked(),
            confidential_identity=self.confidential.isChecked(),
            contact_person=self.contact_person.text(),
            proposed_lead=self.lead_units.ids(),
            proposed_co=self.co_units.ids(),
            proposed_separate=self.separate_units.ids(),
        )

    def offer_units(self, units: Sequence[UnitRow]) -> None:
        """The units that may be proposed."""
        for picker in (self.lead_units, self.co_units, self.separate_units):
            picker.offer(units)

    def _arrange(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, SPACE.small)
        grid.setHorizontalSpacing(SPACE.large)
        grid.setVerticalSpacing(SPACE.middle)
        self._number = Field(_("Which session"), self.session_no)
        fields: tuple[tuple[QWidget, QWidget], ...] = (
            (Field(_("When it is put forward"), self.session), self._number),
            (Field(_("What it is"), self.kind), Field(_("Publicity"), self.publicity)),
            (Field(_("Raised for years, not solved"), self.years), Field(_("May others sign"), self.cosigning)),
            (Field(_("Proposed lead units"), self.lead_units), Field(_("Proposed co-handling units"), self.co_units)),
            (Field(_("Proposed separate units"), self.separate_units), Field(_("Contact person"), self.contact_person)),
        )
        for row, pair in enumerate(fields):
            for column, field in enumerate(pair):
                grid.addWidget(field, row, column)
        formed: Field[QWidget] = Field(_("How it was formed"), _line(self.formed.values()))
        grid.addWidget(formed, len(fields), 0, 1, 2)
        for number, box in enumerate((self.contact, self.reference, self.confidential), start=len(fields) + 1):
            grid.addWidget(box, number, 0, 1, 2)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)

    def _connect(self) -> None:
        for box in (self.session, self.kind, self.publicity, self.years, self.cosigning):
            box.currentIndexChanged.connect(self._told)
        for check in (*self.formed.values(), self.contact, self.reference, self.confidential):
            check.toggled.connect(self._told)
        self.session_no.valueChanged.connect(self._told)
        self.contact_person.textChanged.connect(self._told)
        for picker in (self.lead_units, self.co_units, self.separate_units):
            picker.changed.connect(self._told)

    def _told(self) -> None:
        self._session_shown()
        self.changed.emit()

    def _session_shown(self) -> None:
        self._number.setVisible(bool(self.session.currentIndex()))


def _line(boxes: Iterable[QCheckBox]) -> QWidget:
    line = QWidget()
    layout = QHBoxLayout(line)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(SPACE.large)
    for box in boxes:
        layout.addWidget(box)
    layout.addStretch(1)
    return line

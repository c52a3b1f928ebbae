"""Which station it is: where it lies, its code, its name, and who sits at the keyboard."""

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit

from app.i18n import _
from app.reference import divisions
from ui.opening.panel import Panel, in_turn
from ui.theme import SPACE
from ui.widgets.field import Field
from ui.widgets.roles import label


@dataclass(frozen=True, slots=True, kw_only=True)
class StationGiven:
    """What a person said of the station."""

    code: str
    name: str
    operator: str


_COUNTY_DIGITS: Final = 6


class StationPanel(Panel):
    """Choosing the county writes the first six digits of the code; typing the code chooses the county."""

    given = Signal(object)
    back = Signal()

    def __init__(self, given: StationGiven | None = None) -> None:
        super().__init__(
            _("The station"),
            _("The code is nine digits of the township or street, a hyphen, and three digits of the station."),
        )
        self._cities = QComboBox()
        self._counties = QComboBox()
        self._fill()
        self._code = Field(_("Station code, such as 430181001-001"), QLineEdit())
        self._name = Field(_("Name of the station"), QLineEdit())
        self._operator = Field(_("Your name"), QLineEdit())
        self._code.editor.setMaxLength(20)
        where = QHBoxLayout()
        where.setSpacing(SPACE.middle)
        where.addWidget(Field(_("City or prefecture"), self._cities))
        where.addWidget(Field(_("County, district or city"), self._counties))
        self.body.addLayout(where)
        self._place = label("", "small")
        for each in (self._code, self._place, self._name, self._operator):
            self.add(each)
        self._cities.activated.connect(self._show_counties)
        self._counties.activated.connect(self._take_county)
        self._code.editor.textChanged.connect(self._find_place)
        if given:
            self._code.editor.setText(given.code)
            self._name.editor.setText(given.name)
            self._operator.editor.setText(given.operator)
        in_turn([each.editor for each in (self._code, self._name, self._operator)], self._continue)
        self.offer(_("Back"), self.back.emit)
        self.offer(_("Continue"), self._continue, "primary")

    def read(self) -> StationGiven:
        """What stands in the fields; a Chinese keyboard's digits and hyphen are taken as they are meant."""
        code = self._code.editor.text().translate(_AS_MEANT).replace(" ", "")
        return StationGiven(code=code, name=self._name.editor.text().strip(), operator=self._operator.editor.text().strip())

    def refuse(self, field: str, sentence: str) -> None:
        """Show a sentence at the field it concerns."""
        at = {"code": self._code, "name": self._name, "operator": self._operator}[field]
        at.complain(sentence)
        at.editor.setFocus()

    def _continue(self) -> None:
        for each in (self._code, self._name, self._operator):
            each.complain("")
        self.given.emit(self.read())

    def _fill(self) -> None:
        self._cities.addItem(_("Choose …"), "")
        for each in divisions().present:
            if not each.city:
                self._cities.addItem(each.name, each.code)
        self._counties.addItem(_("Choose …"), "")

    def _show_counties(self) -> None:
        self._counties.clear()
        self._counties.addItem(_("Choose …"), "")
        for each in divisions().counties(self._cities.currentData()):
            self._counties.addItem(each.name, each.code)

    def _take_county(self) -> None:
        if county := self._counties.currentData():
            self._code.editor.setText(county + self._code.editor.text()[_COUNTY_DIGITS:])
            self._code.editor.setFocus()

    def _find_place(self) -> None:
        code = self.read().code
        found = divisions().by_code(code) if len(code) >= _COUNTY_DIGITS else None
        city = divisions().by_code(found.city) if found and found.city else None
        self._place.setText(" ".join(each.name for each in (city, found) if each))


_AS_MEANT: Final = str.maketrans("０１２３４５６７８９－—–", "0123456789---")

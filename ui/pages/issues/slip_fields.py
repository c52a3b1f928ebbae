"""What a step asks besides of the slip that goes to a unit, or comes back from it."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QLineEdit, QVBoxLayout, QWidget

from app.domain.issue_steps import ASKS
from app.domain.life import IssueEvent
from app.i18n import _
from app.queries.units import UnitRow
from ui.forms.enter_moves import EnterMoves
from ui.forms.field_row import FieldRow
from ui.theme import SPACE, Theme
from ui.widgets.field import Field
from ui.widgets.unit_picker import UnitPicker


class SlipFields(QWidget):
    """The fields of the slip that a step asks for; none of them must be filled. `changed` tells that something was typed."""

    changed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.co_units: Final = Field(_("Handled with (may stay empty)"), UnitPicker(_("Units that handle it too")))
        self.texts: Final[Mapping[str, Field[QLineEdit]]] = {
            "assigned_by_body": Field(_("Who assigns (on the slip)"), QLineEdit()),
            "feedback_required": Field(_("What the unit hands back"), QLineEdit()),
            "basis": Field(_("Basis"), QLineEdit()),
            "office_phone": Field(_("Telephone of the unit"), QLineEdit()),
            "issued_by": Field(_("Signed by"), QLineEdit()),
            "co_handler_opinion": Field(_("What they say who handle it too"), QLineEdit()),
        }
        self.sealed: Final = QCheckBox(_("Bears the unit's seal"))
        self._asked: tuple[str, ...] = ()
        named = self.texts
        self._assignment: Final = FieldRow(theme, [(named["assigned_by_body"], 8), (named["feedback_required"], 9)])
        self._answer: Final = FieldRow(theme, [(named["office_phone"], 8), (named["issued_by"], 9)])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE.small)
        for each in (self.co_units, self._assignment, named["basis"], named["co_handler_opinion"], self._answer, self.sealed):
            layout.addWidget(each)
        enter = EnterMoves(self)
        for field in named.values():
            enter.watch(field.editor)
            field.editor.textChanged.connect(lambda _text: self.changed.emit())
        enter.watch(self.sealed)
        self.sealed.toggled.connect(lambda _on: self.changed.emit())
        self.co_units.editor.changed.connect(self.changed)

    def offer_units(self, units: Sequence[UnitRow]) -> None:
        """Offer these as units that handle it too."""
        self.co_units.editor.offer(units)

    def begin(self, event: IssueEvent, given: Mapping[str, Any], *, shared: bool = False) -> None:
        """Ask what this step needs; `given` was said before, `shared` is a matter that several units handle."""
        self._asked = ASKS[event].slip
        for name, field in self.texts.items():
            field.editor.setText(str(given.get(name, "")))
        self.sealed.setChecked(bool(given.get("sealed")))
        self._assignment.setVisible("assigned_by_body" in self._asked)
        self._answer.setVisible("issued_by" in self._asked)
        self.co_units.editor.show_ids(given.get("co_units", ()))
        self.co_units.setVisible("co_units" in self._asked)
        self.texts["basis"].setVisible("basis" in self._asked)
        self.texts["co_handler_opinion"].setVisible(shared and "co_handler_opinion" in self._asked)
        self.sealed.setVisible("sealed" in self._asked)
        self.setVisible(bool(self._asked))

    def read(self) -> Mapping[str, Any]:
        """What was said of what is asked."""
        said: dict[str, Any] = {name: field.editor.text().strip() for name, field in self.texts.items()}
        said["sealed"] = self.sealed.isChecked()
        said["co_units"] = self.co_units.editor.ids()
        return {name: said[name] for name in self._asked if said[name]}

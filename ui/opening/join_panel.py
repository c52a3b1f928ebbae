"""This computer as another one of a station: the card from its first computer, the digits that are shown there."""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit

from app.i18n import _
from ui.opening.panel import Panel, in_turn
from ui.widgets.field import Field
from ui.widgets.roles import button, label


@dataclass(frozen=True, slots=True, kw_only=True)
class JoinGiven:
    """What a person said of the station that is joined."""

    card: Path
    digits: str
    operator: str
    station: str = ""
    """Its name, once the digits were found to be the card's."""


class JoinPanel(Panel):
    """A file, twelve digits, a name."""

    given = Signal(object)
    back = Signal()

    def __init__(self, given: JoinGiven | None = None) -> None:
        super().__init__(
            _("Join a station"),
            _(
                "At the computer that works already: Settings, Computers, “Write this computer's card”. Bring the stick here and"
                " type the digits that are shown there."
            ),
        )
        self._file: Path | None = None
        self._chosen = label("", "soft", wrap=True)
        self._digits = Field(_("The twelve digits that the other computer shows"), QLineEdit())
        self._operator = Field(_("Your name"), QLineEdit())
        row = QHBoxLayout()
        choose = button(_("Choose the other computer's card …"))
        choose.clicked.connect(self._choose)
        row.addWidget(choose)
        row.addStretch(1)
        self.body.addLayout(row)
        for each in (self._chosen, self._digits, self._operator):
            self.add(each)
        self._chosen.hide()
        if given:
            self.take(given.card)
            self._digits.editor.setText(given.digits)
            self._operator.editor.setText(given.operator)
        in_turn([each.editor for each in (self._digits, self._operator)], self._continue)
        self.offer(_("Back"), self.back.emit)
        self.offer(_("Continue"), self._continue, "primary")

    def take(self, file: Path) -> None:
        """This is the card."""
        self._file = file
        self._chosen.setText(str(file))
        self._chosen.show()

    def refuse(self, sentence: str) -> None:
        """The digits are not those of the card."""
        self._digits.complain(sentence)
        self._digits.editor.setFocus()

    def _choose(self) -> None:
        if chosen := QFileDialog.getOpenFileName(self, _("Choose the other computer's card"), str(Path.home()), "*.json")[0]:
            self.take(Path(chosen))
            self._digits.editor.setFocus()

    def _continue(self) -> None:
        operator = self._operator.editor.text().strip()
        self.complain("")
        self._digits.complain("")
        self._operator.complain("")
        if self._file is None:
            self.complain(_("Choose the card first."))
        elif not operator:
            self._operator.complain(_("Type your name: it stands beside what you enter."))
            self._operator.editor.setFocus()
        else:
            self.given.emit(JoinGiven(card=self._file, digits=self._digits.editor.text(), operator=operator))

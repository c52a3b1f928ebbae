"""Another computer comes to the station: two cards carried, twelve digits compared at each."""

from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit

from app.errors import AppError
from app.i18n import _
from app.messages import explain
from app.use_cases import seats
from app.use_cases.seats import Admitted
from app.use_cases.trust import RequestWritten
from ui.feedback import Tone
from ui.page import Workbench
from ui.theme import SPACE
from ui.widgets.asked_folder import asked_folder
from ui.widgets.card import Card
from ui.widgets.field import Field
from ui.widgets.notice import Notice
from ui.widgets.roles import button, label


class AdmittingCard(Card):
    """The steps in their order; the same card serves the old computer and the new one."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__(_("Add a computer"))
        self._bench: Final = bench
        self.file: Path | None = None
        self.write_button: Final = button(_("Write this computer's card …"))
        self.digits_told: Final = label("", "figure")
        self.digits_told.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.told: Final = label("", "soft", wrap=True)
        self.choose_button: Final = button(_("Choose the other computer's card …"))
        self.chosen: Final = label("", "soft", wrap=True)
        self.digits: Final = Field(_("The twelve digits that the other computer shows"), QLineEdit())
        self.admit_button: Final = button(_("Admit the computer"))
        self.notice: Final = Notice()
        self._arrange()
        self.write_button.clicked.connect(self.choose_folder)
        self.choose_button.clicked.connect(self.choose_card)
        self.admit_button.clicked.connect(self.admit)
        self.digits.editor.returnPressed.connect(self.admit)
        self._show_file(None)

    def choose_folder(self) -> None:
        """Ask where this computer's card goes, and write it there."""
        if folder := asked_folder(self, self._bench.settings):
            self.write(folder)

    def write(self, folder: Path) -> None:
        """Write this computer's card into a folder."""
        self._bench.settings.last_folder = str(folder)
        workspace = self._bench.workspace
        self._bench.background.do(self, lambda _progress: seats.write_card(workspace, folder), self._written, self._refuse)

    def choose_card(self) -> None:
        """Ask for the card of the other computer."""
        start = self._bench.settings.last_folder or str(Path.home())
        if chosen := QFileDialog.getOpenFileName(self, _("Choose the other computer's card"), start, "*.json")[0]:
            self.take(Path(chosen))

    def take(self, file: Path) -> None:
        """This is the card; its digits come next."""
        self._show_file(file)
        self.digits.editor.setFocus()

    def admit(self) -> None:
        """Believe the other computer, if the digits are those of its card."""
        if self.file is None:
            return
        self.digits.complain("")
        workspace, file, digits = self._bench.workspace, self.file, self.digits.editor.text()
        self._bench.background.do(self, lambda _progress: seats.admit(workspace, file, digits), self._admitted, self._refuse)

    def _written(self, card: RequestWritten) -> None:
        self.digits_told.setText(card.digits)
        self.digits_told.setAccessibleName(card.digits)
        self.told.setText(
            _("Carry this file to the other computer, and read the digits out there: {path}").format(path=card.path)
        )
        for each in (self.digits_told, self.told):
            each.show()

    def _admitted(self, _admitted: Admitted) -> None:
        self._show_file(None)
        self.digits.editor.clear()
        words = _("The computer belongs to the station. Give it now what it lacks: that is everything that is here.")
        self.notice.say(words, Tone.OK)

    def _refuse(self, error: AppError) -> None:
        if error.code == "digits_differ":
            self.digits.complain(explain(error))
            self.digits.editor.setFocus()
        else:
            self.notice.say(explain(error), Tone.WARNING)

    def _show_file(self, file: Path | None) -> None:
        self.file = file
        self.notice.say("", Tone.INFORMATION)
        self.chosen.setText(str(file or ""))
        for each in (self.chosen, self.digits, self.admit_button):
            each.setVisible(file is not None)

    def _arrange(self) -> None:
        for words in (
            _("1. Here: write this computer's card on a stick."),
            _("2. At the new computer: start the program, choose “Join a station”, and type the digits shown here."),
            _("3. There, in this same place: write its card on the stick; here: choose it and type the digits shown there."),
            _("4. Here: give it what it lacks. There: take it in. To hand in itself it is enrolled with the body."),
        ):
            self.add(label(words, "", wrap=True))
        row = QHBoxLayout()
        row.setSpacing(SPACE.small)
        row.addWidget(self.write_button)
        row.addWidget(self.choose_button)
        row.addStretch(1)
        self.body.addLayout(row)
        for each in (self.digits_told, self.told, self.chosen, self.digits):
            self.add(each)
        for each in (self.digits_told, self.told):
            each.hide()
        below = QHBoxLayout()
        below.addWidget(self.admit_button)
        below.addStretch(1)
        self.body.addLayout(below)
        self.add(self.notice)

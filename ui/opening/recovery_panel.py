"""The recovery code: shown once when a station is set up, and proven to be on paper by one of its groups."""

from PySide6.QtCore import Signal
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from app.i18n import _
from ui.opening.panel import Panel
from ui.theme import SPACE
from ui.widgets.field import Field
from ui.widgets.roles import label

_ACROSS = 4


class RecoveryPanel(Panel):
    """Shows the eight groups in large digits; asks for one of them, or lets a person do so another day."""

    typed_back = Signal(int, str)
    """The number of the group asked for, and what was typed."""
    later = Signal()

    def __init__(self, code: str, station: str, asked: int) -> None:
        super().__init__(
            _("The recovery code"),
            _(
                "Whoever has lost the way in opens the station with these 48 digits. Write them down or print them now, and lock"
                " the sheet away: they are not shown again, and nobody can look them up."
            ),
        )
        self._code = code
        self._station = station
        self._asked = asked
        self.add(_groups(code))
        self._group = Field(_("To be sure: type group {number} from your sheet").format(number=asked), QLineEdit())
        self._group.editor.setMaxLength(12)
        self._group.editor.returnPressed.connect(self._check)
        self.add(self._group)
        self.offer(_("Print …"), self._print)
        self.offer(_("Later (a reminder comes every day)"), self.later.emit)
        self.offer(_("Open the station"), self._check, "primary")

    def refuse(self, sentence: str) -> None:
        """Say that the group typed is not the one."""
        self._group.complain(sentence)
        self._group.editor.setFocus()

    def _check(self) -> None:
        self._group.complain("")
        self.typed_back.emit(self._asked, self._group.editor.text())

    def _print(self) -> None:
        from ui.opening.recovery_sheet import print_sheet  # a printer is asked for on this one day

        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        dialog = QPrintDialog(printer, self)
        dialog.setWindowTitle(_("Print the recovery code"))
        if dialog.exec() == QPrintDialog.DialogCode.Accepted:
            self.complain("" if print_sheet(printer, self._code, self._station) else _("The printer did not take the sheet."))


def _groups(code: str) -> QWidget:
    shown = QWidget()
    grid = QGridLayout(shown)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(SPACE.huge)
    grid.setVerticalSpacing(SPACE.small)
    for place, group in enumerate(code.split("-")):
        row, column = divmod(place, _ACROSS)
        digits = label(group, "code")
        digits.setAccessibleName(_("Group {number}: {digits}").format(number=place + 1, digits=" ".join(group)))
        grid.addWidget(label(_("Group {number}").format(number=place + 1), "label"), 2 * row, column)
        grid.addWidget(digits, 2 * row + 1, column)
    grid.setColumnStretch(_ACROSS, 1)
    return shown

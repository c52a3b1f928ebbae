"""The recovery code, typed from its sheet group by group, and the new way in that it buys."""

import re
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QGridLayout, QLineEdit, QWidget

from app.i18n import _
from app.use_cases.opening import GROUP_DIGITS, GROUPS, group_holds
from ui.opening.key_fields import KeyFields
from ui.opening.panel import Panel
from ui.theme import SPACE
from ui.widgets.field import Field
from ui.widgets.roles import button, label, restyled

_ACROSS: Final = 4
_NOT_A_DIGIT: Final = re.compile(r"[^0-9]")


class RecoverPanel(Panel):
    """Eight fields of six digits; a slip shows at its group before any key is tried. `given` tells code and passphrase."""

    given = Signal(str, str)
    asked = Signal(object)
    """The file for the congress, where the sheet is lost."""
    back = Signal()

    def __init__(self, heading: str = "", deed: str = "") -> None:
        words = _("Type the 48 digits from the sheet that was printed last.")
        super().__init__(heading or _("Open with the recovery code"), words)
        self._groups = [_Group(number) for number in range(1, GROUPS + 1)]
        shown = QWidget()
        grid = QGridLayout(shown)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(SPACE.small)
        for place, group in enumerate(self._groups):
            grid.addWidget(group, *divmod(place, _ACROSS), Qt.AlignmentFlag.AlignTop)
            group.editor.textEdited.connect(lambda _text, place=place: self._typed(place))
        self.add(shown)
        self.congress = button(_("The sheet is lost: ask the congress …"), "link")
        self.congress.clicked.connect(self._choose_file)
        self.told = label("", "soft", wrap=True)
        for each in (self.congress, self.told):
            each.hide()
            self.add(each)
        self.add(label(_("How shall the station be opened from now on?"), "strong"))
        self.fields = KeyFields()
        self.add(self.fields)
        self.fields.entered.connect(self._continue)
        self._groups[-1].editor.returnPressed.connect(self._continue)
        self.deeds = (
            self.offer(_("Back"), self.back.emit),
            self.offer(deed or _("Recover and open"), self._continue, "primary"),
        )

    def offer_congress(self, deposited: bool) -> None:
        """Offer the way for a lost sheet, where something is deposited with the congress."""
        self.congress.setVisible(deposited)

    def tell_asked(self, path: Path, body: str) -> None:
        """Say what becomes of the file for the congress."""
        words = _(
            "Carry {file} to {body}, which will call back. Two people there open it together; type the digits that they "
            "read out above. They are good once."
        )
        self.told.setText(words.format(file=path, body=body))
        self.told.show()

    def _choose_file(self) -> None:
        proposed = str(Path.home() / (_("File for the congress") + ".json"))
        chosen, _kind = QFileDialog.getSaveFileName(self, _("Write the file for the congress"), proposed, "(*.json)")
        if chosen:
            self.asked.emit(Path(chosen))

    def code(self) -> str:
        """The digits typed, group by group."""
        return "-".join(group.editor.text() for group in self._groups)

    def _typed(self, place: int) -> None:
        """Go on to the next group when one is full; a whole code pasted into one field is laid out over all."""
        digits = _NOT_A_DIGIT.sub("", self._groups[place].editor.text().translate(_WIDE))
        parts = [digits[start : start + GROUP_DIGITS] for start in range(0, len(digits), GROUP_DIGITS)] or [""]
        for group, part in zip(self._groups[place:], parts, strict=False):
            group.show_digits(part)
        full = place + len(parts) - (len(parts[-1]) < GROUP_DIGITS)
        if len(digits) >= GROUP_DIGITS and full < GROUPS:
            self._groups[full].editor.setFocus()

    def _continue(self) -> None:
        wrong = next((group for group in self._groups if not group_holds(group.editor.text())), None)
        if wrong:
            wrong.check()
            wrong.editor.setFocus()
            return
        passphrase = self.fields.passphrase()
        if passphrase is not None:
            self.given.emit(self.code(), passphrase)


class _Group(Field[QLineEdit]):
    """One group of six digits."""

    def __init__(self, number: int) -> None:
        super().__init__(_("Group {number}").format(number=number), QLineEdit())
        self.editor.editingFinished.connect(self._check_typed)

    def show_digits(self, digits: str) -> None:
        """Show these digits; a full group is checked at once."""
        if self.editor.text() != digits:
            self.editor.setText(digits)
        self.complain("")
        if len(digits) == GROUP_DIGITS:
            self.check()

    def check(self) -> None:
        """Say where the group cannot be one of any code."""
        good = group_holds(self.editor.text())
        self.complain("" if good else _("Compare with the sheet."))
        restyled(self.editor, "wrong", "false" if good else "true")

    def _check_typed(self) -> None:
        if self.editor.text():
            self.check()


_WIDE: Final = str.maketrans("０１２３４５６７８９", "0123456789")

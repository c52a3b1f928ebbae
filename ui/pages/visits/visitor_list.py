"""Those who came, by number: masked, with the beginning of what they raise."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem

from app.domain.visit_sheet import Line
from app.i18n import _
from ui.pages.visits.person_words import matters_told, person_told
from ui.theme import Theme

_MOST_SHOWN = 8


class VisitorList(QListWidget):
    """`picked` tells the number of the visitor a person goes to."""

    picked = Signal(int)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setAccessibleName(_("Visitors"))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.currentRowChanged.connect(lambda row: self.picked.emit(row) if row >= 0 else None)

    def show_lines(self, lines: Sequence[Line], at: int, unsaved: Sequence[bool]) -> None:
        """Show these visitors, the one being entered under the cursor."""
        blocked = self.blockSignals(True)
        while self.count() > len(lines):
            self.takeItem(self.count() - 1)
        while self.count() < len(lines):
            self.addItem(QListWidgetItem())
        for number, (line, open_still) in enumerate(zip(lines, unsaved, strict=True), start=1):
            told = _told(line, here=number == at + 1, open_still=open_still)
            item = self.item(number - 1)
            item.setText(f"{number}　{told}")
            item.setToolTip(told)
        self.setCurrentRow(at)
        self.blockSignals(blocked)
        self._measure()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802  # Qt's own name
        super().changeEvent(event)
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.StyleChange}:
            self._measure()

    def _measure(self) -> None:
        """As high as its rows, up to some."""
        row = max(self.sizeHintForRow(0), self._theme.px(32))
        self.setFixedHeight(row * min(max(self.count(), 1), _MOST_SHOWN) + 2 * self.frameWidth())


def _told(line: Line, *, here: bool, open_still: bool) -> str:
    if line.blank():
        return _("being entered") if here else _("not entered yet")
    name = person_told(line.encounter) or _("no name yet")
    matters, unsaved = matters_told(line) or _("being entered"), _("(not saved)") if open_still and not here else ""
    return f"{name}　{matters}{unsaved}"

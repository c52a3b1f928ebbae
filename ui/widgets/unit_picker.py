"""Choosing handling units: type part of a name, take one from the list below."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QStringListModel, Qt, QTimer, Signal
from PySide6.QtWidgets import QCompleter, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app.domain.values import Id
from app.i18n import _
from app.queries.units import UnitRow
from ui.theme import SPACE
from ui.widgets.contents import take_out
from ui.widgets.roles import button, label


class UnitPicker(QWidget):
    """Units chosen one after the other; `changed` tells that the choice is another."""

    changed = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._units: dict[Id, UnitRow] = {}
        self._ids: list[Id] = []
        self.field: Final = QLineEdit()
        self.field.setPlaceholderText(_("Part of a unit's name"))
        self.field.setAccessibleName(name)
        self._names = QStringListModel(self)
        completer = QCompleter(self._names, self)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.activated.connect(self._take_named)
        self.field.setCompleter(completer)
        self.field.editingFinished.connect(self._take_typed)  # Enter, and going on to the next field
        self._chosen = QVBoxLayout()
        self._chosen.setSpacing(SPACE.tiny)
        self.setFocusProxy(self.field)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE.tiny)
        layout.addLayout(self._chosen)
        layout.addWidget(self.field)

    def offer(self, units: Sequence[UnitRow]) -> None:
        """Offer these; closed ones are not offered, but still called by their names."""
        self._units = {each.id: each for each in units}
        self._names.setStringList([each.name for each in units if not each.closed])
        self._draw()

    def ids(self) -> tuple[Id, ...]:
        """The units chosen, in the order of choosing."""
        return tuple(self._ids)

    def show_ids(self, ids: Sequence[Id]) -> None:
        """Show these as chosen, without telling `changed`."""
        self._ids = list(ids)
        self._draw()

    def _take_typed(self) -> None:
        typed = self.field.text().strip()
        near = [each.name for each in self._units.values() if typed and typed in each.name and not each.closed]
        if typed in near or len(near) == 1:
            self._take_named(typed if typed in near else near[0])

    def _take_named(self, name: str) -> None:
        id = next((each.id for each in self._units.values() if each.name == name), "")
        # The completer writes what was picked into the field after it has told of it.
        QTimer.singleShot(0, self.field, self.field.clear)
        if id and id not in self._ids:
            self._ids.append(id)
            self._draw()
            self.changed.emit()

    def _drop(self, id: Id) -> None:
        self._ids.remove(id)
        self._draw()
        self.field.setFocus()
        self.changed.emit()

    def _draw(self) -> None:
        take_out(self._chosen)
        for id in self._ids:
            self._chosen.addWidget(self._chip(id))

    def _chip(self, id: Id) -> QWidget:
        name = self._units[id].name if id in self._units else "…"
        chip = QWidget()
        line = QHBoxLayout(chip)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(label(name, wrap=True), 1)
        remove = button(_("Remove"), "link")
        remove.setAccessibleName(_("Remove {name}").format(name=name))
        remove.clicked.connect(lambda: self._drop(id))
        line.addWidget(remove)
        return chip

"""Choosing handling units: type part of a name, take one from the list below; one not known yet is entered at once."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QStringListModel, Qt, QTimer, Signal
from PySide6.QtWidgets import QCompleter, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app.domain.values import Id
from app.errors import AppError
from app.i18n import _
from app.queries.units import UnitRow
from app.use_cases.issues import Named, name_unit
from ui.page import Workbench
from ui.theme import SPACE
from ui.widgets.contents import take_out
from ui.widgets.roles import button, label


class UnitPicker(QWidget):
    """Units chosen one after the other; `changed` tells that the choice is another."""

    changed = Signal()

    def __init__(self, name: str, bench: Workbench | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bench: Final = bench
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
        self.new: Final = button("", "link")
        self.new.hide()
        self.new.clicked.connect(self._enter_new)
        self.field.textChanged.connect(lambda _text: self._look())
        self._chosen = QVBoxLayout()
        self._chosen.setSpacing(SPACE.tiny)
        self.setFocusProxy(self.field)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE.tiny)
        layout.addLayout(self._chosen)
        layout.addWidget(self.field)
        layout.addWidget(self.new, 0, Qt.AlignmentFlag.AlignLeft)

    def offer(self, units: Sequence[UnitRow]) -> None:
        """Offer these; closed ones are not offered, but still called by their names."""
        self._units = {each.id: each for each in units}
        self._names.setStringList([each.name for each in units if not each.closed])
        self._look()
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

    def _look(self) -> None:
        """Offer to enter a name that no unit has any part of."""
        typed = self.field.text().strip()
        unknown = bool(typed) and not any(typed in each.name for each in self._units.values())
        self.new.setText(_("{name} is not known yet: enter as a handling unit").format(name=typed))
        self.new.setVisible(unknown and self._bench is not None)

    def _enter_new(self) -> None:
        if self._bench is not None:
            name, workspace = self.field.text().strip(), self._bench.workspace
            self._bench.background.do(
                self, lambda _progress: name_unit(workspace, name), lambda named: self._entered(name, named), self._fail
            )

    def _entered(self, name: str, named: Named) -> None:
        self._units[named.id] = UnitRow(named.id, name, False)
        self._names.setStringList([each.name for each in self._units.values() if not each.closed])
        self._take_named(name)
        self.field.setFocus()

    def _fail(self, error: AppError) -> None:
        if self._bench is not None:
            self._bench.feedback.fail(error)

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

"""The one unit that handles an issue: picked by part of its name, or entered by name where it is not known yet."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QStringListModel, Qt, QTimer
from PySide6.QtWidgets import QCompleter, QLineEdit, QVBoxLayout, QWidget

from app.domain.values import Id
from app.errors import AppError
from app.i18n import _
from app.queries.units import UnitRow
from app.use_cases.issues import Named, name_unit
from ui.page import Workbench
from ui.theme import SPACE
from ui.widgets.roles import button


class UnitField(QWidget):
    """A unit's name as it is typed."""

    def __init__(self, bench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bench: Final = bench
        self._units: dict[str, Id] = {}
        self._closed: dict[Id, str] = {}
        self.field: Final = QLineEdit()
        self.field.setPlaceholderText(_("Part of a unit's name"))
        self._names = QStringListModel(self)
        completer = QCompleter(self._names, self)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.field.setCompleter(completer)
        self.new: Final = button("", "link")
        self.new.hide()
        self.setFocusProxy(self.field)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE.tiny)
        layout.addWidget(self.field)
        layout.addWidget(self.new, 0, Qt.AlignmentFlag.AlignLeft)
        self.field.textChanged.connect(lambda _text: self._look())
        self.field.returnPressed.connect(self._enter)
        self.new.clicked.connect(self._enter_new)

    def offer(self, units: Sequence[UnitRow]) -> None:
        """Offer these; a closed one is not offered, but still called by its name."""
        self._units = {each.name: each.id for each in units if not each.closed}
        self._closed = {each.id: each.name for each in units if each.closed}
        self._names.setStringList(list(self._units))
        self._look()

    def id(self) -> Id:
        """The unit whose name stands there; empty for none."""
        return self._units.get(self.field.text().strip(), "")

    def show_id(self, id: Id) -> None:
        """Show a unit by its name."""
        names = {each: name for name, each in self._units.items()} | self._closed
        self.field.setText(names.get(id, ""))

    def setAccessibleName(self, name: str) -> None:  # noqa: N802  # Qt's own name
        super().setAccessibleName(name)
        self.field.setAccessibleName(name)

    def _look(self) -> None:
        """Offer to enter a name that no unit has any part of."""
        typed = self.field.text().strip()
        unknown = bool(typed) and not any(typed in name for name in self._units)
        self.new.setText(_("{name} is not known yet: enter as a handling unit").format(name=typed))
        self.new.setVisible(unknown)

    def _enter(self) -> None:
        """Enter: the only unit that fits what is typed."""
        typed = self.field.text().strip()
        near = [name for name in self._units if typed and typed in name]
        if len(near) == 1 and near[0] != typed:
            # The completer writes its own choice into the field first.
            QTimer.singleShot(0, self.field, lambda: self.field.setText(near[0]))
        elif not near and typed:
            self.new.setFocus()

    def _enter_new(self) -> None:
        name, workspace = self.field.text().strip(), self._bench.workspace
        self._bench.background.do(
            self, lambda _progress: name_unit(workspace, name), lambda named: self._entered(name, named), self._fail
        )

    def _entered(self, name: str, named: Named) -> None:
        self._units[name] = named.id
        self._names.setStringList(list(self._units))
        self.field.setFocus()
        self._look()

    def _fail(self, error: AppError) -> None:
        self._bench.feedback.fail(error)

"""Choosing deputies: type a name or a card number, take one from the list below; whoever is not there yet is entered at once."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QStringListModel, Qt, QTimer, Signal
from PySide6.QtWidgets import QCompleter, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app.changes import Changes
from app.domain.values import Id
from app.errors import AppError
from app.i18n import _
from app.queries.deputies import RegisterRow, register
from app.use_cases import people
from app.use_cases.people import Entered
from ui.page import Workbench
from ui.theme import SPACE
from ui.widgets.contents import take_out
from ui.widgets.roles import button, label


class DeputyPicker(QWidget):
    """Deputies chosen one after the other, or only one; `changed` tells that the choice is another."""

    changed = Signal()

    def __init__(self, bench: Workbench, *, single: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bench = bench
        self._single = single
        self._register: dict[Id, RegisterRow] = {}
        self._ids: list[Id] = []
        self._to_enter = ""
        self._frozen = self._loaded = self._asked_early = False
        self.field: Final = QLineEdit()
        self.field.setPlaceholderText(_("Name or card number of a deputy"))
        self.field.setAccessibleName(_("Deputy"))
        self._names = QStringListModel(self)
        self._completer = QCompleter(self._names, self)
        self._completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self._completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self._completer.activated.connect(self._pick)
        self.field.setCompleter(self._completer)
        self.field.returnPressed.connect(self._enter)
        self.field.textEdited.connect(lambda: self._offer_entry(""))
        self._new = button("", "link")
        self._new.hide()
        self._new.clicked.connect(self._enter_new)
        self._chosen = QVBoxLayout()
        self._chosen.setSpacing(SPACE.tiny)
        self.setFocusProxy(self.field)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE.tiny)
        layout.addLayout(self._chosen)
        layout.addWidget(self.field)
        layout.addWidget(self._new)
        bench.background.changed.connect(self._hear)
        self.refresh()

    def ids(self) -> tuple[Id, ...]:
        """The deputies chosen, in the order of choosing."""
        return tuple(self._ids)

    def names(self) -> dict[Id, str]:
        """The names in the register."""
        return {id: row.name for id, row in self._register.items()}

    def show_ids(self, ids: Sequence[Id]) -> None:
        """Show these as chosen, without telling `changed`."""
        self._ids = list(ids)
        self._draw()

    def freeze(self, *, frozen: bool) -> None:
        """Whether the choice is only shown."""
        self._frozen = frozen
        self._draw()

    def refresh(self) -> None:
        """Ask the register again."""
        workspace = self._bench.workspace
        self._bench.background.ask(self, lambda: register(workspace), self._show_register, self._fail, topic="register")

    def _hear(self, changes: Changes) -> None:
        if Changes.PEOPLE in changes:
            self.refresh()

    def _show_register(self, rows: Sequence[RegisterRow]) -> None:
        self._register = {row.id: row for row in rows}
        self._names.setStringList([row.told() for row in rows if not row.ended])
        self._loaded = True
        self._draw()
        if self._asked_early:
            self._enter()

    def _pick(self, told: str) -> None:
        self._take([row for row in self._register.values() if row.told() == told])

    def _enter(self) -> None:
        """Enter: the only deputy that fits what is typed; where none does, offer to enter one."""
        self._asked_early = not self._loaded  # whoever is quicker than the register is answered when it has come
        typed = self.field.text().strip()
        popup = self._completer.popup()
        if self._asked_early:
            return
        if not typed or (popup.isVisible() and popup.currentIndex().isValid()):
            return
        rows = [row for row in self._register.values() if typed in {row.told(), row.name, row.card}]
        near = rows or [row for row in self._register.values() if typed in row.told() and not row.ended]
        if len(near) == 1:
            self._take(near)
        elif not near:
            self._offer_entry(typed)

    def _take(self, rows: Sequence[RegisterRow]) -> None:
        if not rows:
            return
        row = rows[0]
        if self._single:
            self._ids = [row.id]
        elif row.id not in self._ids:
            self._ids.append(row.id)
        self._draw()
        self.changed.emit()
        # The completer writes what was picked into the field after it has told of it.
        QTimer.singleShot(0, self.field, self.field.clear)

    def _drop(self, id: Id) -> None:
        self._ids.remove(id)
        self._draw()
        self.changed.emit()

    def _offer_entry(self, name: str) -> None:
        self._to_enter = name
        self._new.setText(_("{name} is not in the register: enter as a new deputy").format(name=name))
        self._new.setVisible(bool(name))
        if name:
            self._new.setFocus()

    def _enter_new(self) -> None:
        name, workspace = self._to_enter, self._bench.workspace
        self._offer_entry("")
        self._bench.background.do(
            self, lambda _progress: people.enter_deputy(workspace, name), lambda entered: self._entered(name, entered), self._fail
        )

    def _entered(self, name: str, entered: Entered) -> None:
        self._register[entered.id] = RegisterRow(entered.id, name, "", "", "", False)
        self._take([self._register[entered.id]])
        self.field.setFocus()

    def _draw(self) -> None:
        take_out(self._chosen)
        for id in self._ids:
            self._chosen.addWidget(self._chip(id))
        self.field.setVisible(not self._frozen and not (self._single and self._ids))

    def _chip(self, id: Id) -> QWidget:
        row = self._register.get(id)
        chip = QWidget()
        line = QHBoxLayout(chip)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(SPACE.small)
        line.addWidget(label(row.name if row else "…"))
        line.addWidget(label(row.level_word() if row else "", "small"))
        line.addStretch(1)
        remove = button(_("Remove"), "link")
        remove.setAccessibleName(_("Remove {name}").format(name=row.name if row else ""))
        remove.clicked.connect(lambda: self._drop(id))
        line.addWidget(remove)
        remove.setVisible(not self._frozen)
        return chip

    def _fail(self, error: AppError) -> None:
        self._bench.feedback.fail(error)

"""The roll of an activity: who was expected, who came and how, who is on leave and why; deputies and others."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import time
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app.domain.activity import roll_of
from app.domain.values import Id
from app.domain.visit import Attendance, CheckIn, Presence, Visit
from app.domain.visit_sheet import VisitSheet
from app.i18n import _
from app.queries.deputies import RegisterRow
from ui.page import Workbench
from ui.theme import SPACE
from ui.widgets.code_box import CodeBox
from ui.widgets.contents import take_out
from ui.widgets.deputy_picker import DeputyPicker
from ui.widgets.roles import button, label


class Roll(QWidget):
    """A line for everybody expected or there; typing a name enters the next one. What is no deputy's is entered below."""

    changed = Signal()
    passed = Signal()
    """Nobody else is entered: on to what comes next."""
    rearranged = Signal()
    """Lines came or went."""
    unknown = Signal()
    """A deputy whose name is not known here yet was entered."""

    def __init__(self, bench: Workbench, arrival: Callable[[], time | None]) -> None:
        super().__init__()
        self._clock: Final = bench.workspace.clock
        self._arrival: Final = arrival
        self._names: Mapping[Id, RegisterRow] = {}
        self._visit = Visit(id="")
        self._shown: tuple[Attendance, ...] = ()
        self._touched = False
        self.lines: list[Attendance] = []
        self._keys: list[QWidget] = []
        self.sum: Final = label("", "small", wrap=True)
        self.picker: Final = DeputyPicker(bench)
        self.other: Final = QLineEdit()
        self.other.setPlaceholderText(_("Somebody else: name, then unit or part"))
        self.other.setAccessibleName(_("Somebody else who is there"))
        self._list = QVBoxLayout()
        self._list.setSpacing(SPACE.small)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE.small)
        layout.addWidget(self.sum)
        layout.addLayout(self._list)
        layout.addWidget(self.picker)
        layout.addWidget(self.other)
        self.setFocusProxy(self.picker)
        self.picker.changed.connect(self._picked)
        self.picker.field.returnPressed.connect(lambda: None if self.picker.field.text().strip() else self.other.setFocus())
        self.other.returnPressed.connect(self._enter_other)

    # --- a sheet in, lines out

    def show_names(self, names: Mapping[Id, RegisterRow]) -> None:
        """Know the deputies by these names."""
        self._names = names
        self._draw()

    def show_sheet(self, sheet: VisitSheet) -> None:
        """Show who is there at a visit; a deputy it only names came."""
        self._visit, self._shown, self._touched = sheet.visit, sheet.attendance, False
        known = {each.deputy for each in sheet.attendance if each.deputy}
        named = [self._line(id, None) for id in sheet.visit.deputies if id not in known]
        self.lines = [*sheet.attendance, *named]
        self._draw()

    def read(self, visit: Visit) -> tuple[Visit, tuple[Attendance, ...]]:
        """The visit with the deputies who came, and every line; as it was where nobody said anything else."""
        if not self._touched:
            return replace(visit, deputies=self._visit.deputies), self._shown
        came = dict.fromkeys(each.deputy for each in self.lines if each.deputy and _came(each))
        return replace(visit, deputies=tuple(came)), tuple(self.lines)

    def names(self) -> tuple[str, ...]:
        """The names of those who are there, to be offered as speakers."""
        return tuple(self._name(each) for each in self.lines if _came(each))

    # --- how

    def _picked(self) -> None:
        known = {each.deputy for each in self.lines}
        self.lines += [self._line(id, self._arrival()) for id in self.picker.ids() if id not in known]
        self.picker.show_ids(())
        self._draw()
        if any(each.deputy and each.deputy not in self._names for each in self.lines):
            self.unknown.emit()
        self._change()

    def _change(self) -> None:
        self._touched = True
        self.changed.emit()

    def _enter_other(self) -> None:
        name, _blank, part = self.other.text().replace("　", " ").strip().partition(" ")
        if not name:
            self.passed.emit()
            return
        self.lines.append(
            Attendance(
                id=self._clock.new_id(),
                visit=self._visit.id,
                name=name,
                part=part.strip(),
                presence=Presence.PRESENT,
                arrived=self._arrival(),
            )
        )
        self.other.clear()
        self._draw()
        self._change()

    def _line(self, id: Id, arrived: time | None) -> Attendance:
        row = self._names.get(id)
        return Attendance(
            id=self._clock.new_id(),
            visit=self._visit.id,
            deputy=id,
            name=row.name if row else "",
            presence=Presence.PRESENT,
            arrived=arrived,
        )

    def _name(self, line: Attendance) -> str:
        known = self._names.get(line.deputy)
        return known.name if known else line.name or "…"

    def _draw(self) -> None:
        take_out(self._list)
        self._keys.clear()
        for number, line in enumerate(self.lines):
            self._list.addWidget(self._row(number, line))
        self._count()
        self.rearranged.emit()

    def chain(self) -> Iterator[QWidget]:
        """What Tab goes through, in its order."""
        yield from self._keys
        yield self.picker.field
        yield self.other

    def _count(self) -> None:
        roll = roll_of(VisitSheet(visit=replace(self._visit, deputies=()), attendance=tuple(self.lines)))
        told = _("Expected {expected}, there {present}, on leave {on_leave}, absent {absent}").format(
            expected=roll.expected, present=roll.present, on_leave=roll.on_leave, absent=roll.absent
        )
        self.sum.setText(told if self.lines else _("Nobody is entered yet."))

    def _row(self, number: int, line: Attendance) -> QWidget:
        name = self._name(line)
        row = QWidget()
        column = QVBoxLayout(row)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE.tiny)
        head = QHBoxLayout()
        head.setSpacing(SPACE.small)
        known = self._names.get(line.deputy)
        head.addWidget(label(name, "strong"))
        head.addWidget(label(known.level_word() if known else line.part, "small"), 1)
        remove = button(_("Remove"), "link")
        remove.setAccessibleName(_("Remove {name}").format(name=name))
        remove.clicked.connect(lambda: self._remove(line.id))
        head.addWidget(remove)
        column.addLayout(head)
        choice = QHBoxLayout()
        choice.setSpacing(SPACE.small)
        presence, check_in = CodeBox(Presence), CodeBox(CheckIn, _("way of signing in"))
        presence.show_code(line.presence or Presence.PRESENT)
        check_in.show_code(line.check_in)
        reason = QLineEdit(line.leave_reason)
        reason.setPlaceholderText(_("Reason for leave"))
        for widget, told in ((presence, _("Presence")), (check_in, _("Way of signing in")), (reason, _("Reason of leave"))):
            widget.setAccessibleName(f"{told}　{name}")
        choice.addWidget(presence)
        choice.addWidget(check_in, 1)
        choice.addWidget(reason, 1)
        self._keys += (presence, check_in, reason, remove)
        column.addLayout(choice)

        def turn() -> None:
            came = presence.code() in {"", Presence.PRESENT}
            check_in.setVisible(came)
            reason.setVisible(not came)

        turn()
        presence.currentIndexChanged.connect(lambda _at: turn())
        presence.currentIndexChanged.connect(lambda _at: self._say(number, presence=presence.code()))
        check_in.currentIndexChanged.connect(lambda _at: self._say(number, check_in=check_in.code()))
        reason.textChanged.connect(lambda text: self._say(number, leave_reason=text.strip()))
        return row

    def _say(self, number: int, **said: str) -> None:
        """Something was said of a line; its widgets stay as they are."""
        self.lines[number] = replace(self.lines[number], **said)  # type: ignore[arg-type]  # codes are texts
        self._count()
        self._change()

    def _remove(self, id: Id) -> None:
        self.lines = [each for each in self.lines if each.id != id]
        self._draw()
        self.picker.setFocus()
        self._change()


def _came(line: Attendance) -> bool:
    return line.presence in {"", Presence.PRESENT}

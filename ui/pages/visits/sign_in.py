"""Who of the deputies is there, and since when."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import time
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain.values import Code, Id
from app.domain.visit import Attendance, CheckIn, Presence, Visit
from app.domain.visit_sheet import VisitSheet
from app.i18n import _
from app.messages import explain
from app.queries.deputies import RegisterRow
from app.queries.scanned_cards import deputy_of_card
from ui.page import Workbench
from ui.theme import SPACE
from ui.widgets.contents import take_out
from ui.widgets.deputy_picker import DeputyPicker
from ui.widgets.roles import button, label
from ui.widgets.scan_field import ScanField
from ui.wording import time_told, word_of


@dataclass(frozen=True, slots=True)
class _Entry:
    """A deputy, named by the visit or only by a line of attendance."""

    deputy: Id
    named: bool
    line: Attendance | None = None


class SignIn(QWidget):
    """Deputies one below the other with the time they came; typing a name or a card number enters the next one.

    Without `arrival` nobody signs in: the visit names its deputies, and that is all.
    """

    changed = Signal()
    passed = Signal()
    """Nobody else signs in: on to what comes next."""
    unknown = Signal()
    """A deputy whose name is not known here yet was entered."""

    def __init__(self, bench: Workbench, arrival: Callable[[], time | None] | None) -> None:
        super().__init__()
        self._bench: Final = bench
        self._clock: Final = bench.workspace.clock
        self._arrival: Final = arrival
        self._names: Mapping[Id, RegisterRow] = {}
        self._entries: list[_Entry] = []
        self._others: tuple[Attendance, ...] = ()
        self._visit: Id = ""
        self._scans = 0
        self.picker: Final = DeputyPicker(bench)
        self.picker.changed.connect(self._picked)
        self.picker.field.returnPressed.connect(self._entered)
        self.setFocusProxy(self.picker)
        self.scan: Final = ScanField(bench, _("Scan a deputy's card"))
        self.scan.scanned.connect(self._ask_card)
        self._list = QVBoxLayout()
        self._list.setSpacing(SPACE.tiny)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE.small)
        layout.addLayout(self._list)
        layout.addWidget(self.picker)
        layout.addWidget(self.scan)
        self.scan.setHidden(arrival is None)

    def show_names(self, names: Mapping[Id, RegisterRow]) -> None:
        """Know the deputies by these names."""
        self._names = names
        self._draw()

    def show_sheet(self, sheet: VisitSheet) -> None:
        """Show who is there at a visit."""
        self._visit = sheet.visit.id
        lines = {each.deputy: each for each in sheet.attendance if each.deputy}
        known = dict.fromkeys((*sheet.visit.deputies, *lines))
        self._entries = [_Entry(id, id in sheet.visit.deputies, lines.get(id)) for id in known]
        self._others = tuple(each for each in sheet.attendance if not each.deputy or lines[each.deputy] is not each)
        self._draw()

    def read(self, visit: Visit) -> tuple[Visit, tuple[Attendance, ...]]:
        """The visit with its deputies, and every line of attendance."""
        lines = (each.line for each in self._entries if each.line)
        named = tuple(each.deputy for each in self._entries if each.named)
        return replace(visit, deputies=named), (*lines, *self._others)

    def _entered(self) -> None:
        """Enter where nothing is typed: everybody who is there has signed in."""
        if not self.picker.field.text().strip():
            self.passed.emit()

    def _picked(self) -> None:
        for id in self.picker.ids():
            self._enter_deputy(id)
        self.picker.show_ids(())
        self._drawn_anew()

    def _enter_deputy(self, id: Id, check_in: Code[CheckIn] = "") -> bool:
        """Let a deputy be there; who was only expected comes in now. False for who has signed in already."""
        place = next((place for place, each in enumerate(self._entries) if each.deputy == id), None)
        if place is None:
            self._entries.append(_Entry(id, True, self._line(id, check_in)))
            return True
        entry = self._entries[place]
        if self._arrival is None or (entry.line and entry.line.presence in {"", Presence.PRESENT}):
            return False
        came = self._line(id, check_in)
        if entry.line and came:
            came = replace(entry.line, presence=Presence.PRESENT, arrived=came.arrived, check_in=check_in, leave_reason="")
        self._entries[place] = replace(entry, line=came)
        return True

    def _ask_card(self, scanned: str) -> None:
        """Whose card it is; several scanned one after the other are all answered."""
        workspace, visit = self._bench.workspace, self._visit
        self._scans += 1
        self._bench.background.ask(
            self,
            lambda: deputy_of_card(workspace, scanned),
            lambda row: self._check_in(row) if visit == self._visit else None,
            lambda error: self.scan.complain(explain(error)),
            topic=f"scan {self._scans}",
        )

    def _check_in(self, row: RegisterRow) -> None:
        self._names = {**self._names, row.id: row}
        if self._enter_deputy(row.id, CheckIn.QR_CHECK_IN):
            self.scan.say(_("{name} has checked in.").format(name=row.name))
            self._drawn_anew()
        else:
            self.scan.say(_("{name} had checked in already.").format(name=row.name))

    def _drawn_anew(self) -> None:
        self._draw()
        if any(each.deputy not in self._names for each in self._entries):
            self.unknown.emit()
        self.changed.emit()

    def _line(self, id: Id, check_in: Code[CheckIn] = "") -> Attendance | None:
        if self._arrival is None:
            return None
        row = self._names.get(id)
        return Attendance(
            id=self._clock.new_id(),
            visit=self._visit,
            deputy=id,
            name=row.name if row else "",
            presence=Presence.PRESENT,
            check_in=check_in,
            arrived=self._arrival(),
        )

    def _remove(self, entry: _Entry) -> None:
        self._entries.remove(entry)
        self._draw()
        self.picker.setFocus()
        self.changed.emit()

    def _draw(self) -> None:
        take_out(self._list)
        for entry in self._entries:
            self._list.addWidget(self._row(entry))

    def _row(self, entry: _Entry) -> QWidget:
        known = self._names.get(entry.deputy)
        name = known.name if known else entry.line.name if entry.line else "…"
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(SPACE.small)
        line.addWidget(label(name, "strong"))
        line.addWidget(label(_told_beside(known, entry.line), "small"), 1)
        remove = button(_("Remove"), "link")
        remove.setAccessibleName(_("Remove {name}").format(name=name))
        remove.clicked.connect(lambda: self._remove(entry))
        line.addWidget(remove)
        return row


def _told_beside(known: RegisterRow | None, line: Attendance | None) -> str:
    away = _away(line) if line else ""
    arrived = time_told(line.arrived) if line else ""
    return " · ".join(part for part in (known.level_word() if known else "", away or arrived) if part)


def _away(line: Attendance) -> str:
    return word_of(line.presence) if line.presence not in {"", Presence.PRESENT} else ""


def names_there(sheet: VisitSheet, names: Mapping[Id, RegisterRow]) -> Sequence[tuple[str, str]]:
    """Name and what is said beside it, of everybody who was expected or there."""
    lines = {each.deputy: each for each in sheet.attendance if each.deputy}
    told = [
        (names[id].name if id in names else lines[id].name if id in lines else "", _told_beside(names.get(id), lines.get(id)))
        for id in dict.fromkeys((*sheet.visit.deputies, *lines))
    ]
    others = (
        (each.name, " · ".join(part for part in (each.part, _away(each)) if part)) for each in sheet.attendance if not each.deputy
    )
    return [*told, *others]

"""Several units, each with its part in handling: lead and co-handlers, one alone, or separate ones."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app.domain.handling import HandlingRole
from app.domain.suggestion_steps import Share
from app.i18n import _
from app.queries.units import UnitRow
from ui.page import Workbench
from ui.pages.issues.unit_field import UnitField
from ui.theme import SPACE
from ui.widgets.code_box import CodeBox
from ui.widgets.contents import take_out
from ui.widgets.roles import button


class SharesField(QWidget):
    """A row a unit; `changed` tells that something was typed or chosen."""

    changed = Signal()

    def __init__(self, bench: Workbench, units: Sequence[UnitRow], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bench: Final = bench
        self._offered: Final = units
        self.rows: Final[list[_Row]] = []
        self._column = QVBoxLayout()
        self._column.setSpacing(SPACE.small)
        self.more: Final = button(_("One more unit"), "link")
        self.more.clicked.connect(lambda: self._add(Share(unit="", role=HandlingRole.CO)).unit.setFocus())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE.tiny)
        layout.addLayout(self._column)
        line = QHBoxLayout()
        line.addWidget(self.more)
        line.addStretch(1)
        layout.addLayout(line)
        self.show_shares(())

    def shares(self) -> tuple[Share, ...]:
        """The units that were named."""
        told = (each.share() for each in self.rows)
        return tuple(each for each in told if each.unit)

    def show_shares(self, shares: Sequence[Share]) -> None:
        """Show these; without any, room for the first."""
        take_out(self._column)
        self.rows.clear()
        for each in shares or (Share(unit=""),):
            self._add(each)
        self.setFocusProxy(self.rows[0].unit)

    def _add(self, share: Share) -> "_Row":
        row = _Row(self._bench, self._offered, share)
        row.changed.connect(self.changed)
        row.remove.clicked.connect(lambda: self._drop(row))
        self.rows.append(row)
        self._column.addWidget(row)
        self._offer_removal()
        if len(self.rows) == 2 and self.rows[0].role.code() == HandlingRole.SOLE:  # no longer alone
            self.rows[0].role.show_code(HandlingRole.LEAD)
        return row

    def _drop(self, row: "_Row") -> None:
        self.rows.remove(row)
        self._column.removeWidget(row)
        row.hide()
        row.deleteLater()
        self._offer_removal()
        self.rows[0].unit.setFocus()
        self.changed.emit()

    def _offer_removal(self) -> None:
        for each in self.rows:
            each.remove.setVisible(len(self.rows) > 1)


class _Row(QWidget):
    """One unit, its part in handling, and for separate ones what it handles."""

    changed = Signal()

    def __init__(self, bench: Workbench, units: Sequence[UnitRow], share: Share) -> None:
        super().__init__()
        self.role: Final = CodeBox(HandlingRole)
        self.role.removeItem(0)  # somebody must have a part
        self.role.setAccessibleName(_("Part in handling"))
        self.unit: Final = UnitField(bench)
        self.unit.setAccessibleName(_("Handling unit"))
        self.unit.offer(units)
        self.part: Final = QLineEdit()
        self.part.setPlaceholderText(_("What this unit handles"))
        self.part.setAccessibleName(_("What this unit handles"))
        self.remove: Final = button(_("Remove"), "link")
        self.role.show_code(share.role)
        self.unit.show_id(share.unit)
        self.part.setText(share.part)
        self._tell()
        head = QHBoxLayout()
        head.setSpacing(SPACE.small)
        head.addWidget(self.role)
        head.addStretch(1)
        head.addWidget(self.remove)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE.tiny)
        layout.addLayout(head)
        layout.addWidget(self.unit)
        layout.addWidget(self.part)
        self.role.currentIndexChanged.connect(self._tell)
        for told in (self.role.currentIndexChanged, self.unit.field.textChanged, self.part.textChanged):
            told.connect(lambda *_told: self.changed.emit())

    def share(self) -> Share:
        """What stands here."""
        return Share(unit=self.unit.id(), role=HandlingRole(self.role.code()), part=self.part.text().strip())

    def _tell(self) -> None:
        self.part.setVisible(self.role.code() == HandlingRole.SEPARATE)

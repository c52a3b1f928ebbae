"""The odd cells of a sheet, each to be typed anew: what is typed stands for the cell, the file is never changed."""

from dataclasses import dataclass
from typing import Any, Final

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtWidgets import QLineEdit, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from app.i18n import _
from ui.models.page_table import Column, Index, PageTable

CELL: Final = 2
"""The column in which a person types."""


@dataclass(frozen=True, slots=True)
class Told:
    """One thing to tell of a place in the sheet; `at` is the column that could be typed anew, counted from 0."""

    row: int
    column: str
    words: str
    refused: bool
    at: int | None = None
    cell: str = ""


class RepairTable(PageTable[Told]):
    """`mended` tells row, column (from 0) and text of a cell that was typed anew."""

    mended = Signal(int, int, str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(
            (
                Column(heading=_("Row"), text=lambda each: str(each.row), width=3, right=True),
                Column(heading=_("Column"), text=lambda each: each.column, width=8, spare=1),
                Column(heading=_("In the cell"), text=_shown, width=12),
                Column(
                    heading=_("What is odd"), text=lambda each: each.words, tone=lambda each: "accent" if each.refused else ""
                ),
            ),
            parent,
        )

    def flags(self, index: Index) -> Qt.ItemFlag:
        known = super().flags(index)
        told = self.row(index.row())
        can_be_typed = told is not None and index.column() == CELL and told.at is not None
        return known | Qt.ItemFlag.ItemIsEditable if can_be_typed else known

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.EditRole and index.column() == CELL:
            told = self.row(index.row())
            return told.cell if told else ""
        return super().data(index, role)

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:  # noqa: N802  # Qt's own name
        told = self.row(index.row())
        if role != Qt.ItemDataRole.EditRole or told is None or told.at is None or str(value) == told.cell:
            return False
        self.mended.emit(told.row, told.at, str(value))
        return True


class CellTyping(QStyledItemDelegate):
    """The field in which a cell is typed anew; `typed` tells row, column (from 0) and text at every key, before Enter."""

    typed = Signal(int, int, str)

    def __init__(self, table: RepairTable, parent: QObject) -> None:
        super().__init__(parent)
        self._table: Final = table

    def createEditor(  # noqa: N802  # Qt's own name
        self, parent: QWidget, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QWidget:
        editor, told = super().createEditor(parent, option, index), self._table.row(index.row())
        if isinstance(editor, QLineEdit) and told is not None:
            row, at = told.row, told.at or 0
            editor.textEdited.connect(lambda text: self.typed.emit(row, at, text))
        return editor


def _shown(told: Told) -> str:
    if told.at is None:
        return ""
    return told.cell.replace("\n", " ") or _("(empty)")

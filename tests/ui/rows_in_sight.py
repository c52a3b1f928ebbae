"""Rows of a list brought into sight, as scrolling does."""

from typing import Any

from PySide6.QtWidgets import QApplication

from ui.models.page_table import PageTable


def bring_into_sight(table: PageTable[Any], *numbers: int) -> None:
    """Each row is drawn; what is missing is asked for and comes."""
    for number in numbers:
        table.index(number, 0).data()
        QApplication.processEvents()

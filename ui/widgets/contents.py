"""What a layout holds, taken out again."""

from PySide6.QtWidgets import QLayout


def take_out(layout: QLayout) -> None:
    """Nothing is left in the layout; widgets are out of sight at once and gone as soon as Qt can let them go."""
    while item := layout.takeAt(0):
        if widget := item.widget():
            widget.hide()
            widget.deleteLater()
        elif inner := item.layout():
            take_out(inner)

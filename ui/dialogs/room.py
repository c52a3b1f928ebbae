"""How large a dialog opens."""

from PySide6.QtWidgets import QDialog

from ui.theme import Theme


def open_at(dialog: QDialog, theme: Theme, wide: int, high: int) -> None:
    """A size at 100 %, larger with the text, never larger than the screen."""
    room = dialog.screen().availableSize()
    dialog.resize(min(theme.px(wide), room.width()), min(theme.px(high), room.height()))

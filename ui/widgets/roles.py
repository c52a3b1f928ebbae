"""Widgets say what they are by a property; the style sheet does the rest."""

from typing import TypeVar

from PySide6.QtWidgets import QLabel, QPushButton, QWidget

AnyWidget = TypeVar("AnyWidget", bound=QWidget)


def restyled(widget: AnyWidget, name: str, value: str) -> AnyWidget:
    """The widget with a property of the style sheet set, drawn anew."""
    if widget.property(name) != value:
        widget.setProperty(name, value)
        widget.style().unpolish(widget)
        widget.style().polish(widget)
    return widget


def label(text: str = "", role: str = "", *, wrap: bool = False, tone: str = "") -> QLabel:
    """A label of a role: title, section, strong, figure, soft, label, small, problem, chip, code."""
    made = QLabel(text)
    made.setWordWrap(wrap)
    if role:
        made.setProperty("role", role)
    if tone:
        made.setProperty("tone", tone)
    return made


def button(text: str, role: str = "") -> QPushButton:
    """A button of a role: primary (one a page), link, filter, or a plain one."""
    made = QPushButton(text)
    made.setAutoDefault(True)  # Enter presses it, not the blank alone
    if role:
        made.setProperty("role", role)
    return made

"""How the window looks: every colour, size and distance. `resources/styles/window.qss` says which widget wears which of them.

Contrast is AA throughout (text 4.5 : 1, figures and edges of fields 3 : 1); `tests/ui/test_theme.py` computes it.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from string import Template
from typing import Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication

from app.paths import RESOURCES

FAMILY: Final = "Liaison Hei"
SMALLEST_SIZE, LARGEST_SIZE = 90, 160
"""Text sizes a person may choose, in per cent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Colours:
    """One set of colours; a `…_soft` is the ground that its colour is read on."""

    ground: str
    surface: str
    line: str
    edge: str  # of fields, which must be found by their edge
    ink: str
    soft: str
    placeholder: str
    accent: str
    accent_deep: str
    accent_soft: str
    on_accent: str
    ok: str
    ok_soft: str
    warning: str
    warning_soft: str
    information: str
    information_soft: str
    paper: str


LIGHT: Final = Colours(
    ground="#F6F5F2",
    surface="#FFFFFF",
    line="#E2DFD9",
    edge="#8E8981",
    ink="#1F1E1C",
    soft="#6B6760",
    placeholder="#746E66",
    accent="#A61B22",
    accent_deep="#86151B",
    accent_soft="#FBEDEC",
    on_accent="#FFFFFF",
    ok="#25693F",
    ok_soft="#E9F4EC",
    warning="#8A5200",
    warning_soft="#FDF3E1",
    information="#1F5FA8",
    information_soft="#E9F1FA",
    paper="#ECEAE5",
)
DARK: Final = Colours(
    ground="#1D1C1A",
    surface="#262523",
    line="#3A3835",
    edge="#8A857D",
    ink="#ECE9E4",
    soft="#B5B0A8",
    placeholder="#9B958D",
    accent="#EE7F82",
    accent_deep="#F5A3A5",
    accent_soft="#3A2424",
    on_accent="#1D1C1A",
    ok="#7CC796",
    ok_soft="#213327",
    warning="#E6B35C",
    warning_soft="#38301F",
    information="#8DB9EA",
    information_soft="#222E3C",
    paper="#171614",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Space:
    """Distances in pixels at 100 %."""

    hair: int = 1
    tiny: int = 4
    small: int = 8
    middle: int = 12
    large: int = 16
    huge: int = 24
    radius: int = 6
    card: int = 8
    row: int = 38
    dense_row: int = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class Type:
    """Sizes of letters in pixels at 100 %; nothing is smaller than `small`."""

    small: int = 14
    body: int = 16
    section: int = 17
    title: int = 22
    figure: int = 28


SPACE: Final = Space()
TYPE: Final = Type()


class Theme(QObject):
    """The look of the running program; `changed` is told after another size or set of colours was applied."""

    changed = Signal()

    def __init__(self, application: QApplication) -> None:
        super().__init__(application)
        self._application = application
        self.size = 100
        self.colours = LIGHT

    def apply(self, *, size: int, dark: bool) -> None:
        """Show everything in this text size, per cent, and these colours."""
        self.size = min(max(size, SMALLEST_SIZE), LARGEST_SIZE)
        self.colours = DARK if dark else LIGHT
        self._application.setFont(self.font(TYPE.body))
        self._application.setPalette(_palette(self.colours))
        self._application.setStyleSheet(style_sheet(self.colours, self.size))
        self.changed.emit()

    def px(self, pixels: int) -> int:
        """A size at 100 % in the pixels of the size chosen; hairlines stay hairlines."""
        return scaled(pixels, self.size)

    def font(self, pixels: int, *, strong: bool = False) -> QFont:
        """The window's letters in a size of `TYPE`."""
        font = QFont(FAMILY)
        font.setPixelSize(self.px(pixels))
        font.setWeight(QFont.Weight.DemiBold if strong else QFont.Weight.Normal)
        return font


def scaled(pixels: int, size: int) -> int:
    """`pixels` at a text size in per cent, never nothing."""
    return max(1, round(pixels * size / 100))


def load_fonts() -> list[str]:
    """Make the bundled letters known to Qt, so that a computer without a Chinese font shows Chinese; returns their families."""
    numbers = (QFontDatabase.addApplicationFont(str(file)) for file in sorted((RESOURCES / "fonts").glob("LiaisonHei-*.ttf")))
    return [family for number in numbers if number >= 0 for family in QFontDatabase.applicationFontFamilies(number)]


def _palette(colours: Colours) -> QPalette:
    palette = QPalette()
    roles: Iterable[tuple[QPalette.ColorRole, str]] = (
        (QPalette.ColorRole.Window, colours.ground),
        (QPalette.ColorRole.WindowText, colours.ink),
        (QPalette.ColorRole.Base, colours.surface),
        (QPalette.ColorRole.AlternateBase, colours.ground),
        (QPalette.ColorRole.Text, colours.ink),
        (QPalette.ColorRole.PlaceholderText, colours.placeholder),
        (QPalette.ColorRole.Button, colours.surface),
        (QPalette.ColorRole.ButtonText, colours.ink),
        (QPalette.ColorRole.Highlight, colours.accent),
        (QPalette.ColorRole.HighlightedText, colours.on_accent),
        (QPalette.ColorRole.ToolTipBase, colours.surface),
        (QPalette.ColorRole.ToolTipText, colours.ink),
        (QPalette.ColorRole.Link, colours.information),
        (QPalette.ColorRole.Dark, colours.paper),  # what lies around a printed page in the preview
    )
    for role, colour in roles:
        palette.setColor(role, QColor(colour))
    for role in (QPalette.ColorRole.Text, QPalette.ColorRole.WindowText, QPalette.ColorRole.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(colours.placeholder))
    return palette


def style_sheet(colours: Colours, size: int) -> str:
    """The whole style sheet for a set of colours and a text size in per cent.

    Widgets say what they are by the dynamic property `role`; no widget carries a style sheet of its own.
    """
    sheet = _sheet()
    measures = {f"px{pixels}": f"{scaled(int(pixels), size)}px" for pixels in set(re.findall(r"\$px(\d+)", sheet))}
    measures["radio"] = f"{(scaled(16, size) + 2) // 2}px"
    named = {name: getattr(colours, name) for name in Colours.__slots__}
    return Template(sheet).substitute(measures | named | _pictures(colours))


def _pictures(colours: Colours) -> dict[str, str]:
    """The small pictures inside boxes, which the style sheet names by their files."""
    ending = "dark" if colours is DARK else "light"
    return {name: (RESOURCES / "styles" / f"{name}-{ending}.svg").as_posix() for name in ("tick", "down")}


@cache
def _sheet() -> str:
    return (RESOURCES / "styles" / "window.qss").read_text(encoding="utf-8")

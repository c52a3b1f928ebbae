"""How far somebody has come with what is asked: a bar, and beside it in words what it was, what it is now, what is missing."""

from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from app.i18n import _, ngettext
from ui.theme import SPACE, Theme
from ui.widgets.roles import label

_BAR: Final = 120  # pixels


class Meter(QWidget):
    """A name, a bar, the figures. What is being typed stands on the bar as a part of its own."""

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__()
        self._bar: Final = _Bar(theme)
        self._told: Final = label("", "small")
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, SPACE.middle, 0)
        line.setSpacing(SPACE.small)
        line.addWidget(label(name, "strong"))
        line.addWidget(self._bar)
        line.addWidget(self._told)
        self._name: Final = name

    @property
    def words(self) -> str:
        """What it says beside the bar."""
        return self._told.text()

    def show_people(self, before: int, after: int, asked: int) -> None:
        """Show how many people were met before, how many with what is being typed, and how many are asked for."""
        self._told.setText(people_told(before, after, asked))
        self._told.setAccessibleName(f"{self._name} {self._told.text()}")
        self._bar.show_shares(before / asked if asked else 0.0, after / asked if asked else 0.0)


def people_told(before: int, after: int, asked: int) -> str:
    """12 → 18 / 30 people, 12 missing."""
    count = f"{before} → {after}" if before != after else str(after)
    told = ngettext("{count} of {asked} person", "{count} of {asked} people", asked).format(count=count, asked=asked)
    missing = asked - after
    return _("{done}; {rest}").format(done=told, rest=missing_told(missing))


def missing_told(missing: int) -> str:
    """How many are still missing, or that it is done."""
    return _("{count} missing").format(count=missing) if missing > 0 else _("done")


class _Bar(QWidget):
    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._shares = (0.0, 0.0)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_shares(self, before: float, after: float) -> None:
        self._shares = (min(before, 1.0), min(after, 1.0))
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802  # Qt's own name
        return QSize(self._theme.px(_BAR), self._theme.px(SPACE.small))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802  # Qt's own name
        painter, colours = QPainter(self), self._theme.colours
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        before, after = self._shares
        done = colours.ok if after >= 1 else colours.warning
        for share, colour in ((1.0, colours.line), (max(before, after), colours.information), (min(before, after), done)):
            if share:
                part = QRectF(self.rect())
                part.setWidth(max(part.width() * share, part.height()))
                painter.setBrush(QColor(colour))
                painter.drawRoundedRect(part, self.height() / 2, self.height() / 2)

"""The bundled pictures in the colours of the theme."""

from PySide6.QtCore import QByteArray, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from app.paths import RESOURCES
from ui.theme import Colours

_SHARP = 2  # drawn twice as large, so that it stays sharp at 200 %


def icon(name: str, colours: Colours, size: int) -> QIcon:
    """The picture `name` of `resources/icons`: in ink, and in the accent where its button is chosen."""
    made = QIcon()
    made.addPixmap(_drawn(name, colours.soft, size), QIcon.Mode.Normal, QIcon.State.Off)
    made.addPixmap(_drawn(name, colours.accent, size), QIcon.Mode.Normal, QIcon.State.On)
    return made


def _drawn(name: str, colour: str, size: int) -> QPixmap:
    drawing = (RESOURCES / "icons" / f"{name}.svg").read_text(encoding="utf-8").replace("currentColor", colour)
    pixmap = QPixmap(QSize(size, size) * _SHARP)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    QSvgRenderer(QByteArray(drawing.encode())).render(painter)
    painter.end()
    pixmap.setDevicePixelRatio(_SHARP)
    return pixmap

"""The sheet with the recovery code, straight onto the printer: no file of it is ever written."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFont, QPainter
from PySide6.QtPrintSupport import QPrinter

from app.i18n import _
from ui.theme import FAMILY

_ACROSS = 4
_MILLIMETRES = 25.4  # an inch


def print_sheet(printer: QPrinter, code: str, station: str) -> bool:
    """Print the code in large digits with what it is for; whether the printer took it."""
    painter = QPainter()
    if not painter.begin(printer):
        return False
    dots = printer.resolution() / _MILLIMETRES
    _line(painter, dots, 20, 18, _("Recovery code"))
    _line(painter, dots, 32, 12, station)
    for place, group in enumerate(code.split("-")):
        row, column = divmod(place, _ACROSS)
        painter.setFont(_font(22))
        box = QRectF((15 + 42 * column) * dots, (50 + 18 * row) * dots, 42 * dots, 14 * dots)
        painter.drawText(box, Qt.AlignmentFlag.AlignLeft, group)
    _line(
        painter,
        dots,
        92,
        12,
        _("It opens the station's data without any other key. Lock this sheet away; nobody can look it up."),
    )
    return painter.end()


def _line(painter: QPainter, dots: float, top: int, points: int, words: str) -> None:
    painter.setFont(_font(points))
    wrapped = int(Qt.AlignmentFlag.AlignLeft) | int(Qt.TextFlag.TextWordWrap)
    painter.drawText(QRectF(15 * dots, top * dots, 170 * dots, 20 * dots), wrapped, words)


def _font(points: int) -> QFont:
    font = QFont(FAMILY)
    font.setPointSize(points)
    return font

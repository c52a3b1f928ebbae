"""A PDF onto a printer, page by page, on whatever thread it is called."""

from typing import Final

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRectF, QSize
from PySide6.QtGui import QPainter
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from app.errors import Unavailable
from app.progress import Progress

_MOST_DOTS: Final = 300  # an inch: beyond it office paper shows no difference and a page takes 100 MB


def printer_here() -> bool:
    """Whether this computer knows any printer."""
    return bool(QPrinterInfo.availablePrinterNames())


def send(pdf: bytes, printer: QPrinter, progress: Progress) -> None:
    """Print a document; raises `Unavailable("printer_failed")`, `Refused("cancelled")` between two pages."""
    printer.setResolution(min(printer.resolution(), _MOST_DOTS))
    printer.setFullPage(True)
    buffer = QBuffer()
    buffer.setData(QByteArray(pdf))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    document = QPdfDocument()
    document.load(buffer)
    progress.total = document.pageCount()
    painter = QPainter()
    if not painter.begin(printer):
        raise Unavailable("printer_failed", printer=printer.printerName())
    try:
        for page in range(document.pageCount()):
            if page and not printer.newPage():
                raise Unavailable("printer_failed", printer=printer.printerName())
            _draw(document, page, painter, printer)
            progress.advance()
    finally:
        painter.end()


def _draw(document: QPdfDocument, page: int, painter: QPainter, printer: QPrinter) -> None:
    """A page in its true size: what an office has laid out in millimetres is not scaled."""
    points = document.pagePointSize(page)
    dots = printer.resolution() / 72
    size = QSize(round(points.width() * dots), round(points.height() * dots))
    painter.drawImage(QRectF(0, 0, size.width(), size.height()), document.render(page, size))

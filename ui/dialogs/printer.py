"""A PDF onto a printer, page by page, on whatever thread it is called."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRectF, QSize
from PySide6.QtGui import QPageLayout, QPainter
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QDialog, QWidget

from app.errors import Unavailable
from app.progress import Progress
from app.settings import Settings

_MILLIMETRES: Final = 25.4  # an inch
_MOST_DOTS: Final = 300  # an inch: beyond it office paper shows no difference and a page takes 100 MB


def printer_here() -> bool:
    """Whether this computer knows any printer."""
    return bool(QPrinterInfo.availablePrinterNames())


Offset = tuple[float, float]
"""By how much what is printed is moved to the right and down, in millimetres, so that it meets a form printed before."""


def printer_names() -> list[str]:
    """The printers that this computer knows."""
    return QPrinterInfo.availablePrinterNames()


def asked_how(printer: QPrinter, pages: int, parent: QWidget) -> bool:
    """Ask on which printer, which pages, how many copies, on one side or both; whether to print at all."""
    dialog = QPrintDialog(printer, parent)
    for each in (QPrintDialog.PrintDialogOption.PrintPageRange, QPrintDialog.PrintDialogOption.PrintCollateCopies):
        dialog.setOption(each, on=True)
    dialog.setMinMax(1, max(pages, 1))
    return dialog.exec() == QDialog.DialogCode.Accepted


def offset_of(settings: Settings, name: str) -> Offset:
    """By how much this computer moves what goes to a printer; not at all where nobody said."""
    try:
        right, down = map(int, settings.print_offsets.get(name, "0 0").split())
    except ValueError:
        return 0.0, 0.0
    return right / 10, down / 10


def keep_offset(settings: Settings, name: str, right: int, down: int) -> None:
    """Note by how much, in tenths of a millimetre."""
    settings.print_offsets[name] = f"{right} {down}"


def send(pdf: bytes, printer: QPrinter, progress: Progress, offset: Offset = (0.0, 0.0)) -> None:
    """Print the pages that the printer was told to, each turned as it lies, as many copies as it does not make by itself.

    Raises `Unavailable("printer_failed")`, `Refused("cancelled")` between two pages.
    """
    printer.setResolution(min(printer.resolution(), _MOST_DOTS))
    printer.setFullPage(True)
    buffer = QBuffer()
    buffer.setData(QByteArray(pdf))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    document = QPdfDocument()
    document.load(buffer)
    pages = _wanted(printer, document.pageCount())
    progress.total = len(pages)
    painter = QPainter()
    _turn(document, pages[0], printer)
    if not painter.begin(printer):
        raise Unavailable("printer_failed", printer=printer.printerName())
    try:
        for place, page in enumerate(pages):
            if place:
                _turn(document, page, printer)
                if not printer.newPage():
                    raise Unavailable("printer_failed", printer=printer.printerName())
            _draw(document, page, painter, printer, offset)
            progress.advance()
    finally:
        painter.end()


def _wanted(printer: QPrinter, many: int) -> Sequence[int]:
    """The pages asked for, from 0, in the order in which they come out; all where none of those asked for is there."""
    chosen = printer.printRange() in {QPrinter.PrintRange.PageRange, QPrinter.PrintRange.CurrentPage}
    ranges = printer.pageRanges()
    pages = [page for page in range(many) if not chosen or ranges.isEmpty() or ranges.contains(page + 1)]
    pages = pages or list(range(many))
    copies = 1 if printer.supportsMultipleCopies() else max(printer.copyCount(), 1)
    if printer.collateCopies():
        return pages * copies
    return [page for page in pages for _copy in range(copies)]


def _turn(document: QPdfDocument, page: int, printer: QPrinter) -> None:
    """The sheet lies as the page does: a volume has pages of both kinds."""
    points = document.pagePointSize(page)
    across = points.width() > points.height()
    printer.setPageOrientation(QPageLayout.Orientation.Landscape if across else QPageLayout.Orientation.Portrait)


def _draw(document: QPdfDocument, page: int, painter: QPainter, printer: QPrinter, offset: Offset) -> None:
    """A page in its true size: what an office has laid out in millimetres is not scaled."""
    points = document.pagePointSize(page)
    dots = printer.resolution() / 72
    size = QSize(round(points.width() * dots), round(points.height() * dots))
    right, down = (each / _MILLIMETRES * printer.resolution() for each in offset)
    painter.drawImage(QRectF(right, down, size.width(), size.height()), document.render(page, size))

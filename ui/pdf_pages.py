"""The pages of a scanned PDF as pictures that are offered, each drawn only when it is read; on whatever thread that is."""

from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtPdf import QPdfDocument

from app.domain.attachment import file_name
from app.i18n import _
from app.use_cases.attachment_desk import Offered
from ui.brought import as_file

_DOTS: Final = 200  # an inch: what scanners are set to, and twice what a code of a form needs
_MOST: Final = 200  # pages of one file


def with_pages(files: list[Offered]) -> list[Offered]:
    """The files, each PDF among them as its pages; one that cannot be read as a PDF stays as it is."""
    return [page for each in files for page in _pages(each)]


def _pages(file: Offered) -> list[Offered]:
    if not isinstance(file.source, Path) or file.source.suffix.lower() != ".pdf":
        return [file]
    document = QPdfDocument()
    if document.load(str(file.source)) is not QPdfDocument.Error.None_ or not document.pageCount():
        return [file]
    stem = file_name(file.source.stem)
    named = [_("{name} page {number}").format(name=stem, number=page + 1) for page in range(min(document.pageCount(), _MOST))]
    return [Offered(f"{name}.jpg", partial(_drawn, file.source, page)) for page, name in enumerate(named)]


def _drawn(path: Path, page: int) -> bytes:
    """A page on white, as a JPEG file; raises `OSError` where it is gone meanwhile."""
    document = QPdfDocument()
    if document.load(str(path)) is not QPdfDocument.Error.None_:
        raise FileNotFoundError(path)
    points = document.pagePointSize(page)
    size = QSize(round(points.width() * _DOTS / 72), round(points.height() * _DOTS / 72))
    sheet = QImage(size, QImage.Format.Format_RGB32)
    sheet.fill(Qt.GlobalColor.white)
    drawn = document.render(page, size)
    with QPainter(sheet) as painter:
        painter.drawImage(0, 0, drawn)
    return as_file(sheet, "JPEG")

"""A paper as it will be printed: the bytes of a PDF, page under page."""

from typing import Final

from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from app.i18n import _

_STEP: Final = 1.2
_SMALLEST, _LARGEST = 0.25, 4.0


class PaperView(QFrame):
    """Shows one document; showing another keeps the page one was looking at."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "paper")
        self.document: Final = QPdfDocument(self)
        self._bytes = QByteArray()
        self._buffer = QBuffer(self)
        self._view = QPdfView(self)
        self._view.setDocument(self.document)
        self._view.setPageMode(QPdfView.PageMode.MultiPage)
        self._view.setAccessibleName(_("The printed page"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 1, 1, 1)
        layout.addWidget(self._view)
        self.fit_width()

    def show_bytes(self, pdf: bytes) -> None:
        """Show a document; empty bytes show nothing."""
        place = self._view.verticalScrollBar().value()
        self.document.close()
        self._buffer.close()
        self._bytes = QByteArray(pdf)
        if not pdf:
            return
        self._buffer.setData(self._bytes)
        self._buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        self.document.load(self._buffer)
        self._view.verticalScrollBar().setValue(place)

    def pages(self) -> int:
        """How many pages are shown."""
        return self.document.pageCount()

    def fit_width(self) -> None:
        """As wide as there is room."""
        self._view.setZoomMode(QPdfView.ZoomMode.FitToWidth)

    def fit_page(self) -> None:
        """A whole page at once."""
        self._view.setZoomMode(QPdfView.ZoomMode.FitInView)

    def zoom(self, *, closer: bool) -> None:
        """One step closer, or away."""
        factor = self._view.zoomFactor() * (_STEP if closer else 1 / _STEP)
        self._view.setZoomMode(QPdfView.ZoomMode.Custom)
        self._view.setZoomFactor(min(max(factor, _SMALLEST), _LARGEST))

"""Files side by side, each by a small picture, its name and its size."""

from collections.abc import Mapping, Sequence
from typing import Final

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal, SignalInstance
from PySide6.QtGui import QColor, QIcon, QImage, QKeyEvent, QPainter, QPen, QPixmap, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QListWidget, QListWidgetItem, QWidget

from app.domain.attachment import Attachment
from app.domain.values import Id
from app.i18n import _
from ui.theme import SPACE, TYPE, Theme
from ui.widgets.roles import restyled
from ui.wording import size_told

_TILE: Final = QSize(104, 78)
_ROWS: Final = 2  # that are seen at once; the others are scrolled to
_LONGEST_ENDING: Final = 5


class FileStrip(QListWidget):
    """Goes on in the next line where the width ends. Arrow keys go through it, Enter opens, Delete removes."""

    opened = Signal(object)
    removed = Signal(object)
    """The `Attachment` that is meant."""
    chosen = Signal()
    """Another file is the current one, or none."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme: Final = theme
        self._files: tuple[Attachment, ...] = ()
        self._pictures: dict[Id, QImage] = {}
        restyled(self, "role", "strip")
        self.setAccessibleName(_("Attachments"))
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setMovement(QListView.Movement.Static)
        self.setWrapping(True)
        self.setUniformItemSizes(True)
        self.setDragEnabled(False)
        self.setAcceptDrops(False)  # the card around it takes what is dropped
        self.setDragDropMode(QAbstractItemView.DragDropMode.NoDragDrop)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabKeyNavigation(False)
        self.itemDoubleClicked.connect(lambda _item: self._emit(self.opened))
        self.currentRowChanged.connect(lambda _row: self.chosen.emit())
        theme.changed.connect(self._draw)
        self.hide()

    @property
    def current(self) -> Attachment | None:
        """The file that the keyboard is at."""
        row = self.currentRow()
        return self._files[row] if 0 <= row < len(self._files) else None

    def show_files(self, files: Sequence[Attachment], pictures: Mapping[Id, QImage]) -> None:
        """Show these, with the pictures known already; the current file stays it, else the one that took its place is."""
        before, row = self.current, self.currentRow()
        self._files, self._pictures = tuple(files), dict(pictures)
        self._draw()
        ids = [each.id for each in files]
        if before:
            self.setCurrentRow(ids.index(before.id) if before.id in ids else min(row, len(ids) - 1))
        self.setVisible(bool(files))
        self.chosen.emit()

    def show_picture(self, id: Id, picture: QImage) -> None:
        """Show what a file looks like."""
        self._pictures[id] = picture
        for row, each in enumerate(self._files):
            if each.id == id:
                self.item(row).setIcon(self._icon(each))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  # Qt's own name
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._emit(self.opened)
        elif event.key() == Qt.Key.Key_Delete:
            self._emit(self.removed)
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  # Qt's own name
        super().resizeEvent(event)
        self._fit()

    def _emit(self, signal: SignalInstance) -> None:
        if current := self.current:
            signal.emit(current)

    # --- how it looks

    def _draw(self) -> None:
        row = self.currentRow()
        width = self._theme.px(_TILE.width() + SPACE.large)
        self.setIconSize(QSize(self._theme.px(_TILE.width()), self._theme.px(_TILE.height())))
        self.setFont(self._theme.font(TYPE.small))
        self.clear()
        line = self.fontMetrics().lineSpacing()
        self.setGridSize(QSize(width, self.iconSize().height() + 2 * line + self._theme.px(SPACE.large)))
        for each in self._files:
            size = size_told(each.size)
            name = self.fontMetrics().elidedText(each.name, Qt.TextElideMode.ElideMiddle, width - self._theme.px(SPACE.large))
            item = QListWidgetItem(self._icon(each), f"{name}\n{size}")
            item.setToolTip(each.name)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{each.name} {size}")
            item.setTextAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
            self.addItem(item)
        self.setCurrentRow(min(row, len(self._files) - 1))
        self._fit()

    def _fit(self) -> None:
        """As high as the files need, up to a few rows."""
        grid = self.gridSize()
        beside = max(1, self.viewport().width() // max(grid.width(), 1))
        rows = min(_ROWS, -(-len(self._files) // beside))
        if (height := rows * grid.height() + self._theme.px(SPACE.tiny)) != self.maximumHeight():
            self.setFixedHeight(max(height, 1))

    def _icon(self, file: Attachment) -> QIcon:
        ratio = self.devicePixelRatioF()
        pixmap = QPixmap(self.iconSize() * ratio)
        pixmap.setDevicePixelRatio(ratio)
        pixmap.fill(Qt.GlobalColor.transparent)
        with QPainter(pixmap) as painter:
            painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
            room = QRect(QPoint(0, 0), self.iconSize())
            picture = self._pictures.get(file.id)
            if picture is None or picture.isNull():
                self._paint_sheet(painter, room, file)
            else:
                _paint_picture(painter, room, picture)
        icon = QIcon(pixmap)
        icon.addPixmap(pixmap, QIcon.Mode.Selected)  # a picture is not tinted by being chosen
        return icon

    def _paint_sheet(self, painter: QPainter, room: QRect, file: Attachment) -> None:
        """A sheet of paper with the ending of the name."""
        colours = self._theme.colours
        sheet = QRect(0, 0, room.height() * 3 // 4, room.height() - 2)
        sheet.moveCenter(room.center())
        painter.setPen(QPen(QColor(colours.edge), 1))
        painter.setBrush(QColor(colours.ground))
        painter.drawRoundedRect(sheet, SPACE.tiny, SPACE.tiny)
        ending = file.name.rpartition(".")[2].upper() if "." in file.name else ""
        painter.setPen(QColor(colours.soft))
        painter.setFont(self._theme.font(TYPE.small, strong=True))
        painter.drawText(sheet, Qt.AlignmentFlag.AlignCenter, ending if len(ending) <= _LONGEST_ENDING else "…")


def _paint_picture(painter: QPainter, room: QRect, picture: QImage) -> None:
    """The whole picture, as large as there is room."""
    place = QRect(QPoint(0, 0), picture.size().scaled(room.size(), Qt.AspectRatioMode.KeepAspectRatio))
    place.moveCenter(room.center())
    painter.drawImage(place, picture)

"""Things side by side that go on in the next line where the width ends, as words do."""

from collections.abc import Iterator
from typing import Final

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget

from ui.theme import SPACE


class Flow(QLayout):
    """Each item as wide as it wants to be; a line ends where the next item would not fit."""

    def __init__(self, parent: QWidget | None = None, *, gap: int = SPACE.small) -> None:
        super().__init__(parent)
        self._items: Final[list[QLayoutItem]] = []
        self._gap: Final = gap
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:  # noqa: N802  # Qt's own name
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:  # noqa: N802  # Qt asks beyond the last one and takes None
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:  # type: ignore[override]  # noqa: N802  # as above
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:  # noqa: N802  # Qt's own name
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:  # noqa: N802  # Qt's own name
        return True

    def heightForWidth(self, width: int) -> int:  # noqa: N802  # Qt's own name
        return max((place.bottom() + 1 for _item, place in self._places(QRect(0, 0, width, 0))), default=0)

    def sizeHint(self) -> QSize:  # noqa: N802  # Qt's own name
        shown = [item.sizeHint() for item in self._shown()]
        width = sum(size.width() for size in shown) + self._gap * max(len(shown) - 1, 0)
        return QSize(width, max((size.height() for size in shown), default=0))

    def minimumSize(self) -> QSize:  # noqa: N802  # Qt's own name
        sizes = [item.minimumSize() for item in self._shown()]
        return QSize(max((each.width() for each in sizes), default=0), max((each.height() for each in sizes), default=0))

    def setGeometry(self, rect: QRect) -> None:  # noqa: N802  # Qt's own name
        super().setGeometry(rect)
        for item, place in self._places(rect):
            item.setGeometry(place)

    def _shown(self) -> Iterator[QLayoutItem]:
        return (item for item in self._items if not item.isEmpty())

    def _places(self, rect: QRect) -> Iterator[tuple[QLayoutItem, QRect]]:
        """Where each item stands; all of a line have its height."""
        top, line = rect.top(), list[QLayoutItem]()
        left = rect.left()
        for item in self._shown():
            width = item.sizeHint().width()
            if line and left + width > rect.right() + 1:
                yield from self._line(line, rect, top)
                top += self._height(line) + self._gap
                line, left = [], rect.left()
            line.append(item)
            left += width + self._gap
        yield from self._line(line, rect, top)

    def _line(self, line: list[QLayoutItem], rect: QRect, top: int) -> Iterator[tuple[QLayoutItem, QRect]]:
        left, height = rect.left(), self._height(line)
        for item in line:
            width = min(item.sizeHint().width(), rect.width())
            yield item, QRect(left, top, width, height)
            left += width + self._gap

    def _height(self, line: list[QLayoutItem]) -> int:
        return max((item.sizeHint().height() for item in line), default=0)

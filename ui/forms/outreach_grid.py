"""The people met outside, one line each, typed by the keyboard alone: cells, keys between them, and what completes a cell."""

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPalette, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from app.domain.outreach_line import Column
from app.domain.outreach_round import PastedLine
from app.i18n import _
from app.queries.outreach_offers import MOST, Offer, people_known, words_like
from app.queries.visit_words import VisitWords
from app.use_cases.pasting import pasted_lines
from ui.forms.cell_editor import CellEditor, Move
from ui.forms.cell_offers import CellOffers
from ui.models.outreach_table import PROBLEM_ROLE, SOFT_ROLE, OutreachTable
from ui.page import Workbench
from ui.theme import SPACE, Theme

_WIDTHS: Final = {
    Column.DAY: 104,
    Column.DEPUTIES: 96,
    Column.VILLAGE: 104,
    Column.PLACE: 80,
    Column.NAME: 104,
    Column.MANY: 76,
}
_LEAST: Final = 160  # of what was raised
_SEPARATORS: Final = "、，,；;"


class OutreachGrid(QTableView):
    """One field lies over the current cell, so that what is typed, composed or pasted always has where to go."""

    entered = Signal(int, int)
    """The cursor is in another cell."""

    def __init__(self, bench: Workbench, table: OutreachTable) -> None:
        super().__init__()
        self._bench: Final = bench
        self.table: Final = table
        self._known: Mapping[Column, Sequence[Offer]] = {}
        self.setModel(table)
        self.editor: Final = CellEditor(self.viewport())
        self.offers: Final = CellOffers(bench.theme, self)
        self._twins: set[str] = set()
        self._at = (-1, Column.NAME)
        self.setItemDelegate(_Cells(bench.theme, self))
        self.setProperty("role", "grid")
        self.setAccessibleName(_("People met, one line each"))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setWordWrap(False)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFocusProxy(self.editor)
        self._arrange()
        self._connect()

    def show_names(self, known: VisitWords) -> None:
        """Complete cells to these deputies, villages and places."""
        deputies = [row for row in known.deputies.values() if not row.ended]
        self._known = {
            Column.DEPUTIES: [Offer(row.name, row.told().removeprefix(row.name).strip()) for row in deputies],
            Column.VILLAGE: [Offer(each) for each in known.villages],
            Column.PLACE: [Offer(each) for each in known.places],
        }
        self._twins = {row.name for row in deputies if sum(row.name == each.name for each in deputies) > 1}

    def begin(self) -> None:
        """Put the cursor where one goes on: into the last line, or at its deputies where nobody was named yet."""
        last = self.table.rowCount() - 1
        named = self.table.text(last, Column.DEPUTIES).strip()
        self.reach(last, Column.NAME if named or last else Column.DEPUTIES)
        self.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def reach(self, at: int, column: Column) -> None:
        """Put the cursor into a cell and bring it in sight."""
        self.commit()
        self.setCurrentIndex(self.table.index(at, column))
        self._lay()

    def commit(self) -> None:
        """The cell under the cursor is finished, for now."""
        self.offers.hide()
        at, column = self._at
        if 0 <= at < self.table.rowCount():
            self.table.leave(at, column)

    # --- keys

    def _move(self, move: Move) -> None:
        if self._choose(move):
            return
        at, column = self._at
        match move:
            case Move.ONWARD | Move.NEXT:
                self._onward(leave=move is Move.NEXT)
            case Move.PREVIOUS | Move.BACK:
                self._back(leave=move is Move.PREVIOUS)
            case Move.UP | Move.DOWN:
                self.reach(min(max(at + (1 if move is Move.DOWN else -1), 0), self.table.rowCount() - 1), column)
            case Move.FIRST | Move.LAST:
                self.reach(0 if move is Move.FIRST else self.table.rowCount() - 1, column)
            case Move.UNDO | Move.REDO:
                self.offers.hide()
                self.table.undo() if move is Move.UNDO else self.table.redo()
            case Move.COPY:
                self._act(self.table.copy_down)
            case Move.INSERT:
                self._act(self.table.insert)
            case Move.REMOVE:
                self._act(self.table.remove)

    def _choose(self, move: Move) -> bool:
        """What a key means while something is offered."""
        if not self.offers.isVisible():
            return False
        if move in {Move.UP, Move.DOWN}:
            self.offers.move_by(1 if move is Move.DOWN else -1)
            return True
        if move in {Move.ONWARD, Move.NEXT} and (chosen := self.offers.chosen()):
            self._take(chosen)
        return False

    def _onward(self, *, leave: bool) -> None:
        at, column = self._at
        last = at == self.table.rowCount() - 1
        if last and self.table.there.lines[at].empty() and column is Column.RAISED:
            if leave:
                self.editor.focusNextChild()
        elif column is Column.RAISED:
            self.reach(at + 1, Column.NAME)
        else:
            self.reach(at, Column(column + 1))

    def _back(self, *, leave: bool) -> None:
        at, column = self._at
        if column is not Column.DAY:
            self.reach(at, Column(column - 1))
        elif at:
            self.reach(at - 1, Column.RAISED)
        elif leave:
            self.editor.focusPreviousChild()

    def _act(self, deed: Callable[[int, Column], None]) -> None:
        self.commit()
        at, column = self._at
        deed(at, column)
        self.reach(min(at, self.table.rowCount() - 1), column)

    # --- what is typed and pasted

    def _type(self, text: str) -> None:
        at, column = self._at
        self.table.type(at, column, text)
        self._ask(column, text)

    def _paste(self, text: str) -> None:
        at, column = self._at
        self.commit()
        rows: Sequence[PastedLine] = pasted_lines(text, column, self._bench.workspace.clock.new_id)
        self.table.paste(at, column, rows)
        self.reach(self.table.rowCount() - 1 if len(rows) > 1 else at, column)

    def _take(self, offer: Offer) -> None:
        at, column = self._at
        before, _part = _parts(self.table.text(at, column)) if column is Column.DEPUTIES else ("", "")
        name = "　".join((offer.text, offer.beside)) if column is Column.DEPUTIES and offer.text in self._twins else offer.text
        self.offers.hide()
        self.table.take(at, column, Offer(before + name, offer.beside, offer.party))
        self._lay()

    def _ask(self, column: Column, text: str) -> None:
        """Ask in the background what the cell could be completed to."""
        part = (_parts(text)[1] if column is Column.DEPUTIES else text).strip()
        if not part or column not in {*self._known, Column.NAME}:
            self.offers.hide()
            return
        workspace, words = self._bench.workspace, self._known.get(column, ())
        self._bench.background.ask(
            self.editor,
            lambda: people_known(workspace, part) if column is Column.NAME else words_like(words, part, MOST),
            lambda found: self._offer(found, column, text, part),
            lambda _error: self.offers.hide(),
            topic="offers",
        )

    def _offer(self, found: Sequence[Offer], column: Column, text: str, part: str) -> None:
        at, here = self._at
        if here is not column or self.table.text(at, column) != text or not self.editor.hasFocus():
            return
        useful = [each for each in found if column is Column.NAME or each.text != part]
        sure = column is Column.DEPUTIES or part.isascii()  # Chinese names are typed out; letters mean somebody known
        cell = self.editor.geometry().translated(self.viewport().pos())
        self.offers.offer(useful, cell, choose=sure)

    # --- where the field lies

    def _lay(self) -> None:
        index = self.currentIndex()
        if not index.isValid():
            return
        at, column = index.row(), Column(index.column())
        self._at = (at, column)
        self.scrollTo(index)
        self._place()
        self.editor.setReadOnly(not self.table.writable(at, column))
        told = self.table.headerData(column, Qt.Orientation.Horizontal)
        self.editor.setAccessibleName(_("Line {number}: {what}").format(number=at + 1, what=told))
        self.editor.setAccessibleDescription(self.table.problem(at, column))
        self.editor.show_text(self.table.text(at, column))
        self.entered.emit(at, column)

    def _place(self) -> None:
        index = self.currentIndex()
        if index.isValid():
            self.editor.setGeometry(self.visualRect(index))
            self.editor.show()

    def _follow(self, at: int, column: int) -> None:
        """Something was undone: the cursor goes where it was done."""
        self.setCurrentIndex(self.table.index(at, column))
        self._lay()

    def _clicked(self, current: QModelIndex) -> None:
        if current.isValid() and (current.row(), current.column()) != self._at:
            self.commit()
            self._lay()
            self.editor.setFocus(Qt.FocusReason.MouseFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  # Qt's own name
        event.ignore()  # the field has every key; what it leaves is the window's

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  # Qt's own name
        super().resizeEvent(event)
        self._stretch()

    def scrollContentsBy(self, dx: int, dy: int) -> None:  # noqa: N802  # Qt's own name
        super().scrollContentsBy(dx, dy)
        self.offers.hide()
        self._place()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802  # Qt's own name
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._measure()

    def _stretch(self) -> None:
        """What was raised takes what is left."""
        px = self._bench.theme.px
        rest = self.viewport().width() - sum(self.columnWidth(each) for each in _WIDTHS)
        self.setColumnWidth(Column.RAISED, max(rest, px(_LEAST)))
        self._place()

    def _measure(self) -> None:
        px = self._bench.theme.px
        for column, width in _WIDTHS.items():
            self.setColumnWidth(column, px(width))
        self.verticalHeader().setDefaultSectionSize(px(SPACE.row))
        self.verticalHeader().setFixedWidth(px(44))
        self._stretch()

    def _arrange(self) -> None:
        for header in (self.horizontalHeader(), self.verticalHeader()):
            header.setSectionsClickable(False)
            header.setHighlightSections(False)
            header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignCenter)
        self._measure()

    def _connect(self) -> None:
        self.editor.textEdited.connect(self._type)
        self.editor.moved.connect(self._move)
        self.editor.pasted.connect(self._paste)
        self.editor.left.connect(self.commit)
        self.offers.taken.connect(self._take)
        self.table.moved.connect(self._follow)
        self.selectionModel().currentChanged.connect(self._clicked)
        self._bench.theme.changed.connect(self._measure)


def _parts(text: str) -> tuple[str, str]:
    """Several names in a cell: those before the last one, and the last one, which is being typed."""
    at = max((text.rfind(each) for each in _SEPARATORS), default=-1) + 1
    return text[:at], text[at:]


class _Cells(QStyledItemDelegate):
    """What is carried down is soft; what is wrong has a sign and a line below it, and says why in its tooltip."""

    def __init__(self, theme: Theme, parent: OutreachGrid) -> None:
        super().__init__(parent)
        self._theme: Final = theme

    def initStyleOption(  # noqa: N802  # Qt's own name
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        super().initStyleOption(option, index)
        if index.data(SOFT_ROLE):
            palette: QPalette = option.palette  # type: ignore[attr-defined]  # the stubs leave the option's fields out
            palette.setColor(QPalette.ColorRole.Text, QColor(self._theme.colours.soft))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        super().paint(painter, option, index)
        if not index.data(PROBLEM_ROLE):
            return
        cell: QRect = option.rect  # type: ignore[attr-defined]  # as above
        px = self._theme.px
        painter.save()
        painter.setPen(QColor(self._theme.colours.accent))
        painter.setFont(self._theme.font(14, strong=True))
        painter.drawText(
            cell.adjusted(0, 0, -px(SPACE.tiny), 0), int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), "!"
        )
        painter.fillRect(cell.left(), cell.bottom() - px(1), cell.width(), px(2), QColor(self._theme.colours.accent))
        painter.restore()

"""The outreach grid as a table: a round, what it means line by line, and the way back through what was typed."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from app.domain.encounter import Party
from app.domain.met_words import Met
from app.domain.outreach_hand import Hand
from app.domain.outreach_line import CARRIED, Column, GridLine, LineRead
from app.domain.outreach_round import PastedLine, Register, Round
from app.domain.problems import Problem
from app.domain.values import Id
from app.domain.visit import Visit
from app.domain.visit_sheet import VisitSheet
from app.i18n import _
from app.messages import problem_told
from app.queries.outreach_offers import Offer

Index = QModelIndex | QPersistentModelIndex
PROBLEM_ROLE: Final = int(Qt.ItemDataRole.UserRole) + 1
"""What is wrong with a cell, in a sentence."""
SOFT_ROLE: Final = PROBLEM_ROLE + 1
"""Whether a cell only repeats the one above it."""

_KEPT: Final = 200  # readings of lines that were replaced since


def headings() -> tuple[str, ...]:
    """What stands above the columns."""
    return (_("Day"), _("Deputies"), _("Village"), _("Place"), _("Name"), _("How many"), _("What was raised"))


class OutreachTable(QAbstractTableModel):
    """Holds the round that is typed. What is wrong in a line is shown once it was left, or was asked for."""

    changed = Signal()
    """Something is another now."""
    moved = Signal(int, int)
    """The cursor belongs into this line and column: what was undone stands there."""

    def __init__(self, new_id: Callable[[], Id], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._new_id: Final = new_id
        self._reads: dict[int, tuple[GridLine, Visit, LineRead]] = {}
        self._headings: Final = headings()
        self._typing: tuple[int, Column] | None = None
        self._past: list[tuple[Round, int, Column]] = []
        self._undone: list[tuple[Round, int, Column]] = []
        self.strict = False
        self.round: Round | None = None
        self.hand: Hand | None = None

    # --- a round in, its meaning out

    def know(self, register: Register) -> None:
        """Read with another register from now on."""
        self.hand = Hand(register, self._new_id)
        self._reads = {}
        if self.round:
            self._put(self.hand.grouped(self.round))

    def show(self, round: Round) -> None:
        """Show another round; nothing of what was typed before can be undone in it."""
        self._past, self._undone, self._typing, self.strict, self._reads = [], [], None, False, {}
        self.beginResetModel()
        self.round = round
        self.endResetModel()

    def rest_on(self, round: Round) -> None:
        """The round as it was saved: going back behind it would undo what stands in the store."""
        strict = self.strict
        self.show(round)
        self.strict = strict

    def reads(self) -> list[LineRead]:
        """What each line means."""
        return [self.read(at) for at in range(self.rowCount())]

    def read(self, at: int) -> LineRead:
        """What a line means; found out once, since lines never change but are replaced."""
        line, visit = self.there.lines[at], self.there.visit_of(at)
        known = self._reads.get(id(line))
        if len(self._reads) > _KEPT + 4 * self.rowCount():
            self._reads = {}
        if known is None or known[0] is not line or known[1] is not visit:
            self._reads[id(line)] = known = (line, visit, self._hand.read_line(line, visit))
        return known[2]

    def sheets(self) -> tuple[VisitSheet, ...]:
        """The visits with their lines."""
        return self._hand.sheets(self.there, self.reads())

    def blocked(self) -> list[int]:
        """The lines that cannot be saved as they stand."""
        return [at for at, read in enumerate(self.reads()) if not self.there.lines[at].empty() and read.blocked()]

    @property
    def there(self) -> Round:
        """The round that is shown."""
        assert self.round is not None
        return self.round

    @property
    def _hand(self) -> Hand:
        assert self.hand is not None
        return self.hand

    # --- what is done

    def type(self, at: int, column: Column, text: str) -> None:
        """Another text in a cell; all that is typed into one cell without leaving it is undone at once."""
        if text == self.there.lines[at].texts[column]:
            return
        if self._typing != (at, column):
            self._remember(at, column)
            self._typing = (at, column)
        self._put(self._hand.typed(self.there, at, column, text))

    def leave(self, at: int, column: Column) -> None:
        """The cell is left."""
        if self._typing == (at, column):
            self._typing = None
            self._put(self._hand.left(self.there, at, column))

    def take(self, at: int, column: Column, offer: Offer) -> None:
        """Complete a cell; a person met before brings the village and, where nothing was said yet, that it is a household."""
        self._remember(at, column)
        round = self._hand.typed(self.there, at, column, offer.text)
        if column is Column.NAME:
            if offer.beside:
                round = self._hand.typed(round, at, Column.VILLAGE, offer.beside)
            if offer.party == Party.HOUSEHOLD and not round.lines[at].texts[Column.MANY].strip():
                round = self._hand.typed(round, at, Column.MANY, Met(Party.HOUSEHOLD).told())
        self._typing = None
        self._put(self._hand.left(round, at, column))

    def copy_down(self, at: int, column: Column) -> None:
        """The cell as the one above it."""
        if at:
            self._do(at, column, self._hand.copied(self.there, at, column))

    def insert(self, at: int, column: Column) -> None:
        """An empty line above this one."""
        self._do(at, column, self._hand.inserted(self.there, at))

    def remove(self, at: int, column: Column) -> None:
        """Take a line out."""
        self._do(at, column, self._hand.removed(self.there, at))

    def paste(self, at: int, column: Column, rows: Sequence[PastedLine]) -> None:
        """Rows of a table from this line on."""
        self._do(at, column, self._hand.pasted(self.there, at, rows))

    def set_visit(self, visit: Visit) -> None:
        """Another version of one of the visits."""
        if visit != self.there.visits[visit.id].visit:
            self.round = self.there.with_visit(visit)
            self.changed.emit()

    def undo(self) -> bool:
        """Go one step back; False where nothing was done."""
        return self._step(self._past, self._undone)

    def redo(self) -> bool:
        """Make the step again that was undone last."""
        return self._step(self._undone, self._past)

    def _step(self, source: list[tuple[Round, int, Column]], other: list[tuple[Round, int, Column]]) -> bool:
        if not source:
            return False
        round, at, column = source.pop()
        other.append((self.there, at, column))
        self._typing = None
        self._put(round)
        self.moved.emit(min(at, len(round.lines) - 1), column)
        return True

    def _do(self, at: int, column: Column, round: Round) -> None:
        self._remember(at, column)
        self._typing = None
        self._put(round)

    def _remember(self, at: int, column: Column) -> None:
        self._past.append((self.there, at, column))
        self._undone = []

    def _put(self, round: Round) -> None:
        """Show a changed round; only the number of lines can be another."""
        before, after, was = self.rowCount(), len(round.lines), self.round
        if after > before:
            self.beginInsertRows(QModelIndex(), before, after - 1)
        elif after < before:
            self.beginRemoveRows(QModelIndex(), after, before - 1)
        self.round = round
        if after > before:
            self.endInsertRows()
        elif after < before:
            self.endRemoveRows()
        if was is not None and was.visits is round.visits:
            self._redraw(was, round)
        else:
            self.refresh()
        self.changed.emit()

    def _redraw(self, was: Round, now: Round) -> None:
        """Draw the lines that are others now, and the one below them, which may have repeated them."""
        others = [at for at, (one, other) in enumerate(zip(was.lines, now.lines, strict=False)) if one is not other]
        if others:
            self.dataChanged.emit(self.index(others[0], 0), self.index(min(others[-1] + 1, self.rowCount() - 1), len(Column) - 1))

    def refresh(self) -> None:
        """Draw every cell anew."""
        self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, len(Column) - 1))

    # --- what the view asks

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, N802  # Qt's own signature
        return 0 if parent.isValid() or self.round is None else len(self.round.lines)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, N802  # Qt's own signature
        return 0 if parent.isValid() else len(Column)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        at, column = index.row(), Column(index.column())
        if role == Qt.ItemDataRole.DisplayRole:
            return " ".join(self.text(at, column).split())
        if role == Qt.ItemDataRole.ToolTipRole:
            return "\n".join(filter(None, (self.problem(at, column), self.text(at, column))))
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return "　".join(filter(None, (self.text(at, column), self.problem(at, column))))
        if role == PROBLEM_ROLE:
            return self.problem(at, column)
        if role == SOFT_ROLE:
            return column in CARRIED and at > 0 and self.text(at, column) == self.text(at - 1, column)
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: N802  # Qt's
        if role == Qt.ItemDataRole.DisplayRole:
            return self._headings[section] if orientation == Qt.Orientation.Horizontal else str(section + 1)
        if role == Qt.ItemDataRole.TextAlignmentRole and orientation == Qt.Orientation.Horizontal:
            return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        return None

    def text(self, at: int, column: Column) -> str:
        """What stands in a cell."""
        return self.there.lines[at].texts[column]

    def writable(self, at: int, column: Column) -> bool:
        """Whether a cell can be typed into; several matters of one person are told in one cell and changed elsewhere."""
        return column is not Column.RAISED or len(self.there.lines[at].line.issues) < 2

    def wrong(self, at: int, column: Column) -> tuple[Problem, ...]:
        """What is wrong with a cell; what is only missing is told once a person wants to save."""
        line = self.there.lines[at]
        if self._typing == (at, column) or (line.empty() and column not in line.own):
            return ()
        every = self.read(at).problems.get(column, ())
        return every if self.strict else tuple(each for each in every if each.code not in _MISSING)

    def problem(self, at: int, column: Column) -> str:
        """What is wrong with a cell in words."""
        return " ".join(problem_told(each) for each in self.wrong(at, column))

    def problems_of(self, at: int) -> Mapping[Column, tuple[Problem, ...]]:
        """What is wrong with a line, cell by cell."""
        return {column: found for column in Column if (found := self.wrong(at, column))}


_MISSING: Final = frozenset({"visitor_missing", "nobody_met"})

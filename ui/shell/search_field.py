"""The one search field: what was found stands below it while one types; Enter or a click opens it."""

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout

from app.domain.paper_code import ScannedPaper, read_code
from app.errors import AppError
from app.i18n import _, ngettext
from app.messages import explain, kind_told
from app.queries.prints import scanned_paper
from app.queries.search import Hit, SearchFilter, first_hits
from app.queries.search_results import search_total
from app.workspace import Workspace
from ui.background import Background
from ui.places import place_of
from ui.theme import SPACE
from ui.widgets.roles import label

_PAUSE: Final = 120  # milliseconds without a key; text that an input method is still composing never arrives here
_SHOWN: Final = 30
_LEAST, _MOST = 2, 9  # times its height is its width


class SearchField(QLineEdit):
    """Finds records by every phrase typed, exact from the first character; `picked` tells the one to open."""

    picked = Signal(object)
    all_wanted = Signal(str)
    """Everything that holds what is typed, as a list."""

    scanned = Signal(object)
    """What the code of a printed paper leads to, `ScannedPaper`."""

    def __init__(self, workspace: Callable[[], Workspace], background: Background) -> None:
        super().__init__()
        self._workspace = workspace
        self._background = background
        self.setPlaceholderText(_("Search: names, places, matters (Ctrl+K)"))
        self.setToolTip(_("Characters, figures, or the pinyin of a name or title. Ctrl+Enter: all results, with filters"))
        self.setAccessibleName(_("Search"))
        self.setClearButtonEnabled(True)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE)
        self._pause.timeout.connect(self._ask)
        self.textChanged.connect(lambda: self._pause.start())
        self._results = _Results(self)
        self._results.picked.connect(self._pick)
        self._results.all_wanted.connect(self._want_all)
        shortcut = QShortcut(QKeySequence("Ctrl+K"), self)
        shortcut.setContext(Qt.ShortcutContext.WindowShortcut)
        shortcut.activated.connect(self._begin)

    def minimumSizeHint(self) -> QSize:  # noqa: N802  # Qt's own name
        return super().minimumSizeHint().expandedTo(QSize(_LEAST * self.sizeHint().height(), 0))

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802  # Qt's own name
        super().changeEvent(event)
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.StyleChange}:
            self.setMaximumWidth(_MOST * self.sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  # Qt's own name
        key = event.key()
        if key in {Qt.Key.Key_Down, Qt.Key.Key_Up}:
            self._results.move_by(1 if key == Qt.Key.Key_Down else -1)
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self._want_all()
            else:
                self._results.take()
        elif key == Qt.Key.Key_Escape and (self._results.isVisible() or self.text()):
            self._results.hide()
            self.clear()
        else:
            super().keyPressEvent(event)

    def _begin(self) -> None:
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.selectAll()

    def _ask(self) -> None:
        typed = self.text()
        if not typed.strip():
            self._results.hide()
            return
        workspace = self._workspace()  # of whoever is at the keyboard now: what they may see is found
        if code := read_code(typed):
            self._background.ask(self, lambda: scanned_paper(workspace, code), self._lead, self._fail, topic="search")
            return
        self._background.ask(
            self, lambda: first_hits(workspace, typed, _SHOWN), lambda hits: self._show(typed, hits), self._fail, topic="search"
        )

    def _show(self, typed: str, hits: Sequence[Hit]) -> None:
        """Show what was found first; where there is more than is shown, how much is counted behind it."""
        if not self.text().strip():
            return
        if len(hits) < _SHOWN:
            self._results.show_hits(hits, _counted(len(hits)))
            return
        self._results.show_hits(hits, _("Counting …"))
        workspace, asked = self._workspace(), SearchFilter(typed=typed)
        self._background.ask(
            self,
            lambda: search_total(workspace, asked),
            lambda total: self._tell(typed, total),
            self._fail,
            topic="search: total",
        )

    def _tell(self, typed: str, total: int) -> None:
        if self.text() == typed:
            self._results.tell(_counted(total))

    def _lead(self, paper: ScannedPaper) -> None:
        self._results.hide()
        self.clear()
        self.scanned.emit(paper)

    def _fail(self, error: AppError) -> None:
        self._results.say(explain(error))

    def _want_all(self) -> None:
        typed = self.text().strip()
        self._results.hide()
        self._pause.stop()
        self.clear()
        self.all_wanted.emit(typed)

    def _pick(self, hit: Hit) -> None:
        self._results.hide()
        self.clear()
        self.picked.emit(hit)


class _Results(QFrame):
    """What was found, below the field; it never takes the focus from it."""

    picked = Signal(object)
    all_wanted = Signal()

    def __init__(self, field: SearchField) -> None:
        super().__init__(field.window(), Qt.WindowType.ToolTip)
        self._field = field
        self.setProperty("role", "card")
        self._count = label("", "small")
        self._list = QListWidget()
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setAccessibleName(_("Found"))
        self._list.itemClicked.connect(lambda _item: self.take())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE.small, SPACE.small, SPACE.small, SPACE.small)
        layout.addWidget(self._count)
        layout.addWidget(self._list)
        field.installEventFilter(self)
        self.hide()

    def show_hits(self, hits: Sequence[Hit], words: str) -> None:
        """Show what was found below a sentence, the first of it under the cursor."""
        self._list.clear()
        for hit in hits:
            item = QListWidgetItem("　".join(part for part in (kind_told(hit.kind), hit.title, hit.date or "") if part))
            item.setData(Qt.ItemDataRole.UserRole, hit)
            if place_of(hit.kind) is None:
                item.setFlags(Qt.ItemFlag.NoItemFlags)  # it is told, though no page shows it yet
            self._list.addItem(item)
        if hits:
            every = QListWidgetItem(_("All results, with filters (Ctrl+Enter)"))
            every.setForeground(self.palette().highlight())
            self._list.addItem(every)
        self._list.setCurrentRow(0)
        self.say(words)

    def tell(self, words: str) -> None:
        """Another sentence above what is shown."""
        self._count.setText(words)

    def say(self, words: str) -> None:
        """Show a sentence above the list."""
        self._count.setText(words)
        self._list.setVisible(self._list.count() > 0)
        self.setFixedWidth(max(self._field.width(), 420))
        self.adjustSize()
        self.move(self._field.mapToGlobal(QPoint(0, self._field.height() + SPACE.tiny)))
        self.show()

    def move_by(self, rows: int) -> None:
        """Move the cursor."""
        if self.isVisible() and self._list.count():
            self._list.setCurrentRow(min(max(self._list.currentRow() + rows, 0), self._list.count() - 1))

    def take(self) -> None:
        """Open what is under the cursor."""
        item = self._list.currentItem()
        if not self.isVisible() or not item or not item.flags() & Qt.ItemFlag.ItemIsEnabled:
            return
        if hit := item.data(Qt.ItemDataRole.UserRole):
            self.picked.emit(hit)
        else:
            self.all_wanted.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  # Qt's own name
        if event.type() in {QEvent.Type.FocusOut, QEvent.Type.Hide}:
            self.hide()
        return super().eventFilter(watched, event)


def _counted(total: int) -> str:
    return ngettext("{count} record found.", "{count} records found.", total).format(count=f"{total:,}")

"""The shelf beside the text: rules, the writing guide and whole examples, found by their words while one writes."""

from functools import partial
from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QLineEdit, QPushButton, QScrollArea, QVBoxLayout, QWidget

from app.domain.shelf import Board, Entry, look, marks, with_code
from app.errors import AppError
from app.i18n import N_, _, ngettext
from app.shelf import shelf
from ui.forms.keys_told import keyed
from ui.page import Workbench
from ui.theme import SPACE
from ui.widgets.card import Card
from ui.widgets.contents import take_out
from ui.widgets.elided_link import ElidedLink
from ui.widgets.flow import Flow
from ui.widgets.read_text import ReadText
from ui.widgets.roles import button, label
from ui.widgets.scrolled import scrolled

KEY: Final = "Ctrl+Shift+F"
_BOARDS: Final = {Board.RULES: N_("Rules"), Board.GUIDE: N_("Writing guide"), Board.EXAMPLES: N_("Examples")}
_PAUSE: Final = 150  # milliseconds without a key before the shelf is looked through
_LEAST: Final = 320  # pixels in height


class ShelfCard(Card):
    """A list of what is found, and one entry in full; Esc leads from the entry to the list and then away."""

    closed = Signal()

    def __init__(self, bench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(_("Shelf"), parent)
        self._bench: Final = bench
        self._entry: Entry | None = None
        self.words: Final = QLineEdit()
        self.words.setPlaceholderText(_("Find in rules, guide and examples"))
        self.words.setAccessibleName(_("Find in rules, guide and examples"))
        self.words.setClearButtonEnabled(True)
        self.boards: Final = {board: self._board(board) for board in Board}
        self.count: Final = label("", "small")
        self.back: Final = button(_("All entries"), "link")
        self.done: Final = button(_("Close"), "link")
        self.done.setToolTip(keyed(_("Close"), "Esc"))
        self.found: Final[list[tuple[str, ElidedLink]]] = []
        self._list = QVBoxLayout()
        self._list.setSpacing(SPACE.tiny)
        self.title: Final = label("", "strong", wrap=True)
        self.source: Final = label("", "small", wrap=True)
        self.text: Final = ReadText(bench.theme)
        self.see: Final = Flow(gap=SPACE.middle)
        self._reading = QWidget()
        self._room = QScrollArea()
        self._pause: Final = QTimer(self, singleShot=True, interval=_PAUSE)
        self._arrange()
        self.words.textChanged.connect(lambda _words: self._pause.start())
        self.words.returnPressed.connect(self._open_first)
        self._pause.timeout.connect(self.look)
        self.back.clicked.connect(self.show_list)
        self.done.clicked.connect(self.closed)
        bench.theme.changed.connect(self._measure)
        self.hide()

    def open_at(self, code: str = "") -> None:
        """Show it, at the entry of a code, else where it was left; the cursor is where one types what is sought."""
        self.show()
        if not self.found:
            self.look()
        if code:
            self.show_entry(code)
        self.words.setFocus()
        self.words.selectAll()

    def step_back(self) -> bool:
        """From an entry to the list; False where the list is shown."""
        if self._entry is None:
            return False
        self.show_list()
        return True

    def show_entry(self, code: str) -> None:
        """One entry in full, with what is sought marked in it."""
        entry = with_code(self._entries(), code)
        if entry is None:
            return
        self._entry = entry
        self.title.setText(entry.title)
        self.source.setText(f"{entry.source}（{entry.nature}）")
        self.text.show_text(entry.text, marks(entry.text, self.words.text()))
        take_out(self.see)
        for each in (with_code(self._entries(), other) for other in entry.see):
            if each:
                link = button(each.title, "link")
                link.clicked.connect(partial(self.show_entry, each.code))
                self.see.addWidget(link)
        self._turn()

    def show_list(self) -> None:
        """Everything that is found."""
        self._entry = None
        self._turn()
        self.words.setFocus()

    def look(self) -> None:
        """Find what is typed on the boards that are chosen; without words everything there is."""
        self._pause.stop()
        self._entry = None
        take_out(self._list)
        self.found.clear()
        chosen = {board for board, filter_ in self.boards.items() if filter_.isChecked()} or set(Board)
        typed, before = self.words.text(), None
        for each in look((entry for entry in self._entries() if entry.board in chosen), typed):
            if not typed and each.entry.board is not before:
                before = each.entry.board
                self._list.addWidget(label(_(_BOARDS[before]), "soft"))
            link = ElidedLink(each.entry.title)
            link.clicked.connect(partial(self.show_entry, each.entry.code))
            self.found.append((each.entry.code, link))
            self._list.addWidget(link)
            if typed:
                excerpt = ReadText(self._bench.theme, lines=1.5)
                excerpt.show_text(each.excerpt, marks(each.excerpt, typed))
                self._list.addWidget(excerpt)
        many = len(self.found)
        words = ngettext("{count} entry found", "{count} entries found", many).format(count=many)
        self.count.setText(words if many else _("Nothing found; try fewer words."))
        self._turn()

    def _entries(self) -> tuple[Entry, ...]:
        try:
            return shelf()
        except AppError as error:
            self._bench.feedback.fail(error)
            return ()

    def _open_first(self) -> None:
        self.look()
        if self.found:
            self.show_entry(self.found[0][0])

    def _turn(self) -> None:
        """Show the entry or the list, from its beginning."""
        reading = self._entry is not None
        self._reading.setVisible(reading)
        self._listing.setVisible(not reading)
        self.back.setVisible(reading)
        self.count.setVisible(not reading)
        self._room.verticalScrollBar().setValue(0)

    def _board(self, board: Board) -> QPushButton:
        made = button(_(_BOARDS[board]), "filter")
        made.setCheckable(True)
        made.toggled.connect(lambda _on: self.look())
        return made

    def _arrange(self) -> None:
        self.head.addWidget(self.back)
        self.head.addWidget(self.done)
        self.add(self.words)
        filters = Flow(gap=SPACE.small)
        for each in (*self.boards.values(), self.count):
            filters.addWidget(each)
        self.body.addLayout(filters)
        reading = QVBoxLayout(self._reading)
        reading.setContentsMargins(0, 0, 0, 0)
        reading.setSpacing(SPACE.small)
        for part in (self.title, self.source, self.text):
            reading.addWidget(part)
        reading.addLayout(self.see)
        self._listing = QWidget()
        self._listing.setLayout(self._list)
        self._list.setContentsMargins(0, 0, 0, 0)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, SPACE.small, 0)
        column.addWidget(self._reading)
        column.addWidget(self._listing)
        column.addStretch(1)
        scrolled(inside, self._room)
        self._room.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._room.setFrameShape(QFrame.Shape.NoFrame)
        self.add(self._room, 1)
        self._measure()

    def _measure(self) -> None:
        self.setMinimumHeight(self._bench.theme.px(_LEAST))

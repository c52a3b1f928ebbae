"""What a suggestion begins with, chosen in one place: nothing, a template, matters raised often, an activity, a file."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QPushButton

from app.domain.suggestion import SuggestionType
from app.errors import AppError
from app.i18n import _
from app.queries.recent_activities import RecentActivity, recent_activities
from ui.page import Workbench
from ui.theme import SPACE
from ui.widgets.card import Card
from ui.widgets.flow import Flow
from ui.widgets.roles import button, label
from ui.wording import word_of

_ROWS: Final = 6  # activities that show at once, where there is room
_FEWEST: Final = 2


class BeginCard(Card):
    """A row of choices over the list; Enter takes the first, Esc closes it."""

    empty = Signal()
    template = Signal(str)
    topics = Signal()
    activity = Signal(str)
    file = Signal()
    table = Signal()

    def __init__(self, bench: Workbench) -> None:
        super().__init__(_("What does it begin with?"), role="now")
        self._bench: Final = bench
        self.choices: Final[dict[str, QPushButton]] = {}
        row = Flow(gap=SPACE.small)
        words: tuple[tuple[str, str], ...] = (
            ("empty", _("An empty sheet")),
            *((each.value, _("Template: {kind}").format(kind=word_of(each))) for each in SuggestionType),
            ("topics", _("Matters raised often …")),
            ("activity", _("An activity …")),
            ("file", _("A Word or text file …")),
            ("table", _("A table of texts …")),
        )
        for name, told in words:
            self.choices[name] = button(told)
            row.addWidget(self.choices[name])
        self.beside: Final = label(_("From issues: choose them in the list of issues, and draft from there."), "small", wrap=True)
        self.none: Final = label(_("No activity is recorded yet."), "soft")
        self.activities: Final = QListWidget()
        self.activities.setAccessibleName(_("Activities"))
        self.activities.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.body.addLayout(row)
        for each in (self.beside, self.none, self.activities):
            self.add(each)
        self._connect()
        self.close_card()

    def open_card(self) -> None:
        """Show the choices, the first one under the finger."""
        self.none.hide()
        self.activities.hide()
        self.show()
        self.choices["empty"].setFocus()

    def close_card(self) -> None:
        """Hide the choices."""
        self.none.hide()
        self.activities.hide()
        self.hide()

    def _connect(self) -> None:
        for name, told in (("empty", self.empty), ("topics", self.topics), ("file", self.file), ("table", self.table)):
            self.choices[name].clicked.connect(lambda _checked=False, told=told: told.emit())
        for each in SuggestionType:
            self.choices[each.value].clicked.connect(lambda _checked=False, kind=each.value: self.template.emit(kind))
        self.choices["activity"].clicked.connect(self._ask)
        self.activities.itemClicked.connect(self._take)

    def _ask(self) -> None:
        workspace = self._bench.workspace
        self._bench.background.ask(self, lambda: recent_activities(workspace), self._show, self._fail, topic="activities")

    def _show(self, found: Sequence[RecentActivity]) -> None:
        self.activities.clear()
        for each in found:
            told = QListWidgetItem("　".join(part for part in (each.day, word_of(each.kind), each.title) if part))
            told.setData(Qt.ItemDataRole.UserRole, each.id)
            self.activities.addItem(told)
        self.none.setVisible(not found)
        self.activities.setVisible(bool(found))
        if found:
            high = self.activities.sizeHintForRow(0)
            self.activities.setMinimumHeight(min(len(found), _FEWEST) * high + SPACE.small)
            self.activities.setMaximumHeight(min(len(found), _ROWS) * high + SPACE.small)
            self.activities.setCurrentRow(0)
            self.activities.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  # Qt's own name
        chosen = self.activities.currentItem()
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.activities.hasFocus() and chosen:
            self._take(chosen)
        else:
            super().keyPressEvent(event)

    def _take(self, item: QListWidgetItem) -> None:
        self.activity.emit(str(item.data(Qt.ItemDataRole.UserRole)))

    def _fail(self, error: AppError) -> None:
        self._bench.feedback.fail(error)

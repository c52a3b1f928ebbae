"""The issues a suggestion stands on: opened by a click, added through a small search, taken away again."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from app.domain.values import Id
from app.errors import AppError
from app.i18n import _, ngettext
from app.queries.suggestion_grounds import Ground, Grounds, grounds_of, issues_to_add
from ui.page import Workbench
from ui.places import Place
from ui.theme import SPACE
from ui.widgets.card import Card
from ui.widgets.contents import take_out
from ui.widgets.elided_link import ElidedLink
from ui.widgets.roles import button, label

_PAUSE: Final = 150  # milliseconds without a key before the issues are looked up
_ROWS: Final = 6  # rows of the list that show at once


class GroundsCard(Card):
    """Which issues, in which order; `changed` tells that they are others."""

    changed = Signal()
    told = Signal(object)
    """What is known of the issues, as `Grounds`."""

    def __init__(self, bench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(_("Grounds"), parent)
        self._bench = bench
        self._ids: list[Id] = []
        self._frozen = False
        self.rows: Final = QVBoxLayout()
        self.rows.setSpacing(SPACE.tiny)
        self.sum: Final = label("", "small", wrap=True)
        self.add_button: Final = button(_("Add issues …"), "link")
        self.search: Final = QLineEdit()
        self.search.setPlaceholderText(_("Words of an issue"))
        self.search.setAccessibleName(_("Look for issues to add"))
        self.offers: Final = _Offers()
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE)
        self.body.addLayout(self.rows)
        for each in (self.sum, self.add_button, self.search, self.offers):
            self.add(each)
        self.add_button.clicked.connect(lambda: self.show_search(shown=self.search.isHidden()))
        self.search.textChanged.connect(lambda: self._pause.start())
        self.search.returnPressed.connect(self._take_first)
        self._pause.timeout.connect(self._ask_offers)
        self.offers.taken.connect(self._take)
        self.show_search(shown=False)

    def ids(self) -> tuple[Id, ...]:
        """The issues, in their order."""
        return tuple(self._ids)

    def show_ids(self, ids: Sequence[Id], grounds: Grounds | None = None) -> None:
        """Show these issues, without telling `changed`; asks what is known of them where nobody says it."""
        self._ids = list(ids)
        if grounds is None:
            self._ask()
        else:
            self._show(grounds)

    def freeze(self, *, frozen: bool) -> None:
        """Whether issues may be added and taken away."""
        self.add_button.setVisible(not frozen)
        self._frozen = frozen
        if frozen:
            self.show_search(shown=False)

    def show_search(self, *, shown: bool) -> None:
        """Open the search for issues, or close it."""
        self.search.setVisible(shown)
        self.offers.setVisible(shown)
        self.add_button.setText(_("Close") if shown else _("Add issues …"))
        if shown:
            self.search.setFocus()
            self._ask_offers()
        else:
            self.search.clear()

    def searching(self) -> bool:
        """Whether the search for issues is open."""
        return not self.search.isHidden()

    def _ask(self) -> None:
        workspace, ids = self._bench.workspace, tuple(self._ids)
        self._bench.background.ask(self, lambda: grounds_of(workspace, ids), self._show, self._fail, topic="grounds")

    def _show(self, grounds: Grounds) -> None:
        take_out(self.rows)
        for each in grounds.issues:
            self.rows.addWidget(self._row(each))
        many = len(grounds.issues)
        self.heading.setText(ngettext("Grounds: {count} issue", "Grounds: {count} issues", many).format(count=many))
        self.sum.setText(_sum(grounds) if many else _("No issue yet. A suggestion may also stand on its own."))
        self.told.emit(grounds)

    def _row(self, ground: Ground) -> QWidget:
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(SPACE.tiny)
        link = ElidedLink(ground.title)
        link.clicked.connect(lambda: self._bench.go(Place.ISSUES, ground.id))
        line.addWidget(link, 1)
        if not self._frozen:
            remove = button(_("Take out"), "link")
            remove.setAccessibleName(_("Take out {name}").format(name=ground.title))
            remove.clicked.connect(lambda: self._drop(ground.id))
            line.addWidget(remove)
        return row

    def _drop(self, id: Id) -> None:
        self._ids.remove(id)
        self.add_button.setFocus()
        self._altered()

    def _take(self, id: Id) -> None:
        self._ids.append(id)
        self._altered()
        self._ask_offers()
        self.search.setFocus()

    def _take_first(self) -> None:
        if id := self.offers.first():
            self._take(id)

    def _altered(self) -> None:
        self._ask()
        self.changed.emit()

    def _ask_offers(self) -> None:
        if not self.searching():
            return
        workspace, typed, ids = self._bench.workspace, self.search.text(), tuple(self._ids)
        self._bench.background.ask(
            self, lambda: issues_to_add(workspace, typed, ids), self.offers.show_offers, self._fail, topic="offers"
        )

    def _fail(self, error: AppError) -> None:
        self._bench.feedback.fail(error)


class _Offers(QListWidget):
    """Issues that may be added: a click or Enter takes one."""

    taken = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(_("Issues found"))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.itemClicked.connect(self._tell)

    def show_offers(self, grounds: Sequence[Ground]) -> None:
        """Show these, the first one chosen."""
        self.clear()
        for each in grounds:
            item = QListWidgetItem(each.title)
            item.setToolTip("　".join(part for part in (each.title, each.day, each.place) if part))
            item.setData(Qt.ItemDataRole.UserRole, each.id)
            self.addItem(item)
        self.setCurrentRow(0)
        height = self.sizeHintForRow(0) if self.count() else self.fontMetrics().height()
        self.setFixedHeight(min(max(self.count(), 1), _ROWS) * height + SPACE.small)

    def first(self) -> Id:
        """The one chosen, or nothing."""
        item = self.currentItem()
        return str(item.data(Qt.ItemDataRole.UserRole)) if item else ""

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  # Qt's own name
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.first():
            self.taken.emit(self.first())
            return
        super().keyPressEvent(event)

    def _tell(self, item: QListWidgetItem) -> None:
        self.taken.emit(str(item.data(Qt.ItemDataRole.UserRole)))


def _sum(grounds: Grounds) -> str:
    people = ngettext("{count} resident", "{count} residents", grounds.people).format(count=grounds.people)
    places = ngettext("{count} place", "{count} places", grounds.places).format(count=grounds.places)
    return _("Raised by {people}, at {places}").format(people=people, places=places) if grounds.places else people

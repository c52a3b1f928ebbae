"""What belongs together with an issue: what became part of it, what was said to be related, and what sounds alike."""

from functools import partial
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain.matters import Likeness
from app.domain.values import Id
from app.i18n import _
from app.queries.issue_card import IssueCard, Linked
from ui.page import Workbench
from ui.places import Place
from ui.theme import SPACE
from ui.widgets.card import Card
from ui.widgets.contents import take_out
from ui.widgets.elided_link import ElidedLink
from ui.widgets.roles import button, label


class RelatedCard(Card):
    """There where anything belongs to the issue; `judged` tells the other issue and that it is related no more."""

    judged = Signal(str, object)

    def __init__(self, bench: Workbench) -> None:
        super().__init__(_("Belonging together"))
        self._bench: Final = bench
        self._rows = QVBoxLayout()
        self._rows.setSpacing(SPACE.tiny)
        self.body.addLayout(self._rows)

    def show_card(self, card: IssueCard) -> None:
        """Show what belongs to this issue."""
        take_out(self._rows)
        if card.joined:
            self._rows.addWidget(
                label(_("Became part of this matter; its words, files and history stay with it"), "small", wrap=True)
            )
        for each in card.joined:
            self._rows.addWidget(self._link(each))
        if card.related:
            self._rows.addWidget(label(_("Related"), "small"))
        for each in card.related:
            self._rows.addWidget(self._related(each))
        self.setVisible(bool(card.joined or card.related))

    def _link(self, linked: Linked) -> ElidedLink:
        made = ElidedLink(linked.title or _("(no subject)"))
        made.clicked.connect(partial(self._go, linked.id))
        return made

    def _related(self, linked: Linked) -> QWidget:
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(SPACE.middle)
        apart = button(_("Not related"), "link")
        apart.setAccessibleName(_("Not related: {title}").format(title=linked.title))
        apart.clicked.connect(lambda: self.judged.emit(linked.id, Likeness.UNDECIDED))
        line.addWidget(self._link(linked), 1)
        line.addWidget(apart)
        return row

    def _go(self, id: Id, _checked: bool = False) -> None:
        self._bench.go(Place.ISSUES, id)

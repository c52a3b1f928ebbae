"""Records the body gave back: why, in its words, and the way to each of them."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.i18n import _
from app.messages import kind_told, said
from app.queries.reconciliation import Returned, StandingRecord
from ui.page import Workbench
from ui.places import place_of
from ui.theme import SPACE
from ui.widgets.card import Card
from ui.widgets.contents import take_out
from ui.widgets.roles import button, label

_SHOWN: Final = 8


class ReturnedCard(Card):
    """Hidden where nothing was given back."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__(_("Returned, to be mended"), role="now")
        self._bench = bench
        self._rows = QVBoxLayout()
        self._rows.setSpacing(SPACE.large)
        self.body.addLayout(self._rows)
        self.hide()

    def show_returned(self, records: Sequence[Returned]) -> None:
        """Show these; more than a few are behind their figure."""
        take_out(self._rows)
        for each in records[:_SHOWN]:
            self._rows.addWidget(self._row(each))
        if len(records) > _SHOWN:
            self._rows.addWidget(label(_("{count} more behind the figure above.").format(count=len(records) - _SHOWN), "soft"))
        self.setVisible(bool(records))

    def _row(self, returned: Returned) -> QWidget:
        row = QWidget()
        column = QVBoxLayout(row)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE.tiny)
        title = returned.title or kind_told(returned.kind)
        column.addWidget(label(title, "strong", wrap=True))
        reason = label(reason_told(returned), "soft", wrap=True)
        reason.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        column.addWidget(reason)
        if place := place_of(returned.kind):
            deed = button(_("Open"))
            deed.setAccessibleName(_("Open {title}").format(title=title))
            deed.clicked.connect(lambda: self._bench.go(place, returned.record))
            column.addWidget(deed, alignment=Qt.AlignmentFlag.AlignLeft)
        return row


def reason_told(returned: Returned | StandingRecord) -> str:
    """Why it was given back: the rule's sentence, and the body's own words where they have come."""
    sentence = said(returned.code, {})
    if returned.words in {"", sentence}:
        return sentence
    return "\n".join([sentence, _("The body says: {words}").format(words=returned.words)])

"""The history of a visit, a line a change."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.masking import masked_name
from app.domain.papers import ANONYMOUS
from app.i18n import N_, _, ngettext
from app.messages import blanks
from app.queries.visit_history import VisitChange
from ui.theme import SPACE
from ui.widgets.contents import take_out
from ui.widgets.roles import label
from ui.wording import moment_told

_EVENTS: Final[Mapping[str, str]] = {
    "first_saved": N_("entered"),
    "saved": N_("changed"),
    "removed": N_("removed"),
    "restored": N_("brought back"),
    "print": N_("printed"),
    "contact_shown": N_("contact shown in full"),
}


class HistoryLines(QWidget):
    """Who changed what when, the newest first."""

    def __init__(self, today: date) -> None:
        super().__init__()
        self._today: Final = today
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(SPACE.small)

    def show_changes(self, changes: Sequence[VisitChange]) -> None:
        """Show these."""
        take_out(self._column)
        for each in changes:
            self._column.addWidget(label(_what(each), "", wrap=True))
            told = (moment_told(each.at, today=self._today), each.operator, _fields(each))
            self._column.addWidget(label("　".join(part for part in told if part), "small", wrap=True))
        self._column.addStretch(1)


def _what(change: VisitChange) -> str:
    title = "" if change.kind == "visit" else change.title
    if change.files > 1:
        title = ngettext("{count} file", "{count} files", change.files).format(count=change.files)
    if change.kind == "encounter" and title != ANONYMOUS:
        title = masked_name(title)
    event = _EVENTS.get(change.event)
    return "　".join(part for part in (blanks.kind(change.kind, {}), title, _(event) if event else change.event) if part)


def _fields(change: VisitChange) -> str:
    return "、".join(blanks.field(each, {"kind": change.kind}) for each in change.fields)

"""Two versions of one record side by side: what stands here, and what somebody saved meanwhile."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout

from app.domain.records import Record
from app.domain.values import Id
from app.domain.visit_sheet import Seen, VisitSheet, with_record, without_record
from app.errors import AppError, Refused
from app.i18n import _
from app.messages import blanks, explain
from app.queries.visit_card import VisitCard, visit_card
from app.workspace import Workspace
from ui.page import Workbench
from ui.pages.visits.emptying import empty
from ui.theme import SPACE
from ui.widgets.roles import button, label

_LONGEST: Final = 120  # characters of a value that are shown


class StaleNotice(QFrame):
    """Asks which of two versions shall stand; `decided` tells the sheet with the one chosen, and what it rests on now."""

    decided = Signal(object, object)

    def __init__(self, bench: Workbench) -> None:
        super().__init__()
        self._bench: Final = bench
        self.names: Mapping[Id, str] = {}
        self._sheet: VisitSheet | None = None
        self._seen = Seen()
        self._theirs: Record | None = None
        self._id: Id = ""
        self.setProperty("role", "notice")
        self.setProperty("tone", "warning")
        self._words: Final = label("", "strong", wrap=True)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(SPACE.large)
        self._grid.setColumnStretch(1, 1)
        self._grid.setColumnStretch(2, 1)
        self.ours: Final = button(_("Keep what stands here"))
        self.theirs: Final = button(_("Take what was saved meanwhile"))
        self.ours.clicked.connect(self._keep_ours)
        self.theirs.clicked.connect(self._take_theirs)
        deeds = QHBoxLayout()
        deeds.addWidget(self.ours)
        deeds.addWidget(self.theirs)
        deeds.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE.middle, SPACE.middle, SPACE.middle, SPACE.middle)
        layout.setSpacing(SPACE.small)
        layout.addWidget(self._words)
        layout.addLayout(self._grid)
        layout.addLayout(deeds)
        self.hide()

    def ask(self, error: AppError, sheet: VisitSheet, seen: Seen) -> None:
        """Show what differs in the record that the error names, and ask which shall stand."""
        self._sheet, self._id = sheet, str(error.facts.get("id", ""))
        stands = error.facts.get("stands", ())
        self._seen = _resting(seen, self._id, tuple(stands) if isinstance(stands, Sequence) else ())
        self._words.setText(explain(error))
        workspace = self._bench.workspace
        self._bench.background.ask(
            self, lambda: _standing(workspace, sheet.visit.id), self._show_versions, self._bench.feedback.fail, topic="stale"
        )

    def _show_versions(self, card: VisitCard | None) -> None:
        if self._sheet is None:
            return
        ours = next((each for each in self._sheet.records() if each.id == self._id), None)
        self._theirs = card.seen.records.get(self._id) if card else None
        empty(self._grid)
        for column, heading in ((1, _("Here")), (2, _("Saved meanwhile"))):
            self._grid.addWidget(label(heading, "label"), 0, column)
        for row, (name, here, there) in enumerate(self._differences(ours, self._theirs), start=1):
            for column, words in enumerate((name, here, there)):
                cell = label(words, "small" if column == 0 else "", wrap=True)
                self._grid.addWidget(cell, row, column, Qt.AlignmentFlag.AlignTop)
        self.show()
        self.ours.setFocus()

    def _differences(self, ours: Record | None, theirs: Record | None) -> list[tuple[str, str, str]]:
        known = ours or theirs
        if known is None:
            return []
        if ours is None or theirs is None:
            removed = _("was removed")
            title = known.title() or blanks.kind(known.traits.name, {})
            return [(title, removed if ours is None else "", removed if theirs is None else "")]
        told = {"kind": known.traits.name}
        return [
            (blanks.field(name, told), self._value(getattr(ours, name)), self._value(getattr(theirs, name)))
            for name in known.traits.fields
            if getattr(ours, name) != getattr(theirs, name)
        ]

    def _value(self, value: Any) -> str:
        if isinstance(value, tuple):
            value = tuple(self.names.get(each, each) for each in value)
        return blanks.plain(value, {})[:_LONGEST] or "—"

    def _keep_ours(self) -> None:
        self.hide()
        if self._sheet is not None:
            self.decided.emit(self._sheet, self._seen)

    def _take_theirs(self) -> None:
        self.hide()
        if self._sheet is None:
            return
        if self._theirs is None:
            records = {id: each for id, each in self._seen.records.items() if id != self._id}
            self.decided.emit(without_record(self._sheet, self._id), Seen(records=records, heads=self._seen.heads))
            return
        seen = Seen(records={**self._seen.records, self._id: self._theirs}, heads=self._seen.heads)
        self.decided.emit(with_record(self._sheet, self._theirs), seen)


def _resting(seen: Seen, id: Id, heads: tuple[Id, ...]) -> Seen:
    """What was seen, with the heads of one record as they stand now."""
    return Seen(records=seen.records, heads={**seen.heads, id: heads})


def _standing(workspace: Workspace, visit: Id) -> VisitCard | None:
    try:
        return visit_card(workspace, visit)
    except Refused:
        return None  # the whole visit was removed meanwhile

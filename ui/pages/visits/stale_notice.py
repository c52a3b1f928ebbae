"""Which of two versions of a record of a visit shall stand: the one on the desk, or the one somebody saved meanwhile."""

from collections.abc import Mapping, Sequence
from typing import Final

from PySide6.QtCore import Signal

from app.domain.records import Record
from app.domain.values import Id
from app.domain.visit_sheet import Seen, VisitSheet, with_record, without_record
from app.errors import AppError, Refused
from app.i18n import _
from app.messages import blanks, explain
from app.queries.visit_card import VisitCard, visit_card
from app.workspace import Workspace
from ui.page import Workbench
from ui.widgets.versions_notice import Difference, VersionsNotice, differences


class StaleNotice(VersionsNotice):
    """`decided` tells the sheet with the version that was chosen, and what it rests on now."""

    decided = Signal(object, object)

    def __init__(self, bench: Workbench) -> None:
        super().__init__()
        self._bench: Final = bench
        self.names: Mapping[Id, str] = {}
        self._sheet: VisitSheet | None = None
        self._seen = Seen()
        self._theirs: Record | None = None
        self._id: Id = ""
        self._why = ""
        self.kept.connect(self._keep_ours)
        self.taken.connect(self._take_theirs)

    def meet(self, error: AppError, sheet: VisitSheet, seen: Seen) -> None:
        """Show what differs in the record that the error names, and ask which shall stand."""
        self._sheet, self._id, self._why = sheet, str(error.facts.get("id", "")), explain(error)
        stands = error.facts.get("stands", ())
        self._seen = _resting(seen, self._id, tuple(stands) if isinstance(stands, Sequence) else ())
        workspace = self._bench.workspace
        self._bench.background.ask(
            self, lambda: _standing(workspace, sheet.visit.id), self._show_versions, self._bench.feedback.fail, topic="stale"
        )

    def _show_versions(self, card: VisitCard | None) -> None:
        if self._sheet is None:
            return
        ours = next((each for each in self._sheet.records() if each.id == self._id), None)
        self._theirs = card.seen.records.get(self._id) if card else None
        self.ask(self._why, self._differences(ours, self._theirs))

    def _differences(self, ours: Record | None, theirs: Record | None) -> Sequence[Difference]:
        if ours and theirs:
            return differences(ours, theirs, self.names)
        if known := ours or theirs:
            removed, title = _("was removed"), known.title() or blanks.kind(known.traits.name, {})
            return [Difference(title, "" if ours else removed, "" if theirs else removed)]
        return ()

    def _keep_ours(self) -> None:
        if self._sheet is not None:
            self.decided.emit(self._sheet, self._seen)

    def _take_theirs(self) -> None:
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

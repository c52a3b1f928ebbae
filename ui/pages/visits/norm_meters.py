"""How far the deputies of a round are with their month, before and with what is being typed."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.domain.outreach_round import people_by_deputy
from app.domain.values import Id
from app.domain.visit import Visit
from app.domain.visit_sheet import VisitSheet
from app.i18n import _
from app.queries.norms import Progress, progress
from ui.page import Workbench
from ui.widgets.contents import take_out
from ui.widgets.flow import Flow
from ui.widgets.meter import Meter
from ui.widgets.roles import button, label
from ui.wording import month_words

_MOST: Final = 6


class NormMeters(QWidget):
    """A meter for each deputy of the month, or of the campaign, that the line under the cursor belongs to."""

    all_wanted = Signal()
    """Every deputy of the station, please."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__()
        self._bench: Final = bench
        self._asked: tuple[date, Id] | None = None
        self._progress: Progress | None = None
        self._shown: tuple[Id, ...] | None = None
        self.meters: dict[Id, Meter] = {}
        self._visit: Visit | None = None
        self._sheets: Sequence[VisitSheet] = ()
        self._stands: Sequence[VisitSheet] = ()
        self._when: Final = label("", "small")
        self._row: Final = Flow(self)
        self._all: Final = button(_("All deputies …"), "link")
        self._all.clicked.connect(self.all_wanted)

    def forget(self) -> None:
        """Ask anew what stands in the store."""
        self._asked = None

    def show_round(self, visit: Visit, sheets: Sequence[VisitSheet], stands: Sequence[VisitSheet]) -> None:
        """Show the deputies of a visit first, then the others of the sheets; `stands` is what of them was saved before."""
        self._visit, self._sheets, self._stands = visit, sheets, stands
        day = visit.on or self._bench.workspace.clock.today().date()
        wanted = (day.replace(day=1), visit.campaign)
        if wanted != self._asked:
            self._asked = wanted
            workspace = self._bench.workspace
            self._bench.background.ask(
                self, lambda: progress(workspace, *wanted), self._told, self._bench.feedback.fail, topic="norm"
            )
        else:
            self._show()

    def _told(self, found: Progress) -> None:
        self._progress = found
        self._shown = None
        self._show()

    def _show(self) -> None:
        if self._progress is None or self._visit is None:
            return
        found, known = self._progress, {each.deputy.id: each for each in self._progress.deputies}
        deputies = tuple(
            id for id in dict.fromkeys((*self._visit.deputies, *(id for each in self._sheets for id in each.visit.deputies)))
        )[:_MOST]
        if deputies != self._shown:
            self._make(deputies, {id: row.deputy.name for id, row in known.items()})
        before, now = (people_by_deputy(each, self._counts) for each in (self._stands, self._sheets))
        for id, meter in self.meters.items():
            done = known[id].done.people if id in known else 0
            meter.show_people(done, done - before.get(id, 0) + now.get(id, 0), found.norm.people)

    def _make(self, deputies: tuple[Id, ...], names: dict[Id, str]) -> None:
        found = self._progress
        assert found is not None
        self._row.removeWidget(self._when)
        self._row.removeWidget(self._all)
        take_out(self._row)
        self._shown = deputies
        self.meters = {id: Meter(self._bench.theme, names.get(id, "…")) for id in deputies}
        self._when.setText(found.campaign or month_words(found.first))
        for each in (self._when, *self.meters.values(), self._all):
            self._row.addWidget(each)
        self._when.setVisible(bool(deputies))

    def _counts(self, visit: Visit) -> bool:
        """Whether a visit counts for what is shown."""
        assert self._progress is not None
        assert self._asked is not None
        within = visit.on is not None and self._progress.first <= visit.on <= self._progress.last
        return within and (not self._asked[1] or visit.campaign == self._asked[1])

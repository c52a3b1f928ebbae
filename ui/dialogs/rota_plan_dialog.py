"""Several reception days at once: chosen, looked at as they would be, then saved."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from app.domain.rota import RotaPlan
from app.errors import AppError
from app.i18n import _, ngettext
from app.messages import explain
from app.queries.visit_words import VisitWords, visit_words
from app.use_cases.rota import Proposal, RotaSaved, plan_receptions, propose
from app.use_cases.rota_drafts import DRAFT, PLAN_KEY, rota_told, unsaved_plan
from ui.dialogs.foot import foot
from ui.dialogs.room import open_at
from ui.feedback import Feedback
from ui.forms.draft_keeper import DraftKeeper, offer_anew
from ui.forms.rota_form import RotaForm, usual_plan
from ui.models.page_table import Column, PageTable
from ui.page import Workbench
from ui.theme import SPACE
from ui.widgets.roles import button, label
from ui.widgets.scrolled import scrolled
from ui.widgets.table_view import TableView
from ui.wording import day_told, weekday_told

_SIZE: Final = 1000, 680
_PAUSE: Final = 250  # milliseconds after the last key before the days are counted anew


class RotaPlanDialog(QDialog):
    """A plan with its days beside it, kept until it is saved; `saved` tells the days that stand on the rota now."""

    saved = Signal(object)

    def __init__(self, bench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bench: Final = bench
        self._today: Final = bench.workspace.clock.today().date()
        self.setWindowTitle(_("Plan reception days"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        open_at(self, bench.theme, *_SIZE)
        self.form: Final = RotaForm(bench)
        self.feedback: Final = Feedback()
        self.table: Final[PageTable[Proposal]] = PageTable(self._columns(), self)
        self.view: Final = TableView(self.table, bench.theme)
        self.view.setAccessibleName(_("Days as they would be"))
        self.count: Final = label("", "small", wrap=True)
        self.save_button: Final = button(_("Put on the rota"), "primary")
        self.keeper: Final = DraftKeeper(bench, PLAN_KEY, DRAFT, lambda: rota_told(self.form.read()), self)
        self.pause: Final = QTimer(self, singleShot=True, interval=_PAUSE)
        self._arrange()
        self.pause.timeout.connect(self._propose)
        self.save_button.clicked.connect(self._save)
        workspace = bench.workspace
        ask = bench.background.ask
        ask(self, lambda: (visit_words(workspace), unsaved_plan(workspace)), self._begin, self._fail, topic="words")

    def done(self, result: int) -> None:
        if self.keeper.pending():
            self.keeper.keep_now()
        super().done(result)

    def _begin(self, found: tuple[VisitWords, RotaPlan | None]) -> None:
        known, kept = found
        usual = usual_plan(self._today, known.place)
        self.form.show_plan(kept or usual)
        self.form.changed.connect(self.pause.start)
        self.form.changed.connect(self.keeper.touch)
        if kept:
            offer_anew(self.feedback, lambda: self._anew(usual))
        self._propose()

    def _anew(self, usual: RotaPlan) -> None:
        self.form.show_plan(usual)
        self.keeper.discard()
        self._propose()

    def _propose(self) -> None:
        self.save_button.setEnabled(False)
        if self.form.problems():
            return
        workspace, plan = self._bench.workspace, self.form.read()
        self._bench.background.ask(self, lambda: propose(workspace, plan), self._show, self._refuse, topic="days")

    def _show(self, days: Sequence[Proposal]) -> None:
        self.table.show(len(days), days)
        free = sum(not each.taken for each in days)
        told = ngettext("{count} reception day would be added.", "{count} reception days would be added.", free)
        self.count.setText(told.format(count=free))
        self.save_button.setEnabled(free > 0)

    def _refuse(self, error: AppError) -> None:
        self.table.show(0, ())
        self.count.setText(explain(error))

    def _save(self) -> None:
        if self.pause.isActive():
            self.pause.stop()
        workspace, plan = self._bench.workspace, self.form.read()
        self.save_button.setEnabled(False)
        self._bench.background.do(self, lambda _progress: plan_receptions(workspace, plan), self._saved, self._fail)

    def _saved(self, saved: RotaSaved) -> None:
        self.keeper.discard()
        self.saved.emit(saved)
        self.accept()

    def _fail(self, error: AppError) -> None:
        self.feedback.fail(error)
        self.save_button.setEnabled(self.table.total > 0)

    def _columns(self) -> list[Column[Proposal]]:
        return [
            Column(heading=_("Day"), text=lambda each: day_told(each.day.on, today=self._today), width=8),
            Column(heading=_("Weekday"), text=lambda each: weekday_told(each.day.on), width=4, spare=1),
            Column(heading=_("Deputies"), text=lambda each: "、".join(each.names) or "—"),
            Column(heading=_("Remark"), text=self._remark, width=8, tone=lambda each: "warning" if each.taken else ""),
        ]

    def _remark(self, each: Proposal) -> str:
        if each.taken:
            return _("stands already")
        moved = each.day.moved_from
        return _("put off from {day}").format(day=day_told(moved, today=self._today)) if moved else ""

    def _arrange(self) -> None:
        columns = QHBoxLayout()
        columns.setSpacing(SPACE.large)
        columns.addWidget(scrolled(self.form), 1)
        columns.addWidget(self.view, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE.large, SPACE.large, SPACE.large, SPACE.large)
        layout.setSpacing(SPACE.middle)
        layout.addWidget(self.feedback)
        layout.addLayout(columns, 1)
        layout.addLayout(foot(self, self.save_button, self.count))

"""The trash: what was removed, what it held, and the way back."""

from collections.abc import Sequence
from functools import partial
from typing import ClassVar, Final

from PySide6.QtGui import QAction, QShowEvent

from app.i18n import N_, _, ngettext
from app.messages import field_told, kind_told
from app.queries.listing import Listing
from app.queries.trash import NEWEST_FIRST, Removed, RemovedCard, TrashSort, removed_card, trash
from app.use_cases.trash import Restored, restore
from ui.models.page_table import Column, PageTable
from ui.models.paging import Paging, Question
from ui.page import Page
from ui.pages.settings.section import Section
from ui.undoing import undo_change
from ui.widgets.card import Card
from ui.widgets.facts import Facts
from ui.widgets.history_lines import value_told
from ui.widgets.roles import label
from ui.widgets.table_view import TableView
from ui.wording import moment_told

_LEAST, _MOST = 3, 8  # rows in sight


class TrashSection(Section):
    """Removed records, the newest first, and below them the one under the cursor."""

    name: ClassVar[str] = N_("Trash")

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        today = self.bench.workspace.clock.today().date()
        self.restore_it: Final = page.action(_("Restore"), self.restore)
        self.table: Final = PageTable[Removed](
            (
                Column(heading=_("What"), text=what_told),
                Column(heading=_("Removed by"), text=lambda each: each.operator, width=5, spare=1),
                Column(
                    heading=_("Removed on"), text=lambda each: moment_told(each.at, today=today), width=9, by=TrashSort.REMOVED
                ),
            ),
            self,
            usual=NEWEST_FIRST,
        )
        self.view: Final = TableView(self.table, self.bench.theme)
        self.view.setAccessibleName(_("Trash"))
        self.view.remember_order(self.bench.settings, "trash")
        self.nothing: Final = label(
            _("The trash is empty. What is removed lies here and can be brought back."), "soft", wrap=True
        )
        self.card: Final = Card()
        self.title: Final = label("", "section", wrap=True)
        self.facts: Final = Facts()
        self.along: Final = label("", "soft", wrap=True)
        self._arrange()
        self._measure_rows()
        self._pages = Paging(self.table, self.view, self.bench.background, self._question, self._listed, self.fail, "trash")
        self.view.chosen.connect(self._ask_card)
        self.bench.theme.changed.connect(self._measure_rows)

    def actions_offered(self) -> Sequence[QAction]:
        return (self.restore_it,)

    def refresh(self) -> None:
        self._pages.refresh()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802  # Qt's own name
        super().showEvent(event)
        self.refresh()  # what is removed elsewhere concerns this part only while it is in sight

    def restore(self) -> None:
        """Bring the record under the cursor back, with what was removed along with it."""
        removed: Removed | None = self.view.current()
        if removed is None:
            return
        workspace, id = self.bench.workspace, removed.id
        self.bench.background.do(self, lambda _progress: restore(workspace, id), self._restored, self.fail)

    def _restored(self, done: Restored) -> None:
        many = len(done.records)
        words = ngettext("Brought back: {what}.", "Brought back: {what}, {count} records in all.", many)
        what = " · ".join(each for each in (kind_told(done.kind), done.title) if each)
        back = partial(undo_change, self.bench, self, done.id, rev=done.rev, then=lambda _done: self.refresh())
        self.bench.feedback.say(words.format(what=what, count=many), deed=_("Undo"), act=back)
        self.refresh()

    def _question(self) -> Question[Removed]:
        return partial(trash, self.bench.workspace, order=self.table.order)

    def _listed(self, found: Listing[Removed], anew: bool) -> None:
        there = found.total > 0
        for each in (self.view, self.card):
            each.setVisible(there)
        self.nothing.setVisible(not there)
        self.restore_it.setEnabled(there)
        self._measure_rows()
        self.view.select(0 if anew else min(max(self.view.currentIndex().row(), 0), found.total - 1))

    def _ask_card(self, removed: Removed) -> None:
        question = partial(removed_card, self.bench.workspace, removed.id)
        self.bench.background.ask(self, question, self._show_card, self.fail, topic="card")

    def _show_card(self, card: RemovedCard) -> None:
        kind = card.removed.kind
        self.title.setText(what_told(card.removed))
        self.facts.show_facts((field_told(kind, each.field), value_told(each.value)) for each in card.fields)
        told = "、".join(" ".join(part for part in (kind_told(kind), title) if part) for kind, title in card.along)
        self.along.setText(_("Comes back with it: {what}").format(what=told))
        self.along.setVisible(bool(card.along))

    def _arrange(self) -> None:
        listed = Card(_("Trash"))
        listed.add(self.nothing)
        listed.add(self.view)
        self.card.add(self.title)
        self.card.add(self.along)
        self.card.add(self.facts)
        self.add(listed, self.card)
        self.card.hide()
        self.end()

    def _measure_rows(self) -> None:
        header = self.view.horizontalHeader().sizeHint().height()
        rows = min(max(self.table.total, _LEAST), _MOST)
        self.view.setFixedHeight(rows * self.view.verticalHeader().defaultSectionSize() + header + 2)


def what_told(removed: Removed) -> str:
    """A removed record by its kind and its name."""
    return " · ".join(each for each in (kind_told(removed.kind), removed.title) if each)

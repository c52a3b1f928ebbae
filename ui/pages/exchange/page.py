"""The page of the exchange: an overview, and what one goes through from there; Esc leads back."""

from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from app.changes import Changes
from app.domain.papers import PaperName
from app.errors import AppError
from app.i18n import _, ngettext
from app.queries.reconciliation import Number
from app.use_cases.copies_seen import Changed, look_for_copies, note_copies
from app.use_cases.papers import Asked
from ui.page import Page, Workbench
from ui.pages.exchange.drives import drives
from ui.pages.exchange.enrolment_panel import EnrolmentPanel
from ui.pages.exchange.hand_in_panel import HandInPanel
from ui.pages.exchange.overview import Overview, Seen, seen
from ui.pages.exchange.standing_list import StandingList
from ui.pages.exchange.take_in_panel import TakeInPanel
from ui.pages.exchange.words import STANDINGS
from ui.widgets.offered import keys_follow

Panel = TypeVar("Panel", HandInPanel, TakeInPanel, EnrolmentPanel)


class ExchangePage(Page):
    """Handing in, taking in, and where every record stands between the two."""

    concerns = Changes.EXCHANGE | Changes.VISITS | Changes.ISSUES | Changes.SUGGESTIONS | Changes.PEOPLE | Changes.STATION

    def __init__(self, bench: Workbench) -> None:
        super().__init__(bench)
        self._seen: Seen | None = None
        self.overview = Overview(bench)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.overview)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.stack)
        self._back = self.action(_("Back"), self._leave, "Alt+Left")
        self._hand_in = self.action(_("Hand in"), lambda: self.begin("hand_in"), "Ctrl+E")
        self._take_in = self.action(_("Take receipts in"), lambda: self.begin("take_in"), "Ctrl+I")
        self._write = self.action(_("Write it out"), lambda: self.hand_in.start(), "Ctrl+Return")
        self._take_all = self.action(_("Take everything in"), lambda: self.take_in.start(), "Ctrl+Return")
        self._request = self.action(_("Make an enrolment request …"), lambda: self.enrolment.choose_folder(), "Ctrl+Return")
        self._statement = self.action(_("Statement …"), self._print_statement, "Ctrl+P")
        self._done = self.action(_("Done"), self._leave, "Ctrl+Return")
        self._connect()

    # --- made when somebody needs them

    @cached_property
    def hand_in(self) -> HandInPanel:
        """Where a package is written to a stick."""
        panel = self._added(HandInPanel(self.bench))
        panel.arrivals_wanted.connect(lambda: self.begin("take_in"))
        panel.enrolment_wanted.connect(lambda: self.begin("enrol"))
        return panel

    @cached_property
    def take_in(self) -> TakeInPanel:
        """Where receipts and replies are taken in."""
        return self._added(TakeInPanel(self.bench))

    @cached_property
    def enrolment(self) -> EnrolmentPanel:
        """Where this computer is enrolled."""
        panel = self._added(EnrolmentPanel(self.bench))
        panel.arrivals_wanted.connect(lambda: self.begin("take_in"))
        return panel

    @cached_property
    def list(self) -> StandingList:
        """The records that stand at one place between here and the body."""
        made = StandingList(self.bench)
        self.stack.addWidget(made)
        return made

    def _added(self, panel: Panel) -> Panel:
        self.stack.addWidget(panel)
        panel.changed.connect(self._furnish)
        return panel

    def prepare(self) -> Iterator[QWidget]:
        yield self.hand_in
        yield self.take_in
        yield self.enrolment
        yield self.list

    # --- what the window asks

    def heading(self) -> str:
        match self.stack.currentWidget():
            case HandInPanel():
                return _("Hand in")
            case TakeInPanel():
                return _("Take receipts in")
            case EnrolmentPanel():
                return _("Trust and enrolment")
            case StandingList() as shown:
                return _(STANDINGS.get(shown.where, ""))
            case _other:
                return _("Exchange")

    def actions_offered(self) -> Sequence[QAction]:
        match self.stack.currentWidget():
            case HandInPanel() as panel:
                return [self._done] if panel.done else [self._back, self._write]
            case TakeInPanel():
                return [self._back, self._take_all]
            case EnrolmentPanel():
                return [self._back, self._request]
            case StandingList() as shown:
                return [self._back, self._hand_in if shown.where == "never_sent" else self._take_in]
            case _overview:
                return [self._statement, self._take_in, self._hand_in]

    def refresh(self) -> None:
        workspace = self.bench.workspace
        self.bench.background.ask(self, lambda: seen(workspace), self._show, self._fail, topic="seen")
        self.bench.background.ask(self, lambda: look_for_copies(workspace, _sticks()), self._note, self._fail, topic="copies")
        if isinstance(shown := self.stack.currentWidget(), StandingList | HandInPanel):
            shown.refresh()

    def _note(self, changed: tuple[Changed, ...]) -> None:
        """A copy that has gone from its stick, or is there again, is remembered; nothing where none is."""
        workspace = self.bench.workspace
        if changed and workspace.writable:
            self.bench.background.do(self, lambda _progress: note_copies(workspace, changed), lambda _noted: None, self._fail)

    def begin(self, deed: str) -> None:
        """`hand_in`, `take_in` or `enrol`."""
        match deed:
            case "hand_in":
                self._begin(self.hand_in)
            case "take_in":
                self._begin(self.take_in)
            case "enrol":
                self._begin(self.enrolment)

    def bring(self, paths: Sequence[Path]) -> None:
        self._begin(self.take_in)
        self.take_in.look(paths)

    def _begin(self, panel: HandInPanel | TakeInPanel | EnrolmentPanel) -> None:
        self._go(panel)
        panel.begin()

    def go_back(self) -> bool:
        if self.stack.currentWidget() is self.overview:
            return False
        self._leave()
        return True

    def _leave(self) -> None:
        self._go(self.overview)
        self.refresh()  # a hand-in that failed has sealed something all the same

    def _go(self, view: QWidget) -> None:
        if isinstance(left := self.stack.currentWidget(), HandInPanel):
            left.leave()
        self.stack.setCurrentWidget(view)
        self._furnish()
        view.setFocus()

    def _copy(self, number: Number) -> None:
        self._go(self.hand_in)
        self.hand_in.begin(number)

    def _open_door(self, where: str) -> None:
        self.list.show_where(where)
        self._go(self.list)

    def _print_statement(self) -> None:
        from ui.dialogs.paper_dialog import PaperDialog  # its libraries are loaded when somebody prints

        PaperDialog(self.bench, Asked(name=PaperName.STATEMENT), self).open()

    def _show(self, found: Seen) -> None:
        self._seen = found
        self.overview.show_seen(found)
        self._furnish()

    def _fail(self, error: AppError) -> None:
        self.bench.feedback.fail(error)

    def _furnish(self) -> None:
        if self._seen:
            count = self._seen.outgoing.total
            words = ngettext("Hand {count} in", "Hand {count} in", count).format(count=f"{count:,}")
            self._hand_in.setText(words if count else _("Hand in"))
            self._hand_in.setEnabled(not self._seen.outgoing.nothing)
        self._back.setEnabled(True)
        match self.stack.currentWidget():
            case HandInPanel() as panel:
                self._write.setEnabled(panel.ready)
                self._write.setText(_("Write to the stick") if panel.target.on_stick else _("Write to the folder"))
                self._back.setEnabled(not panel.running)
            case TakeInPanel() as panel:
                self._take_all.setEnabled(panel.ready)
                words = _("Take all {count} in").format(count=panel.new) if panel.new else _("Take everything in")
                self._take_all.setText(words)
                self._back.setEnabled(not panel.running)
        keys_follow(self)
        self.furniture_changed.emit()

    def _connect(self) -> None:
        self.overview.door_opened.connect(self._open_door)
        self.overview.questions.copy_wanted.connect(self._copy)
        self.overview.number.copy_wanted.connect(self._copy)
        self.overview.trust.opened.connect(lambda: self.begin("enrol"))


def _sticks() -> tuple[Path, ...]:
    return tuple(each.folder for each in drives(writable=False))

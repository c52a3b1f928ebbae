"""The page of the exchange: an overview, and what one goes through from there; Esc leads back."""

from collections.abc import Mapping, Sequence

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from app.changes import Changes
from app.errors import AppError
from app.i18n import _, ngettext
from app.queries.reconciliation import Number
from ui.page import Page, Workbench
from ui.pages.exchange.enrolment_panel import EnrolmentPanel
from ui.pages.exchange.hand_in_panel import HandInPanel
from ui.pages.exchange.overview import Overview, Seen, seen
from ui.pages.exchange.standing_list import StandingList
from ui.pages.exchange.take_in_panel import TakeInPanel
from ui.pages.exchange.words import STANDINGS
from ui.widgets.offered import keys_follow


class ExchangePage(Page):
    """Handing in, taking in, and where every record stands between the two."""

    concerns = Changes.EXCHANGE | Changes.VISITS | Changes.ISSUES | Changes.SUGGESTIONS | Changes.PEOPLE | Changes.STATION

    def __init__(self, bench: Workbench) -> None:
        super().__init__(bench)
        self._seen: Seen | None = None
        self.overview = Overview(bench)
        self.hand_in = HandInPanel(bench)
        self.take_in = TakeInPanel(bench)
        self.enrolment = EnrolmentPanel(bench)
        self.list = StandingList(bench)
        self.stack = QStackedWidget()
        for each in (self.overview, self.hand_in, self.take_in, self.enrolment, self.list):
            self.stack.addWidget(each)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.stack)
        self._back = self.action(_("Back"), self._leave, "Alt+Left")
        self._hand_in = self.action(_("Hand in"), lambda: self.begin("hand_in"), "Ctrl+E")
        self._take_in = self.action(_("Take receipts in"), lambda: self.begin("take_in"), "Ctrl+I")
        self._write = self.action(_("Write it out"), self.hand_in.start, "Ctrl+Return")
        self._take_all = self.action(_("Take everything in"), self.take_in.start, "Ctrl+Return")
        self._request = self.action(_("Make an enrolment request …"), self.enrolment.choose_folder, "Ctrl+Return")
        self._done = self.action(_("Done"), self._leave, "Ctrl+Return")
        self._connect()

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
        shown = self.stack.currentWidget()
        if shown is self.hand_in:
            return [self._done] if self.hand_in.done else [self._back, self._write]
        if shown is self.take_in:
            return [self._back, self._take_all]
        if shown is self.enrolment:
            return [self._back, self._request]
        if shown is self.list:
            return [self._back, self._hand_in if self.list.where == "never_sent" else self._take_in]
        return [self._take_in, self._hand_in]

    def refresh(self) -> None:
        workspace = self.bench.workspace
        self.bench.background.ask(self, lambda: seen(workspace), self._show, self._fail, topic="seen")
        if self.stack.currentWidget() is self.list:
            self.list.refresh()
        elif self.stack.currentWidget() is self.hand_in:
            self.hand_in.refresh()

    def begin(self, deed: str) -> None:
        """`hand_in`, `take_in` or `enrol`."""
        panels: Mapping[str, HandInPanel | TakeInPanel | EnrolmentPanel] = {
            "hand_in": self.hand_in,
            "take_in": self.take_in,
            "enrol": self.enrolment,
        }
        if panel := panels.get(deed):
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
        self.hand_in.leave()
        self.stack.setCurrentWidget(view)
        self._furnish()
        view.setFocus()

    def _copy(self, number: Number) -> None:
        self._go(self.hand_in)
        self.hand_in.begin(number)

    def _open_door(self, where: str) -> None:
        self.list.show_where(where)
        self._go(self.list)

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
        self._write.setEnabled(self.hand_in.ready)
        self._write.setText(_("Write to the stick") if self.hand_in.target.on_stick else _("Write to the folder"))
        self._back.setEnabled(not self.hand_in.running and not self.take_in.running)
        self._take_all.setEnabled(self.take_in.ready)
        new = self.take_in.new
        self._take_all.setText(_("Take all {count} in").format(count=new) if new else _("Take everything in"))
        keys_follow(self)
        self.furniture_changed.emit()

    def _connect(self) -> None:
        self.overview.door_opened.connect(self._open_door)
        self.overview.number.copy_wanted.connect(self._copy)
        self.overview.trust.opened.connect(lambda: self.begin("enrol"))
        for panel in (self.hand_in, self.take_in, self.enrolment):
            panel.changed.connect(self._furnish)
        for panel in (self.hand_in, self.enrolment):
            panel.arrivals_wanted.connect(lambda: self.begin("take_in"))
        self.hand_in.enrolment_wanted.connect(lambda: self.begin("enrol"))

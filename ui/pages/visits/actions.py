"""What can be done in the place of receptions and outreach, view by view, with the keys for it."""

from collections.abc import Callable, Sequence
from typing import Final, Protocol

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from app.i18n import _, ngettext
from ui.ledgers.import_panel import ImportPanel
from ui.pages.visits.activity import ActivityDesk
from ui.pages.visits.campaigns import CampaignsView
from ui.pages.visits.desk import ReceptionDesk
from ui.pages.visits.norms import NormView
from ui.pages.visits.outreach import OutreachSheet
from ui.pages.visits.review import Review
from ui.pages.visits.rota import RotaView


class Acting(Protocol):
    """What the actions ask of the page: its views, and the deeds that begin in them."""

    @property
    def desk(self) -> ReceptionDesk: ...
    @property
    def outreach(self) -> OutreachSheet: ...
    @property
    def activity(self) -> ActivityDesk: ...
    @property
    def rota(self) -> RotaView: ...
    @property
    def imports(self) -> ImportPanel: ...
    def begin(self, deed: str) -> None: ...
    def back_to_desk(self) -> None: ...
    def go_back(self) -> bool: ...
    def action(self, words: str, act: Callable[[], None], keys: str = "") -> QAction: ...


class VisitActions:
    """The actions of the page; `offered` are those of the view that is in sight."""

    def __init__(self, page: Acting) -> None:
        self._page: Final = page
        self.every: Final[list[QAction]] = []
        made = self._made
        self.reception: Final = made(_("Start a reception"), lambda: page.begin("reception"), "Ctrl+N")
        self.outreach: Final = made(_("Enter outreach"), lambda: page.begin("outreach"), "Ctrl+Shift+N")
        self.activity: Final = made(_("Enter an activity"), lambda: page.begin("activity"), "Ctrl+Shift+A")
        self.to_rota: Final = made(_("Rota"), lambda: page.begin("rota"), "Ctrl+R")
        self.plan: Final = made(_("Plan reception days …"), lambda: page.rota.plan(), "Ctrl+N")
        self.slip: Final = made(_("Print the slip"), lambda: page.desk.print_slip(), "Ctrl+Shift+P")
        self.print: Final = made(_("Print the form"), lambda: page.desk.print_form(), "Ctrl+P")
        self.look_over: Final = made(_("End and look over"), lambda: page.desk.review(), "Ctrl+Shift+Return")
        self.mend: Final = made(_("Back to the desk"), page.back_to_desk)
        self.end: Final = made(_("End the reception"), lambda: page.desk.end(), "Ctrl+Return")
        self.leave: Final = made(_("Back"), lambda: (page.go_back(), None)[1])
        self.finish: Final = made(_("Save the round"), lambda: page.outreach.end(), "Ctrl+Return")
        self.finish_activity: Final = made(_("Save the activity"), lambda: page.activity.end(), "Ctrl+Return")
        self.papers: Final = made(_("Print …"), lambda: page.begin("papers"), "Ctrl+P")
        self.open_import: Final = made(_("Take in a spreadsheet"), lambda: page.begin("import"))
        self.take_in: Final = made(_("Take in"), lambda: page.imports.take_in(), "Ctrl+Return")

    def offered(self, shown: QWidget | None) -> Sequence[QAction]:
        """What can be done there, the most likely last."""
        match shown:
            case ReceptionDesk():
                return (self.slip, self.print, self.look_over)
            case Review():
                return (self.mend, self.end)
            case OutreachSheet():
                return (self.leave, self.finish)
            case ActivityDesk():
                return (self.leave, self.finish_activity)
            case CampaignsView() as campaigns:
                return (self.leave, *campaigns.actions_offered())
            case RotaView():
                return (self.leave, self.plan)
            case NormView():
                return (self.leave, self.outreach)
            case ImportPanel():
                return (self.leave, self.take_in)
            case _front:
                return (self.to_rota, self.open_import, self.papers, self.activity, self.outreach, self.reception)

    def offer_rows(self, many: int) -> None:
        """Let a log be taken in where something of it would be."""
        words = ngettext("Take in {count} row", "Take in {count} rows", many).format(count=many)
        self.take_in.setText(words if many else _("Take in"))
        self.take_in.setEnabled(many > 0)

    def _made(self, words: str, act: Callable[[], None], keys: str = "") -> QAction:
        action = self._page.action(words, act, keys)
        self.every.append(action)
        return action

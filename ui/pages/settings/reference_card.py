"""The reference data of the body: which version is in force, from whom, since when, what it holds; and setting it back."""

from typing import Final

from app.domain.reference_data import ReferenceData
from app.errors import AppError
from app.i18n import _, ngettext
from app.messages import explain
from app.messages.arrivals import set_back_told
from app.queries.reference import ReferenceCard as Present
from app.use_cases.reference import SetBack, set_back
from ui.feedback import Tone
from ui.page import Page
from ui.theme import SPACE
from ui.widgets.card import Card
from ui.widgets.flow import Flow
from ui.widgets.notice import Notice
from ui.widgets.roles import button, label
from ui.wording import day_of, day_told


class ReferenceCard(Card):
    """Shown as it stands; it comes with what is taken in at the exchange."""

    def __init__(self, page: Page) -> None:
        super().__init__(_("Reference data of the body"))
        self._page: Final = page
        self.told: Final = label("", "", wrap=True)
        self.holds: Final = label("", "soft", wrap=True)
        self.back: Final = button(_("Set this version back"), "link")
        self.notice: Final = Notice()
        words = _(
            "Calendars, handling units and categories that the receiving body signs for its stations. They go before what the "
            "program brought; what the station entered itself goes before them."
        )
        for each in (label(words, "soft", wrap=True), self.told, self.holds):
            self.add(each)
        line = Flow(gap=SPACE.small)
        line.addWidget(self.back)
        self.body.addLayout(line)
        self.add(self.notice)
        self.back.clicked.connect(self.set_back)

    def show_present(self, present: Present | None, *, may: bool) -> None:
        """Show what is in force; `may` says whether it may be set back here."""
        self.holds.setVisible(present is not None)
        self.back.setVisible(present is not None and may)
        if present is None:
            self.told.setText(_("The body has sent none yet; what the program brought holds. It comes with the receipts."))
            return
        words = _("Version {version} of {body}, signed on {issued}, taken in on {taken}.")
        today = self._page.bench.workspace.clock.today().date()
        days = {
            "issued": day_told(present.issued_on, today=today) if present.issued_on else "",
            "taken": day_told(day_of(present.taken), today=today),
        }
        self.told.setText(words.format(version=present.version, body=present.body, **days))
        self.holds.setText(_holds(present.data))

    def set_back(self) -> None:
        """Let the version before hold again."""
        bench = self._page.bench
        workspace = bench.workspace
        bench.background.do(self._page, lambda _progress: set_back(workspace), self._done, self._refused)

    def _done(self, back: SetBack) -> None:
        self.notice.say("", Tone.INFORMATION)
        self._page.bench.feedback.say(set_back_told(back.version, back.now, back.moved))
        self._page.refresh()

    def _refused(self, error: AppError) -> None:
        self.notice.say(explain(error), Tone.WARNING)


def _holds(data: ReferenceData) -> str:
    years = "、".join(str(each.year) for each in data.years)
    parts = (
        _("calendars of {years}").format(years=years) if years else "",
        ngettext("{count} unit", "{count} units", len(data.units)).format(count=len(data.units)) if data.units else "",
        ngettext("{count} category", "{count} categories", len(data.categories)).format(count=len(data.categories))
        if data.categories
        else "",
    )
    return _("It holds {parts}.").format(parts="；".join(filter(None, parts)) or _("nothing"))

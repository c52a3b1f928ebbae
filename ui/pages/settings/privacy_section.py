"""Personal data: what is held of a resident, how long records are kept, and the purge of what is over."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QComboBox, QFileDialog, QGridLayout, QWidget

from app.domain.erasure import PurgeReport
from app.domain.retention import FOR_EVER, RetentionClass, Rule
from app.domain.rights import Right, Rights
from app.i18n import N_, _, ngettext
from app.messages.erasure import purge_told
from app.queries.retention import retention_rules
from app.queries.rights import rights
from app.use_cases.retention import Purged, YearsKept, keep_years, purge, purge_preview, save_report
from app.workspace import Workspace
from ui.feedback import Tone
from ui.page import Page
from ui.pages.settings.person_card import PersonCard
from ui.pages.settings.plain_card import PlainCard
from ui.pages.settings.section import Section
from ui.theme import SPACE
from ui.widgets.card import Card
from ui.widgets.notice import Notice
from ui.widgets.roles import button, label
from ui.wording import word_of

_YEARS: Final = (1, 2, 3, 5, 10, 15, 20, 30, 50, FOR_EVER)


@dataclass(frozen=True, slots=True)
class _Laid:
    """What the part shows."""

    rules: Mapping[RetentionClass, Rule]
    rights: Rights


class PrivacySection(Section):
    """Four cards; who may not use them reads who may."""

    name = N_("Personal data")

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self.person: Final = PersonCard(self.bench)
        self.plain: Final = PlainCard(self.bench)
        self.years: Final = {each: QComboBox() for each in RetentionClass}
        self.look: Final = button(_("See what is over"))
        self.notice: Final = Notice()
        self.not_yours: Final = label(_("The station head deals with personal data."), "soft", wrap=True)
        self._kept = Card(_("How long records are kept"))
        self._over = Card(_("Purge what is over"))
        self._arrange()
        self.look.clicked.connect(self.preview)
        self.person.asks.connect(self._bring_in_sight)

    def refresh(self) -> None:
        workspace = self.bench.workspace
        question = partial(_laid, workspace)
        self.bench.background.ask(self, question, self._show, self.fail, topic="privacy")

    def preview(self) -> None:
        """Say what a purge would erase today, and ask."""
        workspace = self.bench.workspace
        self.bench.background.ask(self, lambda: purge_preview(workspace), self._ask, self.fail, topic="purge")

    def choose_years(self, of: RetentionClass) -> None:
        """Keep a class as long as was chosen."""
        workspace, years = self.bench.workspace, int(self.years[of].currentData())
        self.bench.background.do(self, lambda _progress: keep_years(workspace, {of: years}), self._years_kept, self.fail)

    def purge_now(self) -> None:
        """Erase what is over."""
        workspace = self.bench.workspace
        self.notice.say("", Tone.INFORMATION)
        self.bench.background.do(
            self, lambda progress: purge(workspace, progress), self._purged, self.fail, title=_("Purge what is over")
        )

    def save_now(self, report: PurgeReport) -> None:
        """Write the report to a file that a person names."""
        proposed = str(Path(self.bench.settings.last_folder) / _("purge report.csv"))
        chosen, _filter = QFileDialog.getSaveFileName(self, _("Save the report"), proposed, "CSV (*.csv)")
        if chosen:
            path = Path(chosen)
            self.bench.background.do(self, lambda _progress: save_report(report, path), self._saved, self.fail)

    def _show(self, laid: _Laid) -> None:
        for of, box in self.years.items():
            at = box.findData(laid.rules[of].years)
            if at < 0:  # a number that the command line was given
                box.addItem(_years_told(laid.rules[of].years), laid.rules[of].years)
                at = box.count() - 1
            box.setCurrentIndex(at)
            box.setEnabled(laid.rights.may(Right.SETTINGS))
        may = laid.rights.may(Right.PRIVACY)
        for card in (self.person, self._over):
            card.setVisible(may)
        self.plain.setVisible(laid.rights.may(Right.EXPORT))
        self.not_yours.setVisible(not may)

    def _bring_in_sight(self, widget: QWidget) -> None:
        QTimer.singleShot(0, widget, lambda: self.ensureWidgetVisible(widget))  # once it has its height

    def _ask(self, report: PurgeReport) -> None:
        words = "\n".join(purge_told(report, rehearsal=True))
        if not report.records:
            self.notice.say(_("Nothing is over its years."), Tone.OK)
            return
        deeds = ((_("Purge"), self.purge_now), (_("Leave as it was"), lambda: self.notice.say("", Tone.INFORMATION)))
        self.notice.say("\n".join([words, _("This cannot be undone.")]), Tone.WARNING, deeds)

    def _purged(self, done: Purged) -> None:
        words = "\n".join(purge_told(done.report, rehearsal=False))
        self.notice.say(words, Tone.OK, ((_("Save the report …"), lambda: self.save_now(done.report)),))

    def _saved(self, path: Path) -> None:
        self.bench.feedback.say(_("The report is saved: {file}").format(file=path))

    def _years_kept(self, _kept: YearsKept) -> None:
        self.bench.feedback.say(_("Saved."))

    def _arrange(self) -> None:
        told = _(
            "Counted in whole calendar years after the matter's last day. What is still being handled is kept however old it is."
        )
        self._kept.add(label(told, "soft", wrap=True))
        grid = QGridLayout()
        grid.setHorizontalSpacing(SPACE.large)
        grid.setVerticalSpacing(SPACE.small)
        grid.setColumnStretch(2, 1)
        for row, (of, box) in enumerate(self.years.items()):
            for years in _YEARS:
                box.addItem(_years_told(years), years)
            box.setAccessibleName(_("{what} is kept").format(what=word_of(of)))
            box.activated.connect(lambda _at, of=of: self.choose_years(of))
            grid.addWidget(label(word_of(of)), row, 0)
            grid.addWidget(box, row, 1)
        self._kept.body.addLayout(grid)
        words = _("Records over their years are erased with all that lies in them; the report names classes and counts, nobody.")
        self._over.add(label(words, "soft", wrap=True))
        self._over.add(self.look)
        self._over.body.setAlignment(self.look, Qt.AlignmentFlag.AlignLeft)
        self._over.add(self.notice)
        self.add(self.not_yours, self.person, self._kept, self._over, self.plain)
        self.end()


def _laid(workspace: Workspace) -> _Laid:
    return _Laid(retention_rules(workspace), rights(workspace))


def _years_told(years: int) -> str:
    return _("for ever") if years == FOR_EVER else ngettext("{count} year", "{count} years", years).format(count=years)

"""Whether everything is as it was left: asked for by a person, answered in sentences."""

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout

from app.errors import AppError
from app.i18n import N_, _
from app.messages import said
from app.progress import Progress
from app.use_cases import upkeep
from app.use_cases.upkeep import Checked
from ui.feedback import Tone
from ui.page import Page
from ui.pages.settings.section import Section
from ui.theme import SPACE
from ui.widgets.card import Card
from ui.widgets.notice import Notice
from ui.widgets.progress_line import ProgressLine
from ui.widgets.roles import button, label

_STAGES: Final[Mapping[str, str]] = {
    "pages": N_("Looking at the database"),
    "journal": N_("Following the journal"),
    "records": N_("Comparing the records"),
    "files": N_("Looking at packages and attachments"),
}
_SHOWN: Final = 20


class CheckSection(Section):
    """Two depths; the work goes on beside it, and it can be stopped."""

    name = N_("Check")

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self._running = False
        self.notice = Notice()
        self.line = ProgressLine(_STAGES)
        self.line.stopped.connect(self._stop)
        self.quick = button(_("Check quickly"))
        self.full = button(_("Check everything"))
        self.findings = label("", "", wrap=True)
        self.findings.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        card = Card(_("Check the store"))
        words = _("The quick check follows the journal; the thorough one also reads every record and every attachment again.")
        card.add(label(words, "soft", wrap=True))
        row = QHBoxLayout()
        row.setSpacing(SPACE.small)
        for each in (self.quick, self.full):
            row.addWidget(each)
        row.addStretch(1)
        card.body.addLayout(row)
        card.add(self.line)
        card.add(self.findings)
        self.findings.hide()
        self.add(self.notice, card)
        self.end()
        self.quick.clicked.connect(lambda: self.check(read_data=False))
        self.full.clicked.connect(lambda: self.check(read_data=True))

    def check(self, *, read_data: bool) -> None:
        """Look through the store."""
        workspace, progress = self.bench.workspace, Progress()
        self._run(running=True)
        self.notice.say("", Tone.INFORMATION)
        self.findings.hide()
        job = self.bench.background.ask(
            self,
            lambda: upkeep.check(workspace, read_data=read_data, progress=progress),
            self._show,
            self._fail,
            topic="check",
            progress=progress,
        )
        if self._running:
            self.line.watch(job)

    def _show(self, checked: Checked) -> None:
        self._run(running=False)
        words = _("{lines} journal lines and {records} records checked.")
        told = words.format(lines=f"{checked.lines:,}", records=f"{checked.records:,}")
        sentences = list(dict.fromkeys(said(each.code, {"where": each.where}) for each in checked.findings))
        if not sentences:
            self.notice.say("\n".join([told, _("Everything is as it was left.")]), Tone.OK)
            return
        self.notice.say(told, Tone.WARNING)
        self.findings.setText("\n".join(f"· {each}" for each in sentences[:_SHOWN]))
        self.findings.show()

    def _fail(self, error: AppError) -> None:
        self._run(running=False)
        self.fail(error)

    def _stop(self) -> None:
        self._run(running=False)
        self.notice.say(_("Stopped; nothing was changed."), Tone.INFORMATION)

    def _run(self, *, running: bool) -> None:
        self._running = running
        for each in (self.quick, self.full):
            each.setEnabled(not running)
        if not running:
            self.line.end()

"""Sending over the network from the overview; in sight only where somebody has said where to."""

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import Qt

from app.errors import AppError
from app.i18n import N_, _, ngettext
from app.messages import explain
from app.progress import Progress
from app.use_cases.sending import SendingWay, SentOver, send, sending_way, token_of
from app.workspace import Workspace
from ui.feedback import Tone
from ui.page import Workbench
from ui.pages.exchange.words import STAGES
from ui.widgets.card import Card
from ui.widgets.notice import Notice
from ui.widgets.progress_line import ProgressLine
from ui.widgets.roles import button, label

_STAGES: Final[Mapping[str, str]] = {
    **STAGES,
    "sending": N_("Sending"),
    "fetching": N_("Looking for receipts and replies"),
}


class SendCard(Card):
    """One button; work goes on beside it, and it can be stopped: what arrived stays there, and the rest follows."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__(_("Over the network"))
        self._bench: Final = bench
        self._running = False
        self.where: Final = label("", "soft", wrap=True)
        self.send: Final = button(_("Send and fetch now"))
        self.line: Final = ProgressLine(_STAGES)
        self.notice: Final = Notice()
        for each in (self.where, self.send, self.line, self.notice):
            self.add(each)
        self.body.setAlignment(self.send, Qt.AlignmentFlag.AlignLeft)
        self.send.clicked.connect(self.send_now)
        self.hide()

    def refresh(self) -> None:
        """Ask again where to."""
        workspace = self._bench.workspace
        self._bench.background.ask(self, lambda: sending_way(workspace), self._show, self._bench.feedback.fail, topic="way")

    def send_now(self) -> None:
        """Send what has not travelled, and take in what the body has ready; the writer is not waited for meanwhile."""
        workspace, progress = self._bench.workspace, Progress()
        self._run(running=True)
        self.notice.say("", Tone.INFORMATION)
        job = self._bench.background.ask(
            self, lambda: _sent(workspace, progress), self._over, self._fail, topic="send", progress=progress, even_stopped=True
        )
        if self._running:
            self.line.watch(job)

    def _show(self, way: SendingWay) -> None:
        self.setVisible(bool(way.url))
        self.where.setText(way.url)

    def _over(self, done: SentOver) -> None:
        self._run(running=False)
        count = len(done.numbers)
        lines = [ngettext("{count} package is there.", "{count} packages are there.", count).format(count=count)]
        receipts = sum(each.verdict == "accepted" for each in done.taken)
        lines.append(ngettext("{count} answer taken in.", "{count} answers taken in.", receipts).format(count=receipts))
        lines += [explain(each.error) for each in done.failed]
        self.notice.say("\n".join(lines), Tone.WARNING if done.failed else Tone.OK)
        self._bench.background.changed.emit(done.changes)

    def _fail(self, error: AppError) -> None:
        self._run(running=False)
        if error.code == "cancelled":
            self.notice.say(_("Stopped. What arrived stays there, and the rest follows the next time."), Tone.INFORMATION)
        else:
            self.notice.say(explain(error), Tone.WARNING)

    def _run(self, *, running: bool) -> None:
        self._running = running
        self.send.setEnabled(not running)
        if not running:
            self.line.end()


def _sent(workspace: Workspace, progress: Progress) -> SentOver:
    return send(workspace, token_of(workspace), progress)

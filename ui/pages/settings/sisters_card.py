"""The exchange between the computers of one station: what the others lack goes out, what they wrote comes in."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from PySide6.QtWidgets import QHBoxLayout

from app.errors import AppError
from app.i18n import N_, _, ngettext
from app.messages import explain
from app.use_cases.peers import PeersExported, export_for_sisters
from app.use_cases.seats import SeatTold
from ui.feedback import Tone
from ui.page import Workbench
from ui.places import Place
from ui.theme import SPACE
from ui.widgets.asked_folder import asked_folder
from ui.widgets.card import Card
from ui.widgets.notice import Notice
from ui.widgets.progress_line import ProgressLine
from ui.widgets.roles import button, label

_STAGES: Final[Mapping[str, str]] = {"packing": N_("Packing what the other computers lack")}


def called(computer: SeatTold) -> str:
    """What people call a computer, or its mark where nobody has named it."""
    return computer.name or computer.seat


class SistersCard(Card):
    """Nothing is lost by carrying too often or in the wrong order."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__(_("Exchange with the other computers"))
        self._bench: Final = bench
        self._running = False
        self._names: Mapping[str, str] = {}
        words = _(
            "Give what the other computers lack to a stick or a shared folder, and take in there what lies on it; then the other"
            " way round. Each package is sealed for one computer. Any order will do, and a lost package is made good by the next."
        )
        self.give: Final = button(_("Give to the other computers …"))
        self.take: Final = button(_("Take in what another computer gave"))
        self.line: Final = ProgressLine(_STAGES)
        self.notice: Final = Notice()
        self.add(label(words, "soft", wrap=True))
        row = QHBoxLayout()
        row.setSpacing(SPACE.small)
        row.addWidget(self.give)
        row.addWidget(self.take)
        row.addStretch(1)
        self.body.addLayout(row)
        self.add(self.line)
        self.add(self.notice)
        self.give.clicked.connect(self.choose)
        self.take.clicked.connect(lambda: bench.go(Place.EXCHANGE, deed="take_in"))

    def show_computers(self, computers: Sequence[SeatTold], *, may: bool) -> None:
        """There is nobody to exchange with in a station of one computer."""
        self._names = {each.seat: called(each) for each in computers}
        self.setVisible(may and any(each.writes and not each.own for each in computers))

    def choose(self) -> None:
        """Ask where, and give it there."""
        if folder := asked_folder(self, self._bench.settings):
            self.write(folder)

    def write(self, folder: Path) -> None:
        """Seal for each other computer what it lacks, into this folder."""
        self._bench.settings.last_folder = str(folder)
        workspace = self._bench.workspace
        self.notice.say("", Tone.INFORMATION)
        self._run(running=True)
        job = self._bench.background.do(
            self,
            lambda progress: export_for_sisters(workspace, folder, progress=progress),
            lambda done: self._written(folder, done),
            self._failed,
            title=_("Give to the other computers"),
        )
        if self._running:
            self.line.watch(job)

    def _written(self, folder: Path, done: PeersExported) -> None:
        self._run(running=False)
        told = []
        for each in done.sisters:
            count = ngettext("For {name}: {count} record", "For {name}: {count} records", each.records)
            nothing = _("For {name}: it has everything already")
            told.append((count if each.paths else nothing).format(name=self._names.get(each.seat, each.seat), count=each.records))
        if any(each.paths for each in done.sisters):
            told.append(_("Carry it there and take it in: {folder}").format(folder=folder))
        self.notice.say("\n".join(told), Tone.OK)

    def _failed(self, error: AppError) -> None:
        self._run(running=False)
        self.notice.say(explain(error), Tone.WARNING)

    def _run(self, *, running: bool) -> None:
        self._running = running
        self.give.setEnabled(not running)
        if not running:
            self.line.end()

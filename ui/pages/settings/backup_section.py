"""Backups: how old they are, where they go, one made now, and one laid out to see that it would open."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QPushButton

from app.errors import AppError
from app.i18n import N_, _, ngettext
from app.messages import explain, said
from app.progress import Progress
from app.use_cases import backups, restoring
from app.use_cases.backups import BackupReason, BackupsMade, BackupState, FoundBackup, PlaceChosen
from app.use_cases.restoring import Proven
from ui.background import Job
from ui.feedback import Tone
from ui.page import Page
from ui.pages.settings.compaction_card import CompactionCard
from ui.pages.settings.section import Section
from ui.theme import SPACE
from ui.widgets.card import Card
from ui.widgets.facts import Facts
from ui.widgets.notice import Notice
from ui.widgets.progress_line import ProgressLine
from ui.widgets.roles import button, label
from ui.wording import moment_told

_STAGES: Final = {
    "snapshot": N_("Copying the database"),
    "proof": N_("Looking through the copy"),
    "files": N_("Copying and comparing the files"),
    "reading": N_("Reading back what was written"),
}
_SHOWN: Final = 5


class BackupSection(Section):
    """Made by itself each day the window opens and before a spreadsheet is taken in; here by hand."""

    name = N_("Backups")

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self.state: BackupState | None = None
        self._running = False
        self.notice = Notice()
        self.facts = Facts()
        self.line = ProgressLine(_STAGES)
        self.line.stopped.connect(self._stop)
        self.now = button(_("Back up now"))
        self.prove = button(_("Try the newest backup"))
        self.choose_button = button(_("Choose a folder …"))
        self.none_button = button(_("Use no second place"), "link")
        self.place = label("", "strong", wrap=True)
        self.trouble = label("", "problem", wrap=True)
        self.list = label("", "soft", wrap=True)
        self.compaction = CompactionCard(self.bench)
        self._arrange()
        self.now.clicked.connect(self.back_up)
        self.prove.clicked.connect(self.prove_newest)
        self.choose_button.clicked.connect(self.choose)
        self.none_button.clicked.connect(lambda: self.use(None))

    def refresh(self) -> None:
        workspace = self.bench.workspace
        self.bench.background.ask(self, lambda: backups.backup_state(workspace), self._show, self.fail, topic="backups")

    def back_up(self) -> None:
        """Make a backup in each place."""
        workspace, progress = self.bench.workspace, Progress()
        self._run(running=True)
        job = self.bench.background.ask(
            self,
            lambda: backups.back_up_all(workspace, reason=BackupReason.ASKED, progress=progress),
            self._made,
            self._fail,
            topic="work",
            progress=progress,
        )
        self._watch(job)

    def prove_newest(self) -> None:
        """Lay the newest backup out aside: that of the second place, where there is one."""
        state = self.state
        found = (state.there or state.here) if state else ()
        if not found:
            return
        workspace, folder, progress = self.bench.workspace, found[0].folder.parent, Progress()
        self._run(running=True)
        job = self.bench.background.ask(
            self,
            lambda: restoring.prove_backup(workspace, folder, progress),
            self._proven,
            self._fail,
            topic="work",
            progress=progress,
        )
        self._watch(job)

    def choose(self) -> None:
        """Ask for the second place."""
        start = str((self.state and self.state.notes.folder) or self.bench.settings.last_folder or Path.home())
        if chosen := QFileDialog.getExistingDirectory(self, _("Choose a folder …"), start):
            self.use(Path(chosen))

    def use(self, folder: Path | None) -> None:
        """Back up to this folder too from now on, beginning now; or to none."""
        workspace = self.bench.workspace
        self.bench.background.do(self, lambda _progress: backups.choose_place(workspace, folder), self._chosen, self.fail)

    def _chosen(self, chosen: PlaceChosen) -> None:
        if chosen.folder:
            self.back_up()
        else:
            self.bench.feedback.say(_("Backups go to no second place."), Tone.OK)

    def _made(self, turn: BackupsMade) -> None:
        self._run(running=False)
        self.refresh()
        self.bench.background.changed.emit(turn.changes)
        if turn.problems:
            self.notice.say("\n".join(explain(each) for each in turn.problems), Tone.WARNING)
        else:
            self.notice.say(_("Backed up, and read back from there."), Tone.OK)

    def _proven(self, proven: Proven) -> None:
        self._run(running=False)
        told = _("The backup of {moment} was laid out and compared: it is whole, with {records} records.")
        self.notice.say(told.format(moment=moment_told(proven.made), records=f"{proven.records:,}"), Tone.OK)

    def _fail(self, error: AppError) -> None:
        self._run(running=False)
        self.notice.say(explain(error), Tone.WARNING)

    def _stop(self) -> None:
        self._run(running=False)
        self.notice.say(_("Stopped; nothing half made is left."), Tone.INFORMATION)

    def _watch(self, job: Job[Any]) -> None:
        if self._running:
            self.line.watch(job)

    def _run(self, *, running: bool) -> None:
        self._running = running
        for each in self._deeds():
            each.setEnabled(not running)
        if running:
            self.notice.say("", Tone.INFORMATION)
        else:
            self.line.end()

    def _deeds(self) -> Sequence[QPushButton]:
        return (self.now, self.prove, self.choose_button, self.none_button)

    def _show(self, state: BackupState) -> None:
        self.state = state
        notes = state.notes
        rows = [(_("On this computer"), _told(state.here))]
        if notes.folder:
            rows.append((_("In the second place"), _told(state.there) if state.there_is else _when(notes.there.at)))
        self.facts.show_facts(tuple(rows))
        self.place.setText(notes.folder or _("None chosen yet. A stick or another disk survives what this computer does not."))
        self.trouble.setText(self._troubles(state))
        self.trouble.setVisible(bool(self.trouble.text()))
        self.none_button.setVisible(bool(notes.folder))
        found = state.there or state.here
        self.prove.setEnabled(bool(found) and not self._running)
        self.list.setText("\n".join(_line(each) for each in found[:_SHOWN]))
        self.list.setVisible(bool(found))

    def _troubles(self, state: BackupState) -> str:
        notes = state.notes
        away = notes.folder and not state.there_is
        told = [said("folder_gone", {"path": notes.folder})] if away else []
        told += [said(each.code, dict(each.facts)) for each in (notes.here, notes.there) if each.code and not away]
        return "\n".join(told)

    def _arrange(self) -> None:
        made = Card(_("Backups"))
        words = _(
            "Encrypted like the data themselves, made by themselves when the window opens and before a spreadsheet is taken in,"
            " thinned out to one a day, a week, a month. Only the recovery sheet opens them on another computer."
        )
        made.add(label(words, "soft", wrap=True))
        made.add(self.facts)
        made.add(self.list)
        made.body.addLayout(_row(self.now, self.prove))
        made.add(self.line)
        second = Card(_("The second place"))
        second.add(self.place)
        second.add(self.trouble)
        second.body.addLayout(_row(self.choose_button, self.none_button))
        self.add(self.notice, made, second, self.compaction)
        self.end()


def _told(found: Sequence[FoundBackup]) -> str:
    sound = [each.backup for each in found if each.backup]
    if not sound:
        return _("none yet")
    count = ngettext("{count} backup", "{count} backups", len(found)).format(count=len(found))
    return _("last {moment}, {count}").format(moment=moment_told(sound[0].made), count=count)


def _when(at: Any) -> str:
    return _("last {moment}, not there now").format(moment=moment_told(at)) if at else _("none yet")


def _line(found: FoundBackup) -> str:
    if backup := found.backup:
        records = backup.contents.records
        told = ngettext("{moment}　{count} record", "{moment}　{count} records", records)
        return told.format(moment=moment_told(backup.made), count=f"{records:,}")
    return f"{found.folder.name}　{explain(found.fault)}" if found.fault else found.folder.name


def _row(*buttons: QPushButton) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(SPACE.small)
    for each in buttons:
        row.addWidget(each)
    row.addStretch(1)
    return row

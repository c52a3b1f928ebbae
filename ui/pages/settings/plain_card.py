"""Everything of the station as files that any program opens, once somebody has read that they are not encrypted."""

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox

from app.errors import AppError
from app.i18n import N_, _
from app.messages.plain_files import plain_files_told
from app.use_cases.plain_export import PlainExported, export_everything
from ui.feedback import Tone
from ui.page import Workbench
from ui.widgets.asked_folder import asked_folder
from ui.widgets.card import Card
from ui.widgets.notice import Notice
from ui.widgets.progress_line import ProgressLine
from ui.widgets.roles import button, label

_STAGES: Final[Mapping[str, str]] = {"records": N_("Writing the tables"), "suggestions": N_("Writing the suggestions")}


class PlainCard(Card):
    """What it writes stands before the tick, and the button waits for the tick."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__(_("Take everything along in plain files"))
        self._bench: Final = bench
        told = _(
            "Every record as Excel tables, every suggestion as a Word file, every attached file as it is: "
            "to be read without this program."
        )
        warned = _("The files are not encrypted and name residents in full.")
        named = _("Also name residents in full who asked for anonymity or confidentiality (this is noted)")
        self.understood: Final = QCheckBox(_("I know that anybody who gets the files can read them"))
        self.named: Final = QCheckBox(named)
        self.export: Final = button(_("Write everything …"))
        self.line: Final = ProgressLine(_STAGES)
        self.notice: Final = Notice()
        self.add(label(told, "soft", wrap=True))
        self.add(label(warned, "problem", wrap=True))
        for each in (self.named, self.understood, self.export, self.line):
            self.add(each)
        self.body.setAlignment(self.export, Qt.AlignmentFlag.AlignLeft)
        self.add(self.notice)
        self.understood.toggled.connect(self.export.setEnabled)
        self.export.setEnabled(False)
        self.export.clicked.connect(self.export_now)

    def export_now(self) -> None:
        """Ask where, and write it all into a new folder there."""
        chosen = asked_folder(self, self._bench.settings)
        if chosen is None:
            return
        workspace, confidential = self._bench.workspace, self.named.isChecked()
        folder = chosen / f"全部资料-{workspace.clock.today():%Y%m%d-%H%M%S}"
        self.notice.say("", Tone.INFORMATION)
        self.export.setEnabled(False)
        job = self._bench.background.do(
            self,
            lambda progress: export_everything(workspace, folder, progress, confidential=confidential),
            self._exported,
            self._failed,
            title=_("Everything in plain files"),
        )
        if not self.export.isEnabled():
            self.line.watch(job)

    def _exported(self, done: PlainExported) -> None:
        words = plain_files_told(
            done.folder,
            records=done.total,
            suggestions=done.suggestions,
            files=done.files,
            missing=done.missing,
            withheld=done.withheld,
            named=done.named,
        )
        self._over()
        for each in (self.understood, self.named):
            each.setChecked(False)
        self.notice.say(words, Tone.WARNING, ((_("Close"), lambda: self.notice.say("", Tone.INFORMATION)),))

    def _failed(self, error: AppError) -> None:
        self._over()
        self._bench.feedback.fail(error)

    def _over(self) -> None:
        self.line.end()
        self.export.setEnabled(self.understood.isChecked())

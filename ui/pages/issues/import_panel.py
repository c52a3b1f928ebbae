"""Taking in a spreadsheet, step by step in the page: the file, what its columns become, what would come of it, the deed."""

from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from app.domain.values import Id
from app.errors import AppError
from app.i18n import N_, _, ngettext
from app.messages import explain
from app.progress import Progress
from app.queries.imports import past_imports
from app.use_cases.imports import SAYING, Imported, SheetColumns, Undone, import_messages, read_columns, undo_import
from ui.feedback import Tone
from ui.page import Workbench
from ui.pages.issues.columns_card import ColumnsCard
from ui.pages.issues.outcome_card import OutcomeCard
from ui.pages.issues.past_card import PastCard
from ui.theme import SPACE
from ui.widgets.card import Card
from ui.widgets.notice import Deed, Notice
from ui.widgets.progress_line import ProgressLine
from ui.widgets.roles import button, label

_STAGES: Final = {"reading": N_("Reading the rows"), "saving": N_("Saving the issues")}


class ImportPanel(QScrollArea):
    """Nothing is saved before a person has seen what would come of it; what was saved can be taken back."""

    changed = Signal()
    """What can be done is different now."""
    taken = Signal()
    """Issues were taken in or back."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__()
        self._bench: Final = bench
        self._path: Path | None = None
        self._told: Imported | None = None  # of the rehearsal of exactly what is shown
        self._checking: Progress | None = None
        self._running = False
        self.notice: Final = Notice()
        self.line: Final = ProgressLine(_STAGES)
        self.source: Final = Card(_("Which file"))
        self.file: Final = label("", "strong", wrap=True)
        self.choose: Final = button(_("Choose a file …"))
        self.columns: Final = ColumnsCard(bench.theme)
        self.outcome: Final = OutcomeCard(bench.theme)
        self.past: Final = PastCard(bench.workspace.clock.today().date())
        self.setAcceptDrops(True)
        self._arrange()
        self._connect()

    # --- what the page asks

    @property
    def ready(self) -> int:
        """How many issues can be taken in now."""
        return self._told.imported if self._told and not self._running else 0

    @property
    def running(self) -> bool:
        """Whether issues are being saved."""
        return self._running

    def begin(self) -> None:
        """Start with nothing chosen; what is under way stays in sight."""
        if self._running:
            return
        self._forget()
        self.notice.say("", Tone.INFORMATION)
        self.refresh()
        self.choose.setFocus()

    def refresh(self) -> None:
        """Ask what was taken in before."""
        workspace = self._bench.workspace
        self._bench.background.ask(self, lambda: past_imports(workspace), self.past.show_imports, self._fail, topic="past")

    def step_back(self) -> bool:
        """From a chosen file back to choosing; False where nothing is chosen, or where issues are being saved."""
        if self._path is None or self._running:
            return False
        self._forget()
        self.notice.say("", Tone.INFORMATION)
        self.choose.setFocus()
        return True

    # --- choosing and looking

    def choose_file(self) -> None:
        """Ask for a file."""
        start = self._bench.settings.last_folder or str(Path.home())
        kinds = _("Spreadsheets") + " (*.xlsx *.csv *.tsv *.txt);;" + _("All files") + " (*)"
        chosen, _kind = QFileDialog.getOpenFileName(self, _("Choose a file"), start, kinds)
        if chosen:
            self.look(Path(chosen))

    def look(self, path: Path) -> None:
        """Read the titles of a file's columns."""
        if self._running:
            return
        self._forget()
        self._path = path
        self._bench.settings.last_folder = str(path.parent)
        self.file.setText(path.name)
        self.file.show()
        self.notice.say("", Tone.INFORMATION)
        self._bench.background.ask(self, lambda: read_columns(path), self._show_columns, self._refuse, topic="look")

    def _show_columns(self, found: SheetColumns) -> None:
        self.columns.show_columns(found)
        self.columns.show()
        self._check()

    def _check(self) -> None:
        """Rehearse it with the columns as they are chosen now; an earlier rehearsal is given up."""
        self._told = None
        if self._checking:
            self._checking.cancel()
        chosen = self.columns.chosen()
        if not SAYING.intersection(chosen.values()):
            self.outcome.hide()
            self.line.end()
            self.columns.complain(_("Say which column tells what was raised."))
            self.changed.emit()
            return
        self.columns.complain("")
        path, workspace, progress = self._path, self._bench.workspace, Progress()
        if path is None:
            return
        self._checking = progress
        job = self._bench.background.ask(
            self,
            lambda: import_messages(workspace, path, columns=chosen, dry_run=True, progress=progress),
            self._show_outcome,
            self._refuse,
            topic="check",
        )
        if self._checking is progress:
            job.progress = progress
            self.line.watch(job)
        self.changed.emit()

    def _show_outcome(self, told: Imported) -> None:
        self._checking = None
        self.line.end()
        self._told = told
        self.outcome.show_outcome(told)
        self.outcome.show()
        self.changed.emit()

    # --- taking in and back

    def take_in(self) -> None:
        """Take in what was rehearsed."""
        path, workspace, chosen = self._path, self._bench.workspace, self.columns.chosen()
        if path is None or not self.ready:
            return
        self._running = True
        self.columns.setEnabled(False)
        self.choose.setEnabled(False)
        self.changed.emit()
        job = self._bench.background.do(
            self,
            lambda progress: import_messages(workspace, path, columns=chosen, progress=progress),
            self._finish,
            self._stop,
            title=_("Taking in a spreadsheet"),
        )
        if self._running:
            self.line.watch(job)

    def _finish(self, told: Imported) -> None:
        self._end()
        self._forget()
        words = ngettext("{count} issue taken in.", "{count} issues taken in.", told.imported).format(count=told.imported)
        made = told.import_id
        deeds: list[Deed] = [(_("Look at the issues"), self.taken.emit)]
        if made:
            deeds.append((_("Undo this import"), partial(self.take_back, made)))
        self.notice.say(words, Tone.OK, deeds)
        self.refresh()
        self.changed.emit()

    def _stop(self, error: AppError) -> None:
        """Nothing was saved; what was chosen stays, to be tried again."""
        self._end()
        self.notice.say(explain(error), Tone.INFORMATION if error.code == "cancelled" else Tone.WARNING)
        self.changed.emit()

    def take_back(self, id: Id) -> None:
        """Undo an import; what somebody has worked on since stays."""
        workspace = self._bench.workspace
        self._bench.background.do(
            self, lambda _progress: undo_import(workspace, id), self._taken_back, self._fail, title=_("Undoing the import")
        )

    def _taken_back(self, undone: Undone) -> None:
        words = ngettext("{count} record taken back.", "{count} records taken back.", undone.removed).format(count=undone.removed)
        if undone.kept:
            kept = len(undone.kept)
            stays = ngettext("{count} was worked on since and stays.", "{count} were worked on since and stay.", kept)
            words += stays.format(count=kept)
        self.notice.say(words, Tone.WARNING if undone.kept else Tone.OK)
        self.refresh()

    # --- how

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802  # Qt's own name
        if not self._running and any(each.isLocalFile() for each in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802  # Qt's own name
        if paths := [Path(each.toLocalFile()) for each in event.mimeData().urls() if each.isLocalFile()]:
            self.look(paths[0])

    def _forget(self) -> None:
        if self._checking:
            self._checking.cancel()
        self._path = self._told = self._checking = None
        self.line.end()
        self.file.hide()
        self.columns.hide()
        self.outcome.hide()
        self.changed.emit()

    def _end(self) -> None:
        self._running = False
        self.line.end()
        self.columns.setEnabled(True)
        self.choose.setEnabled(True)

    def _refuse(self, error: AppError) -> None:
        """The file cannot be read, or nobody wants it any more: the sentence stands where it was chosen."""
        self._checking = None
        self.line.end()
        self.outcome.hide()
        if error.code != "cancelled":
            self.notice.say(explain(error), Tone.WARNING)
        self.changed.emit()

    def _fail(self, error: AppError) -> None:
        self.notice.say(explain(error), Tone.WARNING)

    def _arrange(self) -> None:
        words = _("An Excel workbook (.xlsx) or a text table (.csv) with a row of titles. It can also be dropped here.")
        self.source.add(label(words, "soft", wrap=True))
        row = QHBoxLayout()
        row.addWidget(self.choose, 0, Qt.AlignmentFlag.AlignLeft)
        row.addWidget(self.file, 1)
        self.source.body.addLayout(row)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE.large)
        for each in (self.source, self.notice, self.line, self.outcome, self.columns, self.past):
            column.addWidget(each)
        column.addStretch(1)
        self.setWidget(inside)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.file.hide()
        self.columns.hide()
        self.outcome.hide()

    def _connect(self) -> None:
        self.choose.clicked.connect(self.choose_file)
        self.columns.changed.connect(self._check)
        self.past.wanted.connect(self.take_back)

"""Taking in a spreadsheet, step by step in the page: the file, what its columns become, what would come of it, the deed."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QFrame, QScrollArea, QVBoxLayout, QWidget

from app.domain.values import Id, Json
from app.errors import AppError
from app.i18n import N_, _, ngettext
from app.messages import explain
from app.progress import Progress
from app.queries.imports import past_imports
from app.use_cases.backups import before_import
from app.use_cases.drafts import IMPORT_DRAFT
from app.use_cases.imports import Imported, SheetChoice, SheetColumns, Undone, import_ledger, read_columns, undo_import
from app.use_cases.ledgers.kinds import LEDGERS
from app.use_cases.unsaved_imports import UnsavedImport, import_key, import_told, unsaved_import
from app.workspace import Workspace
from ui.feedback import Tone
from ui.forms.draft_keeper import DraftKeeper
from ui.ledgers.columns_card import ColumnsCard
from ui.ledgers.outcome_card import OutcomeCard
from ui.ledgers.past_card import PastCard
from ui.ledgers.source_card import SourceCard
from ui.ledgers.words import needed_told, taken_told
from ui.page import Workbench
from ui.theme import SPACE
from ui.widgets.notice import Deed, Notice
from ui.widgets.progress_line import ProgressLine

_STAGES: Final = {"reading": N_("Reading the rows"), "saving": N_("Saving the records")}


_SHOWN: Final = {
    "issues": N_("Look at the issues"),
    "visits": N_("Look at the visits"),
    "people": N_("Look at the deputies"),
    "units": N_("Look at the units"),
    "results": N_("Look at the issues"),
    "scans": N_("Look at the visits"),
    "suggestions": N_("Look at the suggestions"),
}
"""Kinds of which the records have a list."""

REGISTERED: Final = {"people": "deputy", "units": "unit"}
"""Kinds whose records are in the register, and the section they are listed in."""


@dataclass(frozen=True, slots=True)
class _Looked:
    """A file's columns, and what was chosen and typed for it before."""

    columns: SheetColumns
    kept: UnsavedImport | None


class ImportPanel(QScrollArea):
    """Nothing is saved before a person has seen what would come of it; what was saved can be taken back."""

    changed = Signal()
    """What can be done is different now."""
    wanted = Signal(str)
    """What was taken in is to be shown; tells the kind of ledger."""

    def __init__(self, bench: Workbench, kind: str) -> None:
        super().__init__()
        self._bench: Final = bench
        self._path: Path | None = None
        self._told: Imported | None = None  # of the rehearsal of exactly what is shown
        self._checking: Progress | None = None
        self._running = False
        self._repairs: dict[tuple[int, int], str] = {}
        self._typed: dict[tuple[int, int], str] = {}  # in the cell that is open
        self.keeper: DraftKeeper | None = None
        self.notice: Final = Notice()
        self.line: Final = ProgressLine(_STAGES)
        self.source: Final = SourceCard(kind, bench.workspace.clock.today().year)
        self.file: Final = self.source.file
        self.choose: Final = self.source.choose
        self.columns: Final = ColumnsCard(bench.theme)
        self.outcome: Final = OutcomeCard(bench.theme)
        self.past: Final = PastCard(bench.workspace.clock.today().date())
        self.setAcceptDrops(True)
        self._arrange()
        self._connect()

    # --- what the page asks

    @property
    def ready(self) -> int:
        """How many rows can be taken in now."""
        return self._told.imported if self._told and not self._running else 0

    @property
    def running(self) -> bool:
        """Whether records are being saved."""
        return self._running

    def begin(self) -> None:
        """Start with nothing chosen; what is under way stays in sight."""
        if self._running:
            return
        self._forget()
        self.notice.say("", Tone.INFORMATION)
        self.refresh()
        self.choose.setFocus()

    def restore(self, key: str) -> None:
        """Go on with what was kept under a key."""
        workspace = self._bench.workspace
        self._bench.background.ask(self, lambda: unsaved_import(workspace, key), self._go_on, self._fail, topic="kept")

    def _go_on(self, kept: UnsavedImport | None) -> None:
        if kept:
            self.look(kept.path)

    def keep(self) -> None:
        """Keep what is chosen and typed at once."""
        if self.keeper and self.keeper.pending():
            self.keeper.keep_now()

    def refresh(self) -> None:
        """Ask what was taken in before."""
        workspace = self._bench.workspace
        self._bench.background.ask(self, lambda: past_imports(workspace), self.past.show_imports, self._fail, topic="past")

    def step_back(self) -> bool:
        """From a chosen file back to choosing; False where nothing is chosen, or where records are being saved."""
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
        kinds = _("Spreadsheets") + " (*.xlsx *.xls *.csv *.tsv *.txt);;" + _("All files") + " (*)"
        chosen, _kind = QFileDialog.getOpenFileName(self, _("Choose a file"), start, kinds)
        if chosen:
            self.look(Path(chosen))

    def look(self, path: Path) -> None:
        """Read the titles of a file's columns; what was chosen and typed for it before stands again."""
        if self._running:
            return
        self._forget()
        self._path = path
        self._bench.settings.last_folder = str(path.parent)
        self.source.show_file(path)
        self.keeper = DraftKeeper(self._bench, import_key(path), IMPORT_DRAFT, self._told_so_far, self)
        self.notice.say("", Tone.INFORMATION)
        choice, workspace = self._choice(), self._bench.workspace
        self._bench.background.ask(self, lambda: _looked(workspace, path, choice), self._show_looked, self._refuse, topic="look")

    def _show_looked(self, looked: "_Looked") -> None:
        kept = looked.kept
        if kept and kept.same:
            self.source.show_choice(kept.choice)
            self._repairs = dict(kept.choice.repairs)
        self._show_columns(looked.columns)
        if kept and kept.same:
            anew = (_("Begin anew"), self._begin_anew)
            self.notice.say(_("Begun before and not done yet: it stands as you left it."), Tone.INFORMATION, [anew])
        elif kept:
            self.notice.say(_("The file has changed since you mended it; the cells typed then are not used."), Tone.WARNING)

    def _begin_anew(self) -> None:
        """Give up what was chosen and typed for this file."""
        if self.keeper:
            self.keeper.discard()
        self._look_again()

    def _told_so_far(self) -> Mapping[str, Json]:
        chosen = self._chosen()
        return import_told(self._path or Path(), replace(chosen, repairs={**chosen.repairs, **self._typed}))

    def _touch(self) -> None:
        """Something was chosen or typed: keep it when the person pauses."""
        if self.keeper:
            self.keeper.touch()

    def _look_again(self) -> None:
        """Look at the file as it is to be read now; what was typed and chosen for another reading is gone."""
        path, workspace = self._path, self._bench.workspace
        if path is None:
            return
        self._put_away()
        self._repairs = {}
        self._typed = {}
        self.notice.say("", Tone.INFORMATION)
        choice = self._choice()
        self._bench.background.ask(
            self, lambda: read_columns(workspace, path, choice), self._show_columns, self._refuse, topic="look"
        )

    def _choice(self) -> SheetChoice:
        """The file as it is to be read, but for its columns."""
        source = self.source
        return SheetChoice(
            kind=source.kind.code(),
            sheet=source.sheet.code(),
            header_row=int(source.header_row.code() or 0),
            year=int(source.year.code() or 0),
            repairs=dict(self._repairs),
        )

    def _chosen(self) -> SheetChoice:
        """The file as it is to be read, with what its columns become."""
        return replace(self._choice(), columns=dict(self.columns.chosen()))

    def _another_kind(self) -> None:
        self.source.start_anew()
        self._another_place()

    def _another_place(self) -> None:
        self._look_again()
        self._touch()

    def _another_reading(self) -> None:
        self._check()
        self._touch()

    def _show_columns(self, found: SheetColumns) -> None:
        self.source.show_sheets(found)
        self.columns.show_columns(found)
        self.columns.show()
        self._check()

    def _check(self) -> None:
        """Rehearse it with the columns as they are chosen now; an earlier rehearsal is given up."""
        self._told = None
        if self._checking:
            self._checking.cancel()
        kind = LEDGERS[self.source.kind.code()]
        if not kind.needed.intersection(self.columns.chosen().values()):
            self.outcome.hide()
            self.line.end()
            self.columns.complain(needed_told(kind.name))
            self.changed.emit()
            return
        self.columns.complain("")
        path, workspace, progress, choice = self._path, self._bench.workspace, Progress(), self._chosen()
        if path is None:
            return
        self._checking = progress
        job = self._bench.background.ask(
            self,
            lambda: import_ledger(workspace, path, choice, dry_run=True, progress=progress),
            self._show_outcome,
            self._refuse,
            topic="check",
            progress=progress,
        )
        if self._checking is progress:
            self.line.watch(job)
        self.changed.emit()

    def _show_outcome(self, told: Imported) -> None:
        self._checking = None
        self.line.end()
        self._told = told
        self.source.show_year(told.yearless > 0)
        self.outcome.show_outcome(told, len(self._repairs))
        self.outcome.show()
        self.changed.emit()

    def _mend(self, row: int, column: int, text: str) -> None:
        """Let what was typed stand for a cell, and see what would come of it."""
        self._repairs[row, column] = text
        self._typed = {}
        self._another_reading()

    def _type(self, row: int, column: int, text: str) -> None:
        """A cell is being typed: it is kept like one that was, but stands for nothing yet."""
        self._typed = {(row, column): text}
        self._touch()

    def _type_no_more(self) -> None:
        if self._typed:
            self._typed = {}
            self._touch()

    def _restore(self) -> None:
        self._repairs = {}
        self._another_reading()

    # --- taking in and back

    def take_in(self) -> None:
        """Take in what was rehearsed."""
        path, workspace, choice = self._path, self._bench.workspace, self._chosen()
        if path is None or not self.ready:
            return
        self._running = True
        for each in (self.columns, self.source, self.outcome):
            each.setEnabled(False)
        self.changed.emit()
        first = partial(before_import, workspace)
        job = self._bench.background.do(
            self,
            lambda progress: import_ledger(workspace, path, choice, progress=progress, first=first),
            self._finish,
            self._stop,
            title=_("Taking in a spreadsheet"),
        )
        if self._running:
            self.line.watch(job)

    def _finish(self, told: Imported) -> None:
        if self.keeper:
            self.keeper.discard()
        self._end()
        self._forget()
        words, made = taken_told(told.kind, told.imported), told.import_id
        deeds: list[Deed] = []
        if told.kind in _SHOWN:
            deeds.append((_(_SHOWN[told.kind]), partial(self.wanted.emit, told.kind)))
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
        self.keep()
        if self.keeper:
            self.keeper.retire()
        self._path = self._checking = self.keeper = None
        self._repairs = {}
        self._typed = {}
        self.source.show_file(None)
        self._put_away()

    def _put_away(self) -> None:
        """Nothing of an earlier reading is in sight or can be taken in."""
        if self._checking:
            self._checking.cancel()
        self._told = self._checking = None
        self.line.end()
        self.columns.hide()
        self.outcome.hide()
        self.changed.emit()

    def _end(self) -> None:
        self._running = False
        self.line.end()
        for each in (self.columns, self.source, self.outcome):
            each.setEnabled(True)

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
        self.columns.hide()
        self.outcome.hide()

    def _connect(self) -> None:
        self.choose.clicked.connect(self.choose_file)
        self.columns.changed.connect(self._another_reading)
        self.source.kind_changed.connect(self._another_kind)
        self.source.place_changed.connect(self._another_place)
        self.source.year_changed.connect(self._another_reading)
        self.outcome.mended.connect(self._mend)
        self.outcome.typed.connect(self._type)
        self.outcome.typed_no_more.connect(self._type_no_more)
        self.outcome.restored.connect(self._restore)
        self.past.wanted.connect(self.take_back)


def _looked(workspace: Workspace, path: Path, choice: SheetChoice) -> _Looked:
    """The columns of a file as it was read before, else as `choice` says."""
    kept = unsaved_import(workspace, import_key(path))
    return _Looked(read_columns(workspace, path, kept.choice if kept and kept.same else choice), kept)

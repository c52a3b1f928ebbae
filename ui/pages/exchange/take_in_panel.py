"""Taking in, in the page itself: first what each file is and would do, then everything at once."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from app.domain.arrival import Verdict
from app.errors import AppError
from app.i18n import _, ngettext
from app.messages import explain
from app.messages.arrivals import others_told, suspicious_told
from app.use_cases import arrivals
from app.use_cases.arrival import Arrival
from app.use_cases.arrivals import AllTaken, Looked
from ui.feedback import Tone
from ui.page import Workbench
from ui.pages.exchange.compare_card import CompareCard
from ui.pages.exchange.drives import Drive, drives
from ui.pages.exchange.file_row import FileRow
from ui.pages.exchange.paper_receipt_card import PaperReceiptCard
from ui.pages.exchange.words import STAGES, arrival_told, arrival_word, outcome_told
from ui.theme import SPACE
from ui.undoing import undo_change
from ui.widgets.card import Card
from ui.widgets.contents import take_out
from ui.widgets.notice import Notice
from ui.widgets.progress_line import ProgressLine
from ui.widgets.roles import button, label

_SEEN_FIRST: Final = (Verdict.NEW, Verdict.ASKS, Verdict.REFUSED, Verdict.KNOWN)


class TakeInPanel(QScrollArea):
    """Files are chosen, dropped, or found on a stick; nothing is changed before everything was shown."""

    changed = Signal()
    """What can be done is different now."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__()
        self._bench = bench
        self._arrivals: tuple[Arrival, ...] = ()
        self._running = False
        self.notice = Notice()
        self.suspicion = Notice()
        self.others = label("", "small")
        self.line = ProgressLine(STAGES)
        self.compare = CompareCard()
        self.files = Card(_("What was brought"))
        self._rows = QVBoxLayout()
        self._rows.setSpacing(SPACE.middle)
        self._sticks = QHBoxLayout()
        self._sticks.setSpacing(SPACE.small)
        self.source = Card(_("Where from"))
        self.paper = PaperReceiptCard(bench)
        self.setAcceptDrops(True)
        self._arrange()
        self.compare.changed.connect(self.changed)

    @property
    def new(self) -> int:
        """How many of the files shown are new."""
        return sum(each.verdict is Verdict.NEW for each in self._arrivals)

    @property
    def ready(self) -> bool:
        """Whether they can be taken in: something is new, and what must be compared was."""
        return bool(self.new) and not self._running and (not self._first() or self.compare.agreed)

    @property
    def running(self) -> bool:
        """Whether files are being looked at or taken in."""
        return self._running

    def begin(self) -> None:
        """Start with nothing shown."""
        self._arrivals = ()
        self.notice.say("", Tone.INFORMATION)
        self.suspicion.say("", Tone.INFORMATION)
        self.paper.begin()
        self.files.hide()
        self.compare.hide()
        self._bench.background.ask(self, lambda: drives(writable=False), self._show_sticks, self._unasked, topic="drives")
        self.changed.emit()

    def choose_files(self) -> None:
        """Ask for files."""
        chosen, _kind = QFileDialog.getOpenFileNames(self, _("Choose files"), self._start())
        if chosen:
            self.look([Path(each) for each in chosen])

    def choose_folder(self) -> None:
        """Ask for a folder."""
        if chosen := QFileDialog.getExistingDirectory(self, _("Choose a folder"), self._start()):
            self.look_through(Path(chosen))

    def look_through(self, folder: Path) -> None:
        """Show what a folder or a stick holds."""
        self._bench.settings.last_folder = str(folder)
        self.look([folder])

    def look(self, paths: Sequence[Path]) -> None:
        """Show what these files are, and what the folders among them hold."""
        workspace = self._bench.workspace
        self.notice.say("", Tone.INFORMATION)
        question = partial(arrivals.look_at_all, workspace, paths)
        self._bench.background.ask(self, question, self._show, self._unasked, topic="look")

    def start(self) -> None:
        """Take in what is new."""
        if not self.ready:
            return
        self._running = True
        self.source.setEnabled(False)
        self.changed.emit()
        workspace, brought, fingerprint = self._bench.workspace, self._arrivals, self.compare.digits if self._first() else ""
        job = self._bench.background.do(
            self,
            lambda progress: arrivals.take_all(workspace, brought, fingerprint=fingerprint, progress=progress),
            self._finish,
            self._fail,
            title=_("Taking in"),
        )
        if self._running:
            self.line.watch(job)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802  # Qt's own name
        if any(each.isLocalFile() for each in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802  # Qt's own name
        self.look([Path(each.toLocalFile()) for each in event.mimeData().urls() if each.isLocalFile()])

    # --- what was found, and what came of it

    def _show(self, looked: Looked) -> None:
        self._arrivals = looked.arrivals
        ordered = sorted(looked.arrivals, key=lambda each: _SEEN_FIRST.index(each.verdict))
        self._list(_("What was brought"), [self._row(each) for each in ordered])
        self.others.setText(others_told(looked.found.others))
        self.others.setVisible(bool(looked.found.others))
        self.suspicion.say(suspicious_told(looked.found.suspicious), Tone.WARNING)
        first = self._first()
        self.compare.setVisible(first is not None)
        if first and first.trust:
            self.compare.show_trust(first.trust)
        self.notice.say(*self._summary())
        self.changed.emit()

    def _row(self, arrival: Arrival) -> FileRow:
        today = self._bench.workspace.clock.today().date()
        row = FileRow(arrival.path.name, arrival_told(arrival, today), *arrival_word(arrival))
        if arrival.verdict is Verdict.ASKS and arrival.what == "cosign_request":
            row.offer(_("Open …"), lambda: self._open_request(arrival.path))
        return row

    def _open_request(self, path: Path) -> None:
        from ui.dialogs.cosign_file_dialog import open_cosign_file  # few stations ever meet one

        open_cosign_file(self._bench, self, path)

    def _summary(self) -> tuple[str, Tone]:
        if not self._arrivals:
            return _(
                "Nothing that can be taken in was found there. Check the stick, or choose the files themselves."
            ), Tone.INFORMATION
        if not self.new and any(each.verdict is Verdict.ASKS for each in self._arrivals):
            return _("Nothing is taken in by itself here; what waits for an answer says so."), Tone.INFORMATION
        if not self.new and any(each.verdict is Verdict.REFUSED for each in self._arrivals):
            return _("Nothing here can be taken in; the reasons stand below."), Tone.WARNING
        if not self.new:
            return _("Nothing here is new; nothing needs to be done."), Tone.INFORMATION
        return "", Tone.INFORMATION

    def _finish(self, taken: AllTaken) -> None:
        self._end()
        told = {each.path: each for each in self._arrivals}
        today = self._bench.workspace.clock.today().date()
        rows = []
        for outcome in taken.outcomes:
            problem, word, tone = outcome_told(outcome)
            rows.append(FileRow(outcome.path.name, problem or arrival_told(told[outcome.path], today), word, tone))
        self._arrivals = ()
        self.compare.hide()
        self._list(_("What was taken in"), rows)
        undoable = [each.taken.undoable for each in taken.outcomes if each.taken and each.taken.undoable]
        undo = [(_("Undo"), lambda: undo_change(self._bench, self, undoable[0]))] if len(undoable) == 1 else []
        self.notice.say(*_came_of(taken), undo)
        self.changed.emit()

    def _unasked(self, error: AppError) -> None:
        self.notice.say(explain(error), Tone.WARNING)

    def _fail(self, error: AppError) -> None:
        self._end()
        self.notice.say(explain(error), Tone.WARNING)
        self.changed.emit()

    def _end(self) -> None:
        self._running = False
        self.source.setEnabled(True)
        self.line.end()

    def _first(self) -> Arrival | None:
        """The trust file that is seen for the first time."""
        return next((each for each in self._arrivals if each.first and each.verdict is Verdict.NEW), None)

    def _list(self, heading: str, rows: Sequence[FileRow]) -> None:
        self.files.heading.setText(heading)
        take_out(self._rows)
        for row in rows:
            self._rows.addWidget(row)
        FileRow.align(rows)
        self.files.setVisible(bool(rows))

    def _show_sticks(self, found: tuple[Drive, ...]) -> None:
        take_out(self._sticks)
        for drive in found:
            made = button(_("Look through {name}").format(name=drive.name))
            made.clicked.connect(lambda _checked=False, drive=drive: self.look_through(drive.folder))
            self._sticks.addWidget(made)
        self._sticks.addStretch(1)

    def _start(self) -> str:
        return self._bench.settings.last_folder or str(Path.home())

    def _arrange(self) -> None:
        self.setWidgetResizable(True)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE.large)
        words = _(
            "Receipts, replies, trust files and reference data of the receiving body, packages of other computers and co-signing "
            "files, in any order. Files can also be dropped anywhere on the window, or double-clicked."
        )
        self.source.add(label(words, "soft", wrap=True))
        deeds = QHBoxLayout()
        deeds.setSpacing(SPACE.small)
        self.choose = button(_("Choose files …"))
        self.folder = button(_("Look through a stick or folder …"))
        self.choose.clicked.connect(self.choose_files)
        self.folder.clicked.connect(self.choose_folder)
        for each in (self.choose, self.folder):
            deeds.addWidget(each)
        deeds.addLayout(self._sticks)
        deeds.addStretch(1)
        self.source.body.addLayout(deeds)
        self.files.body.addLayout(self._rows)
        self.files.add(self.others)
        for widget in (self.suspicion, self.notice, self.line, self.compare, self.files, self.source, self.paper):
            column.addWidget(widget)
        column.addStretch(1)
        self.setWidget(inside)
        self.files.hide()
        self.compare.hide()


def _came_of(taken: AllTaken) -> tuple[str, Tone]:
    good = sum(each.taken is not None for each in taken.outcomes)
    words = ngettext("{count} file taken in.", "{count} files taken in.", good).format(count=good)
    if bad := len(taken.outcomes) - good:
        refused = ngettext("{count} file was not taken; its reason stands below.", "{count} files were not taken.", bad)
        return words + refused.format(count=bad), Tone.WARNING
    if taken.stopped:
        return words + _("Stopped; the others can be taken in at any time."), Tone.INFORMATION
    return words, Tone.OK

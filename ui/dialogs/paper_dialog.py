"""Preview of a paper: looked at, saved as a file, or printed; only what was handed over is noted."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QPageLayout, QPageSize
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QCheckBox, QComboBox, QDialog, QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from app.domain.hint import Exposed
from app.domain.papers import AskedBy, Span, Trait
from app.domain.privacy import Privacy
from app.errors import AppError
from app.files import write_whole
from app.i18n import N_, _
from app.messages import explain
from app.messages.exposed import exposed_told
from app.messages.left_out import left_out_told
from app.progress import Progress
from app.queries.exposed import exposed_in
from app.use_cases.numbering import MOST_COPIES
from app.use_cases.paper_word import FORMAT as WORD
from app.use_cases.paper_word import SavedWord, save_word
from app.use_cases.papers import Asked, Paper, composed_paper, print_paper
from ui.dialogs import printer
from ui.dialogs.ledger_tools import LedgerTools
from ui.dialogs.room import open_at
from ui.dialogs.week_tools import WeekTools
from ui.feedback import Feedback, Tone
from ui.forms.number_box import NumberBox
from ui.page import Workbench
from ui.theme import SPACE
from ui.widgets.flow import Flow
from ui.widgets.notice import Notice
from ui.widgets.paper_view import PaperView
from ui.widgets.progress_line import ProgressLine
from ui.widgets.roles import button, label

_SIZE: Final = 920, 860
MISSING: Final = "characters_missing"
_LEVELS: Final = {
    Privacy.USUAL: N_("as the paper is meant"),
    Privacy.MASKED: N_("masked"),
    Privacy.PSEUDONYMOUS: N_("by number, nobody by name"),
    Privacy.FULL: N_("in full (this is noted)"),
}


class PaperDialog(QDialog):
    """One paper, as it will be printed. Residents are named in full only where a person asks for it, which is noted too."""

    def __init__(self, bench: Workbench, asked: Asked, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bench = bench
        self._asked = asked
        self._paper: Paper | None = None
        self.setWindowTitle(asked.name.label)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        open_at(self, bench.theme, *_SIZE)
        self.view: Final = PaperView()
        self.feedback: Final = Feedback()
        self.exposed: Final = Notice()
        """Residents' data in the text that others will read on this paper: told, never a barrier."""
        self.privacy: Final = QComboBox()
        """How residents are named; in full they are printed, never looked at."""
        self.wordless: Final = QCheckBox(_("Print without the resident's own words and name"))
        self.copies: Final = NumberBox()
        self.copies.setMaximum(MOST_COPIES)
        self.line: Final = ProgressLine({})
        self.ledger: LedgerTools | None = None
        self.week: WeekTools | None = None
        self.word_button: Final = button(_("Save as Word …"))
        self.save_button: Final = button(_("Save as PDF …"))
        self.print_button: Final = button(_("Print …"), "primary")
        self._arrange()
        self._connect()
        self._compose()
        if Trait.TEXT in asked.name.traits and asked.id:
            bench.background.ask(
                self, lambda: exposed_in(bench.workspace, asked.id), self._show_exposed, self._fail, topic="exposed"
            )

    def _arrange(self) -> None:
        choices = QWidget()
        tools = Flow(choices, gap=SPACE.small)
        if self._asked.name.asked_by is AskedBy.NUMBERS:
            self.copies.setAccessibleName(_("Number of copies"))
            tools.addWidget(label(_("Number of copies"), "label"))
            tools.addWidget(self.copies)
        if (
            self._asked.name.asked_by in {AskedBy.PERIOD, AskedBy.RECORD_AND_PERIOD}
            and Trait.WEEKLY not in self._asked.name.traits
        ):
            self.ledger = LedgerTools(
                self._bench, self._asked, lambda: self._paper.file_name if self._paper else "", lambda: self._asked.privacy
            )
            tools.addWidget(self.ledger)
        if Trait.WEEKLY in self._asked.name.traits:
            self.week = WeekTools(self._asked.span.first or self._bench.workspace.clock.today().date())
            tools.addWidget(self.week)
        if Trait.PEOPLE in self._asked.name.traits:
            self.privacy.setAccessibleName(_("Residents"))
            for level, told in _LEVELS.items():
                self.privacy.addItem(_(told), level)
            named = QWidget()
            beside = QHBoxLayout(named)
            beside.setContentsMargins(0, 0, 0, 0)
            beside.addWidget(label(_("Residents"), "label"))
            beside.addWidget(self.privacy)
            tools.addWidget(named)
        for words, act in self._views():
            tool = button(words, "link")
            tool.clicked.connect(act)
            tools.addWidget(tool)
        foot = QHBoxLayout()
        foot.setSpacing(SPACE.small)
        foot.addWidget(choices, 1)
        foot.addWidget(self.word_button)
        foot.addWidget(self.save_button)
        foot.addWidget(self.print_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE.large, SPACE.large, SPACE.large, SPACE.large)
        layout.setSpacing(SPACE.middle)
        layout.addWidget(self.feedback)
        layout.addWidget(self.exposed)
        layout.addWidget(self.view, 1)
        layout.addWidget(self.line)
        layout.addWidget(self.wordless)
        layout.addLayout(foot)

    def _views(self) -> tuple[tuple[str, Callable[[], None]], ...]:
        return (
            (_("Whole page"), self.view.fit_page),
            (_("Page width"), self.view.fit_width),
            (_("Larger"), lambda: self.view.zoom(closer=True)),
            (_("Smaller"), lambda: self.view.zoom(closer=False)),
        )

    def _connect(self) -> None:
        self.save_button.setShortcut("Ctrl+S")
        self.print_button.setShortcut("Ctrl+P")
        self.print_button.setDefault(True)
        self.save_button.clicked.connect(self._ask_where)
        self.word_button.clicked.connect(self._ask_where_word)
        self.word_button.setVisible(Trait.WORD in self._asked.name.traits)
        self.print_button.clicked.connect(self._ask_printer)
        self.copies.setValue(self._asked.copies)
        self.copies.valueChanged.connect(self._compose_copies)
        self.privacy.setCurrentIndex(self.privacy.findData(self._asked.privacy))
        self.privacy.currentIndexChanged.connect(self._compose_privacy)
        self.wordless.setVisible(Trait.WORDS in self._asked.name.traits)
        self.wordless.toggled.connect(self._compose_wordless)
        if self.week:
            self.week.spanned.connect(self._compose_span)
        if self.ledger:
            self.ledger.spanned.connect(self._compose_span)
            self.ledger.saved.connect(lambda saved: self.feedback.say(_("Saved: {path}").format(path=saved.path)))
            self.ledger.failed.connect(self.feedback.fail)

    # --- looking

    def _compose(self) -> None:
        self._enable(ready=False)
        workspace, asked, press = self._bench.workspace, self._asked, self._bench.press
        told = Progress()
        job = self._bench.background.ask(
            self,
            lambda: composed_paper(workspace, asked, told, press),
            self._show,
            self._fail,
            topic="paper",
            progress=told,
            even_stopped=True,
        )
        if asked.ids:
            self.line.watch(job)

    def _show(self, paper: Paper) -> None:
        self.line.end()
        self._paper = paper
        for each in left_out_told(paper.left_out):
            self.feedback.say(each, Tone.WARNING)
        self.view.show_bytes(paper.content)
        self._enable(ready=True)

    def _show_exposed(self, exposed: Sequence[Exposed]) -> None:
        self.exposed.say(exposed_told(exposed), Tone.WARNING)

    def _enable(self, *, ready: bool) -> None:
        self.word_button.setEnabled(ready)
        self.save_button.setEnabled(ready)
        self.print_button.setEnabled(ready)

    def _fail(self, error: AppError) -> None:
        self.line.end()
        self._enable(ready=self._paper is not None)
        if error.code == MISSING:
            self.feedback.say(
                explain(error), Tone.WARNING, deed=_("Print 〓 in their place"), act=lambda: self._compose_anyhow(substitute=True)
            )
        else:
            self.feedback.fail(error)

    def _compose_anyhow(self, *, substitute: bool) -> None:
        self._asked = replace(self._asked, substitute=substitute)
        self._compose()

    def _compose_copies(self, copies: int) -> None:
        self._asked = replace(self._asked, copies=copies)
        self._compose()

    def _compose_span(self, span: Span) -> None:
        self._asked = replace(self._asked, span=span)
        self._compose()

    def _compose_wordless(self, wordless: bool) -> None:  # told by the tick
        self._asked = replace(self._asked, wordless=wordless)
        self.privacy.setEnabled(not wordless)
        self._compose()

    def _compose_privacy(self, _place: int) -> None:  # told by the list
        self._asked = replace(self._asked, privacy=Privacy(self.privacy.currentData()))
        self._compose()

    # --- handing over

    def _ask_where(self) -> None:
        if self._paper is None:
            return
        proposed = str(Path(self._bench.settings.last_folder or Path.home()) / self._paper.file_name)
        chosen, _filter = QFileDialog.getSaveFileName(self, _("Save as PDF"), proposed, "PDF (*.pdf)")
        if chosen:
            self.save_to(Path(chosen))

    def save_to(self, path: Path) -> None:
        """Save the paper under a name, whole or not at all."""
        self._bench.settings.last_folder = str(path.parent)
        saved = _("Saved: {path}").format(path=path)
        self._hand_over(lambda paper, _progress: write_whole(path, paper.content), saved, _("Saving the paper"))

    def _ask_where_word(self) -> None:
        if self._paper is None:
            return
        name = Path(self._paper.file_name).with_suffix(WORD).name
        proposed = str(Path(self._bench.settings.last_folder or Path.home()) / name)
        chosen, _filter = QFileDialog.getSaveFileName(self, _("Save as Word"), proposed, f"Word (*{WORD})")
        if chosen:
            path = Path(chosen)
            self.save_word_to(path if path.suffix.lower() == WORD else path.with_name(f"{path.name}{WORD}"))

    def save_word_to(self, path: Path) -> None:
        """Save the text of the paper as a Word file, whole or not at all."""
        self._bench.settings.last_folder = str(path.parent)
        workspace, asked = self._bench.workspace, self._handed()
        self._enable(ready=False)
        self._bench.background.do(
            self, lambda _progress: save_word(workspace, asked, path), self._saved_word, self._fail, title=_("Saving the paper")
        )

    def _saved_word(self, saved: SavedWord) -> None:
        self._enable(ready=True)
        self.feedback.say(_("Saved: {path}").format(path=saved.path))

    def _ask_printer(self) -> None:
        if not printer.printer_here():
            self.feedback.say(
                _("No printer was found on this computer. Save the paper as PDF and print it elsewhere, or connect a printer."),
                Tone.WARNING,
                deed=_("Save as PDF …"),
                act=self._ask_where,
            )
            return
        device = self._printer()
        if printer.asked_how(device, self.view.pages(), self):
            printed, offset = _("Sent to the printer."), printer.offset_of(self._bench.settings, device.printerName())
            self._hand_over(lambda paper, progress: printer.send(paper.content, device, progress, offset), printed, _("Printing"))

    def _printer(self) -> QPrinter:
        device = QPrinter(QPrinter.PrinterMode.HighResolution)
        device.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
        size = self.view.document.pagePointSize(0)
        wide = size.width() > size.height()
        device.setPageOrientation(QPageLayout.Orientation.Landscape if wide else QPageLayout.Orientation.Portrait)
        return device

    def _hand_over(self, hand: Callable[[Paper, Progress], None], words: str, title: str) -> None:
        self._enable(ready=False)
        workspace, asked, press = self._bench.workspace, self._handed(), self._bench.press
        self._bench.background.do(
            self,
            lambda progress: print_paper(workspace, asked, lambda paper: hand(paper, progress), press=press),
            lambda paper: self._done(words, paper),
            self._fail,
            title=title,
        )

    def _handed(self) -> Asked:
        """What is asked for; where nobody is named on it, nobody is named in full."""
        return self._asked if self.privacy.isEnabled() else replace(self._asked, privacy=Privacy.USUAL)

    def _done(self, words: str, paper: Paper) -> None:
        """Say that it was handed over; of blank forms the next numbers are shown, for those are used up."""
        if self._asked.name.asked_by is AskedBy.NUMBERS:
            words = _("{done} Its numbers are used up: {file}").format(done=words, file=paper.file_name)
            self._compose()
        else:
            self._enable(ready=True)
        self.feedback.say(words)

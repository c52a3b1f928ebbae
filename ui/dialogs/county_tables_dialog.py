"""Tables of the office: added once, marked by looking at them, filled for a month by one press."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QDialog, QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from app.domain.county_sheet import CountySheet
from app.domain.county_table import CountyTable
from app.domain.norm import last_month
from app.domain.papers import month_named
from app.errors import AppError
from app.i18n import _, ngettext
from app.messages import explain
from app.messages.county_tables import filled_told, moved_told
from app.use_cases import county_tables as use
from app.use_cases.county_tables import TableFilled, TableKept, TableShown
from ui.dialogs.room import open_at
from ui.feedback import Tone
from ui.forms.county_mark import CountyMark
from ui.forms.keys_told import keyed
from ui.page import Workbench
from ui.theme import SPACE
from ui.widgets.county_grid import CountyGrid
from ui.widgets.empty_state import EmptyState
from ui.widgets.notice import Notice
from ui.widgets.roles import button, label
from ui.widgets.scrolled import scrolled

_SIZE: Final = 1180, 760
_SIDE: Final = 320  # pixels of the column beside the table
_MONTHS: Final = 12
_TOLD: Final = 3  # marks in doubt; all of them have another colour in the table
_EARLY: Final = 15  # until this day of a month the one before is reported


class CountyTablesDialog(QDialog):
    """One table at a time: what it takes is seen in its cells, changed beside them, kept at once and taken back by Ctrl+Z."""

    def __init__(self, bench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bench: Final = bench
        self.shown: TableShown | None = None
        self._past: list[CountyTable] = []
        self.setWindowTitle(_("Tables of the office"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        open_at(self, bench.theme, *_SIZE)
        self.choice: Final = QComboBox()
        self.add_button: Final = button(_("Add a table …"))
        self.drop_button: Final = button(_("Forget this table"), "link")
        self.month: Final = QComboBox()
        self.fill_button: Final = button(_("Fill in and save …"), "primary")
        self.notice: Final = Notice()
        self.sheet: Final = QComboBox()
        self.propose_button: Final = button(_("Mark by the words beside"))
        self.undo_button: Final = button(_("Undo"), "link")
        self.counted: Final = label("", "soft")
        self.grid: Final = CountyGrid(bench.theme)
        self.mark: Final = CountyMark()
        words = _("Add the blank .xlsx or .docx that the office sent. Once its cells are marked, each month is one press.")
        self.empty: Final = EmptyState(words, _("Add a table …"), self.add)
        self._month_label: Final = label(_("Month"), "label")
        self._work: Final = QWidget()
        self._arrange()
        self._connect()
        self.refresh()

    def refresh(self, name: str = "") -> None:
        """Ask which tables there are, and show the one of this name, else the one that is shown."""
        workspace = self._bench.workspace

        def tables(kept: list[str]) -> None:
            wanted = name or self.choice.currentText()
            blocked = self.choice.blockSignals(True)
            self.choice.clear()
            self.choice.addItems(kept)
            self.choice.setCurrentText(wanted)
            self.choice.blockSignals(blocked)
            self._show_table()

        self._bench.background.ask(self, lambda: list(use.county_tables(workspace)), tables, self._fail, topic="tables")

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  # Qt's own name
        """Enter does what is under the cursor and never presses a button elsewhere."""
        if event.key() not in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            super().keyPressEvent(event)

    # --- which table

    def _show_table(self) -> None:
        name, workspace = self.choice.currentText(), self._bench.workspace
        self.empty.setVisible(not name)
        for each in (self._work, self.add_button, self.drop_button, self.fill_button, self.month, self._month_label, self.choice):
            each.setVisible(bool(name))
        if name:
            ask = self._bench.background.ask
            ask(self, lambda: use.county_table(workspace, name), self._show, self._fail, topic="table")

    def _choose(self) -> None:
        self._past = []
        self.notice.say("", Tone.INFORMATION)
        self._show_table()

    def _show(self, shown: TableShown) -> None:
        self.shown = shown
        names = [each.name for each in shown.sheets]
        before = self.sheet.currentText()
        blocked = self.sheet.blockSignals(True)
        self.sheet.clear()
        self.sheet.addItems(names)
        self.sheet.setCurrentText(before if before in names else names[0])
        self.sheet.blockSignals(blocked)
        self.sheet.setVisible(len(names) > 1)
        self.mark.show_names(shown.names)
        marked = len(shown.table.cells)
        words = [ngettext("{count} cell marked", "{count} cells marked", marked).format(count=marked)]
        if lists := len(shown.table.lists):
            words.append(ngettext("{count} list", "{count} lists", lists).format(count=lists))
        self.counted.setText("　".join(words))
        self.undo_button.setEnabled(bool(self._past))
        self._show_sheet()
        if shown.moved:
            deeds = [(_("Mark them where their words stand now"), self._follow)] if any(each.to for each in shown.moved) else []
            self.notice.say(moved_told(shown.moved, _TOLD), Tone.WARNING, deeds)

    def _show_sheet(self) -> None:
        if self.shown and (sheet := self._sheet()):
            self.grid.show_sheet(sheet, self.shown)

    def _sheet(self) -> CountySheet | None:
        at = self.sheet.currentIndex()
        return self.shown.sheets[at] if self.shown and 0 <= at < len(self.shown.sheets) else None

    def _pick(self) -> None:
        sheet, place = self._sheet(), self.grid.place()
        if self.shown and sheet and place:
            self.mark.show_place(self.shown, sheet, place, self.grid.rows_chosen())

    # --- what is done with it

    def add(self) -> None:
        """Ask for the office's file and keep it."""
        start = self._bench.settings.last_folder
        chosen, _filter = QFileDialog.getOpenFileName(self, _("Add a table"), start, "Excel, Word (*.xlsx *.docx)")
        if chosen:
            workspace, path = self._bench.workspace, Path(chosen)
            self._bench.settings.last_folder = str(path.parent)
            self._past = []
            self._bench.background.do(self, lambda _p: use.add_table(workspace, path), self._added, self._fail)

    def _added(self, kept: TableKept) -> None:
        words = _("Kept. Choose a cell and say what it takes, or let the words beside the cells say it.")
        self.notice.say("" if kept.table.cells or kept.table.lists else words, Tone.INFORMATION)
        self.refresh(kept.table.name)

    def drop(self) -> None:
        """Forget the table, once a person has said so again."""
        words = _("{name} and its marks will be forgotten; files that were filled stay.").format(name=self.choice.currentText())
        self.notice.say(words, Tone.WARNING, [(_("Forget it"), self._drop), (_("Keep it"), self._choose)])

    def _drop(self) -> None:
        workspace, name = self._bench.workspace, self.choice.currentText()
        self.notice.say("", Tone.INFORMATION)
        self._bench.background.do(self, lambda _p: use.drop_table(workspace, name), lambda _kept: self.refresh(), self._fail)

    def fill(self) -> None:
        """Ask for the file, and write the table of the month chosen."""
        if self.shown is None:
            return
        table, month = self.shown.table, str(self.month.currentData())
        ending = table.file.value
        proposed = str(Path(self._bench.settings.last_folder or Path.home()) / f"{table.name}-{month}.{ending}")
        chosen, _filter = QFileDialog.getSaveFileName(self, _("Fill in and save"), proposed, f"{ending} (*.{ending})")
        if chosen:
            path = Path(chosen) if chosen.lower().endswith(f".{ending}") else Path(f"{chosen}.{ending}")
            workspace = self._bench.workspace
            self._bench.settings.last_folder = str(path.parent)
            self.fill_button.setEnabled(False)
            deed = partial(use.fill_table, workspace, table.name, month_named(month), path)
            self._bench.background.do(self, lambda _p: deed(), self._filled, self._fail, title=table.name)

    def _filled(self, done: TableFilled) -> None:
        self.fill_button.setEnabled(True)
        self.notice.say(filled_told(done.cells, done.lines, done.put_in, done.path), Tone.OK)

    def propose(self) -> None:
        """Mark every cell beside which it stands what it takes."""
        workspace = self._bench.workspace
        self._change(lambda name: use.mark_proposed(workspace, name), told=self._proposed)

    def _proposed(self, done: TableKept) -> None:
        new = len(done.table.cells) - (len(self._past[-1].cells) if self._past else 0)
        found = ngettext("{count} cell was marked. Compare it with its words.", "{count} cells were marked. Compare each.", new)
        nothing = _("Nothing more is told by the words beside empty cells. Choose a cell and say what it takes.")
        self.notice.say(found.format(count=new) if new else nothing, Tone.INFORMATION)

    def undo(self) -> None:
        """Take the last marking back."""
        if self._past:
            before, workspace = self._past.pop(), self._bench.workspace
            self._bench.background.do(self, lambda _p: use.put_marks(workspace, before), self._kept, self._fail)

    def _follow(self) -> None:
        self._change(lambda name: use.follow_moved(self._bench.workspace, name))

    def _mark(self, tells: str, *, over_formula: bool = False) -> None:
        sheet, place, workspace = self.sheet.currentText(), self.grid.place(), self._bench.workspace
        if place is None:
            return

        def failed(error: AppError) -> None:
            over = [(_("Overwrite the formula"), lambda: self._mark(tells, over_formula=True))]
            self._fail(error, over if error.code == "county_cell_formula" else ())

        self._change(lambda name: use.mark_cell(workspace, name, sheet, place, tells, over_formula=over_formula), failed)

    def _clear(self) -> None:
        sheet, place, workspace = self.sheet.currentText(), self.grid.place(), self._bench.workspace
        if place:
            self._change(lambda name: use.unmark(workspace, name, sheet, place))

    def _list(self, ledger: str) -> None:
        sheet, rows, workspace = self.sheet.currentText(), self.mark.rows, self._bench.workspace
        self._change(lambda name: use.mark_list(workspace, name, sheet, rows, ledger))

    def _column(self, field: str) -> None:
        place, workspace = self.grid.place(), self._bench.workspace
        lists = self.shown.table.lists if self.shown and place else ()
        named = self.sheet.currentText()
        mark = next((each for each in lists if each.sheet == named and place and each.first <= place[0] <= each.last), None)
        if mark and place:
            others = {column: code for column, code in mark.columns.items() if column != place[1] and code != field}
            columns = others | ({place[1]: field} if field else {})
            if not columns:
                self._clear()
                return
            rows = mark.first, mark.last
            self._change(lambda name: use.mark_list(workspace, name, named, rows, mark.ledger, columns))

    def _change(
        self,
        deed: Callable[[str], TableKept],
        failed: Callable[[AppError], None] | None = None,
        told: Callable[[TableKept], None] | None = None,
    ) -> None:
        """Do something to the marks, which can be taken back; `told` says what came of it."""
        if self.shown is None:
            return
        before = self.shown.table

        def kept(done: TableKept) -> None:
            self._past.append(before)
            self._kept(done)
            if told:
                told(done)

        name = before.name
        self._bench.background.do(self, lambda _p: deed(name), kept, failed or self._fail)

    def _kept(self, _done: TableKept) -> None:
        self.notice.say("", Tone.INFORMATION)
        self._show_table()

    def _fail(self, error: AppError, deeds: list[tuple[str, Callable[[], None]]] | tuple[()] = ()) -> None:
        self.fill_button.setEnabled(True)
        self.notice.say(explain(error), Tone.WARNING, deeds)

    # --- how it is laid out

    def _connect(self) -> None:
        self.choice.currentIndexChanged.connect(lambda _at: self._choose())
        self.sheet.currentIndexChanged.connect(lambda _at: self._show_sheet())
        self.add_button.clicked.connect(self.add)
        self.drop_button.clicked.connect(self.drop)
        self.fill_button.clicked.connect(self.fill)
        self.propose_button.clicked.connect(self.propose)
        self.undo_button.clicked.connect(self.undo)
        self.undo_button.setToolTip(keyed(_("Undo"), "Ctrl+Z"))
        QShortcut(QKeySequence.StandardKey.Undo, self.grid, self.undo, context=Qt.ShortcutContext.WidgetShortcut)
        self.grid.picked.connect(self._pick)
        self.grid.activated.connect(lambda _index: self.mark.begin())
        self.mark.marked.connect(self._mark)
        self.mark.cleared.connect(self._clear)
        self.mark.listed.connect(self._list)
        self.mark.column_told.connect(self._column)

    def _arrange(self) -> None:
        for widget, words in ((self.choice, _("Table")), (self.month, _("Month")), (self.sheet, _("Sheet"))):
            widget.setAccessibleName(words)
        today = self._bench.workspace.clock.today().date()
        first = today.replace(day=1)
        for _back in range(_MONTHS):
            self.month.addItem(f"{first:%Y-%m}", f"{first:%Y-%m}")
            first = last_month(first)
        self.month.setCurrentIndex(0 if today.day > _EARLY else 1)
        head = QHBoxLayout()
        head.setSpacing(SPACE.small)
        for each in (self.choice, self.add_button, self.drop_button):
            head.addWidget(each)
        head.addStretch(1)
        head.addWidget(self._month_label)
        head.addWidget(self.month)
        head.addWidget(self.fill_button)
        whole = QVBoxLayout(self._work)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(SPACE.small)
        tools = QHBoxLayout()
        tools.setSpacing(SPACE.small)
        for each in (self.sheet, self.propose_button, self.undo_button):
            tools.addWidget(each)
        tools.addStretch(1)
        tools.addWidget(self.counted)
        side = scrolled(self.mark)
        side.setFixedWidth(self._bench.theme.px(_SIDE))
        middle = QHBoxLayout()
        middle.setSpacing(SPACE.middle)
        middle.addWidget(self.grid, 1)
        middle.addWidget(side)
        whole.addLayout(tools)
        whole.addLayout(middle, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE.large, SPACE.large, SPACE.large, SPACE.large)
        layout.setSpacing(SPACE.middle)
        layout.addLayout(head)
        layout.addWidget(self.notice)
        layout.addWidget(self._work, 1)
        layout.addWidget(self.empty, 1)

"""A random review: drawn here before everybody's eyes, then a sheet for each drawn suggestion: report, comment, test."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app.domain.life import SuggestionState
from app.domain.problems import stopped_by
from app.domain.random_review import ReviewPart
from app.domain.satisfaction import Satisfaction
from app.domain.values import Id
from app.errors import AppError
from app.i18n import _, ngettext
from app.messages import problem_told
from app.queries.random_review import Pool, SheetRow, review_sheets
from app.queries.units import UnitRow, units
from app.use_cases.issues import Done
from app.use_cases.random_review import SHEET_DRAFT, Drawn, KeptSheet, draw, fill_sheet, new_seed, sheet_key, unsaved_sheet
from ui.forms.category_box import CategoryBox
from ui.forms.draft_keeper import DraftKeeper, HeldDraft
from ui.forms.field_row import FieldRow
from ui.forms.number_box import NumberBox
from ui.models.page_table import Column, PageTable
from ui.page import Workbench
from ui.theme import SPACE
from ui.undoing import say_done
from ui.widgets.beside import Beside
from ui.widgets.card import Card
from ui.widgets.code_box import CodeBox
from ui.widgets.elided_link import ElidedLink
from ui.widgets.field import Field
from ui.widgets.framed import framed
from ui.widgets.long_text import LongText
from ui.widgets.roles import button, label
from ui.widgets.scrolled import scrolled
from ui.widgets.table_view import TableView
from ui.wording import day_told, word_of

_WIDE: Final = 820  # below it the sheet stands under the list
_LEAST_SHEET: Final = 340
_LEAST_LIST: Final = 130
_TEXT: Final = 96
_YEARS: Final = 6
_USUAL: Final = 10  # of 64, where the model was seen


class RandomReviewView(QWidget):
    """The draw above, what was drawn below, a sheet beside it; `opened` asks for a suggestion."""

    opened = Signal(str)

    def __init__(self, bench: Workbench) -> None:
        super().__init__()
        self._bench: Final = bench
        self._wanted: Id = ""
        today = bench.workspace.clock.today().date()
        self.year: Final = Field(_("Year"), CategoryBox())
        self.year.editor.show_names({str(today.year - back): str(today.year - back) for back in range(_YEARS)})
        self.unit: Final = Field(_("Unit"), CategoryBox())
        self.state: Final = Field(_("State"), CodeBox(SuggestionState))
        self.many: Final = Field(_("How many to draw"), NumberBox())
        self.many.editor.setValue(_USUAL)
        self.seed: Final = Field(_("Seed"), QLineEdit(new_seed()))
        self.draw_button: Final = button(_("Draw"))
        self.told: Final = label("", "soft", wrap=True)
        self.table: Final[PageTable[SheetRow]] = PageTable(_columns(), self)
        self.view: Final = TableView(self.table, bench.theme)
        self.view.setAccessibleName(_("Drawn suggestions"))
        self.sheet: Final = SheetCard(bench)
        self._arrange()
        self._connect()

    def refresh(self) -> None:
        """Ask again what was drawn; what is chosen stays chosen."""
        workspace, ask = self._bench.workspace, self._bench.background.ask
        ask(self, lambda: review_sheets(workspace), self._show, self._fail, topic="sheets")
        ask(self, lambda: units(workspace), self._offer_units, self._fail, topic="units")

    def show_sheet(self, id: Id) -> None:
        """Put the cursor on one sheet as soon as it is in the list."""
        self._wanted = id
        self.refresh()

    def chosen(self) -> Id:
        """The sheet under the cursor; empty where none is, or where something is being typed."""
        return "" if self.sheet.dirty() else self.sheet.id

    def keep(self) -> None:
        """Keep what is typed at once."""
        self.sheet.keep()

    def draw(self) -> None:
        """Draw, and note it."""
        workspace, seed, many = self._bench.workspace, self.seed.editor.text(), self.many.editor.value()
        pool = Pool(year=int(self.year.editor.code() or 0), unit=self.unit.editor.code(), state=self.state.editor.code())
        for field in (self.seed, self.many):
            field.complain("")
        self._bench.background.do(self, lambda _progress: draw(workspace, seed, many, pool), self._drawn, self._fail)

    def _drawn(self, done: Drawn) -> None:
        words = _("{many} of {pool} drawn with the seed {seed}. The same seed draws the same again; the journal holds it.")
        self.told.setText(words.format(many=len(done.suggestions), pool=done.pool, seed=done.seed))
        self.seed.editor.setText(new_seed())
        self.show_sheet(done.sheets[0])

    def _show(self, rows: Sequence[SheetRow]) -> None:
        wanted, self._wanted = self._wanted or self.sheet.id, ""
        self.table.show(len(rows), rows)
        place = self.table.place_of(lambda row: row.sheet.id == wanted)
        self.view.select(max(place, 0))
        self._room.setVisible(bool(rows))

    def _offer_units(self, rows: Sequence[UnitRow]) -> None:
        self.unit.editor.show_names({each.id: each.name for each in rows})

    def _choose(self, row: SheetRow) -> None:
        workspace, id = self._bench.workspace, row.sheet.id
        ask = self._bench.background.ask
        ask(self, lambda: unsaved_sheet(workspace, id), lambda kept: self.sheet.show_row(row, kept), self._fail, topic="sheet")

    def _fail(self, error: AppError) -> None:
        if problems := stopped_by(error):
            for each in problems:
                (self.seed if each.field == "seed" else self.many).complain(problem_told(each))
        else:
            self._bench.feedback.fail(error)

    def _arrange(self) -> None:
        card = Card(_("Draw at random"))
        fields: list[tuple[QWidget, int]] = [(self.year, 7), (self.unit, 11), (self.state, 8), (self.many, 6), (self.seed, 10)]
        card.add(FieldRow(self._bench.theme, fields))
        line = QHBoxLayout()
        line.setSpacing(SPACE.middle)
        line.addWidget(self.draw_button)
        line.addWidget(self.told, 1)
        card.body.addLayout(line)
        frame = framed(self.view)
        frame.setMinimumHeight(self._bench.theme.px(_LEAST_LIST))
        self._room = scrolled(self.sheet)
        lists = Beside(self._bench.theme, frame, self._room, narrow=_WIDE, least=_LEAST_SHEET)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE.large)
        layout.addWidget(card)
        layout.addWidget(lists, 1)

    def _connect(self) -> None:
        self.draw_button.clicked.connect(self.draw)
        self.view.chosen.connect(self._choose)
        self.view.opened.connect(lambda row: self.opened.emit(row.sheet.of))
        self.sheet.opened.connect(self.opened)


class SheetCard(QWidget):
    """One sheet: what was reported, what was commented, how it was tested; kept as a draft until it is saved."""

    opened = Signal(str)

    def __init__(self, bench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bench: Final = bench
        self._row: SheetRow | None = None
        self._draft: Final = HeldDraft()
        self.title: Final = ElidedLink("")
        self.drawn: Final = label("", "small", wrap=True)
        self.report: Final = Field(_("Report of the unit"), LongText(bench.theme, is_heading=lambda _line: False))
        self.comment: Final = Field(_("Comment"), LongText(bench.theme, is_heading=lambda _line: False))
        self.test: Final = Field(_("Test on the spot"), CodeBox(Satisfaction, _("Not said")))
        self.save_button: Final = button(_("Save the sheet"))
        card = Card(_("Review sheet"))
        for each in (self.report, self.comment):
            each.editor.setFixedHeight(bench.theme.px(_TEXT))
        for widget in (self.title, self.drawn, self.report, self.comment, self.test):
            card.add(widget)
        line = QHBoxLayout()
        line.addWidget(self.save_button)
        line.addStretch(1)
        card.body.addLayout(line)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, SPACE.tiny, 0)
        layout.addWidget(card)
        layout.addStretch(1)
        self.title.clicked.connect(self._open)
        self.save_button.clicked.connect(self.save)
        self.save_button.setToolTip(_("Ctrl+Enter"))
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(self.save)
        for told in (self.report.editor.textChanged, self.comment.editor.textChanged, self.test.editor.currentIndexChanged):
            told.connect(lambda *_told: self._touch())

    @property
    def id(self) -> Id:
        """The sheet shown; empty where none is."""
        return self._row.sheet.id if self._row else ""

    def read(self) -> KeptSheet:
        """What stands here."""
        return KeptSheet(
            report=self.report.editor.toPlainText(), comment=self.comment.editor.toPlainText(), test=self.test.editor.code()
        )

    def dirty(self) -> bool:
        """Whether something was typed that is not saved."""
        return self._row is not None and self.read() != KeptSheet.of(self._row.sheet)

    def show_row(self, row: SheetRow, kept: KeptSheet | None) -> None:
        """Show a sheet, with what was typed at it before and not saved; what is being typed at it stays."""
        if row.sheet.id == self.id and self.dirty() and kept is None:
            self._row = row
            return
        self.keep()
        self._draft.let_go()
        self._row = row
        told = kept or KeptSheet.of(row.sheet)
        self.title.say(row.title)
        seed = _("seed {seed}").format(seed=row.sheet.seed)
        self.drawn.setText("　".join(each for each in (_("Drawn {day}").format(day=day_told(row.on)), seed, row.number) if each))
        self.report.editor.setPlainText(told.report)
        self.comment.editor.setPlainText(told.comment)
        self.test.editor.show_code(told.test)
        id, title = row.sheet.id, row.title
        self._draft.hold(DraftKeeper(self._bench, sheet_key(id), SHEET_DRAFT, lambda: self.read().told(title), self))

    def keep(self) -> None:
        """Keep what is typed at once."""
        if self.dirty():
            self._draft.keep_now()

    def save(self) -> None:
        """Save the sheet."""
        if self._row is None:
            return
        workspace, id, heads, told = self._bench.workspace, self.id, self._row.heads, self.read()
        self._draft.pause()
        self._bench.background.do(
            self,
            lambda _progress: fill_sheet(workspace, id, report=told.report, comment=told.comment, test=told.test, seen=heads),
            self._saved,
            self._fail,
        )

    def _saved(self, done: Done) -> None:
        say_done(self._bench, self, _("The sheet is saved."), done)

    def _fail(self, error: AppError) -> None:
        self._touch()
        self._bench.feedback.fail(error)

    def _touch(self) -> None:
        if self.dirty():
            self._draft.touch()

    def _open(self) -> None:
        if self._row:
            self.opened.emit(self._row.sheet.of)


def _columns() -> Sequence[Column[SheetRow]]:
    return (
        Column(heading=_("Drawn suggestion"), text=lambda row: row.title),
        Column(heading=_("Drawn on"), text=lambda row: day_told(row.on), width=8, spare=2),
        Column(heading=_("Seed"), text=lambda row: row.sheet.seed, width=6, spare=3),
        Column(heading=_("Steps done"), text=_done, width=11, spare=1),
        Column(heading=_("Test"), text=lambda row: word_of(row.sheet.test) if row.sheet.test else "", width=5),
    )


def _done(row: SheetRow) -> str:
    many = len(ReviewPart)
    last = word_of(row.done[-1]) if row.done else ""
    told = ngettext("{done} of {many}", "{done} of {many}", len(row.done)).format(done=len(row.done), many=many)
    return "　".join(each for each in (told, last) if each)

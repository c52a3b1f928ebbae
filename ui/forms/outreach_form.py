"""The people met on an outreach round, one line each: Enter goes on, the village is carried over from the line before."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Final

from PySide6.QtCore import QEvent, QObject, QStringListModel, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QCompleter, QGridLayout, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from app.domain.encounter import Party
from app.domain.issue import Issue
from app.domain.problems import Problem
from app.domain.values import Id
from app.domain.visit_sheet import Line
from app.i18n import _
from app.messages import problem_told
from app.queries.visit_words import VisitWords
from ui.forms.enter_moves import EnterMoves, reach
from ui.forms.number_box import NumberBox
from ui.theme import SPACE
from ui.widgets.code_box import CodeBox
from ui.widgets.roles import button, label

ANONYMOUS: Final = "匿名"
"""Written into the field of a name, it says that whoever it was left none."""

_STRETCH: Final = (0, 4, 0, 0, 4, 12, 0)
_FOLDED_STRETCH: Final = (0, 3, 4, 0, 0, 0, 0)
_LINES: Final = 3  # of the grid, for one line of outreach: its fields, those below them where it is narrow, what is wrong


class OutreachForm(QWidget):
    """Lines of outreach in, lines out. There is always one more line than people."""

    changed = Signal()

    def __init__(self, new_line: Callable[[], Line], new_id: Callable[[], Id], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._new_line: Final = new_line
        self._new_id: Final = new_id
        self._villages = QStringListModel(self)
        self.rows: list[OutreachRow] = []
        self._enter = EnterMoves(self)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(SPACE.small)
        self._grid.setVerticalSpacing(SPACE.tiny)
        self._folded = False
        headings = ("", _("Name (householder, unit)"), _("Who"), _("How many"), _("Village (community)"), _("What was raised"))
        self._headings: Final = [label(each, "label") for each in headings]
        for column, heading in enumerate(self._headings):
            self._grid.addWidget(heading, 0, column)
        self._stretch()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(self._grid)
        layout.addStretch(1)

    def fold(self, *, folded: bool) -> None:
        """Let each line stand in two where there is no room for it in one; its fields say then what they are."""
        if folded != self._folded:
            self._folded = folded
            for heading in self._headings:
                heading.setHidden(folded)
            self._stretch()
            for number, row in enumerate(self.rows):
                self._place(row, number)

    def show_names(self, known: VisitWords) -> None:
        """Offer these villages."""
        self._villages.setStringList(list(known.villages))

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Show these lines, and one to go on with."""
        for row in self.rows:
            row.clear_away()
        self.rows = []
        for line in lines:
            self._add(line)
        self._add(self._new_line())

    def rest_on(self, lines: Sequence[Line]) -> None:
        """Take what was saved for granted, without touching what is being typed."""
        saved = {each.encounter.id: each for each in lines}
        for row in self.rows:
            row.rest_on(saved.get(row.id, row.line))

    def read(self) -> tuple[Line, ...]:
        """The lines as they stand, without those of which nothing was said."""
        return tuple(line for line in (row.read() for row in self.rows) if not line.blank())

    def complain(self, problems: Mapping[Id, Sequence[Problem]]) -> None:
        """Say below each line what is wrong with it; the first of them is brought in sight."""
        for row in self.rows:
            row.complain(problems.get(row.id, ()))
        if first := next((row for row in self.rows if any(not each.hint for each in problems.get(row.id, ()))), None):
            reach(first.name)

    def begin(self) -> None:
        """Put the cursor into the last line."""
        reach(self.rows[-1].name)

    def _add(self, line: Line) -> "OutreachRow":
        row = OutreachRow(line, self._new_id, self._villages, len(self.rows) + 1, self)
        self.rows.append(row)
        self._place(row, len(self.rows) - 1)
        for cell in row.cells():
            self._enter.watch(cell)
        self._enter.watch(row.raised, lambda: self._go_on(row))
        row.changed.connect(lambda: self._typed(row))
        row.remove.clicked.connect(lambda: self._take_out(row))
        row.name.installEventFilter(self)
        return row

    def _place(self, row: "OutreachRow", number: int) -> None:
        top, grid = 1 + _LINES * number, self._grid
        row.fold(folded=self._folded)
        if self._folded:
            for column, widget in enumerate((row.number, row.name, row.party, row.people)):
                grid.addWidget(widget, top, column)
            grid.addWidget(row.village, top + 1, 1)
            grid.addWidget(row.raised, top + 1, 2, 1, 2)
            grid.addWidget(row.remove, top + 1, 4)
        else:
            for column, widget in enumerate((row.number, *row.cells(), row.remove)):
                grid.addWidget(widget, top, column)
        grid.addWidget(row.problem, top + 2, 1, 1, len(_STRETCH) - 1)

    def _stretch(self) -> None:
        for column, stretch in enumerate(_FOLDED_STRETCH if self._folded else _STRETCH):
            self._grid.setColumnStretch(column, stretch)

    def _go_on(self, row: "OutreachRow") -> None:
        following = self.rows[self.rows.index(row) + 1 :]
        reach((following[0] if following else row).name)

    def _typed(self, row: "OutreachRow") -> None:
        if row is self.rows[-1] and not row.read().blank():
            self._add(self._new_line()).village.setText(row.village.text())
        elif not self.rows[-1].village.isModified():
            self.rows[-1].village.setText(self.rows[-2].village.text() if len(self.rows) > 1 else "")
        self.changed.emit()

    def _take_out(self, row: "OutreachRow") -> None:
        if row is not self.rows[-1]:
            self.rows.remove(row)
            row.clear_away()
            for number, each in enumerate(self.rows, start=1):
                each.number.setText(str(number))
            self.begin()
            self.changed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  # Qt's own name
        """Several lines copied from a spreadsheet become lines here."""
        if not (isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress):
            return False
        if not event.matches(QKeySequence.StandardKey.Paste):
            return False
        table = [line.split("\t") for line in QGuiApplication.clipboard().text().splitlines() if line.strip()]
        row = next((each for each in self.rows if each.name is watched), None)
        if row is None or (len(table) < 2 and all(len(each) < 2 for each in table)):
            return False
        self.paste(row, table)
        return True

    def paste(self, row: "OutreachRow", table: Sequence[Sequence[str]]) -> None:
        """Put a table in from this line on: name, number of people, village, what was raised."""
        at = self.rows.index(row)
        for number, cells in enumerate(table):
            self.rows[at + number].fill([each.strip() for each in cells])
        self.begin()


class OutreachRow(QObject):
    """One line: its widgets stand in the grid of the form."""

    changed = Signal()

    def __init__(self, line: Line, new_id: Callable[[], Id], villages: QStringListModel, number: int, parent: QObject) -> None:
        super().__init__(parent)
        self.line = line
        self._issue: Final = Issue(id=new_id())
        self.number: Final = label(str(number), "small")
        self.name: Final = QLineEdit()
        self.party: Final = CodeBox(Party)
        self.people: Final = NumberBox(least=0)
        self.village: Final = QLineEdit()
        self.raised: Final = QLineEdit()
        self.problem: Final = label("", "problem", wrap=True)
        self.remove: Final = button(_("Remove"), "link")
        self.remove.setAccessibleName(_("Remove"))
        self.remove.setToolTip(_("Remove"))
        self.problem.hide()
        self.party.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.people.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        for cell, told in zip(
            self.cells(), (_("Name"), _("Who"), _("How many"), _("Village"), _("What was raised")), strict=True
        ):
            cell.setAccessibleName(_("Line {number}: {what}").format(number=number, what=told))
        completer = QCompleter(villages, self)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.village.setCompleter(completer)
        self._show()
        for text in (self.name, self.village, self.raised):
            text.textChanged.connect(lambda _text: self.changed.emit())
        self.party.currentIndexChanged.connect(lambda _index: self.changed.emit())
        self.people.valueChanged.connect(lambda _number: self.changed.emit())

    @property
    def id(self) -> Id:
        """Whom the line is about."""
        return self.line.encounter.id

    def cells(self) -> tuple[QLineEdit, CodeBox, NumberBox, QLineEdit, QLineEdit]:
        """Its fields from left to right."""
        return self.name, self.party, self.people, self.village, self.raised

    def fold(self, *, folded: bool) -> None:
        """Say in each field what belongs there, where no heading does."""
        told = (_("Name"), _("Village (community)"), _("What was raised"))
        for field, words in zip((self.name, self.village, self.raised), told, strict=True):
            field.setPlaceholderText(words if folded else "")
        self.people.setSpecialValueText(_("How many") if folded else " ")
        self.remove.setText("×" if folded else _("Remove"))

    def rest_on(self, line: Line) -> None:
        """Take what was saved for granted."""
        self.line = line

    def read(self) -> Line:
        """The line as it stands; what was raised becomes an issue."""
        name = self.name.text().strip()
        nameless = name in {ANONYMOUS, _("Anonymous")}
        met = replace(
            self.line.encounter,
            name="" if nameless else name,
            anonymous=nameless,
            party=self.party.code(),
            people=self.people.value(),
            village=self.village.text().strip(),
        )
        said, issues = self.raised.text().strip(), self.line.issues
        if len(issues) > 1 or said == _told(self.line):
            return replace(self.line, encounter=met)
        first = issues[0] if issues else self._issue
        return replace(self.line, encounter=replace(met, raised=""), issues=(replace(first, words=said),) if said else ())

    def fill(self, cells: Sequence[str]) -> None:
        """Write a line of a table into the fields."""
        name, people, village, raised = [*cells, "", "", "", ""][:4]
        if not people.isdigit():
            village, raised, people = people or village, village if people else raised, ""
        self.name.setText(name)
        self.people.setValue(int(people or 0))
        self.village.setText(village or self.village.text())
        self.raised.setText(raised)

    def complain(self, problems: Sequence[Problem]) -> None:
        """Say below the line what is wrong with it."""
        self.problem.setText("　".join(problem_told(each) for each in problems))
        self.problem.setVisible(bool(problems))

    def clear_away(self) -> None:
        """The line is no more."""
        for widget in (self.number, *self.cells(), self.remove, self.problem):
            widget.hide()
            widget.deleteLater()
        self.deleteLater()

    def _show(self) -> None:
        met = self.line.encounter
        self.name.setText(_("Anonymous") if met.anonymous else met.name)
        self.party.show_code(met.party)
        self.people.setValue(met.people)
        self.village.setText(met.village)
        self.raised.setText(_told(self.line))
        self.raised.setReadOnly(len(self.line.issues) > 1)


def _told(line: Line) -> str:
    """What a line raised, in one line of text."""
    return "；".join(each.words or each.subject for each in line.issues) or line.encounter.raised

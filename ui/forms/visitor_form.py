"""One visitor at the desk: who it is, and one after the other what they raise."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

from PySide6.QtCore import QStringListModel, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QCompleter, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app.domain.encounter import Encounter
from app.domain.issue import Issue
from app.domain.people import Contact
from app.domain.problems import Problem
from app.domain.values import Id
from app.domain.visit_sheet import Line
from app.domain.written_text import one_line
from app.i18n import _
from app.messages import problem_told
from app.queries.visit_words import VisitWords
from ui.forms.enter_moves import EnterMoves
from ui.forms.field_row import FieldRow
from ui.forms.keys_told import keyed
from ui.forms.matter_form import MatterForm, blank_issue, says_something
from ui.forms.number_box import NumberBox
from ui.theme import SPACE, Theme
from ui.widgets.field import Field
from ui.widgets.roles import button, label


class VisitorForm(QWidget):
    """A line of a reception in, a line out. `changed` tells that something was typed, `turned` that another matter is shown."""

    changed = Signal()
    turned = Signal()

    def __init__(self, theme: Theme, new_id: Callable[[], Id], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._new_id: Final = new_id
        self._line = Line(encounter=Encounter(id=""))
        self._contact = Contact(id="")
        self._issues: list[Issue] = []
        self._at = 0
        self._told = ""  # what an earlier program or a table wrote beside the person, and no issue tells
        self.name: Final = Field(_("Visitor"), QLineEdit())
        self.phone: Final = Field(_("Telephone"), QLineEdit())
        self.village: Final = Field(_("Village (community)"), QLineEdit())
        self.people: Final = Field(_("Number of visitors"), NumberBox())
        self.number: Final = Field(_("Number on the paper"), QLineEdit())
        self.number.editor.setPlaceholderText(_("given when it is saved"))
        self.anonymous: Final = QCheckBox(_("Leaves no name"))
        self.confidential: Final = QCheckBox(_("Asks for confidence"))
        self.hint: Final = label("", "chip", wrap=True, tone="warning")
        self.matter: Final = MatterForm(theme)
        self.count: Final = label("", "label")
        self.before: Final = button(_("Previous"), "link")
        self.after: Final = button(_("Next"), "link")
        self.another: Final = button(_("＋ Another matter　F3"), "link")
        self._villages = QStringListModel(self)
        self.beside: Final = QHBoxLayout()
        self._arrange(theme)
        self._connect()

    # --- a value in, a value out

    def show_names(self, known: VisitWords) -> None:
        """Offer these categories and villages."""
        self.matter.show_names(known)
        self._villages.setStringList(list(known.villages))

    def show_line(self, line: Line) -> None:
        """Show a visitor and the first thing they raised."""
        self._line, met = line, line.encounter
        self._contact = line.contact or Contact(id=self._new_id(), of=met.id)
        self._told = met.raised if met.raised and not line.issues else ""
        self._issues = list(line.issues) or [replace(blank_issue(self._new_id()), words=self._told)]
        blocked = self.blockSignals(True)
        self.name.editor.setText(met.name)
        self.phone.editor.setText(self._contact.phone)
        self.village.editor.setText(met.village)
        self.number.editor.setText(met.number)
        self.people.editor.setValue(max(1, met.people))
        self.anonymous.setChecked(met.anonymous)
        self.confidential.setChecked(met.confidential)
        self.blockSignals(blocked)
        self.complain(())
        self._turn_to(0)

    def rest_on(self, line: Line) -> None:
        """Take what was saved for granted, without touching what is being typed."""
        self._line = line
        saved = {each.id: each for each in line.issues}
        self._issues = [saved.get(each.id, each) for each in self._issues]
        if self._issues:
            self.matter.rest_on(self._issues[self._at])

    def read(self) -> Line:
        """The visitor as the form has them; matters of which nothing was said are left out."""
        issues = self._read_issues()
        met = replace(
            self._line.encounter,
            name="" if self.anonymous.isChecked() else one_line(self.name.editor.text()),
            anonymous=self.anonymous.isChecked(),
            people=self._number(),
            village=one_line(self.village.editor.text()),
            confidential=self.confidential.isChecked(),
            number=self.number.editor.text().strip(),
        )
        if self._told:
            only_told = [each.words for each in issues] == [self._told] and not says_something(replace(issues[0], words=""))
            issues, met = ((), met) if only_told else (issues, replace(met, raised=""))
        contact = replace(self._contact, phone=self.phone.editor.text().strip())
        return Line(encounter=met, contact=contact if contact.phone or contact.address else None, issues=issues)

    def complain(self, problems: Sequence[Problem]) -> None:
        """Say beside each field what is wrong with it, and bring the first of them in sight; nothing wrong clears all."""
        wrong = {each.field: problem_told(each) for each in problems if not each.hint}
        nameless, wordless = wrong.get("name", ""), wrong.get("words", wrong.get("raised", ""))
        if wordless:
            self._turn_to(self._wordless())
        self.name.complain(nameless)
        self.matter.words.complain(wordless)
        hints = [problem_told(each) for each in problems if each.hint]
        self.hint.setText("\n".join(hints))
        self.hint.setVisible(bool(hints))
        if nameless or wordless:
            (self.name if nameless else self.matter.words).setFocus()

    def begin(self) -> None:
        """Put the cursor where one begins: the name, or for somebody without a name the words."""
        (self.matter.words if self.anonymous.isChecked() else self.name).editor.setFocus()

    def ask_number(self, *, asked: bool) -> None:
        """Whether the number of a paper is asked for: of a reception entered later."""
        self.number.setVisible(asked)

    # --- several matters

    def matters(self) -> int:
        """How many matters there are, the one being begun included."""
        return len(self._issues)

    def next_matter(self) -> None:
        """Turn to the next matter; after the last one begin another, where the last one says something."""
        self._issues[self._at] = self.matter.read()
        if self._at + 1 == len(self._issues):
            if not says_something(self._issues[self._at]):
                self.matter.words.setFocus()
                return
            self._issues.append(blank_issue(self._new_id()))
        self._turn_to(self._at + 1)
        self.matter.words.setFocus()

    def previous_matter(self) -> None:
        """Turn back to the matter before."""
        if self._at > 0:
            self._issues[self._at] = self.matter.read()
            self._turn_to(self._at - 1)
            self.matter.words.setFocus()

    def _turn_to(self, at: int) -> None:
        self._at = at
        self.matter.show_issue(self._issues[at])
        self._count()
        self.turned.emit()

    def _count(self) -> None:
        many = len(self._issues)
        self.count.setText(_("Matter {number} of {many}").format(number=self._at + 1, many=many))
        self.before.setVisible(self._at > 0)
        self.after.setVisible(self._at + 1 < many)
        self.another.setVisible(self._at + 1 == many)

    def _number(self) -> int:
        """How many came; nothing where nothing was said before and one is still the number."""
        before, shown = self._line.encounter.people, self.people.editor.value()
        return before if shown == max(1, before) else shown

    def _read_issues(self) -> tuple[Issue, ...]:
        issues = [*self._issues[: self._at], self.matter.read(), *self._issues[self._at + 1 :]]
        return tuple(each for each in issues if says_something(each))

    def _wordless(self) -> int:
        """The first matter that lacks its words."""
        self._issues[self._at] = self.matter.read()
        return next((at for at, each in enumerate(self._issues) if not (each.words.strip() or each.subject.strip())), self._at)

    # --- how it stands

    def _arrange(self, theme: Theme) -> None:
        row = FieldRow(theme, [(self.name, 7), (self.phone, 8), (self.village, 9), (self.people, 4), (self.number, 9)])
        ticks = QHBoxLayout()
        ticks.setSpacing(SPACE.large)
        for tick in (self.anonymous, self.confidential):
            ticks.addWidget(tick)
        ticks.addLayout(self.beside, 1)
        self.matter.words.name.hide()  # it stands beside the number of the matter
        told = _beside_each_other(label(self.matter.words.name.text(), "label"), self.count, None)
        turning = FieldRow(theme, [(told, 19), (_beside_each_other(None, self.before, self.after, self.another), 10)])
        self.number.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE.small)
        layout.addWidget(row)
        layout.addLayout(ticks)
        layout.addWidget(self.hint, alignment=Qt.AlignmentFlag.AlignLeft)
        layout.addWidget(turning)
        layout.addWidget(self.matter, 1)

    def _connect(self) -> None:
        enter = EnterMoves(self)
        enter.watch(self.name.editor, lambda: self.matter.words.setFocus())
        for line in (self.phone.editor, self.village.editor, self.number.editor):
            enter.watch(line)
        enter.watch(self.people.editor)
        for line in (self.name.editor, self.phone.editor, self.village.editor, self.number.editor):
            line.textChanged.connect(lambda _text: self._typed())
        self.people.editor.valueChanged.connect(lambda _number: self._typed())
        for tick in (self.anonymous, self.confidential):
            enter.watch(tick)
            tick.toggled.connect(lambda _on: self._typed())
        self.anonymous.toggled.connect(lambda on: self.name.editor.setDisabled(on))
        villages = QCompleter(self._villages, self)
        villages.setFilterMode(Qt.MatchFlag.MatchContains)
        self.village.editor.setCompleter(villages)
        self.matter.changed.connect(self.changed)
        self.before.clicked.connect(self.previous_matter)
        self.after.clicked.connect(self.next_matter)
        self.another.clicked.connect(self.next_matter)
        self.another.setToolTip(keyed(_("Another matter of the same visitor"), "F3", "Ctrl+3"))
        self.before.setToolTip(keyed(_("The matter before"), "Shift+F3"))

    def _typed(self) -> None:
        if self.name.editor.text().strip() or self.anonymous.isChecked():
            self.name.complain("")
        self.changed.emit()


def _beside_each_other(*widgets: QWidget | None) -> QWidget:
    """Widgets in a line; None is room between them."""
    box = QWidget()
    line = QHBoxLayout(box)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(SPACE.small)
    for widget in widgets:
        line.addWidget(widget) if widget else line.addStretch(1)
    return box

"""The form a suggestion is written in: title, lead deputy, the long text with its three parts, what the official form asks."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QScrollArea, QVBoxLayout, QWidget

from app.domain.hint import Place
from app.domain.levels import LEVELS
from app.domain.personal_data import personal_data
from app.domain.problems import Problem
from app.domain.sections import SECTIONS, is_heading, section_at, section_word, with_section
from app.domain.suggestion import Classification, Suggestion
from app.domain.written_text import Pasted, counted
from app.i18n import _, ngettext
from app.messages import problem_told
from app.queries.units import UnitRow
from ui.feedback import Tone
from ui.forms.delegation_path import DelegationPath
from ui.forms.keys_told import keyed
from ui.forms.official_matters import OfficialMatters
from ui.page import Workbench
from ui.theme import SPACE
from ui.widgets.card import Card
from ui.widgets.deputy_picker import DeputyPicker
from ui.widgets.field import Field
from ui.widgets.find_bar import FindBar, find_key
from ui.widgets.flow import Flow
from ui.widgets.long_text import LongText
from ui.widgets.roles import button, label, restyled

_LEAST_TEXT: Final = 160  # pixels of the text that always show
_LEAST_MATTERS: Final = 200
_SOON: Final = 100  # milliseconds after a key until the characters are counted: a key itself looks at its paragraph alone


class SuggestionForm(Card):
    """A suggestion in, a suggestion out; `changed` tells that something was typed or chosen."""

    changed = Signal()
    given_up = Signal()
    """What was typed and not saved is to be forgotten."""

    def __init__(self, bench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._bench = bench
        self._shown = Suggestion(id="")
        self._residents: Collection[str] = ()
        self._safe = ""
        self.title: Final = QLineEdit()
        self.title.setPlaceholderText(_("On …, a suggestion"))
        self.lead: Final = DeputyPicker(bench, single=True)
        self.text: Final = LongText(bench.theme, is_heading=is_heading, marks=self._marks)
        self.text.setAccessibleName(_("Text of the suggestion"))
        self.matters: Final = OfficialMatters(bench)
        self.path: Final = DelegationPath(bench.theme, lambda: bench.workspace.clock.today().date())
        self.finding: Final = FindBar(self.text, bench.theme)
        self.state: Final = label("", "soft")
        self.give_up: Final = button(_("Give up changes"), "link")
        self.give_up.hide()
        self.caution: Final = label(
            _("Nothing that is a state secret belongs here: it goes the classified way, on paper."), "small", wrap=True
        )
        self.sections: Final = [self._section(each) for each in SECTIONS]
        self.matters_button: Final = button("", "link")
        self.find_button: Final = button(_("Find"), "link")
        self.foot: Final = Flow(gap=SPACE.middle)
        self._counting: Final = QTimer(self, singleShot=True, interval=_SOON)
        self._title = Field(_("Title"), self.title)
        self._lead = Field(_("Lead deputy"), self.lead)
        self._text_problem = label("", "problem", wrap=True)
        self._text_problem.hide()
        self._matters_room = QScrollArea()
        self._arrange()
        self._connect()

    # --- a value in, a value out

    def show_suggestion(self, suggestion: Suggestion) -> None:
        """Show a suggestion from its beginning."""
        self._shown = suggestion
        blocked = self.blockSignals(True)
        self.title.setText(suggestion.subject)
        self.title.setCursorPosition(0)
        self.lead.show_ids([suggestion.lead_deputy] if suggestion.lead_deputy else [])
        self.text.show_text(suggestion.text)
        self.matters.show_matters(suggestion)
        self.path.show_path(suggestion)
        self.finding.hide()
        self.blockSignals(blocked)
        self.complain(())
        self._count()

    def adopt(self, suggestion: Suggestion, *, wholly: bool) -> None:
        """Take over what saving made of the fields that are not shown here; the title too where nothing was typed since."""
        self._shown = suggestion
        if wholly and self.title.text() != suggestion.subject:
            blocked = self.blockSignals(True)
            self.title.setText(suggestion.subject)
            self.blockSignals(blocked)

    def read(self) -> Suggestion:
        """The suggestion as it stands here. Where the lead is another, what followed from the lead is open again."""
        lead = next(iter(self.lead.ids()), "")
        typed = replace(self._shown, subject=self.title.text(), text=self.text.text(), lead_deputy=lead)
        if lead != self._shown.lead_deputy:
            typed = replace(typed, receiving_body="", term="", delegation="")
        return self.path.onto(self.matters.onto(typed))

    def take_words(self, subject: str, text: str) -> None:
        """Put another title and text here, as if they had been typed."""
        if self.title.text() != subject:
            self.title.selectAll()
            self.title.insert(subject)
        self.text.replace_text(text)

    def complain(self, problems: Iterable[Problem]) -> bool:
        """Show each problem beside its field and go to the first; whether there was one."""
        told = {each.field: problem_told(each) for each in problems if not each.hint}
        self._title.complain(told.get("subject", ""))
        self._lead.complain(told.get("lead_deputy", ""))
        self._text_problem.setText(told.get("text", ""))
        self._text_problem.setVisible("text" in told)
        restyled(self.text, "wrong", "true" if "text" in told else "false")
        fields: tuple[tuple[str, QWidget], ...] = (("subject", self.title), ("lead_deputy", self.lead), ("text", self.text))
        first = next((widget for name, widget in fields if name in told), None)
        if first:
            first.setFocus()
        return bool(told)

    def freeze(self, *, frozen: bool) -> None:
        """The words change no more, or may be written at again."""
        self.title.setReadOnly(frozen)
        self.text.setReadOnly(frozen)
        self.lead.freeze(frozen=frozen)
        self.matters.setEnabled(not frozen)
        self.path.setEnabled(not frozen)
        self.caution.setVisible(not frozen)

    # --- what comes from outside

    def mark(self, residents: Collection[str]) -> None:
        """Mark these names in the text, and every number that looks like a person's."""
        self._residents = residents
        self.text.mark_anew()

    def show_places(self, places: Sequence[Place]) -> None:
        """Go to the first of these places and choose its words."""
        first = next(iter(places), None)
        if first and first.field == "subject":
            self.title.setFocus()
            self.title.setSelection(first.start, first.end - first.start)
        elif first:
            self.text.show_span(first.start, first.end)

    def confirm_not_secret(self) -> None:
        """Take down that nothing in it is a state secret."""
        mark = self._shown.classification or Classification.PUBLIC
        self._shown = replace(self._shown, not_secret=True, classification=mark)
        self.changed.emit()

    def offer_units(self, units: Sequence[UnitRow]) -> None:
        """The units that may be proposed."""
        self.matters.offer_units(units)

    def tell_state(self, words: str, *, typed: bool) -> None:
        """Say whether the text is safe, and offer to give up what was typed."""
        self._safe = words
        self.give_up.setVisible(typed)
        self._count()

    def tell_typed(self) -> None:
        """Say soon that what is typed is not saved; a key does not wait for the characters to be counted."""
        self._safe = _("Not saved yet")
        self.give_up.show()
        self._counting.start()

    def count_now(self) -> None:
        """Count the characters, where that is still to be done."""
        if self._counting.isActive():
            self._counting.stop()
            self._count()

    def begin(self) -> None:
        """Put the cursor where writing begins: the title, or the text where a title stands."""
        if self.title.text():
            self.text.go_to(0)
        else:
            self.title.setFocus()

    def _arrange(self) -> None:
        second = QHBoxLayout()
        second.setSpacing(SPACE.large)
        second.addWidget(self._lead, 1)
        second.addWidget(self.caution, 1, Qt.AlignmentFlag.AlignBottom)
        bar = Flow(gap=SPACE.middle)
        for group in (self.sections, [self.give_up, self.state]):
            bar.addWidget(_side_by_side(group))
        self._matters_room.setWidgetResizable(True)
        self._matters_room.setWidget(_one_below_the_other((self.matters, self.path)))
        self._matters_room.hide()
        for each in (self.matters_button, self.find_button):
            self.foot.addWidget(each)
        self.add(self._title)
        self.body.addLayout(second)
        self.body.addLayout(bar)
        self.add(self.finding)
        self.add(self.text, 3)
        self.add(self._text_problem)
        self.body.addLayout(self.foot)
        self.add(self._matters_room, 4)
        self._show_matters(shown=False)
        self._measure()

    def _connect(self) -> None:
        self.title.textChanged.connect(self.changed)
        self.title.returnPressed.connect(self.focusNextChild)
        self.lead.changed.connect(self.changed)
        self.text.textChanged.connect(self.changed)
        self.text.pasted.connect(self._tell_pasted)
        self.matters.changed.connect(self.changed)
        self.path.changed.connect(self.changed)
        self.find_button.clicked.connect(self.finding.open_bar)
        self._counting.timeout.connect(self._count)
        self.give_up.clicked.connect(self.given_up)
        self.matters_button.clicked.connect(lambda: self._show_matters(shown=self._matters_room.isHidden()))
        self._bench.theme.changed.connect(self._measure)
        self._add_keys()

    def _add_keys(self) -> None:
        find_key(self.finding, self.text)
        told = keyed(_("Find"), QKeySequence(QKeySequence.StandardKey.Find).toString())
        self.find_button.setToolTip(told)
        self.text.setToolTip(_("Ctrl+1 to Ctrl+4: 一、（一）1.（1）"))
        for level in range(1, LEVELS + 1):
            key = QShortcut(QKeySequence(f"Ctrl+{level}"), self.text)
            key.setContext(Qt.ShortcutContext.WidgetShortcut)
            key.activated.connect(lambda level=level: self._set_level(level))

    def _set_level(self, level: int) -> None:
        if not self.text.isReadOnly():
            self.text.set_level(level)

    def _section(self, section: str) -> QPushButton:
        made = button(section_word(section), "filter")
        made.setToolTip(_("Go to this part, or begin it"))
        made.clicked.connect(lambda: self._go_to(section))
        return made

    def _go_to(self, section: str) -> None:
        """Go to a part; one that is not there yet is begun, where the text may be written at."""
        text = self.text.text()
        at = section_at(text, section)
        if at is None:
            if self.text.isReadOnly():
                return
            place, heading = with_section(text, section)
            self.text.put(place, heading)
            at = section_at(self.text.text(), section) or 0
        line_end = self.text.text().find("\n", at)
        self.text.go_to(line_end + 1 if line_end >= 0 else len(self.text.text()))

    def _show_matters(self, *, shown: bool) -> None:
        self._matters_room.setVisible(shown)
        self.matters_button.setText(_("Close the matters of the form") if shown else _("Matters of the official form …"))
        if shown:
            self.matters.session.setFocus()

    def _marks(self, line: str) -> Iterable[tuple[int, int]]:
        return ((each.start, each.end) for each in personal_data(line, self._residents))

    def _tell_pasted(self, made: Pasted) -> None:
        """Say what was cleaned, and the way back."""
        joined = ngettext("{count} line end of a page joined", "{count} line ends of a page joined", made.joined)
        blanks = ngettext("{count} odd blank made plain", "{count} odd blanks made plain", made.blanks)
        unseen = ngettext("{count} unseen character taken out", "{count} unseen characters taken out", made.unseen)
        counted_ = ((joined, made.joined), (blanks, made.blanks), (unseen, made.unseen))
        told = _(", ").join(words.format(count=count) for words, count in counted_ if count)
        told = told or _("indents and empty lines taken out")
        self._bench.feedback.say(
            _("Pasted and cleaned: {what}. Ctrl+Z brings it back as it was.").format(what=told), Tone.INFORMATION
        )

    def _count(self) -> None:
        many = counted(self.text.text())
        words = ngettext("{count} character", "{count} characters", many).format(count=f"{many:,}")
        self.state.setText(" · ".join(part for part in (words, self._safe) if part))

    def _measure(self) -> None:
        self.text.setMinimumHeight(self._bench.theme.px(_LEAST_TEXT))
        self._matters_room.setMinimumHeight(self._bench.theme.px(_LEAST_MATTERS))


def _one_below_the_other(widgets: Sequence[QWidget]) -> QWidget:
    column = QWidget()
    layout = QVBoxLayout(column)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(SPACE.small)
    for each in widgets:
        layout.addWidget(each)
    return column


def _side_by_side(widgets: Sequence[QWidget]) -> QWidget:
    row = QWidget()
    line = QHBoxLayout(row)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(SPACE.small)
    for each in widgets:
        line.addWidget(each)
    return row

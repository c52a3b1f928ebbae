"""The form one step or note of a suggestion needs: what it asks for, as `ASKS` tells, and no more."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QVBoxLayout, QWidget

from app.domain.life import SuggestionEvent
from app.domain.money import MONEY
from app.domain.problems import Problem
from app.domain.reply import REPLY_CLASSES, ReplyScheme
from app.domain.suggestion_steps import ASKS, OF_THE_UNIT, Deed, Entry, Note, of_only_one, slips_for, trait_of
from app.domain.values import Id
from app.i18n import N_, _
from app.messages import problem_told
from app.messages.limits import years_told
from app.queries.suggestion_handling import HandlingCard, deadlines_told
from ui.forms.day_box import DayBox
from ui.forms.editors import Choice, Deputies, Editor, Lines, Ticks, editor_of
from ui.forms.enter_moves import EnterMoves
from ui.forms.field_row import FieldRow
from ui.forms.form_deeds import FormDeeds
from ui.page import Workbench
from ui.pages.suggestions.shares_field import SharesField
from ui.theme import SPACE
from ui.widgets.contents import take_out
from ui.widgets.field import Field
from ui.widgets.growing_text import GrowingText
from ui.widgets.roles import label
from ui.wording import day_told, field_word, word_of

_E: Final = SuggestionEvent
_WORDS: Final[Mapping[Deed, str]] = {
    _E.RETURN: N_("What must be written otherwise"),
    _E.REFUSE: N_("Why, as the deputy was told"),
    _E.TO_REFERENCE: N_("Why it is passed on for reading"),
    _E.TO_LETTER: N_("Why it is treated as a letter"),
    _E.ASSIGN: N_("What the units are asked to do (may stay empty)"),
    _E.OBJECT: N_("Why the unit asks to give it back"),
    _E.KEEP: N_("Why it stays with the unit"),
    _E.REPLY: N_("What the unit answers"),
    _E.REHANDLE: N_("Why it is handled again"),
    _E.CLEAR: N_("What was done, or what has changed"),
    _E.CHECK_AGAIN: N_("What the look back found"),
    Note.EXTEND: N_("Why it takes longer"),
    Note.CONTACT: N_("What was talked about"),
    Note.CO_OPINION: N_("The co-handler's opinion"),
    Note.SUPPLEMENT: N_("What the unit adds"),
    Note.FOLLOW: N_("How far it has come"),
    Note.SUPERVISE: N_("What was seen and said (may stay empty)"),
    Note.RATE: N_("Why it has these stars"),
    Note.AWARD: N_("What it was awarded for (may stay empty)"),
}
_REMARK: Final = N_("Remark (may stay empty)")
_FIRST: Final = (
    *("supervision_way", "outcome_type", "name", "priority"),
    *("slip", "reply", "commitment", "merged_into", "refusal_code", "reply_class", "phase"),
    *("stars", "award_year", "issuer"),
)
"""What is asked before the words: which one it is about, and how it ended."""

_WIDE: Final = frozenset({"remarks", "help_given", "plan", "promise", "evidence", "demand", "attended", "conclusion", "duties"})
_NAMES: Final[Mapping[str, str]] = {
    "slip": N_("Handling unit"),
    "reply": N_("Reply"),
    "commitment": N_("Promise"),
    "merged_into": N_("Becomes part of"),
    "remarks": N_("Remarks in the text, one a line: words of the text｜remark"),
}


class DeedForm(QWidget):
    """One step: shown with what is known, read as an entry. `wanted` asks to save it, `left` to close it."""

    changed = Signal()
    wanted = Signal()
    left = Signal()

    def __init__(self, bench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bench: Final = bench
        self.deed: Deed | None = None
        self._card: HandlingCard | None = None
        self._merging: Mapping[Id, str] = {}
        self.editors: dict[str, Editor] = {}
        self.fields: dict[str, Field[Any]] = {}
        self.heading: Final = label("", "strong")
        self.deeds: Final = FormDeeds(self)
        """Both buttons, for below the form: they stay in sight where the form is scrolled."""
        self.save: Final = self.deeds.save
        self.close_button: Final = self.deeds.close_button
        self._body = QVBoxLayout()
        self._body.setSpacing(SPACE.small)
        self._arrange()

    # --- a value in, a value out

    def begin(self, deed: Deed, card: HandlingCard, entry: Entry | None = None) -> None:
        """Ask what this step needs; `entry` is what was given for it before."""
        self.deed, self._card = deed, card
        today = self._bench.workspace.clock.today().date()
        self.heading.setText(word_of(deed))
        self.save.setText(_("Save: {step}").format(step=word_of(deed)))
        self._make(deed, card)
        by = "" if deed in OF_THE_UNIT else card.operator
        self._show(of_only_one(card.course, deed, entry or self._known(deed, card, Entry(on=today, by=by))))
        self._follow()
        self._first().setFocus()

    def offer_merging(self, names: Mapping[Id, str]) -> None:
        """What this one may become part of."""
        self._merging = names
        if isinstance(editor := self.editors.get("merged_into"), Choice):
            editor.offer(names)

    def read(self) -> Entry:
        """What was given."""
        values = {name: editor.read() for name, editor in self.editors.items()}
        return Entry(
            on=self.on.editor.day(),
            by=self.by.editor.text().strip(),
            words=self.words.editor.text().strip(),
            fields={name: value for name, value in values.items() if value},
            shares=self.shares.editor.shares() if self.shares else (),
        )

    def malformed(self) -> tuple[Problem, ...]:
        """What was typed and cannot be read."""
        found = ((name, editor.problem()) for name, editor in self.editors.items())
        return tuple(Problem(code=each.code, field=name, facts=each.facts) for name, each in found if each)

    def complain(self, problems: Sequence[Problem]) -> None:
        """Say beside each field what is wrong with it, and go to the first of them; nothing wrong clears all."""
        told = {each.field: problem_told(each) for each in problems if not each.hint}
        for name, field in self.fields.items():
            field.complain(told.get(name, ""))
        if first := next((field for name, field in self.fields.items() if name in told), None):
            first.setFocus()

    def _known(self, deed: Deed, card: HandlingCard, entry: Entry) -> Entry:
        """What is known already: the scheme of this congress, the body that reviews, what the unit fixed before."""
        also, fields = ASKS[deed].also, dict(entry.fields)
        suggestion = card.suggestion
        for name in ("priority", "supervising_leader", "official_in_charge", "supervising_committee"):
            if name in also and getattr(suggestion, name):
                fields[name] = getattr(suggestion, name)
        if "scheme" in also and card.profile.reply_scheme in set(ReplyScheme):
            fields["scheme"] = ReplyScheme(card.profile.reply_scheme)
        if "award_year" in also:
            fields["award_year"] = entry.on.year
        if "review_body" in also:
            fields["review_body"] = next((each.body for each in reversed(card.course.reviews) if each.body), "")
        return Entry(on=entry.on, by=entry.by, fields={name: value for name, value in fields.items() if value})

    def _show(self, entry: Entry) -> None:
        for name, editor in self.editors.items():
            declared = trait_of(name)[1]
            blocked = editor.widget.blockSignals(True)
            editor.show(entry.fields.get(name, declared.shape.empty))
            editor.widget.blockSignals(blocked)
        self._offer_classes()
        if "reply_class" in self.editors:
            self.editors["reply_class"].show(entry.fields.get("reply_class", ""))
        self.on.editor.show_day(entry.on)
        self.by.editor.setText(entry.by)
        self.words.editor.show_text(entry.words)
        if self.shares and entry.shares:
            self.shares.editor.show_shares(entry.shares)

    # --- making the fields of one step

    def _make(self, deed: Deed, card: HandlingCard) -> None:
        take_out(self._body)
        self.editors, self.fields = {}, {}
        moves = EnterMoves(self)
        ask, theme = ASKS[deed], self._bench.theme
        self.words: Field[GrowingText] = Field(_(_WORDS.get(deed, _REMARK)), GrowingText(theme))
        self.on: Field[DayBox] = Field(_("Day"), DayBox())
        self.by: Field[QLineEdit] = Field(_("Of the unit") if deed in OF_THE_UNIT else _("Done by"), QLineEdit())
        self.shares: Field[SharesField] | None = None
        first = [name for name in ask.also if name in _FIRST and self._wanted(name, deed, card)]
        rest = [name for name in ask.also if name not in _FIRST and self._wanted(name, deed, card)]
        for name in sorted(first, key=_FIRST.index):
            self._body.addWidget(self._field(name, deed, card, moves))
        if ask.shares:
            self.shares = Field(_("Handling units"), SharesField(self._bench, card.offered_units))
            self.shares.editor.changed.connect(self.changed)
            self.fields["shares"] = self.shares
            self._body.addWidget(self.shares)
        self._body.addWidget(self.words)
        self._body.addWidget(FieldRow(theme, [(self.on, 8), (self.by, 8)]))
        self.rule = label("", "small", wrap=True)
        self._body.addWidget(self.rule)
        self._add_rest([(name, self._field(name, deed, card, moves)) for name in rest])
        self.fields |= {"words": self.words, "on": self.on, "by": self.by}
        self.words.editor.textChanged.connect(self.changed)
        self.by.editor.textChanged.connect(self.changed)
        self.on.editor.dateChanged.connect(lambda _day: self._follow())
        self.on.editor.dateChanged.connect(lambda _day: self.changed.emit())
        moves.watch(self.on.editor)
        moves.watch(self.by.editor)

    def _add_rest(self, rest: Sequence[tuple[str, QWidget]]) -> None:
        """Two short fields in a line, a long one in a line of its own."""
        pair: list[tuple[QWidget, int]] = []
        for name, field in rest:
            if name in _WIDE or name in {"deputies", "present"}:
                self._body.addWidget(field)
                continue
            pair.append((field, 8))
            if len(pair) == 2:
                self._body.addWidget(FieldRow(self._bench.theme, pair))
                pair = []
        if pair:
            self._body.addWidget(FieldRow(self._bench.theme, pair))

    def _wanted(self, name: str, deed: Deed, card: HandlingCard) -> bool:
        """What there is only one of, or none, need not be asked."""
        if name in {"class_change", "evidence"}:  # only a later reply changes a class
            return deed is not _E.REPLY or not card.course.owing()
        if name == "slip":
            return len(slips_for(card.course, deed)) > 1
        if name == "reply":
            return len(card.replies) > 1
        return name != "commitment" or len(card.course.open_commitments()) > 1

    def _field(self, name: str, deed: Deed, card: HandlingCard, moves: EnterMoves) -> QWidget:
        kind, declared = trait_of(name)
        editor = self._special(name, deed, card)
        if editor is None:
            today = self._bench.workspace.clock.today().date()
            editor = editor_of(self._bench, declared, today, self.changed.emit)
        self.editors[name] = editor
        words = _(_NAMES[name]) if name in _NAMES else field_word(kind, declared.name)
        if name in MONEY:
            words = _("{field} (10,000 yuan)").format(field=words.partition("（")[0])
        field = self.fields[name] = Field(words, editor.widget)
        if isinstance(editor.widget, QCheckBox):
            field.name.setText(" ")
        if isinstance(editor.widget, (QLineEdit, QComboBox, QCheckBox)):
            moves.watch(editor.widget)
        return field

    def _special(self, name: str, deed: Deed, card: HandlingCard) -> Editor | None:
        """The editors of what is chosen among things of this suggestion, and of lists."""
        choices: Mapping[str, Callable[[], Mapping[Id, str]]] = {
            "slip": lambda: {each.id: card.unit_names.get(each.unit, "") for each in slips_for(card.course, deed)},
            "reply": lambda: {each.reply.id: _reply_told(each.word, each.unit, each.reply.round) for each in card.replies},
            "commitment": lambda: {each.id: each.promise for each in card.course.open_commitments()},
            "merged_into": lambda: self._merging,
            "reply_class": dict,
        }
        if name in choices:
            choice = Choice(self.changed.emit)
            choice.offer(choices[name]())
            return choice
        if name == "scheme":
            editor = editor_of(self._bench, trait_of(name)[1], self._bench.workspace.clock.today().date(), self._scheme_changed)
            return editor
        if name == "deputies":
            return Deputies(self._bench, self.changed.emit)
        if name == "present":
            codes = trait_of(name)[1].shape.codes
            return Ticks(tuple(codes) if codes else (), self.changed.emit)
        return Lines(self._bench, self.changed.emit) if name in _WIDE else None

    def _scheme_changed(self) -> None:
        self._offer_classes()
        self.changed.emit()

    def _offer_classes(self) -> None:
        """The classes follow the scheme."""
        scheme, classes = self.editors.get("scheme"), self.editors.get("reply_class")
        if scheme and isinstance(classes, Choice):
            known = scheme.read()
            told = REPLY_CLASSES[known] if isinstance(known, ReplyScheme) else {}
            classes.offer_only({letter: f"{letter}　{word}" for letter, word in told.items()})

    def _follow(self) -> None:
        """Say which deadlines begin with this day."""
        if self._card is None or self.deed is None:
            return
        slip = self.editors["slip"].read() if "slip" in self.editors else ""
        today = self._bench.workspace.clock.today().date()
        lines = []
        for kind, due in deadlines_told(self._card, self.deed, self.on.editor.day(), slip):
            rolled = _("moved to {day}").format(day=day_told(due.rolled, today=today)) if due.plain != due.rolled else ""
            told = _("{what} by {day}").format(what=word_of(kind), day=day_told(due.plain, today=today))
            lines.append("　".join(part for part in (told, rolled, years_told(due.unknown_years)) if part))
        self.rule.setText("\n".join(lines))
        self.rule.setVisible(bool(lines))

    def _first(self) -> QWidget:
        if self.shares:
            return self.shares
        needed = ASKS[self.deed].needs if self.deed else frozenset()
        return next((field for name, field in self.fields.items() if name in needed), self.words)

    def _arrange(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE.small)
        layout.addWidget(self.heading)
        layout.addLayout(self._body)
        self.deeds.wanted.connect(self.wanted)
        self.deeds.left.connect(self.left)


def _reply_told(word: str, unit: str, round: int) -> str:
    return "　".join(part for part in (_("round {number}").format(number=round or 1), word, unit) if part)

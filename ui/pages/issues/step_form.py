"""The smallest form a step of an issue needs: what must be said, when, by whom, and what else the step asks for."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from app.domain.issue import FeedbackWay, Issue, IssueResult
from app.domain.issue_steps import ASKS, OF_THE_UNIT, ROUTES, StepEntry
from app.domain.life import IssueEvent
from app.domain.problems import Problem
from app.domain.satisfaction import Satisfaction
from app.domain.suggestion_limits import Rules
from app.i18n import N_, _
from app.messages import problem_told
from app.queries.units import UnitRow
from ui.forms.category_box import CategoryBox
from ui.forms.day_box import DayBox
from ui.forms.enter_moves import EnterMoves
from ui.forms.field_row import FieldRow
from ui.forms.form_deeds import FormDeeds
from ui.page import Workbench
from ui.pages.issues.issue_picker import IssuePicker
from ui.pages.issues.slip_fields import SlipFields
from ui.pages.issues.unit_field import UnitField
from ui.pages.issues.words import period_told
from ui.theme import SPACE
from ui.widgets.code_box import CodeBox
from ui.widgets.field import Field
from ui.widgets.long_text import LongText
from ui.widgets.roles import label
from ui.wording import word_of

_E: Final = IssueEvent
_WORDS: Final[Mapping[IssueEvent, str]] = {
    _E.DECLINE: N_("Why it is not taken up, and what the resident was told"),
    _E.REFER: N_("Where the resident was guided, and why"),
    _E.REPLY_ON_SPOT: N_("Answer given on the spot"),
    _E.PROPOSE: N_("Proposed handling"),
    _E.APPROVE: N_("Instruction (may stay empty)"),
    _E.SEND_BACK: N_("What must be proposed anew"),
    _E.ASSIGN: N_("What the unit is asked to do (may stay empty)"),
    _E.OBJECT: N_("Why the unit asks to give it back"),
    _E.HANDLE: N_("What was done"),
    _E.RAISE: N_("Who raises it, and under what title"),
    _E.FEED_BACK: N_("What the resident was told"),
    _E.REHANDLE: N_("Why it is handled again"),
    _E.UNMERGE: N_("Why it stands by itself again"),
    _E.REOPEN: N_("Why it is opened again"),
}
_BY: Final[Mapping[IssueEvent, str]] = {
    _E.PROPOSE: N_("Proposed by"),
    _E.APPROVE: N_("Approved by"),
    _E.ASSIGN: N_("Assigned by"),
    _E.SIGN_FOR: N_("Signed for by"),
    _E.OBJECT: N_("Asked by (of the unit)"),
    _E.HANDLE: N_("Handled by (of the unit)"),
    _E.CALL_BACK: N_("Called back by"),
}
_REMARK: Final = N_("Remark (may stay empty)")
_DONE_BY: Final = N_("Done by")
_TEXT: Final = 112  # pixels of a text: three lines


class StepForm(QWidget):
    """One step of one issue: shown with what is known, read as an entry. `wanted` asks to save it, `left` to close it."""

    changed = Signal()
    """Something was typed or chosen."""
    wanted = Signal()
    left = Signal()

    def __init__(self, bench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bench: Final = bench
        self.step: IssueEvent | None = None
        self._due_follows = True
        self._rules: Rules | None = None
        self.heading: Final = label("", "strong")
        self.words: Final = Field("", LongText(bench.theme, is_heading=lambda _line: False))
        self.unit: Final = Field(_("Handling unit"), UnitField(bench))
        self.into: Final = Field(_("Becomes part of"), IssuePicker(bench))
        self.on: Final = Field(_("Day"), DayBox())
        self.by: Final = Field("", QLineEdit())
        self.due: Final = Field(_("Deadline"), DayBox())
        self.rule: Final = label("", "small", wrap=True)
        self.route: Final = Field(_("Goes to"), CategoryBox())
        self.result: Final = Field(_("Result of handling"), CodeBox(IssueResult))
        self.way: Final = Field(_("By what way"), CodeBox(FeedbackWay))
        self.satisfaction: Final = Field(_("How content"), CodeBox(Satisfaction))
        self.number: Final = Field(_("File number"), QLineEdit())
        self.slip: Final = SlipFields(bench.theme)
        self.deeds: Final = FormDeeds(self)
        """Both buttons, for below the form: they stay in sight where the form is scrolled."""
        self.save: Final = self.deeds.save
        self.close_button: Final = self.deeds.close_button
        self._fields: Final[Mapping[str, Field[Any]]] = {
            "words": self.words,
            "unit": self.unit,
            "merged_into": self.into,
            "on": self.on,
            "assigned_on": self.on,
            "by": self.by,
            "due_on": self.due,
            "route": self.route,
            "result": self.result,
            "satisfaction": self.satisfaction,
        }
        self._arrange()
        self._connect()

    # --- a value in, a value out

    def begin(
        self,
        event: IssueEvent,
        issue: Issue,
        operator: str,
        entry: StepEntry | None = None,
        *,
        rules: Rules,
        shared: bool = False,
    ) -> None:
        """Ask what this step of the issue needs; its deadline follows `rules`.

        `entry` was given for it before, `shared` is what several units handle.
        """
        ask, today = ASKS[event], self._bench.workspace.clock.today().date()
        self.step, self._rules = event, rules
        fields = dict(entry.fields) if entry else _known(issue, ask.also)
        self.complain(())
        self.heading.setText(word_of(event))
        self.save.setText(_("Save: {step}").format(step=word_of(event)))
        self.words.name.setText(_(_WORDS.get(event, _REMARK)))
        self.words.editor.setAccessibleName(self.words.name.text())
        self.words.editor.show_text(entry.words if entry else _words_known(issue, event))
        self.on.editor.show_day(entry.on if entry else today)
        self.by.name.setText(_(_BY.get(event, _DONE_BY)))
        self.by.editor.setAccessibleName(self.by.name.text())
        self.by.editor.setText(entry.by if entry else "" if event in OF_THE_UNIT else operator)
        self._offer(event, issue, fields)
        self.slip.begin(event, entry.slip if entry else {}, shared=shared)
        self._due_follows = not fields.get("due_on")
        self._follow()
        if fields.get("due_on"):
            self.due.editor.show_day(fields["due_on"])
        self._focus(event)

    def read(self) -> StepEntry:
        """What was given."""
        also = ASKS[self.step].also if self.step else ()
        given: dict[str, Any] = {
            "route": self.route.editor.code(),
            "result": self.result.editor.code(),
            "feedback_way": self.way.editor.code(),
            "call_back_way": self.way.editor.code(),
            "satisfaction": self.satisfaction.editor.code(),
            "archive_number": self.number.editor.text().strip(),
            "merged_into": self.into.editor.chosen(),
            "unit": self.unit.editor.id(),
            "due_on": self.due.editor.day(),
        }
        fields = {name: given[name] for name in also if given[name]}
        return StepEntry(
            on=self.on.editor.day(),
            by=self.by.editor.text().strip(),
            words=self.words.editor.text().strip(),
            fields=fields,
            slip=self.slip.read(),
        )

    def offer_units(self, units: Sequence[UnitRow]) -> None:
        """Offer these units."""
        self.unit.editor.offer(units)
        self.slip.offer_units(units)

    def complain(self, problems: Sequence[Problem]) -> None:
        """Say beside each field what is wrong with it, and go to the first of them; nothing wrong clears all."""
        told = {each.field: problem_told(each) for each in problems if not each.hint}
        wrong = {id(self._fields[name]): words for name, words in told.items() if name in self._fields}
        fields = dict.fromkeys(self._fields.values())
        for field in fields:
            field.complain(wrong.get(id(field), ""))
        if first := next((each for each in fields if id(each) in wrong), None):
            first.setFocus()

    # --- how

    def _offer(self, event: IssueEvent, issue: Issue, fields: Mapping[str, Any]) -> None:
        also = ASKS[event].also
        self.route.editor.show_code("")
        self.route.editor.show_names({str(each): word_of(each) for each in ROUTES.get(event, ())})
        self.route.editor.show_code(str(fields.get("route", "")) if fields.get("route") in ROUTES.get(event, ()) else "")
        self.result.editor.show_code(fields.get("result", ""))
        self.way.editor.show_code(fields.get("feedback_way", "") or fields.get("call_back_way", ""))
        self.satisfaction.editor.show_code(fields.get("satisfaction", ""))
        self.number.editor.setText(fields.get("archive_number", ""))
        self.unit.editor.show_id(fields.get("unit", ""))
        for name, field in (("route", self.route), ("result", self.result), ("satisfaction", self.satisfaction)):
            field.setVisible(name in also)
        self.unit.setVisible("unit" in also)
        self.due.setVisible("due_on" in also)
        self.rule.setVisible("due_on" in also)
        self.into.setVisible("merged_into" in also)
        self.way.setVisible(bool({"feedback_way", "call_back_way"}.intersection(also)))
        self.number.setVisible("archive_number" in also)
        if "merged_into" in also:
            self.into.editor.begin(issue.id, fields.get("merged_into", ""))

    def _focus(self, event: IssueEvent) -> None:
        also = ASKS[event].also
        first: Field[Any] = self.words
        if "unit" in also:
            first = self.unit
        elif "merged_into" in also:
            first = self.into
        elif "satisfaction" in also:
            first = self.satisfaction
        elif event is _E.SIGN_FOR:
            first = self.by
        elif "words" not in ASKS[event].needs:
            self.save.setFocus()
            return
        first.setFocus()

    def _follow(self) -> None:
        """Let the deadline follow the day of the assignment until somebody sets another one."""
        if self.due.isHidden() or not self._due_follows or self._rules is None:
            return
        told = self._rules.issue_due(self.on.editor.day())
        blocked = self.due.editor.blockSignals(True)
        self.due.editor.show_day(told.day)
        self.due.editor.blockSignals(blocked)
        words = period_told(self._rules.profile.issue)
        unsure = _("the holidays of {years} are not entered yet").format(years="、".join(map(str, told.unknown_years)))
        self.rule.setText("　".join(each for each in (words, unsure if told.unknown_years else "") if each))

    def _set_due(self) -> None:
        self._due_follows = False

    def _arrange(self) -> None:
        theme = self._bench.theme
        self._measure()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE.small)
        for each in (self.heading, self.unit, self.into, self.satisfaction, self.result, self.words):
            layout.addWidget(each)
        layout.addWidget(FieldRow(theme, [(self.on, 8), (self.due, 8)]))
        layout.addWidget(self.rule)
        layout.addWidget(FieldRow(theme, [(self.by, 8), (self.route, 9)]))
        layout.addWidget(FieldRow(theme, [(self.way, 8), (self.number, 9)]))
        layout.addWidget(self.slip)

    def _measure(self) -> None:
        self.words.editor.setFixedHeight(self._bench.theme.px(_TEXT))

    def _connect(self) -> None:
        self._bench.theme.changed.connect(self._measure)
        self.deeds.wanted.connect(self.wanted)
        self.deeds.left.connect(self.left)
        enter = EnterMoves(self)
        for field in (self.by, self.number, self.route, self.result, self.way, self.satisfaction, self.on, self.due):
            enter.watch(field.editor)
        self.on.editor.dateChanged.connect(lambda _day: self._follow())
        self.due.editor.dateChanged.connect(lambda _day: self._set_due())
        texts = (self.words.editor, self.by.editor, self.number.editor, self.unit.editor.field, self.into.editor.field)
        for told in (
            *(each.textChanged for each in texts),
            *(each.editor.dateChanged for each in (self.on, self.due)),
            *(each.editor.currentIndexChanged for each in (self.route, self.result, self.way, self.satisfaction)),
        ):
            told.connect(lambda *_told: self.changed.emit())
        self.slip.changed.connect(self.changed)


def _known(issue: Issue, also: Sequence[str]) -> dict[str, Any]:
    """What the issue says already of what the step asks; a deadline is reckoned anew."""
    return {name: getattr(issue, name) for name in also if name not in {"due_on", "merged_into"} and getattr(issue, name)}


def _words_known(issue: Issue, event: IssueEvent) -> str:
    name = ASKS[event].words
    return str(getattr(issue, name)) if event in {_E.PROPOSE, _E.REPLY_ON_SPOT} and name else ""


def unsaid(entry: StepEntry, today: date) -> bool:
    """Whether nothing was typed that would be missed."""
    return (
        not entry.words and not entry.slip and entry.on == today and not set(entry.fields) - {"due_on", "route", "result", "unit"}
    )

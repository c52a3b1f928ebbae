"""A change of term, step by step in the page: which congress and when, the new roster, what would come of it, the deed."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QFileDialog, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from app.domain.congress import Congress
from app.domain.people import Deputy
from app.domain.values import Id, Json
from app.errors import AppError
from app.i18n import _, ngettext
from app.messages import explain
from app.queries.congresses import CongressTerms, congress_terms
from app.use_cases.change_of_term import (
    TERM_DRAFT,
    TermChange,
    TermChanged,
    TermPlan,
    change_term,
    change_told,
    plan_term,
    unsaved_change,
)
from ui.feedback import Tone
from ui.forms.category_box import CategoryBox
from ui.forms.day_box import DayBox
from ui.forms.draft_keeper import DraftKeeper
from ui.forms.field_row import FieldRow
from ui.forms.number_box import NumberBox
from ui.page import Workbench
from ui.theme import SPACE
from ui.widgets.card import Card
from ui.widgets.contents import take_out
from ui.widgets.field import Field
from ui.widgets.notice import Notice
from ui.widgets.roles import button, label
from ui.widgets.scrolled import scrolled
from ui.wording import day_told, word_of

_UNDECIDED: Final = "?"
_NOBODY: Final = "new"
_FIRST: Final = 1


class TermPanel(QScrollArea):
    """Nothing is saved before a person has seen who goes on, who leaves and who is new; all of it can be taken back at once."""

    changed = Signal()
    """What can be done is different now."""
    done = Signal(object)
    """The term was changed."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__()
        self._bench: Final = bench
        self._known: dict[Id, CongressTerms] = {}
        self._wanted: Id = ""
        self._roster: Path | None = None
        self._same: dict[int, Id] = {}
        self._stay: set[Id] = set()
        self._leave: set[Id] = set()
        self._heirs: dict[Id, str] = {}
        self.plan: TermPlan | None = None
        self.keeper: Final = DraftKeeper(bench, TERM_DRAFT, "term", self._told_so_far, self)
        self.congress: Final = Field(_("Congress"), CategoryBox())
        self.term_no: Final = Field(_("Number of the new term"), NumberBox())
        self.began_on: Final = Field(_("First session of the new term"), DayBox())
        self.file: Final = label("", "soft", wrap=True)
        self.choose: Final = button(_("Choose the new roster …"))
        self.without: Final = button(_("Without a roster"), "link")
        self.notice: Final = Notice()
        self.summary: Final = Card(_("What will happen"))
        self.doubts: Final = Card(_("Are these the same people?"))
        self.suggestions: Final = Card(_("Suggestions of deputies who leave"))
        self.leaving: Final = Card(_("Who leaves"))
        self.staying: Final = Card(_("Who goes on"))
        self.joining: Final = Card(_("Who is new"))
        self.all_same: Final = button(_("All of the same name are the same people"))
        self._rows: Final = {card: QGridLayout() for card in self._lists()}
        self._told = label("", wrap=True)
        self._arrange()
        self._connect()

    # --- what the page asks

    @property
    def ready(self) -> bool:
        """Whether the change can be made now."""
        return self.plan is not None and not self.plan.doubts

    def begin(self, congress: Id = "") -> None:
        """Start with nothing decided, or go on with what was begun."""
        workspace = self._bench.workspace
        self._begin_anew(congress)
        self._bench.background.ask(self, lambda: unsaved_change(workspace), self._go_on, self._fail, topic="kept")
        self.congress.editor.setFocus()

    def _begin_anew(self, congress: Id = "") -> None:
        self._wanted = congress
        self._forget()
        self._roster = None
        self.keeper.timer.stop()
        self.notice.say("", Tone.INFORMATION)
        self.began_on.editor.show_day(self._bench.workspace.clock.today().date())
        self.refresh()

    def _go_on(self, kept: TermChange | None) -> None:
        """Show what was chosen and decided before."""
        if kept is None or kept.congress not in self._known:
            return
        fields = (self.congress.editor, self.term_no.editor, self.began_on.editor)
        for each in fields:
            each.blockSignals(True)
        self.congress.editor.show_code(kept.congress)
        self.term_no.editor.setValue(kept.term_no)
        self.began_on.editor.show_day(kept.began_on)
        for each in fields:
            each.blockSignals(False)
        self._roster = kept.roster
        self._same, self._heirs = dict(kept.same), dict(kept.heirs)
        self._stay, self._leave = set(kept.stay), set(kept.leave)
        self._look()
        self.notice.say(_("Begun before and not done yet."), Tone.INFORMATION, [(_("Begin anew"), self._give_up)])

    def _give_up(self) -> None:
        self.keeper.discard()
        self._begin_anew()

    def keep(self) -> None:
        """Keep what is chosen and decided at once."""
        if self.keeper.pending():
            self.keeper.keep_now()

    def refresh(self) -> None:
        """Ask which congresses there are."""
        workspace = self._bench.workspace
        self._bench.background.ask(self, lambda: congress_terms(workspace), self._show_congresses, self._fail, topic="terms")

    def step_back(self) -> bool:
        """From a chosen roster back to choosing; False where none is chosen."""
        if self._roster is None:
            return False
        self._roster = None
        self._forget()
        self._look()
        return True

    def do(self) -> None:
        """Change the term as it is shown."""
        if self.plan is None or self.plan.doubts:
            return
        workspace, asked = self._bench.workspace, self._asked()
        self._bench.background.do(
            self, lambda _progress: change_term(workspace, asked), self._done, self._fail, title=_("Changing the term")
        )

    def look_at(self, path: Path) -> None:
        """Take a spreadsheet as the new roster."""
        self._bench.settings.last_folder = str(path.parent)
        self._forget()
        self._roster = path
        self._look()

    # --- looking

    def _show_congresses(self, found: Sequence[CongressTerms]) -> None:
        self._known = {each.congress.id: each for each in found}
        box = self.congress.editor
        blocked = box.blockSignals(True)
        box.show_names({each.congress.id: each.congress.name for each in found})
        if self._wanted in self._known or (not box.code() and found):
            box.show_code(self._wanted if self._wanted in self._known else found[-1].congress.id)
        self._wanted = ""
        box.blockSignals(blocked)
        if not found:
            self.notice.say(_("Enter the congress first, in the section of congresses."), Tone.INFORMATION)
        self._next_number()

    def _next_number(self) -> None:
        known = self._known.get(self.congress.editor.code())
        last = known.terms[-1].term_no if known and known.terms else 0
        blocked = self.term_no.editor.blockSignals(True)
        self.term_no.editor.setValue(last + 1 if last else _FIRST)
        self.term_no.editor.blockSignals(blocked)
        self._look()

    def _asked(self) -> TermChange:
        return TermChange(
            congress=self.congress.editor.code(),
            began_on=self.began_on.editor.day(),
            term_no=self.term_no.editor.value(),
            roster=self._roster,
            same=dict(self._same),
            stay=frozenset(self._stay),
            leave=frozenset(self._leave),
            heirs=dict(self._heirs),
        )

    def _told_so_far(self) -> dict[str, Json]:
        asked = self._asked()
        known = self._known.get(asked.congress)
        return change_told(asked, known.congress.name if known else "")

    def _look(self) -> None:
        """Ask what would happen as it is decided now."""
        self.plan = None
        if self._roster or self._same or self._stay or self._leave or self._heirs:
            self.keeper.touch()
        self.file.setText(
            str(self._roster)
            if self._roster
            else _("Without a roster everybody goes on but those who are unticked below; who is new is entered afterwards.")
        )
        self.without.setVisible(self._roster is not None)
        asked, workspace = self._asked(), self._bench.workspace
        if not asked.congress:
            self._show_nothing()
            return
        self._bench.background.ask(self, lambda: plan_term(workspace, asked), self._show, self._refuse, topic="plan")
        self.changed.emit()

    def _show(self, plan: TermPlan) -> None:
        self.plan = plan
        if self.notice.property("tone") == Tone.WARNING:
            self.notice.say("", Tone.INFORMATION)  # what was wrong is not any more
        self._told.setText(told(plan))
        self.summary.show()
        self._show_doubts(plan)
        self._show_suggestions(plan)
        self._show_leaving(plan)
        self._show_people(self.staying, [each.after for each in plan.goes_on], ticked=self._roster is None)
        self._show_people(self.joining, [each.deputy for each in plan.joins])
        self.changed.emit()

    def _show_nothing(self) -> None:
        for card in (self.summary, *self._lists()):
            card.hide()
        self.changed.emit()

    def _refuse(self, error: AppError) -> None:
        self.plan = None
        self._show_nothing()
        self.notice.say(explain(error), Tone.WARNING)

    # --- what a person decides

    def _show_doubts(self, plan: TermPlan) -> None:
        rows = self._fresh(self.doubts)
        self.doubts.setVisible(bool(plan.doubts))
        for number, doubt in enumerate(plan.doubts):
            box = CategoryBox()
            box.setMinimumContentsLength(12)
            box.setAccessibleName(doubt.told.name)
            names = {each.id: _("the same as {who}").format(who=_who(each)) for each in doubt.near}
            box.show_names({_UNDECIDED: _("— to be decided —"), **names, _NOBODY: _("somebody new")})
            box.removeItem(0)
            box.show_code(_UNDECIDED)
            box.currentIndexChanged.connect(lambda _index, row=doubt.row, box=box: self._decide(row, box.code()))
            words = _("Row {row}: {who}").format(row=doubt.row, who=_who(doubt.told))
            rows.addWidget(label(words, wrap=True), number, 0)
            rows.addWidget(box, number, 1)

    def _decide(self, row: int, code: str) -> None:
        if code != _UNDECIDED:
            self._same[row] = "" if code == _NOBODY else code
            self._look()

    def _decide_all(self) -> None:
        """Take everybody with the same name as the same person, where only one bears it."""
        for doubt in self.plan.doubts if self.plan else ():
            near = [each for each in doubt.near if each.name == doubt.told.name]
            if len(near) == 1 and near[0].id not in self._same.values():
                self._same[doubt.row] = near[0].id
        self._look()

    def _show_suggestions(self, plan: TermPlan) -> None:
        rows = self._fresh(self.suggestions)
        self.suggestions.setVisible(bool(plan.suggestions))
        heirs = {each.before.id: _who(each.after) for each in plan.goes_on}
        heirs |= {f"row:{each.row}": _who(each.deputy) for each in plan.joins}
        for number, each in enumerate(plan.suggestions):
            box = CategoryBox()
            box.setMinimumContentsLength(12)
            box.setAccessibleName(each.suggestion.title())
            box.show_names(heirs)
            box.setItemText(0, _("stays with {name}").format(name=each.lead.name))
            box.show_code(each.heir)
            box.currentIndexChanged.connect(lambda _index, of=each.suggestion.id, box=box: self._inherit(of, box.code()))
            state = word_of(each.suggestion.state) if each.suggestion.state else _("draft")
            rows.addWidget(label(f"{each.suggestion.title()}（{state}）", wrap=True), number, 0)
            rows.addWidget(box, number, 1)

    def _inherit(self, id: Id, heir: str) -> None:
        self._heirs[id] = heir
        if self.plan:
            self._look()

    def _show_leaving(self, plan: TermPlan) -> None:
        rows = self._fresh(self.leaving)
        self.leaving.setVisible(bool(plan.leaves))
        for number, each in enumerate(plan.leaves):
            box = QCheckBox(_("{who} goes on all the same").format(who=each.name))
            box.setAccessibleDescription(_beside(each))
            box.toggled.connect(partial(self._keep_on, each.id))
            rows.addWidget(box, number, 0)
            rows.addWidget(label(_beside(each), "soft", wrap=True), number, 1)

    def _keep_on(self, id: Id, goes_on: bool) -> None:
        """Somebody goes on whom the roster leaves out, or who was unticked."""
        if goes_on:
            self._stay.add(id)
            self._leave.discard(id)
        else:
            self._stay.discard(id)
            self._leave.add(id)
        self._look()

    def _show_people(self, card: Card, deputies: Sequence[Deputy], *, ticked: bool = False) -> None:
        rows = self._fresh(card)
        card.setVisible(bool(deputies))
        for number, each in enumerate(deputies):
            line: QWidget = label(each.name)
            if ticked or each.id in self._stay:
                line = QCheckBox(each.name)
                line.setChecked(True)
                line.setAccessibleDescription(_beside(each))
                line.toggled.connect(partial(self._keep_on, each.id))
            rows.addWidget(line, number, 0)
            rows.addWidget(label(_beside(each), "soft", wrap=True), number, 1)

    # --- the deed

    def _done(self, done: TermChanged) -> None:
        self.keeper.timer.stop()
        self._forget()
        self._roster = None
        self.done.emit(done)

    def _fail(self, error: AppError) -> None:
        self.notice.say(explain(error), Tone.WARNING)

    def _choose_file(self) -> None:
        start = self._bench.settings.last_folder or str(Path.home())
        kinds = _("Spreadsheets") + " (*.xlsx *.xls *.csv *.tsv *.txt);;" + _("All files") + " (*)"
        chosen, _kind = QFileDialog.getOpenFileName(self, _("Choose the new roster"), start, kinds)
        if chosen:
            self.look_at(Path(chosen))

    def _leave_roster(self) -> None:
        self.step_back()

    def _forget(self) -> None:
        """Nothing is decided any more."""
        self._same, self._stay, self._leave, self._heirs = {}, set(), set(), {}
        self.plan = None
        self._show_nothing()

    # --- how it stands

    def _lists(self) -> tuple[Card, ...]:
        return (self.doubts, self.suggestions, self.leaving, self.staying, self.joining)

    def _fresh(self, card: Card) -> QGridLayout:
        rows = self._rows[card]
        take_out(rows)
        return rows

    def _arrange(self) -> None:
        what = Card(_("Which congress, and when"))
        what.add(FieldRow(self._bench.theme, [(self.congress, 16), (self.term_no, 8), (self.began_on, 10)]))
        line = QHBoxLayout()
        line.setSpacing(SPACE.small)
        line.addWidget(self.choose)
        line.addWidget(self.file, 1)
        line.addWidget(self.without)
        what.body.addLayout(line)
        self.summary.add(self._told)
        head = self.doubts.head
        head.addWidget(self.all_same)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE.large)
        for each in (what, self.notice, self.summary, *self._lists()):
            column.addWidget(each)
        for card, rows in self._rows.items():
            rows.setHorizontalSpacing(SPACE.large)
            rows.setVerticalSpacing(SPACE.small)
            rows.setColumnStretch(0, 2)
            rows.setColumnStretch(1, 3)
            card.body.addLayout(rows)
        column.addStretch(1)
        scrolled(inside, self)
        self._show_nothing()

    def _connect(self) -> None:
        self.choose.clicked.connect(self._choose_file)
        self.without.clicked.connect(self._leave_roster)
        self.all_same.clicked.connect(self._decide_all)
        self.congress.editor.currentIndexChanged.connect(lambda _index: self._another())
        self.term_no.editor.valueChanged.connect(lambda _number: self._look())
        self.began_on.editor.dateChanged.connect(lambda _day: self._look())

    def _another(self) -> None:
        self._forget()
        self._next_number()


def told(plan: TermPlan) -> str:
    """What a change of term does, in plain words, a sentence a line."""
    congress: Congress = plan.congress
    lines = []
    if plan.old:
        words = _("{term} of {congress} ends on {day}; {next} begins. Deputies of other congresses are left alone.")
    else:
        words = _("{next} of {congress} begins on {day}. Deputies of other congresses are left alone.")
    began = day_told(plan.new.began_on)
    lines.append(
        words.format(term=plan.old.title() if plan.old else "", congress=congress.name, day=began, next=plan.new.title())
    )
    counts = _("{goes} go on, {joins} are new, {leaves} leave and are kept in the register of former deputies.")
    lines.append(counts.format(goes=len(plan.goes_on), joins=len(plan.joins), leaves=len(plan.leaves)))
    if plan.doubts:
        lines.append(
            ngettext("{count} row has still to be decided.", "{count} rows have still to be decided.", len(plan.doubts)).format(
                count=len(plan.doubts)
            )
        )
    if plan.read:
        rows = _("The roster has {read} rows: {others} of other congresses, {refused} that cannot be read.")
        lines.append(rows.format(read=plan.read, others=plan.others, refused=plan.refused))
    carried = _(
        "{issues} open issues stay with the station; {drafts} drafts of deputies who go on are submitted in the new term."
    )
    lines.append(carried.format(issues=plan.issues, drafts=len(plan.renewed)))
    if plan.planned:
        days = ngettext(
            "{count} planned reception day names somebody who leaves: change the rota.",
            "{count} planned reception days name somebody who leaves: change the rota.",
            plan.planned,
        )
        lines.append(days.format(count=plan.planned))
    return "\n".join(lines)


def _who(deputy: Deputy) -> str:
    """A deputy by name and what tells two of one name apart."""
    beside = _beside(deputy)
    return f"{deputy.name}（{beside}）" if beside else deputy.name


def _beside(deputy: Deputy) -> str:
    district = deputy.constituency or deputy.electing_unit or deputy.delegation
    return "，".join(part for part in (deputy.deputy_card_no, district, deputy.workplace) if part)

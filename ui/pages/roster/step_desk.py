"""One step of a livelihood project on its form: the day, what is said, votes and numbers; what is typed is kept."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from app.domain.issue_steps import StepEntry
from app.domain.life import ProjectEvent
from app.domain.problems import Problem, stopped_by
from app.domain.project import Project
from app.domain.project_steps import PROJECT_ASKS, project_entry_told
from app.domain.values import Id
from app.errors import AppError
from app.i18n import N_, _
from app.messages import problem_told
from app.queries.operators import operators
from app.queries.roster_card import RosterCard, roster_card
from app.use_cases.projects import ProjectStepped, step_key, step_project, unsaved_step
from ui.forms.day_box import DayBox
from ui.forms.draft_keeper import DraftKeeper, HeldDraft
from ui.forms.field_row import FieldRow
from ui.forms.record_form import Asked, RecordForm
from ui.page import Workbench
from ui.pages.roster.desk import Names, choices
from ui.theme import SPACE
from ui.widgets.card import Card
from ui.widgets.contents import take_out
from ui.widgets.field import Field
from ui.widgets.long_text import LongText
from ui.widgets.roles import label
from ui.widgets.scrolled import scrolled
from ui.wording import word_of

_E: Final = ProjectEvent
_TEXT: Final = 112  # pixels of a text: three lines
_WORDS: Final[Mapping[ProjectEvent, str]] = {
    _E.START: N_("How it begins (may stay empty)"),
    _E.REPORT: N_("How far it has come"),
    _E.COMPLETE: N_("What was done (may stay empty)"),
    _E.EVALUATE: N_("What residents said (may stay empty)"),
    _E.DROP: N_("Why it is adjusted"),
    _E.RESUME: N_("What is still to be done"),
}
_WIDTHS: Final = {"unit": 14, "person_in_charge": 8}


@dataclass(frozen=True, slots=True)
class _Laid:
    card: RosterCard
    names: Names
    operator: str
    kept: StepEntry | None


class ProjectStepDesk(QWidget):
    """A step of a project. `laid` tells that one lies there, `saved` what was saved."""

    laid = Signal()
    saved = Signal(object)

    def __init__(self, bench: Workbench) -> None:
        super().__init__()
        self._bench: Final = bench
        self.event_asked: ProjectEvent | None = None
        self._project: Project | None = None
        self._heads: tuple[Id, ...] = ()
        self._before: StepEntry | None = None
        self._draft: Final = HeldDraft()
        self.form: RecordForm | None = None
        self.title: Final = label("", "section", wrap=True)
        self.on: Final = Field(_("Day"), DayBox())
        self.by: Final = Field(_("Done by"), QLineEdit())
        self.words: Final = Field("", LongText(bench.theme, is_heading=lambda _line: False))
        self.state: Final = label("", "small")
        self._fields = QVBoxLayout()
        self._arrange()

    def begin(self, id: Id, event: ProjectEvent) -> None:
        """Ask what this step of the project needs."""
        workspace = self._bench.workspace
        self.event_asked = event
        self._bench.background.ask(
            self,
            lambda: _Laid(
                roster_card(workspace, id),
                choices(workspace),
                next((each.name for each in operators(workspace) if each.here), ""),
                unsaved_step(workspace, id, event),
            ),
            self._lay,
            self._bench.feedback.fail,
            topic="step",
        )

    def _lay(self, laid: _Laid) -> None:
        event, record = self.event_asked, laid.card.record
        if event is None or not isinstance(record, Project):
            return
        self._project, self._heads = record, laid.card.heads
        entry, today = laid.kept, self._bench.workspace.clock.today().date()
        self.title.setText(record.title())
        self.on.editor.show_day(entry.on if entry else today)
        self.by.editor.setText(entry.by if entry else laid.operator)
        self.words.name.setText(_(_WORDS.get(event, N_("Remark (may stay empty)"))))
        self.words.editor.setAccessibleName(self.words.name.text())
        self.words.editor.show_text(entry.words if entry else "")
        self._show_fields(event, record, laid.names, entry)
        self.complain(())
        self._before = self.read()
        key = step_key(record.id, event)
        keeper = DraftKeeper(self._bench, key, "project", lambda: project_entry_told(record, event, self.read()), self)
        keeper.kept.connect(lambda: self.state.setText(_("The draft is kept.")))
        self._draft.hold(keeper)
        self.state.setText("")
        self.laid.emit()
        (self.form if self.form else self.words.editor).setFocus()
        if self.form:
            self.form.begin()

    def _show_fields(self, event: ProjectEvent, project: Project, names: Names, entry: StepEntry | None) -> None:
        take_out(self._fields)
        self.form = None
        if not (also := PROJECT_ASKS[event].also):
            return
        self.form = RecordForm(self._bench, Project.traits, _rows(also))
        self.form.offer(names)
        given = {name: value for name, value in entry.fields.items() if name in also} if entry else {}
        self.form.show_record(_with(project, given))
        self.form.changed.connect(self._touched)
        self._fields.addWidget(self.form)

    def read(self) -> StepEntry:
        """What was given."""
        fields = self.form.values() if self.form else {}
        text, by = self.words.editor.text().strip(), self.by.editor.text().strip()
        return StepEntry(on=self.on.editor.day(), by=by, words=text, fields=fields)

    def complain(self, problems: Sequence[Problem]) -> None:
        """Say beside the fields what is wrong with them."""
        told = {each.field: problem_told(each) for each in problems}
        self.words.complain(told.get("words", ""))
        if self.form:
            self.form.complain(problems)

    # --- deeds

    def save(self) -> None:
        """Save the step."""
        if self._project is None or self.event_asked is None:
            return
        if self.form and (problems := self.form.problems()):
            self.complain(problems)
            return
        workspace, id, event, entry, seen = (
            self._bench.workspace,
            self._project.id,
            self.event_asked,
            self.read(),
            self._heads,
        )
        self.complain(())
        self._bench.background.do(
            self, lambda _progress: step_project(workspace, id, event, entry, seen=seen), self._saved, self._fail
        )

    def dirty(self) -> bool:
        """Whether something was typed that is not saved."""
        return self._project is not None and self.read() != self._before

    def keep(self) -> None:
        """Keep what is typed at once."""
        if self._project and (self._draft.pending or self.dirty()):
            self._draft.keep_now()

    def leave(self) -> None:
        """Step back from the form; what is typed is kept."""
        self.keep()
        self._draft.let_go()
        self._project = None

    def _saved(self, done: ProjectStepped) -> None:
        self._draft.let_go()
        self._project = None
        self.saved.emit(done)

    def _fail(self, error: AppError) -> None:
        if problems := stopped_by(error):
            self.complain(problems)
        else:
            self._bench.feedback.fail(error)

    # --- how it stands

    def _touched(self) -> None:
        if self._project and self._draft.touch():
            self.state.setText(_("Not saved yet"))

    def _arrange(self) -> None:
        work = Card()
        work.body.setSpacing(SPACE.middle)
        work.add(self.title)
        work.add(FieldRow(self._bench.theme, [(self.on, 8), (self.by, 12)]))
        work.body.addLayout(self._fields)
        work.add(self.words)
        work.body.addWidget(self.state, 0, Qt.AlignmentFlag.AlignRight)
        work.body.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(scrolled(work))
        self.on.editor.dateChanged.connect(lambda _day: self._touched())
        self.by.editor.textChanged.connect(lambda _text: self._touched())
        self.words.editor.textChanged.connect(self._touched)
        self._bench.theme.changed.connect(self._measure)
        self._measure()

    def _measure(self) -> None:
        self.words.editor.setFixedHeight(self._bench.theme.px(_TEXT))


def step_heading(event: ProjectEvent | None) -> str:
    """What stands above the form of a step."""
    return word_of(event) if event else ""


def _rows(also: Sequence[str]) -> list[list[Asked]]:
    """The fields a step asks for, three to a row."""
    asked = [(name, _WIDTHS.get(name, 8)) for name in also]
    return [asked[start : start + 4] for start in range(0, len(asked), 4)]


def _with(project: Project, given: Mapping[str, object]) -> Project:
    return replace(project, **given)  # type: ignore[arg-type]  # values of these fields, as a draft kept them

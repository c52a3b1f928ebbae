"""Suggestions: the list with what each is about, and the desk where one is written."""

from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QVBoxLayout, QWidget

from app.changes import Changes
from app.domain.award import AWARD_DRAFT
from app.domain.life import SuggestionState
from app.domain.reply import Reply
from app.domain.values import Id
from app.errors import AppError
from app.i18n import _
from app.queries.record import record_of
from app.queries.tracking import TrackedCard, is_tracked, tracked_card
from app.use_cases.awards import award_key
from app.use_cases.batch_drafts import is_batch_key
from app.use_cases.random_review import sheet_key
from app.use_cases.suggestion_desk import OnDesk, begun, id_of_key, on_desk
from app.use_cases.tracking import promised_in
from app.use_cases.undo import TakenBack
from app.workspace import Workspace
from ui.page import Page, Workbench
from ui.pages.suggestions.overview import Overview
from ui.pages.suggestions.printing import Printing
from ui.undoing import undo_change

if TYPE_CHECKING:
    from app.queries.suggestion_outcomes import Counted
    from ui.forms.suggestion_form import SuggestionForm
    from ui.ledgers.import_panel import ImportPanel
    from ui.pages.suggestions.awards import AwardsView
    from ui.pages.suggestions.desk import Desk
    from ui.pages.suggestions.figures import FiguresView
    from ui.pages.suggestions.pool import Pool
    from ui.pages.suggestions.random_review import RandomReviewView
    from ui.pages.suggestions.tracking import TrackingView

DRAFTING: Final = "draft"
"""The deed that begins a suggestion; `draft:ID,ID` begins it on these issues."""
FROM_ACTIVITY: Final = "from-activity"
"""The deed that begins a suggestion that came from an activity: `from-activity:ID`."""
CHOOSING: Final = "begin"
"""The deed that asks what a suggestion begins with."""
TEMPLATE: Final = "template"
"""The deed that begins one with a template: `template:criticism`."""
POOL: Final = "topics"
"""The deed that shows what residents raised often lately."""
RESTORING: Final = "restore"
"""The deed that goes on with what was kept: `restore:KEY`."""
REVIEWING: Final = "random-review"
"""The deed that shows the random review."""
TRACKING: Final = "tracking"
"""The deed that shows what is tracked over the years."""
FIGURES: Final = "figures"
"""The deed that shows how reviews ended and what deputies said, in figures."""
AWARDS: Final = "awards"
"""The deed that shows stars and awards."""


class SuggestionsPage(Page):
    """The place of suggestions. Esc leads from the desk back to the list; what was typed is kept on the way."""

    concerns = Changes.SUGGESTIONS | Changes.ISSUES | Changes.PEOPLE

    def __init__(self, bench: Workbench) -> None:
        super().__init__(bench)
        self.overview: Final = Overview(bench)
        self._printing: Final = Printing(self)
        self._desk: Desk | None = None
        self._tracking: TrackingView | None = None
        self._review: RandomReviewView | None = None
        self._figures: FiguresView | None = None
        self._awards: AwardsView | None = None
        self._stack = QStackedWidget()
        self._stack.addWidget(self.overview)
        self._pool: Pool | None = None
        self._imports: ImportPanel | None = None
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._stack)
        self._actions()
        self._connect()

    @property
    def desk(self) -> "Desk":
        """The desk, made when somebody first writes: looking at the list need not wait for it."""
        if self._desk is None:
            self._desk = self._desk_parts
            self._desk.arrange()
            self._stack.addWidget(self._desk)
            self._desk.laid.connect(self._furnish)
            self._desk.returned.connect(self._show_desk)
            self._desk.cleared.connect(self._show_overview)
            self._desk.kept.connect(self.overview.ask_kept)
            self._desk.signers.printing.connect(lambda name: self._printing.of_signers(name, self.desk))
            self._desk.signing.panel.turned.connect(self._leave_enter)
        return self._desk

    @property
    def pool(self) -> "Pool":
        """The matters raised often, made when somebody first looks."""
        if self._pool is None:
            from ui.pages.suggestions.pool import Pool

            self._pool = Pool(self.bench)
            self._stack.addWidget(self._pool)
            self._pool.wanted.connect(self._begin)
            self._pool.moved.connect(self._furnish)
        return self._pool

    @property
    def imports(self) -> "ImportPanel":
        """Where tables of texts are taken in, made when somebody first does."""
        if self._imports is None:
            from ui.ledgers.import_panel import ImportPanel

            self._imports = ImportPanel(self.bench, "suggestions")
            self._stack.addWidget(self._imports)
            self._imports.changed.connect(self._furnish)
            self._imports.wanted.connect(lambda _kind: self._show_overview())
        return self._imports

    @property
    def tracking(self) -> "TrackingView":
        """What is tracked, made when somebody first looks."""
        if self._tracking is None:
            from ui.pages.suggestions.tracking import TrackingView  # loaded meanwhile, where nobody was so quick

            self._tracking = TrackingView(self.bench)
            self._stack.addWidget(self._tracking)
            self._tracking.opened.connect(self.open_record)
        return self._tracking

    @property
    def review(self) -> "RandomReviewView":
        """The random review, made when somebody first looks."""
        if self._review is None:
            from ui.pages.suggestions.random_review import RandomReviewView  # loaded meanwhile, where nobody was so quick

            self._review = RandomReviewView(self.bench)
            self._stack.addWidget(self._review)
            self._review.opened.connect(self.open_record)
        return self._review

    @property
    def figures(self) -> "FiguresView":
        """The figures, made when somebody first looks."""
        if self._figures is None:
            from ui.pages.suggestions.figures import FiguresView  # few look at them, and not every day

            self._figures = FiguresView(self.bench)
            self._stack.addWidget(self._figures)
            self._figures.opened.connect(self._show_counted)
        return self._figures

    @property
    def awards(self) -> "AwardsView":
        """Stars and awards, made when somebody first looks."""
        if self._awards is None:
            from ui.pages.suggestions.awards import AwardsView  # as above

            self._awards = AwardsView(self.bench)
            self._stack.addWidget(self._awards)
            self._awards.opened.connect(self.open_record)
        return self._awards

    @cached_property
    def _form(self) -> "SuggestionForm":
        """The form of the desk, made in a turn of its own."""
        from ui.forms.suggestion_form import SuggestionForm  # loaded meanwhile, where nobody was so quick

        return SuggestionForm(self.bench)

    @cached_property
    def _desk_parts(self) -> "Desk":
        """The desk before it is laid out: half a desk is as much as a window makes at once without being felt."""
        from ui.pages.suggestions.desk import Desk  # as above

        return Desk(self.bench, self._form)

    def prepare(self) -> Iterator[QWidget]:
        yield self._form
        yield self._desk_parts
        yield self.desk
        yield self.tracking
        yield self.review

    def heading(self) -> str:
        if self._in_sight(self._pool):
            return _("Matters raised often")
        if self.at_review():
            return _("Random review")
        if self.at_tracking():
            return _("Planned and promised")
        if self._in_sight(self._figures):
            return _("Figures of suggestions")
        if self._in_sight(self._awards):
            return _("Stars and awards")
        return self.desk.heading() if self.at_desk() else _("Suggestions")

    def actions_offered(self) -> Sequence[QAction]:
        if self._in_sight(self._pool):
            return [self._back, self._draft_topic]
        if self._in_sight(self._imports):
            return [self._back, self._take_in]
        if self._in_sight(self._awards):
            return [self._back, self._award]
        if self.at_tracking() or self.at_review() or self._in_sight(self._figures):
            return [self._back]
        if not self.at_desk():
            return [self._print, self._draft]
        if not self.desk.frozen():
            return [self._back, self._print, self._save, self._submit]
        if self.desk.saved.suggestion.state == SuggestionState.RETURNED:
            return [self._back, self._print, self._revise]
        return [self._back, self._print]

    def at_desk(self) -> bool:
        """Whether the desk is in sight."""
        return self._in_sight(self._desk)

    def _in_sight(self, view: QWidget | None) -> bool:
        return view is not None and self._stack.currentWidget() is view

    def at_tracking(self) -> bool:
        """Whether what is tracked is in sight."""
        return self._in_sight(self._tracking)

    def at_review(self) -> bool:
        """Whether the random review is in sight."""
        return self._in_sight(self._review)

    def refresh(self) -> None:
        self.overview.refresh()
        if self.at_review():
            self.review.refresh()
        if self.at_tracking():
            self.tracking.refresh()
        if self._figures and self._in_sight(self._figures):
            self._figures.refresh()
        if self._awards and self._in_sight(self._awards):
            self._awards.refresh()
        if self._desk and self._desk.id:
            self._desk.refresh()
        if self._pool and self._in_sight(self._pool):
            self._pool.refresh()

    def open_record(self, id: Id) -> None:
        if self._desk and self._desk.id == id:
            self._show_desk()
            return
        workspace = self.bench.workspace
        self.bench.background.ask(self, lambda: _found(workspace, id), self._lay, self._fail, topic="desk")

    def begin(self, deed: str) -> None:
        name, _colon, told = deed.partition(":")
        if name == RESTORING and (promised := promised_in(told)):
            self._restore_promise(promised)
        elif name == RESTORING and told.startswith(sheet_key("")):
            self._show_review()
            self.review.show_sheet(id_of_key(told))
        elif name == RESTORING and told.startswith(f"{AWARD_DRAFT}:"):
            self._show(self.awards)
            self.awards.refresh()
            self.awards.restore("" if told == award_key() else id_of_key(told))
        elif name == RESTORING and is_batch_key(told):
            self.overview.restore_batch(told)
            self._show_overview()
        elif name == RESTORING:
            self.open_record(id_of_key(told).partition(":")[0])  # of a step's draft, its suggestion: the form opens there
        elif name == REVIEWING:
            self._show_review()
        elif name == TRACKING:
            self._show_tracking()
        elif name == FIGURES:
            self._show(self.figures)
            self.figures.refresh()
        elif name == AWARDS:
            self._show(self.awards)
            self.awards.refresh()
        elif name == DRAFTING:
            self._begin([each for each in told.split(",") if each])
        elif name == FROM_ACTIVITY:
            self._begin((), (told,))
        elif name == TEMPLATE:
            self._begin((), (), told)
        elif name == CHOOSING:
            self._show_overview()
            self.overview.begin.open_card()
        elif name == POOL:
            self._show(self.pool)
            self.pool.refresh()

    def undoable(self) -> Id:
        if self.at_review():
            return self.review.chosen()
        if self.at_tracking():
            return "" if self.tracking.item.form_open() else self.tracking.chosen()
        if self._awards and self._in_sight(self._awards):
            return self._awards.chosen()
        if not self.at_desk():
            return self.overview.chosen()
        return "" if self.desk.dirty() or not self.desk.saved.stored else self.desk.id

    def undone(self, done: TakenBack) -> None:
        if self.at_desk() and done.id == self.desk.id and done.event == "removed":
            self.desk.forget()
        elif done.kind == "suggestion":
            self.overview.point_at(done.id)

    def go_back(self) -> bool:
        if self._imports and self._in_sight(self._imports) and self._imports.step_back():
            return True
        if self._in_sight(self._pool) or self._in_sight(self._imports):
            self._show_overview()
            return True
        if self.at_review():
            self.review.keep()
            self._show_overview()
            return True
        if self._in_sight(self._figures) or (self._awards and self._in_sight(self._awards) and not self._awards.step_back()):
            self._show_overview()
            return True
        if self._in_sight(self._awards):
            return True
        if self.at_tracking():
            if not self.tracking.step_back():
                self._show_overview()
            return True
        if not self.at_desk():
            shown = self.overview.begin.isVisible()
            self.overview.begin.close_card()
            return shown
        if not self.desk.step_back():
            self.desk.keep()
            self._show_overview()
        return True

    def keep(self) -> None:
        for place in (self._desk, self._tracking, self._review, self._awards, self._imports):
            if place:
                place.keep()

    # --- from one to the other

    def _begin(self, issues: Sequence[Id], visits: Sequence[Id] = (), template: str = "", file: Path | None = None) -> None:
        workspace = self.bench.workspace
        self.bench.background.ask(
            self, lambda: begun(workspace, issues, visits, template, file), self._lay, self._fail, topic="desk"
        )

    def _choose_file(self) -> None:
        """Ask for a file that holds a draft; what it holds is kept as if it had been typed."""
        kinds = _("Word and text files") + " (*.docx *.txt);;" + _("All files") + " (*)"
        settings = self.bench.settings
        chosen, _kind = QFileDialog.getOpenFileName(self, _("Choose a file"), settings.last_folder or str(Path.home()), kinds)
        if chosen:
            settings.last_folder = str(Path(chosen).parent)
            self._begin((), file=Path(chosen))

    def _begin_imports(self) -> None:
        self._show(self.imports)
        self.imports.begin()

    def _show(self, view: QWidget) -> None:
        self.overview.begin.close_card()
        self._stack.setCurrentWidget(view)
        self._furnish()

    def _restore_promise(self, reply: Id) -> None:
        """Go on with what was typed of a reply's promise, beside its suggestion."""
        workspace = self.bench.workspace
        self.bench.background.ask(self, lambda: record_of(workspace, Reply, reply), self._promise, self._fail, topic="desk")

    def _promise(self, reply: Reply) -> None:
        self.overview.point_at(reply.suggestion)
        self._show_overview()
        self.overview.detail.tracked.watch_reply(reply)

    def _lay(self, desk: OnDesk | TrackedCard) -> None:
        if isinstance(desk, TrackedCard):
            self._show_tracking()
            self.tracking.show_item(desk.row.id)
            return
        self.desk.lay(desk)
        self.desk.keep()  # what a file held counts as typed
        self.overview.begin.close_card()
        self._show_desk()
        self.desk.form.begin()

    def _show_desk(self) -> None:
        self._stack.setCurrentWidget(self.desk)
        self._furnish()

    def _show_review(self) -> None:
        self._stack.setCurrentWidget(self.review)
        self.review.refresh()
        self.review.seed.setFocus()
        self._furnish()

    def _show_tracking(self) -> None:
        self._stack.setCurrentWidget(self.tracking)
        self.tracking.refresh()
        self.tracking.view.setFocus()
        self._furnish()

    def _show_overview(self) -> None:
        if self._desk and self._desk.id:
            self.overview.point_at(self._desk.id)
        self._stack.setCurrentWidget(self.overview)
        self.overview.refresh()
        self.overview.view.setFocus()
        self._furnish()

    def _furnish(self) -> None:
        """Let each action be there only where it can be done."""
        there = self.at_desk()
        for action in (self._save, self._submit):
            action.setEnabled(there and not self.desk.frozen())
        self._draft.setEnabled(self._in_sight(self.overview))
        self._draft_topic.setEnabled(bool(self._pool and self._in_sight(self._pool) and self._pool.chosen()))
        self._take_in.setEnabled(bool(self._imports and self._in_sight(self._imports) and self._imports.ready))
        self.furniture_changed.emit()

    def _leave_enter(self) -> None:
        """Ctrl+Enter saves the suggestion, unless something is written down above it: two that want a key both go without."""
        taken = self._desk is not None and self._desk.signing.panel.is_open()
        self._save.setShortcuts([QKeySequence(each) for each in (("Ctrl+S",) if taken else ("Ctrl+S", "Ctrl+Return"))])

    def _print_paper(self) -> None:
        """Ask which paper it is to be."""
        id, title = (self.desk.id, self.desk.heading()) if self.at_desk() else self.overview.chosen_title()
        self._printing.choose(id, title, self.desk if self.at_desk() else None, self.overview.listed())

    def _show_counted(self, counted: "Counted", words: str) -> None:
        """The suggestions that a figure counts."""
        self.overview.show_counted(counted, words)
        self._show_overview()

    # --- making

    def _actions(self) -> None:
        self._draft = self._made(_("Draft a suggestion"), lambda: self.begin(CHOOSING), "Ctrl+N")
        self._draft_topic = self._made(_("Draft a suggestion on these"), lambda: self.pool.draft())
        self._award = self._made(_("Write down an award"), lambda: self.awards.enter())
        self._take_in = self._made(_("Take in"), lambda: self.imports.take_in())
        self._back = self._made(_("All suggestions"), self._step_back)
        self._back.setPriority(QAction.Priority.LowPriority)
        self._print = self._made(_("Print"), self._print_paper, "Ctrl+P")
        self._save = self._made(_("Save"), lambda: self.desk.save(), "Ctrl+S")
        self._leave_enter()
        self._submit = self._made(_("Submit"), lambda: self.desk.submit())
        self._revise = self._made(_("Write at it again"), lambda: self.desk.revise())

    def _made(self, words: str, act: Callable[[], None], keys: str = "") -> QAction:
        made = self.action(words, act, keys)
        self.addAction(made)
        return made

    def _connect(self) -> None:
        self.overview.opened.connect(self.open_record)
        self.overview.begun.connect(lambda: self.begin(DRAFTING))
        self.overview.review.clicked.connect(lambda: self.begin(REVIEWING))
        self.overview.tracking.clicked.connect(lambda: self.begin(TRACKING))
        self.overview.figures.triggered.connect(lambda _on: self.begin(FIGURES))
        self.overview.awards.triggered.connect(lambda _on: self.begin(AWARDS))
        self.overview.detail.undo_wanted.connect(lambda: undo_change(self.bench, self, self.undoable(), then=self.undone))
        begin = self.overview.begin
        begin.empty.connect(lambda: self.begin(DRAFTING))
        begin.template.connect(lambda kind: self.begin(f"{TEMPLATE}:{kind}"))
        begin.topics.connect(lambda: self.begin(POOL))
        begin.activity.connect(lambda visit: self.begin(f"{FROM_ACTIVITY}:{visit}"))
        begin.file.connect(self._choose_file)
        begin.table.connect(self._begin_imports)

    def _step_back(self) -> None:
        self.go_back()

    def _fail(self, error: AppError) -> None:
        self.bench.feedback.fail(error)


def _found(workspace: Workspace, id: Id) -> OnDesk | TrackedCard:
    """What is to be shown of a record: a tracked matter beside its list, a suggestion on the desk."""
    return tracked_card(workspace, id) if is_tracked(workspace, id) else on_desk(workspace, id)

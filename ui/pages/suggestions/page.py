"""Suggestions: the list with what each is about, and the desk where one is written."""

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from app.changes import Changes
from app.domain.life import SuggestionState
from app.domain.reply import Reply
from app.domain.values import Id
from app.errors import AppError
from app.i18n import _
from app.queries.record import record_of
from app.queries.tracking import TrackedCard, is_tracked, tracked_card
from app.use_cases.random_review import sheet_key
from app.use_cases.suggestion_desk import OnDesk, begun, id_of_key, on_desk
from app.use_cases.tracking import promised_in
from app.use_cases.undo import TakenBack
from app.workspace import Workspace
from ui.page import Page, Workbench
from ui.pages.suggestions.overview import Overview
from ui.undoing import undo_change

if TYPE_CHECKING:
    from ui.pages.suggestions.desk import Desk
    from ui.pages.suggestions.random_review import RandomReviewView
    from ui.pages.suggestions.tracking import TrackingView

DRAFTING: Final = "draft"
"""The deed that begins a suggestion; `draft:ID,ID` begins it on these issues."""
FROM_ACTIVITY: Final = "from-activity"
"""The deed that begins a suggestion that came from an activity: `from-activity:ID`."""
RESTORING: Final = "restore"
"""The deed that goes on with what was kept: `restore:KEY`."""
REVIEWING: Final = "random-review"
"""The deed that shows the random review."""
TRACKING: Final = "tracking"
"""The deed that shows what is tracked over the years."""


class SuggestionsPage(Page):
    """The place of suggestions. Esc leads from the desk back to the list; what was typed is kept on the way."""

    concerns = Changes.SUGGESTIONS | Changes.ISSUES | Changes.PEOPLE

    def __init__(self, bench: Workbench) -> None:
        super().__init__(bench)
        self.overview: Final = Overview(bench)
        self._desk: Desk | None = None
        self._tracking: TrackingView | None = None
        self._review: RandomReviewView | None = None
        self._stack = QStackedWidget()
        self._stack.addWidget(self.overview)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._stack)
        self._actions()
        self._connect()

    @property
    def desk(self) -> "Desk":
        """The desk, made when somebody first writes: looking at the list need not wait for it."""
        if self._desk is None:
            from ui.pages.suggestions.desk import Desk  # loaded meanwhile, where nobody was so quick

            self._desk = Desk(self.bench)
            self._stack.addWidget(self._desk)
            self._desk.laid.connect(self._furnish)
            self._desk.returned.connect(self._show_desk)
            self._desk.cleared.connect(self._show_overview)
            self._desk.kept.connect(self.overview.ask_kept)
        return self._desk

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

    def prepare(self) -> Iterator[QWidget]:
        yield self.desk
        yield self.tracking
        yield self.review

    def heading(self) -> str:
        if self.at_review():
            return _("Random review")
        if self.at_tracking():
            return _("Planned and promised")
        return self.desk.heading() if self.at_desk() else _("Suggestions")

    def actions_offered(self) -> Sequence[QAction]:
        if self.at_tracking() or self.at_review():
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
        return self._desk is not None and self._stack.currentWidget() is self._desk

    def at_tracking(self) -> bool:
        """Whether what is tracked is in sight."""
        return self._tracking is not None and self._stack.currentWidget() is self._tracking

    def at_review(self) -> bool:
        """Whether the random review is in sight."""
        return self._review is not None and self._stack.currentWidget() is self._review

    def refresh(self) -> None:
        self.overview.refresh()
        if self.at_review():
            self.review.refresh()
        if self.at_tracking():
            self.tracking.refresh()
        if self._desk and self._desk.id:
            self._desk.refresh()

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
        elif name == RESTORING:
            self.open_record(id_of_key(told))
        elif name == REVIEWING:
            self._show_review()
        elif name == TRACKING:
            self._show_tracking()
        elif name == DRAFTING:
            self._begin([each for each in told.split(",") if each])
        elif name == FROM_ACTIVITY:
            self._begin((), (told,))

    def undoable(self) -> Id:
        if self.at_review():
            return self.review.chosen()
        if self.at_tracking():
            return "" if self.tracking.item.form_open() else self.tracking.chosen()
        if not self.at_desk():
            return self.overview.chosen()
        return "" if self.desk.dirty() or not self.desk.saved.stored else self.desk.id

    def undone(self, done: TakenBack) -> None:
        if self.at_desk() and done.id == self.desk.id and done.event == "removed":
            self.desk.forget()
        elif done.kind == "suggestion":
            self.overview.point_at(done.id)

    def go_back(self) -> bool:
        if self.at_review():
            self.review.keep()
            self._show_overview()
            return True
        if self.at_tracking():
            if not self.tracking.step_back():
                self._show_overview()
            return True
        if not self.at_desk():
            return False
        if not self.desk.step_back():
            self.desk.keep()
            self._show_overview()
        return True

    def keep(self) -> None:
        if self._desk:
            self._desk.keep()
        if self._tracking:
            self._tracking.keep()
        if self._review:
            self._review.keep()

    # --- from one to the other

    def _begin(self, issues: Sequence[Id], visits: Sequence[Id] = ()) -> None:
        workspace = self.bench.workspace
        self.bench.background.ask(self, lambda: begun(workspace, issues, visits), self._lay, self._fail, topic="desk")

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
        self._furnish_print()
        for action in (self._save, self._submit):
            action.setEnabled(there and not self.desk.frozen())
        self._draft.setEnabled(not there and not self.at_tracking() and not self.at_review())
        self.furniture_changed.emit()

    def _print_paper(self) -> None:
        """The paper of what stands in the records; what is typed and not saved is saved first."""
        if not self.at_desk():
            self._open_paper(self.overview.chosen())
        else:
            self.desk.save(then=lambda: self._open_paper(self.desk.id))

    def _open_paper(self, id: Id) -> None:
        from app.domain.papers import PaperName  # printing is loaded when it is wanted
        from app.use_cases.papers import Asked
        from ui.dialogs.paper_dialog import PaperDialog

        if id:
            PaperDialog(self.bench, Asked(name=PaperName.SUGGESTION, id=id), self).open()

    # --- making

    def _actions(self) -> None:
        self._draft = self._made(_("Draft a suggestion"), lambda: self.begin(DRAFTING), "Ctrl+N")
        self._back = self._made(_("All suggestions"), self._step_back)
        self._print = self._made(_("Print"), self._print_paper, "Ctrl+P")
        self._save = self._made(_("Save"), lambda: self.desk.save(), "Ctrl+S")
        self._save.setShortcuts([QKeySequence("Ctrl+S"), QKeySequence("Ctrl+Return")])
        self._submit = self._made(_("Submit"), lambda: self.desk.submit())
        self._revise = self._made(_("Write at it again"), lambda: self.desk.revise())

    def _made(self, words: str, act: Callable[[], None], keys: str = "") -> QAction:
        made = self.action(words, act, keys)
        self.addAction(made)
        return made

    def _connect(self) -> None:
        self.overview.opened.connect(self.open_record)
        self.overview.begun.connect(lambda: self.begin(DRAFTING))
        self.overview.moved.connect(self._furnish_print)
        self.overview.review.clicked.connect(lambda: self.begin(REVIEWING))
        self.overview.tracking.clicked.connect(lambda: self.begin(TRACKING))
        self.overview.detail.undo_wanted.connect(lambda: undo_change(self.bench, self, self.undoable(), then=self.undone))
        self._furnish_print()

    def _step_back(self) -> None:
        self.go_back()

    def _furnish_print(self) -> None:
        self._print.setEnabled(self.at_desk() or bool(self._stack.currentWidget() is self.overview and self.overview.chosen()))

    def _fail(self, error: AppError) -> None:
        self.bench.feedback.fail(error)


def _found(workspace: Workspace, id: Id) -> OnDesk | TrackedCard:
    """What is to be shown of a record: a tracked matter beside its list, a suggestion on the desk."""
    return tracked_card(workspace, id) if is_tracked(workspace, id) else on_desk(workspace, id)

"""The form of one issue: noted anew, or corrected; what is typed is kept, what helps stands beside it."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain.issue import Issue
from app.domain.issue_sheet import IssueSheet, sheet_told
from app.domain.problems import stopped_by
from app.domain.values import Id
from app.errors import AppError
from app.i18n import _
from app.messages import explain
from app.queries.issue_card import issue_sheet
from app.queries.visit_words import VisitWords, visit_words
from app.use_cases.issues import Done, OnForm, draft_key, new_sheet, save_issue, sheet_to_correct
from app.workspace import Workspace
from ui.forms.draft_keeper import DraftKeeper, HeldDraft
from ui.forms.issue_form import IssueForm
from ui.page import Workbench
from ui.pages.visits.beside import DeadlineCard, HintCard, SimilarCard
from ui.theme import SPACE
from ui.widgets.card import Card
from ui.widgets.roles import label
from ui.widgets.scrolled import scrolled
from ui.widgets.versions_notice import VersionsNotice, differences
from ui.wording import moment_told

_BESIDE: Final = 276  # pixels of the column that helps
_ROOM: Final = 780  # pixels from which there is room for it


class IssueDesk(QWidget):
    """One issue on its form. `laid` tells that one lies there, `saved` what was saved."""

    laid = Signal()
    saved = Signal(object)

    def __init__(self, bench: Workbench) -> None:
        super().__init__()
        self._bench: Final = bench
        self._before: IssueSheet | None = None
        self._draft: Final = HeldDraft()
        self.form: Final = IssueForm(bench.theme)
        self._names: Mapping[Id, str] = {}
        self.stale: Final = VersionsNotice()
        self._versions: tuple[IssueSheet, IssueSheet] | None = None  # what stands here, and what was saved meanwhile
        self.state: Final = label("", "small")
        self.similar: Final = SimilarCard(bench, self._raised)
        self.deadline: Final = DeadlineCard()
        self.form.changed.connect(self._touched)
        self.similar.judged.connect(self.form.matter.judge)
        self.stale.kept.connect(self._rest_on)
        self.stale.taken.connect(self._give_way)

    @property
    def id(self) -> Id:
        """The issue on the form; empty for none."""
        return self._before.id if self._before else ""

    @property
    def new(self) -> bool:
        """Whether the issue is not in the records yet."""
        return bool(self._before) and not (self._before and self._before.stored)

    def dirty(self) -> bool:
        """Whether something was typed that is not saved."""
        return self._before is not None and self.form.read() != self._before

    # --- laying

    def note(self) -> None:
        """Begin a new issue; one that is begun already is gone on with."""
        if self.new and self.dirty():
            self.laid.emit()
            return
        self._ask(lambda workspace: OnForm(sheet=new_sheet(workspace)))

    def correct(self, id: Id) -> None:
        """Lay an issue on the form."""
        self._ask(lambda workspace: sheet_to_correct(workspace, id))

    def restore(self, sheet: IssueSheet) -> None:
        """Go on with what was kept."""
        self._ask(lambda _workspace: OnForm(sheet=sheet))

    def _ask(self, question: Callable[[Workspace], OnForm]) -> None:
        workspace = self._bench.workspace
        self._bench.background.ask(
            self, lambda: (question(workspace), visit_words(workspace)), self._lay, self._bench.feedback.fail, topic="form"
        )

    def _lay(self, found: tuple[OnForm, VisitWords]) -> None:
        self._draft.keep()  # before another issue stands on the form
        on_form, known = found
        sheet = on_form.sheet
        self.form.show_names(known)
        self._names = {id: each.name for id, each in known.deputies.items()}
        self.form.show_sheet(sheet)
        self._before = self.form.read()
        keeper = DraftKeeper(self._bench, draft_key(sheet.id), "issue", lambda: sheet_told(self.form.read()), self)
        keeper.kept.connect(lambda: self.state.setText(_("The draft is kept.")))
        self._draft.hold(keeper)
        self.stale.hide()
        today = self._bench.workspace.clock.today().date()
        kept = _("Not saved yet; kept {at}").format(at=moment_told(on_form.kept, today=today)) if on_form.kept else ""
        self.state.setText(kept)
        self.deadline.show_period(known.period)
        self.similar.ask()
        self.laid.emit()
        self.form.begin()

    # --- deeds

    def save(self) -> None:
        """Save what stands on the form."""
        workspace, sheet = self._bench.workspace, self.form.read()
        self.form.complain(())
        self._bench.background.do(self, lambda _progress: save_issue(workspace, sheet), self._saved, self._fail)

    def keep(self) -> None:
        """Keep what is typed at once."""
        if self._draft.pending or self.dirty():
            self._draft.keep_now()

    def leave(self) -> None:
        """Step back from the form; what is typed is kept."""
        if self.dirty():
            self.keep()
        elif self._draft.pending:
            self._draft.discard()  # typed, and taken back again
        self._before = None

    def _saved(self, done: Done) -> None:
        self._draft.discard()
        self._draft.let_go()
        self._before = None
        self.saved.emit(done)

    def _fail(self, error: AppError) -> None:
        if problems := stopped_by(error):
            self.form.complain(problems)
        elif error.code == "stale":
            self._ask_which(error)
        else:
            self._bench.feedback.fail(error)

    def _ask_which(self, error: AppError) -> None:
        """Somebody saved the issue meanwhile: say what differs and ask which shall stand."""
        workspace, id = self._bench.workspace, self.id
        self._bench.background.ask(
            self, lambda: issue_sheet(workspace, id), lambda stands: self._offer(error, stands), self._bench.feedback.fail
        )

    def _offer(self, error: AppError, stands: IssueSheet) -> None:
        self._versions = ours, theirs = self.form.read(), stands
        pairs = ((ours.issue, theirs.issue), (ours.met, theirs.met), (ours.contact, theirs.contact))
        told = [each for here, there in pairs if here and there for each in differences(here, there, self._names)]
        self.stale.ask(explain(error), told)

    def _rest_on(self) -> None:
        """Save ours on top of what was saved meanwhile; where the issue stands is not a matter of this form."""
        if self._versions:
            ours, stands = self._versions
            life = ("state", "route", "assigned_on", "unit", "due_on", "merged_into")
            issue = replace(ours.issue, **{name: getattr(stands.issue, name) for name in life})
            self.form.show_sheet(replace(ours, issue=issue, seen=stands.seen))
            self.save()

    def _give_way(self) -> None:
        if self._versions:
            self.restore(self._versions[1])

    # --- how

    def _touched(self) -> None:
        if self._before is not None and self._draft.touch():
            self.state.setText(_("Not saved yet"))
        self.similar.touch()

    def _raised(self) -> tuple[Issue, Collection[Id]]:
        issue = self.form.read().issue
        return issue, {issue.id}

    def arrange(self) -> None:
        """Lay out the cards: the second half of making the desk, in a turn of its own."""
        work = Card()
        work.add(self.stale)
        work.add(self.form, 1)
        work.body.addWidget(self.state, 0, Qt.AlignmentFlag.AlignRight)
        beside = QWidget()
        self._beside = scrolled(beside)
        column = QVBoxLayout(beside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE.large)
        column.addWidget(self.similar)
        column.addWidget(self.deadline)
        column.addWidget(HintCard())
        column.addStretch(1)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(SPACE.large)
        line.addWidget(scrolled(work), 1)
        line.addWidget(self._beside)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  # Qt's own name
        super().resizeEvent(event)
        px = self._bench.theme.px
        self._beside.setFixedWidth(px(_BESIDE))
        self._beside.setVisible(event.size().width() >= px(_ROOM))

"""The desk a suggestion is written at: its grounds and steps on the left, the text in the middle, the paper on the right."""

import functools
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

from PySide6.QtCore import QTimer, Signal

from app.domain.hint import Hint
from app.domain.problems import Problem
from app.domain.suggestion import Suggestion, text_is_open
from app.domain.suggestion_sheet import SuggestionSheet, kept_body
from app.domain.values import Id
from app.errors import AppError
from app.i18n import _
from app.messages import explain
from app.queries.suggestion_card import SuggestionCard, suggestion_card
from app.queries.suggestion_grounds import Grounds
from app.queries.text_versions import TextVersion
from app.queries.units import units
from app.use_cases.hint_answers import HintsAnswered, answer_hint
from app.use_cases.papers import previewed_suggestion
from app.use_cases.suggestion_desk import DRAFT, OnDesk, desk_problems, draft_key
from app.use_cases.suggestions import Amended, amend_suggestion, revise_suggestion, submit_sheet
from ui.dialogs.versions_dialog import VersionsDialog
from ui.feedback import Tone
from ui.forms.draft_keeper import DraftKeeper
from ui.forms.suggestion_form import SuggestionForm
from ui.page import Workbench
from ui.pages.suggestions.aids import Aids
from ui.pages.suggestions.columns import Columns
from ui.pages.suggestions.course import CourseCard
from ui.pages.suggestions.grounds import GroundsCard
from ui.pages.suggestions.secrecy import SecrecyPanel
from ui.pages.suggestions.signers import SignersCard
from ui.pages.suggestions.signing import Signing
from ui.pages.suggestions.submission import SubmissionPanel
from ui.pages.suggestions.word import ask_word_file
from ui.undoing import undo_change
from ui.widgets.attachments_card import AttachmentsCard
from ui.widgets.roles import button
from ui.widgets.versions_notice import VersionsNotice, differences
from ui.wording import word_of

PAUSE: Final = 100  # milliseconds after the last change before the paper is made anew; ten times as many before the hints are
_NOTHING: Final = SuggestionSheet(suggestion=Suggestion(id=""))


class Desk(Columns):
    """One suggestion while it is written, saved and submitted; frozen once it is submitted."""

    laid = Signal()
    """Another suggestion lies here, or the same in another state: heading and actions are others."""
    returned = Signal()
    """What was given up lies here again."""
    cleared = Signal()
    """Nothing lies here any more."""
    kept = Signal()
    """What was typed is kept as a draft, or a draft was given up."""

    def __init__(self, bench: Workbench, form: SuggestionForm) -> None:
        super().__init__(bench.theme)
        self._bench = bench
        self._fail: Final = bench.feedback.fail
        self._desk = OnDesk(sheet=_NOTHING, saved=_NOTHING)
        self._keeper: DraftKeeper | None = None
        self.form: Final = form
        self.grounds: Final = GroundsCard(bench)
        self.signers: Final = SignersCard(bench)
        self.course: Final = CourseCard()
        self.aids: Final = Aids(bench, self.form)
        self.hints, self.preview, self.handling = self.aids.hints, self.aids.preview, self.aids.handling
        self.panel: Final = SubmissionPanel()
        self.secrecy: Final = SecrecyPanel()
        self.stale: Final = VersionsNotice()
        self.signing: Final = Signing(bench, self, self)
        self._theirs: SuggestionCard | None = None
        self.pause: Final = QTimer(self, singleShot=True, interval=PAUSE)
        self.hint_pause: Final = QTimer(self, singleShot=True, interval=10 * PAUSE)
        self.files: Final = AttachmentsCard(bench)
        self.versions: Final = button(_("Versions"), "link")
        self.word: Final = button(_("Word file …"), "link")
        for link in (self.aids.shelf_button, self.versions, self.word):
            self.form.foot.addWidget(link)
        self._connect(bench)

    def arrange(self) -> None:
        """Lay out what it is made of: the second half of making the desk, in a turn of its own."""
        middle = (self.secrecy, self.panel, self.stale, self.signing.versions, self.signing.panel, self.form)
        self.fill((self.grounds, self.signers, self.signing.before, self.course, self.files), middle, (self.aids,))

    def _connect(self, bench: Workbench) -> None:
        for each in (self.form, self.grounds, self.signers):
            each.changed.connect(self._touch)
        self.aids.listen(self)
        self.form.title.editingFinished.connect(self._retitled)
        self.form.given_up.connect(self.give_up)
        self.versions.clicked.connect(self._open_versions)
        self.word.clicked.connect(lambda: self.save(then=lambda: ask_word_file(bench, self, self.id, self.form.title.text())))
        self.grounds.told.connect(lambda grounds: self.form.mark(grounds.residents))
        self.handling.steps.begun.connect(lambda: self.ensureWidgetVisible(self.handling.steps))
        self.panel.agreed.connect(self._hand_in)
        self.panel.declined.connect(self._think_again)
        self.secrecy.clear.connect(self._not_secret)
        self.hints.wanted.connect(self._show_words)
        self.hints.kept.connect(self._keep_words)
        self.stale.kept.connect(self._keep_ours)
        self.stale.taken.connect(self._take_theirs)
        self.pause.timeout.connect(self._renew_paper)
        self.hint_pause.timeout.connect(self._renew_hints)

    # --- what lies here

    @property
    def id(self) -> Id:
        """Which suggestion lies here; empty where none does."""
        return self._desk.sheet.id

    @property
    def saved(self) -> SuggestionSheet:
        """The sheet as it was saved last, or as it was begun."""
        return self._desk.saved

    def heading(self) -> str:
        """What the page is called while this lies here."""
        return self.form.title.text().strip() or _("New suggestion")

    def frozen(self) -> bool:
        """Whether the words change no more."""
        return not text_is_open(self.saved.suggestion)

    def lay(self, desk: OnDesk) -> None:
        """Put a suggestion here; what lay here before is kept."""
        self.keep()
        self._put(desk)
        if desk.kept and desk.saved.stored:
            self._bench.feedback.say(_("What you typed last and did not save is back here."), Tone.INFORMATION)

    def read(self) -> SuggestionSheet:
        """What stands here now."""
        suggestion = replace(self.form.read(), issues=self.grounds.ids())
        return SuggestionSheet(suggestion=suggestion, signers=self.signers.read(), seen=self.saved.seen)

    def dirty(self) -> bool:
        """Whether something was typed that is not saved."""
        return bool(self.id) and not self.frozen() and not self.read().says(self.saved)

    def keep(self) -> None:
        """Keep what is typed at once."""
        self.signing.keep()
        if self._keeper and self.dirty():
            self._keeper.keep_now()
        self.handling.keep()

    def refresh(self) -> None:
        """Ask again for what belongs to the suggestion; what was typed stays."""
        self.signers.refresh()
        self.signing.refresh()
        if not self.saved.stored:
            self.grounds.show_ids(self.grounds.ids())
            return
        workspace, id = self._bench.workspace, self.id
        self._bench.background.ask(self, lambda: suggestion_card(workspace, id), self._refreshed, self._fail, topic="card")

    def step_back(self) -> bool:
        """Close what stands open on the desk; False where nothing does."""
        if not self.form.finding.isHidden():
            self.form.finding.close_bar()
        elif self.grounds.searching():
            self.grounds.show_search(shown=False)
        elif not self.panel.isHidden():
            self._think_again()
        elif self.aids.step_back():
            return True
        else:
            return self.signing.step_back() or self.handling.steps.step_back()
        return True

    def _put(self, desk: OnDesk) -> None:
        self._desk = desk
        self._keep_under(draft_key(desk.sheet.id))
        self.panel.hide()
        self.stale.hide()
        self._ask_secrecy(desk.sheet.suggestion)
        for each in (self.grounds, self.signers, self.form):
            each.freeze(frozen=self.frozen())
        self.form.show_suggestion(desk.sheet.suggestion)
        self.grounds.show_ids(desk.sheet.suggestion.issues, desk.grounds)
        self.signers.show_signers(desk.sheet.suggestion, desk.sheet.signers, frozenset(desk.saved.seen))
        self.signing.lay(desk.sheet.id, stored=desk.saved.stored)
        self.aids.lay(desk.sheet.id, stored=desk.saved.stored)
        self.course.show_course(desk.course, self._bench.workspace.clock.today().date())
        self._show_handling()
        workspace = self._bench.workspace
        self._bench.background.ask(self, lambda: units(workspace), self.form.offer_units, self._fail, topic="units")
        self._show_files()
        self._tell()
        self._renew()
        self.laid.emit()

    def _open_versions(self) -> None:
        """Any two versions of the text side by side; while the words are open an older text can be put here again."""
        title, text = self.form.title.text(), self.form.text.text()
        typed = None if self.frozen() else TextVersion(number=0, rev="", subject=title, text=text)
        dialog = VersionsDialog(self._bench, self.id, typed, self)
        dialog.taken.connect(self._take_version)
        dialog.open()

    def _take_version(self, version: TextVersion) -> None:
        self.form.take_words(version.subject, version.text)
        words = _("The text of version {number} stands here again. Save it to keep it; Ctrl+Z takes it back.")
        self._bench.feedback.say(words.format(number=version.number), Tone.INFORMATION)

    def _show_files(self) -> None:
        """What belongs to a record is there once it is saved: files, versions."""
        self.files.setVisible(self.saved.stored)
        for link in (self.versions, self.word):
            link.setVisible(self.saved.stored)
        if self.saved.stored:
            self.files.show_record(self.id, self.files.files if self.files.shows(self.id) else ())
            self.files.refresh()

    def _show_handling(self) -> None:
        """Beside frozen words stands what came of them, in the place of the paper, which then is only printed."""
        self.handling.show_suggestion(self.saved.suggestion)
        self.preview.setVisible(not self.frozen())

    def _keep_under(self, key: str) -> None:
        """From now on what is typed belongs to this draft, and to no other."""
        if self._keeper and self._keeper.key == key:
            return
        if self._keeper:
            self._keeper.retire()
        self._keeper = DraftKeeper(self._bench, key, DRAFT, lambda: kept_body(self.read()), self)
        self._keeper.kept.connect(self._was_kept)

    def _refreshed(self, card: SuggestionCard) -> None:
        if card.sheet.id != self.id:
            return
        if not self.dirty() and not card.sheet.says(self.saved):
            self._put(OnDesk(sheet=card.sheet, saved=card.sheet, grounds=card.grounds, course=card.course))
            return
        self._desk = replace(self._desk, course=card.course)
        self._show_handling()
        self.course.show_course(card.course, self._bench.workspace.clock.today().date())
        self.grounds.show_ids(self.grounds.ids())
        self._renew_hints()

    # --- typing

    def _touch(self) -> None:
        """Something was typed: keep it when the person pauses, show the paper anew a little earlier."""
        if not self._keeper or self.frozen():
            return
        self.panel.hide()
        self._keeper.touch()
        self.pause.start()
        self.hint_pause.start()
        self.form.tell_typed()

    def _was_kept(self) -> None:
        if not self.dirty() and self._keeper:
            self._keeper.discard()  # what was typed was taken back by hand
        self._tell()
        self.kept.emit()

    def _tell(self) -> None:
        """Say whether what stands here is safe."""
        dirty = self.dirty()
        if self.frozen():
            words = word_of(self.saved.suggestion.state)
        elif self._keeper and self._keeper.pending():
            words = _("Not saved yet")
        elif dirty:
            words = _("Draft kept")
        else:
            words = _("Saved") if self.saved.stored else ""
        self.form.tell_state(words, typed=dirty)

    def _retitled(self) -> None:
        if self.id:
            self.laid.emit()

    def _renew(self) -> None:
        """Make the paper and the hints anew; an answer that was overtaken is not shown."""
        self._renew_paper()
        self._renew_hints()

    def _renew_paper(self) -> None:
        workspace, sheet, press = self._bench.workspace, self.read(), self._bench.press
        self.signers.follow(sheet.suggestion)
        self._bench.background.ask(
            self,
            lambda: previewed_suggestion(workspace, sheet, press),
            self.preview.show_paper,
            lambda error: self.preview.tell(explain(error)),
            topic="paper",
        )

    def _renew_hints(self) -> None:
        self.aids.renew(self.read(), frozen=self.frozen())
        if self.frozen():
            self.hints.hide()
            return
        workspace, sheet = self._bench.workspace, self.read()
        self.hints.show()
        hint = self.hints.show_problems
        self._bench.background.ask(self, lambda: desk_problems(workspace, sheet), hint, self._fail, topic="hints")

    # --- hints

    def _ask_secrecy(self, suggestion: Suggestion) -> None:
        """Asked before a new suggestion is saved for the first time; later a hint says that the answer is missing."""
        if self.saved.stored or suggestion.not_secret:
            self.secrecy.hide()
        elif self.secrecy.isHidden():
            self.secrecy.ask()

    def _not_secret(self) -> None:
        self.secrecy.hide()
        self.form.confirm_not_secret()
        self.form.begin()

    def _show_words(self, hint: Hint) -> None:
        if hint.code == "secrecy_open":
            self.secrecy.ask()
            self.secrecy.no.setFocus()
            return
        self.form.show_places(hint.places)

    def _keep_words(self, hint: Hint, because: str) -> None:
        """An answer stands beside saved words only: what is typed is saved with it."""
        workspace, id = self._bench.workspace, self.id

        def answer() -> None:
            self._bench.background.do(
                self,
                lambda _progress: answer_hint(workspace, id, hint.code, because, digest=hint.digest),
                self._kept_words,
                self._refused,
            )

        self.save(then=answer)

    def _kept_words(self, done: HintsAnswered) -> None:
        self._renew()
        undo = functools.partial(undo_change, self._bench, self, self.id, then=lambda _done: self._renew())
        self._bench.feedback.say(_("The hint is answered."), deed=_("Undo"), act=undo)

    # --- saving and giving up

    def save(self, then: Callable[[], None] = lambda: None) -> None:
        """Save what stands here as a revision; `then` is done where it stands in the records."""
        if self.frozen() or (self.saved.stored and not self.dirty()):
            then()
            return
        sheet, workspace = self.read(), self._bench.workspace
        self._bench.background.do(
            self,
            lambda _progress: amend_suggestion(workspace, sheet),
            lambda done: self._amended(sheet, done, then),
            self._refused,
        )

    def give_up(self) -> None:
        """Forget what was typed since the last save; as long as one is told of it, it can be brought back."""
        before, typed = self._desk, self.read()
        if self._keeper:
            self._keeper.discard()
        self._bench.feedback.say(
            _("What was not saved is given up."), deed=_("Bring it back"), act=lambda: self._bring_back(before, typed)
        )
        if self.saved.stored:
            self._put(replace(before, sheet=before.saved, kept=None, grounds=Grounds()))
            self.grounds.show_ids(before.saved.suggestion.issues)
        else:
            self._clear()
        self.kept.emit()

    def _bring_back(self, desk: OnDesk, typed: SuggestionSheet) -> None:
        self.keep()
        self._put(replace(desk, sheet=typed))
        self.grounds.show_ids(typed.suggestion.issues)
        self._touch()
        self.returned.emit()

    def forget(self) -> None:
        """What lies here was removed."""
        self._clear()

    def _clear(self) -> None:
        if self._keeper:
            self._keeper.retire()
        self._desk, self._keeper = OnDesk(sheet=_NOTHING, saved=_NOTHING), None
        self.pause.stop()
        self.hint_pause.stop()
        self.cleared.emit()

    def _amended(self, sent: SuggestionSheet, done: Amended, then: Callable[[], None]) -> None:
        """Saved: what was typed meanwhile stays and is kept as a draft again."""
        if self.id != sent.id:
            return
        untouched = self.read().says(sent)
        self._desk = replace(self._desk, saved=done.sheet, sheet=done.sheet, kept=None)
        self.form.adopt(done.sheet.suggestion, wholly=untouched)
        self.form.complain(())
        if untouched:
            self.signers.show_signers(done.sheet.suggestion, done.sheet.signers, frozenset(done.sheet.seen))
            self.signing.lay(done.sheet.id, stored=True)
        if self._keeper:
            self._keeper.discard()
        if self._keeper and self.dirty():
            self._keeper.touch()
        self._show_files()
        self._tell()
        self.laid.emit()
        self.kept.emit()
        then()

    def _refused(self, error: AppError) -> None:
        """Not saved: what is missing is said beside its field, and everything typed stays."""
        self._tell()
        problems = error.facts.get("problems")
        if isinstance(problems, tuple) and self.form.complain(problems):
            return
        if error.code in {"stale", "text_frozen"}:
            self._meet(error)
        else:
            self._bench.feedback.fail(error)

    def _meet(self, error: AppError) -> None:
        """Another hand saved it meanwhile: show what differs, so that saving again is a decision and no accident."""
        workspace, id = self._bench.workspace, self.id
        self._bench.background.ask(
            self, lambda: suggestion_card(workspace, id), lambda card: self._met(error, card), self._fail, topic="card"
        )

    def _met(self, error: AppError, card: SuggestionCard) -> None:
        self._theirs = card
        told = differences(self.read().suggestion, card.sheet.suggestion, self.form.lead.names())
        self.stale.ask(explain(error), told, keepable=text_is_open(card.sheet.suggestion))

    def _keep_ours(self) -> None:
        """What stands here is saved on top of what was saved meanwhile."""
        if self._theirs:
            self._desk = replace(self._desk, saved=self._theirs.sheet, course=self._theirs.course)
            self.save()

    def _take_theirs(self) -> None:
        if self._theirs:
            before, typed = self._desk, self.read()
            if self._keeper:
                self._keeper.discard()
            sheet = self._theirs.sheet
            self._put(replace(self._desk, sheet=sheet, saved=sheet, kept=None, grounds=Grounds(), course=self._theirs.course))
            self.kept.emit()
            after = replace(before, saved=sheet)
            words = _("What was saved meanwhile stands here now.")
            self._bench.feedback.say(words, deed=_("Bring mine back"), act=lambda: self._bring_back(after, typed))

    # --- submission, and back

    def submit(self) -> None:
        """Look whether everything is there, and ask once more: submission cannot be undone."""
        workspace, sheet = self._bench.workspace, self.read()
        self._bench.background.ask(self, lambda: desk_problems(workspace, sheet), self._checked, self._fail, topic="check")

    def revise(self) -> None:
        """Open a returned suggestion to be written at again."""
        workspace, id = self._bench.workspace, self.id
        self._bench.background.do(self, lambda _progress: revise_suggestion(workspace, id), self._turned, self._refused)

    def _checked(self, problems: Sequence[Problem]) -> None:
        self.hints.show_problems(problems)
        if self.form.complain(problems):
            self.panel.hide()
        else:
            self.panel.ask(len(self.grounds.ids()), problems)

    def _think_again(self) -> None:
        self.panel.hide()
        self.form.text.setFocus()

    def _hand_in(self) -> None:
        workspace, sheet = self._bench.workspace, self.read()
        self.panel.hide()
        self._bench.background.do(self, lambda _progress: submit_sheet(workspace, sheet), self._submitted, self._refused)

    def _submitted(self, done: Amended) -> None:
        if self._keeper:
            self._keeper.discard()
        self._turned(done)
        self._bench.feedback.say(_("Submitted. Title and text change no more."))
        self.kept.emit()

    def _turned(self, done: Amended) -> None:
        """The suggestion stands in another state now; its steps follow with the news of the change."""
        self._put(replace(self._desk, sheet=done.sheet, saved=done.sheet, kept=None, grounds=Grounds()))
        self.refresh()

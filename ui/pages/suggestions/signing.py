"""What stands between the desk's cards, panel and dialogs and the deeds of signing: asks, saves first, tells what came of it."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import Any, Final, Protocol

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from app.domain.cosigning import Invitation, Withdrawal
from app.domain.review import Review, ReviewStage
from app.domain.suggestion_sheet import SuggestionSheet
from app.domain.values import Id
from app.errors import AppError
from app.i18n import _
from app.queries.suggestion_signing import Preparation, Talk, preparation
from app.queries.suggestion_versions import OtherVersion, other_versions
from app.queries.units import UnitRow, units
from app.use_cases.consultations import (
    TALK_DRAFT,
    TalkRemoved,
    TalkSheet,
    new_talk,
    record_talk,
    remove_talk,
    talk_key,
    talk_told,
)
from app.use_cases.cosigning import ask_again, invite, strike_ended, tell_lead
from app.use_cases.issues import Done
from app.use_cases.reviews import REVIEW_DRAFT, Sent, record_review, review_key, review_told, send_to_pre_review
from app.use_cases.signing_drafts import unsaved_entries
from app.use_cases.suggestion_versions import settle_version
from app.use_cases.trash import restore
from app.use_cases.withdrawal import WITHDRAWAL_DRAFT, Withdrawn, withdraw, withdrawal_key, withdrawal_told
from ui.forms.draft_keeper import DraftKeeper, HeldDraft
from ui.forms.suggestion_form import SuggestionForm
from ui.page import Workbench
from ui.pages.suggestions.before_card import BeforeCard
from ui.pages.suggestions.entry_panel import EntryPanel
from ui.pages.suggestions.signers import SignersCard
from ui.undoing import say_done
from ui.widgets.versions_notice import VersionsNotice, differences


class Writing(Protocol):
    """The desk as it is needed here: what lies on it, and how it is saved."""

    @property
    def id(self) -> Id: ...

    @property
    def saved(self) -> SuggestionSheet: ...

    @property
    def form(self) -> SuggestionForm: ...

    @property
    def signers(self) -> SignersCard: ...

    def read(self) -> SuggestionSheet: ...

    def frozen(self) -> bool: ...

    def refresh(self) -> None: ...

    def save(self, then: Callable[[], None] = ...) -> None: ...


class Signing(QObject):
    """The part of the desk that comes before submission."""

    def __init__(self, bench: Workbench, desk: Writing, owner: QWidget) -> None:
        super().__init__(owner)
        self._bench: Final = bench
        self._desk: Final = desk
        self._owner: Final = owner
        self._id: Id = ""
        self._prepared: Preparation | None = None
        self._draft: Final = HeldDraft()
        self._units: Sequence[UnitRow] = ()
        self.before: Final = BeforeCard()
        self.panel: Final = EntryPanel(bench)
        self.versions: Final = VersionsNotice()
        self._other: OtherVersion | None = None
        self._connect()

    # --- what lies on the desk

    def lay(self, id: Id, *, stored: bool) -> None:
        """Another suggestion lies on the desk, or the same in another state."""
        if id != self._id:
            self.keep()
            self._close()
            self._prepared = None
            self.versions.hide()
        self._id = id if stored else ""
        self.refresh()

    def refresh(self) -> None:
        """Ask again for what belongs to the suggestion."""
        if not (id := self._id):
            self.before.hide()
            return
        workspace = self._bench.workspace
        ask = self._bench.background.ask
        ask(self._owner, lambda: preparation(workspace, id), self._show, self._fail, topic="preparation")
        ask(self._owner, lambda: other_versions(workspace, id), self._show_versions, self._fail, topic="versions")
        ask(self._owner, lambda: units(workspace), self._offer, self._fail, topic="signing units")

    def keep(self) -> None:
        """Keep what is typed at once."""
        self._draft.keep()

    def step_back(self) -> bool:
        """Close the panel, what was typed there is kept; False where it is not open."""
        if not self.panel.is_open():
            return False
        self.keep()
        self._close()
        return True

    def _show(self, prepared: Preparation) -> None:
        if prepared.suggestion.id != self._id:
            return
        first = self._prepared is None
        self._prepared = prepared
        self.before.show_preparation(prepared)
        self._desk.signers.show_known(prepared)
        if first:
            workspace, id = self._bench.workspace, self._id
            ask = self._bench.background.ask
            ask(self._owner, lambda: unsaved_entries(workspace, id), self._go_on, self._fail, topic="signing drafts")

    def _offer(self, found: Sequence[UnitRow]) -> None:
        self._units = found
        self.panel.talk.offer_units(found)

    def _go_on(self, kept: Sequence[TalkSheet | Review | Withdrawal]) -> None:
        """What was typed last and not saved is back in its form."""
        if kept and not self.panel.is_open():
            self._begin(kept[0])

    def _begin(self, entry: TalkSheet | Review | Withdrawal) -> None:
        match entry:
            case TalkSheet() if entry.talk.suggestion == self._id:
                self._begin_talk(entry)
            case Review() if entry.suggestion == self._id:
                self._begin_review(entry)
            case Withdrawal():
                self._begin_withdrawal(entry)

    def _open(self, fresh: TalkSheet | Review | Withdrawal) -> None:
        """Open a form: with what was typed there before and not saved, else with a new entry."""
        self.keep()
        workspace, id = self._bench.workspace, self._id

        def show(kept: Sequence[TalkSheet | Review | Withdrawal]) -> None:
            self._begin(next((each for each in kept if type(each) is type(fresh)), fresh))

        self._bench.background.ask(self._owner, lambda: unsaved_entries(workspace, id), show, self._fail, topic="signing drafts")

    # --- words written at two computers at once

    def _show_versions(self, others: Sequence[OtherVersion]) -> None:
        """What the other computer wrote is one click away, side by side with what is shown here."""
        self._other = next(iter(others), None)
        if self._other is None:
            self.versions.hide()
            return
        shown = self._desk.saved.suggestion
        theirs = replace(shown, subject=self._other.subject, text=self._other.text)
        words = _("{operator} wrote at this draft at another computer at the same time. Both texts are kept.")
        told = words.format(operator=self._other.operator or _("Somebody"))
        self.versions.ask(told, differences(shown, theirs, {}), keepable=not self._desk.frozen())

    def _settle(self, rev: Id) -> None:
        workspace, id = self._bench.workspace, self._id
        told = partial(self._settled, _("Decided; the other text stays in the history."))
        self._after_saving(lambda: settle_version(workspace, id, rev), told)

    def _settled(self, words: str, _done: object) -> None:
        self._bench.feedback.say(words)
        self._desk.refresh()

    # --- talks

    def _talk(self, talk: Talk | None) -> None:
        if talk:
            self._begin_talk(TalkSheet(talk=talk.consultation, heads=talk.heads))
        elif self._prepared:
            self._open(new_talk(self._bench.workspace, self._desk.form.read()))

    def _begin_talk(self, sheet: TalkSheet) -> None:
        corrected = bool(sheet.heads)
        heading = _("Correct a talk") if corrected else _("A talk with the unit before submission")
        self.panel.begin(self.panel.talk, heading, _("Save the talk"), removable=corrected)
        self.panel.talk.show_talk(sheet)
        self._keep_under(talk_key(self._id), TALK_DRAFT, lambda: talk_told(self.panel.talk.read()))

    def _remove(self) -> None:
        workspace, id = self._bench.workspace, self.panel.talk.read().talk.id
        self._bench.background.do(self._owner, lambda _progress: remove_talk(workspace, id), self._removed, self._fail)

    def _removed(self, removed: TalkRemoved) -> None:
        workspace = self._bench.workspace
        self._leave()

        def back() -> None:
            deed = self._bench.background.do
            deed(self._owner, lambda _progress: restore(workspace, removed.id), lambda _none: self.refresh(), self._fail)

        self._bench.feedback.say(_("The talk lies in the trash."), deed=_("Bring it back"), act=back)
        self.refresh()

    # --- pre-review

    def _send(self) -> None:
        workspace, id = self._bench.workspace, self._id
        today = workspace.clock.today().date()
        self._after_saving(
            lambda: send_to_pre_review(workspace, id, Sent(on=today)), partial(self._say, _("Sent to pre-review."))
        )

    def _review(self) -> None:
        workspace = self._bench.workspace
        made = Review(
            id=workspace.clock.new_id(),
            suggestion=self._id,
            stage=ReviewStage.PRE_REVIEW,
            body=self._desk.form.read().delegation,
            decided_on=workspace.clock.today().date(),
        )
        self._open(made)

    def _begin_review(self, review: Review) -> None:
        self.panel.begin(self.panel.review, _("Outcome of the pre-review"), _("Save the outcome"))
        self.panel.review.show_review(review, self._desk.form.read().text)
        self._keep_under(review_key(self._id), REVIEW_DRAFT, lambda: review_told(self.panel.review.read()))

    # --- withdrawal

    def _withdraw(self) -> None:
        self._open(Withdrawal(on=self._bench.workspace.clock.today().date()))

    def _begin_withdrawal(self, request: Withdrawal) -> None:
        if self._prepared is None:
            return
        self.panel.begin(self.panel.withdrawal, _("Withdraw this suggestion?"), _("Withdraw the suggestion"))
        self.panel.withdrawal.show_request(self._prepared, request)
        key, id = withdrawal_key(self._id), self._id
        self._keep_under(key, WITHDRAWAL_DRAFT, lambda: withdrawal_told(id, self.panel.withdrawal.read()))

    # --- the panel

    def _save(self) -> None:
        workspace, id, form = self._bench.workspace, self._id, self.panel.form
        deed: Callable[[], Any]
        if form is self.panel.talk:
            sheet = self.panel.talk.read()
            deed, words = lambda: record_talk(workspace, sheet), _("The talk is written down.")
        elif form is self.panel.review:
            review = self.panel.review.read()
            deed, words = lambda: record_review(workspace, review), _("The outcome is written down.")
        else:
            request, files = self.panel.withdrawal.read(), tuple(self.panel.withdrawal.files)
            deed, words = lambda: withdraw(workspace, id, request, files=files), _("The suggestion is withdrawn.")
        self._after_saving(deed, partial(self._entered, words))

    def _entered(self, words: str, done: "Done | Withdrawn") -> None:
        self._leave()
        self._say(words, done.done if isinstance(done, Withdrawn) else done)

    def _leave(self) -> None:
        """Close the panel, and forget what was typed there."""
        self._draft.discard()
        self._close()

    def _close(self) -> None:
        self._draft.let_go()
        self.panel.end()

    def _keep_under(self, key: str, kind: str, read: Callable[[], Any]) -> None:
        self._draft.hold(DraftKeeper(self._bench, key, kind, read, self))

    def _touch(self) -> None:
        if self.panel.is_open():
            self._draft.touch()

    # --- co-signers

    def _invite(self) -> None:
        from ui.dialogs.invite_dialog import InviteDialog

        def opened() -> None:
            dialog = InviteDialog(self._bench, self._desk.id, self._owner)
            dialog.chosen.connect(self._ask)
            dialog.open()

        self._desk.save(then=opened)

    def _ask(self, deputies: Sequence[Id], invitation: Invitation) -> None:
        workspace, id = self._bench.workspace, self._desk.id
        told = partial(self._say, _("Asked to co-sign."))
        self._after_saving(lambda: invite(workspace, id, deputies, invitation), told)

    def _ask_again(self) -> None:
        workspace, id = self._bench.workspace, self._desk.id
        told = _("Title or text were changed since you signed.")
        self._after_saving(
            lambda: ask_again(workspace, id, Invitation(told=told)), partial(self._say, _("Asked again to co-sign."))
        )

    def _strike(self) -> None:
        workspace, id = self._bench.workspace, self._desk.id
        self._after_saving(lambda: strike_ended(workspace, id), partial(self._say, _("Struck and named; the suggestion stays.")))

    def _tell_lead(self, cosignature: Id) -> None:
        workspace = self._bench.workspace
        self._after_saving(lambda: tell_lead(workspace, cosignature), partial(self._say, _("Noted.")))

    def _answer(self, cosignature: Id) -> None:
        from ui.dialogs.answer_dialog import AnswerDialog

        def opened() -> None:
            dialog = AnswerDialog(self._bench, self._desk.id, cosignature, self._owner)
            dialog.saved.connect(lambda done: self._say(_("The answer is written down."), done))
            dialog.open()

        self._desk.save(then=opened)

    def _write_file(self, cosignature: Id) -> None:
        from ui.dialogs.cosign_file_dialog import ask_by_file

        def opened() -> None:
            signer = next((each for each in self._desk.read().signers if each.id == cosignature), None)
            if signer:
                ask_by_file(self._bench, self._owner, self._desk.id, signer.deputy)

        self._desk.save(then=opened)

    # --- how

    def _after_saving(self, deed: Callable[[], Any], told: Callable[[Any], None]) -> None:
        """Do something with the suggestion as it is written: what is not saved is saved first."""

        def then() -> None:
            self._bench.background.do(self._owner, lambda _progress: deed(), told, self._refused)

        self._desk.save(then=then)

    def _say(self, words: str, done: Done) -> None:
        say_done(self._bench, self._owner, words, done)
        self._desk.refresh()

    def _refused(self, error: AppError) -> None:
        problems = error.facts.get("problems")
        if self.panel.form and isinstance(problems, tuple):
            self.panel.form.complain(problems)
        if not (self.panel.form and isinstance(problems, tuple)):
            self._fail(error)

    def _connect(self) -> None:
        before, panel, signers = self.before, self.panel, self._desk.signers
        self.versions.kept.connect(lambda: self._settle(""))
        self.versions.taken.connect(lambda: self._settle(self._other.rev if self._other else ""))
        before.talking.connect(self._talk)
        before.sending.connect(self._send)
        before.reviewing.connect(self._review)
        before.withdrawing.connect(self._withdraw)
        panel.wanted.connect(self._save)
        panel.left.connect(self._leave)
        panel.removing.connect(self._remove)
        panel.changed.connect(self._touch)
        signers.inviting.connect(self._invite)
        signers.answering.connect(self._answer)
        signers.asking_again.connect(self._ask_again)
        signers.striking.connect(self._strike)
        signers.telling_lead.connect(self._tell_lead)
        signers.writing_file.connect(self._write_file)

    def _fail(self, error: AppError) -> None:
        self._bench.feedback.fail(error)

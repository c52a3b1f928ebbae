"""Scenes of suggestions for the pictures of `docs/`: signing, review, what comes after submission, tracking, what is brought."""

import tempfile
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtWidgets import QScrollArea, QWidget

from app.domain.cosigning import Stand, stand_of
from app.domain.handling import Outcome, OutcomeType
from app.domain.life import SuggestionEvent, SuggestionState
from app.domain.people import Role
from app.domain.suggestion_steps import Deed, Entry, Note
from app.domain.values import Id
from app.i18n import N_
from app.queries.suggestion_card import suggestion_sheet
from app.queries.suggestion_list import suggestion_list
from app.queries.suggestion_signing import SignerRow, preparation
from app.use_cases.cosign_files import Came, said_and_way, write_request
from app.use_cases.random_review import draw
from app.use_cases.signing_in import set_pin
from app.use_cases.station import add_operator, set_roles
from app.use_cases.suggestion_steps import take_step
from app.use_cases.suggestions import amend_suggestion, draft_suggestion, submit_suggestion
from app.workspace import Workspace
from ui.dialogs.answer_dialog import AnswerDialog
from ui.dialogs.cosign_file_dialog import AnswerCameDialog, open_cosign_file
from ui.dialogs.evaluation_dialog import SealedDialog
from ui.pages.suggestions.hints import _Row
from ui.pages.suggestions.outcomes_card import outcome_files
from ui.pages.suggestions.page import SuggestionsPage
from ui.places import Place
from ui.scene import Scene, settle
from ui.shell.shell import Shell

_E: Final = SuggestionEvent
_S: Final = SuggestionState
_PIN: Final = "2580"
_TITLE: Final = "关于给示例小区加装休息座椅的建议"
_TEXT: Final = (
    "一、情况\n示例小区有老人三百余名，从南门到菜场八百米，没有一处可以坐下。\n\n"
    "二、分析\n建设时没有安排，后来各家单位都没有列入计划。\n\n"
    "三、建议\n沿路设座椅十二处，由街道管护。"
)


def _page(shell: Shell) -> SuggestionsPage:
    page = shell.page(Place.SUGGESTIONS)
    assert isinstance(page, SuggestionsPage)
    return page


def _in_state(*states: SuggestionState) -> Callable[[Workspace], Id]:
    def first(workspace: Workspace) -> Id:
        return next(row.id for row in suggestion_list(workspace).rows if row.state in states)

    return first


def _signed_by_some(workspace: Workspace) -> Id:
    """A draft that some have signed."""
    drafts = [row.id for row in suggestion_list(workspace).rows if row.state == _S.COSIGNING]
    return next(id for id in drafts if _signer(workspace, id, Stand.ASKED))


def _delegations(workspace: Workspace) -> Id:
    rows = suggestion_list(workspace).rows
    return next(row.id for row in rows if suggestion_sheet(workspace, row.id).suggestion.delegation_suggestion)


def _signer(workspace: Workspace, id: Id, stand: Stand) -> SignerRow | None:
    prepared = preparation(workspace, id)
    return next((each for each in prepared.signers if stand_of(each.signature, prepared.suggestion) is stand), None)


def _taken_up(workspace: Workspace) -> Id:
    """A suggestion that waits to be given to units."""
    lead = suggestion_sheet(workspace, suggestion_list(workspace).rows[0].id).suggestion.lead_deputy
    id = draft_suggestion(workspace, title=_TITLE, lead=lead, issues=[], text=_TEXT).id
    submit_suggestion(workspace, id)
    today = workspace.clock.today().date()
    for event, fields in ((_E.FIRST_REVIEW, {}), (_E.SECOND_REVIEW, {}), (_E.ACCEPT, {"case_number": f"{today.year}年第041号"})):
        take_step(workspace, id, event, Entry(on=today, by="示例区人大代表工作机构", fields=fields))
    return id


def _form(deed: Deed, shell: Shell) -> None:
    """The form of a step is open."""
    settle()
    steps = _page(shell).desk.handling.steps
    steps.begin(deed)
    settle()
    _in_sight(shell, steps)


def _in_sight(shell: Shell, widget: QWidget) -> None:
    for area in _page(shell).findChildren(QScrollArea):
        if area.isAncestorOf(widget):
            area.ensureWidgetVisible(widget)


def _talk(shell: Shell) -> None:
    settle()
    _page(shell).desk.signing.before.talk.click()


def _pre_review(shell: Shell) -> None:
    settle()
    _page(shell).desk.signing.before.review.click()


def _withdrawal(shell: Shell) -> None:
    settle()
    _page(shell).desk.signing.before.withdraw.click()


def _edited_twice(shell: Shell) -> None:
    """Somebody saved the same draft meanwhile; both texts stand side by side."""
    settle()
    desk, workspace = _page(shell).desk, shell.bench.workspace
    theirs = suggestion_sheet(workspace, desk.id)
    text = theirs.suggestion.text
    desk.form.text.show_text(f"{text}\n（三）每季向居民公布一次进度。")
    other = replace(theirs.suggestion, text=f"{text}\n（三）请代表参加验收。")
    amend_suggestion(workspace, replace(theirs, suggestion=other))
    desk.save()


def _hint(shell: Shell) -> None:
    """A hint is answered in words."""
    settle()
    shown = next(each for each in _page(shell).desk.hints.findChildren(_Row) if each.keep.isVisible())
    shown.keep.click()
    shown.reason.setText("这里说的是制度，不是某一家企业。")
    _in_sight(shell, shown)


def _by_pin(shell: Shell) -> None:
    """A co-signer reads the text and signs by PIN."""
    settle()
    workspace, desk = shell.bench.workspace, _page(shell).desk
    signer = _signer(workspace, desk.id, Stand.ASKED)
    assert signer
    if not signer.operator:
        operator = add_operator(workspace, signer.name, [Role.DEPUTY]).id
        set_roles(workspace, operator, [Role.DEPUTY], signer.signature.deputy)
        set_pin(workspace, operator, _PIN)
    AnswerDialog(shell.bench, desk.id, signer.signature.id, desk).open()


def _by_file(shell: Shell) -> None:
    """A co-signing file is opened where it was brought."""
    settle()
    workspace, desk = shell.bench.workspace, _page(shell).desk
    signer = _signer(workspace, desk.id, Stand.ASKED)
    assert signer
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "联名请求.llzsign"
        write_request(workspace, desk.id, signer.signature.deputy, path)
        open_cosign_file(shell.bench, desk, path)


def _evaluate(shell: Shell) -> None:
    settle()
    _page(shell).overview.detail.evaluation.ask_deputy()


def _answer_came(shell: Shell) -> None:
    """A deputy answered at another station; the file with the answer came back."""
    settle()
    workspace, desk = shell.bench.workspace, _page(shell).desk
    signer = _signer(workspace, desk.id, Stand.ASKED)
    assert signer
    said, way = said_and_way("signed", "paper")
    came = Came(
        suggestion=desk.id,
        deputy=signer.name,
        title=suggestion_sheet(workspace, desk.id).suggestion.subject,
        said=said,
        way=way,
        on=workspace.clock.today().date(),
        words="文本看过，同意联名。",
        station="示例第二联络站",
        digits="4821 0936 5574",
        content=b"",
        duplicate=False,
    )
    AnswerCameDialog(shell.bench, came, desk).open()


def _sealed(shell: Shell) -> None:
    """A sealed answer waits for the PIN of the deputy who gave it."""
    SealedDialog(shell.bench, "", _page(shell)).open()


def _outcome_files(shell: Shell) -> None:
    """What came of a suggestion is shown by pictures and papers."""
    outcome = Outcome(
        id=shell.bench.workspace.clock.new_id(),
        outcome_type=OutcomeType.PROJECT,
        name="示例小区沿路座椅十二处",
        on=shell.bench.workspace.clock.today().date(),
    )
    outcome_files(shell.bench, outcome, _page(shell)).open()


def _point_at(first: Callable[[Workspace], Id], then: Callable[[Shell], None]) -> Callable[[Shell], None]:
    """The cursor of the list is on a suggestion; then something is done with it."""

    def turn(shell: Shell) -> None:
        page = _page(shell)
        page.overview.point_at(first(shell.bench.workspace))
        page.overview.refresh()
        settle()
        then(shell)

    return turn


def _beside(shell: Shell) -> None:
    """Nothing more is done."""


def _drawn(shell: Shell) -> None:
    workspace = shell.bench.workspace
    draw(workspace, "20261120", 2)
    _page(shell).review.refresh()


_SIGNING: Final = {
    "window-suggestion-signing": Scene(place=Place.SUGGESTIONS, first=_signed_by_some),
    "window-suggestion-delegation": Scene(place=Place.SUGGESTIONS, first=_delegations),
    "window-suggestion-secrecy": Scene(place=Place.SUGGESTIONS, deed="draft"),
    "window-suggestion-hint": Scene(place=Place.SUGGESTIONS, first=_signed_by_some, turn=_hint),
    "window-suggestion-talk": Scene(place=Place.SUGGESTIONS, first=_signed_by_some, turn=_talk),
    "window-suggestion-pre-review": Scene(place=Place.SUGGESTIONS, first=_delegations, turn=_pre_review),
    "window-suggestion-withdrawal": Scene(place=Place.SUGGESTIONS, first=_signed_by_some, turn=_withdrawal),
    "dialog-invite": Scene(place=Place.SUGGESTIONS, first=_signed_by_some, presses=(N_("Ask several …"),)),
    "dialog-sign-by-pin": Scene(place=Place.SUGGESTIONS, first=_signed_by_some, turn=_by_pin),
    "dialog-cosign-file": Scene(place=Place.SUGGESTIONS, first=_signed_by_some, turn=_by_file),
    "dialog-cosign-answer": Scene(place=Place.SUGGESTIONS, first=_signed_by_some, turn=_answer_came),
    "dialog-versions": Scene(place=Place.SUGGESTIONS, first=_signed_by_some, presses=(N_("Versions"),)),
}
_AFTER: Final = {
    "window-suggestion-returned": Scene(place=Place.SUGGESTIONS, first=_in_state(_S.RETURNED)),
    "window-suggestion-handling": Scene(place=Place.SUGGESTIONS, first=_in_state(_S.HANDLING), sizes=(100, 150)),
    "window-suggestion-supervise": Scene(
        place=Place.SUGGESTIONS, first=_in_state(_S.HANDLING), turn=partial(_form, Note.SUPERVISE)
    ),
    "window-suggestion-outcome": Scene(place=Place.SUGGESTIONS, first=_in_state(_S.HANDLING), turn=partial(_form, Note.OUTCOME)),
    "window-suggestion-assign": Scene(place=Place.SUGGESTIONS, first=_taken_up, turn=partial(_form, _E.ASSIGN)),
    "window-suggestion-reply": Scene(place=Place.SUGGESTIONS, first=_in_state(_S.HANDLING), turn=partial(_form, _E.REPLY)),
    "window-suggestion-beside": Scene(place=Place.SUGGESTIONS, turn=_point_at(_in_state(_S.CLOSED), _beside)),
    "dialog-evaluation": Scene(place=Place.SUGGESTIONS, turn=_point_at(_in_state(_S.REPLIED), _evaluate)),
    "dialog-sealed-evaluation": Scene(place=Place.SUGGESTIONS, turn=_point_at(_in_state(_S.CLOSED), _sealed)),
    "dialog-track-promise": Scene(
        place=Place.SUGGESTIONS,
        turn=_point_at(_in_state(_S.REPLIED), _beside),
        presses=(N_("Track what this reply promises"),),
    ),
    "dialog-outcome-files": Scene(place=Place.SUGGESTIONS, turn=_point_at(_in_state(_S.CLOSED), _outcome_files)),
    "window-suggestion-topics": Scene(place=Place.SUGGESTIONS, deed="topics"),
    "window-suggestion-tracking": Scene(place=Place.SUGGESTIONS, deed="tracking", sizes=(100, 150)),
    "window-suggestion-clearance": Scene(place=Place.SUGGESTIONS, deed="tracking", presses=(N_("By unit"),)),
    "window-suggestion-random-review": Scene(place=Place.SUGGESTIONS, deed="random-review", turn=_drawn),
    "window-suggestion-two-hands": Scene(place=Place.SUGGESTIONS, first=_in_state(_S.COSIGNING), turn=_edited_twice),
}
SUGGESTIONS: Final[Mapping[str, Scene]] = {**_SIGNING, **_AFTER}
"""By the name of each picture; the last alters a draft, the others leave every draft as it was."""

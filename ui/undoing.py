"""The last change of a record taken back from wherever it is shown; what was done is said, with the way back."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from app.domain.values import Id
from app.i18n import _, ngettext
from app.messages import field_told, kind_told
from app.use_cases.undo import TakenBack, undo_last
from ui.feedback import Feedback
from ui.page import Workbench

if TYPE_CHECKING:
    from app.use_cases.issues import Done


def undo_change(
    bench: Workbench,
    asker: QWidget,
    id: Id,
    *,
    rev: Id = "",
    feedback: Feedback | None = None,
    then: Callable[[TakenBack], None] = lambda _done: None,
) -> None:
    """Take the last change back and say so; without `rev` only one's own. `then` is told what was done, there and back."""
    workspace, said = bench.workspace, feedback or bench.feedback

    def told(done: TakenBack) -> None:
        then(done)
        back = _("Undo") if done.redone else _("Make it again")
        act = partial(undo_change, bench, asker, done.id, rev=done.rev, feedback=feedback, then=then)
        said.say(undone_told(done), deed=back, act=act)

    bench.background.do(asker, lambda _progress: undo_last(workspace, id, rev=rev), told, said.fail)


def undone_told(done: TakenBack) -> str:
    """What was taken back, or made again, and how it stands now."""
    what = f"{kind_told(done.kind)}「{done.title}」" if done.title else kind_told(done.kind)
    if done.rounds:
        what += ngettext(" and {count} more", " and {count} more", done.rounds).format(count=done.rounds)
    if done.event == "removed":
        state = _("it lies in the trash now")
    elif done.event == "restored":
        state = _("it is back")
    else:
        state = _(", ").join(field_told(done.kind, each) for each in done.fields)
    told = f"{what}（{state}）" if state else what
    return (_("Made again: {what}.") if done.redone else _("Undone: {what}.")).format(what=told)


def say_done(bench: Workbench, owner: QWidget, words: str, done: "Done") -> None:
    """Say that something was done, with the way back beside it."""
    workspace, feedback = bench.workspace, bench.feedback

    def back() -> None:
        from app.use_cases.issues import take_back  # a start does not need it

        bench.background.do(
            owner,
            lambda _progress: take_back(workspace, done),
            lambda _changes: feedback.say(_("Taken back.")),
            feedback.fail,
        )

    feedback.say(words, deed=_("Undo"), act=back)

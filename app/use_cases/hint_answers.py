"""A hint answered: why it was not followed, kept with the words it was about; it stops nobody before and nobody after."""

from dataclasses import dataclass

from app.changes import Changes
from app.domain.hint import ANSWERED
from app.domain.step import Step
from app.domain.suggestion import Suggestion, text_is_open
from app.domain.values import Id
from app.errors import Refused
from app.queries.relations import title_of
from app.queries.suggestion_card import suggestion_sheet
from app.queries.suggestion_hints import hints_of
from app.workspace import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class HintsAnswered:
    """The steps that keep the answer, one for each place the hint was about; each can be undone."""

    ids: tuple[Id, ...]
    changes: Changes = Changes.SUGGESTIONS


def answer_hint(workspace: Workspace, id: Id, code: str, because: str, *, digest: str = "") -> HintsAnswered:
    """Say why the hints of a code on a saved suggestion are not followed; with `digest` only the one about these words.

    Raises `Refused("record_missing" | "text_frozen" | "hint_absent" | "step_words_missing")`.
    """
    reason = because.strip()
    if not reason:
        raise Refused("step_words_missing")
    sheet = suggestion_sheet(workspace, id)
    if not text_is_open(sheet.suggestion):
        raise Refused("text_frozen", id=id, state=sheet.suggestion.state)
    meant = [each for each in hints_of(workspace, sheet) if each.code == code and digest in {"", each.digest}]
    digests = dict.fromkeys(each.digest for each in meant if each.answer is None)
    if not digests:
        raise Refused("hint_absent", hint=code)
    today = workspace.clock.today().date()
    with workspace.writing() as books:
        books.records.get(Suggestion, id)
        by = title_of(books.connection, workspace.author.op)
        steps = [
            Step(
                id=workspace.clock.new_id(),
                of=id,
                event=ANSWERED,
                on=today,
                reason=reason,
                by_name=by,
                hint_code=code,
                words_digest=each,
            )
            for each in digests
        ]
        books.records.save_all(steps)
    return HintsAnswered(ids=tuple(each.id for each in steps))

"""What the records of a reply say, suggestion by suggestion, before they are taken in."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from sqlalchemy import Connection

from app.domain.arrival import News
from app.domain.attachment import Attachment
from app.domain.life import SuggestionEvent
from app.domain.review import ReviewOutcome
from app.domain.revisions import Revision
from app.domain.suggestion import Suggestion
from app.domain.suggestion_steps import Note
from app.domain.values import known
from app.queries.relations import of_id

_NOTED: Final[Mapping[str, Note]] = {
    "consultation": Note.CONTACT,
    "supervision": Note.SUPERVISE,
    "outcome": Note.OUTCOME,
    "award": Note.AWARD,
}


def reply_news(connection: Connection, revisions: Iterable[Revision]) -> Iterator[News]:
    """A line for each suggestion that the revisions speak of, in their order."""
    said: dict[str, list[str]] = {}
    for each in sorted(revisions, key=lambda each: each.hlc):
        of = str(each.body.get("suggestion") or each.body.get("of") or "")
        if of and each.kind != Attachment.traits.name:  # which belongs to a record of the suggestion
            said.setdefault(of, []).extend(_deeds(each))
    for of, deeds in said.items():
        here = of_id(connection, Suggestion, of)
        yield News(title=here.title() if here else "", deeds=tuple(dict.fromkeys(deeds)))


def _deeds(revision: Revision) -> Iterator[str]:
    body = revision.body
    if revision.kind == "step":
        yield known(SuggestionEvent, str(body.get("event", "")))
    elif revision.kind == "review" and body.get("outcome") == ReviewOutcome.RETURNED:
        yield SuggestionEvent.RETURN
    elif revision.kind == "reply" and body.get("supplementary"):
        yield Note.SUPPLEMENT
    elif revision.kind in _NOTED:
        yield _NOTED[revision.kind]

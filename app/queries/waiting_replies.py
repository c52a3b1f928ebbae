"""Replies that came before their suggestion: kept, and seen by name until it comes."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from app.domain.reply import Reply
from app.domain.values import Id
from app.queries.relations import found, member, standing, title_of
from app.storage.tables import CurrentRow
from app.workspace import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingReply:
    """A reply to a suggestion that is not here, as a list shows it."""

    id: Id
    unit: str
    number: str
    replied_on: date | None
    reply_class: str
    text: str


def waiting_replies(workspace: Workspace) -> tuple[WaitingReply, ...]:
    """The replies whose suggestion is not at this station, in the order they came; one that comes later takes its replies up."""
    here = select(CurrentRow.id).where(standing("suggestion"))
    with workspace.reading() as connection:
        return tuple(
            WaitingReply(
                id=each.id,
                unit=title_of(connection, each.unit),
                number=each.number,
                replied_on=each.replied_on,
                reply_class=each.reply_class,
                text=each.text,
            )
            for each in found(connection, Reply, member("suggestion").not_in(here))
        )

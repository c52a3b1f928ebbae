"""Residents' data in suggestions and bulletins that are printed or leave the station: told, never a barrier (L10, brief 1.6)."""

from collections.abc import Iterable, Iterator

from sqlalchemy import Connection

from app.domain.bulletin import Article, Bulletin
from app.domain.hint import Exposed
from app.domain.suggestion import Suggestion
from app.domain.suggestion_hints import personal_data_hints
from app.domain.values import Id
from app.queries.epochs import epoch_due
from app.queries.relations import found, member, of_id
from app.queries.suggestion_grounds import grounds_of
from app.queries.suggestion_hints import unanswered
from app.storage.outbox import Outbox
from app.storage.tables import CurrentRow
from app.workspace import Workspace


def exposed_in(workspace: Workspace, id: Id) -> tuple[Exposed, ...]:
    """What the text of this suggestion or bulletin tells; nothing for a record of another kind, and for none."""
    with workspace.reading() as connection:
        suggestion = of_id(connection, Suggestion, id) if id else None
        if suggestion:
            return tuple(_exposed(workspace, connection, [suggestion]))
        bulletin = of_id(connection, Bulletin, id) if id else None
        articles = found(connection, Article, member("of") == id) if bulletin else []
    return tuple(_published(workspace, bulletin, articles)) if bulletin else ()


def exposed_going(workspace: Workspace) -> tuple[Exposed, ...]:
    """What the texts tell that the next hand-in takes along."""
    anew = epoch_due(workspace) is not None
    with workspace.reading() as connection:
        after = 0 if anew else Outbox(connection).through()
        mine = CurrentRow.owner == workspace.author.owner, CurrentRow.seq > after
        return tuple(_exposed(workspace, connection, found(connection, Suggestion, *mine)))


def _published(workspace: Workspace, bulletin: Bulletin, articles: Iterable[Article]) -> Iterator[Exposed]:
    """What the note and the articles of a bulletin tell, each under its own heading."""
    residents = grounds_of(workspace, bulletin.issues).residents if bulletin.issues else frozenset()
    texts = [(bulletin.id, bulletin.title(), bulletin.editors_note)]
    texts += [(each.id, each.heading or bulletin.title(), each.text) for each in sorted(articles, key=lambda each: each.order)]
    for id, title, text in texts:
        if hints := tuple(personal_data_hints(text, residents)):
            yield Exposed(id=id, title=title, hints=hints)


def _exposed(workspace: Workspace, connection: Connection, suggestions: Iterable[Suggestion]) -> Iterator[Exposed]:
    for each in suggestions:
        residents = grounds_of(workspace, each.issues).residents if each.issues else frozenset()
        told = list(personal_data_hints(each.text, residents))
        if told and (hints := unanswered(connection, each.id, told)):
            yield Exposed(id=each.id, title=each.title(), hints=hints)

"""The character index, kept in the transaction that changes the record it describes."""

from collections.abc import Sequence

from sqlalchemy import Connection, text

from app.domain.search import Query, phrase_words

_REMOVE = text("DELETE FROM search_index WHERE rowid = :no")
_ADD = "INSERT INTO search_index(rowid, text) VALUES (?, ?)"
_FIRST_TOKENS = text("SELECT count(*) FROM search_index_docsize WHERE id = :no")
_HOLDS = text("SELECT count(*) FROM search_index WHERE search_index MATCH :words AND rowid = :no")
_STRAY = text("SELECT id FROM search_index_docsize WHERE id NOT IN (SELECT no FROM current WHERE NOT deleted) ORDER BY id")
_PROBE = 5  # characters looked up at either end of a text; each costs a look into one of the longest lists there are


def put(connection: Connection, numbers_known: Sequence[int], texts: dict[int, str]) -> None:
    """Let each record number answer to its new indexed text; those known before and not among `texts` answer no more."""
    if numbers_known:
        connection.execute(_REMOVE, [{"no": no} for no in numbers_known])
    if rows := [(no, content) for no, content in texts.items() if content]:
        connection.exec_driver_sql(_ADD, rows)


def match_words(query: Query) -> str:
    """The query in the index's own language: every phrase must occur."""
    return " AND ".join(phrase_words(phrase) for phrase in query.phrases)


def answers(connection: Connection, no: int, content: str) -> bool:
    """Whether a record number answers to exactly this indexed text, as far as its first and last characters tell."""
    found = connection.execute(_FIRST_TOKENS, {"no": no}).scalar_one()
    return bool(found) == bool(content) and (not content or _matches(connection, no, content))


def answering_for_nothing(connection: Connection) -> list[int]:
    """The numbers the index answers for although no record that stands bears them."""
    return list(connection.scalars(_STRAY))


def _matches(connection: Connection, no: int, content: str) -> bool:
    characters = content.split(" ")
    for part in (characters[:_PROBE], characters[-_PROBE:]):
        words = '"' + " ".join(part).replace('"', '""') + '"'
        if not connection.execute(_HOLDS, {"words": words, "no": no}).scalar_one():
            return False
    return True

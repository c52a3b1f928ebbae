"""The character index, kept in the transaction that changes the record it describes.

It has three columns: every character of a record's texts, how its names and titles sound, and the pieces of the texts by which
it is compared with others.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, text

from app.domain.kinds import kind_of
from app.domain.likeness import weighed
from app.domain.pinyin import sound_words, sounds
from app.domain.records import Record, compared_texts, record_from, searched_texts, spelled_texts
from app.domain.search import Query, indexed, phrase_words
from app.errors import AppError
from app.storage.readings import readings

_REMOVE = text("DELETE FROM search_index WHERE rowid = :no")
_ADD = "INSERT INTO search_index(rowid, text, sound, pieces) VALUES (?, ?, ?, ?)"
_STANDING = "SELECT no, kind, id, body FROM current WHERE NOT deleted"
_FIRST_TOKENS = text("SELECT count(*) FROM search_index_docsize WHERE id = :no")
_HOLDS = text("SELECT count(*) FROM search_index WHERE search_index MATCH :words AND rowid = :no")
_STRAY = text("SELECT id FROM search_index_docsize WHERE id NOT IN (SELECT no FROM current WHERE NOT deleted) ORDER BY id")
_PROBE = 5  # words looked up at either end of a text; each costs a look into one of the longest lists there are


@dataclass(frozen=True, slots=True)
class Indexed:
    """What the index is given for a record: the characters of its texts, syllables of its names and titles, pieces of texts."""

    text: str = ""
    sound: str = ""
    pieces: str = ""


def indexed_of(record: Record) -> Indexed:
    """What the index is given for a record that stands."""
    return Indexed(
        text=indexed(searched_texts(record)),
        sound=sounds(spelled_texts(record), readings),
        pieces=weighed(compared_texts(record)),
    )


def put(connection: Connection, numbers_known: Sequence[int], texts: Mapping[int, Indexed]) -> None:
    """Let each record number answer to its new indexed text; those known before and not among `texts` answer no more."""
    if numbers_known:
        connection.execute(_REMOVE, [{"no": no} for no in numbers_known])
    if rows := [(no, content.text, content.sound, content.pieces) for no, content in texts.items() if content.text]:
        connection.exec_driver_sql(_ADD, rows)


def fill(connection: Any) -> None:
    """Fill an empty index from the records that stand, over a raw connection; what cannot be read is left to `check`."""
    connection.executemany(_ADD, _rows(connection))


def _rows(connection: Any) -> Iterator[tuple[int, str, str, str]]:
    for no, kind, id, body in connection.execute(_STANDING):
        try:
            content = indexed_of(record_from(kind_of(kind).record, id, json.loads(body)))
        except (AppError, ValueError, TypeError, AttributeError, LookupError):
            continue
        if content.text:
            yield no, content.text, content.sound, content.pieces


def match_words(query: Query) -> str:
    """The query in the index's own language: every phrase must occur, or a name or title must sound like it."""
    return " AND ".join(_asked(phrase) for phrase in query.phrases)


def _asked(phrase: str) -> str:
    return f"({' OR '.join(each for each in (phrase_words(phrase), sound_words(phrase)) if each)})"


def answers(connection: Connection, no: int, content: Indexed) -> bool:
    """Whether a record number answers to exactly this, as far as the first and last words of each column tell."""
    found = connection.execute(_FIRST_TOKENS, {"no": no}).scalar_one()
    return bool(found) == bool(content.text) and all(_holds(connection, no, words) for words in _probes(content))


def answering_for_nothing(connection: Connection) -> list[int]:
    """The numbers the index answers for although no record that stands bears them."""
    return list(connection.scalars(_STRAY))


def _probes(content: Indexed) -> Iterator[str]:
    columns = {"text": content.text, "sound": content.sound, "pieces": content.pieces}
    for column, words in ((name, told.split(" ")) for name, told in columns.items()):
        for part in (words[:_PROBE], words[-_PROBE:]):
            if any(part):
                yield f'{column} : "' + " ".join(part).replace('"', '""') + '"'


def _holds(connection: Connection, no: int, words: str) -> bool:
    return bool(connection.execute(_HOLDS, {"words": words, "no": no}).scalar_one())

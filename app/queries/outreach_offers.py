"""What a cell of the outreach grid can be completed to: by characters, by full pinyin, by initials."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection
from sqlalchemy import text as statement

from app.domain.encounter import Party
from app.domain.pinyin import heard
from app.domain.search import fold, phrase_words, places_of, understood
from app.domain.values import Code, known
from app.storage.readings import readings
from app.storage.search_index import match_words
from app.workspace import Workspace

MOST: Final = 8
_LOOKED_AT: Final = 400  # people entered last whose record holds what was typed
_PEOPLE: Final = (
    "SELECT json_extract(current.body, '$.name') AS name, json_extract(current.body, '$.village') AS village,"
    " json_extract(current.body, '$.party') AS party, {withheld} AS withheld"
    " FROM search_index CROSS JOIN current INDEXED BY current_told ON current.no = search_index.rowid"
    " WHERE search_index MATCH :words AND current.kind = 'encounter' AND current.deleted = 0 {narrowed}"
    " ORDER BY search_index.rowid DESC LIMIT :most"
)
_WITHHELD: Final = (
    "(coalesce(json_extract(current.body, '$.anonymous'), 0) OR coalesce(json_extract(current.body, '$.confidential'), 0)"
    " OR EXISTS (SELECT 1 FROM current AS raised WHERE json_extract(raised.body, '$.encounter') = current.id"
    " AND raised.kind = 'issue' AND raised.deleted = 0 AND json_extract(raised.body, '$.confidential')))"
)
_FOUND: Final = statement(_PEOPLE.format(withheld=_WITHHELD, narrowed=""))
_ASKED: Final = statement(
    _PEOPLE.format(
        withheld="1",
        narrowed="AND json_extract(current.body, '$.name') = :name"
        f" AND coalesce(json_extract(current.body, '$.village'), '') = :village AND {_WITHHELD}",
    )
)


@dataclass(frozen=True, slots=True)
class Offer:
    """What a cell can be completed to, and what tells it apart: of a person the village; `party` as it was last."""

    text: str
    beside: str = ""
    party: Code[Party] = ""


def sounds_like(text: str, typed: str) -> bool:
    """Whether a text holds what was typed, or sounds like it."""
    phrase = fold(typed)
    return bool(phrase) and (any(places_of(text, phrase)) or any(heard(text, phrase, readings)))


def words_like(words: Iterable[Offer], typed: str, most: int = MOST) -> tuple[Offer, ...]:
    """Those of some words that hold what was typed or sound like it, those that begin so first."""
    phrase = fold(typed)
    fitting = [each for each in words if sounds_like(each.text, phrase)]
    return tuple(sorted(fitting, key=lambda each: not _begins(each.text, phrase))[:most])


def people_known(workspace: Workspace, typed: str, most: int = MOST) -> tuple[Offer, ...]:
    """People met before whose name holds or sounds like what was typed, each once a village, the last met first.

    Who was anonymous, or asked for confidence at any time, is never among them.
    """
    query = understood(typed)
    if not query.phrases:
        return ()
    with workspace.reading() as connection:
        rows = connection.execute(_FOUND, {"words": match_words(query), "most": _LOOKED_AT}).all()
        barred = {_key(row) for row in rows if row.withheld}
        offered = dict.fromkeys(_key(row) for row in rows if row.name and not row.withheld and sounds_like(row.name, typed))
        return tuple(_offers(connection, [key for key in offered if key not in barred], rows, most))


def _offers(connection: Connection, keys: Sequence[tuple[str, str]], rows: Sequence[Any], most: int) -> Iterator[Offer]:
    parties = {_key(row): row.party for row in reversed(rows)}
    many = 0
    for name, village in keys:
        asked = {"words": phrase_words(fold(name)), "most": 1, "name": name, "village": village}
        if many < most and connection.execute(_ASKED, asked).first() is None:
            many += 1
            yield Offer(name, village, known(Party, parties[name, village] or ""))


def _key(row: Any) -> tuple[str, str]:
    return row.name or "", row.village or ""


def _begins(text: str, phrase: str) -> bool:
    return any(first == 0 for first, _ in (*places_of(text, phrase), *heard(text, phrase, readings)))

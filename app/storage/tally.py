"""How many records stand on which lines of the journal, told without a look at each.

The journal is cut into blocks of lines. For each block it is kept how many records of a kind have their newest line there, so a
count over hundreds of thousands of lines adds up some dozens of numbers and looks only at the lines of its first and last block.
"""

import json
from collections import Counter
from collections.abc import Iterable
from typing import Final

from sqlalchemy import Connection, select, text
from sqlalchemy.dialects.sqlite import insert

from app.domain.values import Id
from app.storage.tables import TallyRow

BLOCK: Final = 4096
"""Lines of a block; stations have stored what is kept of blocks of this many."""

Place = tuple[Id, str, str, int]
"""The owner of a record, the seat that wrote its newest line, its kind, that line."""


def move(connection: Connection, left: Iterable[Place], entered: Iterable[Place]) -> None:
    """Records no longer stand on these lines, but on those."""
    changes: Counter[Place] = Counter((owner, by, kind, line // BLOCK) for owner, by, kind, line in entered)
    changes.subtract((owner, by, kind, line // BLOCK) for owner, by, kind, line in left)
    rows = [
        {"owner": owner, "by": by, "kind": kind, "block": block, "many": many}
        for (owner, by, kind, block), many in changes.items()
        if many
    ]
    if rows:
        connection.execute(_ADD, rows)


def counted(connection: Connection, owner: Id, by: str, kinds: Iterable[str], first: int, last: int) -> Counter[str]:
    """By kind, how many records of an owner have their newest line, written by this seat, between two lines, both included."""
    asked = json.dumps(sorted(kinds))
    begun, ended = -(-first // BLOCK), (last + 1) // BLOCK  # the blocks that lie between the two lines whole
    if begun >= ended:
        return _looked_up(connection, owner, by, asked, first, last)
    whole = {"owner": owner, "by": by, "kinds": asked, "begun": begun, "ended": ended}
    total = Counter({str(kind): int(many) for kind, many in connection.execute(_WHOLE, whole)})
    total += _looked_up(connection, owner, by, asked, first, begun * BLOCK - 1)
    total += _looked_up(connection, owner, by, asked, ended * BLOCK, last)
    return total


def by_others(connection: Connection, owner: Id, by: str, kinds: Iterable[str]) -> int:
    """How many records of an owner have their newest line from another seat than this."""
    given = {"owner": owner, "by": by, "kinds": json.dumps(sorted(kinds))}
    return int(connection.execute(_OTHERS, given).scalar_one())


def differing(connection: Connection) -> list[str]:
    """The kinds of which other numbers are kept than the records say; walks through all of them."""
    kept = {tuple(place): many for *place, many in connection.execute(_KEPT)}
    there = {tuple(place): many for *place, many in connection.execute(_THERE, {"lines": BLOCK})}
    return sorted({str(place[2]) for place, _many in kept.items() ^ there.items()})


def _looked_up(connection: Connection, owner: Id, by: str, kinds: str, first: int, last: int) -> Counter[str]:
    """The same, counted line by line from an index."""
    if first > last:
        return Counter()
    given = {"owner": owner, "by": by, "kinds": kinds, "first": first, "last": last}
    return Counter({str(kind): int(many) for kind, many in connection.execute(_ONE_BY_ONE, given) if many})


_NEW: Final = insert(TallyRow)
_ADD: Final = _NEW.on_conflict_do_update(
    index_elements=["owner", "by", "kind", "block"], set_={"many": TallyRow.many + _NEW.excluded.many}
)
_KEPT: Final = select(TallyRow.__table__).where(TallyRow.many != 0)
_THERE: Final = text('SELECT owner, "by", kind, seq / :lines AS block, count(*) FROM current GROUP BY owner, "by", kind, block')
_WHOLE: Final = text(
    'SELECT kind, sum(many) FROM tally WHERE owner = :owner AND "by" = :by AND block >= :begun AND block < :ended'
    " AND kind IN (SELECT value FROM json_each(:kinds)) GROUP BY kind"
)
_OTHERS: Final = text(
    'SELECT coalesce(sum(many), 0) FROM tally WHERE owner = :owner AND "by" <> :by'
    " AND kind IN (SELECT value FROM json_each(:kinds))"
)
# One count a kind: grouping many rows compares the kind of each.
_ONE_BY_ONE: Final = text(
    'SELECT value, (SELECT count(*) FROM current WHERE owner = :owner AND "by" = :by AND kind = value'
    " AND seq BETWEEN :first AND :last)"
    " FROM json_each(:kinds)"
)

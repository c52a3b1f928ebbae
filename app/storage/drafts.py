"""What a person has typed and not saved: kept two seconds after the last key, offered again after a crash, never a revision."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, select, update
from sqlalchemy.dialects.sqlite import insert

from app.domain.values import Id, Json, is_id
from app.storage.tables import DraftRow


@dataclass(frozen=True, slots=True)
class Draft:
    """A form's unsaved content; `key` names the form and the record it would change."""

    key: str
    kind: str
    body: Mapping[str, Json]
    kept: datetime


def keep(connection: Connection, draft: Draft, operator: Id) -> None:
    """Keep an operator's draft in the place of the one with the same key; nobody else's is touched."""
    values = {"kind": draft.kind, "body": json.dumps(draft.body, ensure_ascii=False), "kept": draft.kept.isoformat()}
    statement = insert(DraftRow).values(key=_place(draft.key, operator), **values)
    connection.execute(statement.on_conflict_do_update(index_elements=["key"], set_=values))
    if operator:  # what an earlier program kept for everybody is this operator's from now on
        connection.execute(delete(DraftRow).where(DraftRow.key == draft.key))


def discard(connection: Connection, key: str, operator: Id) -> None:
    """Forget a draft: its form was saved or given up."""
    connection.execute(delete(DraftRow).where(DraftRow.key.in_([key, _place(key, operator)])))


def kept(connection: Connection, operator: Id = "") -> list[Draft]:
    """The drafts of an operator and those an earlier program kept for everybody, without one all there are; newest first."""
    return [Draft(_key(row.key), *_told(row)) for row in _rows(connection) if not operator or _whose(row.key) in {"", operator}]


def telling(connection: Connection, tells: Callable[[str], bool]) -> list[str]:
    """The places of all drafts, whoever typed them, whose content `tells`; `forget` takes them."""
    return [row.key for row in _rows(connection) if tells(row.body)]


def forget(connection: Connection, places: Iterable[str]) -> None:
    """Forget drafts by their places, whoever typed them."""
    connection.execute(delete(DraftRow).where(DraftRow.key.in_(list(places))))


def hand_over(connection: Connection, before: Id, after: Id) -> None:
    """Give the drafts of somebody who leaves to somebody who stays; one whose key is taken goes under a new one."""
    taken = {row.key for row in _rows(connection)}
    for row in _rows(connection):
        if _whose(row.key) == before:
            place = _place(_key(row.key), after)
            while place in taken:
                place += "'"
            taken.add(place)
            connection.execute(update(DraftRow).where(DraftRow.key == row.key).values(key=place))


def _place(key: str, operator: Id) -> str:
    return f"{operator}/{key}" if operator else key


def _whose(place: str) -> Id:
    operator, slash, _key = place.partition("/")
    return operator if slash and is_id(operator) else ""


def _key(place: str) -> str:
    return place.partition("/")[2] if _whose(place) else place


def _told(row: Any) -> tuple[str, Any, datetime]:
    return row.kind, json.loads(row.body), datetime.fromisoformat(row.kept)


def _rows(connection: Connection) -> Sequence[Any]:
    question = select(DraftRow.key, DraftRow.kind, DraftRow.body, DraftRow.kept)
    return connection.execute(question.order_by(DraftRow.kept.desc())).all()

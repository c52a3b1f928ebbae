"""Searches a person has named; kept in the encrypted database, since their words may name a resident."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Any, Final

from app.domain.values import Json
from app.errors import Refused
from app.queries.search import SearchFilter
from app.storage import named_values
from app.workspace import Workspace

_NAME: Final = "saved_searches"
_LONGEST: Final = 40  # characters of a name
_DAYS: Final = ("first", "last")


@dataclass(frozen=True, slots=True)
class SavedSearch:
    """A search under its name."""

    name: str
    asked: SearchFilter


def saved_searches(workspace: Workspace) -> tuple[SavedSearch, ...]:
    """Every search that was named, in the order of their names."""
    with workspace.reading() as connection:
        kept = _read(named_values.value_of(connection, _NAME))
    return tuple(SavedSearch(name, _filter_of(kept[name])) for name in sorted(kept))


def save_search(workspace: Workspace, name: str, asked: SearchFilter) -> SavedSearch:
    """Keep a search under a name, in the place of the one that had it; raises `Refused("search_unnamed" | "search_empty")`."""
    called = " ".join(name.split())[:_LONGEST].strip()
    if not called:
        raise Refused("search_unnamed")
    if not asked.asks:
        raise Refused("search_empty")
    with workspace.writing() as books:
        kept = _read(named_values.value_of(books.connection, _NAME))
        kept[called] = _written(asked)
        named_values.put_value(books.connection, _NAME, json.dumps(kept, ensure_ascii=False).encode())
    return SavedSearch(called, asked)


def remove_search(workspace: Workspace, name: str) -> None:
    """Forget a named search; one that is not there was forgotten before."""
    with workspace.writing() as books:
        kept = _read(named_values.value_of(books.connection, _NAME))
        kept.pop(name, None)
        named_values.put_value(books.connection, _NAME, json.dumps(kept, ensure_ascii=False).encode())


def _read(value: bytes | None) -> dict[str, Mapping[str, Any]]:
    kept: dict[str, Mapping[str, Any]] = json.loads(value or b"{}")
    return kept


def _written(asked: SearchFilter) -> dict[str, Json]:
    told = ((each.name, getattr(asked, each.name)) for each in fields(asked))
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in told if value}


def _filter_of(kept: Mapping[str, Any]) -> SearchFilter:
    """The filter; members of a newer program are left out."""
    known = {each.name for each in fields(SearchFilter)}
    given: dict[str, Any] = {
        name: date.fromisoformat(value) if name in _DAYS else value for name, value in kept.items() if name in known
    }
    return SearchFilter(**given)

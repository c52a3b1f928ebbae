"""What a search found, page by page, as the results page and its export show it: what it is, and where the words stand."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from sqlalchemy import Connection, select

from app.domain.category import CategoryScheme
from app.domain.encounter import Encounter
from app.domain.kinds import KINDS
from app.domain.life import IssueState
from app.domain.masking import masked_address, masked_phone
from app.domain.persons import listed_person, withheld
from app.domain.pinyin import heard
from app.domain.records import record_from
from app.domain.search import places_of, understood
from app.domain.values import Code, Id, known
from app.errors import AppError
from app.queries.listing import Listing
from app.queries.relations import AT_ONCE, category_names, titles
from app.queries.search import SearchFilter, confined, count_of, numbers_of, rows_of
from app.storage.readings import readings
from app.storage.tables import CurrentRow
from app.workspace import Workspace

Mark = tuple[int, int]
"""From and to, in characters."""

_SHOWN: Final = (CurrentRow.no, CurrentRow.kind, CurrentRow.id, CurrentRow.title, CurrentRow.day, CurrentRow.body)
_SCHEMES: Final = {"issue": CategoryScheme.ISSUE, "suggestion": CategoryScheme.SUGGESTION}
_OWNERS: Final = ("issue", "suggestion", "of", "encounter", "visit")
_BEFORE, _EXCERPT = 10, 60  # characters of a text before the first word found, and in all
_HIDDEN: Final = {"encounter": frozenset({"name"}), "contact": frozenset({"phone", "address"})}


@dataclass(frozen=True, slots=True, kw_only=True)
class Marked:
    """A text, and where the words that were looked for stand in it."""

    text: str = ""
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultRow:
    """One record found; a resident is masked. `owner` and `owner_kind` are the record it belongs to, where it has one.

    `passage` is where the words stand, if not in the title, and `passage_field` the name of that field.
    """

    id: Id
    kind: str
    title: Marked
    on: date | None
    state: Code[Any] = ""
    category: str = ""
    place: str = ""
    deputies: tuple[str, ...] = ()
    number: str = ""
    passage: Marked = Marked()
    passage_field: str = ""
    owner: Id = ""
    owner_kind: str = ""


@dataclass(frozen=True, slots=True)
class _Named:
    """What rows name: records by identifier, deputies' names, categories by scheme."""

    records: Mapping[Id, Any] = field(default_factory=dict)
    deputies: Mapping[Id, str] = field(default_factory=dict)
    categories: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


def search_results(workspace: Workspace, asked: SearchFilter, *, offset: int = 0, limit: int = 100) -> Listing[ResultRow]:
    """A page of what the filter leaves, and whether there is more: `total` is one more than the rows known so far, if so.

    `search_total` counts; with filters that no index answers it takes longer than a page does.
    """
    if not asked.asks:
        return Listing(0, ())
    asked = confined(workspace, asked)
    with workspace.reading() as connection:
        numbers = numbers_of(connection, asked, offset=offset, limit=limit + 1)
        rows = rows_of(connection, numbers[:limit], *_SHOWN)
        return Listing(offset + len(numbers), tuple(_told(connection, rows, asked.typed)))


def search_total(workspace: Workspace, asked: SearchFilter) -> int:
    """How many records the filter leaves."""
    if not asked.asks:
        return 0
    asked = confined(workspace, asked)
    with workspace.reading() as connection:
        return count_of(connection, asked)


def all_results(workspace: Workspace, asked: SearchFilter) -> Iterator[ResultRow]:
    """Every record that the filter leaves, in the order of the pages, as they stood at one moment."""
    if not asked.asks:
        return
    asked = confined(workspace, asked)
    with workspace.reading() as connection:
        numbers = numbers_of(connection, asked)
        for start in range(0, len(numbers), AT_ONCE):
            rows = rows_of(connection, numbers[start : start + AT_ONCE], *_SHOWN)
            yield from _told(connection, rows, asked.typed)


def categories_of(workspace: Workspace, kind: str) -> Mapping[str, str]:
    """The categories a kind is divided by, code and name; none for other kinds."""
    if kind not in _SCHEMES:
        return {}
    with workspace.reading() as connection:
        return category_names(connection, _SCHEMES[kind])


# --- what is told of a row ---------------------------------------------------------------------------------------------


def _told(connection: Connection, rows: Sequence[Any], typed: str) -> Iterator[ResultRow]:
    bodies = [json.loads(row.body) for row in rows]
    named = _names(connection, rows, bodies)
    phrases = understood(typed).phrases
    for row, body in zip(rows, bodies, strict=True):
        yield _row(row, body, named, phrases)


def _names(connection: Connection, rows: Sequence[Any], bodies: Sequence[Mapping[str, Any]]) -> _Named:
    """What the rows belong to, and what that belongs to."""
    if not rows:
        return _Named()
    owners = _by_id(connection, {body[name] for body in bodies for name in _OWNERS if body.get(name)})
    over = {each.fields[name] for each in owners.values() for name in ("visit", "encounter") if each.fields.get(name)}
    schemes = {kind: category_names(connection, scheme) for kind, scheme in _SCHEMES.items()}
    return _Named({**_by_id(connection, over - set(owners)), **owners}, titles(connection, "deputy"), schemes)


@dataclass(frozen=True, slots=True)
class _Owner:
    kind: str
    day: str | None
    fields: Mapping[str, Any]


def _by_id(connection: Connection, ids: set[Id]) -> dict[Id, _Owner]:
    question = select(CurrentRow.id, CurrentRow.kind, CurrentRow.day, CurrentRow.body).where(CurrentRow.id.in_(sorted(ids)))
    return {row.id: _Owner(row.kind, row.day, json.loads(row.body)) for row in connection.execute(question)} if ids else {}


def _row(row: Any, body: Mapping[str, Any], named: _Named, phrases: Sequence[str]) -> ResultRow:
    visit = named.records.get(body.get("visit", ""))
    day = row.day or (visit.day if visit else None)
    title = _title(row, body, named)
    owner = next((body[name] for name in _OWNERS if body.get(name) in named.records), "")
    place = body.get("place") or body.get("village") or (visit.fields.get("place", "") if visit else "")
    name, passage = _passage(row.kind, body, title, phrases)
    category = body.get("category", "")
    return ResultRow(
        id=row.id,
        kind=row.kind,
        title=Marked(text=title, marks=marks_of(title, phrases, sounds=True)),
        on=date.fromisoformat(day) if day else None,
        state=_state(row.kind, body),
        category=named.categories.get(row.kind, {}).get(category, category),
        place=place,
        deputies=_deputies(body, visit, named),
        number=body.get("number") or body.get("source_number") or "",
        passage=passage,
        passage_field=name,
        owner=owner,
        owner_kind=named.records[owner].kind if owner else "",
    )


def _state(kind: str, body: Mapping[str, Any]) -> Code[Any]:
    """Where a record stands; an issue without a state has just been registered. Kinds without states have none."""
    declared = KINDS[kind].fields.get("state") if kind in KINDS else None
    code = str(body.get("state") or (IssueState.REGISTERED if kind == "issue" else ""))
    return known(declared.shape.codes, code) if declared and declared.shape.codes and code else code


def _encounter(id: Id, body: Mapping[str, Any]) -> Encounter | None:
    """Somebody met; None for a record that was altered behind the program's back, which a search still lists."""
    try:
        return record_from(Encounter, id, body)
    except AppError:
        return None


def _title(row: Any, body: Mapping[str, Any], named: _Named) -> str:
    """What a record is called in a list: a resident, and what belongs to one, by the masked name."""
    if row.kind == "encounter":
        return listed_person(_encounter(row.id, body), confidential=False)
    if row.kind == "contact":
        of = named.records.get(body.get("of", ""))
        person = _encounter(body["of"], of.fields) if of and of.kind == "encounter" else None
        if withheld(person, confidential=False):
            return listed_person(person, confidential=False)
        told = (listed_person(person, confidential=False), masked_phone(body.get("phone", "")))
        return "　".join(each for each in (*told, masked_address(body.get("address", ""))) if each)
    return str(row.title) or body.get("subject", "") or body.get("name", "")


def _deputies(body: Mapping[str, Any], visit: _Owner | None, named: _Named) -> tuple[str, ...]:
    own = [*body.get("deputies", ()), *(body[name] for name in ("lead_deputy", "deputy") if body.get(name))]
    ids = own or (visit.fields.get("deputies", ()) if visit else ())
    return tuple(name for id in ids if (name := named.deputies.get(id, "")))


def _passage(kind: str, body: Mapping[str, Any], title: str, phrases: Sequence[str]) -> tuple[str, Marked]:
    """The field in which most of the words stand that the title does not hold, and what it says around the first of them."""
    missing = [each for each in phrases if not marks_of(title, (each,), sounds=True)]
    best: tuple[int, str, str] = (0, "", "")
    for name, text, spelled in _searched(kind, body) if missing else ():
        held = sum(bool(marks_of(text, (each,), sounds=spelled)) for each in missing)
        if held > best[0]:
            best = held, name, text
    held, name, text = best
    return (name, _excerpt(text, phrases)) if held else ("", Marked())


def _searched(kind: str, body: Mapping[str, Any]) -> Iterator[tuple[str, str, bool]]:
    """The fields a search looks at, with what they say and whether they are spelled; not those that would name a resident."""
    hidden = _HIDDEN.get(kind, frozenset())
    for declared in KINDS[kind].fields.values() if kind in KINDS else ():
        value = body.get(declared.name)
        if declared.searched and value and declared.name not in hidden:
            yield declared.name, "；".join(map(str, value)) if isinstance(value, list) else str(value), declared.spelled


def _excerpt(text: str, phrases: Sequence[str]) -> Marked:
    first = min((start for start, _ in marks_of(text, phrases, sounds=True)), default=0)
    start = max(0, first - _BEFORE)
    part = " ".join(text[start : start + _EXCERPT].split())
    shown = ("…" if start else "") + part + ("…" if start + _EXCERPT < len(text) else "")
    return Marked(text=shown, marks=marks_of(shown, phrases, sounds=True))


def marks_of(text: str, phrases: Sequence[str], *, sounds: bool = False) -> tuple[Mark, ...]:
    """Where the phrases stand in a text, or with `sounds` what sounds like them, first to last, none within another."""
    found = [mark for each in phrases for mark in places_of(text, each)]
    if sounds:
        found += [mark for each in phrases for mark in heard(text, each, readings)]
    joined: list[Mark] = []
    for start, end in sorted(found):
        if joined and start <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(end, joined[-1][1])
        else:
            joined.append((start, end))
    return tuple(joined)

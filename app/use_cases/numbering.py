"""Numbers are given when a record is saved, and reserved when a blank form is printed."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import islice
from typing import Final

from app.domain.encounter import Encounter
from app.domain.handling import Assignment
from app.domain.numbering import Series, series_of
from app.domain.problems import Problem, stop_at
from app.domain.records import Record
from app.domain.values import Id
from app.domain.visit import Visit, VisitKind
from app.errors import Refused
from app.queries.numbers import LAST, carrying, free_numbers, last_ordinals, own_mark
from app.storage.database import Connection
from app.storage.named_values import put_value
from app.storage.transaction import Transaction
from app.workspace import Workspace

_NUMBERED: Final = (Visit, Encounter, Assignment)

MOST_COPIES: Final = 200
"""Of a blank form at once."""


def numbered(books: Transaction, records: Sequence[Record], visits: Mapping[Id, Visit], today: date) -> list[Record]:
    """The records, those of a numbered kind that carry no number with the next one of their series; `visits` by identifier.

    Raises `Refused("incomplete", problems)` with `number_taken` where another record carries the number that one was given.
    """
    stop_at(_taken(books, records))
    mark = own_mark(books.connection, books.author.owner, books.author.by)
    series = [each and replace(each, mark=mark) for each in (_series(one, visits, today) for one in records)]
    taken = {each: iter(numbers) for each, numbers in _take(books, Counter(filter(None, series))).items()}
    return [
        replace(record, number=next(taken[each])) if each and isinstance(record, _NUMBERED) else record
        for record, each in zip(records, series, strict=True)
    ]


def _series(record: Record, visits: Mapping[Id, Visit], today: date) -> Series | None:
    """The series that a record needs a number of."""
    if not isinstance(record, _NUMBERED) or record.number:
        return None
    if isinstance(record, Assignment):
        return series_of(record, today, received=False)
    visit = record if isinstance(record, Visit) else visits.get(record.visit)
    received = visit is not None and visit.visit_kind == VisitKind.RECEPTION
    return series_of(record, (visit.on if visit else None) or today, received=received)


def _take(books: Transaction, wanted: Mapping[Series, int]) -> dict[Series, tuple[str, ...]]:
    """The next numbers of each series, which nothing else is given from now on; told and written down at once for all."""
    if not wanted:
        return {}
    told = last_ordinals(books.connection)
    ordinals = {each: tuple(islice(free_numbers(books.connection, each, told), many)) for each, many in wanted.items()}
    told |= {each.begins: numbers[-1] for each, numbers in ordinals.items()}
    put_value(books.connection, LAST, json.dumps(told, ensure_ascii=False).encode())
    return {each: tuple(map(each.spelled, numbers)) for each, numbers in ordinals.items()}


def _taken(books: Transaction, records: Iterable[Record]) -> Iterator[Problem]:
    typed: dict[str, Id] = {}
    for each in records:
        if not isinstance(each, _NUMBERED) or not each.number:
            continue
        holder = typed.setdefault(each.number, each.id)
        if holder == each.id:
            holder = carrying(books.connection, each.number) or each.id
        if holder != each.id:
            yield Problem(code="number_taken", field="number", facts={"number": each.number})


# --- blank forms ---------------------------------------------------------------------------------------------------


def next_numbers(workspace: Workspace, prefix: str, copies: int) -> tuple[str, ...]:
    """The numbers that blank forms would carry were they printed now; nothing is reserved.

    Raises `Refused("copies_unusual", most)`.
    """
    _check_copies(copies)
    with workspace.reading() as connection:
        series = _here(workspace, connection, prefix)
        return tuple(map(series.spelled, islice(free_numbers(connection, series, last_ordinals(connection)), copies)))


def reserve(workspace: Workspace, prefix: str, copies: int) -> tuple[str, ...]:
    """Numbers for so many blank forms: no record is given them from now on, whatever becomes of the paper.

    Raises `Refused("copies_unusual", most)`, `Refused("read_only")`.
    """
    _check_copies(copies)
    with workspace.writing() as books:
        series = _here(workspace, books.connection, prefix)
        return _take(books, {series: copies})[series]


def _here(workspace: Workspace, connection: Connection, prefix: str) -> Series:
    """This computer's series of the year."""
    mark = own_mark(connection, workspace.author.owner, workspace.author.by)
    return Series(prefix, workspace.clock.today().year, mark)


def _check_copies(copies: int) -> None:
    if not 1 <= copies <= MOST_COPIES:
        raise Refused("copies_unusual", copies=copies, most=MOST_COPIES)

"""A line of the outreach grid: what stands in its cells as it was typed, and the person met that it means."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import IntEnum
from typing import Final

from app.domain.encounter import Party
from app.domain.issue import Issue
from app.domain.met_words import ANONYMOUS_WORDS, Met, count_typed, met_of, says_nothing
from app.domain.problems import Problem
from app.domain.typed_day import day_typed
from app.domain.values import Id
from app.domain.visit import Visit, VisitKind, visit_day_problems
from app.domain.visit_sheet import Line, line_problems
from app.domain.written_text import one_line, pasted_text


class Column(IntEnum):
    """The cells of a line from left to right."""

    DAY = 0
    DEPUTIES = 1
    VILLAGE = 2
    PLACE = 3
    NAME = 4
    MANY = 5
    RAISED = 6


CARRIED: Final = (Column.DAY, Column.DEPUTIES, Column.VILLAGE, Column.PLACE)
"""Cells that a new line takes from the line before."""
OF_VISIT: Final = (Column.DAY, Column.DEPUTIES, Column.PLACE)
"""Cells by which lines belong to one visit."""

_FIELDS: Final[Mapping[str, Column]] = {
    "on": Column.DAY,
    "deputies": Column.DEPUTIES,
    "village": Column.VILLAGE,
    "place": Column.PLACE,
    "name": Column.NAME,
    "people": Column.MANY,
    "words": Column.RAISED,
    "raised": Column.RAISED,
}
_SPOKEN: Final = {"今天": 0, "昨天": 1, "前天": 2}
_BETWEEN_NAMES: Final = "、，,；;/\n"

Names = Mapping[str, Sequence[Id]]
"""The deputies that a name, a card number or a line of the register means; one where it is clear."""


@dataclass(frozen=True, slots=True)
class GridLine:
    """What is typed in one line, and what it was made from: a saved person, or one of whom nothing is known yet.

    `made` holds the identifier that a new issue takes; `own` are carried cells that a person wrote in this very line.
    """

    line: Line
    visit: Id
    made: Id
    texts: tuple[str, ...]
    own: frozenset[Column] = frozenset()

    def empty(self) -> bool:
        """Whether the line says nothing: no cell of it but those that are carried down, and nothing saved stands behind it."""
        return self.line.blank() and not any(text.strip() for text in self.texts[Column.NAME :])

    def with_text(self, column: Column, text: str) -> "GridLine":
        """The line with another text in a cell."""
        texts = (*self.texts[:column], text, *self.texts[column + 1 :])
        own = self.own | {column} if column in CARRIED else self.own
        return replace(self, texts=texts, own=own)


@dataclass(frozen=True, slots=True, kw_only=True)
class LineRead:
    """What a line means: the person met, the visit it belongs to, and what is wrong with each cell."""

    line: Line
    on: date | None
    deputies: tuple[Id, ...]
    place: str
    problems: Mapping[Column, tuple[Problem, ...]]

    def blocked(self) -> bool:
        """Whether something is missing or cannot be read, so that the line cannot be saved as it stands."""
        return any(not each.hint for problems in self.problems.values() for each in problems)


def texts_of(line: Line, visit: Visit, told: Mapping[Id, str]) -> tuple[str, ...]:
    """How a saved line is written into its cells; `told` are the names of deputies."""
    met = line.encounter
    return (
        visit.on.isoformat() if visit.on else "",
        "、".join(told.get(each, "…") for each in visit.deputies),
        met.village,
        visit.place,
        "匿名" if met.anonymous else met.name,
        met_of(met).told(),
        raised_told(line),
    )


def raised_told(line: Line) -> str:
    """What a line raised, in one cell."""
    return "；".join(each.words or each.subject for each in line.issues) or line.encounter.raised


def read_line(row: GridLine, visit: Visit, names: Names, told: Mapping[Id, str], today: date) -> LineRead:
    """What a line means; a cell that says what was saved means just that, however it came to be written so."""
    stood = texts_of(row.line, visit, told)
    on, wrong_day = _day(row.texts[Column.DAY], visit, stood[Column.DAY], today)
    deputies, wrong_names = _deputies(row.texts[Column.DEPUTIES], visit, stood[Column.DEPUTIES], names)
    met, wrong_count = _met(row, stood)
    line = _line(row, stood, met)
    problems: dict[Column, tuple[Problem, ...]] = {}
    missing = () if row.empty() else line_problems(Visit(id="", visit_kind=VisitKind.OUTREACH), line)
    for each in (*wrong_day, *wrong_names, *(wrong_count or missing)):
        at = _FIELDS.get(each.field, Column.NAME)
        problems[at] = (*problems.get(at, ()), each)
    return LineRead(line=line, on=on, deputies=deputies, place=one_line(row.texts[Column.PLACE]), problems=problems)


def _day(text: str, visit: Visit, stood: str, today: date) -> tuple[date | None, list[Problem]]:
    plain = text.strip()
    if plain == stood:
        return visit.on, list(visit_day_problems(visit.on, today))
    if not plain:
        return None, []
    read = date_typed(plain, today)
    if read is None:
        return None, [Problem(code="grid_day_unreadable", field="on", facts={"text": plain[:40]})]
    return read, list(visit_day_problems(read, today))


def date_typed(text: str, today: date) -> date | None:
    """The day that a cell means: as `day_typed` reads it, 今天 and 昨天, and a number alone as the last day of that number."""
    if text in _SPOKEN:
        return today - timedelta(days=_SPOKEN[text])
    number = text.removesuffix("日").removesuffix("号")
    if not number.isdecimal() or len(number) > 2:
        return day_typed(text, today)
    last = today.replace(day=1) - timedelta(days=1)
    days = (day_typed(f"{month.year}-{month.month}-{int(number)}", today) for month in (today, last))
    return next((day for day in days if day and day <= today), None)


def _deputies(text: str, visit: Visit, stood: str, names: Names) -> tuple[tuple[Id, ...], list[Problem]]:
    plain = text.strip()
    if plain == stood:
        return visit.deputies, []
    found: dict[Id, None] = {}
    problems: list[Problem] = []
    for name in names_in(plain, names):
        ids = names.get(name, ())
        if len(ids) == 1:
            found[ids[0]] = None
        elif ids:
            problems.append(Problem(code="grid_deputy_several", field="deputies", facts={"name": name[:40]}))
        else:
            problems.append(Problem(code="grid_deputy_unknown", field="deputies", facts={"name": name[:40]}))
    return tuple(found), problems


def names_in(text: str, names: Names) -> Iterator[str]:
    """The names in a cell, between commas; between blanks only where what stands there is nobody's name as a whole."""
    for separator in _BETWEEN_NAMES:
        text = text.replace(separator, "\n")
    for part in filter(None, map(str.strip, text.split("\n"))):
        words = part.split()
        apart = part not in names and len(words) > 1 and all(word in names for word in words)
        yield from words if apart else (part,)


def _met(row: GridLine, stood: tuple[str, ...]) -> tuple[Met, list[Problem]]:
    """Who and how many; of a name or a number alone one person or several, as a person would say it."""
    text = row.texts[Column.MANY].strip()
    if text == stood[Column.MANY]:
        return met_of(row.line.encounter), []
    if not text:
        return Met(""), []
    read = count_typed(text)
    if read is None:
        return met_of(row.line.encounter), [Problem(code="grid_count_unclear", field="people", facts={"text": text[:40]})]
    return read, []


def _line(row: GridLine, stood: tuple[str, ...], met: Met) -> Line:
    base = row.line
    name, village = one_line(row.texts[Column.NAME]), one_line(row.texts[Column.VILLAGE])
    nameless = name.casefold() in ANONYMOUS_WORDS
    if row.texts[Column.NAME] == stood[Column.NAME]:
        name, nameless = base.encounter.name, base.encounter.anonymous
    if met == Met(Party.PEOPLE, 1) and name:
        met = Met(Party.PERSON, 1)
    person = replace(
        base.encounter,
        name="" if nameless else name,
        anonymous=nameless,
        party=met.party,
        people=met.people,
        village=base.encounter.village if row.texts[Column.VILLAGE] == stood[Column.VILLAGE] else village,
    )
    said = row.texts[Column.RAISED]
    if len(base.issues) > 1 or said == stood[Column.RAISED]:
        return replace(base, encounter=person)
    words = pasted_text(said).strip()
    raised = "" if says_nothing(words) else words
    first = base.issues[0] if base.issues else Issue(id=row.made)
    issues = (replace(first, words=raised),) if raised else ()
    return replace(base, encounter=replace(person, raised=""), issues=issues)

"""Other systems' forms at a body: what stations handed in written in their columns, and what their exports say written down.

The forms and what they make of a record are those of a station (`domain/platform_rows.py`, `app/platforms.py`). A form that reads
`deeds` tells of suggestions, one a row: each column that comes back is a part of a step, `reply.on`, or tells which suggestion.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, select

from app.domain.category import Category, CategoryScheme
from app.domain.handling import HandlingRole
from app.domain.kinds import KINDS, kind_of
from app.domain.papers import Span
from app.domain.platform_form import OwnForms, PlatformColumn, PlatformForm, form_called
from app.domain.platform_rows import PlatformRows
from app.domain.problems import Problem
from app.domain.records import Record, record_from
from app.domain.revisions import read_kept
from app.domain.suggestion import Suggestion
from app.domain.suggestion_steps import ASKS, USUAL, deed_named, trait_of
from app.domain.values import Id, Json, wording
from app.errors import Refused
from app.files import write_whole
from app.ledgers.dates import read_moment
from app.platforms import ExportedRow, check_ending, exported_rows, file_of
from app.province.desk import NOT_HERE, Standing, handed_in, handle, problems_of, standings
from app.province.purpose import Purpose
from app.province.receiver import Receiver
from app.province.reference import published_data
from app.province.store import found_setting, put_setting
from app.province.tables import HeadRow, IssuedRow, RevisionRow, StationRow
from app.reference import OF_BODIES, categories, platform_forms

DEEDS: Final = "deeds"
"""What a form reads whose exports tell what became of suggestions."""

_NAME: Final = "platform_forms"
_NAMING: Final = ("of", "number", "title")
_CASE: Final = "accept.case_number"
_ROLES: Final = (HandlingRole.LEAD, HandlingRole.CO)
_SAID: Final = ("on", "by", "words")
_ORDER: Final = tuple(dict.fromkeys((*USUAL, *ASKS)))
_BETWEEN: Final = re.compile(r"[、，,；;\n]")
_YES: Final = {"是": True, "否": False}


@dataclass(frozen=True, slots=True, kw_only=True)
class RowRefused:
    """A row of an export that was not taken, by Excel's number, and why."""

    row: int
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DeedsTaken:
    """What an export led to: rows read, those that said something new with how many steps, those known already, those refused."""

    read: int
    taken: int
    steps: int
    known: int
    refused: tuple[RowRefused, ...]


# --- forms ---------------------------------------------------------------------------------------------------------------


def body_forms(receiver: Receiver) -> Mapping[str, PlatformForm]:
    """Every form by its name: those of stations, those of bodies, and the body's own in the place of one of its name."""
    with receiver.store.reading() as connection:
        return _own(connection).over({**platform_forms(), **platform_forms(OF_BODIES)})


def body_form(receiver: Receiver, name: str) -> PlatformForm:
    """The form of this name; raises `Refused("platform_form_missing", name)`."""
    return form_called(name, body_forms(receiver))


def own_body_forms(receiver: Receiver) -> frozenset[str]:
    """The names of the forms that are the body's own."""
    with receiver.store.reading() as connection:
        return frozenset(_own(connection).forms)


def keep_body_form(receiver: Receiver, form: PlatformForm) -> None:
    """Keep a form under its name; raises `Refused("platform_field_unknown")` where a column comes back as no part of a step."""
    if form.reads == DEEDS:
        for column in form.columns:
            _check_takes(column)
    with receiver.store.writing() as connection:
        put_setting(connection, _NAME, _own(connection).having(form).content())


def drop_body_form(receiver: Receiver, name: str) -> None:
    """Forget a form of the body's own; raises `Refused("platform_form_missing", name)`."""
    with receiver.store.writing() as connection:
        put_setting(connection, _NAME, _own(connection).without(name).content())


def _own(connection: Connection) -> OwnForms:
    return OwnForms.kept((found_setting(connection, _NAME) or "").encode())


def _check_takes(column: PlatformColumn) -> None:
    event, _dot, part = column.takes.partition(".")
    if not column.takes or column.takes in _NAMING:
        return
    ask = next((ask for deed, ask in ASKS.items() if deed == event and deed not in NOT_HERE), None)
    if ask is None or part not in {*_SAID, *ask.also, *(_ROLES if ask.shares else ())}:
        raise Refused("platform_field_unknown", part=column.heading, field=column.takes, kind=DEEDS)


# --- out -----------------------------------------------------------------------------------------------------------------


def write_rows(
    receiver: Receiver, form: PlatformForm, span: Span, path: Path, *, station: str = "", full_names: bool = False
) -> int:
    """Write what stations handed in, or one of them, as the form says; returns how many records.

    Suggestions stand where the body's steps have brought them; a form that reads `deeds` tells of those the body handles, copies
    for summing up are left out. Who is masked and withheld is as at a station. Raises `Refused("table_format", path)`,
    `Refused("station_unknown", code)`, `Unavailable("disk_…")`.
    """
    check_ending(form, path)
    rows = []
    stood = standings(receiver, station) if form.kind == Suggestion.traits.name else ()
    with receiver.store.reading() as connection:
        for each in _stations(connection, station):
            cells = PlatformRows(form, _Behind(connection, each.no, each.id), full_names=full_names)
            rows += [cells.row(record) for record in _records(connection, form, each, stood) if span.holds(record.day())]
    write_whole(path, file_of(form, rows))
    return len(rows)


def _stations(connection: Connection, code: str) -> list[Any]:
    question = select(StationRow.no, StationRow.id, StationRow.code).order_by(StationRow.code)
    found = connection.execute(question.where(StationRow.code == code) if code else question).all()
    if code and not found:
        raise Refused("station_unknown", code=code)
    return list(found)


def _records(connection: Connection, form: PlatformForm, station: Any, stood: tuple[Standing, ...]) -> list[Record]:
    if form.kind != Suggestion.traits.name:
        return list(handed_in(connection, station.no, KINDS[form.kind].record))
    here = (each for each in stood if each.station == station.id)
    return [each.suggestion for each in here if form.reads != DEEDS or each.purpose is Purpose.HANDLE]


@dataclass(slots=True)
class _Behind:
    """What stands behind the records of one station; asked once for each."""

    connection: Connection
    number: int
    station: Id
    known: dict[Id, Record | None] = field(default_factory=dict)
    names: dict[tuple[str, str], str] = field(default_factory=dict)

    def linked(self, id: Id, kind: str) -> Record | None:
        found = self._record(id)
        return found if found and found.traits.name == kind else None

    def name(self, id: Id) -> str:
        found = self._record(id)
        return found.title() if found else ""

    def category(self, kind: str, code: str) -> str:
        if not self.names:
            schemes = {"issue": CategoryScheme.ISSUE, "suggestion": CategoryScheme.SUGGESTION}
            added, sent = handed_in(self.connection, self.number, Category), published_data(self.connection)
            for of, scheme in schemes.items():
                own = {each.code: each.name for each in added if each.scheme == scheme}
                self.names |= {(of, known): name for known, name in {**categories()[scheme], **sent.names(scheme), **own}.items()}
        return self.names.get((kind, code), code)

    def _record(self, id: Id) -> Record | None:
        """A record that the station handed in, removed or not, or one that the body made for it."""
        if id not in self.known:
            question = (
                select(RevisionRow.line)
                .join(HeadRow, (HeadRow.station == RevisionRow.station) & (HeadRow.rev == RevisionRow.rev))
                .where(HeadRow.station == self.number, HeadRow.record == id)
            )
            made = select(IssuedRow.line).where(IssuedRow.station == self.station, IssuedRow.record == id)
            line = self.connection.scalar(question) or self.connection.scalar(made.order_by(IssuedRow.no.desc()).limit(1))
            told = read_kept(line) if line else None
            self.known[id] = record_from(kind_of(told.kind).record, id, told.body) if told else None
        return self.known[id]


# --- in ------------------------------------------------------------------------------------------------------------------


def take_deeds(receiver: Receiver, form: PlatformForm, path: Path, *, dry_run: bool = False) -> DeedsTaken:
    """Write down what a platform's export says became of suggestions; a row is done whole or not at all, the others stand.

    A step that stands with the same day is known, so the same export again changes nothing. Raises
    `Refused("platform_not_read", name)` for a form that does not read `deeds`, and what makes the file unreadable.
    """
    if form.reads != DEEDS:
        raise Refused("platform_not_read", name=form.name)
    rows = list(exported_rows(form, path))
    known_as = _known_as(standings(receiver)) if rows else {}
    steps, known, refused = 0, 0, []
    for row in rows:
        try:
            deeds = list(_deeds(_meant(known_as, row), row))
            steps += len(handle(receiver, deeds, dry_run=dry_run))
            known += not deeds
        except Refused as error:
            refused.append(RowRefused(row=row.row, problems=problems_of(error)))
    taken = len(rows) - known - len(refused)
    return DeedsTaken(read=len(rows), taken=taken, steps=steps, known=known, refused=tuple(refused))


def _known_as(stood: tuple[Standing, ...]) -> dict[str, list[Standing]]:
    """Every suggestion by what a table may call it."""
    known: dict[str, list[Standing]] = {}
    for each in stood:
        said = each.suggestion
        for name in {said.id, said.case_number, said.number, said.title()} - {""}:
            known.setdefault(name, []).append(each)
    return known


def _meant(known_as: Mapping[str, list[Standing]], row: ExportedRow) -> Standing:
    """The one suggestion that everything in the row names; a case number may be new. Raises `Refused("suggestion_unknown")`."""
    told = {column.takes: text for column, text in row.cells}
    names = [told[each] for each in _NAMING if each in told]
    names += [told[_CASE]] if told.get(_CASE) in known_as else []
    several = [{each.suggestion.id: each for each in known_as.get(name, ())} for name in names] or [{}]
    found = [each for id, each in several[0].items() if all(id in others for others in several[1:])]
    if len(found) != 1:
        raise Refused("suggestion_unknown", named=names[0] if names else "", found=len(found))
    return found[0]


def _deeds(stands: Standing, row: ExportedRow) -> Iterator[dict[str, Json]]:
    """The steps that the row tells of and that do not stand yet, in the usual order."""
    told: dict[str, dict[str, tuple[PlatformColumn, str]]] = {}
    for column, text in row.cells:
        event, dot, part = column.takes.partition(".")
        if dot:
            told.setdefault(event, {})[part] = column, text
    for event in sorted(told, key=_ORDER.index):
        parts = told[event]
        deed = _deed(stands.suggestion.id, event, parts)
        on = deed.get("on")
        if not any(step.event == event and on in {None, step.on and step.on.isoformat()} for step in stands.course.steps):
            yield deed


def _deed(of: Id, event: str, parts: Mapping[str, tuple[PlatformColumn, str]]) -> dict[str, Json]:
    deed: dict[str, Json] = {"of": of, "event": event}
    for name in (each for each in _SAID if each in parts):
        deed[name] = _day(*parts[name]) if name == "on" else parts[name][1]
    units = [(role, name.strip()) for role in _ROLES if role in parts for name in _BETWEEN.split(parts[role][1]) if name.strip()]
    alone = len(units) == 1 and units[0][0] is HandlingRole.LEAD
    shares = [{"unit": unit, "role": str(HandlingRole.SOLE if alone else role), "part": ""} for role, unit in units]
    fields = {name: _value(name, *part) for name, part in parts.items() if name in ASKS[deed_named(event)].also}
    return deed | {"fields": fields, "shares": shares}


def _value(name: str, column: PlatformColumn, text: str) -> Json:
    """A cell as the line of a record holds it; raises `Refused("platform_cell_unreadable", column, text)`."""
    if name == "slip":
        return text  # a unit's name; the desk finds its slip
    shape = trait_of(name)[1].shape
    words = {word: code for code, word in column.words.items()}
    if shape.codes:
        words = {wording(code): str(code) for code in shape.codes} | {str(code): str(code) for code in shape.codes} | words
    found: Json = words.get(text, text)
    if shape.name == "date":
        return _day(column, text)
    if shape.name == "yes or no":
        found = _YES.get(text, text)
    if shape.name == "whole number" and text.isdecimal():
        found = int(text)
    try:
        shape.read(found)
    except (TypeError, ValueError) as error:
        raise Refused("platform_cell_unreadable", column=column.heading, text=text) from error
    return found


def _day(column: PlatformColumn, text: str) -> str:
    moment = read_moment(text)
    if moment.day is None or moment.problem:
        raise Refused("platform_cell_unreadable", column=column.heading, text=text)
    return moment.day.isoformat()

"""The log: every saved change and every noted event, the newest first, by page. Nothing deletes a line of it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any, Final

from sqlalchemy import ColumnElement, func, literal_column, select

from app.clock import CHINA
from app.domain.ids import Stamp
from app.domain.papers import ALWAYS, Span
from app.domain.persons import listed_title
from app.domain.rights import Right
from app.domain.values import Id, Json
from app.queries.listing import Listing
from app.queries.record import moment_of
from app.queries.relations import titles
from app.queries.rights import check_may
from app.storage.records import stored_from
from app.storage.tables import CurrentRow, JournalRow, logged
from app.workspace import Workspace

EXPORTS: Final = (
    *("exported", "copied", "sent", "peer_sealed", "cosign_sent", "cosign_answered"),
    *("list_export", "plain_export", "confidential_export", "person_exported", "file_saved", "contact_shown"),
)
"""What left the station, or showed a contact in full."""
SIGN_INS: Final = (
    "signed_in",
    "locked",
    "pin_wrong",
    "pin_set",
    "pin_removed",
    "pin_reset",
    "lock_changed",
    "evaluation_pin_wrong",
)
ONLY: Final[Mapping[str, tuple[str, ...]]] = {"exports": EXPORTS, "prints": ("print",), "sign-ins": SIGN_INS}
"""Groups of events that are looked for together."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sought:
    """What of the log is wanted: `only` is a group of `ONLY`, `changes` or empty; `kind` a kind of records or an event."""

    only: str = ""
    kind: str = ""
    who: str = ""  # an operator's name
    span: Span = ALWAYS


@dataclass(frozen=True, slots=True, kw_only=True)
class Logged:
    """A line: saved or removed a record (`event` says which), or an event with its facts; people are masked in the title."""

    line: int
    at: datetime | None  # None where the line cannot be read
    operator: str
    seat: str
    event: str
    kind: str
    record: Id
    title: str
    facts: Mapping[str, Json]


def log(workspace: Workspace, sought: Sought, *, offset: int = 0, limit: int = 100) -> Listing[Logged]:
    """A page of the log; raises `Refused("not_allowed")` for who is not in charge of people."""
    check_may(workspace, Right.PEOPLE)
    with workspace.reading() as connection:
        operators = titles(connection, "operator")
        if sought.who and sought.who not in operators.values():
            return Listing(0, ())
        wanted = _conditions(sought, operators)
        every, places = select(func.count()).select_from(JournalRow), select(JournalRow.seq)
        if wanted:
            every, places = (each.where(*wanted).with_hint(JournalRow, _BY_INDEX, "sqlite") for each in (every, places))
        total = connection.execute(every).scalar_one()
        shown_here = places.order_by(JournalRow.seq.desc()).offset(offset).limit(limit)
        rows = connection.execute(_LINES.where(JournalRow.seq.in_(shown_here)).order_by(JournalRow.seq.desc())).all()
        records = {each.record for each in rows if each.record}
        found = connection.execute(select(CurrentRow.__table__).where(CurrentRow.id.in_(records)))
        shown = {row.id: (row.kind, listed_title(stored_from(row).record)) for row in found}
    return Listing(total, tuple(_logged(each, shown.get(each.record, ("", "")), operators) for each in rows))


_LINES: Final = select(JournalRow.seq, JournalRow.kind, JournalRow.record, JournalRow.rev, JournalRow.by, JournalRow.line)
_BY_INDEX: Final = "INDEXED BY journal_logged"  # in the order of the log, so that no line is read that is not shown
_OPERATOR: Final[ColumnElement[str]] = literal_column(str(logged("_op")))


def writers(workspace: Workspace) -> tuple[str, ...]:
    """The names of all who could have written a line, those who have left too; raises as `log` does."""
    check_may(workspace, Right.PEOPLE)
    with workspace.reading() as connection:
        return tuple(dict.fromkeys(titles(connection, "operator").values()))


def _conditions(sought: Sought, operators: Mapping[Id, str]) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if sought.only == "changes":
        found.append(JournalRow.rev.is_not(None))
    elif sought.only:
        found += [JournalRow.rev.is_(None), JournalRow.kind.in_(ONLY[sought.only])]
    if sought.kind:
        found.append(JournalRow.kind == sought.kind)
    if sought.who:
        named = [id for id, name in operators.items() if name == sought.who]
        found.append(_OPERATOR.in_(named))
    stamp: ColumnElement[str] = literal_column(str(logged("_hlc")))
    if sought.span.first:
        found.append(stamp >= _stamp(sought.span.first, time.min))
    if sought.span.last:
        found.append(stamp <= _stamp(sought.span.last, time.max) + "-ffff")
    return found


def _stamp(day: date, at: time) -> str:
    """The beginning of the stamps of a moment here."""
    moment = datetime.combine(day, at, CHINA).astimezone(UTC)
    return str(Stamp(int(moment.timestamp() * 1000), 0)).partition("-")[0]


def _logged(row: Any, shown: tuple[str, str], operators: Mapping[Id, str]) -> Logged:
    try:
        said: dict[str, Json] = json.loads(row.line)
        at = moment_of(str(said["_hlc"]))
    except (ValueError, KeyError):
        said, at = {}, None  # checking the chain will tell it
    event = row.kind if row.rev is None else "removed" if said.get("_del") else "saved"
    return Logged(
        line=row.seq,
        at=at,
        operator=operators.get(str(said.get("_op", "")), ""),
        seat=row.by,
        event=event,
        kind=shown[0] or (row.kind if row.rev else ""),
        record=row.record or "",
        title=shown[1],
        facts={name: value for name, value in said.items() if not name.startswith("_")} if row.rev is None else {},
    )

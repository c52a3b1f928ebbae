"""Whether the operator at the keyboard may save a record: `app.domain.rights` says what it takes, the books say who they are."""

import json
from collections.abc import Collection, Mapping, Sequence
from typing import Final

from sqlalchemy import Connection, select

from app.domain.belonging import owners_of
from app.domain.kinds import kind_of
from app.domain.people import Operator
from app.domain.records import Record, body_of, record_from
from app.domain.revisions import canonical, read_kept
from app.domain.rights import Right, Rights, at_seat, holders, needed_for, rights_of
from app.domain.station import Seat
from app.domain.values import Id
from app.errors import Refused
from app.storage.tables import CurrentRow, JournalRow

_DEEPEST: Final = 4  # a file of an issue of a person of a visit


def operators_in(connection: Connection) -> list[Operator]:
    """Everybody who works or worked at the station."""
    question = select(CurrentRow.id, CurrentRow.body).where(CurrentRow.kind == "operator", CurrentRow.deleted == False)  # noqa: E712  # as the index has it
    return [record_from(Operator, row.id, json.loads(row.body)) for row in connection.execute(question)]


def seats_in(connection: Connection) -> list[Seat]:
    """Every computer of which there is a record."""
    question = select(CurrentRow.id, CurrentRow.body).where(CurrentRow.kind == "seat", CurrentRow.deleted == False)  # noqa: E712  # as the index has it
    return [record_from(Seat, row.id, json.loads(row.body)) for row in connection.execute(question)]


def rights_in(connection: Connection, operator: Id, seat: str) -> Rights:
    """What an operator may do now at the computer of this identifier."""
    return at_seat(rights_of(operator, operators_in(connection)), seat, seats_in(connection))


def check_right(rights: Rights, right: Right) -> None:
    """Raises `Refused("not_allowed", right, who)` where the right was not given, `Refused("not_here")` where not here."""
    if right in rights.elsewhere:
        raise Refused("not_here", right=right, role=rights.here)
    if not rights.may(right):
        raise Refused("not_allowed", right=right, who=holders(right))


class Guard:
    """Stands before every save and removal of one transaction; what erases or takes in passes by and checks for itself."""

    def __init__(self, connection: Connection, operator: Id, seat: str) -> None:
        self._connection: Final = connection
        self._operator: Final = operator
        self._seat: Final = seat
        self._rights: Rights | None = None

    def check_saved(self, records: Sequence[Record]) -> None:
        """Raises as `check_right` does, or `Refused("not_own")` for what a deputy has no part in."""
        rights = self._known()
        for kind in {each.traits.name for each in records}:
            check_right(rights, needed_for(kind))
        if rights.deputy:
            self._check_own(records, rights.deputy)

    def check_removed(self, records: Sequence[Record]) -> None:
        """Raises as `check_saved` does; who only enters removes only what they entered."""
        self.check_saved(records)
        if not self._known().may(Right.WORK) and not all(self._entered(each.id) for each in records):
            raise Refused("not_allowed", right=Right.WORK, who=holders(Right.WORK))

    def _known(self) -> Rights:
        if self._rights is None:
            self._rights = rights_in(self._connection, self._operator, self._seat)
        return self._rights

    def _entered(self, id: Id) -> bool:
        first = (
            select(JournalRow.line).where(JournalRow.record == id, JournalRow.rev.is_not(None)).order_by(JournalRow.seq).limit(1)
        )
        line = self._connection.execute(first).scalar()
        return line is not None and read_kept(line).op == self._operator

    def _check_own(self, records: Sequence[Record], deputy: Id) -> None:
        batch = {each.id: each for each in records}
        for each in records:
            if not is_own(self._connection, each, deputy, batch):
                raise Refused("not_own")


def is_own(connection: Connection, record: Record, deputy: Id, beside: Mapping[Id, Record] | None = None) -> bool:
    """Whether a record names the deputy, or is a part of one that does; `beside` are records not stored yet."""
    near: Collection[Record] = [record]
    for _level in range(_DEEPEST):
        if any(deputy in canonical(body_of(each)).decode() for each in near):
            return True
        near = list(_wholes(connection, near, beside or {}))
    return False


def _wholes(connection: Connection, records: Collection[Record], beside: Mapping[Id, Record]) -> Collection[Record]:
    ids = {id for each in records for id in owners_of(each)}
    rows = connection.execute(
        select(CurrentRow.id, CurrentRow.kind, CurrentRow.body).where(CurrentRow.id.in_(ids - beside.keys()))
    )
    stored = [record_from(kind_of(row.kind).record, row.id, json.loads(row.body)) for row in rows] if ids else []
    return [*(beside[id] for id in ids & beside.keys()), *stored]

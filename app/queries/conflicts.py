"""Records that two computers of the station changed differently: what each says, beside what both began with."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import Connection, func, select, text

from app.domain.kinds import KINDS
from app.domain.persons import listed_title
from app.domain.revisions import WHOLE_RECORD, Revision, common_ancestor, heads_of, read_kept
from app.domain.values import Id
from app.errors import Refused
from app.queries.listing import Listing
from app.queries.readable import Names
from app.queries.record import moment_of
from app.queries.relations import titles
from app.queries.rights import check_seen, own_only
from app.storage import sisters
from app.storage.conflicts import count_disputed
from app.storage.records import stored_from
from app.storage.tables import CurrentRow, JournalRow
from app.workspace import Workspace

_DISPUTED: Final = text("disputed <> ''")  # as the index has it


@dataclass(frozen=True, slots=True, kw_only=True)
class Disputed:
    """A record nobody has decided about yet, in a list; residents are masked."""

    id: Id
    kind: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One of the states that stand side by side; `rev` names it.

    `elsewhere` tells another computer's; `computer` is the name people gave it, "" where they gave none.
    """

    rev: Id
    at: datetime
    operator: str
    elsewhere: bool
    computer: str
    removed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DisputedField:
    """A field in which the versions differ: what it was, and what it is in each of them, as a person reads it.

    Fields of one `unit` belong together and are decided together.
    """

    field: str
    unit: int
    before: object
    values: tuple[object, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """One record with its versions, the winner first; `whole` where it can only be decided as a whole."""

    id: Id
    kind: str
    title: str
    whole: bool
    ancestor: Version | None
    versions: tuple[Version, ...]
    fields: tuple[DisputedField, ...]

    @property
    def heads(self) -> tuple[Id, ...]:
        """The states that were seen: a decision says them."""
        return tuple(each.rev for each in self.versions)


def count_conflicts(workspace: Workspace) -> int:
    """How many records wait for a decision."""
    with workspace.reading() as connection:
        return count_disputed(connection)


def conflicts(workspace: Workspace, *, offset: int = 0, limit: int = 100) -> Listing[Disputed]:
    """The records that wait for a decision, the newest first."""
    with workspace.reading() as connection:
        mine = own_only(connection, workspace.author.op)
        chosen = select(CurrentRow.__table__).where(_DISPUTED, *mine)
        total = connection.execute(select(func.count()).select_from(CurrentRow).where(_DISPUTED, *mine)).scalar_one()
        rows = connection.execute(chosen.order_by(CurrentRow.seq.desc()).limit(limit).offset(offset)).all()
        found = [Disputed(id=row.id, kind=row.kind, title=listed_title(stored_from(row).record)) for row in rows]
    return Listing(total, tuple(found))


def conflict(workspace: Workspace, id: Id) -> Conflict:
    """One of them, field by field; raises `Refused("record_missing")`, `Refused("no_conflict")`, and as `check_seen` does."""
    with workspace.reading() as connection:
        row = connection.execute(select(CurrentRow.__table__).where(CurrentRow.id == id)).first()
        if row is None:
            raise Refused("record_missing", kind="", id=id)
        record = stored_from(row).record
        check_seen(connection, workspace.author.op, record)
        if not row.disputed:
            raise Refused("no_conflict", id=id)
        revisions = revisions_of(connection, id)
        names, told = Names(connection), _Told.by(connection, workspace)
        heads, before = heads_of(revisions), common_ancestor(revisions)
        disputed = _disputed(heads, row.disputed.split())
        units = _units(row.kind, disputed)
        return Conflict(
            id=id,
            kind=row.kind,
            title=listed_title(record),
            whole=WHOLE_RECORD in row.disputed.split(),
            ancestor=_version(before, told) if before else None,
            versions=tuple(_version(each, told) for each in heads),
            fields=tuple(
                DisputedField(
                    field=name,
                    unit=units[name],
                    before=names.readable(row.kind, name, before.body.get(name)) if before else "",
                    values=tuple(names.readable(row.kind, name, each.body.get(name)) for each in heads),
                )
                for name in disputed
            ),
        )


def revisions_of(connection: Connection, id: Id) -> list[Revision]:
    """Every state of a record, oldest first."""
    lines = select(JournalRow.line).where(JournalRow.record == id, JournalRow.rev.is_not(None)).order_by(JournalRow.seq)
    return [read_kept(line) for line in connection.scalars(lines)]


def _disputed(heads: Sequence[Revision], named: Sequence[str]) -> list[str]:
    """The fields to decide: those flagged, or of a whole record all in which the versions differ."""
    if WHOLE_RECORD not in named:
        return [name for name in named if len({repr(each.body.get(name)) for each in heads}) > 1]
    names = dict.fromkeys(name for each in heads for name in each.body)
    return [name for name in names if len({repr(each.body.get(name)) for each in heads}) > 1]


def _units(kind: str, fields: Sequence[str]) -> Mapping[str, int]:
    groups = KINDS[kind].groups if kind in KINDS else ()
    unit_of = {name: number for number, group in enumerate(groups) for name in group}
    return {name: unit_of.get(name, len(unit_of) + place) for place, name in enumerate(fields)}


@dataclass(frozen=True, slots=True)
class _Told:
    """What people and computers are called: operators by identifier, seats by their key's; `own` is this seat."""

    operators: Mapping[Id, str]
    computers: Mapping[str, str]
    own: str

    @classmethod
    def by(cls, connection: Connection, workspace: Workspace) -> "_Told":
        """As the records of the station say."""
        seats = sisters.seat_records(connection, workspace.author.owner)
        return cls(titles(connection, "operator"), {each.key_id: each.name for each in seats}, workspace.author.by)


def _version(revision: Revision, told: _Told) -> Version:
    return Version(
        rev=revision.rev,
        at=moment_of(revision.hlc),
        operator=told.operators.get(revision.op, ""),
        elsewhere=revision.by != told.own,
        computer=told.computers.get(revision.by, ""),
        removed=revision.deleted,
    )

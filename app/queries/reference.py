"""The reference data that a body sent: which versions there are, from whom, and what the one in force holds."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select

from app.domain.reference_data import Reference, ReferenceData, data_from
from app.queries.record import moment_of
from app.queries.relations import found, member, reference_in_force
from app.storage.deeds import found as newest_lines
from app.storage.tables import CurrentRow
from app.workspace import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferenceCard:
    """The version in force: whose, signed when, taken in when, what it holds, and the version before it (0 for none)."""

    body: str
    version: int
    issued_on: date | None
    taken: datetime
    data: ReferenceData
    before: int


def reference_card(workspace: Workspace) -> ReferenceCard | None:
    """What is in force of a body's reference data; None where nothing is."""
    with workspace.reading() as connection:
        present = reference_in_force(connection)
        if present is None:
            return None
        (line,) = newest_lines(connection, [present.id])
        others = [each.version for each in found(connection, Reference) if each.version < present.version]
    return ReferenceCard(
        body=present.body_name,
        version=present.version,
        issued_on=present.issued_on,
        taken=moment_of(line.revision.hlc),
        data=data_from(present.content),
        before=max(others, default=0),
    )


def newest_version(workspace: Workspace) -> int:
    """The highest version that was ever taken in, one that was set back too; 0 before the first."""
    with workspace.reading() as connection:
        ever = select(func.max(member("version"))).where(CurrentRow.kind == Reference.traits.name)
        return int(connection.execute(ever).scalar() or 0)

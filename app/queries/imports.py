"""The imports of before: when, from which file, how much of each still stands."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import Connection, func, select

from app.domain.values import Id
from app.storage.tables import BatchRow, CurrentRow, JournalRow
from app.workspace import Workspace

RESULT: Final = "result"
"""What an import is counted by that added to issues instead of making any."""

_COUNTED: Final = ("visit", "issue", RESULT, "deputy", "unit", "attendance")
"""Kinds of records that a person counts an import by, in their order; people met and contacts come with them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PastImport:
    """One import; `made_of` counts the records it made by kind, `standing` those of them that were not removed since."""

    id: Id
    source: str
    made: datetime
    undone: datetime | None
    made_of: Mapping[str, int]
    standing: Mapping[str, int]


def past_imports(workspace: Workspace, limit: int = 20) -> tuple[PastImport, ...]:
    """The newest imports, the last one first."""
    question = select(BatchRow.id, BatchRow.source, BatchRow.made, BatchRow.undone).order_by(BatchRow.made.desc()).limit(limit)
    # Seen from the few lines of one import, under whose name each of its records was saved once.
    lines = (
        select(JournalRow.kind, func.count().label("made"), func.count().filter(~CurrentRow.deleted).label("standing"))
        .join(CurrentRow, CurrentRow.id == JournalRow.record)
        .group_by(JournalRow.kind)
    )
    with workspace.reading() as connection:
        imports = connection.execute(question).all()
        many = {row.id: connection.execute(lines.where(JournalRow.batch == row.id)).all() for row in imports}
        added = {row.id for row in imports if _added_to_issues(connection, row.id)}
    return tuple(
        PastImport(
            id=row.id,
            source=row.source,
            made=datetime.fromisoformat(row.made),
            undone=datetime.fromisoformat(row.undone) if row.undone else None,
            made_of=_in_order({_called(each.kind, row.id in added): each.made for each in many[row.id]}),
            standing=_in_order({_called(each.kind, row.id in added): each.standing for each in many[row.id]}),
        )
        for row in imports
    )


def _added_to_issues(connection: Connection, batch: Id) -> bool:
    """Whether the first issue of an import stood before it: then they all did."""
    first = select(JournalRow.record, JournalRow.seq).where(JournalRow.batch == batch, JournalRow.kind == "issue")
    row = connection.execute(first.order_by(JournalRow.seq).limit(1)).first()
    if row is None:
        return False
    return connection.scalar(select(JournalRow.seq).where(JournalRow.record == row.record, JournalRow.seq < row.seq)) is not None


def _called(kind: str, added: bool) -> str:  # said at each call
    return RESULT if added and kind == "issue" else kind


def _in_order(numbers: Mapping[str, int]) -> Mapping[str, int]:
    return {kind: numbers[kind] for kind in _COUNTED if kind in numbers}

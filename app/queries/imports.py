"""The imports of before: when, from which file, how much of each still stands."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from app.domain.values import Id
from app.storage.tables import BatchRow, CurrentRow, JournalRow
from app.workspace import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class PastImport:
    """One import; `issues` counts the issues it made, `standing` those of them that were not removed since."""

    id: Id
    source: str
    made: datetime
    undone: datetime | None
    issues: int
    standing: int


def past_imports(workspace: Workspace, limit: int = 20) -> tuple[PastImport, ...]:
    """The newest imports, the last one first."""
    question = select(BatchRow.id, BatchRow.source, BatchRow.made, BatchRow.undone).order_by(BatchRow.made.desc()).limit(limit)
    # Seen from the few lines of one import, under whose name each of its issues was saved once.
    lines = (
        select(func.count(), func.count().filter(~CurrentRow.deleted))
        .select_from(JournalRow)
        .join(CurrentRow, CurrentRow.id == JournalRow.record)
    )
    with workspace.reading() as connection:
        imports = connection.execute(question).all()
        made = lines.where(JournalRow.kind == "issue")
        many = {row.id: connection.execute(made.where(JournalRow.batch == row.id)).one() for row in imports}
    return tuple(
        PastImport(
            id=row.id,
            source=row.source,
            made=datetime.fromisoformat(row.made),
            undone=datetime.fromisoformat(row.undone) if row.undone else None,
            issues=many[row.id][0],
            standing=many[row.id][1],
        )
        for row in imports
    )

"""How large what waits would be once it is packed: told before anything is packed, so it is only about right."""

from typing import Final

from sqlalchemy import func, select

from app.queries.outgoing import Outgoing
from app.storage.outbox import Outbox
from app.storage.tables import JournalRow
from app.workspace import Workspace

_SAMPLE: Final = 200  # lines
_PACKED: Final = 3  # records get about so many times smaller
_ENVELOPE: Final = 8 << 10  # bytes: what is around any content


def about_bytes(workspace: Workspace, told: Outgoing, *, records_only: bool = False) -> int:
    """About how many bytes a hand-in would write; 0 where there is nothing to hand in."""
    with workspace.reading() as connection:
        outbox = Outbox(connection)
        lines = outbox.newest_line() - outbox.through()
        newest = select(func.length(JournalRow.line).label("size")).where(JournalRow.rev.is_not(None))
        sample = newest.order_by(JournalRow.seq.desc()).limit(_SAMPLE).subquery()
        mean = connection.execute(select(func.avg(sample.c.size))).scalar() or 0
    files = 0 if records_only else told.file_bytes
    fresh = int(lines * mean / _PACKED) if told.total and lines else 0
    return told.waiting_bytes + files + fresh + (_ENVELOPE if fresh or files else 0)

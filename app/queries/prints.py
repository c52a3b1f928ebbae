"""What was printed before, and whether a paper still says what stands in the records."""

import json
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, or_, select

from app.domain.paper_code import PaperCode, ScannedPaper, printed_here
from app.domain.persons import listed_title
from app.domain.records import Record
from app.domain.values import Id
from app.errors import Refused
from app.queries.record import moment_of
from app.queries.rights import check_seen
from app.storage.records import stored_from
from app.storage.tables import CurrentRow, JournalRow
from app.workspace import Workspace


def scanned_paper(workspace: Workspace, code: PaperCode) -> ScannedPaper:
    """What a code leads to; raises `Refused("paper_record_gone")` where it stands no more, `Refused("not_own_to_see")`."""
    with workspace.reading() as connection:
        row = connection.execute(
            select(CurrentRow.__table__).where(CurrentRow.id == code.record, CurrentRow.deleted.is_(False))
        ).first()
        if row is None:
            raise Refused("paper_record_gone")
        record: Record = stored_from(row).record
        check_seen(connection, workspace.author.op, record)
        here = printed_here(code, workspace.author.by)
        return ScannedPaper(
            record=record.id,
            kind=record.traits.name,
            title=listed_title(record),
            here=here,
            changed=_changed_after(connection, code) if here else None,
        )


def prints_before(connection: Connection, paper: str, record: Id | None, facts: dict[str, Any]) -> int:
    """How often the very same was printed at this computer: the same paper of the same record, or of the same days."""
    of_record = JournalRow.record == record if record else JournalRow.record.is_(None)
    question = select(JournalRow.line).where(JournalRow.kind == "print", JournalRow.rev.is_(None), of_record)
    told = {name: facts.get(name) for name in ("from", "to", "first", "last")}
    lines = (json.loads(line) for line in connection.scalars(question))
    return sum(each.get("paper") == paper and all(each.get(name) == value for name, value in told.items()) for each in lines)


def _changed_after(connection: Connection, code: PaperCode) -> datetime | None:
    """The first change after the print, of the record or of a part that names it."""
    named = or_(JournalRow.record == code.record, func.instr(JournalRow.line, code.record.encode()) > 0)
    question = select(JournalRow.line).where(JournalRow.seq > code.line, JournalRow.rev.is_not(None), named)
    line = connection.scalar(question.order_by(JournalRow.seq).limit(1))
    return moment_of(json.loads(line)["_hlc"]) if line else None

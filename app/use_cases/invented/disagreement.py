"""An invented second computer that changes a record which is changed here as well: something to be decided, to look at."""

import secrets
from collections.abc import Mapping
from typing import Final

from app.domain.records import body_of, record_from
from app.domain.revisions import Revision, read_kept
from app.domain.values import Id, Json
from app.use_cases.seats import Admitted
from app.workspace import Workspace

SEAT: Final = "5ea7" * 4


def disagree(workspace: Workspace, id: Id, here: Mapping[str, Json], there: Mapping[str, Json]) -> Admitted:
    """Let both computers change the record, each not knowing of the other."""
    with workspace.writing() as books:
        stored = books.records.find(id)
        if stored is None:
            raise LookupError(id)
        before = body_of(stored.record)
        books.records.save(record_from(type(stored.record), id, {**before, **here}))
        made = Revision(
            id=id,
            rev=workspace.clock.new_id(),
            kind=stored.record.traits.name,
            parents=stored.heads,
            gen=_generation(books.journal.revisions_of([id])[id][-1].line),
            hlc=str(books.next_stamp()),
            owner=workspace.author.owner,
            by=SEAT,
            op=workspace.author.op,
            deleted=False,
            salt=secrets.token_hex(16),
            body={**before, **there},
        )
        books.records.take_in([made])
    return Admitted(seat=SEAT)


def _generation(line: bytes) -> int:
    """The generation of the newest line: both stand on the same one before it."""
    return read_kept(line).gen

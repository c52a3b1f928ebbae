"""What a suggestion is at a body for: its own to handle, or a copy of another congress's for summing up (decision 8).

A row is the journal's own line and says nothing of who reads it; so the body decides by the congress that the suggestion names as
its receiving body, whose record travels in the same journal.
"""

from collections.abc import Mapping
from typing import Final

from sqlalchemy import Connection, select

from app.domain.congress import Congress, Level
from app.domain.records import AnyRecord, record_from
from app.domain.revisions import Revision, read_kept
from app.domain.suggestion import Suggestion
from app.domain.values import CodeSet
from app.province.tables import HeadRow, RevisionRow


class Purpose(CodeSet):
    """What a body does with a suggestion."""

    HANDLE = "handle", "办理"
    SUMMARY = "summary", "汇总"


_LEVELS: Final[Mapping[int, Level]] = {2: Level.PROVINCE, 4: Level.CITY, 6: Level.COUNTY, 9: Level.TOWNSHIP}
"""The level of a body by how many digits of its division's code say something: 43, 4301, 430181, 430181001."""


def purpose_of(congress: Congress | None, body: str) -> Purpose:
    """What a suggestion to this congress is for at the body of this division code.

    A congress goes by its division's code, where it has none by its level. Of which nothing is known is handled: a copy handled
    by mistake is noticed, a suggestion that nobody handles is not.
    """
    if congress is None:
        return Purpose.HANDLE
    code, own = _plain(congress.division_code), _plain(body)
    same = code == own if code else congress.level in {"", _LEVELS.get(len(own), "")}
    return Purpose.HANDLE if same else Purpose.SUMMARY


def is_handled_here(connection: Connection, station: int, suggestion: Revision, body: str) -> bool:
    """Whether a state of a suggestion of the station with this number is for the body to judge."""
    congress = record_from(Suggestion, suggestion.id, suggestion.body).receiving_body
    line = connection.scalar(
        _LINES.where(HeadRow.station == station, HeadRow.record == congress, HeadRow.kind == Congress.traits.name)
    )
    return purpose_of(_read(Congress, line) if line else None, body) is Purpose.HANDLE


_LINES: Final = select(RevisionRow.line).join(
    HeadRow, (HeadRow.station == RevisionRow.station) & (HeadRow.rev == RevisionRow.rev)
)


def _read(kind: type[AnyRecord], line: bytes) -> AnyRecord:
    revision = read_kept(line)
    return record_from(kind, revision.id, revision.body)


def _plain(code: str) -> str:
    """A division's code without what says nothing: 430000 is 43, 430100 is 4301."""
    if len(code) == 6:
        code = code.removesuffix("00").removesuffix("00")
    return code

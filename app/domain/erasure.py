"""What erasing a person, or a purge of what is over, does: numbers and kinds that are read before and after, and no name."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from app.domain.retention import RetentionClass


@dataclass(frozen=True, slots=True, kw_only=True)
class ErasurePlan:
    """What erasing would do: records by kind that go, that are blocked instead, and matters whose texts lose the name.

    `until` is the last day for which the blocked must be kept; None with `blocked` means for ever. `files_left` are attachments
    of matters, which go only when asked. `numbers` are the packages that carried any of it: what the body holds, only the body
    can erase. `older` are databases of earlier program versions, which still hold it.
    """

    erased: Mapping[str, int]
    blocked: Mapping[str, int]
    until: date | None
    reworded: int
    files_left: int
    drafts: int
    searches: int
    numbers: tuple[int, ...]
    older: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PurgeLine:
    """So many records of a kind in a class, and the days of the first and the last."""

    of: RetentionClass
    kind: str
    records: int
    first: date
    last: date


@dataclass(frozen=True, slots=True, kw_only=True)
class PurgeReport:
    """What is over, or what was purged; `parts` are records that lay in them, `older` are databases that still hold all of it."""

    lines: tuple[PurgeLine, ...]
    records: int
    parts: int
    older: tuple[str, ...]

"""A file that was brought, before and after it was taken in."""

from dataclasses import dataclass, field
from pathlib import Path

from app.changes import Changes
from app.domain.arrival import Brings, Verdict
from app.domain.values import Id
from app.errors import AppError
from app.use_cases.trust import TrustState


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """A file whose sort was recognised; `document` are the bytes of a small one, empty for a package."""

    path: Path
    sort: str
    document: bytes = field(default=b"", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival(Brings):
    """A file that was brought and what it would do, with the reason where it is refused."""

    path: Path
    trust: TrustState | None = None
    first: bool = False  # nothing was trusted before: the fingerprint must be compared
    fault: AppError | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenIn:
    """What a file turned out to be and what it changed; `verdict` is accepted or duplicate.

    `undoable` names the record whose newest deed this was, where it can be taken back.
    """

    file: str
    what: str
    verdict: str
    number: int
    returned: int = 0
    files_again: int = 0
    records: int = 0
    conflicts: int = 0
    undoable: Id = ""
    changes: Changes = Changes.EXCHANGE


def refused(path: Path, fault: AppError) -> Arrival:
    """A file that cannot be taken in, and why."""
    return Arrival(path=path, verdict=Verdict.REFUSED, fault=fault)

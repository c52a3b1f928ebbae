"""What a file that was brought to the station is, and what taking it in would do."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum, auto


class Verdict(Enum):
    """What taking a file in would do."""

    NEW = auto()
    KNOWN = auto()  # taken in before; nothing would change
    ASKS = auto()  # a person answers or compares it at another place
    REFUSED = auto()


class Enrolment(Enum):
    """How this computer stands with the body it trusts."""

    UNKNOWN = auto()  # not on its list
    ENROLLED = auto()
    REVOKED = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    """How many records are new here, are changed, would then have to be decided; how many states are known already.

    `unread` counts records with fields that this version of the program does not know; they are kept and handed on. `files` are
    contents of attachments that are not here yet.
    """

    new: int = 0
    changed: int = 0
    conflicts: int = 0
    known: int = 0
    unread: int = 0
    files: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class TrustBrought:
    """A trust list: whose, how long it is good, and whether this computer is on it."""

    body: str
    expires: datetime
    enrolment: Enrolment
    escrow: bool = False  # the body begins with it to keep ways in against the loss of keys


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferenceBrought:
    """What a version of a body's reference data would change here, and what stays because the station made it its own.

    Years, units and categories are told by name; `moved` counts records with another day, `before` is the version in force.
    """

    body: str
    before: int = 0
    years: tuple[int, ...] = ()
    years_kept: tuple[int, ...] = ()
    units_new: tuple[str, ...] = ()
    units_changed: tuple[str, ...] = ()
    units_kept: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    categories_kept: tuple[str, ...] = ()
    moved: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """What a reply says of one suggestion: codes of its events and notes in their order; no title where it is not here."""

    title: str
    deeds: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Brings:
    """What a file is: one of the sorts, `own` for a package of this seat, or empty where it is refused; and what it would do.

    `name` is whom a co-signing file or a card is about, `digits` the twelve that two people compare for it.
    """

    what: str = ""
    verdict: Verdict = Verdict.NEW
    number: int = 0
    issued: datetime | None = None
    settles: tuple[int, ...] = ()
    returned: int = 0
    files_again: int = 0  # that the body could not put together, and wants once more
    incoming: Incoming = Incoming()
    news: tuple[News, ...] = ()
    trust_list: TrustBrought | None = None
    reference: ReferenceBrought | None = None
    name: str = ""
    digits: str = ""
    signed: bool = False

"""All kinds of records, in the order in which `docs/records.md` tells them, and by their names in files."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from app.domain.attachment import Attachment
from app.domain.award import Award
from app.domain.bulletin import Article, Bulletin
from app.domain.calendar_year import EnteredYear
from app.domain.case_file import CaseFile
from app.domain.category import Category
from app.domain.congress import Congress, Term
from app.domain.cosignature import Cosignature
from app.domain.encounter import Encounter
from app.domain.erase_order import EraseOrder
from app.domain.handling import Assignment, Commitment, Outcome, Supervision
from app.domain.issue import Issue
from app.domain.own_profile import OwnProfile
from app.domain.people import Contact, Deputy, FormerDeputy, Operator
from app.domain.points import PointsEntry
from app.domain.project import Project
from app.domain.records import KindTraits, Record, Travels
from app.domain.reference_data import Reference
from app.domain.reply import Evaluation, Reply
from app.domain.review import Consultation, Review
from app.domain.score_scheme import OwnScheme
from app.domain.station import Seat, Station
from app.domain.station_check import StationCheck
from app.domain.step import Step
from app.domain.suggestion import Suggestion
from app.domain.unit import Unit
from app.domain.visit import Attendance, Campaign, Speech, Visit
from app.errors import Refused

ALL_KINDS: Final[tuple[type[Record], ...]] = (
    Station,
    Seat,
    Operator,
    Congress,
    Term,
    Deputy,
    FormerDeputy,
    Unit,
    Category,
    EnteredYear,
    OwnProfile,
    Reference,
    Campaign,
    Visit,
    Attendance,
    Speech,
    Encounter,
    Contact,
    Issue,
    Step,
    Suggestion,
    Cosignature,
    CaseFile,
    Consultation,
    Review,
    Assignment,
    Reply,
    Evaluation,
    Commitment,
    Outcome,
    Supervision,
    Award,
    Attachment,
    Project,
    Bulletin,
    Article,
    StationCheck,
    OwnScheme,
    PointsEntry,
    EraseOrder,
)
"""The kinds of decision 1; awards, for what is given to deputies and units belongs to no suggestion; a station's rules.

And the body's case files and reference data, bulletins with their articles, score schemes,
checks of the station, and the orders to erase.
"""

KINDS: Final[Mapping[str, KindTraits]] = MappingProxyType({each.traits.name: each.traits for each in ALL_KINDS})
"""Every kind by its name in files."""


def kind_of(name: str) -> KindTraits:
    """The kind called `name`; raises `Refused("kind_unknown")`."""
    if name not in KINDS:
        raise Refused("kind_unknown", kind=name)
    return KINDS[name]


def travelling_kinds(*, contact: bool) -> dict[str, KindTraits]:
    """The kinds that go into packages; contact data only where the receiving body's policy asks for it (decision 4)."""
    going = {Travels.ALWAYS, Travels.BY_POLICY} if contact else {Travels.ALWAYS}
    return {name: traits for name, traits in KINDS.items() if traits.travels in going}

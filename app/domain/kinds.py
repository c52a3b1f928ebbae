"""All kinds of records; importing this module fills the table of kinds, in the order in which `docs/records.md` tells them."""

from typing import Final

from app.domain.attachment import Attachment
from app.domain.category import Category
from app.domain.congress import Congress, Term
from app.domain.cosignature import Cosignature
from app.domain.encounter import Encounter
from app.domain.handling import Assignment, Commitment, Outcome, Supervision
from app.domain.issue import Issue
from app.domain.people import Contact, Deputy, FormerDeputy, Operator
from app.domain.points import PointsEntry
from app.domain.project import Project
from app.domain.records import Record
from app.domain.reply import Evaluation, Reply
from app.domain.review import Consultation, Review
from app.domain.station import Seat, Station
from app.domain.step import Step
from app.domain.suggestion import Suggestion
from app.domain.unit import Unit
from app.domain.visit import Attendance, Campaign, Visit

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
    Campaign,
    Visit,
    Attendance,
    Encounter,
    Contact,
    Issue,
    Step,
    Suggestion,
    Cosignature,
    Consultation,
    Review,
    Assignment,
    Reply,
    Evaluation,
    Commitment,
    Outcome,
    Supervision,
    Attachment,
    Project,
    PointsEntry,
)
"""The kinds of decision 1."""

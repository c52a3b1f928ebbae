"""What stands on the slips of an issue: the one that goes to a unit, and the one on which the unit answers."""

from dataclasses import dataclass

from app.domain.papers import Answers, Shown
from app.domain.values import Id


@dataclass(frozen=True, slots=True, kw_only=True)
class AssignmentSlip(Shown):
    """A matter as it is handed to a unit (交办单, domain brief 2.5); `record` is the assignment its code leads to.

    The resident is masked, or not named at all; without their own words `words` is empty. `co_units` are
    those that handle it with `unit`, which then leads.
    """

    record: Id
    number: str = ""
    source_number: str = ""
    classification: str = ""
    body: str = ""
    unit: str = ""
    co_units: str = ""
    summary: str = ""
    words: str = ""
    place: str = ""
    raised_by: str = ""
    phone: str = ""
    attachments: str = ""
    instruction: str = ""
    assigned_on: str = ""
    due_on: str = ""
    feedback_required: str = ""
    assigned_by: str = ""
    signed_for: str = ""

    @property
    def told(self) -> str:
        """Its number."""
        return self.number


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedbackSlip(Shown):
    """A unit's answer (办理情况反馈单); what nobody has answered yet stays free for handwriting.

    `results` are the answers there are, each with whether it was given.
    """

    record: Id
    number: str = ""
    source_number: str = ""
    body: str = ""
    unit: str = ""
    co_units: str = ""
    summary: str = ""
    assigned_on: str = ""
    due_on: str = ""
    results: Answers = ()
    account: str = ""
    basis: str = ""
    handler: str = ""
    phone: str = ""
    issued_by: str = ""
    sealed: bool = False
    day: str = ""
    co_opinion: str = ""
    deputy_opinion: str = ""
    satisfactions: Answers = ()
    call_back: str = ""

    @property
    def told(self) -> str:
        """The number of the slip it answers."""
        return self.number

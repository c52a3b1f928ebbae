"""The slips of an issue as they are printed: what is asked of the unit, and what it answered."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection, func

from app.domain.attachment import Attachment
from app.domain.chinese import long_day
from app.domain.encounter import Encounter
from app.domain.handling import Assignment
from app.domain.issue import Issue, IssueResult
from app.domain.papers import PaperName, answers
from app.domain.people import Contact
from app.domain.privacy import Privacy
from app.domain.satisfaction import Satisfaction
from app.domain.slip_papers import AssignmentSlip, FeedbackSlip
from app.domain.values import Id, wording
from app.errors import Refused
from app.queries.issue_words import joined
from app.queries.naming import Naming
from app.queries.record import record
from app.queries.relations import found, member, of_id, title_of
from app.storage.tables import CurrentRow
from app.workspace import Workspace

_ALL_ABOUT_IT: Final = "办理结果及依据，由负责人签发、加盖公章"


@dataclass(frozen=True, slots=True)
class _Handed:
    """A matter, and the slip it went to a unit with."""

    issue: Issue
    slip: Assignment


def assignment_slip(workspace: Workspace, id: Id, privacy: Privacy = Privacy.USUAL, *, wordless: bool = False) -> AssignmentSlip:
    """The slip of an assignment, or the newest one of an issue: the resident masked, or in full where that is asked for.

    `wordless` leaves the resident's own words and who it was out.

    Raises `Refused("record_missing")`, `Refused("paper_other_kind", paper, kind)`, `Refused("not_assigned", title)`.
    """
    handed = _handed(workspace, id, PaperName.ASSIGNMENT_SLIP)
    issue, slip = handed.issue, handed.slip
    with workspace.reading() as connection:
        met = of_id(connection, Encounter, issue.encounter)
        contact = next(iter(found(connection, Contact, member("of") == met.id)), None) if met else None
        naming = Naming(connection, privacy)
        person = naming.visitor(met, contact, confidential=issue.confidential)
        name = person.name if privacy is Privacy.FULL else naming.listed(met, confidential=issue.confidential)
        shown = AssignmentSlip(
            record=slip.id,
            number=slip.number,
            source_number=slip.source_number,
            classification=wording(slip.classification),
            body=slip.assigned_by_body,
            unit=title_of(connection, slip.unit),
            co_units=_others(connection, slip),
            summary=slip.summary or issue.title(),
            words="" if wordless else issue.words,
            place=issue.place,
            raised_by="" if wordless else name,
            phone="" if wordless else person.phone,
            attachments=_files(connection, issue.id),
            instruction=slip.instruction,
            assigned_on=long_day(slip.assigned_on),
            due_on=long_day(slip.extended_to or slip.due_on),
            feedback_required=slip.feedback_required or _ALL_ABOUT_IT,
            assigned_by=slip.assigned_by,
            signed_for=joined(slip.signed_for_by, long_day(slip.signed_for_on)),
        )
        return naming.silent(shown)


def feedback_slip(workspace: Workspace, id: Id) -> FeedbackSlip:
    """The slip on which the unit of an assignment answers, or of the newest one of an issue; raises as `assignment_slip`."""
    handed = _handed(workspace, id, PaperName.FEEDBACK_SLIP)
    issue, slip = handed.issue, handed.slip
    with workspace.reading() as connection:
        unit, others = title_of(connection, slip.unit), _others(connection, slip)
    answered = slip.result == issue.result  # of an earlier round nobody asked the resident
    return FeedbackSlip(
        record=slip.id,
        number=slip.number,
        source_number=slip.source_number,
        body=slip.assigned_by_body,
        unit=unit,
        co_units=others,
        co_opinion=slip.co_handler_opinion,
        summary=slip.summary or issue.title(),
        assigned_on=long_day(slip.assigned_on),
        due_on=long_day(slip.extended_to or slip.due_on),
        results=answers(IssueResult, slip.result),
        account=slip.account,
        basis=slip.basis,
        handler=slip.handler,
        phone=slip.office_phone,
        issued_by=slip.issued_by,
        sealed=slip.sealed,
        day=long_day(slip.feedback_on),
        deputy_opinion=slip.deputy_opinion,
        satisfactions=answers(Satisfaction, issue.satisfaction if answered else ""),
        call_back=joined(issue.call_back_by, long_day(issue.call_back_on), wording(issue.call_back_way)) if answered else "",
    )


def _handed(workspace: Workspace, id: Id, paper: PaperName) -> _Handed:
    asked = record(workspace, id).record
    with workspace.reading() as connection:
        match asked:
            case Issue():
                slips: Sequence[Assignment] = found(connection, Assignment, member("of") == asked.id)
                if not slips:
                    raise Refused("not_assigned", title=asked.title())
                return _Handed(asked, max(slips, key=lambda each: each.round))
            case Assignment() if issue := of_id(connection, Issue, asked.of):
                return _Handed(issue, asked)
            case _:
                raise Refused("paper_other_kind", paper=paper, kind=asked.traits.name)


def _others(connection: Connection, slip: Assignment) -> str:
    return "、".join(title_of(connection, each) for each in slip.co_units)


def _files(connection: Connection, issue: Id) -> str:
    named = func.coalesce(CurrentRow.title, "") != ""
    names = [each.name for each in found(connection, Attachment, member("of") == issue, named)]
    return f"{len(names)}件：{'、'.join(names)}" if names else ""

"""Every value that a paper can be printed from, and how many records it lists."""

from app.domain.activity_papers import ActivityRecord, AttendanceSheet, CampaignPaper, DeputyCards, ProjectBallot, ProjectProgress
from app.domain.award_papers import AwardLedger
from app.domain.exchange_papers import DeliveryNote, Statement
from app.domain.papers import (
    BlankForms,
    CallBackList,
    DutyRota,
    IssueLedger,
    ReceptionForm,
    ReceptionNotice,
    SuggestionPaper,
    VisitLog,
    VisitorSlips,
)
from app.domain.slip_papers import AssignmentSlip, FeedbackSlip
from app.domain.suggestion_papers import CommitmentLedger, SuggestionLedger, SuggestionSheets

Printed = (
    tuple[ReceptionForm, ...]
    | VisitLog
    | IssueLedger
    | SuggestionPaper
    | ReceptionNotice
    | DutyRota
    | VisitorSlips
    | CallBackList
    | BlankForms
    | ActivityRecord
    | AttendanceSheet
    | CampaignPaper
    | AssignmentSlip
    | FeedbackSlip
    | ProjectBallot
    | ProjectProgress
    | DeputyCards
    | SuggestionSheets
    | SuggestionLedger
    | CommitmentLedger
    | AwardLedger
    | DeliveryNote
    | Statement
)
"""What a paper is printed from."""


def counted(paper: Printed) -> int:
    """How many records a paper lists: forms, lines, days, slips, or the one suggestion."""
    match paper:
        case VisitLog() | IssueLedger() | DutyRota() | ProjectBallot() | ProjectProgress():
            return len(paper.lines)
        case SuggestionLedger() | CommitmentLedger() | AwardLedger():
            return len(paper.lines)
        case SuggestionSheets():
            return len(paper.sheets)
        case ReceptionNotice():
            return len(paper.days)
        case VisitorSlips():
            return len(paper.slips)
        case CallBackList():
            return sum(len(each.lines) for each in paper.groups)
        case DeliveryNote():
            return len(paper.parcels)
        case Statement():
            return len(paper.numbers)
        case BlankForms():
            return len(paper.numbers)
        case DeputyCards():
            return len(paper.cards)
        case tuple():
            return len(paper)
        case _:
            return 1

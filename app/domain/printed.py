"""Every value that a paper can be printed from."""

from app.domain.activity_papers import ActivityRecord, AttendanceSheet, CampaignPaper, DeputyCards, ProjectBallot, ProjectProgress
from app.domain.award_papers import AwardLedger
from app.domain.exchange_papers import DeliveryNote, Statement
from app.domain.papers import BlankForms, IssueLedger, SuggestionPaper, VisitLog
from app.domain.reception_papers import CallBackList, DutyRota, ReceptionForms, ReceptionNotice, VisitorSlips
from app.domain.slip_papers import AssignmentSlip, FeedbackSlip
from app.domain.suggestion_papers import CommitmentLedger, SuggestionLedger, SuggestionSheets

Printed = (
    ReceptionForms
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

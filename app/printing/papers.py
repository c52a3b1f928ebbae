"""Every paper from what it shows to its PDF file."""

from datetime import datetime
from typing import assert_never

from app.domain.activity_papers import ActivityRecord, AttendanceSheet, CampaignPaper, DeputyCards, ProjectBallot, ProjectProgress
from app.domain.award_papers import AwardLedger
from app.domain.exchange_papers import DeliveryNote, Statement
from app.domain.papers import BlankForms, IssueLedger, PaperName, SuggestionPaper, VisitLog
from app.domain.printed import Printed
from app.domain.reception_papers import CallBackList, DutyRota, ReceptionForms, ReceptionNotice, VisitorSlips
from app.domain.slip_papers import AssignmentSlip, FeedbackSlip
from app.domain.suggestion_papers import CommitmentLedger, SuggestionLedger, SuggestionSheets
from app.printing.activity_record import blank_record_paper, record_paper, sheet_paper
from app.printing.award_ledger import award_ledger_paper
from app.printing.blank_forms import blank_paper
from app.printing.call_back_list import call_back_paper
from app.printing.campaign_table import campaign_table_paper
from app.printing.deputy_cards import cards_paper
from app.printing.duty_rota import rota_paper
from app.printing.exchange_papers import delivery_paper, statement_paper
from app.printing.issue_ledger import issue_ledger_paper
from app.printing.paper import Paper, typeset
from app.printing.project_lists import ballot_paper, progress_paper
from app.printing.reception_form import reception_paper
from app.printing.reception_notice import notice_paper
from app.printing.slips import assignment_paper, feedback_paper
from app.printing.suggestion_ledgers import commitment_ledger_paper, suggestion_ledger_paper
from app.printing.suggestion_paper import official_paper
from app.printing.suggestion_sheets import suggestion_sheets_paper
from app.printing.visit_log import visit_log_paper
from app.printing.visitor_slip import slips_paper
from app.progress import Progress


def paper_of(shown: Printed, at: datetime) -> Paper:
    """The paper that shows this, printed at a moment (aware)."""
    match shown:
        case ReceptionForms():
            return reception_paper(shown.forms, at)
        case VisitLog():
            return visit_log_paper(shown, at)
        case IssueLedger():
            return issue_ledger_paper(shown, at)
        case SuggestionPaper():
            return official_paper(shown, at)
        case ReceptionNotice():
            return notice_paper(shown, at)
        case DutyRota():
            return rota_paper(shown, at)
        case VisitorSlips():
            return slips_paper(shown, at)
        case CallBackList():
            return call_back_paper(shown, at)
        case ActivityRecord():
            return record_paper(shown, at)
        case AttendanceSheet():
            return sheet_paper(shown, at)
        case CampaignPaper():
            return campaign_table_paper(shown, at)
        case BlankForms(name=PaperName.BLANK_ACTIVITY_RECORD):
            return blank_record_paper(shown, at)
        case BlankForms():
            return blank_paper(shown, at)
        case AssignmentSlip():
            return assignment_paper(shown, at)
        case FeedbackSlip():
            return feedback_paper(shown, at)
        case ProjectBallot():
            return ballot_paper(shown, at)
        case ProjectProgress():
            return progress_paper(shown, at)
        case DeputyCards():
            return cards_paper(shown, at)
        case SuggestionSheets():
            return suggestion_sheets_paper(shown, at)
        case SuggestionLedger():
            return suggestion_ledger_paper(shown, at)
        case CommitmentLedger():
            return commitment_ledger_paper(shown, at)
        case AwardLedger():
            return award_ledger_paper(shown, at)
        case DeliveryNote():
            return delivery_paper(shown, at)
        case Statement():
            return statement_paper(shown, at)
        case _:
            assert_never(shown)


def pdf_of(shown: Printed, at: datetime, *, substitute: bool, progress: Progress) -> bytes:
    """The paper as a PDF file; `progress.total` is then its number of pages. Raises as `typeset` does."""
    return typeset(paper_of(shown, at), substitute=substitute, progress=progress)

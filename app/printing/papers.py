"""Every paper from what it shows to its PDF file."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any, Final, TypeVar

from app.domain.activity_papers import ActivityRecord, AttendanceSheet, CampaignPaper, DeputyCards, ProjectBallot, ProjectProgress
from app.domain.archive_paper import Archive
from app.domain.attachment_pages import AttachmentPages
from app.domain.award_papers import AwardLedger
from app.domain.batch import Batch, BatchedPaper
from app.domain.bulletin_paper import BulletinPaper
from app.domain.check_papers import CheckLedger
from app.domain.dossier import Dossier
from app.domain.exchange_papers import DeliveryNote, Statement
from app.domain.issue_papers import CallBackRecord, IssueRecord, PublicSheet
from app.domain.minutes import Minutes
from app.domain.paper_code import House, PrintMark
from app.domain.papers import BlankForms, IssueLedger, PaperName, Shown, SuggestionPaper, VisitLog
from app.domain.points_papers import PointsLedger, PointsSummary
from app.domain.reception_papers import CallBackList, DutyRota, Poster, ReceptionForms, ReceptionNotice, VisitorSlips
from app.domain.reply_letter import ReplyLetter
from app.domain.ruler_sheet import RulerSheet
from app.domain.slip_papers import AssignmentSlip, FeedbackSlip
from app.domain.station_ledgers import ActivityLedger, AttendanceLedger, HandlingLedger, OutreachLedger, ReceptionLedger
from app.domain.station_report import StationReport
from app.domain.suggestion_papers import CommitmentLedger, Compendium, SuggestionLedger, SuggestionSheets
from app.printing.activity_record import blank_record_paper, record_paper, sheet_paper
from app.printing.archive import archive_volume
from app.printing.attachment_pages import attachment_pages_paper
from app.printing.award_ledger import award_ledger_paper
from app.printing.blank_forms import blank_paper
from app.printing.bulletin import bulletin_document
from app.printing.call_back_list import call_back_paper
from app.printing.campaign_table import campaign_table_paper
from app.printing.check_ledger import check_ledger_paper
from app.printing.compendium import compendium_paper
from app.printing.deputy_cards import cards_paper
from app.printing.duty_rota import rota_paper
from app.printing.exchange_papers import delivery_paper, statement_paper
from app.printing.issue_ledger import issue_ledger_paper
from app.printing.issue_papers import call_back_record_paper, issue_record_paper, public_sheet_paper
from app.printing.ledger import SEALED, printed_words
from app.printing.outlined import outlined_paper
from app.printing.page import LEDGER
from app.printing.paper import Paper, Volume, typeset
from app.printing.paragraph import Paragraph
from app.printing.points_papers import points_ledger_paper, points_summary_paper
from app.printing.poster import poster_paper
from app.printing.project_lists import ballot_paper, progress_paper
from app.printing.qr_code import QrCode
from app.printing.reception_form import reception_paper
from app.printing.reception_notice import notice_paper
from app.printing.reply_letter import reply_letter_paper
from app.printing.ruler_sheet import ruler_paper
from app.printing.slips import assignment_paper, feedback_paper
from app.printing.station_ledgers import (
    activity_ledger_paper,
    attendance_ledger_paper,
    handling_ledger_paper,
    outreach_ledger_paper,
    reception_ledger_paper,
)
from app.printing.suggestion_ledgers import commitment_ledger_paper, suggestion_ledger_paper
from app.printing.suggestion_paper import official_paper
from app.printing.suggestion_sheets import suggestion_sheets_paper
from app.printing.visit_log import visit_log_paper
from app.printing.visitor_slip import slips_paper
from app.progress import Progress

_Shown = TypeVar("_Shown", bound=Shown)
_Setter = tuple[type[Shown], Callable[[Any, datetime], Paper]]


def _sets(shown: type[_Shown], setter: Callable[[_Shown, datetime], Paper]) -> _Setter:
    """A value and what sets it, each fitting the other."""
    return shown, setter


def _blank_forms_paper(forms: BlankForms, printed: datetime) -> Paper:
    made = blank_record_paper if forms.name is PaperName.BLANK_ACTIVITY_RECORD else blank_paper
    return made(forms, printed)


_SETTERS: Final = dict(
    (
        _sets(ReceptionForms, lambda shown, at: reception_paper(shown.forms, at)),
        _sets(VisitLog, visit_log_paper),
        _sets(ReceptionLedger, reception_ledger_paper),
        _sets(OutreachLedger, outreach_ledger_paper),
        _sets(ActivityLedger, activity_ledger_paper),
        _sets(AttendanceLedger, attendance_ledger_paper),
        _sets(IssueLedger, issue_ledger_paper),
        _sets(HandlingLedger, handling_ledger_paper),
        _sets(IssueRecord, issue_record_paper),
        _sets(ReplyLetter, reply_letter_paper),
        _sets(AttachmentPages, attachment_pages_paper),
        _sets(CallBackRecord, call_back_record_paper),
        _sets(PublicSheet, public_sheet_paper),
        _sets(Poster, poster_paper),
        _sets(Compendium, compendium_paper),
        _sets(SuggestionPaper, official_paper),
        _sets(ReceptionNotice, notice_paper),
        _sets(DutyRota, rota_paper),
        _sets(VisitorSlips, slips_paper),
        _sets(CallBackList, call_back_paper),
        _sets(ActivityRecord, record_paper),
        _sets(AttendanceSheet, sheet_paper),
        _sets(CampaignPaper, campaign_table_paper),
        _sets(AssignmentSlip, assignment_paper),
        _sets(FeedbackSlip, feedback_paper),
        _sets(ProjectBallot, ballot_paper),
        _sets(ProjectProgress, progress_paper),
        _sets(Dossier, outlined_paper),
        _sets(Minutes, outlined_paper),
        _sets(StationReport, outlined_paper),
        _sets(RulerSheet, ruler_paper),
        _sets(DeputyCards, cards_paper),
        _sets(SuggestionSheets, suggestion_sheets_paper),
        _sets(SuggestionLedger, suggestion_ledger_paper),
        _sets(CommitmentLedger, commitment_ledger_paper),
        _sets(AwardLedger, award_ledger_paper),
        _sets(CheckLedger, check_ledger_paper),
        _sets(PointsLedger, points_ledger_paper),
        _sets(PointsSummary, points_summary_paper),
        _sets(DeliveryNote, delivery_paper),
        _sets(Statement, statement_paper),
        _sets(BulletinPaper, bulletin_document),
        _sets(BlankForms, _blank_forms_paper),
    )
)


def paper_of(shown: Shown, at: datetime) -> Paper:
    """The paper that shows this, printed at a moment (aware)."""
    return _SETTERS[type(shown)](shown, at)


def pdf_of(shown: Shown, at: datetime, *, substitute: bool, progress: Progress, mark: PrintMark | None = None) -> bytes:
    """The paper as a PDF file; `progress.total` is then its number of pages. Raises as `typeset` does.

    `mark` says when it is printed, which internal papers tell and their codes hold.
    """
    printed: Paper | Volume
    if isinstance(shown, Batch):
        papers = [_marked(paper_of(each.shown, at), _nth(mark, each)) for each in shown.papers]
        printed = Volume(title=papers[0].title, created=at, papers=papers)
    elif isinstance(shown, Archive):
        volume = archive_volume(shown, at, paper_of)
        printed = replace(volume, papers=[_marked(each, mark) for each in volume.papers])
    else:
        printed = _marked(paper_of(shown, at), mark)
    office = mark.house.office if mark else ""
    return typeset(replace(printed, author=office, subject=shown.of_what), substitute=substitute, progress=progress)


_SEAL: Final = "（盖章处）"


def _nth(mark: PrintMark | None, batched: BatchedPaper) -> PrintMark | None:
    return replace(mark, nth=batched.nth, record=batched.record) if mark else None


def _marked(paper: Paper, mark: PrintMark | None) -> Paper:
    """The paper with the mark in its codes and at its foot, and what the station puts on its papers."""
    blocks = [replace(each, mark=mark) if isinstance(each, QrCode) else each for each in paper.blocks]
    furniture = replace(paper.furniture, mark=mark)
    house = mark.house if mark else House()
    if furniture.printed:
        furniture = replace(furniture, heading=house.heading, note=house.note, footer=house.footer)
        if house.seal and paper.frame is LEDGER:
            blocks.append(Paragraph(_SEAL, SEALED))
    elif mark and house.outward:
        furniture = replace(furniture, printed=printed_words(paper.created), record=mark.record)
    return replace(paper, blocks=blocks, furniture=furniture)

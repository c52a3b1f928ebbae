"""Every paper from what it shows to its PDF file."""

from datetime import datetime

from app.domain.papers import IssueLedger, Printed, SuggestionPaper, VisitLog
from app.printing.issue_ledger import issue_ledger_paper
from app.printing.paper import Paper, typeset
from app.printing.reception_form import reception_paper
from app.printing.suggestion_paper import official_paper
from app.printing.visit_log import visit_log_paper
from app.progress import Progress


def paper_of(shown: Printed, at: datetime) -> Paper:
    """The paper that shows this, printed at a moment (aware)."""
    match shown:
        case VisitLog():
            return visit_log_paper(shown, at)
        case IssueLedger():
            return issue_ledger_paper(shown, at)
        case SuggestionPaper():
            return official_paper(shown, at)
        case _:
            return reception_paper(shown, at)


def pdf_of(shown: Printed, at: datetime, *, substitute: bool, progress: Progress) -> bytes:
    """The paper as a PDF file; `progress.total` is then its number of pages. Raises as `typeset` does."""
    return typeset(paper_of(shown, at), substitute=substitute, progress=progress)

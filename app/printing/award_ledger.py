"""The list of stars and awards on paper (评星评优名单)."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from app.domain.award_papers import AwardLedger, AwardLine
from app.domain.papers import PaperName
from app.printing.ledger import ledger_paper
from app.printing.paper import Paper
from app.printing.paragraph import Align
from app.printing.table import Column

_COLUMNS: Final = (
    Column(title="年度", wraps=False, align=Align.CENTRE),
    Column(title="类别\n名称或星级", width=2.2, align=Align.LEFT),
    Column(title="授予对象", width=3.6, align=Align.LEFT),
    Column(title="领衔代表", width=1.6, align=Align.LEFT),
    Column(title="评定（表彰）机关\n文号", width=3.0, align=Align.LEFT),
    Column(title="日期", wraps=False, align=Align.CENTRE),
    Column(title="理由", width=3.6, align=Align.LEFT),
)


def award_ledger_paper(ledger: AwardLedger, printed: datetime) -> Paper:
    """The list, one row a rating or an award; `printed` (aware) is when."""
    return ledger_paper(PaperName.AWARD_LEDGER.label, ledger.head, _COLUMNS, [_row(each) for each in ledger.lines], printed)


def _row(line: AwardLine) -> Sequence[str]:
    named = "\n".join(dict.fromkeys(part for part in (line.award_type, line.name) if part))
    issued = "\n".join(part for part in (line.issuer, line.document_no) if part)
    return line.year, named, line.recipient, line.lead, issued, line.on, line.reason

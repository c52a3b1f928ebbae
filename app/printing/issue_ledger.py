"""The ledger of issues with their full text (意见台账)."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from app.domain.papers import IssueLedger, IssueLine, PaperName
from app.printing.ledger import ledger_paper
from app.printing.paper import Paper
from app.printing.paragraph import Align
from app.printing.table import Column

_COLUMNS: Final = (
    Column(title="编号和日期", wraps=False, align=Align.CENTRE),
    Column(title="反映人", width=1.3, align=Align.CENTRE),
    Column(title="地点", width=1.7, align=Align.LEFT),
    Column(title="反映事项和内容（原话）", width=6.8),
    Column(title="类别", width=1.5, align=Align.LEFT),
    Column(title="去向", width=1.6, align=Align.LEFT),
    Column(title="承办单位", width=1.9, align=Align.LEFT),
    Column(title="状态", wraps=False, align=Align.CENTRE),
    Column(title="办理期限", width=2.1, align=Align.CENTRE),
    Column(title="办理结果", width=3.2),
)


def issue_ledger_paper(ledger: IssueLedger, printed: datetime) -> Paper:
    """The ledger, one row an issue."""
    return ledger_paper(PaperName.ISSUE_LEDGER.label, ledger.head, _COLUMNS, [_row(each) for each in ledger.lines], printed)


def _row(line: IssueLine) -> Sequence[str]:
    known = "\n".join(part for part in (line.number, line.day) if part)
    said = "\n".join(part for part in (line.subject, line.words) if part)
    return (known, line.person, line.place, said, line.category, line.route, line.unit, line.state, line.due, line.result)

"""The log of a period as a ledger (接待走访日志)."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from app.domain.papers import PaperName, VisitLine, VisitLog
from app.printing.ledger import in_twos, ledger_paper, numbered
from app.printing.paper import Paper
from app.printing.paragraph import Align
from app.printing.table import Column

_COLUMNS: Final = (
    Column(title="序号", wraps=False, align=Align.CENTRE),
    Column(title="日期", wraps=False, align=Align.CENTRE),
    Column(title="类别", wraps=False, align=Align.CENTRE),
    Column(title="地点", width=2.2, align=Align.LEFT),
    Column(title="参加代表", width=2, align=Align.LEFT),
    Column(title="人数", wraps=False, align=Align.CENTRE, summed=True),
    Column(title="活动情况", width=5),
    Column(title="反映的问题和建议", width=4.5),
)


def visit_log_paper(log: VisitLog, printed: datetime) -> Paper:
    """The log, one row a visit."""
    rows = [_row(number, line) for number, line in enumerate(log.lines, start=1)]
    return ledger_paper(PaperName.VISIT_LOG.label, log.head, _COLUMNS, rows, printed)


def _row(number: int, line: VisitLine) -> Sequence[str]:
    when = "\n".join(part for part in (line.day, line.hours) if part)
    return (str(number), when, line.kind, line.place, in_twos(line.deputies), line.people, line.account, numbered(line.matters))

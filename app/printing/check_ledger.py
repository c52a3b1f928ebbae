"""The ledger of checks on paper (物料制度检查台账)."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from app.domain.check_papers import CheckLedger, CheckLine
from app.domain.papers import PaperName
from app.printing.ledger import ledger_paper
from app.printing.paper import Paper
from app.printing.paragraph import Align
from app.printing.table import Column

_COLUMNS: Final = (
    Column(title="序号", wraps=False, align=Align.CENTRE),
    Column(title="日期", wraps=False, align=Align.CENTRE),
    Column(title="类别", width=1.4, align=Align.CENTRE),
    Column(title="检查项目", width=3.4, align=Align.LEFT),
    Column(title="结果", wraps=False, align=Align.CENTRE),
    Column(title="情况", width=3.0, align=Align.LEFT),
    Column(title="检查人", width=1.2, align=Align.CENTRE),
    Column(title="整改期限", wraps=False, align=Align.CENTRE),
    Column(title="整改措施", width=2.6, align=Align.LEFT),
    Column(title="整改日期", wraps=False, align=Align.CENTRE),
)


def check_ledger_paper(ledger: CheckLedger, printed: datetime) -> Paper:
    """The ledger, one row an item and day; `printed` (aware) is when."""
    rows = [(str(place), *_row(each)) for place, each in enumerate(ledger.lines, start=1)]
    return ledger_paper(PaperName.CHECK_LEDGER.label, ledger.head, _COLUMNS, rows, printed)


def _row(line: CheckLine) -> Sequence[str]:
    found = (line.day, line.group, line.item, line.finding, line.account, line.checked_by)
    return (*found, line.due, line.measure, line.mended_on)

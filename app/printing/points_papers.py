"""The ledger and the summary of points on paper (履职积分台账, 履职积分汇总表)."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from app.domain.papers import PaperName
from app.domain.points_papers import PointsLedger, PointsLine, PointsSummary, ScoreLine
from app.printing.ledger import ledger_paper
from app.printing.paper import Paper
from app.printing.paragraph import Align
from app.printing.table import Column

_LEDGER: Final = (
    Column(title="代表", wraps=False, align=Align.CENTRE),
    Column(title="日期", wraps=False, align=Align.CENTRE),
    Column(title="积分项目", width=2.4, align=Align.LEFT),
    Column(title="依据和说明", width=4.0, align=Align.LEFT),
    Column(title="数量", wraps=False, align=Align.CENTRE),
    Column(title="得分", wraps=False, align=Align.CENTRE),
    Column(title="初审", width=1.5, align=Align.CENTRE),
    Column(title="复核", width=1.5, align=Align.CENTRE),
    Column(title="状态", width=1.8, align=Align.CENTRE),
)
_SUMMARY: Final = (
    Column(title="序号", wraps=False, align=Align.CENTRE),
    Column(title="代表", wraps=False, align=Align.CENTRE),
    Column(title="层级", wraps=False, align=Align.CENTRE),
    Column(title="各项得分", width=6.0, align=Align.LEFT),
    Column(title="已审核", wraps=False, align=Align.CENTRE, summed=True),
    Column(title="待审核", wraps=False, align=Align.CENTRE, summed=True),
    Column(title="得分", wraps=False, align=Align.CENTRE),
    Column(title="等次", width=1.4, align=Align.CENTRE),
)


def points_ledger_paper(ledger: PointsLedger, printed: datetime) -> Paper:
    """The ledger, one row an entry; `printed` (aware) is when."""
    return ledger_paper(PaperName.POINTS_LEDGER.label, ledger.head, _LEDGER, [_entry(each) for each in ledger.lines], printed)


def points_summary_paper(ledger: PointsSummary, printed: datetime) -> Paper:
    """The summary, one row a deputy and scheme; `printed` (aware) is when."""
    rows = [(str(place), *_score(each)) for place, each in enumerate(ledger.lines, start=1)]
    return ledger_paper(PaperName.POINTS_SUMMARY.label, ledger.head, _SUMMARY, rows, printed)


def _entry(line: PointsLine) -> Sequence[str]:
    settled = ("\n".join(line.first), "\n".join(line.second), line.state)
    return line.deputy, line.day, line.item, line.account, line.quantity, line.points, *settled


def _score(line: ScoreLine) -> Sequence[str]:
    return line.deputy, line.level, "，".join(line.items), line.approved, line.waiting, line.total, line.grade

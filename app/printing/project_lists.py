"""The lists of livelihood projects: candidates with room for marks (票决候选项目表), the chosen ones' progress (实施进度表)."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from app.domain.activity_papers import BallotLine, ProgressLine, ProjectBallot, ProjectProgress
from app.domain.papers import PaperName
from app.printing.ledger import ledger_paper
from app.printing.paper import Paper
from app.printing.paragraph import Align
from app.printing.table import Column

_MARKS: Final = "☐赞成\n☐反对\n☐弃权"
_BALLOT: Final = (
    Column(title="序号", wraps=False, align=Align.CENTRE),
    Column(title="年度", wraps=False, align=Align.CENTRE),
    Column(title="项目名称", width=2.6, align=Align.LEFT),
    Column(title="建设内容", width=4.6, align=Align.LEFT),
    Column(title="地点", width=1.8, align=Align.LEFT),
    Column(title="责任单位", width=1.9, align=Align.LEFT),
    Column(title="资金（万元）", wraps=False, align=Align.RIGHT),
    Column(title="来源意见", wraps=False, align=Align.CENTRE),
    Column(title="票决", wraps=False, align=Align.LEFT),
)
_PROGRESS: Final = (
    Column(title="序号", wraps=False, align=Align.CENTRE),
    Column(title="年度", wraps=False, align=Align.CENTRE),
    Column(title="项目名称", width=2.6, align=Align.LEFT),
    Column(title="责任单位\n和责任人", width=1.8, align=Align.LEFT),
    Column(title="资金（万元）", wraps=False, align=Align.RIGHT),
    Column(title="票决结果", wraps=False, align=Align.CENTRE),
    Column(title="状态", wraps=False, align=Align.CENTRE),
    Column(title="计划和完成", wraps=False, align=Align.LEFT),
    Column(title="进展", width=3.6, align=Align.LEFT),
    Column(title="群众评议", wraps=False, align=Align.LEFT),
)


def ballot_paper(ballot: ProjectBallot, printed: datetime) -> Paper:
    """The candidates, one row each."""
    rows = [_ballot_row(number, line) for number, line in enumerate(ballot.lines, start=1)]
    return ledger_paper(PaperName.PROJECT_BALLOT.label, ballot.head, _BALLOT, rows, printed)


def progress_paper(progress: ProjectProgress, printed: datetime) -> Paper:
    """The chosen projects, one row each."""
    rows = [_progress_row(number, line) for number, line in enumerate(progress.lines, start=1)]
    return ledger_paper(PaperName.PROJECT_PROGRESS.label, progress.head, _PROGRESS, rows, printed)


def _ballot_row(number: int, line: BallotLine) -> Sequence[str]:
    told = (line.year, line.name, line.content, line.place, line.unit, line.budget, line.grounds)
    return str(number), *told, _MARKS


def _progress_row(number: int, line: ProgressLine) -> Sequence[str]:
    told = (line.year, line.name, line.unit, line.budget, line.votes, line.state, line.days, line.progress)
    return str(number), *told, line.satisfaction

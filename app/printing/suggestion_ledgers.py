"""The ledgers of suggestions on paper: several of their columns share one, the sums of the units stand below the rows."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from app.domain.papers import Ledger, PaperName
from app.domain.suggestion_papers import (
    COMMITMENT_COUNTS,
    SUGGESTION_COUNTS,
    UNITS,
    CommitmentLedger,
    CommitmentLine,
    SuggestionLedger,
    SuggestionLine,
    UnitCount,
)
from app.printing.fonts import Face
from app.printing.ledger import ROWS, ledger_paper
from app.printing.paper import Paper
from app.printing.paragraph import Align, Paragraph, TextStyle
from app.printing.table import Column, Table

_PART: Final = TextStyle(face=Face.HEI, size=12, leading=18, align=Align.LEFT, before=14, after=4, keep_with_next=True)

_SUGGESTIONS: Final = (
    Column(title="编号\n年度/会议", width=2.6, align=Align.LEFT),
    Column(title="标题", width=3.4, align=Align.LEFT),
    Column(title="领衔\n联名人数", width=1.8, align=Align.CENTRE),
    Column(title="类别", width=1.5, align=Align.LEFT),
    Column(title="提交日期\n审查结果", width=1.9, align=Align.CENTRE),
    Column(title="主办/会办/分办", width=3.0, align=Align.LEFT),
    Column(title="交办日期\n3月/6月到期", width=2.8, align=Align.LEFT),
    Column(title="答复日期\n类别码", width=2.0, align=Align.CENTRE),
    Column(title="态度\n结果", width=1.6, align=Align.CENTRE),
    Column(title="公开", width=1.2, align=Align.CENTRE),
    Column(title="B类\n跟踪", width=1.4, align=Align.CENTRE),
    Column(title="重办\n轮次", width=1.0, align=Align.CENTRE),
)
_COMMITMENTS: Final = (
    Column(title="建议号和标题", width=3.4, align=Align.LEFT),
    Column(title="承诺内容", width=4.0, align=Align.LEFT),
    Column(title="承诺时限", wraps=False, align=Align.CENTRE),
    Column(title="责任单位", width=2.0, align=Align.LEFT),
    Column(title="进展", width=3.4, align=Align.LEFT),
    Column(title="转类日期和原因", width=3.0, align=Align.LEFT),
    Column(title="销号", width=1.7, align=Align.CENTRE),
)


def suggestion_ledger_paper(ledger: SuggestionLedger, printed: datetime) -> Paper:
    """The ledger, one row a suggestion; `printed` (aware) is when."""
    rows = [_suggestion(each) for each in ledger.lines]
    return _with_units(PaperName.SUGGESTION_LEDGER, ledger.head, _SUGGESTIONS, rows, SUGGESTION_COUNTS, ledger.units, printed)


def commitment_ledger_paper(ledger: CommitmentLedger, printed: datetime) -> Paper:
    """The ledger, one row a promise; `printed` (aware) is when."""
    rows = [_commitment(each) for each in ledger.lines]
    return _with_units(PaperName.COMMITMENT_LEDGER, ledger.head, _COMMITMENTS, rows, COMMITMENT_COUNTS, ledger.units, printed)


def _with_units(
    name: PaperName,
    head: Ledger,
    columns: Sequence[Column],
    rows: Sequence[Sequence[str]],
    counts: Sequence[str],
    units: Sequence[UnitCount],
    printed: datetime,
) -> Paper:
    paper = ledger_paper(name.label, head, columns, rows, printed)
    if units:
        numbers = [Column(title=each, width=1.6, align=Align.CENTRE) for each in counts]
        sums = [str(sum(column)) for column in zip(*(each.numbers for each in units), strict=True)]
        counted = [*([each.unit, *map(str, each.numbers)] for each in units), ["合计", *sums]]
        table = Table(columns=[Column(title="单位", width=5.0, align=Align.LEFT), *numbers], rows=counted, style=ROWS)
        paper = Paper(
            title=paper.title,
            created=printed,
            frame=paper.frame,
            blocks=[*paper.blocks, Paragraph(UNITS, _PART), table],
            furniture=paper.furniture,
        )
    return paper


def _suggestion(line: SuggestionLine) -> Sequence[str]:
    return (
        _under(line.number, line.session),
        line.subject,
        _under(line.lead, f"（{line.cosigners}名）" if line.cosigners else ""),
        line.category,
        _under(line.submitted_on, line.review),
        line.units,
        _under(line.assigned_on, line.due),
        _under(line.replied_on, line.reply_class),
        _under(line.attitude, line.result),
        line.disclosed,
        line.tracked,
        line.round,
    )


def _commitment(line: CommitmentLine) -> Sequence[str]:
    known = _under(line.number, line.subject)
    return known, line.promise, line.promised_by, line.unit, line.progress, line.change, line.cleared


def _under(*parts: str) -> str:
    return "\n".join(part for part in parts if part)

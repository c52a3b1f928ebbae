"""The rota of a period as a ledger (轮值表)."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from app.domain.papers import PaperName
from app.domain.reception_papers import DutyRota, RotaLine
from app.printing.ledger import in_twos, ledger_paper
from app.printing.paper import Paper
from app.printing.paragraph import Align
from app.printing.table import Column

_COLUMNS: Final = (
    Column(title="序号", wraps=False, align=Align.CENTRE),
    Column(title="日期", wraps=False, align=Align.CENTRE),
    Column(title="星期", wraps=False, align=Align.CENTRE),
    Column(title="时间", wraps=False, align=Align.CENTRE),
    Column(title="地点", width=2.4, align=Align.LEFT),
    Column(title="轮值代表", width=2.4, align=Align.LEFT),
    Column(title="主题", width=2.4, align=Align.LEFT),
    Column(title="公告日期", wraps=False, align=Align.CENTRE),
    Column(title="备注", width=1.6, align=Align.LEFT),
)


def rota_paper(rota: DutyRota, printed: datetime) -> Paper:
    """The rota, one row a day."""
    rows = [_row(number, line) for number, line in enumerate(rota.lines, start=1)]
    return ledger_paper(PaperName.DUTY_ROTA.label, rota.head, _COLUMNS, rows, printed)


def _row(number: int, line: RotaLine) -> Sequence[str]:
    deputies = in_twos(line.deputies)
    return str(number), line.day, line.week_day, line.hours, line.place, deputies, line.theme, line.announced, line.remark

"""The ledgers that a station keeps beside its log: receptions, outreach, handling, activities, attendance."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Final, TypeVar

from app.domain.papers import PaperName
from app.domain.station_ledgers import (
    ActivityLedger,
    ActivityLine,
    AttendanceLedger,
    AttendanceLine,
    HandlingLedger,
    HandlingLine,
    OutreachLedger,
    OutreachLine,
    ReceptionLedger,
    ReceptionLine,
)
from app.printing.ledger import in_twos, ledger_paper
from app.printing.paper import Paper
from app.printing.paragraph import Align
from app.printing.table import Column

_Line = TypeVar("_Line")


def _short(title: str, *, summed: bool = False) -> Column:
    return Column(title=title, wraps=False, align=Align.CENTRE, summed=summed)


def _text(title: str, width: float, align: Align = Align.LEFT) -> Column:
    return Column(title=title, width=width, align=align)


_NUMBER: Final = _short("序号")
_DAY: Final = _short("日期")
_RECEPTIONS: Final = (
    *(_NUMBER, _DAY, _text("接待代表", 1.7), _text("来访人", 1.2, Align.CENTRE), _text("事项", 4.4, Align.JUSTIFY)),
    *(_text("类别", 1.4), _text("去向", 1.6), _text("时限", 1.9, Align.CENTRE), _text("结果", 3.6, Align.JUSTIFY)),
    *(_short("反馈日期"), _short("满意度")),
)
_OUTREACH: Final = (
    *(_NUMBER, _DAY, _text("走访代表", 2.1), _text("走访对象", 1.3, Align.CENTRE), _short("人数", summed=True)),
    *(_text("村（社区）", 1.4), _text("反映问题和建议", 4.6, Align.JUSTIFY), _text("当场处理", 3, Align.JUSTIFY)),
    _text("转为意见", 1.6, Align.CENTRE),
)
_HANDLING: Final = (
    *(_NUMBER, _short("编号\n来源"), _short("收到日期\n交办日期"), _text("摘要", 4.4, Align.JUSTIFY), _text("类别", 1.3)),
    *(_text("承办（会办）单位", 2.6), _short("办理时限\n签收日期"), _short("办结日期\n结果"), _short("是否\n超期")),
    *(_short("回访日期\n满意度"), _short("归档号")),
)
_ACTIVITIES: Final = (
    *(_NUMBER, _short("编号\n日期"), _text("类别", 1.3), _text("主题", 2.4), _text("地点", 1.7), _text("组织者", 1.5)),
    *(_short("应到", summed=True), _short("实到", summed=True), _short("请假", summed=True)),
    *(_text("形成的意见建议", 4.4, Align.JUSTIFY), _short("转为\n意见", summed=True)),
)
_ATTENDANCE: Final = (
    *(_NUMBER, _DAY, _text("类别", 1.4), _text("活动", 3.6), _short("姓名"), _text("层级（身份）", 1.4, Align.CENTRE)),
    *(_short("出席情况"), _short("到达"), _short("离开"), _text("请假事由", 2.4)),
)


def reception_ledger_paper(ledger: ReceptionLedger, printed: datetime) -> Paper:
    """Who was received, one row a matter."""
    return ledger_paper(PaperName.RECEPTION_LEDGER.label, ledger.head, _RECEPTIONS, _rows(ledger.lines, _received), printed)


def outreach_ledger_paper(ledger: OutreachLedger, printed: datetime) -> Paper:
    """Whom deputies called on; the people are carried over from page to page."""
    return ledger_paper(PaperName.OUTREACH_LEDGER.label, ledger.head, _OUTREACH, _rows(ledger.lines, _called_on), printed)


def handling_ledger_paper(ledger: HandlingLedger, printed: datetime) -> Paper:
    """How issues were handled; days that follow each other stand in one cell."""
    return ledger_paper(PaperName.HANDLING_LEDGER.label, ledger.head, _HANDLING, _rows(ledger.lines, _handled), printed)


def activity_ledger_paper(ledger: ActivityLedger, printed: datetime) -> Paper:
    """What was held; who was expected and came is carried over from page to page."""
    return ledger_paper(PaperName.ACTIVITY_LEDGER.label, ledger.head, _ACTIVITIES, _rows(ledger.lines, _held), printed)


def attendance_ledger_paper(ledger: AttendanceLedger, printed: datetime) -> Paper:
    """Who came, one row a person and activity."""
    return ledger_paper(PaperName.ATTENDANCE_LEDGER.label, ledger.head, _ATTENDANCE, _rows(ledger.lines, _there), printed)


def _rows(lines: Sequence[_Line], cells: Callable[[_Line], Sequence[str]]) -> Sequence[Sequence[str]]:
    return [(str(number), *cells(line)) for number, line in enumerate(lines, start=1)]


def _received(line: ReceptionLine) -> Sequence[str]:
    known = (line.day, in_twos(line.deputies), line.person, line.subject, line.category, line.route, line.due, line.result)
    return (*known, line.told_on, line.satisfaction)


def _called_on(line: OutreachLine) -> Sequence[str]:
    met = (line.day, in_twos(line.deputies), line.person, line.people, line.village)
    return (*met, line.raised, line.handled, "\n".join(line.issues))


def _handled(line: HandlingLine) -> Sequence[str]:
    return (
        _below(line.number, line.source),
        _below(line.day, line.assigned_on),
        line.subject,
        line.category,
        "\n".join(line.units),
        _below(line.due, line.signed_on),
        _below(line.closed_on, line.result),
        line.overdue,
        _below(line.called_on, line.satisfaction),
        line.archive_number,
    )


def _held(line: ActivityLine) -> Sequence[str]:
    held = (_below(line.number, line.day), line.kind, line.theme, line.place, line.organiser)
    return (*held, line.expected, line.present, line.on_leave, line.conclusions, line.led_to)


def _there(line: AttendanceLine) -> Sequence[str]:
    return (line.day, line.kind, line.theme, line.name, line.level, line.presence, line.arrived, line.left, line.reason)


def _below(*parts: str) -> str:
    """What stands one below the other in a cell; a place stays free for what is not known yet."""
    return "\n".join(part or "—" for part in parts) if any(parts) else ""

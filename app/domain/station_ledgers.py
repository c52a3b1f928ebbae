"""The ledgers that a station keeps beside its log (domain brief 2.6): texts, ready to be set; residents masked."""

from dataclasses import dataclass
from typing import ClassVar

from app.domain.papers import Ledger, Listed


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceptionLine:
    """What one resident raised at a reception, and what became of it; several matters have a line each."""

    day: str
    deputies: tuple[str, ...]
    person: str
    subject: str
    category: str
    route: str
    due: str
    result: str
    told_on: str
    satisfaction: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceptionLedger(Listed):
    """Who was received in a period, and with what (接待台账), oldest first."""

    columns: ClassVar = ("日期", "接待代表", "来访人", "事项", "类别", "去向", "时限", "结果", "反馈日期", "满意度")
    head: Ledger
    lines: tuple[ReceptionLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OutreachLine:
    """One person, household or number of people that deputies called on."""

    day: str
    deputies: tuple[str, ...]
    person: str
    people: str
    village: str
    raised: str
    handled: str
    issues: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OutreachLedger(Listed):
    """Whom deputies called on in a period (走访台账), oldest first."""

    columns: ClassVar = ("日期", "走访代表", "走访对象", "人数", "村（社区）", "反映问题和建议", "当场处理", "转为意见")
    counted: ClassVar = frozenset({"people"})
    head: Ledger
    lines: tuple[OutreachLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class HandlingLine:
    """One issue from its receipt to its file, in the days of its way."""

    number: str
    source: str
    day: str
    subject: str
    category: str
    assigned_on: str
    units: tuple[str, ...]
    due: str
    signed_on: str
    closed_on: str
    result: str
    overdue: str
    called_on: str
    satisfaction: str
    archive_number: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HandlingLedger(Listed):
    """How the issues of a period were handled (意见办理台账), oldest first."""

    columns: ClassVar = (
        *("编号", "来源", "收到日期", "摘要", "类别", "交办日期", "承办（会办）单位", "办理时限"),
        *("签收日期", "办结日期", "结果", "是否超期", "回访日期", "满意度", "归档号"),
    )
    head: Ledger
    lines: tuple[HandlingLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivityLine:
    """One activity beside receptions and outreach."""

    number: str
    day: str
    kind: str
    theme: str
    place: str
    organiser: str
    expected: str
    present: str
    on_leave: str
    conclusions: str
    led_to: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivityLedger(Listed):
    """The activities of a period (活动台账), oldest first."""

    columns: ClassVar = (
        *("编号", "日期", "类别", "主题", "地点", "组织者", "应到", "实到", "请假"),
        *("形成的意见建议", "转为意见"),
    )
    counted: ClassVar = frozenset({"expected", "present", "on_leave", "led_to"})
    head: Ledger
    lines: tuple[ActivityLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AttendanceLine:
    """One person at one activity, or away from it."""

    day: str
    kind: str
    theme: str
    name: str
    level: str
    presence: str
    arrived: str
    left: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AttendanceLedger(Listed):
    """Who came and who did not, activity by activity (签到台账), oldest first."""

    columns: ClassVar = ("日期", "类别", "活动", "姓名", "层级（身份）", "出席情况", "到达", "离开", "请假事由")
    head: Ledger
    lines: tuple[AttendanceLine, ...]

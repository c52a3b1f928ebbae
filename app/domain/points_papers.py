"""The ledger and the summary of points (履职积分台账, 履职积分汇总表), ready to be printed."""

from dataclasses import dataclass
from typing import ClassVar

from app.domain.papers import Ledger, Listed


@dataclass(frozen=True, slots=True, kw_only=True)
class PointsLine:
    """One entry: what it is for, what it brings, who approved it."""

    deputy: str
    day: str
    item: str
    account: str
    quantity: str
    points: str
    first: tuple[str, ...]
    second: tuple[str, ...]
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PointsLedger(Listed):
    """Every entry of a period, deputy by deputy and day by day (domain brief 2.6)."""

    columns: ClassVar = ("代表", "日期", "积分项目", "依据和说明", "数量", "得分", "初审", "复核", "状态")
    counted: ClassVar = frozenset({"quantity"})
    head: Ledger
    lines: tuple[PointsLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreLine:
    """One deputy by one scheme."""

    deputy: str
    level: str
    items: tuple[str, ...]
    approved: str
    waiting: str
    total: str
    grade: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PointsSummary(Listed):
    """What every deputy has come to in a period, scheme by scheme, the most points first."""

    columns: ClassVar = ("代表", "层级", "各项得分", "已审核（条）", "待审核（条）", "得分", "等次")
    counted: ClassVar = frozenset({"approved", "waiting"})
    head: Ledger
    lines: tuple[ScoreLine, ...]

"""The ledger of checks (物料制度检查台账), ready to be printed."""

from dataclasses import dataclass
from typing import ClassVar

from app.domain.papers import Ledger, Listed


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckLine:
    """One item as it was found on a day, and what was done about it."""

    day: str
    group: str
    item: str
    finding: str
    account: str
    checked_by: str
    due: str
    measure: str
    mended_on: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckLedger(Listed):
    """The checks of a period, oldest first (domain brief 2.6)."""

    columns: ClassVar = ("日期", "类别", "检查项目", "结果", "情况", "检查人", "整改期限", "整改措施", "整改日期")
    head: Ledger
    lines: tuple[CheckLine, ...]

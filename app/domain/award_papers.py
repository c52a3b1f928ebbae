"""The list of stars and awards (评星评优名单), ready to be printed."""

from dataclasses import dataclass
from typing import ClassVar, Final

from app.domain.papers import Ledger, Listed


@dataclass(frozen=True, slots=True, kw_only=True)
class AwardLine:
    """One rating or award, in the order of `AWARD_COLUMNS`."""

    year: str
    award_type: str
    name: str
    recipient: str
    lead: str
    issuer: str
    document_no: str
    on: str
    reason: str


AWARD_COLUMNS: Final = ("年度", "类别", "名称或星级", "授予对象", "领衔代表", "评定（表彰）机关", "文号", "日期", "理由")


@dataclass(frozen=True, slots=True, kw_only=True)
class AwardLedger(Listed):
    """Every rating and award of a period, the newest year first."""

    columns: ClassVar = AWARD_COLUMNS
    head: Ledger
    lines: tuple[AwardLine, ...]

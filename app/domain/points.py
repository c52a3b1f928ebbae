"""Points of a deputy's performance: one entry for one thing done, counted once it was approved twice."""

from collections.abc import Iterator
from datetime import date
from typing import Final

from app.domain.problems import Problem
from app.domain.records import ANY_KIND, Record, about, kind
from app.domain.score_scheme import ScoreScheme
from app.domain.values import Code, CodeSet, Id

POINTS_DRAFT: Final = "points_entry"
"""The kind of a draft kept on the form of an entry."""

MOST_AT_ONCE: Final = 100
"""How many things one entry can be for, or points it can be given; more was mistyped."""


class PointsState(CodeSet):
    """How far an entry has come; changing an approved one opens it again."""

    ENTERED = "entered", "已登记"
    FIRST_APPROVED = "first_approved", "初审通过"
    APPROVED = "approved", "复核通过"
    REJECTED = "rejected", "未通过"


@kind("points_entry", "履职积分", groups=(("state", "basis", "first_by", "first_on", "second_by", "second_on", "reason"),))
class PointsEntry(Record):
    """One thing a deputy did that an item of a score scheme counts; points are computed, never stored."""

    deputy: Id = about("代表", to="deputy")
    scheme: Id = about("积分方案", to="score_scheme")
    item: str = about("积分项目")
    sub_item: str = about("子项")
    on: date | None = about("日期")
    quantity: int = about("次数")
    of: Id = about("依据记录", to=ANY_KIND)
    basis: str = about("登记时的依据")
    account: str = about("说明", searched=True)
    state: Code[PointsState] = about("状态")
    first_by: str = about("初审人")
    first_on: date | None = about("初审日期")
    second_by: str = about("复核人")
    second_on: date | None = about("复核日期")
    reason: str = about("未通过原因")

    def title(self) -> str:
        return self.account[:40] or self.item

    def day(self) -> date | None:
        return self.on


def entry_problems(entry: PointsEntry, scheme: ScoreScheme | None) -> Iterator[Problem]:
    """A deputy, a day on which a scheme holds, an item of it, its part, how many; what evidence is asked for is told."""
    if not entry.deputy:
        yield Problem(code="points_deputy_missing", field="deputy")
    if entry.on is None:
        yield Problem(code="points_day_missing", field="on")
        return
    if scheme is None:
        yield Problem(code="points_no_scheme", field="on", facts={"day": entry.on})
        return
    item = scheme.item(entry.item)
    if item is None:
        yield Problem(code="points_item_missing", field="item")
        return
    if item.parts and item.part(entry.sub_item) is None:
        yield Problem(code="points_part_missing", field="sub_item", facts={"item": item.name})
    if not 1 <= entry.quantity <= MOST_AT_ONCE:
        yield Problem(code="points_quantity_odd", field="quantity", facts={"most": MOST_AT_ONCE})
    if item.evidence and not entry.of and not entry.account.strip():
        yield Problem(code="points_evidence_missing", field="account", facts={"item": item.name})

"""Points of a deputy's performance: one entry for one thing done, counted once it was approved twice."""

from datetime import date

from app.domain.records import ANY_KIND, Record, about, kind
from app.domain.values import Code, CodeSet, Id


class PointsState(CodeSet):
    """How far an entry has come; changing an approved one opens it again."""

    ENTERED = "entered", "已登记"
    FIRST_APPROVED = "first_approved", "初审通过"
    APPROVED = "approved", "复核通过"
    REJECTED = "rejected", "未通过"


@kind("points_entry", "履职积分", groups=(("state", "first_by", "first_on", "second_by", "second_on", "reason"),))
class PointsEntry(Record):
    """One thing a deputy did that an item of a score scheme counts; points are computed, never stored."""

    deputy: Id = about("代表", to="deputy")
    scheme: str = about("积分方案")
    item: str = about("积分项目")
    sub_item: str = about("子项")
    on: date | None = about("日期")
    quantity: int = about("次数")
    of: Id = about("依据记录", to=ANY_KIND)
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

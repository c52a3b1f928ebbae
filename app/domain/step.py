"""A step: one event in the life of an issue or a suggestion, written once and never changed."""

from datetime import date

from app.domain.records import ANY_KIND, Record, about, kind
from app.domain.values import Id


@kind("step", "办理过程", mutable=False)
class Step(Record):
    """What happened to a thing, when, by whom and why; events and states are those of its life."""

    of: Id = about("所属记录", to=ANY_KIND)
    event: str = about("事项")
    from_state: str = about("原状态")
    to_state: str = about("新状态")
    on: date | None = about("日期")
    reason: str = about("说明", searched=True)
    by_name: str = about("经办人", searched=True)
    hint_code: str = about("所答提示")
    words_digest: str = about("所答文字摘要")

    def title(self) -> str:
        return self.reason[:40]

    def day(self) -> date | None:
        return self.on

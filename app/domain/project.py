"""A livelihood project (民生实事): proposed, voted on by deputies, followed until it is done."""

from datetime import date

from app.domain.records import Record, about, kind
from app.domain.values import Code, CodeSet, Id


class ProjectState(CodeSet):
    """How far a project has come."""

    COLLECTED = "collected", "已征集"
    CANDIDATE = "candidate", "候选"
    CHOSEN = "chosen", "票决确定"
    NOT_CHOSEN = "not_chosen", "未入选"
    UNDER_WAY = "under_way", "实施中"
    DONE = "done", "已完成"
    DROPPED = "dropped", "已调整"


@kind("project", "民生实事项目", groups=(("votes_for", "votes_against", "votes_abstained"), ("state", "progress", "done_on")))
class Project(Record):
    """One project of one year; money in 分."""

    congress: Id = about("人民代表大会", to="congress")
    year: int = about("年度")
    name: str = about("项目名称", searched=True, spelled=True)
    content: str = about("建设内容", searched=True)
    place: str = about("地点", searched=True)
    issues: tuple[Id, ...] = about("来源群众意见", to="issue")
    unit: Id = about("责任单位", to="unit")
    budget: int = about("资金（分）")
    proposed_on: date | None = about("提出日期")
    voted_on: date | None = about("票决日期")
    votes_for: int = about("赞成票")
    votes_against: int = about("反对票")
    votes_abstained: int = about("弃权票")
    state: Code[ProjectState] = about("状态")
    progress: str = about("进展", searched=True)
    due_on: date | None = about("计划完成日期")
    done_on: date | None = about("完成日期")

    def title(self) -> str:
        return self.name

    def day(self) -> date | None:
        return self.voted_on or self.proposed_on

"""A livelihood project (民生实事): proposed, voted on by deputies, followed until residents say what they think of it."""

from collections.abc import Iterator
from datetime import date

from app.domain.life import ProjectState
from app.domain.problems import Problem
from app.domain.records import Record, about, kind
from app.domain.values import Code, Id


@kind(
    "project",
    "民生实事项目",
    groups=(
        ("votes_for", "votes_against", "votes_abstained"),
        ("state", "progress", "done_on"),
        ("asked", "satisfied", "basically_satisfied", "dissatisfied", "evaluated_on"),
    ),
)
class Project(Record):
    """One project of one year; money in 分."""

    congress: Id = about("人民代表大会", to="congress")
    year: int = about("年度")
    name: str = about("项目名称", searched=True, spelled=True)
    content: str = about("建设内容", searched=True)
    place: str = about("地点", searched=True)
    issues: tuple[Id, ...] = about("来源群众意见", to="issue")
    visits: tuple[Id, ...] = about("来源活动记录", to="visit")
    unit: Id = about("责任单位", to="unit")
    person_in_charge: str = about("责任人")
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
    asked: int = about("评议人数")
    satisfied: int = about("满意人数")
    basically_satisfied: int = about("基本满意人数")
    dissatisfied: int = about("不满意人数")
    evaluated_on: date | None = about("评议日期")
    remarks: str = about("备注", searched=True)

    def title(self) -> str:
        return self.name

    def day(self) -> date | None:
        return self.voted_on or self.proposed_on


def project_problems(project: Project) -> Iterator[Problem]:
    """What a project needs: a name."""
    if not project.name.strip():
        yield Problem(code="name_missing", field="name")

"""Handling by units: the slip that assigns, its feedback, what was promised, what came of it, and who supervised."""

from collections.abc import Iterator
from datetime import date

from app.domain.issue import IssueResult
from app.domain.problems import Problem
from app.domain.records import ANY_KIND, Record, about, kind
from app.domain.satisfaction import Satisfaction
from app.domain.suggestion import Classification
from app.domain.values import Code, CodeSet, Id


class HandlingRole(CodeSet):
    """A unit's part in handling (domain brief 1.8)."""

    LEAD = "lead_handler", "主办"
    CO = "co_handler", "会办"
    SEPARATE = "separate_handlers", "分办"
    SOLE = "sole_handler", "独办"


class CommitmentState(CodeSet):
    """Whether a promise was kept."""

    OPEN = "open", "未完成"
    KEPT = "kept", "已完成"
    CLEARED = "cleared", "已销号"
    DROPPED = "dropped", "不再实施"


class OutcomeType(CodeSet):
    """What a suggestion or an issue led to."""

    LEGISLATION = "legislation", "立法"
    RESOLUTION = "resolution", "决议决定"
    POLICY_DOCUMENT = "policy_document", "政策文件"
    FUNDS = "funds", "资金"
    PROJECT = "project", "项目"
    PRACTICE = "practice", "工作改进"


class SupervisionWay(CodeSet):
    """Who supervises, and how (domain glossary)."""

    LEAD = "lead_supervision", "牵头督办"
    MATCHED = "matched", "对口督办"
    CHANNELLED = "channelled", "归口督办"
    FALLBACK = "fallback", "兜底督办"
    LEADER_IN_CHARGE = "leader_in_charge", "领办"
    ON_SITE = "on_site", "现场察看"
    SPECIAL_INQUIRY = "special_inquiry", "专题询问"
    APPRAISAL = "appraisal", "评议"
    SUMMON_TALK = "summon_talk", "约谈"
    RANDOM_REVIEW = "random_review", "随机抽样点评"
    NOTICE = "notice", "通报"
    THEMATIC_INSPECTION = "thematic_inspection", "专题视察"
    PUBLISHED = "published_in_media", "媒体公开"
    CLEARANCE = "clearance_campaign", "清零行动"
    COLLECTIVE_STUDY = "collective_study", "集体研究"
    HAND_OVER_MEETING = "hand_over_meeting", "会议交办督办"
    RETROSPECTIVE_CHECK = "retrospective_check", "回头看"
    YEARLY_ASSESSMENT = "yearly_assessment", "年度考核"
    WHOLE_COURSE = "whole_course", "全程督办"


class FivePresent(CodeSet):
    """The five who must be on the spot (五到场, domain brief 6.3)."""

    LEADER = "leader_in_charge", "分管领导"
    DEPUTY = "proposing_deputy", "提议代表"
    UNIT = "handling_unit", "承办单位"
    SUPERVISOR = "congress_supervisor", "人大督办人员"
    MEDIA = "news_media", "新闻媒体"


@kind(
    "assignment",
    "交办",
    groups=(
        ("unit", "role", "co_units", "assigned_on", "due_on"),
        ("signed_for_by", "signed_for_on"),
        ("objected_on", "objection", "objection_upheld", "objection_settled_on"),
        ("extended_to", "extension_reason", "extended_on"),
        ("result", "account", "feedback_on"),
    ),
)
class Assignment(Record):
    """One matter given to one unit: the assignment slip (交办单) and the feedback slip (办理情况反馈单) that answers it."""

    of: Id = about("所属记录", to=ANY_KIND)
    number: str = about("交办编号", searched=True)
    source_number: str = about("来源登记号", searched=True)
    round: int = about("轮次")
    classification: Code[Classification] = about("密级")
    assigned_by_body: str = about("交办机关")
    assigned_by: str = about("交办人")
    unit: Id = about("承办单位", to="unit")
    role: Code[HandlingRole] = about("承办方式")
    co_units: tuple[Id, ...] = about("会办单位", to="unit")
    part: str = about("分办内容", searched=True)
    summary: str = about("事项摘要", searched=True)
    instruction: str = about("交办意见", searched=True)
    assigned_on: date | None = about("交办日期")
    due_on: date | None = about("办理时限")
    feedback_required: str = about("反馈要求")
    signed_for_by: str = about("签收人")
    signed_for_on: date | None = about("签收日期")
    objected_on: date | None = about("申请退回日期")
    objection: str = about("退回理由", searched=True)
    objection_upheld: bool = about("同意退回")
    objection_settled_on: date | None = about("退回处理日期")
    extended_to: date | None = about("延期至")
    extension_reason: str = about("延期理由", searched=True)
    extension_agreed_by: str = about("同意延期人")
    extended_on: date | None = about("同意延期日期")
    person_in_charge: str = about("承办责任人")
    plan: str = about("办理方案", searched=True)
    planned_reply_on: date | None = about("计划答复日期")
    fixed_on: date | None = about("三定日期")
    co_handler_opinion: str = about("会办意见", searched=True)
    co_handler_opinion_on: date | None = about("会办意见日期")
    result: Code[IssueResult] = about("办理结果类别")
    account: str = about("办理情况", searched=True)
    basis: str = about("依据", searched=True)
    handler: str = about("承办人")
    office_phone: str = about("承办人办公电话")
    issued_by: str = about("负责人签发")
    sealed: bool = about("已盖章")
    feedback_on: date | None = about("反馈日期")
    deputy_opinion: str = about("代表意见", searched=True)

    def title(self) -> str:
        return self.summary or self.number

    def day(self) -> date | None:
        return self.assigned_on


@kind("commitment", "承诺事项", groups=(("state", "progress", "cleared_on"),))
class Commitment(Record):
    """What a unit promised in a reply, followed until it is struck off (销号)."""

    suggestion: Id = about("代表建议", to="suggestion")
    reply: Id = about("答复", to="reply")
    unit: Id = about("责任单位", to="unit")
    promise: str = about("承诺内容", searched=True)
    promised_by: date | None = about("承诺时限")
    begun_on: date | None = about("列入跟踪日期")
    watch_on: date | None = about("跟踪日期")
    state: Code[CommitmentState] = about("状态")
    progress: str = about("进展", searched=True)
    cleared_on: date | None = about("销号日期")

    def title(self) -> str:
        return self.promise[:40]

    def day(self) -> date | None:
        return self.promised_by


@kind("outcome", "成果")
class Outcome(Record):
    """Something that came of a suggestion or an issue; money in 分."""

    of: Id = about("所属记录", to=ANY_KIND)
    outcome_type: Code[OutcomeType] = about("成果类型")
    name: str = about("名称", searched=True)
    document_no: str = about("文号", searched=True)
    on: date | None = about("日期")
    amount: int = about("资金（分）")
    quantity: int = about("数量")
    quantity_unit: str = about("计量单位")
    remarks: str = about("说明", searched=True)

    def title(self) -> str:
        return self.name

    def day(self) -> date | None:
        return self.on


@kind("supervision", "督办")
class Supervision(Record):
    """One event of supervision over one matter."""

    of: Id = about("所属记录", to=ANY_KIND)
    way: Code[SupervisionWay] = about("督办方式")
    body: str = about("督办机构", searched=True)
    leader: str = about("督办（领办）领导", searched=True)
    unit: Id = about("承办单位", to="unit")
    deputies: tuple[Id, ...] = about("参加代表", to="deputy")
    on: date | None = about("日期")
    place: str = about("地点", searched=True)
    present: tuple[Code[FivePresent], ...] = about("五到场")
    attended: str = about("到场人员", searched=True)
    account: str = about("督办情况", searched=True)
    demand: str = about("督办要求", searched=True)
    seed: str = about("抽取种子")
    comment: str = about("点评意见", searched=True)
    test: Code[Satisfaction] = about("现场测评")

    def title(self) -> str:
        return self.demand[:40] or self.body

    def day(self) -> date | None:
        return self.on


def slip_problems(assignment: Assignment) -> Iterator[Problem]:
    """What an assignment slip needs: a unit, the day the deadline begins with, and for 分办 the unit's part."""
    if not assignment.unit:
        yield Problem(code="unit_missing", field="unit")
    if assignment.assigned_on is None:
        yield Problem(code="assigned_on_missing", field="assigned_on")
    if assignment.role == HandlingRole.SEPARATE and not assignment.part.strip():
        yield Problem(code="part_missing", field="part")
    if assignment.objected_on and not assignment.objection.strip():
        yield Problem(code="objection_reason_missing", field="objection")

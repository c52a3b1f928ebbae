"""An issue that a resident raised, in the resident's own words, from the desk to the file (domain brief 2.4, 2.5)."""

from collections.abc import Iterator
from datetime import date, time

from app.domain.life import IssueState
from app.domain.problems import Problem
from app.domain.records import Record, about, kind
from app.domain.satisfaction import Satisfaction
from app.domain.values import Code, CodeSet, Id


class Route(CodeSet):
    """Where an issue goes; people see the words only (decision 10)."""

    ON_THE_SPOT = "on_the_spot", "当场答复"
    VILLAGE = "village", "村（社区）办理"
    TOWNSHIP_OFFICE = "township_office", "乡镇（街道）办理"
    COUNTY_DEPARTMENT = "county_department", "县级部门办理"
    HOTLINE_12345 = "hotline_12345", "12345热线"
    PETITION = "petition", "信访渠道"
    SUGGESTION_THIS_LEVEL = "suggestion_this_level", "转为本级代表建议"
    SUGGESTION_HIGHER = "suggestion_higher", "由上级代表提出建议"
    NOT_ACCEPTED = "not_accepted", "不属受理范围，已说明引导"


class Purpose(CodeSet):
    """What the resident wants (信访工作条例 arts. 29-31, with three for the station's use)."""

    SUGGESTION = "suggestion", "建议意见"
    ACCUSATION = "accusation", "检举控告"
    CLAIM = "claim", "申诉求决"
    ENQUIRY = "enquiry", "咨询"
    HELP = "help", "求助"
    THANKS = "thanks", "感谢"


class Source(CodeSet):
    """How an issue came to the station."""

    RECEPTION = "reception", "接待"
    OUTREACH = "outreach", "走访"
    QR = "qr", "扫码"
    HOTLINE_12345 = "hotline_12345", "12345热线"
    ACTIVITY = "activity", "活动"
    LETTER = "letter", "来信"
    ONLINE = "online", "网络留言"
    IMPORT = "import", "导入"


class Urgency(CodeSet):
    """How soon somebody must look at it."""

    ORDINARY = "ordinary", "一般"
    URGENT = "urgent", "紧急"
    EMERGENCY = "emergency", "特急"


class IssueResult(CodeSet):
    """What handling led to."""

    SOLVED = "solved", "已解决"
    BEING_SOLVED = "being_solved", "正在解决"
    PLANNED = "planned", "列入计划"
    EXPLAINED = "explained", "解释说明"


class FeedbackWay(CodeSet):
    """How a result was told, or asked about."""

    IN_PERSON = "in_person", "当面"
    PHONE = "phone", "电话"
    WRITTEN = "written", "书面"
    MESSAGE = "message", "短信（网络）"


@kind(
    "issue",
    "群众意见",
    groups=(
        ("state", "route", "assigned_on", "unit", "due_on", "merged_into"),
        ("proposed_handling", "proposed_by", "proposed_on"),
        ("approved_by", "approved_on", "approval"),
        ("result", "result_text", "closed_on"),
        ("feedback_on", "feedback_way", "feedback"),
        ("call_back_on", "call_back_way", "call_back_by", "satisfaction"),
        ("archive_number", "archived_on"),
    ),
)
class Issue(Record):
    """One matter; who raised it is the encounter, what happened to it are its steps, assignments and attachments."""

    number: str = about("编号", searched=True)
    subject: str = about("反映事项", searched=True, spelled=True, compared=8)
    words: str = about("内容（原话）", searched=True, compared=1)
    visit: Id = about("活动记录", to="visit")
    encounter: Id = about("反映人", to="encounter")
    deputies: tuple[Id, ...] = about("接待（走访）代表", to="deputy")
    station: Id = about("联络站", to="station")
    source: Code[Source] = about("来源")
    source_number: str = about("来源编号", searched=True)
    campaign: Id = about("走访月（专项活动）", to="campaign")
    received_on: date | None = about("收到日期")
    received_at: time | None = about("收到时间")
    late_entry: bool = about("补录")
    purpose: Code[Purpose] = about("目的类别")
    category: str = about("内容类别")
    place: str = about("事发地点", searched=True)
    units_concerned: tuple[str, ...] = about("涉及单位", searched=True)
    urgency: Code[Urgency] = about("紧急程度")
    confidential: bool = about("要求保密")
    on_spot_reply: str = about("当场答复", searched=True)
    proposed_handling: str = about("拟办意见", searched=True)
    proposed_by: str = about("拟办人")
    proposed_on: date | None = about("拟办日期")
    approved_by: str = about("批准人")
    approved_on: date | None = about("批准日期")
    approval: str = about("批示意见", searched=True)
    state: Code[IssueState] = about("状态")
    route: Code[Route] = about("去向")
    assigned_on: date | None = about("交办日期")
    unit: Id = about("承办单位", to="unit")
    due_on: date | None = about("办理期限")
    merged_into: Id = about("并入事项", to="issue")
    result: Code[IssueResult] = about("办理结果")
    result_text: str = about("办理情况", searched=True)
    closed_on: date | None = about("办结日期")
    feedback_on: date | None = about("反馈日期")
    feedback_way: Code[FeedbackWay] = about("反馈方式")
    feedback: str = about("反馈内容", searched=True)
    call_back_on: date | None = about("回访日期")
    call_back_way: Code[FeedbackWay] = about("回访方式")
    call_back_by: str = about("回访人")
    satisfaction: Code[Satisfaction] = about("反映人满意度")
    archive_number: str = about("归档号", searched=True)
    archived_on: date | None = about("归档日期")
    remarks: str = about("备注", searched=True)

    def title(self) -> str:
        return self.subject or self.words.strip().partition("\n")[0][:40]

    def day(self) -> date | None:
        return self.received_on


def is_closed(state: str) -> bool:
    """Whether handling is finished: 办结, filed or not."""
    return state in {IssueState.CLOSED, IssueState.ARCHIVED}


def is_solved(state: str, result: str, route: str) -> bool:
    """Whether the matter itself is out of the world: solved, or answered on the spot where nothing else is said of the result."""
    return result == IssueResult.SOLVED or (not result and route == Route.ON_THE_SPOT and is_closed(state))


def issue_problems(issue: Issue) -> Iterator[Problem]:
    """What every issue needs: that something was raised."""
    if not (issue.subject.strip() or issue.words.strip()):
        yield Problem(code="matter_missing", field="words")


def assignment_problems(issue: Issue) -> Iterator[Problem]:
    """What an issue needs before it is assigned: a unit, and the day the deadline begins with (decision 10)."""
    if not issue.unit:
        yield Problem(code="unit_missing", field="unit")
    if issue.assigned_on is None:
        yield Problem(code="assigned_on_missing", field="assigned_on")
    elif issue.received_on and issue.assigned_on < issue.received_on:
        yield Problem(code="assigned_before_received", field="assigned_on")

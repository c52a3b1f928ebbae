"""A deputy's suggestion: the fields of the official form (专用纸), and what submission needs (domain brief 1.6, 1.7)."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from hashlib import sha256
from typing import Final

from app.domain.issue import Issue
from app.domain.life import SuggestionState
from app.domain.people import Deputy, holds_mandate
from app.domain.problems import Problem
from app.domain.records import Record, about, kind
from app.domain.sections import SECTIONS
from app.domain.values import Code, CodeSet, Id
from app.domain.visit import Visit, VisitKind
from app.errors import Refused

TEXT_OPEN: Final = frozenset(
    {"", SuggestionState.DRAFT, SuggestionState.CONSULTATION, SuggestionState.COSIGNING, SuggestionState.PRE_REVIEW}
)
"""The states in which the words may still change; submission freezes them (decision 8)."""

_SEVERAL: Final = 2  # issues of which a draft counts people and places
_CITED: Final = 20  # issues whose words a draft tells; of more only the number


class SuggestionType(CodeSet):
    """What the deputies put forward."""

    SUGGESTION = "suggestion", "建议"
    CRITICISM = "criticism", "批评"
    OPINION = "opinion", "意见"


class PublicityWish(CodeSet):
    """What of it the deputy agrees to see published."""

    FULL_TEXT = "full_text", "同意全文公开"
    TITLE_ONLY = "title_only", "仅同意公开标题"
    NONE = "none", "不同意公开"


class FormedThrough(CodeSet):
    """How the suggestion came about."""

    RESEARCH = "research", "专题调研"
    SYMPOSIUM = "symposium", "座谈"
    OUTREACH = "outreach", "走访等其他形式"


_FORMED: Final = {
    VisitKind.RESEARCH_ACTIVITY: FormedThrough.RESEARCH,
    VisitKind.SYMPOSIUM: FormedThrough.SYMPOSIUM,
}


def formed_through(visit_kind: str) -> FormedThrough:
    """What the official form calls the way by which a suggestion came from an activity of this kind."""
    return next((way for kind, way in _FORMED.items() if kind == visit_kind), FormedThrough.OUTREACH)


class YearsRaised(CodeSet):
    """For how long the matter has been raised without being solved."""

    TWO = "two", "两年"
    THREE = "three", "三年"
    MORE = "more", "三年以上"


class Classification(CodeSet):
    """The secrecy marks this program may hold; anything higher goes the classified way on paper (保密法)."""

    PUBLIC = "public", "公开"
    INTERNAL = "internal", "内部"


class CosigningWish(CodeSet):
    """Whether others may sign."""

    WELCOME = "welcome", "可以联名"
    CLOSED = "closed", "不可以联名"


@kind(
    "suggestion",
    "代表建议",
    groups=(
        (
            "state",
            "taken_up",
            "submitted_on",
            "text_digest",
            "case_number",
            "accepted_on",
            "assigned_on",
            "due_on",
            "merged_into",
        ),
        ("subject", "text"),
    ),
)
class Suggestion(Record):
    """One suggestion, one matter; its signers, reviews, assignments, replies and evaluations are records of their own."""

    number: str = about("编号", searched=True)
    suggestion_type: Code[SuggestionType] = about("类型")
    subject: str = about("标题", searched=True, spelled=True)
    text: str = about("内容", searched=True)
    issues: tuple[Id, ...] = about("来源群众意见", to="issue")
    visits: tuple[Id, ...] = about("来源活动", to="visit")
    lead_deputy: Id = about("领衔代表", to="deputy")
    taken_over_by: Id = about("接续跟踪代表", to="deputy")
    delegation_suggestion: bool = about("全团建议")
    delegation: str = about("代表团", searched=True)
    delegation_head: str = about("代表团团长")
    delegation_leads: str = about("全团建议线索", searched=True)
    head_approved_on: date | None = about("团长审定日期")
    members_agreed_on: date | None = about("全团同意日期")
    members_agreed: int = about("同意的代表人数")
    delegation_members: int = about("代表团代表人数")
    receiving_body: Id = about("受理机关", to="congress")
    term: Id = about("届次", to="term")
    in_session: bool = about("大会期间")
    session_no: int = about("会议次数")
    year: int = about("年度")
    category: str = about("审查分类")
    classification: Code[Classification] = about("密级")
    not_secret: bool = about("已确认不涉密")
    confidential_identity: bool = about("代表身份保密")
    publicity_wish: Code[PublicityWish] = about("公开意愿")
    formed_through: tuple[Code[FormedThrough], ...] = about("形成方式")
    years_raised: Code[YearsRaised] = about("多年提出未解决")
    wishes_contact: bool = about("希望办理中加强联系")
    reference_only: bool = about("仅供参考，不需书面答复")
    cosigning_wish: Code[CosigningWish] = about("可否联名")
    proposed_lead: tuple[Id, ...] = about("建议主办单位", to="unit")
    proposed_co: tuple[Id, ...] = about("建议会办单位", to="unit")
    proposed_separate: tuple[Id, ...] = about("建议分办单位", to="unit")
    contact_person: str = about("建议联系人")
    state: Code[SuggestionState] = about("状态")
    taken_up: tuple[Id, ...] = about("已接续的回传环节", to="step")
    submitted_on: date | None = about("提交日期")
    text_digest: str = about("提交文本摘要")
    case_number: str = about("案号", searched=True)
    accepted_on: date | None = about("接收日期")
    assigned_on: date | None = about("交办日期")
    due_on: date | None = about("答复期限")
    extended_due_on: date | None = about("延期至")
    priority: str = about("重点处理类别", searched=True)
    priority_on: date | None = about("列为重点日期")
    supervising_leader: str = about("督办领导", searched=True)
    official_in_charge: str = about("领办领导", searched=True)
    supervising_committee: str = about("督办委员会", searched=True)
    merged_into: Id = about("并入建议", to="suggestion")
    disclosed: bool = about("已公开")
    disclosed_on: date | None = about("公开日期")
    disclosed_at: str = about("公开载体", searched=True)
    closed_on: date | None = about("办结日期")
    archive_number: str = about("归档号", searched=True)
    remarks: str = about("备注", searched=True)

    def title(self) -> str:
        return self.subject

    def day(self) -> date | None:
        return self.submitted_on


def digest_of_text(suggestion: Suggestion) -> str:
    """SHA-256 of title and text, 64 hexadecimal digits: what a signature is bound to. Line ends of Windows do not count."""
    subject, text = (part.replace("\r\n", "\n") for part in (suggestion.subject, suggestion.text))
    return sha256(f"{len(subject)}\n{subject}\n{text}".encode()).hexdigest()


def text_is_open(suggestion: Suggestion) -> bool:
    """Whether title and text may still be changed."""
    return suggestion.state in TEXT_OPEN


def check_words(before: Suggestion, after: Suggestion) -> None:
    """Raise `Refused("text_frozen", id, state)` where title or text would change although submission has frozen them."""
    if not text_is_open(before) and digest_of_text(before) != digest_of_text(after):
        raise Refused("text_frozen", id=before.id, state=before.state)


def led_by(suggestion: Suggestion, lead: Deputy) -> Suggestion:
    """The suggestion with what follows from its lead deputy, where nothing is said yet: body, term, delegation (decision 8)."""
    if suggestion.receiving_body or suggestion.term:
        return suggestion
    delegation = suggestion.delegation or lead.delegation
    return replace(suggestion, receiving_body=lead.congress, term=lead.term, delegation=delegation)


def submission_problems(suggestion: Suggestion, *, lead: Deputy | None = None, on: date | None = None) -> Iterator[Problem]:
    """What submission needs: a lead deputy who holds the mandate `on` that day, a title, a text (代表法 arts. 24, 36)."""
    if not suggestion.lead_deputy:
        yield Problem(code="lead_deputy_missing", field="lead_deputy")
    elif lead and on and not holds_mandate(lead, on):
        yield Problem(code="lead_deputy_ended", field="lead_deputy", facts={"name": lead.name})
    if not suggestion.subject.strip():
        yield Problem(code="title_missing", field="subject")
    if not suggestion.text.strip():
        yield Problem(code="text_missing", field="text")
    elif suggestion.text.rstrip().endswith(SECTIONS[-1]):
        yield Problem(code="requests_missing", field="text", hint=True)


def drafted_text(issues: Sequence[Issue], activities: Sequence[Visit] = ()) -> str:
    """The text a draft begins with: its three parts, and under the first what activities led to and what residents raised."""
    situation, analysis, requests = SECTIONS
    return "\n".join((situation, *drafted_grounds(issues, activities), "", analysis, "", requests, ""))


def drafted_grounds(issues: Sequence[Issue], activities: Sequence[Visit] = (), *, people: int = 0, places: int = 0) -> list[str]:
    """What activities led to and what residents raised, a line each; before several issues how many people at how many places."""
    grounds = (*map(_finding, activities), *map(_ground, issues[:_CITED]))
    told = [f"{number}. {ground}" for number, ground in enumerate(grounds, start=1)]
    if len(issues) > _CITED:
        told.append(f"此外还有同类事项{len(issues) - _CITED}件。")
    if len(issues) < _SEVERAL or not people:
        return told
    where = f"、{places}个地点" if places else ""
    return [f"群众先后反映相关事项{len(issues)}件，涉及{people}人{where}。", *told]


def _finding(activity: Visit) -> str:
    day = f"（{activity.on.isoformat()}）" if activity.on else ""
    return f"{activity.title()}{day}：{activity.conclusions}" if activity.conclusions.strip() else f"{activity.title()}{day}"


def _ground(issue: Issue) -> str:
    day = f"（{issue.received_on.isoformat()}）" if issue.received_on else ""
    return f"{issue.title()}{day}：{issue.words}" if issue.words.strip() else f"{issue.title()}{day}"

"""The printed papers: what each of them shows, as texts ready to be set. Queries fill them, `app.printing` sets them.

An empty text is a place that stays free for handwriting. What a paper must not tell (name, telephone, address of somebody who
stays anonymous or asked for confidentiality) is not in these values at all.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from app.domain.values import CodeSet, Id
from app.errors import Refused

ANONYMOUS: Final = "匿名"
WITHHELD: Final = "要求保密"
_WEEK: Final = timedelta(days=6)  # from its first day to its last


class PaperName(CodeSet):
    """The papers a station prints; the names are those of the command line."""

    RECEPTION_FORM = "reception-form", "接待登记表"
    VISIT_LOG = "visit-log", "接待走访日志"
    ISSUE_LEDGER = "issue-ledger", "意见台账"
    SUGGESTION = "suggestion", "建议专用纸"
    RECEPTION_NOTICE = "reception-notice", "接待日公告"
    DUTY_ROTA = "duty-rota", "代表接待轮值表"
    VISITOR_SLIP = "visitor-slip", "来访回执"
    CALL_BACK_LIST = "call-back-list", "回访清单"
    ACTIVITY_RECORD = "activity-record", "代表活动记录"
    ATTENDANCE_SHEET = "attendance-sheet", "代表签到表"
    CAMPAIGN_TABLE = "campaign-table", "主题活动统计表"
    BLANK_ACTIVITY_RECORD = "blank-activity-record", "代表活动记录（空白）"
    ASSIGNMENT_SLIP = "assignment-slip", "社情民意交办单"
    FEEDBACK_SLIP = "feedback-slip", "办理情况反馈单"
    BLANK_RECEPTION_FORM = "blank-reception-form", "接待登记表（空白）"
    BLANK_OUTREACH_FORM = "blank-outreach-form", "走访记录表（空白）"
    PROJECT_BALLOT = "project-ballot", "民生实事票决候选项目表"
    PROJECT_PROGRESS = "project-progress", "民生实事实施进度表"
    DEPUTY_CARDS = "deputy-cards", "代表签到卡"
    COSIGNATURE_PAGE = "cosignature-page", "联名签名页"
    COSIGNING_CALL = "cosigning-call", "联名邀请书"
    REVIEW_NOTICE = "review-notice", "代表建议审查意见告知单"
    SUGGESTION_SLIP = "suggestion-slip", "代表建议交办单"
    REPLY_SHEET = "reply-sheet", "代表建议答复单"
    EVALUATION_FORM = "evaluation-form", "代表建议办理情况征询意见表"
    RETURN_APPLICATION = "return-application", "代表建议退回申请"
    EXTENSION_APPLICATION = "extension-application", "代表建议延期答复申请"
    WITHDRAWAL_APPLICATION = "withdrawal-application", "代表建议撤回申请"
    SUGGESTION_LEDGER = "suggestion-ledger", "建议台账"
    COMMITMENT_LEDGER = "commitment-ledger", "B类及承诺事项台账"
    AWARD_LEDGER = "award-ledger", "评星评优名单"
    DELIVERY_NOTE = "delivery-note", "数据交接单"
    STATEMENT = "exchange-statement", "报送对账单"


OF_A_PERIOD: Final = frozenset(
    {
        *(PaperName.VISIT_LOG, PaperName.ISSUE_LEDGER, PaperName.DUTY_ROTA, PaperName.CALL_BACK_LIST),
        *(PaperName.PROJECT_BALLOT, PaperName.PROJECT_PROGRESS),
        *(PaperName.SUGGESTION_LEDGER, PaperName.COMMITMENT_LEDGER, PaperName.AWARD_LEDGER),
        PaperName.STATEMENT,
    }
)
"""Papers of all that lies between two days."""

OF_EITHER: Final = frozenset({PaperName.RECEPTION_NOTICE})
"""Papers of one record, or of all between two days."""

BLANK: Final = frozenset({PaperName.BLANK_ACTIVITY_RECORD, PaperName.BLANK_RECEPTION_FORM, PaperName.BLANK_OUTREACH_FORM})
"""Forms to be filled in by hand, each with a number of its own; every other paper is of one record."""

OR_EMPTY: Final = frozenset(
    {
        *(PaperName.REVIEW_NOTICE, PaperName.REPLY_SHEET, PaperName.EVALUATION_FORM),
        *(PaperName.RETURN_APPLICATION, PaperName.EXTENSION_APPLICATION, PaperName.WITHDRAWAL_APPLICATION),
    }
)
"""Papers of one record, or empty where none is named: what is written on them by hand carries no number of ours."""

OF_PACKAGES: Final = frozenset({PaperName.DELIVERY_NOTE})
"""Papers of sealed numbers, which are asked for by `numbers`."""

AS_TABLE: Final = frozenset({PaperName.SUGGESTION_LEDGER, PaperName.COMMITMENT_LEDGER, PaperName.AWARD_LEDGER})
"""Ledgers that are saved for a spreadsheet program as well."""

OF_THE_STATION: Final = frozenset({PaperName.DEPUTY_CARDS})
"""Papers of what the station holds, asked for by nothing but their name."""

WEEKLY: Final = frozenset({PaperName.CALL_BACK_LIST})
"""Lists of a week, of this one where no days are named."""

WITH_CONTACTS: Final = frozenset({PaperName.RECEPTION_FORM, PaperName.CALL_BACK_LIST, PaperName.ASSIGNMENT_SLIP})
"""Papers that have room for a resident's telephone and address."""

WITH_TEXT: Final = frozenset({PaperName.SUGGESTION, PaperName.COSIGNING_CALL})
"""Papers that others read the text of a suggestion on."""

WITH_WORDS: Final = frozenset({PaperName.ASSIGNMENT_SLIP})
"""Papers that go to others and may be printed without the resident's own words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """The days a ledger covers, both included; without an end it is open there."""

    first: date | None = None
    last: date | None = None

    def __post_init__(self) -> None:
        """Raise `Refused("period_reversed", first, last)` where the last day comes before the first."""
        if self.first and self.last and self.last < self.first:
            raise Refused("period_reversed", first=self.first, last=self.last)


def year_span(year: int) -> Span:
    """The days of a year; raises `Refused("year_malformed", year)` for one that no calendar has."""
    try:
        return Span(first=date(year, 1, 1), last=date(year, 12, 31))
    except ValueError:
        raise Refused("year_malformed", year=year) from None


def week_span(day: date) -> Span:
    """The week of a day, from Monday to Sunday; raises `Refused("week_malformed", week)` for one that no calendar has whole."""
    try:
        monday = day - timedelta(days=day.weekday())
        return Span(first=monday, last=monday + _WEEK)
    except OverflowError:
        raise Refused("week_malformed", week=day.isoformat()) from None


def week_named(told: str) -> Span:
    """The week of a name such as 2026-W47 (ISO 8601) or of any of its days; raises `Refused("week_malformed", week)`."""
    try:
        return week_span(date.fromisoformat(told.strip().upper()))
    except ValueError:
        raise Refused("week_malformed", week=told) from None


ALWAYS: Final = Span()
"""Everything, whenever it was."""


# --- reception form ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Visitor:
    """Who came, as far as the paper may tell; `withheld` says why it tells less: 匿名 or 要求保密."""

    name: str = ""
    sex: str = ""
    age: str = ""
    people: str = ""
    phone: str = ""
    address: str = ""
    withheld: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """One thing raised, in the resident's own words, and what became of it."""

    number: str = ""
    subject: str = ""
    words: str = ""
    purpose: str = ""
    category: str = ""
    urgency: str = ""
    units: str = ""
    attachments: str = ""
    on_spot_reply: str = ""
    proposed: str = ""  # 拟办意见, with who proposed it and when
    approved: str = ""
    route: str = ""
    unit: str = ""
    due: str = ""
    result: str = ""
    feedback: str = ""
    call_back: str = ""
    satisfaction: str = ""
    archive: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceptionForm:
    """The form of one resident received (接待登记表, domain brief 2.5); `record` is what the code on it leads to."""

    record: Id
    station: str
    number: str = ""
    day: str = ""
    hours: str = ""
    place: str = ""
    way: str = ""
    deputies: str = ""
    recorder: str = ""
    visitor: Visitor
    matters: tuple[Matter, ...] = ()


# --- ledgers -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """What stands above and below the rows of a ledger; its number names station and period, and is what its code holds."""

    station: str
    number: str
    period: str
    summary: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitLine:
    """One visit in the log."""

    day: str
    hours: str
    kind: str
    place: str
    deputies: tuple[str, ...]
    people: str
    account: str
    matters: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitLog:
    """The log of a period (接待走访日志), oldest first."""

    head: Ledger
    lines: tuple[VisitLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueLine:
    """One issue in the ledger, its words in full; the person masked."""

    number: str
    day: str
    person: str
    place: str
    subject: str
    words: str
    category: str
    route: str
    unit: str
    state: str
    due: str
    result: str


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueLedger:
    """The ledger of issues of a period (意见台账), oldest first."""

    head: Ledger
    lines: tuple[IssueLine, ...]


# --- official form -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A question of the form with all its answers; the ticked ones are those given."""

    label: str
    answers: tuple[tuple[str, bool], ...]

    @classmethod
    def of(cls, label: str, answers: type[CodeSet], *given: str) -> "Choice":
        """The question whose answers are a set of codes."""
        return cls(label=label, answers=tuple((each.label, each in given) for each in answers))


@dataclass(frozen=True, slots=True, kw_only=True)
class Signer:
    """A deputy beside the lead: name and card, and why the signature was struck, where it was."""

    name: str
    card: str = ""
    struck: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadDeputy:
    """The first signer, with how the handling unit reaches them."""

    name: str = ""
    card: str = ""
    delegation: str = ""
    workplace: str = ""
    phone: str = ""
    postcode: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SuggestionPaper:
    """A suggestion on the official form (建议专用纸, domain brief 1.7 and 4.3); `confidential` where no deputy may be named."""

    congress: str  # 某某区第十六届人民代表大会
    session: str  # 第二次会议 or 闭会期间
    number: str = ""  # given by the receiving body
    level: str = ""
    category: str = ""  # 审查分类
    kinds: Choice
    subject: str
    lead: LeadDeputy
    confidential: bool = False
    whole_delegation: bool = False  # 全团建议, signed by the head of the delegation
    delegation_head: str = ""
    signers: tuple[Signer, ...] = ()
    open_to_sign: bool = False  # whether places are left for deputies who sign by hand
    text: str
    circumstances: tuple[Choice, ...] = ()
    contact_person: str = ""
    lead_units: str = ""
    co_units: str = ""
    separate_units: str = ""
    attachments: str = ""
    day: str = ""


# --- reception days ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeDay:
    """One reception day as the public is told of it; each deputy with the level, 代表甲（市级）."""

    record: Id
    day: str
    hours: str
    place: str
    deputies: tuple[str, ...]
    theme: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceptionNotice:
    """The notice of one reception day or of several (接待日公告, domain brief 2.3); `day` is when it is put up."""

    station: str
    number: str = ""
    days: tuple[NoticeDay, ...]
    phone: str = ""
    place: str = ""  # of the station, for those who ask
    time_limit: str = ""  # how long a unit has, 10个工作日
    day: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RotaLine:
    """One day of the rota."""

    day: str
    week_day: str
    hours: str
    place: str
    deputies: tuple[str, ...]
    theme: str
    announced: str
    remark: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyRota:
    """The rota of a period (轮值表), oldest first."""

    head: Ledger
    lines: tuple[RotaLine, ...]


# --- what a resident takes home, and how the station comes back to them ------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class SlipMatter:
    """One thing raised, by its name, and what happens next with it."""

    subject: str
    next: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitorSlip:
    """A resident's slip: by its number even somebody without a name can ask again.

    `person` is masked or the reason why nobody is named; where somebody asked for confidence, `matters` are without subjects.
    """

    number: str
    station: str
    person: str
    anonymous: bool
    day: str
    deputies: str
    matters: tuple[SlipMatter, ...]
    phone: str
    place: str
    next_day: str = ""  # the next reception day on the rota
    waits: bool = True  # whether there is something to be told yet


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitorSlips:
    """Slips to be cut apart, three to a sheet."""

    slips: tuple[VisitorSlip, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CallBackLine:
    """One issue whose resident is to be asked how they are satisfied; `record` is the resident, or the issue of nobody."""

    record: Id
    number: str
    person: str
    phone: str
    village: str
    subject: str
    result: str
    told: str
    called_on: str = ""
    called_way: str = ""
    satisfaction: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CallBackGroup:
    """What one deputy took in; `deputy` is empty where nobody was named."""

    deputy: str
    lines: tuple[CallBackLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CallBackList:
    """Issues whose residents are to be called back, or were in the days it is of (回访清单), deputy by deputy."""

    head: Ledger
    groups: tuple[CallBackGroup, ...]


# --- forms to be filled in by hand -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class BlankForms:
    """Blank forms of a kind, one for each of these numbers; `name` is one of `BLANK`."""

    name: PaperName
    station: str
    numbers: tuple[str, ...]

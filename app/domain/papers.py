"""The printed papers: what each of them shows, as texts ready to be set. Queries fill them, `app.printing` sets them.

An empty text is a place that stays free for handwriting. What a paper must not tell (name, telephone, address of somebody who
stays anonymous or asked for confidentiality) is not in these values at all.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import date, timedelta
from enum import Flag, StrEnum, auto
from typing import Any, ClassVar, Final, Self

from app.domain.norm import month_of
from app.domain.values import CodeSet
from app.errors import Refused

ANONYMOUS: Final = "匿名"
WITHHELD: Final = "要求保密"
_WEEK: Final = timedelta(days=6)  # from its first day to its last


class AskedBy(StrEnum):
    """What a paper is asked for with."""

    RECORD = "record"
    RECORDS = "records"
    """Records that somebody chose, in their order."""
    RECORD_OR_NOTHING = "record or empty"
    """Empty where no record is named: what is written on it by hand carries no number of ours."""
    RECORD_OR_PERIOD = "either"
    RECORD_AND_PERIOD = "record, of some days"
    """A record and what belongs to it between two days, or of all time."""
    PERIOD = "period"
    """All that lies between two days."""
    NUMBERS = "copies"
    """A form to be filled in by hand, each with a number of its own."""
    PACKAGES = "packages"
    """Sealed numbers."""
    NOTHING = "station"
    """What the station holds, asked for by the paper's name alone."""


class Trait(Flag):
    """What a window and a command line offer with a paper beyond saving and printing it."""

    NONE = 0
    TABLE = auto()
    """It is saved for a spreadsheet program as well."""
    WEEKLY = auto()
    """A list of a week, of this one where no days are named."""
    PEOPLE = auto()
    """Residents stand on it, who can be named at each level of privacy."""
    TEXT = auto()
    """Others read the text of a suggestion or a bulletin on it."""
    WORD = auto()
    """It is saved as a Word file as well."""
    WORDS = auto()
    """It goes to others and may be printed without the resident's own words."""


class PaperName(CodeSet):
    """The papers a station prints; the names are those of the command line."""

    asked_by: AskedBy
    traits: Trait

    def __new__(cls, code: str, label: str = "", asked_by: AskedBy = AskedBy.RECORD, traits: Trait = Trait.NONE) -> Self:
        member = str.__new__(cls, code)  # an enumeration takes the making of members from the base away
        member._value_ = code
        member.label, member.asked_by, member.traits = label, asked_by, traits
        return member

    RECEPTION_FORM = "reception-form", "接待登记表", AskedBy.RECORD, Trait.PEOPLE
    VISIT_LOG = "visit-log", "接待走访日志", AskedBy.PERIOD, Trait.TABLE
    RECEPTION_LEDGER = "reception-ledger", "接待台账", AskedBy.PERIOD, Trait.TABLE | Trait.PEOPLE
    OUTREACH_LEDGER = "outreach-ledger", "走访台账", AskedBy.PERIOD, Trait.TABLE | Trait.PEOPLE
    ACTIVITY_LEDGER = "activity-ledger", "活动台账", AskedBy.PERIOD, Trait.TABLE
    ATTENDANCE_LEDGER = "attendance-ledger", "签到台账", AskedBy.PERIOD, Trait.TABLE
    ISSUE_LEDGER = "issue-ledger", "意见台账", AskedBy.PERIOD, Trait.TABLE | Trait.PEOPLE
    HANDLING_LEDGER = "handling-ledger", "意见办理台账", AskedBy.PERIOD, Trait.TABLE
    ISSUE_RECORD = "issue-record", "群众意见办理单", AskedBy.RECORD, Trait.PEOPLE
    REPLY_LETTER = "reply-letter", "答复函"
    ATTACHMENT_PAGES = "attachment-pages", "附件页"
    CALL_BACK_RECORD = "call-back-record", "回访记录", AskedBy.RECORD, Trait.PEOPLE
    STATION_REPORT = "station-report", "工作报告", AskedBy.PERIOD, Trait.WORD
    PUBLIC_SHEET = "public-sheet", "群众意见办理情况公示", AskedBy.PERIOD, Trait.TABLE
    STATION_POSTER = "station-poster", "联络站二维码公示牌", AskedBy.NOTHING
    DEPUTY_POSTER = "deputy-poster", "代表二维码公示牌"
    COMPENDIUM = "suggestion-compendium", "代表建议选编", AskedBy.RECORDS
    SUGGESTION = "suggestion", "建议专用纸", AskedBy.RECORD, Trait.TEXT
    RECEPTION_NOTICE = "reception-notice", "接待日公告", AskedBy.RECORD_OR_PERIOD
    DUTY_ROTA = "duty-rota", "代表接待轮值表", AskedBy.PERIOD, Trait.TABLE
    VISITOR_SLIP = "visitor-slip", "来访回执", AskedBy.RECORD
    CALL_BACK_LIST = "call-back-list", "回访清单", AskedBy.PERIOD, Trait.WEEKLY | Trait.PEOPLE
    ACTIVITY_RECORD = "activity-record", "代表活动记录", AskedBy.RECORD
    ACTIVITY_MINUTES = "activity-minutes", "活动纪要", AskedBy.RECORD, Trait.WORD
    ATTENDANCE_SHEET = "attendance-sheet", "代表签到表", AskedBy.RECORD
    CAMPAIGN_TABLE = "campaign-table", "主题活动统计表", AskedBy.RECORD
    BLANK_ACTIVITY_RECORD = "blank-activity-record", "代表活动记录（空白）", AskedBy.NUMBERS
    ASSIGNMENT_SLIP = "assignment-slip", "社情民意交办单", AskedBy.RECORD, Trait.PEOPLE | Trait.WORDS
    FEEDBACK_SLIP = "feedback-slip", "办理情况反馈单", AskedBy.RECORD
    BLANK_RECEPTION_FORM = "blank-reception-form", "接待登记表（空白）", AskedBy.NUMBERS
    BLANK_OUTREACH_FORM = "blank-outreach-form", "走访记录表（空白）", AskedBy.NUMBERS
    PROJECT_BALLOT = "project-ballot", "民生实事票决候选项目表", AskedBy.PERIOD, Trait.TABLE
    PROJECT_PROGRESS = "project-progress", "民生实事实施进度表", AskedBy.PERIOD, Trait.TABLE
    DEPUTY_DOSSIER = "deputy-dossier", "代表履职档案", AskedBy.RECORD_AND_PERIOD, Trait.WORD
    DEPUTY_CARDS = "deputy-cards", "代表签到卡", AskedBy.NOTHING
    COSIGNATURE_PAGE = "cosignature-page", "联名签名页", AskedBy.RECORD
    COSIGNING_CALL = "cosigning-call", "联名邀请书", AskedBy.RECORD, Trait.TEXT
    REVIEW_NOTICE = "review-notice", "代表建议审查意见告知单", AskedBy.RECORD_OR_NOTHING
    SUGGESTION_SLIP = "suggestion-slip", "代表建议交办单", AskedBy.RECORD
    REPLY_SHEET = "reply-sheet", "代表建议答复单", AskedBy.RECORD_OR_NOTHING
    EVALUATION_FORM = "evaluation-form", "代表建议办理情况征询意见表", AskedBy.RECORD_OR_NOTHING
    RETURN_APPLICATION = "return-application", "代表建议退回申请", AskedBy.RECORD_OR_NOTHING
    EXTENSION_APPLICATION = "extension-application", "代表建议延期答复申请", AskedBy.RECORD_OR_NOTHING
    WITHDRAWAL_APPLICATION = "withdrawal-application", "代表建议撤回申请", AskedBy.RECORD_OR_NOTHING
    SUGGESTION_LEDGER = "suggestion-ledger", "建议台账", AskedBy.PERIOD, Trait.TABLE
    COMMITMENT_LEDGER = "commitment-ledger", "B类及承诺事项台账", AskedBy.PERIOD, Trait.TABLE
    POINTS_LEDGER = "points-ledger", "履职积分台账", AskedBy.PERIOD, Trait.TABLE
    POINTS_SUMMARY = "points-summary", "履职积分汇总表", AskedBy.PERIOD, Trait.TABLE
    CHECK_LEDGER = "check-ledger", "物料制度检查台账", AskedBy.PERIOD, Trait.TABLE
    AWARD_LEDGER = "award-ledger", "评星评优名单", AskedBy.PERIOD, Trait.TABLE
    DELIVERY_NOTE = "delivery-note", "数据交接单", AskedBy.PACKAGES
    STATEMENT = "exchange-statement", "报送对账单", AskedBy.PERIOD
    BULLETIN = "bulletin", "简报", AskedBy.RECORD, Trait.TEXT | Trait.WORD
    OPINION_REPORT = "opinion-report", "社情民意专报", AskedBy.RECORD, Trait.TEXT | Trait.WORD
    ARCHIVE = "archive-volume", "归档合订本", AskedBy.PERIOD, Trait.PEOPLE


class Shown:
    """What a paper is printed from."""

    __slots__ = ()

    @property
    def records(self) -> int:
        """How many records it lists: forms, lines, days, slips."""
        return 1

    @property
    def told(self) -> str:
        """What tells it apart from others of its kind in the name of a file, and names nobody; empty leaves that to its days."""
        return ""

    @property
    def of_what(self) -> str:
        """The record or the days it is of, which the file's properties hold as its subject; empty where its title says all."""
        return self.told


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """The days a ledger covers, both included; without an end it is open there."""

    first: date | None = None
    last: date | None = None

    def __post_init__(self) -> None:
        """Raise `Refused("period_reversed", first, last)` where the last day comes before the first."""
        if self.first and self.last and self.last < self.first:
            raise Refused("period_reversed", first=self.first, last=self.last)

    def holds(self, day: date | None) -> bool:
        """Whether a day lies within; what has none lies only within a span that is open at both ends."""
        if day is None:
            return not (self.first or self.last)
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)

    def meets(self, other: "Span") -> bool:
        """Whether a day lies within both."""
        first = max(self.first or date.min, other.first or date.min)
        return first <= min(self.last or date.max, other.last or date.max)


def year_span(year: int) -> Span:
    """The days of a year; raises `Refused("year_malformed", year)` for one that no calendar has."""
    try:
        return Span(first=date(year, 1, 1), last=date(year, 12, 31))
    except ValueError:
        raise Refused("year_malformed", year=year) from None


def month_named(told: str) -> Span:
    """The days of a month such as 2026-11; raises `Refused("month_malformed", text)`."""
    try:
        first, last = month_of(date.fromisoformat(f"{told.strip()}-01"))
    except (ValueError, OverflowError):
        raise Refused("month_malformed", text=told) from None
    return Span(first=first, last=last)


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


# --- ledgers -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """What stands above and below the rows of a ledger; its number names station and period, and is what its code holds."""

    station: str
    number: str
    period: str
    summary: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of a workbook: its name, the headings of its columns, its rows."""

    name: str
    columns: Sequence[str]
    rows: Sequence[Sequence[str | int]]


class Listed(Shown):
    """A ledger: as many records as lines, each field of a line a column of its table under the heading in `columns`."""

    __slots__ = ()

    columns: ClassVar[Sequence[str]]
    counted: ClassVar[frozenset[str]] = frozenset()
    """The fields of a line that are numbers, so that a spreadsheet program adds them up."""
    head: Ledger
    lines: tuple[Any, ...]

    @property
    def records(self) -> int:
        """One a line."""
        return len(self.lines)

    @property
    def of_what(self) -> str:
        """Its days."""
        return self.told or self.head.period

    @property
    def further(self) -> Sequence[Sheet]:
        """What its table tells on sheets after that of its lines."""
        return ()

    def rows(self) -> Iterator[Sequence[str | int]]:
        """The lines of its table, in the order of `columns`; several things of one field stand one below another."""
        for line in self.lines:
            yield [self._cell(each.name, getattr(line, each.name)) for each in fields(line)]

    def _cell(self, field: str, value: str | tuple[str, ...]) -> str | int:
        text = value if isinstance(value, str) else "\n".join(value)
        return int(text) if field in self.counted and text else text


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
class VisitLog(Listed):
    """The log of a period (接待走访日志), oldest first."""

    columns: ClassVar = ("日期", "起止时间", "类别", "地点", "参加代表", "人数", "活动情况", "反映的问题和建议")
    counted: ClassVar = frozenset({"people"})
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
class IssueLedger(Listed):
    """The ledger of issues of a period (意见台账), oldest first."""

    columns: ClassVar = (
        *("编号", "日期", "反映人", "地点", "反映事项", "内容（原话）"),
        *("类别", "去向", "承办单位", "状态", "办理期限", "办理结果"),
    )
    head: Ledger
    lines: tuple[IssueLine, ...]


# --- official form -------------------------------------------------------------------------------------------------


Answers = tuple[tuple[str, bool], ...]
"""The answers of a question, each with whether it was given."""


def answers(codes: type[CodeSet], *given: str) -> Answers:
    """All answers of a set of codes, those given ticked."""
    return tuple((each.label, each in given) for each in codes)


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A question of the form with all its answers; the ticked ones are those given."""

    label: str
    answers: Answers

    @classmethod
    def of(cls, label: str, codes: type[CodeSet], *given: str) -> "Choice":
        """The question whose answers are a set of codes."""
        return cls(label=label, answers=answers(codes, *given))


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
class SuggestionPaper(Shown):
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

    @property
    def told(self) -> str:
        """Its title."""
        return self.subject


# --- forms to be filled in by hand -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class BlankForms(Shown):
    """Blank forms of a kind, one for each of these numbers; `name` is one that is asked for by them."""

    name: PaperName
    station: str
    numbers: tuple[str, ...]

    @property
    def records(self) -> int:
        """One a number."""
        return len(self.numbers)

    @property
    def told(self) -> str:
        """The first number and the last."""
        return "-".join(dict.fromkeys((self.numbers[0], self.numbers[-1])))

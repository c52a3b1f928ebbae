"""What stands on the papers of a suggestion beside the official form, and in its two ledgers: texts, ready to be set.

An empty text is a place that stays free for handwriting. Where a deputy's identity is confidential no name is in these values.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Final

from app.domain.papers import Answers, Ledger, Listed, PaperName, Sheet, Shown
from app.domain.values import Id


@dataclass(frozen=True, slots=True, kw_only=True)
class SuggestionHead:
    """Which suggestion a sheet is of, and to whom the sheet goes back: body, address, telephone of its congress."""

    record: Id = ""
    number: str = ""
    subject: str = ""
    kind: str = ""
    session: str = ""  # 某某区第十六届人民代表大会第二次会议
    lead: str = ""
    delegation: str = ""
    cosigners: str = ""
    confidential: bool = False
    body: str = ""
    address: str = ""
    phone: str = ""


# --- signing beside the lead -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class PageSigner:
    """One deputy of the page; `signed` tells how and when, and is empty where there is room to sign by hand."""

    name: str = ""
    delegation: str = ""
    card: str = ""
    signed: str = ""
    struck: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CosignaturePage:
    """The page on which deputies sign (联名签名页); `mark` is the short mark of the words they sign.

    `rooms` are the lines left for those who sign on paper. Of a confidential identity only how many signed is told.
    """

    head: SuggestionHead
    mark: str = ""
    lead: PageSigner = PageSigner()
    signers: tuple[PageSigner, ...] = ()
    rooms: int = 0
    hidden: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class CosigningCall:
    """The sheet that asks one deputy to sign (联名邀请书), with a receipt to tear off; without a name it asks whoever gets it."""

    head: SuggestionHead
    invited: str = ""
    mark: str = ""
    requests: str = ""  # what the suggestion asks for, in its own words
    station: str = ""
    place: str = ""
    phone: str = ""


# --- review and handling -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewNotice:
    """What a review decided, as the deputy is told of it; its `title` is that of a refusal where it was refused."""

    head: SuggestionHead
    record: Id = ""
    title: str
    stage: str = ""
    body: str = ""
    reviewer: str = ""
    outcomes: Answers = ()
    reason: str = ""
    help: str = ""
    merged_into: str = ""
    decided_on: str = ""
    told_on: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Handler:
    """A unit's part in one round; `this` is the one the slip goes to."""

    role: str
    unit: str
    part: str
    due: str
    this: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SuggestionSlip:
    """A suggestion as it is handed to one unit (代表建议交办单); limits with the day counted and the day moved."""

    head: SuggestionHead
    record: Id = ""
    number: str = ""
    classification: str = ""
    category: str = ""
    body: str = ""
    unit: str = ""
    role: str = ""
    part: str = ""
    assigned_on: str = ""
    due: str = ""
    extended: str = ""
    co_due: str = ""
    objection_due: str = ""
    handlers: tuple[Handler, ...] = ()
    instruction: str = ""
    feedback_required: str = ""
    assigned_by: str = ""
    signed_for: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplySheet:
    """A reply as it is recorded, or the sheet for one; `mark` stands at the top right of the first page."""

    head: SuggestionHead
    record: Id = ""
    unit: str = ""
    role: str = ""
    part: str = ""
    due: str = ""
    round: str = ""
    number: str = ""
    replied_on: str = ""
    way: str = ""
    mark: str = ""
    classes: Answers = ()
    change: str = ""
    text: str = ""
    opinions: tuple[tuple[str, str], ...] = ()  # of co-handlers: the unit with the day, and what it said
    signed_by: str = ""
    sealed: bool = False
    contact: str = ""
    phone: str = ""
    copied_to: str = ""
    disclosed: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EvaluationForm:
    """What the deputy says of a reply (征询意见表); `sealed` where the answers are none of the station's business."""

    head: SuggestionHead
    record: Id = ""
    unit: str = ""
    reply_number: str = ""
    round: str = ""
    replied_on: str = ""
    reply_class: str = ""
    received: Answers = ()
    received_on: str = ""
    attitudes: Answers = ()
    results: Answers = ()
    opinion: str = ""
    deputy: str = ""
    day: str = ""
    sealed: bool = False


# --- applications ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnApplication:
    """A unit asks to be relieved of what is not its matter (退回申请); `upheld` where it was agreed to."""

    head: SuggestionHead
    record: Id = ""
    slip_number: str = ""
    unit: str = ""
    role: str = ""
    assigned_on: str = ""
    until: str = ""
    reason: str = ""
    day: str = ""
    upheld: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtensionApplication:
    """A unit asks for more time to reply (延期申请)."""

    head: SuggestionHead
    record: Id = ""
    slip_number: str = ""
    unit: str = ""
    role: str = ""
    assigned_on: str = ""
    due: str = ""
    extended_to: str = ""
    latest: str = ""
    reason: str = ""
    agreed_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawalApplication:
    """The deputies take a suggestion back (撤回申请): the lead and everybody who signed beside them must agree."""

    head: SuggestionHead
    reason: str = ""
    signers: tuple[PageSigner, ...] = ()
    hidden: int = 0


SuggestionSheet = (
    CosignaturePage
    | CosigningCall
    | ReviewNotice
    | SuggestionSlip
    | ReplySheet
    | EvaluationForm
    | ReturnApplication
    | ExtensionApplication
    | WithdrawalApplication
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SuggestionSheets(Shown):
    """Sheets of one kind about one suggestion, each beginning a page."""

    name: PaperName
    sheets: tuple[SuggestionSheet, ...]

    @property
    def records(self) -> int:
        """One a sheet."""
        return len(self.sheets)

    @property
    def told(self) -> str:
        """The suggestion's title."""
        return self.sheets[0].head.subject or "空白"


# --- chosen suggestions in one volume ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class ChosenSuggestion:
    """One suggestion of the volume, and what was answered; `text` is empty where only the title may be published."""

    subject: str
    by: str
    number: str
    text: str
    answers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Compendium(Shown):
    """Chosen suggestions with a table of contents (代表建议选编)."""

    station: str
    day: str
    suggestions: tuple[ChosenSuggestion, ...]
    withheld: int = 0

    @property
    def records(self) -> int:
        """One a suggestion."""
        return len(self.suggestions)

    @property
    def told(self) -> str:
        """When it was put together."""
        return self.day


# --- ledgers -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class SuggestionLine:
    """One suggestion in the ledger (domain brief 2.6), in the order of `SUGGESTION_COLUMNS`."""

    number: str
    session: str
    subject: str
    lead: str
    cosigners: str
    category: str
    submitted_on: str
    review: str
    units: str
    assigned_on: str
    due: str  # 3 months and 6 months, each as counted and as moved
    replied_on: str
    reply_class: str
    attitude: str
    result: str
    disclosed: str
    tracked: str
    round: str


SUGGESTION_COLUMNS: Final = (
    *("编号", "年度/会议", "标题", "领衔", "联名人数", "类别", "提交日期", "审查结果", "主办/会办/分办", "交办日期"),
    *("3月/6月到期", "答复日期", "类别码", "态度", "结果", "公开", "B类跟踪", "重新办理轮次"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CommitmentLine:
    """One promise, or one reply that only plans, in the order of `COMMITMENT_COLUMNS`."""

    number: str
    subject: str
    promise: str
    promised_by: str
    unit: str
    progress: str
    change: str
    cleared: str


COMMITMENT_COLUMNS: Final = ("建议号", "建议标题", "承诺内容", "承诺时限", "责任单位", "进展", "转类日期和原因", "销号")


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitCount:
    """What lies with one unit, as the ledger counts it at its end: numbers in the order of the ledger's own headings."""

    unit: str
    numbers: tuple[int, ...]


SUGGESTION_COUNTS: Final = ("承办件数", "已答复", "未答复", "B类未销号")
COMMITMENT_COUNTS: Final = ("B类及承诺事项", "已销号", "未销号", "其中已逾期")
UNITS: Final = "各单位未结情况"


def units_sheet(counts: Sequence[str], units: Sequence[UnitCount]) -> Sheet:
    """A row for each unit, then all of them together; `counts` are the headings of their numbers."""
    rows: list[Sequence[str | int]] = [(each.unit, *each.numbers) for each in units]
    if units:
        rows.append(("合计", *(sum(column) for column in zip(*(each.numbers for each in units), strict=True))))
    return Sheet(UNITS, ("单位", *counts), rows)


@dataclass(frozen=True, slots=True, kw_only=True)
class SuggestionLedger(Listed):
    """The ledger of suggestions (建议台账), oldest first."""

    columns: ClassVar = SUGGESTION_COLUMNS
    head: Ledger
    lines: tuple[SuggestionLine, ...]
    units: tuple[UnitCount, ...]

    @property
    def further(self) -> Sequence[Sheet]:
        """What lies with each unit."""
        return (units_sheet(SUGGESTION_COUNTS, self.units),)


@dataclass(frozen=True, slots=True, kw_only=True)
class CommitmentLedger(Listed):
    """The ledger of B items and promises (B类及承诺事项台账): all that stood open at some day of the period."""

    columns: ClassVar = COMMITMENT_COLUMNS
    head: Ledger
    lines: tuple[CommitmentLine, ...]
    units: tuple[UnitCount, ...]

    @property
    def further(self) -> Sequence[Sheet]:
        """What lies with each unit."""
        return (units_sheet(COMMITMENT_COUNTS, self.units),)


def text_mark(digest: str) -> str:
    """The first twelve digits of a text's digest in fours, so that two people can compare them aloud; empty for none."""
    upper = digest[:12].upper()
    return "-".join(upper[place : place + 4] for place in range(0, len(upper), 4))

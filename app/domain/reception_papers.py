"""What papers of receptions are printed from: the form, the notice of days, the rota, the slip, the call-back list."""

from dataclasses import dataclass
from typing import ClassVar

from app.domain.papers import Ledger, Listed, PaperName, Shown
from app.domain.values import Id

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


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceptionForms(Shown):
    """The forms of a reception, one for each resident."""

    forms: tuple[ReceptionForm, ...]

    @property
    def records(self) -> int:
        """One a form."""
        return len(self.forms)

    @property
    def told(self) -> str:
        """The first form's number."""
        return next((each.number for each in self.forms), "")


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
class ReceptionNotice(Shown):
    """The notice of one reception day or of several (接待日公告, domain brief 2.3); `day` is when it is put up."""

    station: str
    number: str = ""
    days: tuple[NoticeDay, ...]
    phone: str = ""
    place: str = ""  # of the station, for those who ask
    time_limit: str = ""  # how long a unit has, 10个工作日
    day: str = ""

    @property
    def records(self) -> int:
        """One a day."""
        return len(self.days)

    @property
    def told(self) -> str:
        """Its number, where it is of one day."""
        return self.number


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
class DutyRota(Listed):
    """The rota of a period (轮值表), oldest first."""

    columns: ClassVar = ("日期", "星期", "时间", "地点", "接待代表", "主题", "公告", "备注")
    head: Ledger
    lines: tuple[RotaLine, ...]


# --- posters ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Poster(Shown):
    """What hangs at the door of a station, or tells where a deputy can be met; `code` is what a telephone reads.

    `facts` are names with what is told of them.
    """

    name: PaperName
    title: str
    under: str
    code: str
    scan: str
    facts: tuple[tuple[str, str], ...]
    station: str

    @property
    def told(self) -> str:
        """Whose it is."""
        return self.title


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
class VisitorSlips(Shown):
    """Slips to be cut apart, three to a sheet."""

    slips: tuple[VisitorSlip, ...]

    @property
    def records(self) -> int:
        """One a slip."""
        return len(self.slips)

    @property
    def told(self) -> str:
        """The first slip's number."""
        return next((each.number for each in self.slips), "")


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
class CallBackList(Shown):
    """Issues whose residents are to be called back, or were in the days it is of (回访清单), deputy by deputy."""

    head: Ledger
    groups: tuple[CallBackGroup, ...]

    @property
    def records(self) -> int:
        """One a line of any deputy."""
        return sum(len(each.lines) for each in self.groups)

    @property
    def told(self) -> str:
        """Its week."""
        return self.head.number.rpartition("/")[2]

    @property
    def of_what(self) -> str:
        """Its days."""
        return self.head.period

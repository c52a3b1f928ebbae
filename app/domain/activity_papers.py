"""What papers of activities, campaigns and the register are printed from: texts, ready to be set."""

from dataclasses import dataclass
from typing import ClassVar

from app.domain.papers import Ledger, Listed, Shown
from app.domain.values import Id

# --- other activities and campaigns --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What one person said at an activity; `beside` is their level or part."""

    name: str
    beside: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivityRecord(Shown):
    """The record of an activity (代表活动记录, domain brief 2.5); `fields` are those its kind asks for, by their names there.

    `long` holds paragraphs by their names, `led_to` the issues and suggestions that came from it.
    """

    record: Id
    station: str
    number: str = ""
    kind: str = ""
    theme: str = ""
    day: str = ""
    hours: str = ""
    place: str = ""
    recorder: str = ""
    campaign: str = ""
    roll: str = ""
    there: str = ""
    fields: tuple[tuple[str, str], ...] = ()
    long: tuple[tuple[str, str], ...] = ()
    speeches: tuple[Said, ...] = ()
    led_to: tuple[str, ...] = ()
    photographs: str = ""

    @property
    def told(self) -> str:
        """Its number."""
        return self.number


@dataclass(frozen=True, slots=True, kw_only=True)
class AttendanceRow:
    """One line of the sheet; what is empty is written by hand."""

    name: str = ""
    level: str = ""
    group: str = ""
    arrived: str = ""
    left: str = ""
    remark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AttendanceSheet(Shown):
    """The sheet on which those who come sign (代表签到表, domain brief 2.5)."""

    record: Id
    station: str
    number: str = ""
    theme: str = ""
    day: str = ""
    hours: str = ""
    place: str = ""
    host: str = ""
    roll: str = ""
    rows: tuple[AttendanceRow, ...] = ()

    @property
    def told(self) -> str:
        """The activity's number."""
        return self.number


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignPaper(Shown):
    """The table of a campaign on paper: facts above, then a block of rows for each division, every number as a text."""

    head: Ledger
    title: str
    facts: str
    blocks: tuple[tuple[str, tuple[str, ...], tuple[tuple[str, ...], ...]], ...]

    @property
    def told(self) -> str:
        """The campaign's name."""
        return self.title


# --- livelihood projects -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class BallotLine:
    """One candidate for the vote; `grounds` says how many residents' issues it stands on."""

    year: str
    name: str
    content: str
    place: str
    unit: str
    budget: str
    grounds: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectBallot(Listed):
    """The candidates of the years asked for (票决候选项目表), with room to mark each."""

    columns: ClassVar = ("年度", "项目名称", "建设内容", "地点", "责任单位", "资金（万元）", "来源意见")
    head: Ledger
    lines: tuple[BallotLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgressLine:
    """One project that was chosen, how far it has come, what residents say of it."""

    year: str
    name: str
    unit: str
    budget: str
    votes: str
    state: str
    days: str
    progress: str
    satisfaction: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectProgress(Listed):
    """The chosen projects of the years asked for (实施进度表)."""

    columns: ClassVar = (
        *("年度", "项目名称", "责任单位和责任人", "资金（万元）", "票决结果"),
        *("状态", "计划和完成", "进展", "群众评议"),
    )
    head: Ledger
    lines: tuple[ProgressLine, ...]


# --- what deputies check in by ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class DeputyCard:
    """The card of one deputy; its code names nobody."""

    name: str
    level: str
    group: str
    card: str
    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DeputyCards(Shown):
    """Cards to be cut apart."""

    station: str
    cards: tuple[DeputyCard, ...]

    @property
    def records(self) -> int:
        """One a card."""
        return len(self.cards)

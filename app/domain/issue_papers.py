"""What papers of issues beside the ledger and the slips are printed from: texts, ready to be set."""

from dataclasses import dataclass
from typing import ClassVar

from app.domain.papers import Answers, Ledger, Listed, Shown
from app.domain.values import Id


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseLine:
    """One step on the way of an issue."""

    day: str
    event: str
    by: str
    told: str


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueRecord(Shown):
    """One issue from its receipt to its file (群众意见办理单); the resident is masked, or named as 匿名 or 要求保密."""

    record: Id
    station: str
    number: str = ""
    received: str = ""
    source: str = ""
    person: str = ""
    village: str = ""
    deputies: str = ""
    subject: str = ""
    words: str = ""
    kinds: str = ""
    place: str = ""
    units_concerned: str = ""
    on_spot_reply: str = ""
    proposed: str = ""
    approved: str = ""
    route: str = ""
    unit: str = ""
    assigned_on: str = ""
    due: str = ""
    course: tuple[CourseLine, ...] = ()
    result: str = ""
    feedback: str = ""
    call_back: str = ""
    satisfaction: str = ""
    archive: str = ""

    @property
    def told(self) -> str:
        """Its number."""
        return self.number


@dataclass(frozen=True, slots=True, kw_only=True)
class CallBackRecord(Shown):
    """What a resident said when asked how they are satisfied (回访记录); empty where it is written by hand during the call."""

    record: Id
    station: str
    number: str = ""
    person: str = ""
    phone: str = ""
    subject: str = ""
    unit: str = ""
    result: str = ""
    told_on: str = ""
    called_on: str = ""
    called_by: str = ""
    ways: Answers = ()
    satisfactions: Answers = ()

    @property
    def told(self) -> str:
        """The issue's number."""
        return self.number


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicLine:
    """One matter as the public may read of it; `person` is a number that stands for a resident, the same on every sheet."""

    received: str
    person: str
    subject: str
    unit: str
    result: str
    closed: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicSheet(Listed):
    """How opinions were handled, for the wall (群众意见办理情况公示); whoever asked for confidence is only counted."""

    columns: ClassVar = ("收到日期", "反映人", "反映事项", "承办单位", "办理结果", "办结日期")
    head: Ledger
    lines: tuple[PublicLine, ...]
    note: str = ""

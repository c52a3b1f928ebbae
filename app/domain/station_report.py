"""The report of a station on a month, a year or other days (工作月报、年度工作报告)."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar, Final

from app.domain.chinese import numeral
from app.domain.figures import Counted, StationFigures, percent
from app.domain.outline import Bars, Columns, Outlined, Part, Room, Rows, Signed, Text, Title, Under
from app.domain.papers import PaperName
from app.domain.values import Id
from app.domain.visit import VisitKind

_NOTHING: Final = "本时段没有记录。"
_MOST: Final = 10
"""Names of one chart or table; the others are counted together."""
_FEWEST: Final = 2
"""Months from which on a chart of them says something."""
_MONTHS: Final = 24
"""As many as one chart has room for."""
_FREE: Final = 5  # lines


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A matter told as an example: what was raised and what came of it, nobody named."""

    subject: str
    result: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NormFigures:
    """What a month asks of each deputy, how many there are, how many met it, who did not."""

    asked: str
    deputies: int
    met: int
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StationReport(Outlined):
    """The figures of a period beside those of the same days a year before, in the words of a report."""

    name: ClassVar = PaperName.STATION_REPORT
    record: Id = ""  # it goes to the congress
    station: str
    title: str
    period: str
    now: StationFigures
    before: StationFigures | None = None
    compared_with: str = ""
    undated: int = 0
    norm: NormFigures | None = None
    cases: tuple[Case, ...] = ()
    until: str = ""
    day: str = ""

    @property
    def records(self) -> int:
        """What was counted: visits, issues, suggestions."""
        return self.now.visits.kinds.whole + self.now.issues.received + self.now.suggestions.submitted

    @property
    def of_what(self) -> str:
        """Its days."""
        return self.period

    def outline(self) -> Iterator[Part]:
        """Its chapters, each with sentences, a table and a chart; room for what only people can say."""
        yield Title(f"{self.station}{self.title}")
        yield Under(f"（{self.period}）")
        chapters = (
            ("工作概况", self._summary()),
            ("代表活动", self._visits()),
            ("群众意见建议", self._issues()),
            ("代表建议", self._suggestions()),
            *((("典型事例", self._cases()),) if self.cases else ()),
            ("存在的问题和下步打算", iter((Room(_FREE),))),
        )
        for place, (heading, parts) in enumerate(chapters, start=1):
            yield Text(f"{numeral(place)}、{heading}")
            yield from parts
        yield Signed(self.station, self.day)

    # --- chapters

    def _summary(self) -> Iterator[Part]:
        visits, issues, suggestions = self.now.visits, self.now.issues, self.now.suggestions
        closed = f"其中已办结{issues.closed}件，占{percent(issues.closed, issues.received)}" if issues.received else ""
        received = "，".join(part for part in (f"收到群众意见建议{issues.received}件", closed) if part)
        receptions, outreach = (visits.kinds.of(kind.label) for kind in (VisitKind.RECEPTION, VisitKind.OUTREACH))
        yield Text(
            f"{self.period}，共开展接待{receptions}次、走访{outreach}次、其他活动{visits.kinds.whole - receptions - outreach}次，"
            f"接待走访群众{visits.people.whole}人；{received}；提交代表建议{suggestions.submitted}件。{self.until}"
        )
        if self.undated:
            yield Text(f"另有{self.undated}条没有日期的活动、意见记录，未计入本报告。")
        if self.before:
            yield Text(f"与上年同期（{self.compared_with}）比较：")
            yield Rows((("指标", 1.0), ("本期", 0), ("上年同期", 0), ("增减", 0)), tuple(_compared(self.now, self.before)))

    def _visits(self) -> Iterator[Part]:
        visits = self.now.visits
        if not visits.kinds.whole:
            yield Text(_NOTHING)
            return
        people = {name: visits.people.of(name) for name in visits.kinds.names}
        rows = [(name, count, share, str(people[name] or "")) for name, count, share in visits.kinds.rows()]
        whole = ("合计", str(visits.kinds.whole), "", str(visits.people.whole))
        yield Rows((("类别", 1.0), ("次数", 0), ("占比", 0), ("接待走访群众（人）", 0)), (*rows, whole))
        if _FEWEST <= len(visits.months) <= _MONTHS:
            names = tuple(month or "无日期" for month, _many, _people in visits.months)
            many = tuple(many for _month, many, _people in visits.months)
            met = tuple(people for _month, _many, people in visits.months)
            yield Columns("各月活动次数和接待走访群众人数", names, (("活动（次）", many), ("群众（人）", met)))
        else:
            yield Bars("各类活动次数", visits.kinds.names, visits.kinds.counts)
        if self.norm:
            missing = f"尚未达到的：{'、'.join(self.norm.missing)}。" if self.norm.missing else ""
            yield Text(
                f"{self.norm.asked}在任代表{self.norm.deputies}人中，{self.norm.met}人达到，"
                f"占{percent(self.norm.met, self.norm.deputies)}。{missing}"
                if self.norm.deputies
                else "名册中没有在任代表。"
            )

    def _issues(self) -> Iterator[Part]:
        issues = self.now.issues
        if not issues.received:
            yield Text(_NOTHING)
            return
        yield from _grouped("按内容类别", issues.categories, chart=True)
        yield from _grouped("按去向", issues.routes)
        yield from _grouped("按状态", issues.states)
        yield from _grouped("按来源", issues.sources)
        yield from _grouped("按承办单位（已交办的）", issues.units)
        yield Text(
            f"已办结且有办理期限的{issues.timed}件中，按期办结{issues.in_time}件，占{percent(issues.in_time, issues.timed)}。"
            if issues.timed
            else "没有已办结且有办理期限的事项。"
        )
        yield Text(_judged("已回访", issues.judged, "件"))

    def _suggestions(self) -> Iterator[Part]:
        told = self.now.suggestions
        if not told.submitted:
            yield Text(_NOTHING)
            return
        yield from _grouped("按状态", told.states, chart=True)
        if told.classes.whole:
            shares = "，".join(f"{name}{count}件（{share}）" for name, count, share in told.classes.rows())
            yield Text(f"已答复{told.classes.whole}件中：{shares}。")
        else:
            yield Text("尚无答复。")
        for words, answers in (("对办理态度作出评价的", told.attitudes), ("对办理结果作出评价的", told.results)):
            if answers.whole:
                yield Text(_judged(words, answers, "件"))

    def _cases(self) -> Iterator[Part]:
        for place, each in enumerate(self.cases, start=1):
            yield Text(f"（{numeral(place)}）{each.subject}")
            yield Text(each.result)


def _compared(now: StationFigures, before: StationFigures) -> Iterator[tuple[str, ...]]:
    pairs = (
        ("活动（次）", now.visits.kinds.whole, before.visits.kinds.whole),
        ("接待走访群众（人）", now.visits.people.whole, before.visits.people.whole),
        ("收到意见建议（件）", now.issues.received, before.issues.received),
        ("已办结（件）", now.issues.closed, before.issues.closed),
        ("提交代表建议（件）", now.suggestions.submitted, before.suggestions.submitted),
    )
    for name, is_, was in pairs:
        change = f"{is_ - was:+d}" + (f"（{_signed(is_ - was, was)}）" if was else "")
        yield name, str(is_), str(was), change if is_ != was else "持平"


def _signed(change: int, whole: int) -> str:
    return ("+" if change > 0 else "") + percent(change, whole)


def _grouped(title: str, told: Counted, *, chart: bool = False) -> Iterator[Part]:
    """A table of what is counted, and a chart of its first names; what is beyond them is counted together."""
    if not told.whole:
        return
    shown = shortened(told)
    yield Text(f"{title}：")
    rows = (*shown.rows(), ("合计", str(shown.whole), ""))
    yield Rows((("名称", 1.0), ("件数", 0), ("占比", 0)), rows)
    if chart and len(shown.names) >= _FEWEST:
        yield Bars(f"{title}的件数", shown.names, shown.counts)


def shortened(told: Counted, most: int = _MOST) -> Counted:
    """The first names; the others, of which there is more than one, counted together as 其他N项, so that the sum stays."""
    if len(told.names) <= most + 1:
        return told
    rest = len(told.names) - most
    return Counted((*told.names[:most], f"其他{rest}项"), (*told.counts[:most], sum(told.counts[most:])))


def _judged(words: str, answers: Counted, unit: str) -> str:
    if not answers.whole:
        return f"{words}0{unit}。"
    shares = "，".join(f"{name}{count}{unit}（{share}）" for name, count, share in answers.rows())
    return f"{words}{answers.whole}{unit}中：{shares}。"

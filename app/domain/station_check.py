"""Checks of a station's equipment and rules (物料、制度检查): each item of a checklist, what was found, how it was mended.

The newest finding of an item holds. Stars follow from the share of items that are fulfilled, reckoned anew each time (domain
brief 2.2: four times five, and stars can be lost).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from app.domain.problems import Problem
from app.domain.records import Record, about, kind
from app.domain.values import Code, CodeSet

ROUND_DRAFT: Final = "station_check"
"""The kind of a draft kept on the form of a round of checks."""


class CheckFinding(CodeSet):
    """What a check found."""

    MET = "met", "符合"
    PARTLY = "partly", "部分符合"
    NOT_MET = "not_met", "不符合"
    NOT_APPLICABLE = "not_applicable", "不适用"


LACKING: Final = frozenset({CheckFinding.PARTLY, CheckFinding.NOT_MET})
"""What is to be mended."""


@kind("station_check", "站点检查", groups=(("finding", "mended_on"),))
class StationCheck(Record):
    """One item of a checklist as it was found on a day, and what was done about it."""

    on: date | None = about("检查日期")
    group: str = about("类别")
    item: str = about("项目代码")
    item_name: str = about("检查项目", searched=True)
    finding: Code[CheckFinding] = about("结果")
    account: str = about("情况", searched=True)
    checked_by: str = about("检查人")
    due_on: date | None = about("整改期限")
    measure: str = about("整改措施", searched=True)
    mended_on: date | None = about("整改日期")

    def title(self) -> str:
        return self.item_name

    def day(self) -> date | None:
        return self.on


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckItem:
    """One thing to look at."""

    group: str
    code: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Checklist:
    """What a station is checked by; `stars` are the shares in percent from which each number of stars is reached."""

    label: str
    source: str
    items: tuple[CheckItem, ...]
    stars: tuple[tuple[int, int], ...]

    def stars_for(self, fulfilled: int, of: int) -> int:
        """How many stars so much of the list is worth, in halves of an item: a part fulfilled counts one, all of it two."""
        reached = (stars for at_least, stars in self.stars if of and fulfilled * 100 >= at_least * 2 * of)
        return max(reached, default=0)


def checklist_from(data: Mapping[str, Any]) -> Checklist:
    """The checklist that JSON tells; raises `KeyError` or `TypeError` for what is none."""
    return Checklist(
        label=str(data["label"]),
        source=str(data["source"]),
        items=tuple(
            CheckItem(group=str(group["name"]), code=str(item["code"]), name=str(item["name"]))
            for group in data["groups"]
            for item in group["items"]
        ),
        stars=tuple((int(each["at_least"]), int(each["stars"])) for each in data["stars"]),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How a station stands: how many items apply and were looked at, halves fulfilled, its stars."""

    applied: int
    halves: int
    unseen: int
    stars: int


def standing(checklist: Checklist, newest: Mapping[str, StationCheck]) -> Standing:
    """How a station stands by the newest finding of each item; what was never looked at is not fulfilled, and is told."""
    found = [newest.get(each.code) for each in checklist.items]
    applied = [each for each in found if each is None or each.finding != CheckFinding.NOT_APPLICABLE]
    halves = sum(map(_halves, applied))
    return Standing(
        applied=len(applied),
        halves=halves,
        unseen=sum(each is None for each in found),
        stars=checklist.stars_for(halves, len(applied)),
    )


def _halves(check: StationCheck | None) -> int:
    """What was mended is fulfilled."""
    if check is None:
        return 0
    if check.finding == CheckFinding.MET or (check.finding in LACKING and check.mended_on):
        return 2
    return 1 if check.finding == CheckFinding.PARTLY else 0


def newest_of_each(checks: Iterable[StationCheck]) -> dict[str, StationCheck]:
    """The newest finding of each item by its code; of one day the one entered last."""
    newest: dict[str, StationCheck] = {}
    for each in sorted(checks, key=lambda check: check.on or date.min):
        newest[each.item] = each
    return newest


def check_problems(checks: Sequence[StationCheck], today: date) -> Iterator[Problem]:
    """Something was looked at, on a day that is not ahead, by somebody; what lacks says what; mended is not before checked."""
    if not checks:
        yield Problem(code="check_empty", field="finding")
    for each in checks:
        named = {"item": each.item_name}
        if each.on is None or each.on > today:
            yield Problem(code="check_day_odd", field="on", facts=named)
        elif each.mended_on and each.mended_on < each.on:
            yield Problem(code="check_mended_before", field="mended_on", facts=named)
        if not each.checked_by.strip():
            yield Problem(code="check_by_missing", field="checked_by", facts=named)
        if each.finding in LACKING and not each.account.strip():
            yield Problem(code="check_account_missing", field="account", facts=named)

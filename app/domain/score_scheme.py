"""Score schemes (积分方案): what a deputy's work is worth, as data; points are reckoned from approved entries, never kept.

Domain brief 3.2. A scheme that comes with the program is an example; a station goes by one of its own, for the days it says.
"""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, Final, Protocol

from app.domain.papers import ALWAYS, Span
from app.domain.problems import Problem
from app.domain.records import Record, about, kind
from app.errors import Refused

NONE: Final = Decimal(0)
_UNBOUND: Final = Decimal("Infinity")
LARGEST: Final = Decimal(1000)
"""Points of anything; what lies beyond was mistyped."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """What the first one is worth and what each further one, up to a cap; 0 is no cap.

    `counts` are the words by which a record says what it counts as (`app.domain.score_basis`). Where points are `assessed`,
    the quantity of an entry is its points.
    """

    code: str
    name: str
    first: Decimal = NONE
    more: Decimal = NONE
    cap: Decimal = NONE
    counts: tuple[str, ...] = ()
    assessed: bool = False

    def points(self, many: int) -> Decimal:
        """What so many are worth."""
        worth = NONE if many <= 0 else Decimal(many) if self.assessed else self.first + (many - 1) * self.more
        return min(worth, self.cap or _UNBOUND)


@dataclass(frozen=True, slots=True, kw_only=True)
class Item(Rate):
    """An item of a scheme; one with parts is worth what these are together, up to its own cap."""

    unit: str = "次"
    evidence: bool = False
    parts: tuple[Rate, ...] = ()

    def worth(self, counts: Mapping[str, int]) -> Decimal:
        """What it is worth: how many there are of each part, under no name where there are none."""
        if not self.parts:
            return self.points(sum(counts.values()))
        together = sum((each.points(counts.get(each.code, 0)) for each in self.parts), NONE)
        return min(together, self.cap or _UNBOUND)

    def part(self, code: str) -> Rate | None:
        """The part of this code."""
        return next((each for each in self.parts if each.code == code), None)

    def told(self, part: str = "") -> str:
        """Its name, with that of a part."""
        named = self.part(part)
        return f"{self.name}（{named.name}）" if named else self.name


@dataclass(frozen=True, slots=True, kw_only=True)
class Grade:
    """What a deputy is called from so many points on, these included."""

    at_least: Decimal
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreScheme:
    """A whole scheme; `coefficients` multiply the sum by a deputy's level, `most` bounds it (0: nothing does)."""

    name: str
    label: str
    source: str = ""
    items: tuple[Item, ...] = ()
    deductions: tuple[Item, ...] = ()
    grades: tuple[Grade, ...] = ()
    below: str = ""
    most: Decimal = NONE
    coefficients: Mapping[str, Decimal] | None = None
    span: Span = ALWAYS

    def item(self, code: str) -> Item | None:
        """The item or deduction of this code."""
        return next((each for each in (*self.items, *self.deductions) if each.code == code), None)

    def grade(self, points: Decimal) -> str:
        """What so many points are called: 90 is the first that makes 优秀 where that begins at 90."""
        reached = [each for each in self.grades if points >= each.at_least]
        return max(reached, key=lambda each: each.at_least).name if reached else self.below if self.grades else ""

    def item_for(self, words: Iterable[str]) -> tuple[Item, str] | None:
        """The item, and its part, that the first of a record's words which counts here belongs to."""
        for word in words:
            for item in (*self.items, *self.deductions):
                if part := next((each for each in item.parts if word in each.counts), None):
                    return item, part.code
                if word in item.counts:
                    return item, ""
        return None

    def deducts(self, code: str) -> bool:
        """Whether this code takes points away."""
        return any(each.code == code for each in self.deductions)


class Entry(Protocol):
    """What of an entry is counted."""

    @property
    def item(self) -> str: ...
    @property
    def sub_item(self) -> str: ...
    @property
    def quantity(self) -> int: ...


class Score:
    """The points of one deputy by one scheme; entries are added one after the other, each says what it brought.

    However they are ordered the sum is the same; what a single one brings depends on those before it, since items have caps.
    """

    def __init__(self, scheme: ScoreScheme, level: str = "") -> None:
        self.scheme: Final = scheme
        self._counts: Final[dict[str, Counter[str]]] = {}
        self._worth: Final[dict[str, Decimal]] = {}
        self._factor: Final = (scheme.coefficients or {}).get(level, Decimal(1))

    def add(self, entry: Entry) -> Decimal:
        """Count an entry; returns what it brings. One of an item that the scheme does not have brings nothing."""
        item = self.scheme.item(entry.item)
        if item is None:
            return NONE
        before = self.total
        self._counts.setdefault(item.code, Counter())[entry.sub_item] += entry.quantity
        self._worth[item.code] = item.worth(self._counts[item.code])
        return self.total - before

    def of(self, code: str) -> Decimal:
        """The points of an item; of a deduction what it takes away, as a negative number."""
        worth = self._worth.get(code, NONE)
        return -worth if self.scheme.deducts(code) else worth

    @property
    def total(self) -> Decimal:
        """All points: items less deductions, never below 0, within the bound of the scheme, times the level's coefficient."""
        together = sum((self.of(code) for code in self._worth), NONE)
        return max(NONE, min(together, self.scheme.most or _UNBOUND)) * self._factor

    @property
    def grade(self) -> str:
        """What that is called."""
        return self.scheme.grade(self.total)


def points_told(points: Decimal) -> str:
    """Points as people write them: no zeros behind the point."""
    text = f"{points:f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text) or "0"


# --- a scheme as data -------------------------------------------------------------------------------------------------------


def scheme_from(data: Mapping[str, Any], name: str = "", span: Span = ALWAYS) -> ScoreScheme:
    """The scheme that JSON tells; raises `ValueError`, `KeyError` or `TypeError` for what is none."""
    return ScoreScheme(
        name=name or str(data["name"]),
        label=str(data["label"]),
        source=str(data.get("source", "")),
        items=tuple(_item(each) for each in data["items"]),
        deductions=tuple(_item(each) for each in data.get("deductions", ())),
        grades=tuple(Grade(at_least=_points(each["at_least"]), name=str(each["name"])) for each in data.get("grades", ())),
        below=str(data.get("below", "")),
        most=_points(data.get("most", 0)),
        coefficients={str(level): _points(factor) for level, factor in data.get("coefficients", {}).items()},
        span=span,
    )


def _item(data: Mapping[str, Any]) -> Item:
    parts = tuple(Rate(**_rate(each)) for each in data.get("parts", ()))
    told = {name: data[name] for name in ("unit", "evidence") if name in data}
    return Item(**_rate(data), **told, parts=parts)


def _rate(data: Mapping[str, Any]) -> dict[str, Any]:
    rates = {name: _points(data.get(name, 0)) for name in ("first", "more", "cap")}
    named = {"code": str(data["code"]), "name": str(data["name"])}
    return {**named, **rates, "counts": tuple(map(str, data.get("counts", ()))), "assessed": bool(data.get("assessed", False))}


def _points(told: object) -> Decimal:
    try:
        return Decimal(str(told))
    except InvalidOperation as error:
        raise ValueError(told) from error


def content_of(scheme: ScoreScheme) -> str:
    """The scheme as the record of a station keeps it."""
    return json.dumps(scheme_told(scheme), ensure_ascii=False, separators=(",", ":"))


def scheme_told(scheme: ScoreScheme) -> dict[str, Any]:
    """The scheme as JSON, so that `scheme_from` reads it back."""
    return {
        "name": scheme.name,
        "label": scheme.label,
        "source": scheme.source,
        "most": points_told(scheme.most),
        "items": [_item_told(each) for each in scheme.items],
        "deductions": [_item_told(each) for each in scheme.deductions],
        "grades": [{"at_least": points_told(each.at_least), "name": each.name} for each in scheme.grades],
        "below": scheme.below,
        "coefficients": {level: points_told(factor) for level, factor in (scheme.coefficients or {}).items()},
    }


def _item_told(item: Item) -> dict[str, Any]:
    return {**_rate_told(item), "unit": item.unit, "evidence": item.evidence, "parts": [_rate_told(each) for each in item.parts]}


def _rate_told(rate: Rate) -> dict[str, Any]:
    points = {name: points_told(getattr(rate, name)) for name in ("first", "more", "cap")}
    return {"code": rate.code, "name": rate.name, **points, "counts": list(rate.counts), "assessed": rate.assessed}


# --- what a station goes by -------------------------------------------------------------------------------------------------


@kind("score_scheme", "积分方案")
class OwnScheme(Record):
    """The scheme a station goes by between two days; without a last day it holds until another begins.

    `content` is the scheme as JSON (`scheme_from`); it began as the example named `base`.
    """

    name: str = about("名称", searched=True)
    base: str = about("以哪个方案为底")
    starts_on: date | None = about("启用日期")
    ends_on: date | None = about("停用日期")
    verified: bool = about("已经本级人大确定")
    content: str = about("内容")

    def title(self) -> str:
        return self.name

    def day(self) -> date | None:
        return self.starts_on

    def scheme(self) -> ScoreScheme | None:
        """The scheme itself; None where this program cannot read it, or where two computers gave it days that cannot be."""
        try:
            return scheme_from(json.loads(self.content), self.id, Span(first=self.starts_on, last=self.ends_on))
        except (ValueError, KeyError, TypeError, AttributeError, Refused):
            return None


def own_scheme_problems(own: OwnScheme, others: Iterable[OwnScheme]) -> Iterator[Problem]:
    """What keeps a scheme from being gone by: no name, no first day, days reversed or another's, items that cannot be."""
    if not own.name.strip():
        yield Problem(code="name_missing", field="name")
    if own.starts_on is None:
        yield Problem(code="scheme_start_missing", field="starts_on")
        return
    if own.ends_on and own.ends_on < own.starts_on:
        yield Problem(code="scheme_reversed", field="ends_on")
        return
    scheme = own.scheme()
    if scheme is None:
        yield Problem(code="scheme_unreadable", field="content")
    else:
        yield from scheme_problems(scheme)
    for other in others:
        if other.id != own.id and _overlap(own, other):
            yield Problem(code="scheme_overlaps", field="starts_on", facts={"name": other.name})


def _overlap(one: OwnScheme, other: OwnScheme) -> bool:
    """Whether a day lies within both; unlike those of a `Span`, days that two computers gave may be reversed."""
    first = max(one.starts_on or date.min, other.starts_on or date.min)
    return first <= min(one.ends_on or date.max, other.ends_on or date.max)


def scheme_problems(scheme: ScoreScheme) -> Iterator[Problem]:
    """Items are there, each named once, their points between 0 and `LARGEST`, no word counts twice."""
    everything = (*scheme.items, *scheme.deductions)
    if not scheme.items:
        yield Problem(code="scheme_empty", field="content")
    codes = [each.code for each in everything]
    if again := next((each for each in codes if codes.count(each) > 1 or not each.strip()), None):
        yield Problem(code="scheme_item_twice", field="content", facts={"name": again})
    words = [word for each in everything for word in (*each.counts, *(word for part in each.parts for word in part.counts))]
    if again := next((each for each in words if words.count(each) > 1), None):
        yield Problem(code="scheme_counts_twice", field="content", facts={"name": again})
    for item in everything:
        for rate in (item, *item.parts):
            if not rate.name.strip():
                yield Problem(code="scheme_item_unnamed", field="content", facts={"name": rate.code})
            if any(not NONE <= each <= LARGEST for each in (rate.first, rate.more, rate.cap)):
                yield Problem(code="scheme_points_odd", field="content", facts={"name": rate.name, "most": int(LARGEST)})

"""Reference data that a body sends its stations: calendar years, handling units, categories; and what a station makes of them.

What a station entered itself goes before what its body sends, and that goes before what the program brought.
"""

import json
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, fields, replace
from datetime import date
from functools import lru_cache
from typing import Any, Final, TypeVar

from app.domain.calendar_year import EnteredYear, year_problems
from app.domain.category import CategoryScheme
from app.domain.problems import Problem
from app.domain.records import Record, about, kind
from app.domain.unit import Unit
from app.domain.values import Id

MOST_YEARS: Final = 50
MOST_UNITS: Final = 2_000
MOST_CATEGORIES: Final = 2_000
LONGEST_TEXT: Final = 200
"""Characters of a name or a source."""

_CODE: Final = re.compile(r"[0-9A-Za-z][0-9A-Za-z._-]{0,31}")
_KEPT_READ: Final = 4  # contents that stay read: the one in force is asked for with every deadline
_LAID: Final = ("name", "short_name", "former_names", "unit_type", "level", "parent", "supervising_committee")
Part = TypeVar("Part")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferenceYear:
    """The days off and the make-up working days of a year (`YYYY-MM-DD`), and the number of the notice that says so."""

    year: int
    rest: tuple[str, ...]
    worked: tuple[str, ...]
    source: str

    def entered(self) -> EnteredYear:
        """The year as a station would have entered it; raises `ValueError` for what is no day."""
        rest, worked = (tuple(map(date.fromisoformat, days)) for days in (self.rest, self.worked))
        return EnteredYear(id="", year=self.year, rest=rest, worked=worked, source=self.source)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferenceUnit:
    """A handling unit as a body keeps it: nothing of its people; `parent` is the name of the unit above it."""

    name: str
    short_name: str = ""
    former_names: tuple[str, ...] = ()
    unit_type: str = ""
    level: str = ""
    parent: str = ""
    supervising_committee: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferenceCategory:
    """A category that a body adds to a scheme; `parent` is the code above it."""

    scheme: str
    code: str
    name: str
    parent: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferenceData:
    """All that a body has its stations keep current, at one version."""

    years: tuple[ReferenceYear, ...] = ()
    units: tuple[ReferenceUnit, ...] = ()
    categories: tuple[ReferenceCategory, ...] = ()

    def calendar(self) -> Mapping[int, EnteredYear]:
        """The years by their number."""
        return {each.year: each.entered() for each in self.years}

    def names(self, scheme: CategoryScheme) -> Mapping[str, str]:
        """The categories of a scheme: code and name."""
        return {each.code: each.name for each in self.categories if each.scheme == scheme}


NOTHING: Final = ReferenceData()


@kind("reference", "参考数据", mutable=False)
class Reference(Record):
    """A version of a body's reference data that this station took in; the highest that stands is in force.

    `content` is what the document said, as JSON of `years`, `units` and `categories` (docs/package-format.md); `body` is the
    identifier of the body, `digest` that of the document's payload.
    """

    body: Id = about("下发机关标识")
    body_name: str = about("下发机关")
    version: int = about("版本")
    issued_on: date | None = about("签发日期")
    digest: str = about("文件摘要")
    content: str = about("内容")

    def title(self) -> str:
        return f"{self.body_name}参考数据第{self.version}版" if self.version else ""

    def day(self) -> date | None:
        return self.issued_on


def content_of(data: ReferenceData) -> str:
    """The data as a record keeps it."""
    return json.dumps(asdict(data), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


@lru_cache(maxsize=_KEPT_READ)
def data_from(content: str) -> ReferenceData:
    """The data that a record keeps; members of a newer program are passed over, and what cannot be read stands for nothing."""
    try:
        plain = json.loads(content)
        data = ReferenceData(
            years=_parts(ReferenceYear, plain["years"]),
            units=_parts(ReferenceUnit, plain["units"]),
            categories=_parts(ReferenceCategory, plain["categories"]),
        )
        return data if next(reference_problems(data), None) is None else NOTHING
    except (ValueError, TypeError, KeyError, AttributeError):
        return NOTHING


def _parts(cls: type[Part], rows: Iterable[Mapping[str, Any]]) -> tuple[Part, ...]:
    names = [each.name for each in fields(cls)]  # type: ignore[arg-type]  # each of the three is a dataclass
    lists = ({name: row[name] for name in names if name in row} for row in rows)
    return tuple(cls(**{name: tuple(it) if isinstance(it, list) else it for name, it in row.items()}) for row in lists)


# --- what keeps it from being sent or believed ---------------------------------------------------------------------------


def reference_problems(data: ReferenceData) -> Iterator[Problem]:
    """What keeps data from being gone by: too much of it, a year that cannot be, names missing, too long or twice."""
    parts = (
        ("years", data.years, MOST_YEARS),
        ("units", data.units, MOST_UNITS),
        ("categories", data.categories, MOST_CATEGORIES),
    )
    for name, rows, most in parts:
        if len(rows) > most:
            yield Problem(code="reference_many", field=name, facts={"count": len(rows), "most": most})
    yield from _twice("years", [str(each.year) for each in data.years])
    yield from _twice("units", [each.name for each in data.units])
    yield from _twice("categories", [f"{each.scheme} {each.code}" for each in data.categories])
    for year in data.years:
        yield from _year_problems(year)
    for unit in data.units:
        texts = (
            unit.name,
            unit.short_name,
            *unit.former_names,
            unit.unit_type,
            unit.level,
            unit.parent,
            unit.supervising_committee,
        )
        yield from _name_problems("units", unit.name, texts)
    for category in data.categories:
        yield from _name_problems("categories", category.name, (category.name, category.scheme, category.code, category.parent))
        known = category.scheme in set(CategoryScheme) and category.code != category.parent
        if not known or not _CODE.fullmatch(category.code):
            facts = {"scheme": category.scheme, "code": category.code}
            yield Problem(code="reference_category_odd", field="categories", facts=facts)


def _year_problems(year: ReferenceYear) -> Iterator[Problem]:
    try:
        entered = year.entered()
    except ValueError:
        yield Problem(code="reference_day_malformed", field="years", facts={"year": year.year})
        return
    for problem in year_problems(entered):
        yield replace(problem, field="years")
    if year.source.strip():  # where there is none, that was said
        yield from _name_problems("years", year.source, (year.source,))


def _name_problems(part: str, name: str, texts: Iterable[str]) -> Iterator[Problem]:
    if not name.strip() or name != name.strip() or any(len(each) > LONGEST_TEXT for each in texts):
        yield Problem(code="reference_name_odd", field=part, facts={"name": name[:40], "most": LONGEST_TEXT})


def _twice(part: str, names: Sequence[str]) -> Iterator[Problem]:
    if again := next((each for each in names if names.count(each) > 1), None) if len(set(names)) < len(names) else None:
        yield Problem(code="reference_twice", field=part, facts={"name": again})


# --- a body's units beside those of the station --------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitsSettled:
    """What a station's register becomes: units that are new, units that are changed, and names of those that stay otherwise."""

    new: tuple[Unit, ...] = ()
    changed: tuple[Unit, ...] = ()
    kept: tuple[str, ...] = ()


def units_settled(data: ReferenceData, before: ReferenceData, standing: Sequence[Unit], new_id: Callable[[], Id]) -> UnitsSettled:
    """The station's units after `data`, where `before` was in force.

    A unit is known by its name, else by a former one. Of each field the station keeps what differs from what the body said
    before: that was its own doing. A unit that the body sent before and the station removed stays removed; none is removed here.
    """
    known = _Known(standing, {each.name for each in data.units})
    earlier = {each.name: each for each in before.units}
    pairs: list[tuple[ReferenceUnit, ReferenceUnit | None, Unit, bool]] = []
    for told in data.units:
        was = next((earlier[name] for name in (told.name, *told.former_names) if name in earlier), None)
        here = known.claim(told)
        if here is None and was is not None:
            continue
        pairs.append((told, was, here or Unit(id=new_id(), name=told.name), here is None))
    ids = {**{each.name: each.id for each in standing}, **{told.name: unit.id for told, _was, unit, _new in pairs}}
    new, changed, kept = [], [], []
    for told, was, unit, is_new in pairs:
        laid, clashes = _laid(told, was, unit, ids)
        if is_new:
            new.append(laid)
        elif laid != unit:
            changed.append(laid)
        if clashes:
            kept.append(unit.name)
    return UnitsSettled(new=tuple(new), changed=tuple(changed), kept=tuple(kept))


class _Known:
    """The station's units by name; each is claimed once."""

    def __init__(self, standing: Sequence[Unit], listed: Collection[str]) -> None:
        self._named: Final = {each.name: each for each in reversed(standing)}
        self._once: Final = {name: each for each in reversed(standing) for name in each.former_names}
        self._listed: Final = listed
        self._claimed: Final[set[Id]] = set()

    def claim(self, told: ReferenceUnit) -> Unit | None:
        renamed = (self._named.get(name) for name in told.former_names if name not in self._listed)
        found = (self._named.get(told.name), *renamed, self._once.get(told.name))
        unit = next((each for each in found if each and each.id not in self._claimed), None)
        if unit:
            self._claimed.add(unit.id)
        return unit


def _laid(told: ReferenceUnit, was: ReferenceUnit | None, unit: Unit, ids: Mapping[str, Id]) -> tuple[Unit, bool]:
    """The unit with what the body says of it, and whether something new that it says was not taken."""
    given, clashes = {}, False
    for name in _LAID:
        mine = getattr(unit, name)
        says, said = (_value(each, name, ids) for each in (told, was or ReferenceUnit(name="")))
        if mine == says or (name == "parent" and says == unit.id):
            continue
        if mine == said:
            given[name] = says
        elif says and says != said:
            clashes = True
    return (replace(unit, **given) if given else unit), clashes


def _value(told: ReferenceUnit, name: str, ids: Mapping[str, Id]) -> Any:
    return ids.get(told.parent, "") if name == "parent" else getattr(told, name)

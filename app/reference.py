"""The reference data that comes with the program (`resources/reference/`), read into values of the domain."""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Final, TypeVar

from app.domain.beginning import Beginning
from app.domain.category import CategoryScheme
from app.domain.deadlines import RuleProfile
from app.domain.divisions import Division, Divisions
from app.domain.hint import HintGroup, Rule
from app.domain.platform_form import PlatformForm, form_from
from app.domain.rule_values import VALUES
from app.domain.score_scheme import ScoreScheme, scheme_from
from app.domain.station_check import Checklist, checklist_from
from app.domain.suggestion import SuggestionType
from app.domain.work_calendar import CalendarYear, WorkCalendar
from app.errors import Refused, Unavailable
from app.paths import RESOURCES

FOLDER: Final = RESOURCES / "reference"
TEMPLATES: Final = RESOURCES / "templates"
PLATFORMS: Final = RESOURCES / "platforms"
OF_BODIES: Final = PLATFORMS / "bodies"
DEFAULT_PROFILE: Final = "hunan"
Understood = TypeVar("Understood")


@cache
def work_calendar(folder: Path = FOLDER) -> WorkCalendar:
    """The State Council's calendar, 2004 to the last year that was announced; raises `Unavailable("reference_damaged")`."""
    years = _read(folder / "work-calendar.json", lambda data: {int(year): _year(year, days) for year, days in data.items()})
    return WorkCalendar(years=years)


@cache
def rule_profiles(folder: Path = FOLDER) -> Mapping[str, RuleProfile]:
    """The rule profiles by name; raises `Unavailable("reference_damaged")`."""
    return _read(folder / "rule-profiles.json", _profiles)


@cache
def categories(folder: Path = FOLDER) -> Mapping[CategoryScheme, Mapping[str, str]]:
    """The first level of each scheme: code and name; raises `Unavailable("reference_damaged")`."""
    return _read(folder / "categories.json", lambda data: {CategoryScheme(name): _names(rows) for name, rows in data.items()})


@cache
def hint_rules(folder: Path = FOLDER) -> Mapping[str, Rule]:
    """The rules behind the hints by their codes, L1 to L11, N01 to N13; raises `Unavailable("reference_damaged")`."""
    rules = _read(folder / "hint-rules.json", lambda data: [Rule(**each | {"group": HintGroup(each["group"])}) for each in data])
    return {each.code: each for each in rules}


@cache
def platform_forms(folder: Path = PLATFORMS) -> Mapping[str, PlatformForm]:
    """The forms of other systems that come with the program, by name; raises `Unavailable("reference_damaged")`."""
    forms = [_read(file, form_from) for file in sorted(folder.glob("*.json"))]
    return {each.name: each for each in forms}


@cache
def score_schemes(folder: Path = FOLDER) -> Mapping[str, ScoreScheme]:
    """The examples of score schemes by name; raises `Unavailable("reference_damaged")`."""
    return _read(folder / "score-schemes.json", lambda data: {each["name"]: scheme_from(each) for each in data})


@cache
def guide_checklist(folder: Path = FOLDER) -> Checklist:
    """What a station is checked by; raises `Unavailable("reference_damaged")`."""
    return _read(folder / "guide-checklist.json", checklist_from)


@cache
def divisions(folder: Path = FOLDER) -> Divisions:
    """Hunan's cities and counties; raises `Unavailable("reference_damaged")`."""
    return _read(folder / "divisions.json", _divisions)


@cache
def suggestion_template(kind: str, folder: Path = TEMPLATES) -> Beginning:
    """The skeleton of a suggestion, a criticism or an opinion: its first line is the title.

    Raises `Refused("template_unknown", name)`, `Unavailable("reference_damaged")`.
    """
    if kind not in set(SuggestionType):
        raise Refused("template_unknown", name=kind)
    file = folder / f"{kind}.txt"
    try:
        title, _line, text = file.read_text(encoding="utf-8").partition("\n")
    except (OSError, ValueError) as error:
        raise Unavailable("reference_damaged", file=file.name, why=type(error).__name__) from error
    return Beginning(title=title.strip(), text=text.strip("\n") + "\n")


def _read(file: Path, understand: Callable[[Any], Understood]) -> Understood:
    try:
        return understand(json.loads(file.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise Unavailable("reference_damaged", file=file.name, why=type(error).__name__) from error


def _year(year: str, days: Mapping[str, Iterable[str]]) -> CalendarYear:
    rest, worked = (frozenset(date.fromisoformat(f"{year}-{each}") for each in days[name]) for name in ("rest", "worked"))
    return CalendarYear(rest=rest, worked=worked)


def _profiles(data: Iterable[Mapping[str, Any]]) -> dict[str, RuleProfile]:
    """The profiles in their order; one that has a base, told before it, says only what differs there."""
    known: dict[str, RuleProfile] = {}
    for told in data:
        given = {name: value for name, value in told.items() if name not in {"values", "sources"}}
        given |= {name: VALUES[name].read(text) for name, text in told["values"].items()}
        base = known[told["base"]] if "base" in told else None
        sources = {**(base.sources if base else {}), **told["sources"]}
        known[told["name"]] = replace(base, **given, sources=sources) if base else RuleProfile(**given, sources=sources)
    return known


def _names(rows: Iterable[Mapping[str, str]]) -> dict[str, str]:
    return {row["code"]: row["name"] for row in rows}


def _divisions(data: Mapping[str, Any]) -> Divisions:
    present: list[Division] = []
    for city in data["cities"]:
        present.append(Division(code=city["code"], name=city["name"]))
        present.extend(Division(code=code, name=name, city=city["code"]) for code, name in city["counties"].items())
    retired = {old[key]: old["now"] for old in data["retired"] for key in ("code", "name")}
    return Divisions(present=tuple(present), retired=retired)

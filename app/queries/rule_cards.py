"""The calendar and the rule profiles as people look at them: what is in force, where each value stands, what was changed here."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from app.domain.calendar_year import EnteredYear
from app.domain.congress import Congress
from app.domain.deadlines import RuleProfile
from app.domain.own_profile import OwnProfile, changed_values
from app.domain.rule_values import VALUES, value_text
from app.domain.values import Id
from app.errors import Refused
from app.queries.relations import found, reference_data
from app.queries.rules import entered_years, profiles_in_force, rule_book
from app.reference import DEFAULT_PROFILE, rule_profiles, work_calendar
from app.workspace import Workspace

_OF_PROGRAM: Final = "国务院办公厅年度放假通知，随程序提供"


@dataclass(frozen=True, slots=True, kw_only=True)
class YearCard:
    """One year of the calendar in force; `entered` is the station's own record of it, where there is one."""

    year: int
    rest: tuple[date, ...]
    worked: tuple[date, ...]
    source: str
    entered: EnteredYear | None = None
    shipped: bool = False  # the program brought one, which one of the body or of the station hides
    sent: bool = False  # it is the body's, the station having entered none


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueCard:
    """One value of a profile in force, as a text, beside that of its base; `changed` where the station set it."""

    name: str
    text: str
    usual: str
    source: str
    changed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileCard:
    """A profile, its values in their order, and the congresses that go by it; `key` is what a congress names it by."""

    key: str
    profile: RuleProfile
    own: OwnProfile | None
    values: tuple[ValueCard, ...]
    followers: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleCards:
    """Years, the newest first; profiles of the program and then the station's own; the congresses with what they go by."""

    years: tuple[YearCard, ...]
    profiles: tuple[ProfileCard, ...]
    congresses: tuple[tuple[Id, str, str], ...]  # identifier, name, key of the profile

    def profile(self, name: str) -> ProfileCard:
        """The profile of this key or this label; raises `Refused("profile_missing", name)`."""
        for each in self.profiles:
            if name in {each.key, each.profile.label}:
                return each
        raise Refused("profile_missing", name=name)

    def congress(self, name: str) -> Id:
        """The congress of this name or identifier; raises `Refused("record_missing", kind, id)`."""
        for id, told, _key in self.congresses:
            if name in {id, told}:
                return id
        raise Refused("record_missing", kind=Congress.traits.name, id=name)


def rule_cards(workspace: Workspace) -> RuleCards:
    """Everything there is of rules."""
    with workspace.reading() as connection:
        entered, profiles, book = entered_years(connection), profiles_in_force(connection), rule_book(connection)
        sent = reference_data(connection).calendar()
        own = {each.id: each for each in found(connection, OwnProfile)}
        congresses = tuple((each.id, each.name, book.of(each).profile.name) for each in found(connection, Congress))
    shipped = work_calendar().years
    years = sorted({*shipped, *sent, *entered}, reverse=True)
    return RuleCards(
        years=tuple(_year(each, entered.get(each), sent.get(each)) for each in years),
        profiles=tuple(_profile(key, each, own.get(key), congresses) for key, each in profiles.items()),
        congresses=congresses,
    )


def _year(year: int, entered: EnteredYear | None, sent: EnteredYear | None) -> YearCard:
    shipped = work_calendar().years.get(year)
    if typed := entered or sent:
        told = (typed.rest, typed.worked, typed.source)
    else:
        told = (tuple(sorted(shipped.rest)), tuple(sorted(shipped.worked)), _OF_PROGRAM) if shipped else ((), (), "")
    rest, worked, source = told
    return YearCard(
        year=year,
        rest=rest,
        worked=worked,
        source=source,
        entered=entered,
        shipped=shipped is not None,
        sent=bool(sent and not entered),
    )


def _profile(key: str, profile: RuleProfile, own: OwnProfile | None, congresses: tuple[tuple[Id, str, str], ...]) -> ProfileCard:
    shipped = rule_profiles()
    base = shipped.get(profile.base, shipped[DEFAULT_PROFILE])
    changed = changed_values(own) if own else {}
    values = (
        ValueCard(
            name=name,
            text=value_text(profile, name),
            usual=value_text(base, name),
            source=profile.sources.get(name, ""),
            changed=name in changed,
        )
        for name in VALUES
    )
    followers = tuple(name for _id, name, followed in congresses if followed == key)
    return ProfileCard(key=key, profile=profile, own=own, values=tuple(values), followers=followers)

"""The rules in force: the calendar with the years the body sent and the station entered, and the profile each congress goes by.

All that is reckoned by rules asks here, with the connection it reads by, so that a change is seen by the next question. What the
body sends lies between the program's and the station's.
"""

from collections.abc import Mapping

from sqlalchemy import Connection

from app.domain.calendar_year import EnteredYear, calendar_year
from app.domain.congress import Congress
from app.domain.deadlines import RuleProfile
from app.domain.own_profile import OwnProfile, profile_from
from app.domain.rule_book import RuleBook
from app.domain.suggestion import Suggestion
from app.domain.suggestion_limits import Rules
from app.domain.values import Id
from app.domain.work_calendar import WorkCalendar
from app.queries.relations import found, of_id, own_station
from app.reference import DEFAULT_PROFILE, rule_profiles, work_calendar
from app.storage import reference_data
from app.workspace import Workspace


def calendar_in_force(connection: Connection) -> WorkCalendar:
    """The program's calendar, in the place of its years those of the body, and of these those the station entered."""
    told = {**years_of_body(connection), **entered_years(connection)}
    years = {year: calendar_year(each) for year, each in told.items()}
    return WorkCalendar(years={**work_calendar().years, **years}) if years else work_calendar()


def years_of_body(connection: Connection) -> Mapping[int, EnteredYear]:
    """The calendar years of the reference data that was taken in."""
    taken = reference_data.kept(connection)
    return {each.year: each for each in taken.years} if taken else {}


def entered_years(connection: Connection) -> Mapping[int, EnteredYear]:
    """The calendar years that the station entered."""
    return {each.year: each for each in found(connection, EnteredYear)}


def profiles_in_force(connection: Connection) -> Mapping[str, RuleProfile]:
    """The program's profiles by name, then the station's own by identifier; an unknown base stands for the usual."""
    shipped = rule_profiles()
    usual = shipped[DEFAULT_PROFILE]
    return {**shipped, **{each.id: profile_from(each, shipped.get(each.base, usual)) for each in found(connection, OwnProfile)}}


def rule_book(connection: Connection) -> RuleBook:
    """The rules as they stand now."""
    return RuleBook(profiles_in_force(connection), calendar_in_force(connection), DEFAULT_PROFILE)


def rules_of(connection: Connection, suggestion: Suggestion) -> Rules:
    """The rules of the congress that receives a suggestion (decision 8)."""
    return rule_book(connection).of(of_id(connection, Congress, suggestion.receiving_body))


def rules_by_congress(connection: Connection) -> Mapping[Id, Rules]:
    """The rules of every congress the station knows, and under no name those of none."""
    book = rule_book(connection)
    return {"": book.of(None), **{each.id: book.of(each) for each in found(connection, Congress)}}


def station_rules(workspace: Workspace, connection: Connection) -> Rules:
    """The rules by which the station's own matters are counted: those of the congress it belongs to."""
    return rule_book(connection).of(of_id(connection, Congress, own_station(workspace, connection).congress))

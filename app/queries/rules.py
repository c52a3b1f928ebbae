"""The rules in force: the calendar with the years the body sent and the station entered, and the profile each congress goes by.

All that is reckoned by rules asks here, with the connection it reads by, so that a change is seen by the next question. Years
that a body sent (`app/domain/reference_data.py`) lie between the program's and the station's; what is `offered` counts as if it
were in force.
"""

from collections.abc import Mapping

from sqlalchemy import Connection

from app.domain.calendar_year import EnteredYear, calendar_year
from app.domain.congress import Congress
from app.domain.deadlines import RuleProfile
from app.domain.own_profile import OwnProfile, profile_from
from app.domain.reference_data import ReferenceData
from app.domain.rule_book import RuleBook
from app.domain.suggestion import Suggestion
from app.domain.suggestion_limits import Rules
from app.domain.values import Id
from app.domain.work_calendar import WorkCalendar
from app.queries.relations import found, of_id, own_station, reference_data
from app.reference import DEFAULT_PROFILE, rule_profiles, work_calendar
from app.workspace import Workspace


def calendar_in_force(connection: Connection, offered: ReferenceData | None = None) -> WorkCalendar:
    """The program's calendar; years the body sent go before it, and those the station entered, the later of two, before these."""
    sent = (reference_data(connection) if offered is None else offered).calendar()
    laid = {year: calendar_year(told) for year, told in {**sent, **entered_years(connection)}.items()}
    return WorkCalendar(years={**work_calendar().years, **laid}) if laid else work_calendar()


def entered_years(connection: Connection) -> Mapping[int, EnteredYear]:
    """The calendar years that the station entered."""
    return {each.year: each for each in found(connection, EnteredYear)}


def profiles_in_force(connection: Connection) -> Mapping[str, RuleProfile]:
    """The program's profiles by name, then the station's own by identifier; an unknown base stands for the usual."""
    shipped = rule_profiles()
    usual = shipped[DEFAULT_PROFILE]
    return {**shipped, **{each.id: profile_from(each, shipped.get(each.base, usual)) for each in found(connection, OwnProfile)}}


def rule_book(connection: Connection, offered: ReferenceData | None = None) -> RuleBook:
    """The rules as they stand now."""
    return RuleBook(profiles_in_force(connection), calendar_in_force(connection, offered), DEFAULT_PROFILE)


def rules_of(connection: Connection, suggestion: Suggestion) -> Rules:
    """The rules of the congress that receives a suggestion (decision 8)."""
    return rule_book(connection).of(of_id(connection, Congress, suggestion.receiving_body))


def rules_by_congress(connection: Connection, offered: ReferenceData | None = None) -> Mapping[Id, Rules]:
    """The rules of every congress the station knows, and under no name those of none."""
    book = rule_book(connection, offered)
    return {"": book.of(None), **{each.id: book.of(each) for each in found(connection, Congress)}}


def station_rules(workspace: Workspace, connection: Connection, offered: ReferenceData | None = None) -> Rules:
    """The rules by which the station's own matters are counted: those of the congress it belongs to."""
    return rule_book(connection, offered).of(of_id(connection, Congress, own_station(workspace, connection).congress))

"""Rules a station writes down: days owed follow at once, days set by hand stay, what cannot be is refused, undo takes it back."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from app.domain.calendar_year import EnteredYear, days_typed
from app.domain.congress import Congress, Level
from app.domain.handling import HandlingRole
from app.domain.issue import Issue
from app.domain.issue_steps import StepEntry
from app.domain.life import IssueEvent, IssueState, SuggestionEvent
from app.domain.own_profile import OwnProfile
from app.domain.people import Deputy
from app.domain.suggestion_limits import LimitKind
from app.domain.suggestion_steps import Note
from app.domain.values import Id
from app.errors import Refused
from app.ledgers.holidays import read_holidays
from app.queries.record import record_of
from app.queries.rule_cards import rule_cards
from app.queries.rules import calendar_in_force, rule_book
from app.queries.suggestion_limits import suggestion_limits
from app.reference import rule_profiles, work_calendar
from app.use_cases.issues import name_unit, step_issue
from app.use_cases.rules import drop_profile, drop_year, follow_profile, keep_profile, keep_year
from app.use_cases.undo import undo_last
from app.workspace import Workspace
from tests.app.use_cases.problems import problems_of
from tests.app.use_cases.test_peers import Two, assert_alike, two
from tests.app.use_cases.test_suggestion_steps import Way, lead, units, way
from tests.builders import an_issue, save

__all__ = ["lead", "two", "units", "way"]
NOTICE = "国办发明电〔2026〕7号"
SPRING = tuple(date(2027, 2, day) for day in range(22, 27))
SUNDAY = date(2027, 2, 21)
E = SuggestionEvent


def a_year(**told: Any) -> EnteredYear:
    usual: dict[str, Any] = {"year": 2027, "rest": SPRING, "worked": (date(2027, 2, 28),), "source": NOTICE}
    return EnteredYear(id="", **usual | told)


def a_profile(**told: Any) -> OwnProfile:
    sources = {f"{name}_source": "示例县办法第九条" for name in told if name not in {"name", "base", "id"}}
    usual: dict[str, Any] = {"id": "", "name": "示例县", "base": "hunan-county"}
    return OwnProfile(**usual | told | sources)


def congress_of(way: Way) -> str:
    return way.suggestion.receiving_body


# --- the calendar -------------------------------------------------------------------------------------------------------


def test_an_entered_year_moves_what_is_owed_and_every_screen_says_so(way: Way, workspace: Workspace) -> None:
    way.to_units()
    assert way.suggestion.due_on == date(2027, 2, 22)  # the three months end on a Sunday of a year that is not entered
    kept = keep_year(workspace, a_year())
    (reply,) = (each.limit for each in suggestion_limits(workspace) if each.limit.kind is LimitKind.REPLY)
    assert (reply.plain, reply.rolled, reply.day) == (SUNDAY, date(2027, 2, 28), date(2027, 2, 28))
    assert (reply.by_hand, reply.unknown_years, kept.moved) == (False, (), 2)
    assert way.suggestion.due_on == way.slip("交通局").due_on == date(2027, 2, 28)
    drop_year(workspace, 2027)
    assert way.suggestion.due_on == date(2027, 2, 22)


def test_a_day_that_was_set_or_agreed_stays(way: Way, workspace: Workspace) -> None:
    way.to_units()
    way.take(Note.EXTEND, words="工程较大", slip=way.slip("交通局").id, extended_to=date(2027, 3, 5), extension_agreed_by="某某")
    keep_year(workspace, a_year())
    assert (way.slip("交通局").extended_to, way.suggestion.extended_due_on) == (date(2027, 3, 5), date(2027, 3, 5))


def test_an_issue_that_is_owed_follows_and_one_that_is_done_does_not(workspace: Workspace, units: dict[str, Id]) -> None:
    waiting, done = (an_issue(workspace, words="路灯", state=IssueState.APPROVED) for _each in range(2))
    save(workspace, waiting, done)
    for each in (waiting, done):
        step_issue(
            workspace, each.id, IssueEvent.ASSIGN, StepEntry(on=date(2026, 12, 24), by="甲", fields={"unit": units["住建局"]})
        )
    save(workspace, replace(record_of(workspace, Issue, done.id), state=IssueState.CLOSED))
    before = record_of(workspace, Issue, waiting.id).due_on
    keep_year(workspace, a_year(rest=(date(2027, 1, 1),), worked=(date(2027, 1, 3),)))
    assert before == date(2027, 1, 7)
    assert record_of(workspace, Issue, waiting.id).due_on == date(2027, 1, 7)  # a day off, a day worked: the same
    drop_year(workspace, 2027)
    keep_year(workspace, a_year(rest=(date(2027, 1, 1),), worked=()))
    assert record_of(workspace, Issue, waiting.id).due_on == date(2027, 1, 8)
    assert record_of(workspace, Issue, done.id).due_on == before


def test_one_undo_takes_the_year_and_what_followed_back(way: Way, workspace: Workspace) -> None:
    way.to_units()
    kept = keep_year(workspace, a_year())
    undo_last(workspace, kept.id)
    assert way.suggestion.due_on == date(2027, 2, 22)
    with workspace.reading() as connection:
        assert not calendar_in_force(connection).knows(SUNDAY)


def test_a_year_entered_again_is_corrected_and_goes_before_the_program_s(workspace: Workspace) -> None:
    first = keep_year(workspace, a_year(year=2026, rest=(date(2026, 3, 4),), worked=()))
    second = keep_year(workspace, a_year(year=2026, rest=(date(2026, 3, 5),), worked=()))
    assert first.id == second.id
    with workspace.reading() as connection:
        calendar = calendar_in_force(connection)
    assert calendar.is_workday(date(2026, 3, 4))
    assert not calendar.is_workday(date(2026, 3, 5))
    assert calendar.is_workday(date(2026, 2, 17))  # the program's table of the year is hidden whole
    (shown,) = (each for each in rule_cards(workspace).years if each.year == 2026)
    assert (shown.source, shown.shipped) == (NOTICE, True)


@pytest.mark.parametrize(
    ("told", "problem"),
    [
        ({"year": 1990}, ("calendar_year_odd", "year")),
        ({"source": " "}, ("calendar_source_missing", "source")),
        ({"rest": ()}, ("calendar_rest_missing", "rest")),
        ({"rest": (date(2028, 1, 3),)}, ("calendar_day_elsewhere", "rest")),
        ({"worked": (date(2027, 2, 22),)}, ("calendar_day_twice", "worked")),
        ({"worked": (date(2027, 3, 1),)}, ("calendar_day_worked_anyway", "worked")),
    ],
)
def test_a_year_that_cannot_be_is_refused(workspace: Workspace, told: dict[str, Any], problem: tuple[str, str]) -> None:
    with pytest.raises(Refused, match="incomplete") as caught:
        keep_year(workspace, a_year(**told))
    assert problem in problems_of(caught.value)
    with pytest.raises(Refused, match="calendar_year_missing"):
        drop_year(workspace, 2027)


def test_a_table_is_read_as_it_is_written(tmp_path: Path) -> None:
    csv = tmp_path / "2027.csv"
    csv.write_text("日期,安排,说明\n1月1日至3日,休,元旦\n2027-02-28,班,调休\n", encoding="utf-8")
    book = openpyxl.Workbook()
    rows: list[list[Any]] = [["日期", "安排"], *([date(2027, 1, day), "休"] for day in (1, 2, 3)), [date(2027, 2, 28), "上班"]]
    for row in rows:
        book.worksheets[0].append(row)
    book.save(tmp_path / "2027.xlsx")
    wanted = (tuple(date(2027, 1, day) for day in (1, 2, 3)), (date(2027, 2, 28),))
    assert read_holidays(csv, 2027) == read_holidays(tmp_path / "2027.xlsx", 2027) == wanted
    csv.write_text("日期,安排\n1月1日,加班\n", encoding="utf-8")
    with pytest.raises(Refused, match="calendar_row_malformed"):
        read_holidays(csv, 2027)
    csv.write_text("日期,安排人\n1月1日,甲\n", encoding="utf-8")
    with pytest.raises(Refused, match="columns_missing"):
        read_holidays(csv, 2027)
    assert days_typed("1月1日至3日，2月30日", 2027)[1] == ("2月30日",)


# --- profiles -----------------------------------------------------------------------------------------------------------


def test_a_congress_without_a_profile_goes_by_that_of_its_level(workspace: Workspace) -> None:
    with workspace.reading() as connection:
        book = rule_book(connection)
    names = {level: book.of(Congress(id="", level=level)).profile.name for level in Level}
    assert names == {
        Level.NATIONAL: "npc",
        Level.PROVINCE: "hunan",
        Level.CITY: "hunan-city",
        Level.COUNTY: "hunan-county",
        Level.TOWNSHIP: "hunan-township",
    }
    assert book.of(None).profile.name == "hunan"
    assert book.of(Congress(id="", level=Level.NATIONAL)).profile.reply_scheme == "npc4"


def test_running_suggestions_follow_a_profile_that_is_corrected(way: Way, workspace: Workspace) -> None:
    way.to_units(way.share("交通局", HandlingRole.LEAD), way.share("财政局", HandlingRole.CO))
    assert way.slip("财政局").due_on == date(2026, 12, 21)
    kept = keep_profile(workspace, a_profile(co_handler_opinion="2 month", objection="5 working_day"))
    assert way.slip("财政局").due_on == date(2026, 12, 21), "nobody goes by it yet"
    assert follow_profile(workspace, congress_of(way), kept.id).moved == 1
    assert way.slip("财政局").due_on == date(2027, 1, 21)
    (objection, *_others) = (each.limit for each in suggestion_limits(workspace) if each.limit.kind is LimitKind.OBJECTION)
    assert objection.day == date(2026, 11, 27)
    keep_profile(
        workspace, replace(record_of(workspace, OwnProfile, kept.id), co_handler_opinion="", co_handler_opinion_source="")
    )
    assert way.slip("财政局").due_on == date(2026, 12, 21), "the value of the base again"


def test_what_one_congress_changes_leaves_the_others_alone(way: Way, workspace: Workspace) -> None:
    other = Congress(id=workspace.clock.new_id(), name="示例市人民代表大会", level=Level.CITY)
    save(workspace, other)
    kept = keep_profile(workspace, a_profile(reply="2 month"))
    follow_profile(workspace, other.id, kept.id)
    way.to_units()
    assert way.suggestion.due_on == date(2027, 2, 22)
    with workspace.reading() as connection:
        assert str(rule_book(connection).of(other).profile.reply) != "2个月", "as it was read before"
        assert str(rule_book(connection).of(record_of(workspace, Congress, other.id)).profile.reply) == "2个月"


@pytest.mark.parametrize(
    ("told", "problem"),
    [
        ({"name": " "}, ("name_missing", "name")),
        ({"base": "mars"}, ("base_unknown", "base")),
        ({"reply": "4 month"}, ("rule_longer_than_law", "reply")),
        ({"extended_reply": "200 day"}, ("rule_longer_than_law", "extended_reply")),
        ({"extended_reply": "1 month"}, ("extended_shorter", "extended_reply")),
        ({"objection": "0 day"}, ("rule_period_malformed", "objection")),
        ({"objection": "soon"}, ("rule_period_malformed", "objection")),
        ({"objection": "9999 day"}, ("rule_period_malformed", "objection")),
        ({"warn_days": "0"}, ("rule_warnings_malformed", "warn_days")),
        ({"pre_review": "perhaps"}, ("rule_value_unknown", "pre_review")),
        ({"reply_scheme": "z9"}, ("rule_value_unknown", "reply_scheme")),
    ],
)
def test_a_profile_that_cannot_be_is_refused(workspace: Workspace, told: dict[str, Any], problem: tuple[str, str]) -> None:
    with pytest.raises(Refused, match="incomplete") as caught:
        keep_profile(workspace, a_profile(**told))
    assert problem in problems_of(caught.value)


def test_a_changed_value_says_where_it_stands(workspace: Workspace) -> None:
    with pytest.raises(Refused) as caught:
        keep_profile(workspace, replace(a_profile(), objection="5 day"))
    assert problems_of(caught.value) == [("rule_source_missing", "objection")]


def test_a_profile_that_is_gone_by_stays_and_names_are_borne_once(way: Way, workspace: Workspace) -> None:
    kept = keep_profile(workspace, a_profile())
    with pytest.raises(Refused, match="profile_known"):
        keep_profile(workspace, a_profile())
    follow_profile(workspace, congress_of(way), kept.id)
    with pytest.raises(Refused, match="profile_followed"):
        drop_profile(workspace, kept.id)
    follow_profile(workspace, congress_of(way), "")
    drop_profile(workspace, kept.id)
    assert kept.id not in {each.key for each in rule_cards(workspace).profiles}
    with pytest.raises(Refused, match="profile_missing"):
        follow_profile(workspace, congress_of(way), kept.id)


def test_a_card_tells_what_is_the_station_s_and_what_the_base_s(workspace: Workspace, lead: Deputy) -> None:
    kept = keep_profile(workspace, a_profile(objection="5 day"))
    follow_profile(workspace, lead.congress, kept.id)
    card = rule_cards(workspace).profile("示例县")
    values = {each.name: each for each in card.values}
    assert (values["objection"].text, values["objection"].usual, values["objection"].changed) == ("5 day", "10 day", True)
    assert (values["reply"].text, values["reply"].changed) == ("3 month", False)
    assert "五十一条" in values["reply"].source
    assert card.followers == ("示例区人民代表大会",)


def test_nothing_written_down_is_what_the_program_brought(workspace: Workspace) -> None:
    with workspace.reading() as connection:
        book = rule_book(connection)
    assert book.calendar is work_calendar()
    assert book.profiles == rule_profiles()


def test_the_station_s_other_computer_goes_by_the_same_rules(two: Two) -> None:
    keep_year(two.first, a_year())
    kept = keep_profile(two.first, a_profile(objection="5 day"))
    two.send(two.first, two.second)
    cards = rule_cards(two.second)
    assert cards.profile("示例县").key == kept.id
    assert [each.source for each in cards.years if each.entered] == [NOTICE]


def test_rules_of_the_other_computer_move_what_is_owed_here_at_once(two: Two) -> None:
    two.exchange()
    owed = an_issue(two.second, words="路灯", state=IssueState.APPROVED)
    save(two.second, owed)
    unit = name_unit(two.second, "住建局").id
    step_issue(two.second, owed.id, IssueEvent.ASSIGN, StepEntry(on=date(2026, 12, 24), by="甲", fields={"unit": unit}))
    assert record_of(two.second, Issue, owed.id).due_on == date(2027, 1, 7)
    keep_year(two.first, a_year(rest=(date(2027, 1, 1),), worked=()))
    two.send(two.first, two.second)
    assert record_of(two.second, Issue, owed.id).due_on == date(2027, 1, 8)
    two.exchange()
    assert record_of(two.first, Issue, owed.id).due_on == date(2027, 1, 8)
    two.exchange()
    assert_alike(two.first, two.second)

"""The rota: several days at once, days changed and swapped, the notice that marks them announced, the calendar file."""

from dataclasses import replace
from datetime import date, time
from pathlib import Path

import pytest

from app.domain.papers import ALWAYS, PaperName, Span
from app.domain.rota import Announcement, RestDay, RotaPlan
from app.domain.values import Id
from app.domain.visit import MeetingWay, Visit, VisitKind
from app.errors import Refused
from app.queries.rota import rota
from app.queries.today import today
from app.queries.visit_log import visit_log
from app.storage.journal import Journal
from app.use_cases.papers import Asked, composed_paper, print_paper
from app.use_cases.rota import DayChange, change_day, plan_receptions, propose, rota_calendar, save_calendar, swap_deputies
from app.workspace import Workspace
from tests.builders import a_deputy, an_encounter, save

AHEAD = Span(first=date(2026, 11, 21))
PLAN = RotaPlan(
    first=date(2026, 12, 1), last=date(2027, 3, 31), rest_day=RestDay.KEEP, starts=time(9), ends=time(11), place="接待室"
)
"""The first Mondays 7 December, 4 January, 1 February, 1 March."""


def planned(workspace: Workspace, *names: str) -> tuple[tuple[Id, ...], tuple[Id, ...]]:
    """The days of `PLAN` with these deputies in turn, one a day; days and deputies."""
    deputies = [a_deputy(workspace, name) for name in names]
    save(workspace, *deputies)
    ids = tuple(each.id for each in deputies)
    return plan_receptions(workspace, replace(PLAN, deputies=ids)).ids, ids


def test_what_was_proposed_is_what_is_saved_and_a_day_that_is_taken_is_left_alone(workspace: Workspace) -> None:
    stands = Visit(id=workspace.clock.new_id(), visit_kind=VisitKind.RECEPTION, on=date(2027, 1, 4), theme="已排")
    save(workspace, stands)
    proposed = propose(workspace, PLAN)
    assert [each.day.on for each in proposed if each.taken] == [stands.on]

    saved = plan_receptions(workspace, PLAN)

    entries = rota(workspace, AHEAD)
    assert [each.on for each in entries] == [each.day.on for each in proposed]
    assert set(saved.ids) == {each.id for each in entries} - {stands.id}
    assert plan_receptions(workspace, PLAN).ids == ()


def test_days_carry_all_that_was_chosen_and_deputies_in_turn(workspace: Workspace) -> None:
    _days, (one, two) = planned(workspace, "代表甲", "代表乙")
    entries = rota(workspace, AHEAD)
    assert [each.names for each in entries] == [("代表甲",), ("代表乙",), ("代表甲",), ("代表乙",)]
    assert [each.deputies for each in entries] == [(one,), (two,), (one,), (two,)]
    assert {(each.starts, each.ends, each.place, each.notice) for each in entries} == {
        (time(9), time(11), "接待室", Announcement.AHEAD)
    }
    with workspace.writing() as books:
        assert books.records.get(Visit, entries[0].id).record.way == MeetingWay.RECEPTION_DAY


def test_deputies_of_two_days_change_places_and_back(workspace: Workspace) -> None:
    days, (one, two) = planned(workspace, "代表甲", "代表乙")
    swap_deputies(workspace, days[0], days[1])
    assert [each.deputies for each in rota(workspace, AHEAD)][:2] == [(two,), (one,)]
    swap_deputies(workspace, days[0], days[1])
    assert [each.deputies for each in rota(workspace, AHEAD)][:2] == [(one,), (two,)]


def test_a_printed_notice_is_out_and_a_change_calls_for_a_new_one(workspace: Workspace) -> None:
    days, _deputies = planned(workspace, "代表甲")
    asked = Asked(name=PaperName.RECEPTION_NOTICE, id=days[0])
    composed_paper(workspace, asked)
    assert rota(workspace, AHEAD)[0].notice is Announcement.AHEAD

    assert print_paper(workspace, asked).changes
    entry = rota(workspace, AHEAD)[0]
    assert (entry.notice, entry.announced_on) == (Announcement.ANNOUNCED, date(2026, 11, 21))
    assert not print_paper(workspace, asked).changes

    same = DayChange(
        on=entry.on, starts=entry.starts, ends=entry.ends, place=entry.place, theme="新主题", deputies=entry.deputies
    )
    assert change_day(workspace, days[0], same).announce_again == ()
    assert change_day(workspace, days[0], replace(same, on=date(2026, 12, 8))).announce_again == (days[0],)
    moved = rota(workspace, AHEAD)[0]
    assert (moved.on, moved.theme, moved.announced_on) == (date(2026, 12, 8), "新主题", None)


def test_a_day_on_which_somebody_was_received_is_no_plan_any_more(workspace: Workspace) -> None:
    days, _deputies = planned(workspace, "代表甲")
    save(workspace, an_encounter(workspace, "群众甲", visit=days[0]))
    entry = rota(workspace, AHEAD)[0]
    change = DayChange(on=entry.on, starts=None, ends=None, place="", theme="", deputies=())
    with pytest.raises(Refused, match="reception_held"):
        change_day(workspace, days[0], change)
    with pytest.raises(Refused, match="reception_held"):
        swap_deputies(workspace, days[1], days[0])
    assert [each.planned for each in rota(workspace, AHEAD)] == [False, True, True, True]


def test_the_first_page_tells_the_next_day_and_what_must_be_announced(workspace: Workspace) -> None:
    planned(workspace, "代表甲")
    soon = Visit(id=workspace.clock.new_id(), visit_kind=VisitKind.RECEPTION, on=date(2026, 11, 22))
    due = Visit(id=workspace.clock.new_id(), visit_kind=VisitKind.RECEPTION, on=date(2026, 11, 24))
    save(workspace, soon, due)
    assert [(each.id, each.notice) for each in today(workspace).ahead] == [
        (soon.id, Announcement.LATE),
        (due.id, Announcement.DUE),
    ]


def test_a_plan_is_no_entry_of_the_log_before_its_day(workspace: Workspace) -> None:
    planned(workspace, "代表甲")
    assert visit_log(workspace, ALWAYS).lines == ()


def test_the_calendar_holds_the_planned_days_and_keeps_their_identity(workspace: Workspace, tmp_path: Path) -> None:
    days, _deputies = planned(workspace, "代表甲")
    save(workspace, an_encounter(workspace, "群众某某", visit=days[0]))
    save(workspace, Visit(id=workspace.clock.new_id(), visit_kind=VisitKind.RECEPTION, on=date(2026, 11, 2)))

    made = save_calendar(workspace, ALWAYS, tmp_path / "接待日.ics")

    text = (tmp_path / "接待日.ics").read_bytes().replace(b"\r\n ", b"").decode()
    assert made.days == 3
    assert [line for line in text.splitlines() if line.startswith("UID:")] == [f"UID:{id}@liaison" for id in days[1:]]
    assert "群众某某" not in text
    assert rota_calendar(workspace, ALWAYS).content == made.content
    with pytest.raises(Refused, match="nothing_planned"):
        rota_calendar(workspace, Span(last=date(2026, 11, 30)))


def test_a_print_of_the_notice_is_in_the_journal_and_a_failed_one_announces_nothing(workspace: Workspace) -> None:
    days, _deputies = planned(workspace, "代表甲")

    def fail(_paper: object) -> None:
        raise Refused("printer_failed", printer="甲")

    with pytest.raises(Refused, match="printer_failed"):
        print_paper(workspace, Asked(name=PaperName.RECEPTION_NOTICE, id=days[0]), fail)
    assert rota(workspace, AHEAD)[0].announced_on is None
    print_paper(workspace, Asked(name=PaperName.RECEPTION_NOTICE, span=Span(first=PLAN.first, last=date(2027, 1, 31))))
    assert [each.announced_on is None for each in rota(workspace, AHEAD)] == [False, False, True, True]
    with workspace.reading() as connection:
        assert [line.kind for line in Journal(connection).lines() if line.rev is None].count("print") == 1

"""What each kind of activity asks for, and how many were there."""

from dataclasses import replace

from app.domain.activity import ACTIVITIES, ASKED, asked_of, roll_of, shown_of, term_of, value_told
from app.domain.visit import Attendance, GroupMode, Presence, Visit, VisitKind
from app.domain.visit_sheet import VisitSheet
from tests.app.domain.invented import numbered

VISIT = Visit(id=numbered(1), visit_kind=VisitKind.GROUP_ACTIVITY)


def test_every_activity_asks_for_fields_that_a_visit_has_each_once() -> None:
    assert set(ASKED) == set(ACTIVITIES)
    for fields in ASKED.values():
        names = [each.field for each in fields]
        assert set(names) <= set(Visit.traits.fields)
        assert len(names) == len(set(names))
        assert {"course", "conclusions"} <= set(names)


def test_an_unknown_kind_is_asked_as_the_others_are() -> None:
    assert asked_of("of_a_newer_program") == asked_of("") == ASKED[VisitKind.OTHER]


def test_what_stands_in_a_field_is_shown_whatever_the_kind() -> None:
    assert [each.field for each in shown_of(VISIT)] == [each.field for each in ASKED[VisitKind.GROUP_ACTIVITY]]
    moved = replace(VISIT, organiser="街道人大工委", online=True)
    assert [each.field for each in shown_of(moved)][-2:] == ["organiser", "online"]


def test_values_are_told_by_their_words() -> None:
    visit = replace(VISIT, group_mode=GroupMode.LINKED, units_attending=("住建局", "城管局"), online=True)
    assert [value_told(visit, name) for name in ("group_mode", "units_attending", "online", "host")] == [
        "联动式",
        "住建局、城管局",
        "是",
        "",
    ]
    assert term_of(asked_of(VisitKind.TRAINING)[3]) == "授课人"
    assert term_of(asked_of(VisitKind.GROUP_ACTIVITY)[0]) == "小组活动形式"


def test_the_roll_counts_who_came_and_who_did_not() -> None:
    deputies = tuple(map(numbered, (2, 3, 4)))
    lines = (
        Attendance(id=numbered(5), deputy=deputies[0], presence=Presence.PRESENT),
        Attendance(id=numbered(6), deputy=deputies[1], presence=Presence.ON_LEAVE),
        Attendance(id=numbered(7), name="某干部", presence=Presence.ABSENT),
    )
    roll = roll_of(VisitSheet(visit=replace(VISIT, deputies=deputies), attendance=lines))
    assert (roll.expected, roll.present, roll.on_leave, roll.absent) == (4, 2, 1, 1)
    assert roll_of(VisitSheet(visit=replace(VISIT, expected=30))).expected == 30

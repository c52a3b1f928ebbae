"""What an assignment slip needs."""

from dataclasses import replace
from datetime import date

from app.domain.handling import Assignment, HandlingRole, slip_problems
from tests.app.domain.invented import numbered

SLIP = Assignment(id=numbered(1), of=numbered(2), unit=numbered(3), assigned_on=date(2026, 5, 7))


def test_a_slip_needs_a_unit_and_its_day() -> None:
    assert list(slip_problems(SLIP)) == []
    assert [each.code for each in slip_problems(Assignment(id=numbered(1)))] == ["unit_missing", "assigned_on_missing"]


def test_separate_handlers_are_told_their_part() -> None:
    separate = replace(SLIP, role=HandlingRole.SEPARATE)
    assert [each.code for each in slip_problems(separate)] == ["part_missing"]
    assert list(slip_problems(replace(separate, part="路面部分"))) == []


def test_who_objects_says_why() -> None:
    objecting = replace(SLIP, objected_on=date(2026, 5, 12))
    assert [each.code for each in slip_problems(objecting)] == ["objection_reason_missing"]
    assert list(slip_problems(replace(objecting, objection="不属本单位职责"))) == []

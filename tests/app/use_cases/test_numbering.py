"""Numbers: given once and kept, reserved for blank forms, taken by what is entered from them."""

from dataclasses import replace
from datetime import date

import pytest

from app.domain.encounter import Encounter
from app.domain.numbering import OUTREACH, VISITOR, seat_mark
from app.domain.papers import PaperName
from app.domain.station import Seat
from app.domain.visit import Visit, VisitKind
from app.domain.visit_sheet import Line, VisitSheet
from app.errors import Refused
from app.queries.form_targets import target_of
from app.queries.visit_card import visit_card
from app.use_cases.numbering import MOST_COPIES, next_numbers, reserve
from app.use_cases.papers import Asked, composed_paper, print_paper
from app.use_cases.receptions import remove_visit, save_visit
from app.workspace import Workspace
from tests.builders import StationHome, an_encounter, an_issue, save

TODAY = date(2026, 11, 21)


def a_reception(workspace: Workspace, *numbers: str, on: date = TODAY) -> VisitSheet:
    """A reception with a resident for each of the numbers, which may be empty."""
    visit = Visit(id=workspace.clock.new_id(), visit_kind=VisitKind.RECEPTION, on=on)
    lines = (
        Line(encounter=an_encounter(workspace, f"群众{place}", number=number), issues=(an_issue(workspace, "路灯不亮"),))
        for place, number in enumerate(numbers)
    )
    return VisitSheet(visit=visit, lines=tuple(lines))


def numbers_of(sheet: VisitSheet) -> list[str]:
    return [each.encounter.number for each in sheet.lines]


def test_residents_received_are_numbered_one_after_the_other(workspace: Workspace) -> None:
    first = save_visit(workspace, a_reception(workspace, "", "")).sheet
    second = save_visit(workspace, a_reception(workspace, "")).sheet
    earlier = save_visit(workspace, a_reception(workspace, "", on=date(2025, 12, 30))).sheet

    assert (first.visit.number, second.visit.number) == ("接2026-00001", "接2026-00002")
    assert [numbers_of(each) for each in (first, second)] == [["来2026-00001", "来2026-00002"], ["来2026-00003"]]
    assert (earlier.visit.number, numbers_of(earlier)) == ("接2025-00001", ["来2025-00001"])


def test_a_number_stays_when_a_form_that_does_not_show_it_saves_again(workspace: Workspace) -> None:
    sheet = a_reception(workspace, "")
    saved = save_visit(workspace, sheet)
    again = save_visit(workspace, replace(sheet, visit=replace(sheet.visit, place="接待室")), saved.seen)
    assert again.sheet.visit.number == "接2026-00001"
    assert numbers_of(visit_card(workspace, sheet.visit.id).sheet) == ["来2026-00001"]


def test_people_met_outside_have_none_and_the_round_has_one(workspace: Workspace) -> None:
    sheet = a_reception(workspace, "")
    saved = save_visit(workspace, replace(sheet, visit=replace(sheet.visit, visit_kind=VisitKind.OUTREACH))).sheet
    assert (saved.visit.number, numbers_of(saved)) == ("走2026-00001", [""])


def test_no_record_is_given_a_number_that_was_printed_and_late_entry_takes_it(workspace: Workspace) -> None:
    assert next_numbers(workspace, VISITOR, 2) == ("来2026-00001", "来2026-00002")
    printed = reserve(workspace, VISITOR, 3)
    assert printed == ("来2026-00001", "来2026-00002", "来2026-00003")

    meanwhile = save_visit(workspace, a_reception(workspace, "")).sheet
    entered = save_visit(workspace, a_reception(workspace, printed[1], "")).sheet

    assert numbers_of(meanwhile) == ["来2026-00004"]
    assert numbers_of(entered) == [printed[1], "来2026-00005"]
    assert reserve(workspace, VISITOR, 1) == ("来2026-00006",)


def test_a_number_is_carried_by_one_record_only(workspace: Workspace) -> None:
    sheet = save_visit(workspace, a_reception(workspace, "来2026-00009")).sheet
    with pytest.raises(Refused) as refused:
        save_visit(workspace, a_reception(workspace, "来2026-00009"))
    assert "number_taken" in str(refused.value.facts["problems"])
    with pytest.raises(Refused, match="incomplete"):
        save_visit(workspace, a_reception(workspace, "来2026-00010", "来2026-00010"))

    remove_visit(workspace, sheet.visit.id)
    assert numbers_of(save_visit(workspace, a_reception(workspace, "来2026-00009")).sheet) == ["来2026-00009"]


def test_what_came_in_with_a_number_is_passed_over(workspace: Workspace) -> None:
    save(workspace, Encounter(id=workspace.clock.new_id(), name="群众甲", number="来2026-00007"))
    assert next_numbers(workspace, VISITOR, 1) == ("来2026-00008",)
    reserve(workspace, VISITOR, 1)
    save(workspace, Encounter(id=workspace.clock.new_id(), name="群众乙", number="来2026-00009"))
    assert next_numbers(workspace, VISITOR, 2) == ("来2026-00010", "来2026-00011")


def test_looking_at_a_blank_form_reserves_nothing_and_printing_it_does(workspace: Workspace) -> None:
    asked = Asked(name=PaperName.BLANK_OUTREACH_FORM, copies=4)
    composed_paper(workspace, asked)
    assert next_numbers(workspace, OUTREACH, 1) == ("走2026-00001",)
    assert print_paper(workspace, asked).file_name == "走访记录表（空白）-走2026-00001-走2026-00004.pdf"
    assert next_numbers(workspace, OUTREACH, 1) == ("走2026-00005",)


def test_too_many_copies_or_a_workspace_that_is_read_only_are_refused(home: StationHome) -> None:
    asked = Asked(name=PaperName.BLANK_RECEPTION_FORM)
    with home.opened() as workspace:
        for copies in (0, MOST_COPIES + 1):
            with pytest.raises(Refused, match="copies_unusual"):
                print_paper(workspace, replace(asked, copies=copies))
        with pytest.raises(Refused, match="paper_takes_no_copies"):
            print_paper(workspace, Asked(name=PaperName.VISIT_LOG, copies=2))
    with home.opened(write=False) as workspace, pytest.raises(Refused, match="read_only"):
        print_paper(workspace, asked)


def test_two_computers_of_a_station_never_give_the_same_number(workspace: Workspace) -> None:
    """Each works on its own for weeks: what each numbers carries its mark, on records and on blank forms."""
    sheet = a_reception(workspace, "")
    alone = save_visit(workspace, sheet)
    assert numbers_of(alone.sheet) == ["来2026-00001"]
    save(workspace, Seat(id=workspace.clock.new_id(), station=workspace.author.owner, name="二号机", key_id="00f1e2d3c4b5a697"))
    save(workspace, Seat(id=workspace.clock.new_id(), station=workspace.clock.new_id(), key_id=workspace.author.by))
    other = replace(workspace, author=replace(workspace.author, by="00f1e2d3c4b5a697"))
    given = [(save_visit(each, a_reception(each, "", "")).sheet, reserve(each, VISITOR, 2)) for each in (workspace, other)]
    numbers = [{saved.visit.number, *numbers_of(saved), *blank} for saved, blank in given]
    assert all(len(each) == 5 for each in numbers)
    assert not numbers[0] & numbers[1]
    mark = seat_mark("00f1e2d3c4b5a697", {workspace.author.by})
    assert numbers[1] == {f"接2026-{mark}-00001", *(f"来2026-{mark}-{each:05d}" for each in (1, 2, 3, 4))}
    assert numbers_of(save_visit(workspace, sheet, alone.seen).sheet) == ["来2026-00001"]  # what was given before stays
    found = target_of(workspace, f"来2026-{mark}-00001")
    assert found
    assert found.id == given[1][0].lines[0].encounter.id

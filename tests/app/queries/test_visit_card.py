"""One visit with everything that belongs to it, found by any of its parts; what stands ready at the desk; what was not saved."""

from datetime import date

import pytest

from app.domain.people import Operator
from app.domain.visit import Attendance, MeetingWay, Visit, VisitKind
from app.domain.visit_sheet import Seen, VisitSheet
from app.errors import Refused
from app.queries.visit_card import visit_card
from app.queries.visit_drafts import unsaved_visits
from app.queries.visit_words import visit_words
from app.use_cases.drafts import keep_draft
from app.use_cases.receptions import draft_body, draft_key
from app.workspace import Workspace
from tests.builders import a_contact, a_deputy, an_encounter, an_issue, save


def test_every_part_leads_to_its_visit(workspace: Workspace) -> None:
    visit = Visit(id=workspace.clock.new_id(), visit_kind=VisitKind.RECEPTION)
    met = an_encounter(workspace, visit=visit.id)
    contact = a_contact(workspace, met.id)
    issue = an_issue(workspace, visit=visit.id, encounter=met.id)
    loose = an_issue(workspace, "没有写明是谁反映的", visit=visit.id)
    signed = Attendance(id=workspace.clock.new_id(), visit=visit.id, name="社区干部")
    other = an_issue(workspace, "另一件")
    save(workspace, visit, met, contact, issue, loose, signed, other)
    for part in (visit, met, issue, loose, signed):
        card = visit_card(workspace, part.id)
        (line,) = card.sheet.lines
        assert (card.sheet.visit, card.sheet.attendance, card.sheet.loose) == (visit, (signed,), (loose,))
        assert (line.encounter, line.contact, line.issues) == (met, contact, (issue,))
        assert card.seen.records.keys() == card.seen.heads.keys() == {each.id for each in card.sheet.records()}
    for stranger in (other.id, contact.id, workspace.clock.new_id()):
        with pytest.raises(Refused, match="record_missing"):
            visit_card(workspace, stranger)


def test_the_desk_knows_names_and_what_was_written_last(workspace: Workspace) -> None:
    assert (visit_words(workspace).place, visit_words(workspace).way, visit_words(workspace).places) == ("", "", ())
    deputy = a_deputy(workspace)
    days = (date(2026, 11, 1), date(2026, 11, 3), date(2026, 11, 2))
    places = ("东街点", "西街点", "西街点")
    visits = [
        Visit(id=workspace.clock.new_id(), visit_kind=VisitKind.RECEPTION, on=day, place=place, way=MeetingWay.APPOINTMENT)
        for day, place in zip(days, places, strict=True)
    ]
    round_trip = Visit(id=workspace.clock.new_id(), visit_kind=VisitKind.OUTREACH, on=date(2026, 11, 9), place="村里")
    met = [an_encounter(workspace, village=village) for village in ("甲村", "乙村", "甲村", "")]
    save(workspace, deputy, *visits, round_trip, *met)
    known = visit_words(workspace)
    assert (known.place, known.way) == ("西街点", MeetingWay.APPOINTMENT)
    assert (known.places, known.villages) == (("村里", "西街点", "东街点"), ("甲村", "乙村"))
    assert known.deputies[deputy.id].name == deputy.name
    assert known.categories["03"] == "城乡建设"
    assert (known.period.amount, known.period.unit) == (10, "working_day")
    with workspace.writing() as books:
        assert known.operator in {each.record.name for each in books.records.all_of(Operator)}


def test_what_was_not_saved_is_listed_and_what_nobody_can_read_is_told(workspace: Workspace) -> None:
    sheet = VisitSheet(visit=Visit(id=workspace.clock.new_id(), visit_kind=VisitKind.OUTREACH))
    keep_draft(workspace, draft_key(sheet.visit.id), "outreach", draft_body(sheet, Seen()))
    keep_draft(workspace, "visit:odd", "reception", {"sheet": {"visit": 1}})
    keep_draft(workspace, "visit:odder", "reception", {})
    keep_draft(workspace, "suggestion:new", "suggestion", {})
    found = {each.key: each for each in unsaved_visits(workspace)}
    assert found.keys() == {draft_key(sheet.visit.id), "visit:odd", "visit:odder"}
    assert found[draft_key(sheet.visit.id)].sheet == sheet
    assert found["visit:odd"].sheet is found["visit:odder"].sheet is None

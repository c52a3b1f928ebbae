"""A sheet: what is blank, what is complete, what follows from what, and itself again out of a draft."""

import json
from dataclasses import replace
from datetime import date, time
from typing import Any

import pytest

from app.domain.encounter import Encounter, Party
from app.domain.ids import uuid7
from app.domain.issue import Issue
from app.domain.people import Contact
from app.domain.visit import Attendance, Speech, Visit, VisitKind
from app.domain.visit_sheet import Line, VisitSheet, complete, settled, sheet_from, sheet_told, with_record, without_record
from app.errors import Refused


def an_id(number: int) -> str:
    return uuid7(1_800_000_000_000, number)


MET = Encounter(id=an_id(1), name="甲")
WATER, LIGHT = Issue(id=an_id(2), words="停水"), Issue(id=an_id(3), words="停电")
CONTACT = Contact(id=an_id(4), phone="138")
SIGNED = Attendance(id=an_id(5), name="社区干部", arrived=time(9, 1))
VISIT = Visit(id=an_id(6), visit_kind=VisitKind.RECEPTION, on=date(2026, 11, 21), station=an_id(9), extra={"later": [1]})
LOOSE = Issue(id=an_id(7), words="没有写明是谁")
FIRST, SECOND = Speech(id=an_id(10), name="甲", words="先修路"), Speech(id=an_id(11), name="乙", words="再修灯")
SHEET = VisitSheet(
    visit=VISIT,
    attendance=(SIGNED,),
    speeches=(FIRST, SECOND),
    lines=(Line(encounter=MET, contact=CONTACT, issues=(WATER, LIGHT)),),
    loose=(LOOSE,),
)


@pytest.mark.parametrize(
    "told", [{"name": "甲"}, {"anonymous": True}, {"people": 2}, {"party": Party.HOUSEHOLD}, {"raised": "停水"}, {"remarks": "x"}]
)
def test_a_line_that_says_anything_is_not_blank(told: dict[str, Any]) -> None:
    assert not Line(encounter=Encounter(id=an_id(1), **told)).blank()


@pytest.mark.parametrize("told", [{}, {"village": "甲村"}, {"people": 1, "party": Party.PERSON}, {"name": " "}])
def test_what_is_carried_over_says_nothing(told: dict[str, Any]) -> None:
    line = Line(encounter=Encounter(id=an_id(1), **told))
    assert line.blank()
    assert not complete(VISIT, line)
    assert not replace(line, contact=CONTACT).blank()
    assert not replace(line, issues=(WATER,)).blank()


def test_a_hint_keeps_no_line_from_being_complete() -> None:
    assert complete(VISIT, Line(encounter=replace(MET, people=9), issues=(WATER,)))
    assert not complete(VISIT, Line(encounter=MET))
    assert complete(replace(VISIT, visit_kind=VisitKind.OUTREACH), Line(encounter=MET))


def test_a_sheet_comes_back_out_of_a_draft_as_it_went_in() -> None:
    assert sheet_from(json.loads(json.dumps(sheet_told(SHEET)))) == SHEET
    assert sheet_from(sheet_told(VisitSheet(visit=VISIT))) == VisitSheet(visit=VISIT)


@pytest.mark.parametrize(
    "odd", [{}, {"visit": {"id": an_id(1)}}, sheet_told(SHEET) | {"lines": [{}]}, sheet_told(SHEET) | {"visit": 7}]
)
def test_what_is_no_sheet_is_refused(odd: dict[str, Any]) -> None:
    with pytest.raises(Refused, match="field_malformed"):
        sheet_from(odd)


def test_a_settled_sheet_names_what_belongs_together() -> None:
    whole = settled(SHEET, {})
    (line,) = whole.lines
    assert line.contact
    assert line.contact.of == MET.id
    assert (line.encounter.visit, line.encounter.party, whole.attendance[0].visit) == (VISIT.id, Party.PERSON, VISIT.id)
    assert {(each.visit, each.encounter, each.station) for each in line.issues} == {(VISIT.id, MET.id, VISIT.station)}
    assert settled(whole, {each.id: each for each in whole.records()}) == whole
    assert [(each.words, each.visit, each.encounter) for each in whole.loose] == [(LOOSE.words, VISIT.id, "")]
    assert [(each.visit, each.order) for each in whole.speeches] == [(VISIT.id, 1), (VISIT.id, 2)]


def test_an_issue_of_nobody_follows_its_visit_only_where_it_did_before() -> None:
    before = settled(SHEET, {})
    named = replace(before.loose[0], received_on=date(2026, 1, 1))
    moved = replace(before, visit=replace(VISIT, on=date(2026, 11, 22), campaign=an_id(20)), loose=(named,))
    (issue,) = settled(moved, {each.id: each for each in before.records()}).loose
    assert (issue.received_on, issue.campaign) == (date(2026, 1, 1), an_id(20))


def test_a_draft_of_before_speeches_is_read_still() -> None:
    older = {name: value for name, value in sheet_told(SHEET).items() if name != "speeches"}
    assert sheet_from(older) == replace(SHEET, speeches=())


def test_a_record_is_exchanged_or_taken_out_where_it_stands() -> None:
    for record in (
        replace(VISIT, place="站"),
        replace(SIGNED, name="乙"),
        replace(FIRST, words="先修桥"),
        replace(MET, name="乙"),
        replace(CONTACT, phone="139"),
    ):
        assert {each.id: each for each in with_record(SHEET, record).records()}[record.id] == record
    assert with_record(SHEET, replace(LIGHT, words="x")).lines[0].issues[1].words == "x"
    assert with_record(SHEET, Encounter(id=an_id(8))) == SHEET
    for gone in (SIGNED, SECOND, CONTACT, LIGHT, LOOSE):
        assert {each.id for each in SHEET.records()} - {each.id for each in without_record(SHEET, gone.id).records()} == {gone.id}
    assert without_record(SHEET, MET.id).lines == ()

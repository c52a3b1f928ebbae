"""Several rounds of outreach saved as one deed, taken back and made again as one; and blocks of spreadsheets as lines."""

import itertools
from dataclasses import replace
from datetime import date

import pytest

from app.domain.encounter import Encounter, Party
from app.domain.issue import Issue
from app.domain.outreach_line import Column
from app.domain.visit import Visit, VisitKind
from app.domain.visit_sheet import Line, VisitSheet
from app.errors import Refused
from app.queries.visit_card import visit_card
from app.queries.visit_list import visit_list
from app.use_cases.pasting import cells_of, is_block, pasted_lines
from app.use_cases.receptions import save_visit, save_visits
from app.use_cases.undo import undo_last
from app.workspace import Workspace


def a_round(workspace: Workspace, day: int, *names: str) -> VisitSheet:
    new_id = workspace.clock.new_id
    visit = Visit(id=new_id(), visit_kind=VisitKind.OUTREACH, on=date(2026, 11, day))
    lines = (
        Line(encounter=Encounter(id=new_id(), name=name, party=Party.PERSON), issues=(Issue(id=new_id(), words=f"{name}家停水"),))
        for name in names
    )
    return VisitSheet(visit=visit, lines=tuple(lines))


def days(workspace: Workspace) -> list[tuple[int, int]]:
    return [(row.on.day, row.people) for row in visit_list(workspace).rows if row.on]


def test_rounds_are_saved_and_taken_back_together(workspace: Workspace) -> None:
    rounds = [a_round(workspace, 20, "甲", "乙"), a_round(workspace, 21, "丙")]
    saved = save_visits(workspace, rounds)
    assert [each.visit.number for each in saved.sheets] == ["走2026-00001", "走2026-00002"]
    done = undo_last(workspace, rounds[1].visit.id)
    assert (done.rounds, days(workspace)) == (1, [])
    again = undo_last(workspace, rounds[0].visit.id)
    assert (again.redone, days(workspace)) == (True, [(21, 1), (20, 2)])


def test_a_round_that_was_changed_since_stays(workspace: Workspace) -> None:
    rounds = [a_round(workspace, 20, "甲"), a_round(workspace, 21, "丙")]
    save_visits(workspace, rounds)
    card = visit_card(workspace, rounds[0].visit.id)
    save_visit(workspace, replace(card.sheet, visit=replace(card.sheet.visit, place="村部")), card.seen)
    undo_last(workspace, rounds[1].visit.id)
    assert days(workspace) == [(20, 1)]


def test_a_line_goes_over_to_another_visit_with_all_it_raised(workspace: Workspace) -> None:
    first, second = a_round(workspace, 20, "甲", "乙"), a_round(workspace, 21, "丙")
    saved = save_visits(workspace, [first, second])
    first, second = saved.sheets
    moved = first.lines[1]
    save_visits(workspace, [replace(first, lines=first.lines[:1]), replace(second, lines=(*second.lines, moved))], saved.seen)
    there = visit_card(workspace, second.visit.id).sheet
    assert {each.encounter.name for each in there.lines} == {"丙", "乙"}
    assert {(each.visit, each.received_on) for each in there.issues()} == {(second.visit.id, date(2026, 11, 21))}
    assert len(visit_card(workspace, first.visit.id).sheet.lines) == 1


def test_all_rounds_are_saved_or_none(workspace: Workspace) -> None:
    wrong = a_round(workspace, 21, "丙")
    wrong = replace(wrong, visit=replace(wrong.visit, on=date(1900, 1, 1)))
    with pytest.raises(Refused, match="incomplete"):
        save_visits(workspace, [a_round(workspace, 20, "甲"), wrong])
    assert days(workspace) == []


# --- blocks -----------------------------------------------------------------------------------------------------------


def test_cells_hold_line_ends_tabs_and_marks_where_they_are_quoted() -> None:
    assert cells_of('"a""b\tc\r\nd"\te\r\n"张三" 说\t"没有关\n') == [['a"b\tc\nd', "e"], ['"张三" 说', '"没有关']]
    assert cells_of("a\t\t\n\n\t\nb") == [["a", "", ""], ["b"]]
    assert [is_block(each) for each in ("a", "a\r\n", "a\nb", "a\tb")] == [False, False, True, True]


def test_columns_go_where_their_names_say_and_nothing_is_lost() -> None:
    numbers = itertools.count()
    text = "序号\t户主\t走访日期\t联系电话\t满意度\t备注\t意见建议\n1\t张三\t2026/11/3\t138\t好\t独居\t停水\n"
    (line,) = pasted_lines(text, Column.DAY, lambda: str(next(numbers)))
    assert line.cells == {Column.NAME: "张三", Column.DAY: "2026/11/3", Column.RAISED: "停水"}
    assert line.line
    assert line.line.contact
    assert (line.line.contact.phone, line.line.encounter.remarks) == ("138", "独居\n满意度：好")


def test_without_names_columns_go_by_their_order() -> None:
    rows = pasted_lines("张三\t4\t停水\t再说\n李四", Column.NAME, lambda: "1")
    assert [each.cells for each in rows] == [
        {Column.NAME: "张三", Column.MANY: "4", Column.RAISED: "停水"},
        {Column.NAME: "李四"},
    ]
    assert rows[0].line
    assert rows[0].line.encounter.remarks == "再说"
    assert pasted_lines(" \n", Column.NAME, lambda: "1") == ()

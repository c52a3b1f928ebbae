"""What the hotline says of an issue: entered beside it, or taken in as a table of results, with a step for all that happened."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from app.domain.hotline import HotlineEntry, hotline_entry
from app.domain.issue import FeedbackWay, Issue, IssueResult, Route, Source
from app.domain.life import IssueEvent, IssueState
from app.domain.step import Step
from app.domain.values import Id
from app.errors import Refused
from app.queries.imports import past_imports
from app.queries.issue_card import belonging
from app.queries.issue_list import IssueFilter, issue_figures, issue_list
from app.queries.record import record_of
from app.use_cases.hotline import save_hotline
from app.use_cases.imports import Imported, SheetChoice, import_ledger, undo_import
from app.use_cases.issues import take_back
from app.use_cases.undo import undo_last
from app.workspace import Workspace
from tests.app.use_cases.problems import problems_of
from tests.builders import an_issue, save, written_csv

DAY = date(2026, 11, 20)
E, S, R = IssueEvent, IssueState, IssueResult
COLUMNS = ("工单编号", "受理时间", "办理结果", "办理情况", "办结时间", "承办单位", "告知日期", "备注")


def handed(workspace: Workspace, number: str = "12345-1", **told: Any) -> Id:
    """An issue that was guided to the hotline."""
    told = {"state": S.REFERRED, "route": Route.HOTLINE_12345, "work_order": number, "received_on": DAY} | told
    issue = an_issue(workspace, f"路灯{number}", **told)
    save(workspace, issue)
    return issue.id


def issue_of(workspace: Workspace, id: Id) -> Issue:
    return record_of(workspace, Issue, id)


def events(workspace: Workspace, id: Id) -> list[tuple[str, date | None, str]]:
    with workspace.reading() as connection:
        return [(each.event, each.on, each.by_name) for each in belonging(connection, Step, id)]


# --- entered beside the issue -------------------------------------------------------------------------------------------


def test_acceptance_answer_and_telling_are_entered_one_after_the_other(workspace: Workspace) -> None:
    id = handed(workspace, "")
    save_hotline(workspace, id, HotlineEntry(number=" 12345-7 ", accepted_on=DAY))
    assert (issue_of(workspace, id).work_order, issue_of(workspace, id).work_order_on) == ("12345-7", DAY)
    assert (issue_of(workspace, id).state, events(workspace, id)) == (S.REFERRED, [])
    answer = HotlineEntry(number="12345-7", accepted_on=DAY, result=R.SOLVED, account="已修好", answered_on=date(2026, 11, 21))
    save_hotline(workspace, id, answer)
    undo_last(workspace, id)
    assert (issue_of(workspace, id).state, events(workspace, id)) == (S.REFERRED, [])
    save_hotline(workspace, id, answer)
    assert (issue_of(workspace, id).state, issue_of(workspace, id).result_text) == (S.HANDLED, "已修好")
    whole = HotlineEntry(
        number="12345-7",
        accepted_on=DAY,
        result=R.SOLVED,
        account="已修好",
        told_on=date(2026, 11, 21),
        told_way=FeedbackWay.PHONE,
    )
    done = save_hotline(workspace, id, whole)
    stands = issue_of(workspace, id)
    assert (stands.state, stands.feedback_on, stands.feedback) == (S.FED_BACK, date(2026, 11, 21), "已修好")
    assert [event for event, _on, _by in events(workspace, id)] == [E.HANDLE, E.FEED_BACK]
    assert events(workspace, id)[0] == (E.HANDLE, date(2026, 11, 21), "12345热线")
    take_back(workspace, done)
    assert issue_of(workspace, id).state == S.HANDLED


def test_an_answer_is_corrected_without_another_step(workspace: Workspace) -> None:
    id = handed(workspace, state=S.CLOSED, result=R.SOLVED, result_text="已修", feedback_on=DAY, feedback="已告知")
    entry = HotlineEntry(number="12345-1", result=R.PLANNED, account="列入计划", told_on=DAY, told="已告知")
    save_hotline(workspace, id, entry)
    assert (issue_of(workspace, id).result, issue_of(workspace, id).result_text) == (R.PLANNED, "列入计划")
    assert (issue_of(workspace, id).state, events(workspace, id)) == (S.CLOSED, [])
    assert hotline_entry(issue_of(workspace, id)).told == "已告知"


def test_an_answer_to_a_matter_nobody_had_guided_there_says_that_it_went_there(workspace: Workspace) -> None:
    id = handed(workspace, state=S.REGISTERED, route="")
    save_hotline(workspace, id, HotlineEntry(number="12345-1", accepted_on=DAY, account="已修好"))
    assert [event for event, _on, _by in events(workspace, id)] == [E.REFER, E.HANDLE]
    assert issue_of(workspace, id).route == Route.HOTLINE_12345


def test_what_is_missing_or_out_of_place_is_said(workspace: Workspace) -> None:
    id = handed(workspace)
    for entry, problem in (
        (HotlineEntry(), ("work_order_missing", "number")),
        (HotlineEntry(number="1", told_on=DAY), ("told_before_answer", "told_on")),
        (HotlineEntry(number="1", account="好", answered_on=date(2026, 11, 1)), ("step_before_received", "answered_on")),
    ):
        with pytest.raises(Refused) as told:
            save_hotline(workspace, id, entry)
        assert problems_of(told.value) == [problem]
    elsewhere = handed(workspace, "2", state=S.PROPOSED)
    with pytest.raises(Refused) as told:
        save_hotline(workspace, elsewhere, HotlineEntry(number="2", account="好"))
    assert (told.value.code, issue_of(workspace, elsewhere).result_text) == ("life_forbids", "")


def test_the_list_shows_what_is_with_the_hotline(workspace: Workspace) -> None:
    id = handed(workspace)
    save(workspace, an_issue(workspace), an_issue(workspace, state=S.REGISTERED, route=Route.VILLAGE))
    for asked in (IssueFilter(hotline=True), IssueFilter(hotline=True, typed="路灯")):
        assert [each.id for each in issue_list(workspace, asked).rows] == [id]
        figures = issue_figures(workspace, asked)
        assert (figures.hotline, sum(figures.groups.values()) // 2) == (1, 3)


# --- a table of results -------------------------------------------------------------------------------------------------


def table(folder: Path, *rows: Sequence[str], name: str = "结果.csv") -> Path:
    return written_csv(folder / name, COLUMNS, [(*row, *("",) * (len(COLUMNS) - len(row))) for row in rows])


def taken_in(workspace: Workspace, path: Path, *, dry_run: bool = False) -> Imported:
    told = import_ledger(workspace, path, SheetChoice(kind="results"), dry_run=dry_run)
    assert told.read == told.imported + told.repeated + told.refused
    return told


def counted(told: Imported) -> tuple[int, int, int, int]:
    return told.read, told.imported, told.repeated, told.refused


def test_results_are_added_undone_and_added_again(workspace: Workspace, tmp_path: Path) -> None:
    first, second = (
        handed(workspace, "A1"),
        handed(workspace, "", source=Source.HOTLINE_12345, source_number="B2", state=S.ACCEPTED),
    )
    before = [issue_of(workspace, each) for each in (first, second)]
    path = table(
        tmp_path,
        ("A1", "2026-11-20 09:10", "已办结", "已修好", "2026-11-21", "市政站", "2026-11-21", "李某经办"),
        ("Ｂ2", "", "列入计划", "明年实施", "2026-11-21"),
    )
    assert counted(taken_in(workspace, path, dry_run=True)) == (2, 2, 0, 0)
    assert [issue_of(workspace, each) for each in (first, second)] == before
    told = taken_in(workspace, path)
    one, other = (issue_of(workspace, each) for each in (first, second))
    assert (one.state, one.result, one.result_text, one.remarks) == (S.FED_BACK, R.SOLVED, "已修好", "李某经办")
    assert (other.state, other.result, other.work_order) == (S.HANDLED, R.PLANNED, "B2")
    assert [event for event, _on, _by in events(workspace, second)] == [E.REFER, E.HANDLE]
    assert events(workspace, first)[0] == (E.HANDLE, date(2026, 11, 21), "市政站")
    assert counted(taken_in(workspace, path)) == (2, 0, 2, 0)
    assert [each.made_of for each in past_imports(workspace)] == [{"result": 2}]

    assert told.import_id
    undone = undo_import(workspace, told.import_id)
    assert ([issue_of(workspace, each) for each in (first, second)], undone.kept) == (before, ())
    assert (events(workspace, first), events(workspace, second)) == ([], [])
    assert counted(taken_in(workspace, path)) == (2, 2, 0, 0)


def test_acceptance_first_and_the_result_later(workspace: Workspace, tmp_path: Path) -> None:
    id = handed(workspace, "A1")
    assert counted(taken_in(workspace, table(tmp_path, ("A1", "2026-11-20")))) == (1, 1, 0, 0)
    assert (issue_of(workspace, id).work_order_on, issue_of(workspace, id).state) == (DAY, S.REFERRED)
    later = table(tmp_path, ("A1", "2026-11-20", "已解释", "已说明"), name="later.csv")
    assert counted(taken_in(workspace, later)) == (1, 1, 0, 0)
    assert issue_of(workspace, id).result == R.EXPLAINED


def test_each_row_that_cannot_be_taken_says_why_and_nothing_is_overwritten(workspace: Workspace, tmp_path: Path) -> None:
    done = handed(workspace, "A1", state=S.CLOSED, result=R.SOLVED, result_text="已修好", remarks="原备注")
    handed(workspace, "A2", state=S.PROPOSED)
    handed(workspace, "A3"), handed(workspace, "A3")
    handed(workspace, "A4"), handed(workspace, "A5")
    path = table(
        tmp_path,
        ("A1", "", "列入计划", "明年修"),
        ("A2", "", "已解决", "已修"),
        ("A3", "", "已解决", "已修"),
        ("A4", "", "已解决", "已修"),
        ("A4", "", "解释说明", "已说明"),
        ("A5", "", "", "", "", "", "2026-11-21"),
        ("X9", "", "已解决", "已修"),
        ("", "", "已解决", "已修"),
        ("A5", "", "", "", "", "市政站"),
    )
    told = taken_in(workspace, path)
    assert counted(told) == (9, 1, 0, 8)
    refused = {each.row: each.code for each in told.problems if each.refused}
    assert refused == {
        2: "result_differs",
        3: "result_out_of_place",
        4: "work_order_twice",
        6: "work_order_told",
        7: "row_told_unanswered",
        8: "work_order_unknown",
        9: "row_without_work_order",
        10: "row_without_result",
    }
    assert [(each.facts["stands"], each.column) for each in told.problems if each.code == "result_differs"] == [
        ("已解决", "C 办理结果")
    ]
    assert (issue_of(workspace, done).result, issue_of(workspace, done).remarks) == (R.SOLVED, "原备注")


def test_what_was_worked_on_since_stays_when_the_import_is_undone(workspace: Workspace, tmp_path: Path) -> None:
    first, second = handed(workspace, "A1"), handed(workspace, "A2")
    told = taken_in(workspace, table(tmp_path, ("A1", "", "已解决", "已修"), ("A2", "", "已解决", "已修")))
    save_hotline(workspace, first, HotlineEntry(number="A1", result=R.SOLVED, account="已修", told_on=DAY))
    assert told.import_id
    undone = undo_import(workspace, told.import_id)
    assert first in undone.kept
    assert second not in undone.kept
    assert (issue_of(workspace, first).state, issue_of(workspace, second).state) == (S.FED_BACK, S.REFERRED)


def test_a_table_without_numbers_is_none_of_results(workspace: Workspace, tmp_path: Path) -> None:
    with pytest.raises(Refused) as told:
        taken_in(workspace, written_csv(tmp_path / "x.csv", ("序号", "办理结果"), [("1", "已解决")]))
    assert told.value.code == "columns_missing"

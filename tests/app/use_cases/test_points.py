"""Points at a station: a scheme taken up, entries proposed from records, approved twice, opened again, printed."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from app.domain.cosignature import Cosignature, CosignatureState
from app.domain.life import SuggestionState
from app.domain.papers import ALWAYS, PaperName, Span, year_span
from app.domain.people import Deputy, Operator, Role
from app.domain.points import PointsEntry, PointsState
from app.domain.score_scheme import OwnScheme, points_told
from app.domain.suggestion import Suggestion
from app.domain.values import Id
from app.domain.visit import Attendance, Visit, VisitKind
from app.errors import Refused
from app.queries.points import PointsBoard, own_schemes, points_board
from app.queries.points_papers import OPEN_AGAIN, SAME_PERSON, points_ledger, points_summary
from app.use_cases.issues import take_back
from app.use_cases.ledger_table import save_ledger
from app.use_cases.papers import Asked, print_paper
from app.use_cases.points import (
    GONE,
    approve,
    drop_scheme,
    enter_proposed,
    keep_scheme,
    new_entry,
    reject,
    remove_entry,
    reopen,
    save_entry,
    take_over,
    take_up_scheme,
)
from app.workspace import Workspace
from tests.app.use_cases.problems import problems_of
from tests.builders import a_deputy, save

YEAR = year_span(2026)


@pytest.fixture
def deputy(workspace: Workspace) -> Deputy:
    made = a_deputy(workspace, "代表甲")
    save(workspace, made)
    take_up_scheme(workspace, "ruzhou", date(2026, 1, 1))
    return made


def held(workspace: Workspace, kind: VisitKind, day: int, *deputies: Deputy, month: int = 3, **told: object) -> Visit:
    names = tuple(each.id for each in deputies)
    made = Visit(id=workspace.clock.new_id(), visit_kind=kind, on=date(2026, month, day), deputies=names, **told)  # type: ignore[arg-type]  # what each test says of it
    save(workspace, made)
    return made


def board(workspace: Workspace, span: Span = YEAR) -> PointsBoard:
    return points_board(workspace, span)


def ids(workspace: Workspace) -> list[Id]:
    return [each.entry.id for each in board(workspace).rows]


def total(workspace: Workspace, deputy: Deputy) -> str:
    return next(points_told(each.total) for each in board(workspace).scores if each.deputy == deputy.id)


def approved(workspace: Workspace) -> None:
    """Enter what is proposed, and approve it twice."""
    enter_proposed(workspace, YEAR)
    approve(workspace, ids(workspace))
    approve(workspace, ids(workspace))


def lacking(deed: Callable[[], object]) -> list[str]:
    """What a deed is refused for."""
    with pytest.raises(Refused) as told:
        deed()
    return [code for code, _field in problems_of(told.value)]


# --- entries from records -----------------------------------------------------------------------------------------------------


def test_what_was_done_is_proposed_not_typed_and_counts_once_it_was_approved_twice(workspace: Workspace, deputy: Deputy) -> None:
    held(workspace, VisitKind.RECEPTION, 5, deputy)
    held(workspace, VisitKind.RECEPTION, 12, deputy)
    held(workspace, VisitKind.TRAINING, 20, deputy)
    assert [each.item for each in board(workspace).proposals] == ["接待选民、走访群众", "接待选民、走访群众", "参加学习培训"]
    enter_proposed(workspace, YEAR)
    assert board(workspace).proposals == ()
    assert total(workspace, deputy) == "0", "entered is not approved"
    approve(workspace, ids(workspace))
    assert total(workspace, deputy) == "0", "one approval is half"
    approve(workspace, ids(workspace))
    assert total(workspace, deputy) == "9"
    assert [points_told(each.brings) for each in board(workspace).of(deputy.id)] == ["4", "2", "3"]


def test_a_plan_and_a_day_before_the_scheme_bring_nothing(workspace: Workspace, deputy: Deputy) -> None:
    held(workspace, VisitKind.RECEPTION, 30, deputy, month=12)
    save(workspace, Visit(id=workspace.clock.new_id(), visit_kind="reception", on=date(2025, 12, 30), deputies=(deputy.id,)))
    assert board(workspace, ALWAYS).proposals == ()


def test_who_signed_is_there_and_who_was_away_is_not(workspace: Workspace, deputy: Deputy) -> None:
    other = a_deputy(workspace, "代表乙")
    visit = held(workspace, VisitKind.TRAINING, 5, deputy)
    away = Attendance(id=workspace.clock.new_id(), visit=visit.id, deputy=deputy.id, presence="on_leave")
    came = Attendance(id=workspace.clock.new_id(), visit=visit.id, deputy=other.id, presence="present")
    save(workspace, other, away, came)
    assert [each.deputy for each in board(workspace).proposals] == ["代表乙"]


def test_a_suggestion_brings_points_to_its_lead_and_to_who_signed(workspace: Workspace, deputy: Deputy) -> None:
    other = a_deputy(workspace, "代表乙")
    made = Suggestion(
        id=workspace.clock.new_id(),
        subject="关于路灯的建议",
        state=SuggestionState.REPLIED,
        submitted_on=date(2026, 2, 1),
        lead_deputy=deputy.id,
    )
    signed = Cosignature(
        id=workspace.clock.new_id(),
        suggestion=made.id,
        deputy=other.id,
        state=CosignatureState.SIGNED,
        signed_on=date(2026, 1, 30),
    )
    save(workspace, other, made, signed)
    approved(workspace)
    assert (total(workspace, deputy), total(workspace, other)) == ("6", "1")


def test_only_what_is_named_is_entered_and_all_of_it_is_taken_back(workspace: Workspace, deputy: Deputy) -> None:
    wanted = held(workspace, VisitKind.RECEPTION, 5, deputy)
    held(workspace, VisitKind.RECEPTION, 6, deputy)
    done = enter_proposed(workspace, YEAR, [(wanted.id, deputy.id)])
    assert len(done.made) == len(board(workspace).proposals) == 1
    take_back(workspace, done)
    assert len(board(workspace).proposals) == 2
    enter_proposed(workspace, YEAR)
    with pytest.raises(Refused, match="points_nothing"):
        enter_proposed(workspace, YEAR)


# --- open again -----------------------------------------------------------------------------------------------------------------


def test_an_entry_whose_record_was_changed_counts_no_more_until_it_is_taken_over_and_approved(
    workspace: Workspace, deputy: Deputy
) -> None:
    visit = held(workspace, VisitKind.RECEPTION, 5, deputy)
    approved(workspace)
    save(workspace, replace(visit, visit_kind=VisitKind.TRAINING))
    (row,) = board(workspace).rows
    assert (row.open_again, total(workspace, deputy)) == (True, "0")
    assert board(workspace).proposals == (), "it is the same entry, open again"
    with pytest.raises(Refused, match="points_none_to_approve"):
        approve(workspace, [row.entry.id])
    take_over(workspace, [row.entry.id])
    (row,) = board(workspace).rows
    assert (row.entry.item, row.entry.state, row.open_again) == ("training", PointsState.ENTERED, False)
    approve(workspace, [row.entry.id])
    approve(workspace, [row.entry.id])
    assert total(workspace, deputy) == "3"
    with pytest.raises(Refused, match="points_none_moved"):
        take_over(workspace, [row.entry.id])


def test_a_change_that_matters_to_no_points_opens_nothing(workspace: Workspace, deputy: Deputy) -> None:
    visit = held(workspace, VisitKind.RECEPTION, 5, deputy)
    approved(workspace)
    save(workspace, replace(visit, place="村部", remarks="补记"))
    assert total(workspace, deputy) == "4"


def test_an_entry_whose_record_is_gone_is_rejected_with_the_reason(workspace: Workspace, deputy: Deputy) -> None:
    visit = held(workspace, VisitKind.RECEPTION, 5, deputy)
    approved(workspace)
    with workspace.writing() as books:
        books.records.remove([visit.id])
    assert total(workspace, deputy) == "0"
    take_over(workspace, ids(workspace))
    (row,) = board(workspace).rows
    assert (row.entry.state, row.entry.reason) == (PointsState.REJECTED, GONE)
    assert not row.open_again


def test_changing_an_approved_entry_opens_it_again(workspace: Workspace, deputy: Deputy) -> None:
    held(workspace, VisitKind.RECEPTION, 5, deputy)
    approved(workspace)
    entry = board(workspace).rows[0].entry
    save_entry(workspace, replace(entry, quantity=2))
    after = board(workspace).rows[0].entry
    assert (after.state, after.first_by, after.second_on) == (PointsState.ENTERED, "", None)
    assert total(workspace, deputy) == "0"


# --- by hand --------------------------------------------------------------------------------------------------------------------


def by_hand(workspace: Workspace, deputy: Deputy, **told: object) -> PointsEntry:
    usual = {"deputy": deputy.id, "item": "charity", "account": "为敬老院捐赠棉被", "on": date(2026, 2, 3)}
    return replace(new_entry(workspace), **{**usual, **told})  # type: ignore[arg-type]  # what each test says of it


def test_what_no_record_tells_of_is_entered_by_hand_with_its_evidence(workspace: Workspace, deputy: Deputy) -> None:
    assert lacking(lambda: save_entry(workspace, by_hand(workspace, deputy, account=""))) == ["points_evidence_missing"]
    assert lacking(lambda: save_entry(workspace, by_hand(workspace, deputy, on=date(2024, 1, 1)))) == ["points_no_scheme"]
    done = save_entry(workspace, by_hand(workspace, deputy))
    approve(workspace, [done.id])
    approve(workspace, [done.id])
    assert total(workspace, deputy) == "5"
    remove_entry(workspace, done.id)
    assert total(workspace, deputy) == "0"


def test_a_rejected_entry_tells_why_and_can_be_opened(workspace: Workspace, deputy: Deputy) -> None:
    done = save_entry(workspace, by_hand(workspace, deputy))
    assert lacking(lambda: reject(workspace, [done.id], " ")) == ["points_reason_missing"]
    reject(workspace, [done.id], "没有凭证")
    with pytest.raises(Refused, match="points_none_to_approve"):
        approve(workspace, [done.id])
    reopen(workspace, [done.id])
    (row,) = board(workspace).rows
    assert (row.entry.state, row.entry.reason) == (PointsState.ENTERED, "")


def test_assessed_points_are_given_before_they_are_approved(workspace: Workspace, deputy: Deputy) -> None:
    take_up_scheme(workspace, "ruzhou-sheet", date(2026, 7, 1))
    held(workspace, VisitKind.TRAINING, 3, deputy, month=8)
    enter_proposed(workspace, YEAR)
    with pytest.raises(Refused, match="points_none_to_approve"):
        approve(workspace, ids(workspace))
    (row,) = board(workspace).rows
    save_entry(workspace, replace(row.entry, quantity=7))
    approve(workspace, ids(workspace))
    approve(workspace, ids(workspace))
    assert [points_told(each.total) for each in board(workspace).scores] == ["7", "0"]


# --- schemes --------------------------------------------------------------------------------------------------------------------


def test_a_scheme_changed_in_mid_year_counts_each_half_by_its_own(workspace: Workspace, deputy: Deputy) -> None:
    held(workspace, VisitKind.RECEPTION, 5, deputy)
    held(workspace, VisitKind.RECEPTION, 5, deputy, month=8)
    take_up_scheme(workspace, "example", date(2026, 7, 1))
    newest, first = own_schemes(workspace)
    assert (first.ends_on, newest.ends_on) == (date(2026, 6, 30), None)
    approved(workspace)
    told = {each.scheme.label: points_told(each.total) for each in board(workspace).scores}
    assert told == {"汝州市履职积分办法（示例）": "4", "履职积分方案（示例，分值待本级人大确定）": "5"}


def test_schemes_are_refused_in_words_and_go_only_while_nothing_was_entered(workspace: Workspace, deputy: Deputy) -> None:
    (own,) = own_schemes(workspace)
    with pytest.raises(Refused, match="scheme_unknown"):
        take_up_scheme(workspace, "nobody", date(2026, 1, 1))
    assert lacking(lambda: take_up_scheme(workspace, "example", date(2026, 1, 1))) == ["scheme_overlaps"]
    assert lacking(lambda: keep_scheme(workspace, replace(own, name=""))) == ["name_missing"]
    done = save_entry(workspace, by_hand(workspace, deputy))
    with pytest.raises(Refused, match="scheme_used"):
        drop_scheme(workspace, own.id)
    remove_entry(workspace, done.id)
    drop_scheme(workspace, own.id)
    assert own_schemes(workspace) == ()


def test_an_entry_of_a_scheme_that_is_gone_is_shown_and_brings_nothing(workspace: Workspace, deputy: Deputy) -> None:
    lost = PointsEntry(
        id=workspace.clock.new_id(),
        deputy=workspace.clock.new_id(),
        scheme=workspace.clock.new_id(),
        item="x",
        on=date(2026, 2, 2),
        state=PointsState.APPROVED,
    )
    save(workspace, lost)
    (row,) = board(workspace).rows
    assert (row.deputy, row.item, points_told(row.brings)) == ("未列入名册", "x", "0")


def test_a_scheme_that_cannot_be_read_stops_nothing(workspace: Workspace, deputy: Deputy) -> None:
    save(workspace, OwnScheme(id=workspace.clock.new_id(), name="坏的", starts_on=date(2027, 1, 1), content="{"))
    held(workspace, VisitKind.RECEPTION, 5, deputy)
    assert len(board(workspace, ALWAYS).proposals) == 1


def test_a_deputy_at_the_keyboard_sees_their_own_points_alone(workspace: Workspace, deputy: Deputy) -> None:
    other = a_deputy(workspace, "代表乙")
    save(workspace, other)
    held(workspace, VisitKind.RECEPTION, 5, deputy, other)
    approved(workspace)
    own = Operator(id=workspace.clock.new_id(), name="代表甲", roles=(Role.DEPUTY,), deputy=deputy.id)
    head = Operator(id=workspace.clock.new_id(), name="站长", roles=(Role.STATION_HEAD,))
    save(workspace, head, own)
    seen = points_board(replace(workspace, author=replace(workspace.author, op=own.id)), YEAR)
    assert {each.name for each in seen.scores} == {each.deputy for each in seen.rows} == {"代表甲"}


# --- papers ---------------------------------------------------------------------------------------------------------------------


def test_ledger_and_summary_tell_every_entry_who_approved_it_and_that_it_was_one_person(
    workspace: Workspace, deputy: Deputy, tmp_path: Path
) -> None:
    visit = held(workspace, VisitKind.RECEPTION, 5, deputy, theme="三月接待日")
    held(workspace, VisitKind.TRAINING, 6, deputy)
    approved(workspace)
    save(workspace, replace(visit, visit_kind=VisitKind.OUTREACH))
    open_again, training = points_ledger(workspace, YEAR).lines
    assert (open_again.account, open_again.points, open_again.state) == ("三月接待日", "", OPEN_AGAIN)
    assert (training.points, training.second[0], training.state) == ("3", SAME_PERSON, "复核通过")
    (line,) = points_summary(workspace, YEAR).lines
    assert (line.total, line.items, line.grade) == ("3", ("参加学习培训3",), "未达基本称职")
    for name in (PaperName.POINTS_LEDGER, PaperName.POINTS_SUMMARY):
        assert print_paper(workspace, Asked(name=name, span=YEAR)).pages == 1
        save_ledger(workspace, name, YEAR, tmp_path / f"{name}.xlsx")
    sheet = load_workbook(tmp_path / "points-ledger.xlsx").active
    assert sheet is not None
    assert "参加学习培训" in {cell.value for row in sheet.iter_rows() for cell in row}

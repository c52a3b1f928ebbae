"""A round of checks on a station: begun, kept, saved as one deed, mended, listed, printed."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from app.domain.papers import ALWAYS, PaperName
from app.domain.station_check import CheckFinding
from app.errors import Refused
from app.queries.station_checks import check_board, check_ledger
from app.use_cases.drafts import keep_draft
from app.use_cases.issues import take_back
from app.use_cases.ledger_table import save_ledger
from app.use_cases.papers import Asked, print_paper
from app.use_cases.station_checks import ROUND_KEY, CheckRound, correct_check, new_round, save_round
from app.workspace import Workspace
from tests.app.use_cases.problems import problems_of


def a_round(workspace: Workspace, *lacking: str, on: date | None = None) -> CheckRound:
    """A round in which everything is in order but these items."""
    told = new_round(workspace)
    lines = tuple(
        replace(each, finding=CheckFinding.NOT_MET, account="没有", due_on=date(2026, 1, 31))
        if each.item in lacking
        else replace(each, finding=CheckFinding.MET)
        for each in told.lines
    )
    return replace(told, on=on or told.on, lines=lines, by="联络员")


def test_a_round_is_saved_as_one_deed_and_taken_back_as_one(workspace: Workspace) -> None:
    done = save_round(workspace, a_round(workspace, "m2"))
    board = check_board(workspace)
    assert (len(done.made), board.open, board.standing.stars) == (30, 1, 5)
    take_back(workspace, done)
    assert check_board(workspace).standing.unseen == 30


def test_what_was_not_looked_at_makes_no_record_and_a_round_of_nothing_is_refused(workspace: Workspace) -> None:
    told = new_round(workspace)
    with pytest.raises(Refused) as nothing:
        save_round(workspace, told)
    assert problems_of(nothing.value) == [("check_empty", "finding")]
    one = replace(told.lines[0], finding=CheckFinding.MET)
    assert len(save_round(workspace, replace(told, by="联络员", lines=(one, *told.lines[1:]))).made) == 1


def test_what_lacks_is_overdue_until_it_is_mended(workspace: Workspace) -> None:
    save_round(workspace, a_round(workspace, "m2", on=date(2026, 1, 5)))
    (row,) = (each for each in check_board(workspace).rows if each.open)
    assert row.overdue
    assert row.check is not None
    mended = replace(row.check, measure="添置文件柜", mended_on=date(2026, 2, 1))
    correct_check(workspace, mended, row.heads)
    with pytest.raises(Refused, match="stale"):
        correct_check(workspace, replace(mended, measure="又改"), row.heads)
    assert check_board(workspace).open == 0


def test_a_round_that_was_kept_goes_on(workspace: Workspace) -> None:
    begun = a_round(workspace, "m1")
    keep_draft(workspace, ROUND_KEY, "station_check", begun.told())
    assert new_round(workspace) == begun
    keep_draft(workspace, ROUND_KEY, "station_check", {"lines": 3})
    assert not any(each.finding for each in new_round(workspace).lines)


def test_the_ledger_tells_every_check_on_paper_and_as_a_table(workspace: Workspace, tmp_path: Path) -> None:
    save_round(workspace, a_round(workspace, "m2"))
    ledger = check_ledger(workspace, ALWAYS)
    assert ledger.records == 30
    assert ledger.head.summary == "合计30项次，其中需整改1项，已整改0项。"
    printed = print_paper(workspace, Asked(name=PaperName.CHECK_LEDGER))
    assert printed.records == 30
    save_ledger(workspace, PaperName.CHECK_LEDGER, ALWAYS, tmp_path / "检查.xlsx")
    sheet = load_workbook(tmp_path / "检查.xlsx").active
    assert sheet is not None
    assert "会议桌椅、文件柜、空调齐全完好" in {cell.value for row in sheet.iter_rows() for cell in row}

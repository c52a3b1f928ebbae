"""Every ledger as a workbook: its own columns, its own lines, and how it comes out of a printer."""

from dataclasses import fields
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from app.domain.activity_papers import BallotLine, ProgressLine, ProjectBallot, ProjectProgress
from app.domain.award_papers import AwardLedger, AwardLine
from app.domain.issue_papers import PublicLine, PublicSheet
from app.domain.papers import IssueLedger, IssueLine, Ledger, Listed, PaperName, Span, Trait, VisitLine, VisitLog, month_named
from app.domain.reception_papers import DutyRota, RotaLine
from app.domain.station_ledgers import (
    ActivityLedger,
    ActivityLine,
    AttendanceLedger,
    AttendanceLine,
    HandlingLedger,
    HandlingLine,
    OutreachLedger,
    OutreachLine,
    ReceptionLedger,
    ReceptionLine,
)
from app.domain.suggestion_papers import CommitmentLedger, CommitmentLine, SuggestionLedger, SuggestionLine
from app.domain.visit import Visit, VisitKind
from app.errors import Refused
from app.use_cases.ledger_table import save_ledger
from tests.builders import save, station

NOVEMBER = Span(first=date(2026, 11, 1), last=date(2026, 11, 30))
LEDGERS: tuple[tuple[type[Listed], type], ...] = (
    (VisitLog, VisitLine),
    (ReceptionLedger, ReceptionLine),
    (OutreachLedger, OutreachLine),
    (ActivityLedger, ActivityLine),
    (AttendanceLedger, AttendanceLine),
    (IssueLedger, IssueLine),
    (HandlingLedger, HandlingLine),
    (PublicSheet, PublicLine),
    (ProjectBallot, BallotLine),
    (ProjectProgress, ProgressLine),
    (AwardLedger, AwardLine),
    (DutyRota, RotaLine),
    (SuggestionLedger, SuggestionLine),
    (CommitmentLedger, CommitmentLine),
)


@pytest.mark.parametrize(("ledger", "line"), LEDGERS)
def test_every_field_of_a_line_has_its_heading(ledger: type[Listed], line: type) -> None:
    names = [each.name for each in fields(line)]
    assert len(ledger.columns) == len(set(ledger.columns)) == len(names)
    assert ledger.counted <= set(names)


def test_a_line_keeps_its_texts_and_its_numbers() -> None:
    head = Ledger(station="示例站", number="1", period="", summary="")
    line = VisitLine(
        day="2026-11-02",
        hours="",
        kind="接待",
        place="4301811980010112",
        deputies=("甲", "乙"),
        people="12",
        account="",
        matters=(),
    )
    (row,) = VisitLog(head=head, lines=(line,)).rows()
    assert row == ["2026-11-02", "", "接待", "4301811980010112", "甲\n乙", 12, "", ""]


def test_each_ledger_that_is_a_table_is_saved_empty_and_set_up_for_a_printer(tmp_path: Path) -> None:
    with station(tmp_path / "station") as workspace:
        for name in (each for each in PaperName if Trait.TABLE in each.traits):
            path = tmp_path / f"{name.value}.xlsx"
            assert save_ledger(workspace, name, NOVEMBER, path).records == 0
            sheet: Any = openpyxl.load_workbook(path).worksheets[0]
            assert sheet.title == name.label
            assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
            assert sheet.sheet_properties.pageSetUpPr.fitToPage
            assert (sheet.page_setup.fitToHeight, sheet.freeze_panes, sheet.print_title_rows) == (0, "A2", "$1:$1")
            assert sheet.oddFooter.center.text == "第 &P 页 / 共 &N 页"


def test_a_month_of_visits_is_saved_whole_and_nothing_of_the_months_beside(tmp_path: Path) -> None:
    days = [date(2025, 10, 31), *(date(2025, 11, day) for day in (1, 15, 30)), date(2025, 12, 1)]
    with station(tmp_path / "station") as workspace:
        save(
            workspace, *(Visit(id=workspace.clock.new_id(), visit_kind=VisitKind.OUTREACH, on=day, place="东街") for day in days)
        )
        saved = save_ledger(workspace, PaperName.VISIT_LOG, month_named("2025-11"), tmp_path / "a.xlsx")
    rows = list(openpyxl.load_workbook(saved.path).worksheets[0].iter_rows(values_only=True))
    assert rows[0] == VisitLog.columns
    assert [row[0] for row in rows[1:]] == ["2025-11-01", "2025-11-15", "2025-11-30"]
    assert saved.records == len(rows) - 1


@pytest.mark.parametrize("told", ["2026-13", "2026", "十一月", "2026-11-05"])
def test_what_is_no_month_is_refused(told: str) -> None:
    with pytest.raises(Refused, match="month_malformed"):
        month_named(told)


def test_a_month_ends_with_its_last_day() -> None:
    assert month_named(" 2028-02 ") == Span(first=date(2028, 2, 1), last=date(2028, 2, 29))

"""Lists of deputies who scanned in: presences of the visit they belong to, counted, known again, undone in one step."""

from datetime import date, time
from pathlib import Path

import pytest

from app.domain.people import Deputy
from app.domain.visit import Attendance, CheckIn, Presence, Visit, VisitKind
from app.queries.ledger_matches import all_of
from app.use_cases.imports import Imported, SheetChoice, import_ledger, read_columns, undo_import
from app.use_cases.ledgers.scans import THEME
from app.workspace import Workspace
from tests.app.ledgers.sheets import written_book
from tests.builders import STATION_CODE, STATION_NAME, a_deputy, save, written_csv

HEADER = ("序号", "代表姓名", "代表证号", "进站时间", "联络站", "手机号")
DAY = date(2026, 11, 20)
CHOICE = SheetChoice(kind="scans")


@pytest.fixture
def deputies(workspace: Workspace) -> tuple[Deputy, Deputy]:
    made = a_deputy(workspace, "代表甲", deputy_card_no="HN0001"), a_deputy(workspace, "代表乙", deputy_card_no="HN0002")
    save(workspace, *made)
    return made


def a_visit(workspace: Workspace, kind: VisitKind = VisitKind.RECEPTION, **told: object) -> Visit:
    visit = Visit(id=workspace.clock.new_id(), visit_kind=kind, on=DAY, **told)  # type: ignore[arg-type]  # a test's own words
    save(workspace, visit)
    return visit


def row(number: int, name: str, card: str, at: str = "2026-11-20 08:55:10", station: str = STATION_NAME) -> tuple[str, ...]:
    return str(number), name, card, at, station, "13800000000"


def taken(workspace: Workspace, folder: Path, *rows: tuple[str, ...]) -> Imported:
    told = import_ledger(workspace, written_csv(folder / "扫码.csv", HEADER, rows), CHOICE)
    assert told.read == told.imported + told.repeated + told.refused
    return told


def counted(told: Imported) -> tuple[int, int, int, int]:
    return told.read, told.imported, told.repeated, told.refused


def present(workspace: Workspace) -> list[Attendance]:
    return all_of(workspace, Attendance)


def test_a_scan_is_a_presence_at_the_reception_of_its_day(
    workspace: Workspace, deputies: tuple[Deputy, Deputy], tmp_path: Path
) -> None:
    visit = a_visit(workspace, starts=time(9), deputies=(deputies[0].id,))
    told = taken(workspace, tmp_path, row(1, "代表甲", "HN0001"), row(2, "代 表 乙", "hn 0002", "2026/11/20 9:03"))
    assert counted(told) == (2, 2, 0, 0)
    assert [(each.visit, each.deputy, each.name, each.arrived) for each in present(workspace)] == [
        (visit.id, deputies[0].id, "代表甲", time(8, 55)),
        (visit.id, deputies[1].id, "代表乙", time(9, 3)),
    ]
    assert all(each.presence == Presence.PRESENT and each.check_in == CheckIn.QR_CHECK_IN for each in present(workspace))
    assert "13800000000" not in repr(present(workspace))  # the register has the deputies' own


def test_the_import_is_undone_in_one_step_and_made_again(
    workspace: Workspace, deputies: tuple[Deputy, Deputy], tmp_path: Path
) -> None:
    visit = a_visit(workspace)
    rows = row(1, "代表甲", "HN0001"), row(2, "代表乙", "HN0002")
    told = taken(workspace, tmp_path, *rows)
    assert told.import_id
    assert undo_import(workspace, told.import_id).removed == 2
    assert not present(workspace)
    assert all_of(workspace, Visit) == [visit]
    assert counted(taken(workspace, tmp_path, *rows)) == (2, 2, 0, 0)
    assert counted(taken(workspace, tmp_path, *rows)) == (2, 0, 2, 0)


def test_who_signed_in_here_or_scans_twice_is_known_already(
    workspace: Workspace, deputies: tuple[Deputy, Deputy], tmp_path: Path
) -> None:
    visit, late = a_visit(workspace), workspace.clock.new_id()
    save(workspace, Attendance(id=late, visit=visit.id, deputy=deputies[0].id, presence=Presence.PRESENT, arrived=time(9)))
    told = taken(
        workspace,
        tmp_path,
        row(1, "代表甲", "HN0001"),
        row(2, "代表乙", "HN0002"),
        row(3, "代表乙", "HN0002", "2026-11-20 11:40"),
    )
    assert counted(told) == (3, 1, 2, 0)
    assert [each.deputy for each in present(workspace)] == [deputies[0].id, deputies[1].id]


def test_who_was_excused_and_came_all_the_same_is_there(
    workspace: Workspace, deputies: tuple[Deputy, Deputy], tmp_path: Path
) -> None:
    visit = a_visit(workspace)
    save(workspace, Attendance(id=workspace.clock.new_id(), visit=visit.id, deputy=deputies[0].id, presence=Presence.ON_LEAVE))
    assert counted(taken(workspace, tmp_path, row(1, "代表甲", "HN0001"))) == (1, 1, 0, 0)


def test_a_day_without_a_visit_gets_one_that_stands_for_its_scans(
    workspace: Workspace, deputies: tuple[Deputy, Deputy], tmp_path: Path
) -> None:
    told = taken(workspace, tmp_path, row(1, "代表甲", "HN0001"), row(2, "代表乙", "HN0002", "2026-11-20 15:00"))
    assert counted(told) == (2, 2, 0, 0)
    (visit,) = all_of(workspace, Visit)
    assert (visit.theme, visit.on, visit.visit_kind, visit.late_entry) == (THEME, DAY, VisitKind.OTHER, True)
    assert {each.visit for each in present(workspace)} == {visit.id}
    more = taken(workspace, tmp_path, row(9, "代表丙", "", "2026-11-20 16:00"))
    assert counted(more) == (1, 1, 0, 0)
    assert len(all_of(workspace, Visit)) == 1
    assert told.import_id
    assert undo_import(workspace, told.import_id).kept  # the day's visit has a presence of another import by now


def test_the_visit_is_the_one_that_names_the_deputy_then_the_one_of_the_hour(
    workspace: Workspace, deputies: tuple[Deputy, Deputy], tmp_path: Path
) -> None:
    morning = a_visit(workspace, starts=time(9), ends=time(11, 30))
    a_visit(workspace, VisitKind.OUTREACH, starts=time(9))
    evening = a_visit(workspace, starts=time(15), ends=time(17))
    named = a_visit(workspace, VisitKind.TRAINING, starts=time(8), deputies=(deputies[1].id,))
    taken(
        workspace,
        tmp_path,
        row(1, "代表甲", "HN0001", "2026-11-20 09:10"),
        row(2, "代表乙", "HN0002", "2026-11-20 15:10"),
        row(3, "代表丙", "", "2026-11-20 15:12"),
    )
    assert [each.visit for each in present(workspace)] == [morning.id, named.id, evening.id]


def test_a_scan_elsewhere_is_refused_and_ours_is_known_by_code_and_by_name(
    workspace: Workspace, deputies: tuple[Deputy, Deputy], tmp_path: Path
) -> None:
    told = taken(
        workspace,
        tmp_path,
        row(1, "代表甲", "HN0001", station="某某市另一街道人大代表联络站"),
        row(2, "代表甲", "HN0001", station=f"某某市{STATION_NAME}"),
        row(3, "代表乙", "HN0002", station=STATION_CODE),
    )
    assert counted(told) == (3, 2, 0, 1)
    assert [(each.row, each.code, each.refused) for each in told.problems] == [(2, "scan_elsewhere", True)]


def test_who_is_not_in_the_register_is_there_by_name(
    workspace: Workspace, deputies: tuple[Deputy, Deputy], tmp_path: Path
) -> None:
    save(workspace, a_deputy(workspace, "代表甲", deputy_card_no="HN0009"))
    told = taken(
        workspace,
        tmp_path,
        row(1, "生人", "X1"),
        row(2, "代表甲", ""),
        row(3, "改名", "HN0002"),
        row(4, "", ""),
        row(5, "代表乙", "HN0002", ""),
    )
    assert counted(told) == (5, 3, 0, 2)
    assert {each.row: each.code for each in told.problems} == {
        2: "scan_of_nobody",
        3: "scan_of_several",
        4: "card_of_another",
        5: "row_without_name",
        6: "row_without_day",
    }
    assert [(each.name, each.deputy) for each in present(workspace)] == [
        ("生人", ""),
        ("代表甲", ""),
        ("代表乙", deputies[1].id),
    ]
    assert present(workspace)[0].remarks == "X1"


def test_a_workbook_with_other_titles_is_understood(
    workspace: Workspace, deputies: tuple[Deputy, Deputy], tmp_path: Path
) -> None:
    rows = [
        ["2026年11月扫码进站明细"],
        ["姓名", "扫码时间", "离站时间", "代表团"],
        ["代表甲", "2026.11.20 8:50", "11:45", "一团"],
    ]
    path = written_book(tmp_path / "明细.xlsx", {"明细": rows})
    columns = read_columns(workspace, path, CHOICE)
    assert [each.field for each in columns.columns] == ["name", "on", "left", ""]
    assert counted(import_ledger(workspace, path, CHOICE)) == (1, 1, 0, 0)
    (line,) = present(workspace)
    assert (line.arrived, line.left, line.remarks) == (time(8, 50), time(11, 45), "代表团：一团")

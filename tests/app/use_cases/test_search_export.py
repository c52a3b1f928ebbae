"""The list of a search as a file, and searches kept under a name."""

import csv
from dataclasses import replace
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from app.errors import Refused
from app.progress import Progress
from app.queries.search import SearchFilter
from app.queries.search_results import search_results, search_total
from app.use_cases.saved_searches import SavedSearch, remove_search, save_search, saved_searches
from app.use_cases.search_export import COLUMNS, ListWords, export_results
from app.workspace import Workspace
from tests.builders import StationHome, a_contact, an_encounter, an_issue, save

WORDS = ListWords(str.upper, str, str)
ODD = ("=1+1路灯", "路灯\x07响", "-路灯", "001路灯123456789012345678", "路灯，“好”\n第二行")


def lines(path: Path) -> list[list[str]]:
    """What a spreadsheet program reads from the file."""
    if path.suffix == ".csv":
        return list(csv.reader(StringIO(path.read_bytes().decode("utf-8-sig"), newline="")))
    rows = load_workbook(path).active.iter_rows(values_only=True)  # type: ignore[union-attr]  # there is a sheet
    return [[str(value or "") for value in row] for row in rows]


@pytest.mark.parametrize("ending", [".xlsx", ".csv", ".XLSX"])
def test_the_file_holds_exactly_what_the_filter_leaves(workspace: Workspace, tmp_path: Path, ending: str) -> None:
    issues = [an_issue(workspace, subject, words="甲") for subject in ODD]
    save(workspace, *issues, *(an_issue(workspace, "西街", words="路灯") for _ in range(600)), an_encounter(workspace, "路灯"))
    asked = SearchFilter(typed="路灯", kind="issue")
    path = tmp_path / f"list{ending}"
    told = export_results(workspace, asked, path, WORDS)
    header, *rows = lines(path.rename(path.with_suffix(ending.lower())))
    assert tuple(header) == tuple(each.upper() for each in COLUMNS)
    assert told.records == len(rows) == search_total(workspace, asked) == 605
    shown = search_results(workspace, asked, limit=1000).rows
    assert [row[COLUMNS.index("id")] for row in rows] == [each.id for each in shown]
    titles = {row[COLUMNS.index("title")] for row in rows}
    assert {"001路灯123456789012345678", "西街"} <= titles
    assert {"'=1+1路灯", "'-路灯"} <= titles if ending == ".csv" else {"=1+1路灯", "-路灯", "路灯响"} <= titles


def test_nothing_is_calculated_in_a_workbook(workspace: Workspace, tmp_path: Path) -> None:
    save(workspace, an_issue(workspace, "=1+1路灯"))
    export_results(workspace, SearchFilter(typed="路灯"), tmp_path / "a.xlsx", WORDS)
    sheet = load_workbook(tmp_path / "a.xlsx").active
    assert sheet is not None
    assert {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value is not None} == {"s"}


def test_residents_stay_masked_and_the_journal_tells_of_it(workspace: Workspace, tmp_path: Path) -> None:
    person = an_encounter(workspace, "张三")
    save(workspace, person, a_contact(workspace, person.id, "13812345678"))
    told = export_results(workspace, SearchFilter(typed="1381"), tmp_path / "a.csv", WORDS)
    content = (tmp_path / "a.csv").read_text(encoding="utf-8-sig")
    assert "138****5678" in content
    assert not any(secret in content for secret in ("13812345678", "张三"))
    with workspace.reading() as connection:
        events = connection.exec_driver_sql("SELECT kind FROM journal WHERE rev IS NULL ORDER BY seq DESC").scalars().all()
    assert (told.noted, events[0]) == (True, "list_export")


def test_a_station_open_for_reading_saves_a_list_without_a_note(home: StationHome, tmp_path: Path) -> None:
    with home.opened() as writer:
        save(writer, an_issue(writer, "路灯"))
        with home.opened(write=False) as workspace:
            assert not export_results(workspace, SearchFilter(typed="路灯"), tmp_path / "a.csv", WORDS).noted


def test_another_ending_and_a_stop_write_nothing(workspace: Workspace, tmp_path: Path) -> None:
    save(workspace, an_issue(workspace, "路灯"))
    with pytest.raises(Refused, match="export_format"):
        export_results(workspace, SearchFilter(typed="路灯"), tmp_path / "a.pdf", WORDS)
    stopped = Progress()
    stopped.cancel()
    with pytest.raises(Refused, match="cancelled"):
        export_results(workspace, SearchFilter(typed="路灯"), tmp_path / "a.csv", WORDS, stopped)
    assert list(tmp_path.glob("a.*")) == []


# --- searches under a name ---------------------------------------------------------------------------------------------

ASKED = SearchFilter(typed="路灯", kind="issue", state="assigned", place="东街", first=date(2026, 1, 1), last=date(2026, 2, 1))


def test_a_search_is_kept_replaced_and_forgotten(workspace: Workspace) -> None:
    save_search(workspace, "  东街 路灯 ", ASKED)
    save_search(workspace, "甲", SearchFilter(typed="水"))
    assert saved_searches(workspace) == (SavedSearch("东街 路灯", ASKED), SavedSearch("甲", SearchFilter(typed="水")))
    save_search(workspace, "甲", replace(ASKED, typed="电"))
    assert saved_searches(workspace)[1].asked.typed == "电"
    remove_search(workspace, "东街 路灯")
    remove_search(workspace, "东街 路灯")
    assert [each.name for each in saved_searches(workspace)] == ["甲"]


@pytest.mark.parametrize(("name", "asked", "code"), [("  ", ASKED, "search_unnamed"), ("甲", SearchFilter(), "search_empty")])
def test_a_search_needs_a_name_and_something_to_look_for(workspace: Workspace, name: str, asked: SearchFilter, code: str) -> None:
    with pytest.raises(Refused, match=code):
        save_search(workspace, name, asked)
    assert saved_searches(workspace) == ()

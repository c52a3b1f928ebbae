"""Texts of suggestions out of a table: read is imported, repeated and refused together, and nothing of a text is lost."""

import os
from datetime import date
from pathlib import Path

import pytest

from app.domain.life import SuggestionState
from app.domain.papers import PaperName
from app.domain.suggestion import Suggestion
from app.domain.written_text import counted
from app.queries.ledger_matches import all_of
from app.use_cases.imports import SheetChoice, import_ledger, read_columns, undo_import
from app.use_cases.papers import Asked, print_paper
from tests.builders import a_deputy, save, station, written_csv

REAL_DATA = os.environ.get("LIAISON_REAL_DATA", "")
COLUMNS = ("建议标题", "调研情况", "问题分析", "具体建议", "领衔代表", "提交日期", "类别", "承办情况")
ROW = ("关于路灯的建议", "调研情况：东街路灯不亮。", "没有人管。", "请修好。", "代表甲", "2025-03-01", "城乡建设", "在办")
KIND = SheetChoice(kind="suggestions")


def test_a_row_becomes_a_draft_in_three_parts_with_its_lead_and_its_day(tmp_path: Path) -> None:
    sheet = written_csv(tmp_path / "建议.csv", COLUMNS, [ROW, ROW, ("", *ROW[1:]), ("关于停水的建议", *[""] * 7)])
    with station(tmp_path / "station") as workspace:
        lead = a_deputy(workspace, "代表甲", delegation="第一代表团")
        save(workspace, lead)
        told = import_ledger(workspace, sheet, KIND)
        assert (told.read, told.imported, told.repeated, told.refused) == (4, 1, 1, 2)
        assert {each.code for each in told.problems if each.refused} == {"row_without_title", "row_without_text"}
        made = all_of(workspace, Suggestion)[0]
        assert made.text == "一、情况\n东街路灯不亮。\n\n二、分析\n没有人管。\n\n三、建议\n请修好。"
        assert (made.subject, made.lead_deputy, made.delegation, made.year) == ("关于路灯的建议", lead.id, "第一代表团", 2025)
        assert made.state == SuggestionState.DRAFT
        assert "2025-03-01" in made.remarks
        assert "承办情况：在办" in made.remarks
        assert import_ledger(workspace, sheet, KIND).imported == 0
        assert told.import_id
        undo_import(workspace, told.import_id)
        assert all_of(workspace, Suggestion) == []


def test_a_whole_text_stays_where_it_says_more_than_its_parts(tmp_path: Path) -> None:
    header = ("title", "content", "findings", "analysis", "requests")
    more = (
        "关于甲的建议",
        "东街路灯不亮。没有人管。请修好。另外还有一段很长的话不在三个部分里。",
        "东街路灯不亮。",
        "没有人管。",
        "请修好。",
    )
    same = ("关于乙的建议", "调研情况：东街 路灯不亮。\n问题分析：没有人管。请修好。", "东街路灯不亮。", "没有人管。", "请修好。")
    sheet = written_csv(tmp_path / "t.csv", header, [more, same])
    with station(tmp_path / "station") as workspace:
        assert {each.field for each in read_columns(workspace, sheet, KIND).columns} == set(header)
        import_ledger(workspace, sheet, KIND)
        texts = {each.subject: each.text for each in all_of(workspace, Suggestion)}
        assert texts["关于甲的建议"].endswith("不在三个部分里。")
        assert texts["关于乙的建议"].startswith("一、情况\n东街路灯不亮。")


def test_a_lead_whom_the_register_does_not_know_stays_readable(tmp_path: Path) -> None:
    sheet = written_csv(tmp_path / "建议.csv", COLUMNS, [ROW])
    with station(tmp_path / "station") as workspace:
        told = import_ledger(workspace, sheet, KIND)
        assert [each.code for each in told.problems] == ["deputies_unknown"]
        made = all_of(workspace, Suggestion)[0]
        assert made.lead_deputy == ""
        assert "代表甲" in made.remarks


@pytest.mark.skipif(not REAL_DATA, reason="needs the folder of real tables: set LIAISON_REAL_DATA")
def test_the_210_texts_of_an_open_table_are_counted_and_printed(tmp_path: Path) -> None:
    with station(tmp_path / "station") as workspace:
        told = import_ledger(workspace, Path(REAL_DATA) / "proposals.csv", KIND)
        assert told.read == told.imported + told.repeated + told.refused == 210
        made = all_of(workspace, Suggestion)
        assert len(made) == told.imported
        assert all(each.subject and counted(each.text) for each in made)
        assert all(each.year == date(each.year, 1, 1).year for each in made)
        for each in made:
            paper = print_paper(workspace, Asked(name=PaperName.SUGGESTION, id=each.id, substitute=True))
            assert paper.content.startswith(b"%PDF")
            assert paper.pages >= 2
        assert import_ledger(workspace, Path(REAL_DATA) / "proposals.csv", KIND).imported == 0

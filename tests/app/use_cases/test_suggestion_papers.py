"""The papers and ledgers of a suggestion as they are handed over: read back whole, noted, saved as a table."""

from collections.abc import Callable
from dataclasses import fields
from pathlib import Path

import openpyxl
import pytest

from app.domain.papers import ALWAYS, AskedBy, PaperName, Span, year_span
from app.domain.suggestion_papers import SUGGESTION_COLUMNS
from app.errors import Refused
from app.queries.suggestion_ledger import suggestion_ledger
from app.queries.suggestion_sheets import suggestion_sheets
from app.storage.journal import Journal
from app.use_cases.ledger_table import save_ledger
from app.use_cases.papers import Asked, composed_paper, print_paper
from app.workspace import Workspace
from tests.builders import StationHome
from tests.handled_suggestion import SHEETS, handled
from tests.pdf_text import bare, text_of

TOLD_OTHERWISE = {"record", "confidential", "session", "body", "phone", "address", "kind", "delegation", "cosigners"}


@pytest.fixture
def pdftotext(program: Callable[[str], str]) -> str:
    return program("pdftotext")


def events(workspace: Workspace) -> list[str]:
    with workspace.reading() as connection:
        return [line.kind for line in Journal(connection).lines() if line.rev is None]


@pytest.mark.parametrize("name", SHEETS)
def test_every_sheet_is_printed_with_all_its_words_and_noted(workspace: Workspace, pdftotext: str, name: PaperName) -> None:
    known = handled(workspace, signers=12)
    shown = suggestion_sheets(workspace, name, known.suggestion.id)
    paper = print_paper(workspace, Asked(name=name, id=known.suggestion.id))
    said = bare(text_of(pdftotext, paper.content))
    for sheet in shown.sheets:
        texts = [getattr(sheet, each.name) for each in fields(sheet) if each.name not in TOLD_OTHERWISE]
        assert not [text for text in texts if isinstance(text, str) and bare(text) not in said]
        assert known.suggestion.subject in said
    assert paper.records == len(shown.sheets)
    assert events(workspace)[-1] == "print"
    assert paper.file_name == f"{name.label}-{known.suggestion.subject}.pdf"


@pytest.mark.parametrize("name", [each for each in PaperName if each.asked_by is AskedBy.RECORD_OR_NOTHING])
def test_empty_ones_are_printed_without_a_record(workspace: Workspace, name: PaperName) -> None:
    paper = composed_paper(workspace, Asked(name=PaperName(name)))
    assert (paper.pages, paper.records) == (1, 1)
    assert paper.file_name.endswith("-空白.pdf")


def test_a_paper_of_one_record_takes_no_days_and_one_that_is_not_empty_needs_one(workspace: Workspace) -> None:
    with pytest.raises(Refused, match="paper_takes_no_period"):
        composed_paper(workspace, Asked(name=PaperName.EVALUATION_FORM, span=year_span(2026)))
    with pytest.raises(Refused, match="paper_needs_id"):
        composed_paper(workspace, Asked(name=PaperName.COSIGNATURE_PAGE))
    with pytest.raises(Refused, match="paper_takes_no_copies"):
        composed_paper(workspace, Asked(name=PaperName.EVALUATION_FORM, copies=2))


def test_a_ledger_on_paper_holds_every_row_and_the_sums_of_the_units(workspace: Workspace, pdftotext: str) -> None:
    for number in range(30):
        handled(workspace, case_number=f"案号{number:03d}", subject=f"关于第{number:03d}条街照明的建议")
    paper = print_paper(workspace, Asked(name=PaperName.SUGGESTION_LEDGER, span=year_span(2025)))
    said = bare(text_of(pdftotext, paper.content))
    assert paper.records == 30
    assert not [number for number in range(30) if f"案号{number:03d}" not in said or f"第{number:03d}条街" not in said]
    assert "各单位未结情况" in said
    assert "合计6060030" in said
    promised = bare(text_of(pdftotext, print_paper(workspace, Asked(name=PaperName.COMMITMENT_LEDGER)).content))
    assert promised.count("年底前修好全部路灯") == 30
    assert "合计60303030" in promised


def test_a_table_tells_what_the_paper_tells_every_column_by_itself(workspace: Workspace, tmp_path: Path) -> None:
    handled(workspace, case_number="=1+1")
    saved = save_ledger(workspace, PaperName.SUGGESTION_LEDGER, ALWAYS, tmp_path / "建议 台账.xlsx")
    book = openpyxl.load_workbook(saved.path)
    rows = [[cell.value for cell in row] for row in book["建议台账"].iter_rows()]
    (line,) = suggestion_ledger(workspace, ALWAYS).lines
    assert rows[0] == list(SUGGESTION_COLUMNS)
    assert [cell or "" for cell in rows[1]] == [getattr(line, each.name) for each in fields(line)]
    assert rows[1][0] == "=1+1"
    assert [cell.value for cell in list(book["各单位未结情况"].iter_rows())[-1]] == ["合计", 2, 2, 0, 1]
    assert (saved.records, saved.noted, events(workspace)[-1]) == (1, True, "list_export")
    assert save_ledger(workspace, PaperName.COMMITMENT_LEDGER, ALWAYS, tmp_path / "b.XLSX").records == 2


def test_what_is_no_table_is_refused_and_leaves_no_file(workspace: Workspace, tmp_path: Path) -> None:
    for name, file, code in (
        (PaperName.SUGGESTION_LEDGER, "a.pdf", "table_format"),
        (PaperName.RECEPTION_FORM, "a.xlsx", "paper_is_no_table"),
    ):
        with pytest.raises(Refused, match=code):
            save_ledger(workspace, name, Span(), tmp_path / file)
    assert not list(tmp_path.glob("a.*"))


def test_beside_another_writer_a_table_is_saved_without_a_note(home: StationHome, tmp_path: Path) -> None:
    with home.opened(write=False) as workspace:
        assert not save_ledger(workspace, PaperName.SUGGESTION_LEDGER, ALWAYS, tmp_path / "a.xlsx").noted

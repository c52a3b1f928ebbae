"""A printed paper is scanned again: it leads to its record and says whether that was changed since; the second print says so."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from app.domain.paper_code import PrintMark, code_of, read_code
from app.domain.papers import PaperName, Span
from app.errors import Refused
from app.messages.paper_codes import scanned_told
from app.pictures.codes import codes_in
from app.queries.prints import scanned_paper
from app.use_cases.papers import Asked, composed_paper, print_paper
from app.workspace import Workspace
from tests.app.pictures.coded import page_of, written
from tests.builders import an_encounter, an_issue, remove, save
from tests.pdf_text import bare, text_of


@pytest.fixture
def pdftotext(program: Callable[[str], str]) -> str:
    return program("pdftotext")


@pytest.fixture
def code_on(program: Callable[[str], str], tmp_path: Path) -> Callable[[bytes], str]:
    """The one code on the first page of a paper, as a reader of pictures finds it."""
    drawer = program("pdftoppm")

    def read(paper: bytes) -> str:
        (code,) = codes_in(written(page_of(paper, tmp_path, drawer)))
        return code

    return read


def test_a_scanned_form_opens_its_record_and_says_what_was_changed_since(
    workspace: Workspace, pdftotext: str, code_on: Callable[[bytes], str]
) -> None:
    person = an_encounter(workspace, "群众甲")
    issue = an_issue(workspace, encounter=person.id)
    save(workspace, person, issue)
    first = print_paper(workspace, Asked(name=PaperName.ISSUE_RECORD, id=issue.id)).content
    code = read_code(code_on(first))
    assert code
    still = scanned_paper(workspace, code)
    assert (still.record, still.kind, still.changed, still.here) == (issue.id, "issue", None, True)
    assert scanned_told(still) == "打印后没有改动。"
    save(workspace, an_issue(workspace, "别的事"))
    assert scanned_paper(workspace, code).changed is None
    save(workspace, replace(issue, subject="路灯和井盖"))
    assert "重新打印" in scanned_told(scanned_paper(workspace, code))
    again = print_paper(workspace, Asked(name=PaperName.ISSUE_RECORD, id=issue.id)).content
    assert "第2次打印" not in bare(text_of(pdftotext, first))
    assert "第2次打印" in bare(text_of(pdftotext, again))
    fresh = read_code(code_on(again))
    assert fresh
    assert scanned_paper(workspace, fresh).changed is None


def test_a_part_that_was_changed_counts_and_another_computer_s_paper_says_nothing(workspace: Workspace) -> None:
    person = an_encounter(workspace, "群众甲")
    save(workspace, person)
    mark = PrintMark(seat=workspace.author.by, line=10_000)
    code = read_code(code_of(person.id, replace(mark, line=1)))
    assert code
    save(workspace, an_issue(workspace, encounter=person.id))
    assert scanned_paper(workspace, code).changed is not None
    elsewhere = read_code(code_of(person.id, replace(mark, seat="0000000000000000")))
    assert elsewhere
    told = scanned_paper(workspace, elsewhere)
    assert (told.here, told.changed) == (False, None)
    assert "另一台电脑" in scanned_told(told)
    remove(workspace, person.id)
    with pytest.raises(Refused, match="paper_record_gone"):
        scanned_paper(workspace, code)


def test_prints_are_counted_for_each_paper_and_its_days_and_looking_counts_for_nothing(
    workspace: Workspace, pdftotext: str
) -> None:
    spans = Span(), Span(first=workspace.clock.today().date(), last=None)
    for span in spans:
        asked = Asked(name=PaperName.VISIT_LOG, span=span)
        composed_paper(workspace, asked)
        assert "次打印" not in bare(text_of(pdftotext, print_paper(workspace, asked).content))
    assert "第2次打印" in bare(text_of(pdftotext, composed_paper(workspace, Asked(name=PaperName.VISIT_LOG)).content))
    assert "次打印" not in bare(text_of(pdftotext, composed_paper(workspace, Asked(name=PaperName.DUTY_ROTA)).content))

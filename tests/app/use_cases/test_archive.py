"""The archive's volume: every ledger and form of a period, all pages numbered through, each listed with its page."""

import re
from collections.abc import Callable
from datetime import date

import pytest

from app.domain.papers import PaperName, Span
from app.errors import Refused
from app.queries import archive
from app.use_cases import demo
from app.use_cases.papers import Asked, composed_paper, print_paper
from app.workspace import Workspace
from tests.pdf_text import bare, page_count, text_of

MONTHS = Span(first=date(2026, 1, 1), last=date(2026, 12, 31))


@pytest.fixture
def pdftotext(program: Callable[[str], str]) -> str:
    return program("pdftotext")


@pytest.fixture
def filled(workspace: Workspace) -> Workspace:
    demo.fill(workspace, demo.Amounts(visits=20, issues=20, suggestions=3), 1)
    return workspace


def test_every_page_is_numbered_and_every_part_stands_where_the_contents_say(filled: Workspace, pdftotext: str) -> None:
    paper = print_paper(filled, Asked(name=PaperName.ARCHIVE, span=MONTHS))
    pages = [bare(each) for each in text_of(pdftotext, paper.content).split("\f")[:-1]]
    assert len(pages) == paper.pages == page_count(paper.content)
    numbers = [re.findall(r"第(\d+)页共(\d+)页|—(\d+)—", each) for each in pages]
    assert [int(found[0][0] or found[0][2]) for found in numbers] == list(range(1, len(pages) + 1))
    contents = "".join(pages[1 : next(place for place, each in enumerate(pages) if place > 1 and "…" not in each)])
    contents = contents.removeprefix("目录")
    listed = {title: int(page) for title, page in re.findall(r"([^…\d]+?)…+(\d+)", contents)}
    for name in (PaperName.VISIT_LOG, PaperName.ISSUE_LEDGER, PaperName.RECEPTION_FORM, PaperName.ISSUE_RECORD):
        assert name.label in pages[listed[name.label] - 1]


def test_what_is_bound_is_what_each_paper_says_alone(filled: Workspace, pdftotext: str) -> None:
    bound = archive.archive(filled, MONTHS)
    whole = bare(text_of(pdftotext, composed_paper(filled, Asked(name=PaperName.ARCHIVE, span=MONTHS)).content))
    forms = next(each for each in bound.parts if each.name is PaperName.ISSUE_RECORD)
    assert len(forms.papers) > 3
    assert all(number in whole for number, _shown in forms.papers)
    assert bound.records == sum(len(each.papers) for each in bound.parts)


def test_nothing_and_too_much_are_told(filled: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(Refused, match="nothing_to_archive"):
        composed_paper(filled, Asked(name=PaperName.ARCHIVE, span=Span(first=date(1999, 1, 1), last=date(1999, 1, 2))))
    monkeypatch.setattr(archive, "MOST", 3)
    with pytest.raises(Refused, match="archive_too_large"):
        composed_paper(filled, Asked(name=PaperName.ARCHIVE, span=MONTHS))

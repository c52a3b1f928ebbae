"""What a station puts on its papers: on internal ones above and below, on those that go out only where it is switched on."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from app.domain.paper_code import House
from app.domain.papers import PaperName, Trait
from app.domain.station import Station
from app.queries.record import record
from app.use_cases.papers import Asked, composed_paper, print_paper, ruler_sheet
from app.workspace import Workspace
from tests.builders import an_encounter, an_issue, save
from tests.pdf_text import bare, page_count, text_of

HOUSE = {"paper_heading": "某某区人大常委会监制", "paper_note": "本表一式两份", "paper_footer": "监督电话00000000"}
Told = Callable[..., str]


def furnish(workspace: Workspace, **told: Any) -> Station:
    station = record(workspace, workspace.author.owner).record
    assert isinstance(station, Station)
    made = replace(station, **told)
    save(workspace, made)
    return made


@pytest.fixture
def told(program: Callable[[str], str], workspace: Workspace) -> Told:
    reader = program("pdftotext")

    def printed(name: PaperName, id: str = "", house: House | None = None) -> str:
        return bare(text_of(reader, composed_paper(workspace, Asked(name=name, id=id), house=house).content))

    return printed


@pytest.mark.parametrize(
    "name", [each for each in PaperName if Trait.TABLE in each.traits and each is not PaperName.PUBLIC_SHEET]
)
def test_every_ledger_bears_the_lines_once_a_page(workspace: Workspace, told: Told, name: PaperName) -> None:
    furnish(workspace, **HOUSE, paper_seal=True)
    printed = told(name)
    assert [each for each in HOUSE.values() if printed.count(each) != 1] == []
    assert printed.count("（盖章处）") == 1


def test_a_form_stays_on_its_page_with_the_lines(workspace: Workspace, told: Told) -> None:
    met = an_encounter(workspace, visit="")
    issue = an_issue(workspace, encounter=met.id)
    save(workspace, met, issue)
    for name in (PaperName.RECEPTION_FORM, PaperName.ISSUE_RECORD, PaperName.CALL_BACK_RECORD):
        plain = print_paper(workspace, Asked(name=name, id=issue.id))
        furnish(workspace, **HOUSE, paper_seal=True)
        furnished = print_paper(workspace, Asked(name=name, id=issue.id))
        assert page_count(furnished.content) == page_count(plain.content)
        assert HOUSE["paper_note"] in told(name, issue.id)
        assert "盖章处" not in told(name, issue.id)  # a form has its own places to sign
        furnish(workspace, **dict.fromkeys(HOUSE, ""), paper_seal=False)


def test_papers_that_go_out_bear_none_of_it_unless_it_is_switched_on(workspace: Workspace, told: Told) -> None:
    issue = an_issue(workspace, on_spot_reply="当场说明了政策。")
    save(workspace, issue)
    furnish(workspace, **HOUSE)
    plain = told(PaperName.REPLY_LETTER, issue.id)
    assert [each for each in (*HOUSE.values(), "打印时间") if each in plain] == []
    furnish(workspace, outward_marks=True)
    marked = composed_paper(workspace, Asked(name=PaperName.REPLY_LETTER, id=issue.id))
    assert "打印时间" in told(PaperName.REPLY_LETTER, issue.id)
    assert b"/Subtype /Form" in marked.content  # the code


def test_a_long_line_is_set_smaller_and_never_cut(workspace: Workspace, told: Told) -> None:
    furnish(workspace, paper_heading="很长的页眉" * 20, paper_footer="很长的页脚" * 20)
    printed = told(PaperName.VISIT_LOG)
    assert "很长的页眉" * 20 in printed
    assert "很长的页脚" * 20 in printed


def test_what_is_typed_is_tried_without_being_saved(workspace: Workspace, told: Told) -> None:
    assert "试印" in told(PaperName.VISIT_LOG, house=House(heading="试印"))
    assert "试印" not in told(PaperName.VISIT_LOG)


def test_the_properties_of_a_paper_name_the_station_that_issues_it(workspace: Workspace) -> None:
    content = composed_paper(workspace, Asked(name=PaperName.VISIT_LOG)).content
    name = furnish(workspace).name
    assert f"<rdf:Seq><rdf:li>{name}</rdf:li></rdf:Seq>".encode() in content


def test_the_ruler_s_corner_is_told_in_words(workspace: Workspace, program: Callable[[str], str]) -> None:
    sheet = ruler_sheet(workspace)
    assert page_count(sheet) == 1
    assert "距纸张左边20毫米、距上边20毫米" in bare(text_of(program("pdftotext"), sheet))

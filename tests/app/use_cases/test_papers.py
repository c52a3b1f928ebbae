"""Papers printed from a station: of what, with what on them, and what the journal tells of it afterwards."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from app.domain.life import SuggestionState
from app.domain.papers import AskedBy, PaperName, Span
from app.domain.privacy import Privacy
from app.domain.suggestion import Suggestion
from app.domain.values import Id
from app.domain.visit import Visit, VisitKind
from app.errors import Refused, Unavailable
from app.progress import Progress
from app.queries.record import history, record_of
from app.storage.journal import Journal
from app.use_cases.demo import Amounts, fill
from app.use_cases.papers import Asked, Paper, composed_paper, print_paper
from app.use_cases.upkeep import check
from app.workspace import Workspace
from tests.builders import StationHome, a_contact, an_encounter, an_issue, save
from tests.pdf_text import bare, text_of

SPAN = Span(first=date(2026, 3, 1), last=date(2026, 3, 31))


@pytest.fixture
def pdftotext(program: Callable[[str], str]) -> str:
    return program("pdftotext")


def a_reception(workspace: Workspace, on: date = date(2026, 3, 5)) -> tuple[Visit, Id]:
    """A reception with one resident who left a telephone number, and the resident's identifier."""
    visit = Visit(id=workspace.clock.new_id(), visit_kind=VisitKind.RECEPTION, number="接2026-00001", on=on)
    person = an_encounter(workspace, "群众甲", visit=visit.id, raised="路灯不亮")
    save(workspace, visit, person, a_contact(workspace, person.id, "13812345678"))
    return visit, person.id


def events(workspace: Workspace) -> list[tuple[str, Id | None]]:
    with workspace.reading() as connection:
        return [(line.kind, line.record) for line in Journal(connection).lines() if line.rev is None]


def form_of(id: Id, **told: Any) -> Asked:
    return Asked(name=PaperName.RECEPTION_FORM, id=id, **told)


# --- what is printed -----------------------------------------------------------------------------------------------


def test_the_ledgers_hold_every_record_of_the_period_and_no_other(workspace: Workspace, pdftotext: str) -> None:
    days = [date(2026, month, day) for month in (2, 3, 4) for day in (1, 15, 28)]
    save(workspace, *(an_issue(workspace, f"事项{day:%m%d}", received_on=day, words="灯" * 90) for day in days))
    save(workspace, *(Visit(id=workspace.clock.new_id(), theme=f"活动{day:%m%d}", on=day) for day in days))

    log = print_paper(workspace, Asked(name=PaperName.VISIT_LOG, span=SPAN))
    ledger = print_paper(workspace, Asked(name=PaperName.ISSUE_LEDGER, span=SPAN))

    assert re.findall(r"活动(\d{4})", text_of(pdftotext, log.content)) == ["0301", "0315", "0328"]
    assert re.findall(r"事项(\d{4})", text_of(pdftotext, ledger.content)) == ["0301", "0315", "0328"]
    assert (log.records, ledger.records) == (3, 3)
    assert (log.title, log.file_name) == ("接待走访日志", "接待走访日志-20260301-20260331.pdf")


@pytest.mark.parametrize(
    "name", [each for each in PaperName if each.asked_by is AskedBy.PERIOD and each is not PaperName.ARCHIVE]
)
def test_the_properties_of_a_file_say_which_days_it_is_of(workspace: Workspace, name: PaperName) -> None:
    paper = print_paper(workspace, Asked(name=name, span=SPAN))
    (told,) = re.findall(rb"<dc:description>.*?>([^<]*)</rdf:li>", paper.content)
    assert "2026年3月1日至2026年3月31日" in told.decode()


def test_a_period_without_records_is_a_paper_that_says_so(workspace: Workspace, pdftotext: str) -> None:
    for name in (PaperName.VISIT_LOG, PaperName.ISSUE_LEDGER):
        paper = print_paper(workspace, Asked(name=name, span=SPAN))
        assert (paper.records, paper.pages) == (0, 1)
        assert "本时段没有记录" in text_of(pdftotext, paper.content)


def test_a_visit_s_forms_are_as_many_as_its_residents(workspace: Workspace, pdftotext: str) -> None:
    visit, _ = a_reception(workspace)
    save(workspace, an_encounter(workspace, "群众乙", visit=visit.id, anonymous=True))

    paper = print_paper(workspace, form_of(visit.id))
    told = bare(text_of(pdftotext, paper.content))

    assert (paper.records, paper.pages, paper.file_name) == (2, 2, "接待登记表-接2026-00001.pdf")
    assert "群众甲" in told
    assert "群众乙" not in told
    assert "来访人匿名" in told


def test_everything_invented_prints_and_counts_what_it_lists(workspace: Workspace, pdftotext: str) -> None:
    fill(workspace, Amounts(visits=12, issues=15, suggestions=2), 3)

    log = print_paper(workspace, Asked(name=PaperName.VISIT_LOG))
    ledger = print_paper(workspace, Asked(name=PaperName.ISSUE_LEDGER))

    assert (log.records, ledger.records) == (12, 15)
    numbers = re.findall(r"意\d{4}-(\d{5})", text_of(pdftotext, ledger.content))
    assert sorted(map(int, numbers)) == list(range(1, 16))


def test_a_file_name_holds_nothing_that_a_disk_refuses(workspace: Workspace) -> None:
    made = Suggestion(id=workspace.clock.new_id(), subject='关于"A/B:C"的建议\n' + "长" * 200, text="一、情况", state="draft")
    save(workspace, made)

    name = print_paper(workspace, Asked(name=PaperName.SUGGESTION, id=made.id)).file_name

    assert name.startswith("建议专用纸-关于_A_B_C_的建议_长")
    assert name.endswith("长.pdf")
    assert len(name.encode()) < 200


def test_progress_is_told_and_a_print_can_be_stopped(workspace: Workspace) -> None:
    a_reception(workspace)
    progress = Progress()
    assert print_paper(workspace, Asked(name=PaperName.VISIT_LOG), progress=progress).pages == progress.step == 1

    progress.cancel()
    before = events(workspace)
    with pytest.raises(Refused, match="cancelled"):
        print_paper(workspace, Asked(name=PaperName.VISIT_LOG), progress=progress)
    assert events(workspace) == before


# --- what is noted -------------------------------------------------------------------------------------------------


def test_a_print_is_an_event_of_its_record(workspace: Workspace) -> None:
    visit, person = a_reception(workspace)
    before = record_of(workspace, Visit, visit.id)

    assert print_paper(workspace, form_of(person)).noted
    print_paper(workspace, Asked(name=PaperName.VISIT_LOG, span=SPAN))

    assert events(workspace)[1:] == [("print", person), ("print", None)]
    (printed,) = (each for each in history(workspace, person) if each.event == "print")
    assert {name: value for name, (_, value) in printed.fields.items()} == {"paper": "reception-form", "records": 1, "pages": 1}
    assert check(workspace, read_data=True).findings == ()
    assert record_of(workspace, Visit, visit.id) == before


def test_contacts_in_full_are_an_event_for_each_resident(workspace: Workspace, pdftotext: str) -> None:
    visit, person = a_reception(workspace)
    silent = an_encounter(workspace, "群众乙", visit=visit.id)
    hidden = an_encounter(workspace, "群众丙", visit=visit.id, confidential=True)
    save(workspace, silent, hidden, a_contact(workspace, hidden.id, "13900000000"))

    told = text_of(pdftotext, print_paper(workspace, form_of(visit.id, privacy=Privacy.FULL)).content)

    assert "13812345678" in told
    assert "139" not in told
    assert events(workspace)[1:] == [("contact_shown", person), ("print", visit.id)]


def test_a_look_notes_nothing_and_shows_no_contact(workspace: Workspace, pdftotext: str) -> None:
    _, person = a_reception(workspace)
    before = events(workspace)

    looked = composed_paper(workspace, form_of(person, privacy=Privacy.FULL))

    assert "138****5678" in text_of(pdftotext, looked.content)
    assert (events(workspace), looked.noted) == (before, False)


def test_what_could_not_be_handed_over_is_not_noted(workspace: Workspace) -> None:
    _, person = a_reception(workspace)
    before = events(workspace)

    def full(paper: Paper) -> None:
        raise Unavailable("disk_full", path=paper.file_name)

    with pytest.raises(Unavailable, match="disk_full"):
        print_paper(workspace, form_of(person), full)
    assert events(workspace) == before


def test_a_reader_prints_without_a_note_but_shows_no_contact(home: StationHome) -> None:
    with home.opened() as workspace:
        _, person = a_reception(workspace)
        with home.opened(write=False) as reader:
            handed: list[Paper] = []
            paper = print_paper(reader, form_of(person), handed.append)
            assert (paper.noted, handed) == (False, [paper])
            with pytest.raises(Refused, match="read_only"):
                print_paper(reader, form_of(person, privacy=Privacy.FULL))
        assert events(workspace)[1:] == []


# --- what is refused -----------------------------------------------------------------------------------------------


def test_a_paper_of_the_wrong_thing_is_refused_and_nothing_noted(workspace: Workspace) -> None:
    visit, person = a_reception(workspace)
    save(workspace, outreach := replace(visit, id=workspace.clock.new_id(), visit_kind=VisitKind.OUTREACH))
    asked = {
        "paper_needs_id": form_of(""),
        "paper_takes_no_period": form_of(person, span=SPAN),
        "paper_takes_no_id": Asked(name=PaperName.VISIT_LOG, id=visit.id),
        "record_missing": Asked(name=PaperName.SUGGESTION, id=visit.id),
        "paper_other_kind": form_of(workspace.author.owner),
        "not_a_reception": form_of(outreach.id),
    }
    before = events(workspace)
    for code, each in asked.items():
        with pytest.raises(Refused) as caught:
            print_paper(workspace, each)
        assert caught.value.code == code
    assert events(workspace) == before


def test_a_character_that_no_font_has_is_named_and_marked_where_a_person_decides(workspace: Workspace, pdftotext: str) -> None:
    made = Suggestion(id=workspace.clock.new_id(), subject="关于\ue123的建议", text="一、情况", state=SuggestionState.DRAFT)
    save(workspace, made)
    asked = Asked(name=PaperName.SUGGESTION, id=made.id)

    with pytest.raises(Refused) as caught:
        print_paper(workspace, asked)

    assert (caught.value.code, caught.value.facts["places"]) == ("characters_missing", ("标题",))
    assert "关于〓的建议" in text_of(pdftotext, print_paper(workspace, replace(asked, substitute=True)).content)

"""One template, several levels: whatever paper and level, nobody is told more of than it says."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from app.domain.encounter import Encounter
from app.domain.handling import Assignment
from app.domain.issue import Issue, IssueResult
from app.domain.life import IssueState
from app.domain.papers import ALWAYS, AskedBy, PaperName, Trait
from app.domain.people import Contact
from app.domain.privacy import Privacy
from app.domain.values import Id
from app.domain.visit import Visit, VisitKind
from app.domain.visit_sheet import Line, VisitSheet
from app.errors import Refused
from app.queries.issue_ledger import issue_ledger
from app.queries.issue_papers import public_sheet
from app.queries.station_ledgers import outreach_ledger, reception_ledger
from app.storage.journal import Journal
from app.use_cases.ledger_table import save_ledger
from app.use_cases.papers import Asked, composed_paper, print_paper
from app.use_cases.receptions import save_visit
from app.workspace import Workspace
from tests.builders import StationHome, save
from tests.pdf_text import bare, text_of

NAME, PHONE, STREET, CITIZEN = "欧阳某某甲", "13812345678", "示例路88号2单元", "430102199001011234"
SAID = f"我是{NAME}，电话{PHONE}，身份证{CITIZEN}，门口路灯不亮。"
PEOPLED = tuple(each for each in PaperName if Trait.PEOPLE in each.traits)
Prints = Callable[..., str]


def visited(workspace: Workspace, kind: VisitKind, *, name: str = NAME, phone: str = PHONE, words: str = SAID) -> Issue:
    """A visit at which somebody raised something, assigned and answered; the issue as it stands."""
    new_id = workspace.clock.new_id
    visit = Visit(id=new_id(), visit_kind=kind, on=date(2026, 3, 5))
    met = Encounter(id=new_id(), name=name, village="南一社区")
    contact = Contact(id=new_id(), of=met.id, phone=phone, address=f"南一社区{STREET}")
    issue = Issue(
        id=new_id(),
        subject="门口路灯",
        words=words,
        state=IssueState.HANDLED,
        result=IssueResult.SOLVED,
        result_text=f"已告知。{words}",
        closed_on=date(2026, 3, 20),
    )
    sheet = save_visit(workspace, VisitSheet(visit=visit, lines=(Line(encounter=met, contact=contact, issues=(issue,)),))).sheet
    kept = sheet.lines[0].issues[0]
    save(workspace, Assignment(id=new_id(), of=kept.id, number="交1", summary=words, assigned_on=date(2026, 3, 6)))
    return kept


def asked_of(name: PaperName, id: Id, privacy: Privacy) -> Asked:
    return Asked(name=name, id=id if name.asked_by is AskedBy.RECORD else "", privacy=privacy)


@pytest.fixture
def prints(program: Callable[[str], str], workspace: Workspace) -> Prints:
    reader = program("pdftotext")

    def printed(name: PaperName, issue: Issue, privacy: Privacy) -> str:
        return bare(text_of(reader, print_paper(workspace, asked_of(name, issue.id, privacy)).content))

    return printed


@pytest.mark.parametrize("name", PEOPLED)
def test_by_number_no_paper_tells_anything_of_anybody(workspace: Workspace, prints: Prints, name: PaperName) -> None:
    visited(workspace, VisitKind.OUTREACH)
    printed = prints(name, visited(workspace, VisitKind.RECEPTION), Privacy.PSEUDONYMOUS)
    assert [each for each in (NAME, PHONE, STREET, CITIZEN, "138****5678") if each in printed] == []
    assert "路灯" in printed


@pytest.mark.parametrize("name", PEOPLED)
def test_masked_every_paper_shows_the_ends_alone(workspace: Workspace, prints: Prints, name: PaperName) -> None:
    visited(workspace, VisitKind.OUTREACH, words="门口路灯不亮。")
    printed = prints(name, visited(workspace, VisitKind.RECEPTION, words="门口路灯不亮。"), Privacy.MASKED)
    assert [each for each in (NAME, PHONE, STREET) if each in printed] == []


@pytest.mark.parametrize("name", PEOPLED)
def test_in_full_a_paper_names_who_may_be_named_and_the_journal_notes_it(
    workspace: Workspace, prints: Prints, name: PaperName
) -> None:
    visited(workspace, VisitKind.OUTREACH)
    printed = prints(name, visited(workspace, VisitKind.RECEPTION), Privacy.FULL)
    assert NAME in printed
    with workspace.reading() as connection:
        noted = [line.kind for line in Journal(connection).lines() if line.kind in {"contact_shown", "print"}]
    assert noted[-1] == "print"
    assert "contact_shown" in noted


def test_a_person_has_one_number_on_every_paper_and_at_every_print(workspace: Workspace) -> None:
    first, second = visited(workspace, VisitKind.OUTREACH), visited(workspace, VisitKind.RECEPTION)
    other = visited(workspace, VisitKind.OUTREACH, phone="13900000000")
    people = [each.person for each in issue_ledger(workspace, ALWAYS, Privacy.PSEUDONYMOUS).lines]
    assert people[0] == people[1] != people[2]
    outside = [each.person for each in outreach_ledger(workspace, ALWAYS, Privacy.PSEUDONYMOUS).lines]
    inside = [each.person for each in reception_ledger(workspace, ALWAYS, Privacy.PSEUDONYMOUS).lines]
    public = [each.person for each in public_sheet(workspace, ALWAYS).lines]
    assert (set(outside), set(inside), set(public)) == ({people[0], people[2]}, {people[0]}, set(people))
    assert len({first.encounter, second.encounter, other.encounter}) == 3


def test_who_asked_for_confidence_is_named_at_no_level(workspace: Workspace, prints: Prints) -> None:
    issue = visited(workspace, VisitKind.RECEPTION, words="门口路灯不亮。")
    save(workspace, replace(issue, confidential=True))
    for privacy in Privacy:
        printed = prints(PaperName.RECEPTION_FORM, issue, privacy)
        assert [each for each in (NAME, PHONE, STREET) if each in printed] == []


def test_in_full_is_printed_and_never_looked_at(workspace: Workspace, program: Callable[[str], str]) -> None:
    issue = visited(workspace, VisitKind.RECEPTION, words="门口路灯不亮。")
    looked_at = composed_paper(workspace, asked_of(PaperName.RECEPTION_FORM, issue.id, Privacy.FULL))
    assert PHONE not in bare(text_of(program("pdftotext"), looked_at.content))


def test_in_full_is_refused_beside_another_writer_and_a_paper_of_nobody_takes_no_level(
    home: StationHome, workspace: Workspace
) -> None:
    with pytest.raises(Refused, match="paper_names_nobody"):
        print_paper(workspace, Asked(name=PaperName.SUGGESTION_LEDGER, privacy=Privacy.MASKED))
    with home.opened(write=False) as reader, pytest.raises(Refused, match="read_only"):
        save_ledger(reader, PaperName.ISSUE_LEDGER, ALWAYS, home.home / "a.xlsx", Privacy.FULL)


@pytest.mark.parametrize(("privacy", "named"), [(Privacy.PSEUDONYMOUS, False), (Privacy.FULL, True)])
def test_a_table_follows_the_level_too(workspace: Workspace, tmp_path: Path, privacy: Privacy, named: bool) -> None:
    visited(workspace, VisitKind.RECEPTION)
    save_ledger(workspace, PaperName.ISSUE_LEDGER, ALWAYS, tmp_path / "a.xlsx", privacy)
    book = openpyxl.load_workbook(BytesIO((tmp_path / "a.xlsx").read_bytes()))
    told = " ".join(str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row)
    assert (NAME in told, PHONE in told) == (named, named)
    with workspace.reading() as connection:
        lines = [line for line in Journal(connection).lines() if line.kind in {"contact_shown", "list_export"}]
    assert [each.kind for each in lines] == [*(["contact_shown"] if named else []), "list_export"]

"""Pictures of signed forms: matched by their codes or chosen by hand, attached in one step and undone in one."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from app.domain.encounter import Encounter
from app.domain.papers import PaperName
from app.domain.values import Id
from app.domain.visit import Visit, VisitKind
from app.domain.visit_sheet import Line, VisitSheet
from app.errors import Refused
from app.progress import Progress
from app.queries.attachments import attachments_of
from app.queries.form_targets import target, target_of, targets_like
from app.queries.record import record_of
from app.use_cases.attachment_desk import Offered, attach
from app.use_cases.papers import Asked, print_paper
from app.use_cases.receptions import save_visit
from app.use_cases.signed_forms import MatchedForm, Signature, attach_forms, chosen_by_hand, match_forms
from app.use_cases.undo import undo_last
from app.workspace import Workspace
from tests.app.pictures.coded import coded, page_of, written
from tests.app.pictures.drawn import photograph
from tests.builders import an_encounter, an_issue, remove, save


@pytest.fixture
def sheet(workspace: Workspace) -> VisitSheet:
    """A reception of two, one of whom stays anonymous."""
    visit = Visit(id=workspace.clock.new_id(), visit_kind=VisitKind.RECEPTION, on=date(2026, 11, 20), place="联络站")
    people = an_encounter(workspace, "欧阳某"), an_encounter(workspace, "", anonymous=True)
    lines = tuple(Line(encounter=each, issues=(an_issue(workspace, words="停水"),)) for each in people)
    return save_visit(workspace, VisitSheet(visit=visit, lines=lines)).sheet


def picture(*codes: str, name: str = "表.png") -> Offered:
    content = coded(*codes)
    return Offered(name, lambda: content)


def names(workspace: Workspace, id: Id) -> list[str]:
    return [each.name for each in attachments_of(workspace, id)]


def told(form: MatchedForm) -> tuple[list[str], str]:
    return [each.id for each in form.targets], form.problem.code if form.problem else ""


def test_scans_of_our_forms_find_their_records(
    workspace: Workspace, sheet: VisitSheet, tmp_path: Path, program: Callable[[str], str]
) -> None:
    asked = Asked(name=PaperName.RECEPTION_FORM, id=sheet.lines[0].encounter.id)
    page = page_of(print_paper(workspace, asked).content, tmp_path, program("pdftoppm"))
    scan = tmp_path / "扫描 1.jpg"
    scan.write_bytes(written(page.rotate(4, expand=True, fillcolor=220)))
    (form,) = match_forms(workspace, [Offered.at(scan)])
    assert told(form) == ([sheet.lines[0].encounter.id], "")
    assert (form.targets[0].title, form.targets[0].on, form.targets[0].visit) == ("欧*", date(2026, 11, 20), sheet.visit.id)


def test_a_code_leads_to_its_record_by_identifier_and_by_number(workspace: Workspace, sheet: VisitSheet) -> None:
    met, issue = sheet.lines[0].encounter, sheet.lines[0].issues[0]
    for code, id in ((met.id, met.id), (met.number, met.id), (sheet.visit.number, sheet.visit.id), (issue.id.upper(), issue.id)):
        found = target_of(workspace, code)
        assert found
        assert found.id == id
    assert target_of(workspace, "来2026-99999") is None
    assert target_of(workspace, workspace.author.owner) is None  # a station is no form


def test_the_number_of_a_blank_form_leads_nowhere_until_it_is_entered(workspace: Workspace) -> None:
    (form,) = match_forms(workspace, [picture("来2026-00007")])
    assert told(form) == ([], "code_leads_nowhere")
    save(workspace, met := an_encounter(workspace, "张三", number="来2026-00007"))
    assert told(match_forms(workspace, [picture("来2026-00007")])[0]) == ([met.id], "")


def test_each_picture_says_what_keeps_it_from_a_record(workspace: Workspace, sheet: VisitSheet, tmp_path: Path) -> None:
    remove(workspace, sheet.lines[1].encounter.id)
    plain = photograph()
    files = [
        Offered("空.jpg", lambda: plain),
        Offered("字.txt", lambda: b"words"),
        Offered.at(tmp_path / "没有.jpg"),
        picture(sheet.lines[1].encounter.id),
    ]
    problems = [told(each)[1] for each in match_forms(workspace, files)]
    assert problems == ["no_code", "no_picture", "file_missing", "code_leads_nowhere"]


def test_pictures_are_attached_in_one_step_and_undone_with_what_was_ticked(workspace: Workspace, sheet: VisitSheet) -> None:
    first, second = (each.encounter for each in sheet.lines)
    forms = match_forms(workspace, [picture(first.id, name="a.png"), picture(second.id, name="b.png")])
    done = attach_forms(workspace, forms, signed=[Signature.VISITOR, Signature.DEPUTY])
    assert (done.added, done.signed) == (2, 2)
    assert (names(workspace, first.id), names(workspace, second.id)) == (["a.png"], ["b.png"])
    visit = record_of(workspace, Visit, sheet.visit.id)
    assert (visit.deputy_signed, visit.recorder_signed) == (True, False)
    assert record_of(workspace, Encounter, first.id).signed
    assert not record_of(workspace, Encounter, second.id).signed  # who stays anonymous signs nothing

    undo_last(workspace, sheet.visit.id)
    assert not names(workspace, first.id)
    assert not record_of(workspace, Visit, sheet.visit.id).deputy_signed
    assert not record_of(workspace, Encounter, first.id).signed


def test_a_picture_of_two_forms_belongs_to_both(workspace: Workspace, sheet: VisitSheet) -> None:
    first, second = (each.encounter for each in sheet.lines)
    done = attach_forms(workspace, match_forms(workspace, [picture(first.id, second.id)]))
    assert done.added == 2
    assert names(workspace, first.id) == names(workspace, second.id) == ["表.png"]


def test_the_same_picture_is_not_attached_twice(workspace: Workspace, sheet: VisitSheet) -> None:
    met = sheet.lines[0].encounter
    scan = picture(met.id)
    attach(workspace, met.id, [scan])
    (form,) = match_forms(workspace, [scan])
    assert form.held == {met.id}
    assert not form.waiting
    assert attach_forms(workspace, [form]).added == 0
    assert len(names(workspace, met.id)) == 1


def test_a_record_is_chosen_by_hand(workspace: Workspace, sheet: VisitSheet) -> None:
    plain = photograph()
    (form,) = match_forms(workspace, [Offered("空.jpg", lambda: plain)])
    (found,) = targets_like(workspace, sheet.lines[0].encounter.number)
    chosen = chosen_by_hand(workspace, form, found)
    assert told(chosen) == ([sheet.lines[0].encounter.id], "")
    assert attach_forms(workspace, [form, chosen]).added == 1
    again = chosen_by_hand(workspace, form, found)
    assert not again.waiting
    assert {each.kind for each in targets_like(workspace, "停水")} == {"issue"}
    assert targets_like(workspace, "  ") == ()
    assert target(workspace, workspace.clock.new_id()) is None


def test_what_was_asked_in_confidence_is_not_told_in_the_list(workspace: Workspace, sheet: VisitSheet) -> None:
    met = sheet.lines[0].encounter
    save(workspace, an_issue(workspace, encounter=met.id, confidential=True))
    found = target_of(workspace, met.id)
    assert found
    assert found.title == "要求保密"


def test_a_person_may_stop_and_nothing_was_attached(workspace: Workspace, sheet: VisitSheet) -> None:
    stopped = Progress()
    stopped.cancel()
    with pytest.raises(Refused, match="cancelled"):
        match_forms(workspace, [picture(sheet.visit.id)], stopped)
    forms = match_forms(workspace, [picture(sheet.visit.id)])
    with pytest.raises(Refused, match="cancelled"):
        attach_forms(workspace, forms, signed=list(Signature), progress=stopped)
    assert not names(workspace, sheet.visit.id)
    assert not record_of(workspace, Visit, sheet.visit.id).deputy_signed

"""What lies on the desk: a new sheet, a saved suggestion, or what was typed and not saved."""

from dataclasses import replace
from functools import partial
from typing import Any

import pytest

from app.domain.hint import Hint
from app.domain.issue import Issue
from app.domain.life import SuggestionState
from app.domain.people import Deputy
from app.domain.suggestion_sheet import SuggestionSheet, kept_body
from app.errors import Refused
from app.queries.suggestion_card import Stand
from app.use_cases.attachment_desk import Offered, attach
from app.use_cases.drafts import keep_draft
from app.use_cases.hint_answers import answer_hint
from app.use_cases.papers import previewed_suggestion
from app.use_cases.suggestion_desk import DRAFT, begun, desk_problems, draft_key, kept_sheets, on_desk
from app.use_cases.suggestions import amend_suggestion
from app.workspace import Workspace
from tests.builders import a_deputy, an_encounter, an_issue, remove, save


@pytest.fixture
def deputy(workspace: Workspace) -> Deputy:
    lead = a_deputy(workspace)
    save(workspace, lead)
    return lead


@pytest.fixture
def issue(workspace: Workspace) -> Issue:
    resident = an_encounter(workspace, "群众甲", village="幸福社区")
    raised = an_issue(workspace, encounter=resident.id)
    save(workspace, resident, raised)
    return raised


def keep(workspace: Workspace, sheet: SuggestionSheet) -> None:
    keep_draft(workspace, draft_key(sheet.id), DRAFT, kept_body(sheet))


def with_text(sheet: SuggestionSheet, text: str, **fields: Any) -> SuggestionSheet:
    return replace(sheet, suggestion=replace(sheet.suggestion, text=text, **fields))


def test_a_sheet_begun_on_issues_knows_them(workspace: Workspace, issue: Issue) -> None:
    desk = begun(workspace, [issue.id])
    assert desk.sheet == desk.saved
    assert (desk.grounds.people, desk.grounds.places, desk.grounds.residents) == (1, 1, frozenset({"群众甲"}))
    assert (desk.course[0].code, desk.course[0].stand) == (SuggestionState.DRAFT, Stand.NOW)


def test_what_was_kept_is_laid_down_again(workspace: Workspace, deputy: Deputy, issue: Issue) -> None:
    new = with_text(begun(workspace, [issue.id]).sheet, "写到一半")
    keep(workspace, new)
    desk = on_desk(workspace, new.id)
    assert (desk.sheet, desk.saved.stored, desk.kept) == (new, False, workspace.clock.now())
    assert [each.id for each in desk.grounds.issues] == [issue.id]
    assert not desk.sheet.says(desk.saved)

    stored = amend_suggestion(workspace, with_text(new, "写完", subject="标题", lead_deputy=deputy.id)).sheet
    again = with_text(stored, "再改")
    keep(workspace, again)
    desk = on_desk(workspace, stored.id)
    assert (desk.sheet, desk.saved) == (again, stored)
    assert [(each.id, each.title) for each in kept_sheets(workspace)] == [(stored.id, "标题")]


def test_a_saved_suggestion_lies_there_as_it_stands(workspace: Workspace, deputy: Deputy) -> None:
    stored = amend_suggestion(workspace, with_text(begun(workspace).sheet, "甲", subject="标题")).sheet
    desk = on_desk(workspace, stored.id)
    assert (desk.sheet, desk.saved, desk.kept) == (stored, stored, None)
    with pytest.raises(Refused, match="record_missing"):
        on_desk(workspace, workspace.clock.new_id())


def test_a_draft_of_another_form_is_passed_over(workspace: Workspace) -> None:
    stored = amend_suggestion(workspace, with_text(begun(workspace).sheet, "甲", subject="标题")).sheet
    keep_draft(workspace, draft_key(stored.id), DRAFT, {"text": "旧"})
    keep_draft(workspace, "visit:1", "visit", {})
    assert kept_sheets(workspace) == ()
    assert on_desk(workspace, stored.id).sheet == stored


def test_the_writer_is_told_what_is_missing_and_what_should_not_stand_there(workspace: Workspace, issue: Issue) -> None:
    sheet = with_text(begun(workspace, [issue.id]).sheet, "群众甲的电话13800000000", subject="关于路灯的建议")
    told = [(each.code, each.hint) for each in desk_problems(workspace, sheet)]
    assert told[:3] == [("lead_deputy_missing", False), ("personal_data", True), ("secrecy_open", True)]
    assert told[-1] == ("publicity_open", True)


def test_more_files_than_the_form_has_room_for_are_told_until_somebody_says_why(workspace: Workspace, deputy: Deputy) -> None:
    sheet = with_text(begun(workspace).sheet, "甲", subject="关于路灯的建议", lead_deputy=deputy.id)
    id = amend_suggestion(workspace, sheet).sheet.id

    def told() -> list[bool]:
        """Whether each hint on the number of files was answered."""
        found = desk_problems(workspace, on_desk(workspace, id).sheet)
        return [each.answer is not None for each in found if isinstance(each, Hint) and each.code == "files_many"]

    attach(workspace, id, [Offered(f"{number}.txt", partial(str(number).encode)) for number in range(3)])
    assert told() == []
    attach(workspace, id, [Offered("又一份.txt", lambda: b"one more")])
    assert told() == [False]
    answer_hint(workspace, id, "files_many", "四处现场各一张照片")
    assert told() == [True]


def test_a_lead_who_was_removed_counts_as_none(workspace: Workspace, deputy: Deputy) -> None:
    sheet = with_text(begun(workspace).sheet, "甲", subject="关于路灯的建议", lead_deputy=deputy.id)
    assert [each.code for each in desk_problems(workspace, sheet) if not each.hint] == []
    remove(workspace, deputy.id)
    assert [each.code for each in desk_problems(workspace, sheet) if not each.hint] == ["lead_deputy_missing"]


def test_the_paper_is_set_before_anything_is_saved(workspace: Workspace, deputy: Deputy) -> None:
    sheet = with_text(begun(workspace).sheet, "一、情况\n路灯不亮", subject="关于路灯的建议", lead_deputy=deputy.id)
    paper = previewed_suggestion(workspace, sheet)
    assert paper.startswith(b"%PDF-")
    assert kept_sheets(workspace) == ()

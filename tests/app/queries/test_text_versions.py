"""The versions of a suggestion's text: one for each save that changed the words, and any of them saved again."""

from dataclasses import replace
from pathlib import Path

import pytest

from app.domain.suggestion import Suggestion
from app.errors import Refused
from app.queries.record import record_of
from app.queries.text_versions import text_versions
from app.use_cases.earlier_text import take_text_back
from app.use_cases.suggestions import amend_suggestion, new_sheet, submit_suggestion
from app.use_cases.undo import undo_last
from app.workspace import Workspace
from tests.builders import a_deputy, save, station


def written(workspace: Workspace, *texts: str) -> str:
    lead = a_deputy(workspace)
    save(workspace, lead)
    sheet = new_sheet(workspace)
    for text in texts:
        words = replace(sheet.suggestion, subject="关于路灯的建议", text=text, lead_deputy=lead.id)
        sheet = amend_suggestion(workspace, replace(sheet, suggestion=words)).sheet
    return sheet.id


def test_each_save_of_other_words_is_a_version_the_newest_first(tmp_path: Path) -> None:
    with station(tmp_path) as workspace:
        id = written(workspace, "一", "二二")
        save(workspace, replace(record_of(workspace, Suggestion, id), session_no=3))  # other fields make no version
        save(workspace, replace(record_of(workspace, Suggestion, id), text="一"))
        found = text_versions(workspace, id)
        assert [(each.number, each.text, each.characters) for each in found] == [(3, "一", 1), (2, "二二", 2), (1, "一", 1)]
        assert {(each.operator, each.elsewhere, each.subject) for each in found} == {("联络员甲", False, "关于路灯的建议")}
        with pytest.raises(Refused, match="record_missing"):
            text_versions(workspace, workspace.clock.new_id())


def test_an_earlier_text_is_saved_again_and_that_is_undone_like_any_change(tmp_path: Path) -> None:
    with station(tmp_path) as workspace:
        id = written(workspace, "一", "二")
        take_text_back(workspace, id, 1)
        assert record_of(workspace, Suggestion, id).text == "一"
        assert len(text_versions(workspace, id)) == 3
        undo_last(workspace, id)
        assert record_of(workspace, Suggestion, id).text == "二"
        with pytest.raises(Refused, match="version_missing"):
            take_text_back(workspace, id, 9)


def test_a_submitted_text_is_not_changed_by_an_earlier_one(tmp_path: Path) -> None:
    with station(tmp_path) as workspace:
        id = written(workspace, "一", "二")
        submit_suggestion(workspace, id)
        with pytest.raises(Refused, match="text_frozen"):
            take_text_back(workspace, id, 1)
        assert record_of(workspace, Suggestion, id).text == "二"

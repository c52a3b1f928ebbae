"""Drafts as nobody wishes them: written at two computers, much too long, with an endless title, of one sentence: all kept."""

from dataclasses import replace

import pytest

from app.domain.life import SuggestionState
from app.domain.people import Deputy
from app.domain.suggestion import Suggestion
from app.queries.conflicts import conflict
from app.queries.record import record_of
from app.use_cases.papers import previewed_suggestion
from app.use_cases.suggestion_desk import desk_problems, on_desk
from app.use_cases.suggestions import draft_suggestion, submit_suggestion
from app.workspace import Workspace
from tests.app.use_cases.test_peers import Two, two
from tests.builders import a_deputy, save

__all__ = ["two"]

SENTENCE = "东街路灯不亮已经三个月，群众出行不便。"


@pytest.fixture
def lead(workspace: Workspace) -> Deputy:
    made = a_deputy(workspace, "代表甲")
    save(workspace, made)
    return made


@pytest.mark.parametrize(
    ("title", "text", "hints"),
    [
        ("关于路灯的建议", (SENTENCE * 1600)[:30_000], set()),
        ("关于" + "长" * 195 + "的建议", SENTENCE * 20, {"title_long"}),
        ("关于路灯的建议", SENTENCE, {"text_short"}),
    ],
    ids=["thirty thousand characters", "a title of two hundred", "one sentence"],
)
def test_it_is_kept_told_set_and_submitted(workspace: Workspace, lead: Deputy, title: str, text: str, hints: set[str]) -> None:
    id = draft_suggestion(workspace, title=title, lead=lead.id, issues=(), text=text).id
    sheet = on_desk(workspace, id).sheet
    problems = desk_problems(workspace, sheet)
    assert hints <= {each.code for each in problems}
    assert all(each.hint for each in problems)
    assert previewed_suggestion(workspace, sheet).startswith(b"%PDF")
    submit_suggestion(workspace, id)
    stored = record_of(workspace, Suggestion, id)
    assert (stored.state, stored.subject, stored.text) == (SuggestionState.SUBMITTED, title, text)


def test_what_two_deputies_wrote_at_two_computers_is_kept_whole_and_stands_side_by_side(two: Two) -> None:
    lead = a_deputy(two.first, "代表甲")
    save(two.first, lead)
    id = draft_suggestion(two.first, title="关于路灯的建议", lead=lead.id, issues=(), text=SENTENCE).id
    two.exchange()
    for workspace, words in ((two.first, "甲写的。"), (two.second, "乙写的。")):
        save(workspace, replace(record_of(workspace, Suggestion, id), text=SENTENCE + words))
    two.exchange()
    for workspace in (two.first, two.second):
        found = conflict(workspace, id)
        (text,) = [each for each in found.fields if each.field == "text"]
        assert set(text.values) == {SENTENCE + "甲写的。", SENTENCE + "乙写的。"}
        assert text.before == SENTENCE

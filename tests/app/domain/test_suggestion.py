"""What submission needs, and when the words are frozen."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given

from app.domain.issue import Issue
from app.domain.life import SuggestionState
from app.domain.people import DeputyStatus
from app.domain.suggestion import Suggestion, digest_of_text, drafted_text, submission_problems, text_is_open
from tests.app.domain.invented import TEXT, deputy, numbered

TODAY = date(2026, 5, 7)
READY = Suggestion(id=numbered(9), subject="关于修复村口路灯的建议", text="一、情况……", lead_deputy=numbered(1))


def test_submission_needs_a_lead_a_title_and_a_text() -> None:
    assert list(submission_problems(READY)) == []
    empty = Suggestion(id=numbered(9), subject=" ", text="\n")
    assert [(each.code, each.field) for each in submission_problems(empty)] == [
        ("lead_deputy_missing", "lead_deputy"),
        ("title_missing", "subject"),
        ("text_missing", "text"),
    ]


def test_the_lead_holds_the_mandate_that_day() -> None:
    assert list(submission_problems(READY, lead=deputy(1), on=TODAY)) == []
    (problem,) = submission_problems(READY, lead=deputy(1, status=DeputyStatus.ENDED), on=TODAY)
    assert (problem.code, problem.facts) == ("lead_deputy_ended", {"name": "代表1"})


@pytest.mark.parametrize("state", ["", *SuggestionState, "by_drone"])
def test_the_words_are_open_until_submission(state: str) -> None:
    opened = {"", "draft", "consultation", "cosigning", "pre_review"}
    assert text_is_open(replace(READY, state=state)) is (state in opened)


@given(TEXT, TEXT)
def test_a_signature_is_bound_to_title_and_text(subject: str, text: str) -> None:
    digest = digest_of_text(replace(READY, subject=subject, text=text))
    assert digest == digest_of_text(Suggestion(id=numbered(8), subject=subject, text=text, remarks="不影响"))
    assert digest != digest_of_text(replace(READY, subject=subject, text=text + "。"))
    assert digest != digest_of_text(replace(READY, subject=subject + "。", text=text))


def test_the_bound_between_title_and_text_counts_and_the_line_ends_of_windows_do_not() -> None:
    assert digest_of_text(replace(READY, subject="一\n二", text="三")) != digest_of_text(
        replace(READY, subject="一", text="二\n三")
    )
    assert digest_of_text(replace(READY, text="一\r\n二")) == digest_of_text(replace(READY, text="一\n二"))


def test_a_draft_begins_with_what_residents_raised() -> None:
    issues = [
        Issue(id=numbered(1), subject="路灯", words="村口路灯坏了", received_on=date(2026, 5, 1)),
        Issue(id=numbered(2), subject="公交班次少"),
    ]
    lines = drafted_text(issues).splitlines()
    assert lines[:3] == ["一、情况", "1. 路灯（2026-05-01）：村口路灯坏了", "2. 公交班次少"]
    assert [line for line in lines if "、" in line] == ["一、情况", "二、分析", "三、建议"]

"""The letter to whoever raised a matter: what became of it, and nobody named who is not to be."""

import re
from collections.abc import Callable
from typing import Any

import pytest

from app.domain.issue import Issue
from app.domain.papers import PaperName
from app.errors import Refused
from app.queries.reply_letter import reply_letter
from app.use_cases.papers import Asked, print_paper
from app.workspace import Workspace
from tests.builders import an_encounter, an_issue, save
from tests.pdf_text import bare, text_of

ANSWER = "一、查勘情况\n路灯线路老化。\n二、处理结果\n已更换灯具12盏。"


def raised(workspace: Workspace, *, secret_issue: bool = False, **told: Any) -> Issue:
    """A matter of somebody with a name and a number, answered."""
    met = an_encounter(workspace, **({"name": "群众甲", "number": "来2026-00012"} | told))
    issue = an_issue(workspace, subject="东街路灯不亮。", encounter=met.id, result_text=ANSWER, confidential=secret_issue)
    save(workspace, met, issue)
    return issue


def test_the_letter_tells_what_was_raised_and_what_became_of_it(workspace: Workspace, program: Callable[[str], str]) -> None:
    paper = print_paper(workspace, Asked(name=PaperName.REPLY_LETTER, id=raised(workspace).id))
    told = bare(text_of(program("pdftotext"), paper.content))
    assert "群众甲：您于2026年11月20日向人大代表反映的“东街路灯不亮”一事，已经办理。现将有关情况答复如下：" in told
    assert bare(ANSWER) in told
    assert "编号：来2026-00012" in told
    assert re.search("特此函复。[^。]+联络站2026年11月21日$", told)
    assert "打印时间" not in told  # an outward paper
    assert paper.file_name == "答复函-来2026-00012.pdf"


@pytest.mark.parametrize("asked", [{"confidential": True}, {"anonymous": True, "name": ""}, {"secret_issue": True}])
def test_who_is_not_to_be_named_is_addressed_by_their_number(workspace: Workspace, asked: dict[str, Any]) -> None:
    letter = reply_letter(workspace, raised(workspace, **asked).id)
    assert (letter.to, letter.subject) == ("来访群众（来2026-00012）", "")


def test_what_was_answered_on_the_spot_is_a_letter_too(workspace: Workspace) -> None:
    issue = an_issue(workspace, on_spot_reply="当场说明了政策。")
    save(workspace, issue)
    letter = reply_letter(workspace, issue.id)
    assert (letter.answer, letter.to) == ("当场说明了政策。", f"来访群众（{letter.number}）" if letter.number else "来访群众")


def test_without_an_answer_there_is_no_letter(workspace: Workspace) -> None:
    issue = an_issue(workspace)
    save(workspace, issue)
    with pytest.raises(Refused) as refused:
        reply_letter(workspace, issue.id)
    assert (refused.value.code, refused.value.facts) == ("not_answered", {"title": issue.title()})

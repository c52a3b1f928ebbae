"""Business refusals: records of a sound package that the body gives back, each with its code (decision 14)."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from app.domain.life import SuggestionState
from app.domain.records import record_from
from app.domain.revisions import Revision
from app.domain.suggestion import Suggestion, digest_of_text, submission_problems


class Refusal(StrEnum):
    """Why a record is given back."""

    LEAD_DEPUTY_MISSING = "R_LEAD_DEPUTY_MISSING"
    TITLE_MISSING = "R_TITLE_MISSING"
    TEXT_MISSING = "R_TEXT_MISSING"
    TEXT_CHANGED = "R_TEXT_CHANGED"


WORDS: Mapping[str, str] = {
    Refusal.LEAD_DEPUTY_MISSING: "请补填领衔代表后重新提交。",
    Refusal.TITLE_MISSING: "请补填标题后重新提交。",
    Refusal.TEXT_MISSING: "没有具体内容，请补充情况、分析和具体建议后重新提交。",
    Refusal.TEXT_CHANGED: "提交后的文本与签署时不一致，请核对后重新提交。",
}
"""What the station is told in the encrypted reply; official words are Chinese by nature."""

_BY_PROBLEM: Mapping[str, Refusal] = {
    "lead_deputy_missing": Refusal.LEAD_DEPUTY_MISSING,
    "title_missing": Refusal.TITLE_MISSING,
    "text_missing": Refusal.TEXT_MISSING,
}


JUDGED: Final = frozenset({Suggestion.traits.name})
"""The kinds whose records may be given back."""


def refusal(revision: Revision) -> Refusal | None:
    """Why a revision is given back, or None: a submitted suggestion must be complete and bound to the text it was signed with.

    What is further on was judged before, or was entered from paper and has no more than the paper had (decision 8).
    """
    if revision.kind not in JUDGED or revision.deleted:
        return None
    suggestion = record_from(Suggestion, revision.id, revision.body)
    if suggestion.state != SuggestionState.SUBMITTED:
        return None
    for problem in submission_problems(suggestion):
        if problem.code in _BY_PROBLEM:
            return _BY_PROBLEM[problem.code]
    return None if suggestion.text_digest == digest_of_text(suggestion) else Refusal.TEXT_CHANGED

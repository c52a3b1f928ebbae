"""What was typed for a suggestion before submission and never saved: a talk, a pre-review, a withdrawal."""

from collections.abc import Callable, Mapping
from typing import Any

from app.domain.cosigning import Withdrawal
from app.domain.review import Review
from app.domain.values import Id
from app.errors import Refused
from app.use_cases.consultations import TalkSheet, talk_kept, talk_key
from app.use_cases.drafts import drafts
from app.use_cases.reviews import review_kept, review_key
from app.use_cases.withdrawal import withdrawal_kept, withdrawal_key
from app.workspace import Workspace


def unsaved_entry(workspace: Workspace, suggestion: Id) -> TalkSheet | Review | Withdrawal | None:
    """The newest of them; None for none, and for what a newer program kept."""
    readers: Mapping[str, Callable[[Any], TalkSheet | Review | Withdrawal]] = {
        talk_key(suggestion): talk_kept,
        review_key(suggestion): review_kept,
        withdrawal_key(suggestion): withdrawal_kept,
    }
    for each in drafts(workspace):
        if each.key in readers:
            try:
                return readers[each.key](each.body)
            except Refused:
                continue
    return None

"""What was typed for a suggestion before submission and never saved: a talk, a pre-review, a withdrawal."""

from collections.abc import Callable, Mapping
from contextlib import suppress
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


def unsaved_entries(workspace: Workspace, suggestion: Id) -> tuple[TalkSheet | Review | Withdrawal, ...]:
    """All of them, the newest first; what a newer program kept is left alone."""
    readers: Mapping[str, Callable[[Any], TalkSheet | Review | Withdrawal]] = {
        talk_key(suggestion): talk_kept,
        review_key(suggestion): review_kept,
        withdrawal_key(suggestion): withdrawal_kept,
    }
    found: list[TalkSheet | Review | Withdrawal] = []
    for each in drafts(workspace):
        if each.key in readers:
            with suppress(Refused):
                found.append(readers[each.key](each.body))
    return tuple(found)

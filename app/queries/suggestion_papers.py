"""Which papers a suggestion can be printed on now."""

from collections.abc import Mapping
from typing import Final

from sqlalchemy import select

from app.domain.handling import Assignment
from app.domain.papers import PaperName
from app.domain.reply import Reply
from app.domain.values import Id
from app.queries.relations import member, standing
from app.storage.tables import CurrentRow
from app.workspace import Workspace

OF_A_SUGGESTION: Final = (
    PaperName.SUGGESTION,
    PaperName.COSIGNATURE_PAGE,
    PaperName.COSIGNING_CALL,
    PaperName.REVIEW_NOTICE,
    PaperName.SUGGESTION_SLIP,
    PaperName.REPLY_SHEET,
    PaperName.EVALUATION_FORM,
    PaperName.RETURN_APPLICATION,
    PaperName.EXTENSION_APPLICATION,
    PaperName.WITHDRAWAL_APPLICATION,
)
"""The papers of one suggestion, in the order of its life."""

_OF_A_SLIP: Final = frozenset({PaperName.SUGGESTION_SLIP, PaperName.RETURN_APPLICATION, PaperName.EXTENSION_APPLICATION})


def papers_offered(workspace: Workspace, id: Id) -> Mapping[PaperName, bool]:
    """Every paper of a suggestion, and whether it can be printed: what is between units needs that one was given it."""
    with workspace.reading() as connection:
        assigned, replied = (
            connection.execute(select(CurrentRow.no).where(standing(cls.traits.name), member(field) == id).limit(1)).first()
            is not None
            for cls, field in ((Assignment, "of"), (Reply, "suggestion"))
        )
    there = {each: assigned if each in _OF_A_SLIP else True for each in OF_A_SUGGESTION}
    return {**there, PaperName.REPLY_SHEET: assigned or replied}

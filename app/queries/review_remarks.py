"""The remarks that reviews made on single places of a suggestion's text, the newest review first."""

from dataclasses import dataclass
from datetime import date

from app.domain.review import Review, ReviewStage
from app.domain.review_remarks import Remark, beside_words, read
from app.domain.values import Code, Id
from app.queries.relations import found, member
from app.workspace import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewRemark:
    """One remark, and the review it was made in."""

    remark: Remark
    stage: Code[ReviewStage]
    round: int
    on: date | None


def remarks_on(workspace: Workspace, suggestion: Id) -> tuple[ReviewRemark, ...]:
    """Every remark on a place of the text, in the order of the text within a review."""
    with workspace.reading() as connection:
        reviews = found(connection, Review, member("suggestion") == suggestion)
    newest = sorted(reviews, key=lambda each: (each.decided_on or date.min, each.round), reverse=True)
    return tuple(
        ReviewRemark(remark=remark, stage=review.stage, round=review.round, on=review.decided_on)
        for review in newest
        for remark in (*read(review.help_given).single, *map(beside_words, review.remarks))
    )

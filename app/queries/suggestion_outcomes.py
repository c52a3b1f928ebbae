"""How reviews ended: counts by step and outcome, with the words of each congress for a refusal."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, and_, func, select

from app.domain.review import RefusalCode, ReviewOutcome, ReviewStage
from app.domain.values import Code, Id, known
from app.queries.relations import member, standing
from app.queries.rights import own_only
from app.queries.suggestion_course import rules_by_congress, rules_named
from app.storage.rows import another
from app.storage.tables import CurrentRow
from app.workspace import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcomes:
    """How many suggestions were handed in and accepted, how each review ended, and why some were not handled as suggestions.

    `refusal_word` is what the congress calls a refusal; `again` counts suggestions reviewed more than once.
    """

    submitted: int
    accepted: int
    again: int
    ended: Mapping[tuple[Code[ReviewStage], Code[ReviewOutcome]], int]
    refused: Mapping[Code[RefusalCode], int]
    refusal_word: str


def suggestion_outcomes(workspace: Workspace, *, year: int = 0, body: Id = "") -> Outcomes:
    """The counts, of one year or one receiving body where they are named."""
    whole = another(CurrentRow)
    wanted = [whole.kind == "suggestion", whole.deleted == False]  # noqa: E712  # as the index has it
    wanted += [member("year", whole) == year] if year else []
    wanted += [member("receiving_body", whole) == body] if body else []
    with workspace.reading() as connection:
        mine = own_only(connection, workspace.author.op)
        named: list[Any] = [member(name).label(name) for name in ("suggestion", "stage", "outcome", "round", "refusal_code")]
        question = select(*named).join(whole, and_(whole.id == member("suggestion"), *wanted)).where(standing("review"))
        if mine:
            question = question.where(whole.id.in_(select(CurrentRow.id).where(standing("suggestion"), *mine)))
        rows = connection.execute(question).all()
        counts = select(
            func.count(member("submitted_on")).label("submitted"), func.count(member("accepted_on")).label("accepted")
        ).where(standing("suggestion"), *mine)
        counts = counts.where(member("year") == year) if year else counts
        counts = counts.where(member("receiving_body") == body) if body else counts
        many = connection.execute(counts).one()
        rules = rules_by_congress(connection).get(body, rules_named(""))
    return Outcomes(
        submitted=many.submitted,
        accepted=many.accepted,
        again=len({row.suggestion for row in rows if (row.round or 1) > 1}),
        ended=_ended(rows),
        refused=Counter(known(RefusalCode, row.refusal_code) for row in rows if row.refusal_code),
        refusal_word=rules.profile.refusal_word,
    )


def _ended(rows: Sequence[Row[Any]]) -> Mapping[tuple[Code[ReviewStage], Code[ReviewOutcome]], int]:
    many = Counter((known(ReviewStage, row.stage or ""), known(ReviewOutcome, row.outcome or "")) for row in rows)
    order = {str(each): place for place, each in enumerate((*ReviewStage, *ReviewOutcome))}
    return dict(sorted(many.items(), key=lambda each: [order.get(str(part), len(order)) for part in each[0]]))

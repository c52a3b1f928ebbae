"""How reviews ended, by congress, year and reason: each figure with what it is a share of, and the suggestions behind it.

All figures count suggestions, so that the list behind a figure is as long as the figure says. One that was returned and came
again counts with each outcome it had.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Row, Select, and_, select

from app.domain.review import RefusalCode, ReviewOutcome, ReviewStage
from app.domain.values import Code, CodeSet, Id, known
from app.queries.relations import member, standing, titles
from app.queries.rights import own_only
from app.queries.rules import rules_by_congress
from app.storage.rows import another
from app.storage.tables import CurrentRow
from app.workspace import Workspace


class Figure(CodeSet):
    """What is counted of suggestions."""

    SUBMITTED = "submitted", "提交"
    ACCEPTED = "accepted", "接收"
    AGAIN = "reviewed_again", "再次审查"
    REVIEWED = "reviewed", "审查"
    REFUSED = "refused", "不作建议处理情形"


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """Which suggestions a figure counts; of a review its stage and outcome, of a refusal its reason, empty for any of them."""

    figure: Figure
    year: int = 0
    body: Id = ""
    stage: str = ""
    outcome: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """A figure, how many it is, and of how many; `whole` 0 where it is a share of nothing."""

    counted: Counted
    many: int
    whole: int = 0

    @property
    def rate(self) -> float | None:
        """The share; None where it is one of nothing."""
        return self.many / self.whole if self.whole else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcomes:
    """How many suggestions were handed in and accepted, how the reviews of each stage ended, why some were refused.

    `refusal_word` is what the congress calls a refusal; `again` counts suggestions reviewed more than once. `ended` are shares
    of all that came to that stage, `refused` shares of all that were refused for a reason on the list.
    """

    year: int
    body: Id
    submitted: Share
    accepted: Share
    again: Share
    stages: Mapping[Code[ReviewStage], Share]
    ended: Mapping[tuple[Code[ReviewStage], Code[ReviewOutcome]], Share]
    refused: Mapping[Code[RefusalCode], Share]
    refusal_word: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeBook:
    """The figures of every congress and year that has any, the newest year first, with the congresses' names."""

    rows: tuple[Outcomes, ...]
    bodies: Mapping[Id, str] = field(hash=False)

    @property
    def years(self) -> tuple[int, ...]:
        """The years there are."""
        return tuple(sorted({each.year for each in self.rows if each.year}, reverse=True))


def suggestion_outcomes(workspace: Workspace, *, year: int = 0, body: Id = "") -> Outcomes:
    """The figures, of one year or one receiving body where they are named."""
    with workspace.reading() as connection:
        wholes, reviews = _rows(connection, workspace)
        rules = rules_by_congress(connection)
        word = rules.get(body, rules[""]).profile.refusal_word
    return _outcomes(year, body, wholes, reviews, word)


def outcome_book(workspace: Workspace) -> OutcomeBook:
    """The figures congress by congress and year by year."""
    with workspace.reading() as connection:
        wholes, reviews = _rows(connection, workspace)
        names, rules = titles(connection, "congress"), rules_by_congress(connection)
    counted = (each for each in wholes if each.submitted_on or each.id in reviews)
    pairs = sorted({(each.year or 0, each.body or "") for each in counted}, reverse=True)
    words = {body: rules.get(body, rules[""]).profile.refusal_word for _year, body in pairs}
    rows = (_outcomes(year, body, wholes, reviews, words[body], exact=True) for year, body in pairs)
    return OutcomeBook(rows=tuple(rows), bodies={body: names.get(body, "") for _year, body in pairs})


def counted_in(counted: Counted) -> Select[Any]:
    """The identifiers of the suggestions that a figure counts, as part of another question."""
    whole = another(CurrentRow)
    wanted: list[ColumnElement[bool]] = [whole.kind == "suggestion", whole.deleted == False]  # noqa: E712  # as the index has it
    wanted += [member("year", whole) == counted.year] if counted.year else []
    wanted += [member("receiving_body", whole) == counted.body] if counted.body else []
    if counted.figure is Figure.SUBMITTED:
        return select(whole.id).where(*wanted, member("submitted_on", whole).is_not(None))
    if counted.figure is Figure.ACCEPTED:
        return select(whole.id).where(*wanted, member("accepted_on", whole).is_not(None))
    review = another(CurrentRow)
    told = [review.kind == "review", review.deleted == False]  # noqa: E712  # as above
    for name, value in (("stage", counted.stage), ("outcome", counted.outcome), ("refusal_code", counted.reason)):
        told += [member(name, review) == value] if value else []
    told += [member("round", review) > 1] if counted.figure is Figure.AGAIN else []
    told += [member("refusal_code", review).is_not(None)] if counted.figure is Figure.REFUSED else []
    return select(member("suggestion", review)).join(whole, and_(whole.id == member("suggestion", review), *wanted)).where(*told)


# --- how ----------------------------------------------------------------------------------------------------------------

_WHOLE: Final = ("year", "receiving_body", "submitted_on", "accepted_on")
_REVIEW: Final = ("suggestion", "stage", "outcome", "round", "refusal_code")


def _rows(connection: Connection, workspace: Workspace) -> tuple[Sequence[Row[Any]], Mapping[Id, Sequence[Row[Any]]]]:
    """The suggestions the operator may see, and their reviews."""
    mine = own_only(connection, workspace.author.op)
    labels = ("year", "body", "submitted_on", "accepted_on")
    shown: list[Any] = [CurrentRow.id, *(member(name).label(label) for name, label in zip(_WHOLE, labels, strict=True))]
    wholes = connection.execute(select(*shown).where(standing("suggestion"), *mine)).all()
    seen = {each.id for each in wholes}
    reviews: dict[Id, list[Row[Any]]] = {}
    told: list[Any] = [member(name).label(name) for name in _REVIEW]
    for row in connection.execute(select(*told).where(standing("review"))):
        if row.suggestion in seen:
            reviews.setdefault(row.suggestion, []).append(row)
    return wholes, reviews


def _outcomes(
    year: int,
    body: Id,
    wholes: Iterable[Row[Any]],
    reviews: Mapping[Id, Sequence[Row[Any]]],
    word: str,
    *,
    exact: bool = False,
) -> Outcomes:
    """The figures of a year and a body; `exact` counts 0 and "" as what nobody named, else they stand for all."""
    loose = not exact
    own = [
        each
        for each in wholes
        if ((loose and not year) or (each.year or 0) == year) and ((loose and not body) or (each.body or "") == body)
    ]
    there = [(each.id, row) for each in own for row in reviews.get(each.id, ())]
    base = Counted(figure=Figure.REVIEWED, year=year, body=body)
    submitted = Share(counted=replace(base, figure=Figure.SUBMITTED), many=sum(each.submitted_on is not None for each in own))
    accepted = replace(base, figure=Figure.ACCEPTED)
    again = {id for id, row in there if (row.round or 1) > 1}
    reviewed = {id for id, _row in there}
    named = _in_order(row.stage for _id, row in there)
    stages = {stage: {id for id, row in there if row.stage == stage} for stage in named}
    refused = {id for id, row in there if row.refusal_code}
    return Outcomes(
        year=year,
        body=body,
        submitted=submitted,
        accepted=Share(counted=accepted, many=sum(each.accepted_on is not None for each in own), whole=submitted.many),
        again=Share(counted=replace(base, figure=Figure.AGAIN), many=len(again), whole=len(reviewed)),
        stages={
            known(ReviewStage, stage): Share(counted=replace(base, stage=stage), many=len(ids)) for stage, ids in stages.items()
        },
        ended=dict(_ended(base, there, {stage: len(ids) for stage, ids in stages.items()})),
        refused=dict(_refused(base, there, len(refused))),
        refusal_word=word,
    )


def _ended(
    base: Counted, there: Sequence[tuple[Id, Row[Any]]], wholes: Mapping[str, int]
) -> Iterator[tuple[tuple[Code[ReviewStage], Code[ReviewOutcome]], Share]]:
    for stage, whole in wholes.items():
        here = [(id, row) for id, row in there if (row.stage or "") == stage]
        for outcome in _in_order(row.outcome for _id, row in here):
            many = len({id for id, row in here if (row.outcome or "") == outcome})
            share = Share(counted=replace(base, stage=stage, outcome=outcome), many=many, whole=whole)
            yield (known(ReviewStage, stage), known(ReviewOutcome, outcome)), share


def _refused(base: Counted, there: Sequence[tuple[Id, Row[Any]]], whole: int) -> Iterator[tuple[Code[RefusalCode], Share]]:
    for code in _in_order(row.refusal_code for _id, row in there if row.refusal_code):
        many = len({id for id, row in there if row.refusal_code == code})
        counted = replace(base, figure=Figure.REFUSED, reason=code)
        yield known(RefusalCode, code), Share(counted=counted, many=many, whole=whole)


_ORDER: Final = {str(each): place for place, each in enumerate((*ReviewStage, *ReviewOutcome, *RefusalCode))}


def _in_order(codes: Iterable[str | None]) -> list[str]:
    """Each code that is said once, in the order of its set; codes of a newer program last."""
    return sorted({each for each in codes if each}, key=lambda each: (_ORDER.get(each, len(_ORDER)), each))

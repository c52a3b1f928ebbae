"""Matters raised again and again: suggestions of other years or deputies whose titles say much the same (多年连续)."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import Connection, select

from app.domain.life import SuggestionState
from app.domain.likeness import pieces, share_of, told_by
from app.domain.reply import Reply
from app.domain.search import fold
from app.domain.values import Code, Id, known
from app.errors import Refused
from app.queries.relations import called, found, member, standing, titles
from app.queries.rights import own_only
from app.storage.tables import CurrentRow
from app.workspace import Workspace

LIKE: Final = 0.45
"""How much of what tells about a title another must have to be the same topic."""

_SHOWN: Final = 8
_MOST: Final = 200  # that are looked at more closely


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlierTopic:
    """One suggestion on the same topic: when, by whom, where it stands, what was answered; `share` is between 0 and 1."""

    id: Id
    title: str
    year: int
    lead: str
    state: Code[SuggestionState]
    answers: tuple[Reply, ...]
    share: float


@dataclass(frozen=True, slots=True, kw_only=True)
class RepeatedTopic:
    """How often a topic was raised: other suggestions, the nearest first; years and deputies counting the one asked about."""

    others: tuple[EarlierTopic, ...]
    years: int
    deputies: int


@dataclass(frozen=True, slots=True)
class _Raised:
    """One suggestion that says much the same."""

    id: Id
    title: str
    year: int
    lead: Id
    state: str


def repeated_topic(workspace: Workspace, id: Id) -> RepeatedTopic:
    """The suggestions on the same topic as this one, drafts among them; raises `Refused("record_missing")`."""
    with workspace.reading() as connection:
        shares = _shares(connection, id, workspace.author.op)
        alike = {each.id: each for each in _raised(connection, [id, *shares])}
        this = alike.get(id)
        if this is None:
            raise Refused("record_missing", kind="suggestion", id=id)
        near = [alike[each] for each in shares if (alike[each].year, alike[each].lead) != (this.year, this.lead)]
        near.sort(key=lambda each: (-shares[each.id], -each.year, each.id))
        answers = _answers(connection, [each.id for each in near[:_SHOWN]])
        names = titles(connection, "deputy") if near else {}
    others = tuple(
        EarlierTopic(
            id=each.id,
            title=each.title,
            year=each.year,
            lead=names.get(each.lead, ""),
            state=known(SuggestionState, each.state),
            answers=tuple(answers.get(each.id, ())),
            share=shares[each.id],
        )
        for each in near[:_SHOWN]
    )
    years, deputies = {each.year for each in (this, *near) if each.year}, {each.lead for each in (this, *near) if each.lead}
    return RepeatedTopic(others=others, years=len(years), deputies=len(deputies))


def _shares(connection: Connection, id: Id, operator: Id) -> dict[Id, float]:
    """How much of what tells about this title each other one has, where that is enough; no body is opened for it."""
    question = select(CurrentRow.id, CurrentRow.title).where(standing("suggestion"), *own_only(connection, operator))
    every = {row.id: fold(row.title) for row in connection.execute(question)}
    counts = Counter(pieces(every.pop(id, "")))
    spread = {piece: 1 + sum(piece in title for title in every.values()) for piece in counts}
    weights = told_by(counts, spread, len(every) + 1)
    if not weights:
        return {}
    sought = {each: share_of(weights, [piece for piece in weights if piece in title]) for each, title in every.items()}
    nearest = sorted((each for each in sought if sought[each] >= LIKE), key=lambda each: -sought[each])
    return {each: sought[each] for each in nearest[:_MOST]}


def _raised(connection: Connection, ids: Sequence[Id]) -> list[_Raised]:
    shown = (member(name).label(name) for name in ("year", "lead_deputy", "state"))
    question = select(CurrentRow.id, CurrentRow.title, CurrentRow.day, *shown).where(called("suggestion", ids))
    return [
        _Raised(row.id, row.title, int(row.year or (row.day or "0")[:4]), row.lead_deputy or "", row.state or "")
        for row in connection.execute(question)
    ]


def _answers(connection: Connection, suggestions: Sequence[Id]) -> Mapping[Id, list[Reply]]:
    told: dict[Id, list[Reply]] = {}
    if suggestions:
        for each in found(connection, Reply, member("suggestion").in_(suggestions)):
            told.setdefault(each.suggestion, []).append(each)
    return {id: sorted(replies, key=lambda each: each.replied_on or date.min) for id, replies in told.items()}

"""Matters raised again and again: suggestions of other years or deputies that say much the same (多年连续), and the answers."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache, partial
from itertools import chain
from operator import add
from typing import Any, Final

from sqlalchemy import Connection, select

from app.domain.life import SuggestionState
from app.domain.likeness import pieces, share_of, shared_words, told_by
from app.domain.reply import Evaluation, Reply
from app.domain.satisfaction import Satisfaction
from app.domain.search import fold
from app.domain.suggestion import Suggestion
from app.domain.values import Code, Id, known
from app.errors import Refused
from app.queries.relations import called, found, member, of_id, standing, titles
from app.queries.rights import own_only
from app.queries.suggestion_dossier import CONFIDENTIAL
from app.storage.tables import CurrentRow
from app.workspace import Workspace

LIKE: Final = 0.45
"""How much of what tells about a title another must have to be the same topic."""

HELD: Final = 0.8
"""How much of what tells about another's title a text must hold, where the titles are not alike."""

_TELLS: Final = 3  # pieces of another's title, at least, that a text must hold: fewer are chance
_FRAME: Final = re.compile("^[ 《]*关于|的[^的]{0,4}(?:建议|批评|意见|批评和意见|建议、批评和意见)[》 ]*$")
_SHOWN: Final = 8
_MOST: Final = 200  # that are looked at more closely for their titles
_HELD_MOST: Final = 12  # the same for what a text holds
_LATIN: Final = re.compile("[a-z0-9]")
_APART: Final = "\ue000"  # between titles that are folded in one go; in private use, so no title has it


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlierAnswer:
    """What one unit answered: its words, the unit, and what the deputy said of the result unless that was asked unseen."""

    reply: Reply
    unit: str
    satisfied: Code[Satisfaction]


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlierTopic:
    """One suggestion on the same topic: when, by whom, where it stands, what was answered.

    `share` is between 0 and 1; `words` are what both say, by which they are alike; `held` tells that the text holds
    what the other's title names, where the titles themselves are not alike.
    """

    id: Id
    title: str
    year: int
    lead: str
    state: Code[SuggestionState]
    answers: tuple[EarlierAnswer, ...]
    share: float
    words: tuple[str, ...]
    held: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RepeatedTopic:
    """How often a topic was raised: other suggestions, the nearest first; years and deputies counting the one asked about."""

    others: tuple[EarlierTopic, ...]
    years: int
    deputies: int
    year: int = 0
    """The year of the one asked about."""

    @property
    def earlier(self) -> tuple[EarlierTopic, ...]:
        """Those of the years before."""
        return tuple(each for each in self.others if each.year and each.year < self.year)


@dataclass(frozen=True, slots=True)
class _Raised:
    """One suggestion that says much the same."""

    id: Id
    title: str
    year: int
    lead: Id
    state: str
    confidential: bool


@dataclass(frozen=True, slots=True)
class _Titles:
    """The matter of each title, folded and without the words that are in every title, and which of them have a piece."""

    matters: list[str]
    having: dict[str, list[int]]


@dataclass(frozen=True, slots=True)
class _Likeness:
    share: float
    words: tuple[str, ...]
    held: bool


def repeated_topic(workspace: Workspace, id: Id) -> RepeatedTopic:
    """The suggestions on the same topic as this one, drafts among them; raises `Refused("record_missing")`."""
    with workspace.reading() as connection:
        suggestion = of_id(connection, Suggestion, id)
        if suggestion is None:
            raise Refused("record_missing", kind="suggestion", id=id)
        return _topic(workspace, connection, suggestion)


def topic_of_draft(workspace: Workspace, suggestion: Suggestion) -> RepeatedTopic:
    """The same of what stands on the desk, saved or not, by its title and its text as they are typed now."""
    with workspace.reading() as connection:
        return _topic(workspace, connection, suggestion)


def _topic(workspace: Workspace, connection: Connection, suggestion: Suggestion) -> RepeatedTopic:
    alike = _alike(connection, suggestion, workspace.author.op)
    year = suggestion.year or (suggestion.submitted_on or workspace.clock.today().date()).year
    raised = [each for each in _raised(connection, list(alike)) if not _own_twin(each, suggestion, year)]
    raised.sort(key=lambda each: (-alike[each.id].share, -each.year, each.id))
    shown = raised[:_SHOWN]
    answers = _answers(connection, [each.id for each in shown])
    names = titles(connection, "deputy") if shown else {}
    others = tuple(
        EarlierTopic(
            id=each.id,
            title=each.title,
            year=each.year,
            lead=CONFIDENTIAL if each.confidential else names.get(each.lead, ""),
            state=known(SuggestionState, each.state),
            answers=tuple(answers.get(each.id, ())),
            share=alike[each.id].share,
            words=alike[each.id].words,
            held=alike[each.id].held,
        )
        for each in shown
    )
    years = {each for each in (year, *(each.year for each in raised)) if each}
    leads = {each for each in (suggestion.lead_deputy, *(each.lead for each in raised)) if each}
    return RepeatedTopic(others=others, years=len(years), deputies=len(leads), year=year)


def _own_twin(other: _Raised, suggestion: Suggestion, year: int) -> bool:
    """Two of one deputy in one year are no repetition."""
    return bool(other.lead) and other.lead == suggestion.lead_deputy and other.year == year


# --- likeness -------------------------------------------------------------------------------------------------------------


def _alike(connection: Connection, suggestion: Suggestion, operator: Id) -> dict[Id, _Likeness]:
    """Who says much the same: by its title, or because this text holds what the other's title names; no body is opened."""
    question = select(CurrentRow.id, CurrentRow.title).where(
        standing("suggestion"), CurrentRow.id != suggestion.id, *own_only(connection, operator)
    )
    rows = connection.execute(question).all()
    names = _titles(tuple(row[1] for row in rows))
    by_title = _by_title(suggestion.subject, names)
    rest = {at: told for at, told in _by_text(suggestion, names).items() if at not in by_title}
    return {rows[at][0]: told for at, told in (by_title | rest).items()}


@lru_cache(maxsize=1)  # while somebody types the titles stay the same
def _titles(names: tuple[str, ...]) -> _Titles:
    """Titles as they are compared; all are folded in one go, which takes a fraction of folding each."""
    whole = fold(_APART.join(each.replace(_APART, "") for each in names)).split(_APART)
    matters = [_FRAME.sub("", each) for each in whole]
    having: dict[str, list[int]] = {}
    for at, matter in enumerate(matters):
        for piece in set(pieces(matter) if _LATIN.search(matter) else map(add, matter, matter[1:])):
            having.setdefault(piece, []).append(at)
    return _Titles(matters, having)


def _by_title(title: str, names: _Titles) -> dict[int, _Likeness]:
    matter = _FRAME.sub("", fold(title))
    counts = Counter(pieces(matter))
    weights = told_by(counts, {piece: 1 + len(names.having.get(piece, ())) for piece in counts}, len(names.matters) + 1)
    theirs: dict[int, list[str]] = {}
    for piece in weights:
        for at in names.having.get(piece, ()):
            theirs.setdefault(at, []).append(piece)
    shares = {
        at: 1.0 if names.matters[at] == matter else share_of(weights, having)  # of a short one too few pieces could agree
        for at, having in theirs.items()
    }
    nearest = sorted((at for at in shares if shares[at] >= LIKE), key=lambda at: -shares[at])[:_MOST]
    return {at: _Likeness(shares[at], shared_words(matter, theirs[at], weights), held=False) for at in nearest}


def _by_text(suggestion: Suggestion, names: _Titles) -> dict[int, _Likeness]:
    """Whose titles are held by this title and text: first by bare count, then by what tells about them."""
    said = set(pieces(suggestion.subject)) | set(pieces(suggestion.text))
    held = Counter(chain.from_iterable(names.having.get(piece, ()) for piece in said))
    longest = {at: count / (len(names.matters[at]) - 1) for at, count in held.items() if count >= _TELLS}
    found: dict[int, _Likeness] = {}
    for at in sorted((at for at, share in longest.items() if share >= HELD / 2), key=lambda at: -longest[at])[:_HELD_MOST]:
        counts = Counter(pieces(names.matters[at]))
        weights = told_by(counts, {piece: len(names.having[piece]) for piece in counts}, len(names.matters) + 1)
        theirs = [piece for piece in weights if piece in said]
        share = share_of(weights, theirs)
        if share >= HELD and len(theirs) >= _TELLS:
            words = shared_words(names.matters[at], said, weights)
            found[at] = _Likeness(share * LIKE, words, held=True)  # a like title comes first
    return found


# --- what was answered ----------------------------------------------------------------------------------------------------


def _raised(connection: Connection, ids: Sequence[Id]) -> list[_Raised]:
    shown = (member(name).label(name) for name in ("year", "lead_deputy", "state", "confidential_identity"))
    question = select(CurrentRow.id, CurrentRow.title, CurrentRow.day, *shown).where(called("suggestion", ids))
    return [_read(row) for row in connection.execute(question)] if ids else []


def _read(row: Any) -> _Raised:
    year = int(row.year or (row.day or "0")[:4])
    return _Raised(row.id, row.title, year, row.lead_deputy or "", row.state or "", bool(row.confidential_identity))


def _answers(connection: Connection, suggestions: Sequence[Id]) -> Mapping[Id, list[EarlierAnswer]]:
    """What was answered to each, the last answer last."""
    if not suggestions:
        return {}
    units = titles(connection, "unit")
    said = found(connection, Evaluation, member("of").in_(suggestions))
    told: dict[Id, list[EarlierAnswer]] = {}
    replies = found(connection, Reply, member("suggestion").in_(suggestions))
    for each in sorted(replies, key=lambda each: (each.round, each.replied_on or date.min)):
        answer = EarlierAnswer(reply=each, unit=units.get(each.unit, ""), satisfied=_satisfied(each, said))
        told.setdefault(each.suggestion, []).append(answer)
    return told


def _satisfied(reply: Reply, said: Iterable[Evaluation]) -> Code[Satisfaction]:
    """What was said of the result of this reply, or of its round; of a survey behind the unit's back nothing is told."""
    about = partial(_is_about, reply)
    return next((each.result for each in said if about(each) and each.result and not each.blind_survey), "")


def _is_about(reply: Reply, said: Evaluation) -> bool:
    if said.reply:
        return said.reply == reply.id
    return said.of == reply.suggestion and said.round == reply.round

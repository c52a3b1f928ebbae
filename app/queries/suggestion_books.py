"""What ledgers of suggestions are made of: everything that belongs to each, and what was promised in its replies."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Final, TypeVar

from sqlalchemy import Connection

from app.domain.category import CategoryScheme
from app.domain.chinese import short_day
from app.domain.cosignature import Cosignature
from app.domain.handling import Assignment, Commitment, CommitmentState
from app.domain.life import SuggestionEvent
from app.domain.people import Deputy
from app.domain.records import Record
from app.domain.reply import Evaluation, Evaluator, Reply, reply_class_word
from app.domain.review import Review
from app.domain.step import Step
from app.domain.suggestion import Suggestion
from app.domain.suggestion_limits import Rules
from app.domain.suggestion_papers import UnitCount
from app.domain.tracking import only_planned
from app.domain.values import Id, wording
from app.queries.relations import category_names, found, member, titles
from app.queries.rights import own_only
from app.queries.rules import rules_by_congress
from app.queries.suggestion_dossier import A_NAME
from app.workspace import Workspace

Belonging = TypeVar("Belonging", bound=Record)
_STRUCK_OFF: Final = frozenset({CommitmentState.CLEARED, CommitmentState.DROPPED})
_NO_UNIT: Final = "（未登记单位）"


@dataclass(frozen=True, slots=True, kw_only=True)
class Books:
    """What belongs to the suggestions, by the suggestion it belongs to."""

    names: Mapping[Id, str]
    units: Mapping[Id, str]
    rules: Mapping[Id, Rules]
    categories: Mapping[str, str]
    signatures: Mapping[Id, Sequence[Cosignature]]
    reviews: Mapping[Id, Sequence[Review]]
    slips: Mapping[Id, Sequence[Assignment]]
    replies: Mapping[Id, Sequence[Reply]]
    evaluations: Mapping[Id, Sequence[Evaluation]]
    commitments: Mapping[Id, Sequence[Commitment]]
    cleared: Mapping[Id, Sequence[Step]]

    def secret(self, suggestion: Suggestion) -> tuple[str, ...]:
        """The names that a ledger may not tell: of a confidential identity the lead and all who were asked to sign."""
        if not suggestion.confidential_identity:
            return ()
        people = (suggestion.lead_deputy, *(each.deputy for each in self.signatures.get(suggestion.id, ())))
        return tuple(name for name in (self.names.get(each, "") for each in people) if len(name) >= A_NAME)

    def rules_of(self, suggestion: Suggestion) -> Rules:
        """The rules of the congress that received it."""
        return self.rules.get(suggestion.receiving_body, self.rules[""])


def suggestions_here(workspace: Workspace, connection: Connection) -> list[Suggestion]:
    """Every suggestion that the operator may list, the first handed in first."""
    mine = own_only(connection, workspace.author.op)
    return sorted(found(connection, Suggestion, *mine), key=lambda each: (each.submitted_on or date.min, each.number))


def books_of(connection: Connection) -> Books:
    """Everything that belongs to suggestions, read kind by kind."""
    evaluations = (each for each in found(connection, Evaluation) if each.evaluator != Evaluator.RESIDENT)
    return Books(
        names=titles(connection, Deputy.traits.name),
        units=titles(connection, "unit"),
        rules=rules_by_congress(connection),
        categories=category_names(connection, CategoryScheme.SUGGESTION),
        signatures=_by(found(connection, Cosignature), "suggestion"),
        reviews=_by(found(connection, Review), "suggestion"),
        slips=_by(found(connection, Assignment), "of"),
        replies=_by(found(connection, Reply), "suggestion"),
        evaluations=_by(evaluations, "of"),
        commitments=_by(found(connection, Commitment), "suggestion"),
        cleared=_by(found(connection, Step, member("event") == SuggestionEvent.CLEAR), "of"),
    )


def _by(records: Iterable[Belonging], name: str) -> Mapping[Id, Sequence[Belonging]]:
    grouped: dict[Id, list[Belonging]] = defaultdict(list)
    for each in records:
        grouped[getattr(each, name)].append(each)
    return grouped


# --- B items and promises ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """Something promised in a reply: when, until when, what came of it; open until it is struck off."""

    unit: Id
    promise: str
    on: date | None
    until: date | None = None
    progress: str = ""
    change: str = ""
    ended: str = ""
    ended_on: date | None = None
    open: bool = True


def items_of(suggestion: Suggestion, books: Books) -> Iterator[Item]:
    """Every promise that was entered, and every reply that only plans and of which no promise was entered."""
    replies = books.replies.get(suggestion.id, ())
    commitments = books.commitments.get(suggestion.id, ())
    for each in commitments:
        yield _promised(each, replies)
    entered = {each.reply for each in commitments}
    for course in _courses(replies):
        planning = [each for each in course if only_planned(each)]
        if planning and not entered.intersection(each.id for each in planning):
            yield _planned(course, planning[0], books.cleared.get(suggestion.id, ()))


def in_order(replies: Iterable[Reply]) -> list[Reply]:
    """Replies round by round."""
    return sorted(replies, key=lambda each: (each.round, each.replied_on or date.min, each.id))


def _courses(replies: Sequence[Reply]) -> Iterable[Sequence[Reply]]:
    """What each unit replied, the first word first."""
    return _by(in_order(replies), "unit").values()


def _promised(commitment: Commitment, replies: Sequence[Reply]) -> Item:
    course = next((each for each in _courses(replies) if any(reply.id == commitment.reply for reply in each)), ())
    first = next((each for each in course if each.id == commitment.reply), None)
    gone = commitment.state in _STRUCK_OFF
    kept = commitment.state == CommitmentState.KEPT
    told = wording(commitment.state) if gone else "已完成，未销号" if kept else ""
    return Item(
        unit=commitment.unit or (first.unit if first else ""),
        promise=commitment.promise,
        on=first.replied_on if first else None,
        until=commitment.promised_by,
        progress=commitment.progress,
        change=_changes(course[course.index(first) :]) if first else "",
        ended="\n".join(part for part in (told, short_day(commitment.cleared_on)) if part),
        ended_on=commitment.cleared_on,
        open=not gone,
    )


def _planned(course: Sequence[Reply], first: Reply, cleared: Sequence[Step]) -> Item:
    """A B item: it ends with a reply of another class, or where it is struck off by a step."""
    since, last = course[course.index(first) :], course[-1]
    struck = cleared[-1].on if cleared else None
    turned = not only_planned(last)
    told = f"转{last.reply_class}类" if turned else "已销号" if cleared else ""
    day = last.replied_on if turned else struck
    return Item(
        unit=first.unit,
        promise=f"{class_told(first)}（{first.number}）" if first.number else class_told(first),
        on=first.replied_on,
        progress=last.evidence if last is not first else "",
        change=_changes(since),
        ended="\n".join(part for part in (told, short_day(day)) if part),
        ended_on=day,
        open=not (turned or cleared),
    )


def _changes(course: Sequence[Reply]) -> str:
    """From which class to which, when and why, one change a line."""
    pairs = pairwise(course)
    return "\n".join(_change(before, after) for before, after in pairs if before.reply_class != after.reply_class)


def _change(before: Reply, after: Reply) -> str:
    why = "：".join(part for part in (wording(after.class_change), after.evidence) if part)
    return " ".join(part for part in (short_day(after.replied_on), f"{before.reply_class}→{after.reply_class}", why) if part)


def class_told(reply: Reply) -> str:
    """A class with its words, for a letter means nothing without its scheme: B 计划解决."""
    word = reply_class_word(reply)
    return word if word.startswith(reply.reply_class) else f"{reply.reply_class} {word}"


def counted_by_unit(marks: Iterable[tuple[Id, Sequence[bool]]], names: Mapping[Id, str]) -> tuple[UnitCount, ...]:
    """How often each thing holds for each unit, the units by their names; what names no unit comes last."""
    sums: dict[Id, list[int]] = {}
    for unit, held in marks:
        so_far = sums.setdefault(unit, [0] * len(held))
        sums[unit] = [before + now for before, now in zip(so_far, held, strict=True)]
    counts = [UnitCount(unit=names.get(unit, "") or _NO_UNIT, numbers=tuple(numbers)) for unit, numbers in sums.items()]
    return tuple(sorted(counts, key=lambda each: (each.unit == _NO_UNIT, each.unit)))

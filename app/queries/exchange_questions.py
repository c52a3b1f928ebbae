"""What is open about the sealed numbers: gaps, late receipts, what was laid aside or refused, and why."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from app.domain.exchange_papers import QuestionKind
from app.domain.life import PackageState
from app.queries.reconciliation import Number, late

_FORKED: Final = "E_FORK"


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One number about which something is to be done; `code` is what the body said, `since` when it was handed in."""

    kind: QuestionKind
    epoch: int
    seq: int
    code: str = ""
    since: datetime | None = None


def questions(numbers: Sequence[Number], now: datetime) -> tuple[Question, ...]:
    """What is open, the oldest number first; a number has one question, the one that tells most.

    Where numbers began anew and the body has one of the new ones, nothing is asked about those before: everything they carried
    went once more, and the new numbers tell of it.
    """
    received = {
        epoch: max((each.seq for each in numbers if each.epoch == epoch and each.state == PackageState.RECEIVED), default=0)
        for epoch in {each.epoch for each in numbers}
    }
    begun = max((epoch for epoch, seq in received.items() if seq), default=0)
    again = {(each.epoch, each.first, each.last): each.seq for each in reversed(numbers) if _carries_again(each)}
    open_still = (
        each
        for each in numbers
        # Of a lost number that a later one makes good, that one tells.
        if each.epoch >= begun
        and not (each.state == PackageState.LOST and again.get((each.epoch, each.first, each.last), 0) > each.seq)
    )
    found = (_asked(each, received[each.epoch], now) for each in sorted(open_still, key=lambda each: (each.epoch, each.seq)))
    return tuple(each for each in found if each)


def _carries_again(number: Number) -> bool:
    """Whether it could make good a lost number of the same lines; of files alone, which cover none, only one that says so."""
    return number.state != PackageState.LOST and (number.first <= number.last or number.kind == "void")


def filled_late(numbers: Sequence[Number]) -> frozenset[tuple[int, int]]:
    """The numbers that were missing for a while: a receipt told of later ones first."""
    return frozenset(_filled(numbers))


def _filled(numbers: Sequence[Number]) -> Iterator[tuple[int, int]]:
    for each in numbers:
        later = (one.receipt for one in numbers if one.epoch == each.epoch and one.seq > each.seq and one.receipt)
        if each.state == PackageState.RECEIVED and each.receipt and min(later, default=each.receipt) < each.receipt:
            yield each.epoch, each.seq


def _asked(number: Number, received: int, now: datetime) -> Question | None:
    kind = _kind(number, received, now)
    return Question(kind=kind, epoch=number.epoch, seq=number.seq, code=number.code, since=number.handed_in) if kind else None


def _kind(number: Number, received: int, now: datetime) -> QuestionKind | None:
    if number.told and number.state == PackageState.COPIED:
        return None  # the body says that it has it; the receipt will prove it
    match number.state:
        case PackageState.PARKED:
            return QuestionKind.FORKED if number.code == _FORKED else QuestionKind.PARKED
        case PackageState.REFUSED:
            return QuestionKind.REFUSED
        case PackageState.LOST:
            return QuestionKind.LOST
        case PackageState.SEALED:
            return QuestionKind.NEVER_COPIED
        case PackageState.COPIED if number.seq < received:
            return QuestionKind.GAP
        case PackageState.COPIED if number.copied and number.copied[-1].gone:
            return QuestionKind.VANISHED
        case PackageState.COPIED if late(number, now):
            return QuestionKind.OVERDUE
    return None

"""What was planned or promised in a reply, followed over years and sessions until it is struck off (销号).

One item is a commitment, the reply it was made in, and the further answers that changed its class. The class of before is never
overwritten: every change is a reply of its own with its day, its reason and its evidence (domain brief 1.9).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, Final

from app.domain.drafted import refused_as
from app.domain.handling import Commitment, CommitmentState
from app.domain.problems import Problem
from app.domain.reply import ClassChange, Reply, ReplyScheme
from app.domain.values import Code, CodeSet, Id, Json, known

TURN_DRAFT: Final = "commitment"
"""The kind of a draft kept on the form of an item."""

USUAL_WATCH: Final = timedelta(days=365)
"""After which an item is looked at again where nobody named a day."""

CLOSED: Final = frozenset({CommitmentState.CLEARED, CommitmentState.DROPPED})
"""States in which nothing is owed any more."""


class Standing(CodeSet):
    """Where an item stands, whatever letters its scheme has."""

    TRACKED = "tracked", "跟踪中"
    PROMISED = "promised", "承诺待落实"
    SOLVED = "solved", "已销号"
    ASIDE = "aside", "已转为参考"


@dataclass(frozen=True, slots=True, kw_only=True)
class Classes:
    """What the letters of a scheme mean here: solved, tracked on, laid aside as reference."""

    solved: str
    tracked: tuple[str, ...]
    aside: str


_THREE: Final = Classes(solved="A", tracked=("B",), aside="C")
_FOUR: Final = Classes(solved="A", tracked=("B", "C"), aside="D")
CLASSES: Final[Mapping[ReplyScheme, Classes]] = {
    ReplyScheme.HUNAN_3: _THREE,
    ReplyScheme.NPC_4: _FOUR,
    ReplyScheme.CITY_4: _FOUR,
    ReplyScheme.ZJ_3: _THREE,
    ReplyScheme.XJ_3: _THREE,
    ReplyScheme.JIA_YI_BING: Classes(solved="甲", tracked=("乙",), aside="丙"),
}
"""Every scheme by what its letters mean for tracking."""


def classes_of(scheme: Code[ReplyScheme]) -> Classes:
    """The meaning of a scheme's letters; a scheme nobody named, or of a newer program, is read as Hunan's."""
    named = known(ReplyScheme, scheme) if scheme else ReplyScheme.HUNAN_3
    return CLASSES.get(named, _THREE) if isinstance(named, ReplyScheme) else _THREE


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One tracked matter: the commitment, the reply it was made in, and the answers that changed it, oldest first."""

    commitment: Commitment
    first: Reply | None = None
    changes: tuple[Reply, ...] = ()

    @property
    def scheme(self) -> Code[ReplyScheme]:
        """Who divides its classes."""
        told = (each.scheme for each in (*reversed(self.changes), *((self.first,) if self.first else ())))
        return next((each for each in told if each), ReplyScheme.HUNAN_3)

    @property
    def first_class(self) -> str:
        """The class of the first reply, which stays; the tracked one where that reply is not in the records."""
        return (self.first.reply_class if self.first else "") or classes_of(self.scheme).tracked[0]

    @property
    def now_class(self) -> str:
        """The class it stands in now."""
        return next((each.reply_class for each in reversed(self.changes) if each.reply_class), self.first_class)

    @property
    def open(self) -> bool:
        """Whether it is not struck off."""
        return self.commitment.state not in CLOSED

    @property
    def standing(self) -> Standing:
        """Where it stands."""
        return standing_of(self.commitment.state, self.scheme, self.now_class)


def standing_of(state: Code[CommitmentState], scheme: Code[ReplyScheme], now_class: str) -> Standing:
    """Where an item of this state and class stands."""
    if state == CommitmentState.DROPPED:
        return Standing.ASIDE
    if state == CommitmentState.CLEARED:
        return Standing.SOLVED
    return Standing.PROMISED if now_class == classes_of(scheme).solved else Standing.TRACKED


TURNS: Final[Mapping[Standing, tuple[ClassChange, ...]]] = {
    Standing.TRACKED: (ClassChange.RESOLVED, ClassChange.TRACKING, ClassChange.POLICY_CHANGED),
    Standing.PROMISED: (ClassChange.RESOLVED, ClassChange.TRACKING, ClassChange.RETROSPECTIVE_CHECK),
    Standing.SOLVED: (ClassChange.RETROSPECTIVE_CHECK,),
    Standing.ASIDE: (),
}
"""What may become of an item: B→A, B→B, B→C; a promise kept or looked back at; A→B by looking back alone (domain brief 1.9)."""

WATCHED_ON: Final = frozenset({ClassChange.TRACKING, ClassChange.RETROSPECTIVE_CHECK})
"""Turns after which the item is watched on, until a new day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TurnEntry:
    """What a person gives for a turn: when, why, by what evidence; `watch_on` where it is tracked on, `by` who found it so."""

    change: Code[ClassChange]
    on: date
    reason: str = ""
    evidence: str = ""
    watch_on: date | None = None
    by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchEntry:
    """What is watched from now on: what the unit promised in which reply, until when, and when to look again."""

    reply: Id
    promise: str
    promised_by: date | None = None
    watch_on: date | None = None


def turn_problems(item: Item, entry: TurnEntry) -> Iterator[Problem]:
    """What is missing in, or wrong with, what was given for a turn."""
    if entry.change not in TURNS[item.standing]:
        yield Problem(code="turn_not_offered", field="change", facts={"standing": item.standing})
    if not entry.reason.strip():
        yield Problem(code="turn_reason_missing", field="reason")
    if entry.change in {ClassChange.RESOLVED, ClassChange.POLICY_CHANGED} and not entry.evidence.strip():
        yield Problem(code="turn_evidence_missing", field="evidence")
    if entry.change in WATCHED_ON and entry.watch_on is None:
        yield Problem(code="watch_day_missing", field="watch_on")
    if entry.watch_on and entry.change in WATCHED_ON and entry.watch_on <= entry.on:
        yield Problem(code="watch_day_early", field="watch_on")
    days = [each.replied_on for each in (item.first, *item.changes) if each and each.replied_on]
    if days and entry.on < max(days):
        yield Problem(code="turn_before_last", field="on", facts={"day": max(days)})


def watch_problems(entry: WatchEntry) -> Iterator[Problem]:
    """What is missing in what shall be watched."""
    if not entry.promise.strip():
        yield Problem(code="watched_promise_missing", field="promise")
    if entry.watch_on is None:
        yield Problem(code="watch_day_missing", field="watch_on")


def class_after(item: Item, change: Code[ClassChange]) -> str:
    """The letter an item has after a turn."""
    classes = classes_of(item.scheme)
    if change == ClassChange.RESOLVED:
        return classes.solved
    if change == ClassChange.POLICY_CHANGED:
        return classes.aside
    return classes.tracked[0] if change == ClassChange.RETROSPECTIVE_CHECK else item.now_class


def after_turn(item: Item, entry: TurnEntry, id: Id) -> tuple[Commitment, Reply]:
    """The commitment as a turn leaves it, and the answer `id` that keeps the turn; what stood before stands."""
    before, change = item.commitment, entry.change
    state = {ClassChange.RESOLVED: CommitmentState.CLEARED, ClassChange.POLICY_CHANGED: CommitmentState.DROPPED}
    watched = change in WATCHED_ON
    commitment = replace(
        before,
        state=CommitmentState.OPEN if watched else state[ClassChange(change)],
        progress=entry.reason.strip(),
        cleared_on=None if watched else entry.on,
        watch_on=entry.watch_on if watched else before.watch_on,
    )
    answer = Reply(
        id=id,
        suggestion=before.suggestion,
        assignment=item.first.assignment if item.first else "",
        unit=before.unit,
        round=item.first.round if item.first else 1,
        supplementary=True,
        replied_on=entry.on,
        scheme=item.scheme,
        reply_class=class_after(item, change),
        class_change=change,
        commitment=before.id,
        evidence=entry.evidence.strip(),
        text=entry.reason.strip(),
        signed_by=entry.by.strip(),
    )
    return commitment, answer


def watched(reply: Reply, entry: WatchEntry, id: Id) -> Commitment:
    """The commitment `id` that follows what was promised in a reply."""
    return Commitment(
        id=id,
        suggestion=reply.suggestion,
        reply=reply.id,
        unit=reply.unit,
        promise=entry.promise.strip(),
        promised_by=entry.promised_by,
        watch_on=entry.watch_on,
        state=CommitmentState.OPEN,
    )


def watch_of(reply: Reply, today: date) -> WatchEntry:
    """What is watched of a planned answer where nobody said more: its own words, a year after it was given."""
    begun = reply.replied_on or today
    words = " ".join(reply.text.split())
    return WatchEntry(reply=reply.id, promise=words or reply.number, watch_on=begun + USUAL_WATCH)


def only_planned(reply: Reply) -> bool:
    """Whether a reply says that the matter will be solved, and no more."""
    return reply.reply_class in classes_of(reply.scheme).tracked


def plans_something(reply: Reply) -> bool:
    """Whether a reply of a unit says that the matter is planned, so that it must be watched."""
    return not reply.class_change and only_planned(reply)


def change_problems(before: Reply, later: Reply) -> Iterator[Problem]:
    """What a later word lacks that puts a unit's answer into another class: its reason, its evidence, a way to that class."""
    if later.reply_class in {"", before.reply_class}:
        return
    if not later.class_change:
        yield Problem(code="class_change_missing", field="class_change")
    elif later.class_change != _change_between(before, later):
        facts = {"before": before.reply_class, "after": later.reply_class}
        yield Problem(code="class_way_closed", field="class_change", facts=facts)
    if not later.evidence.strip():
        yield Problem(code="evidence_missing", field="evidence")


def _change_between(before: Reply, later: Reply) -> Code[ClassChange]:
    """The one reason for which a class turns into another (domain brief 1.9); empty where none does."""
    classes = classes_of(before.scheme)
    if before.reply_class in classes.tracked:
        ways = {classes.solved: ClassChange.RESOLVED, classes.aside: ClassChange.POLICY_CHANGED}
        return ways.get(later.reply_class, ClassChange.TRACKING)
    opened_again = before.reply_class == classes.solved and later.reply_class in classes.tracked
    return ClassChange.RETROSPECTIVE_CHECK if opened_again else ""


def all_struck_off(commitments: Sequence[Commitment]) -> bool:
    """Whether nothing among these is owed any more."""
    return all(each.state in CLOSED for each in commitments)


def entry_told(id: Id, subject: str, entry: TurnEntry) -> dict[str, Json]:
    """What was given for a turn so far as plain JSON, with the item it belongs to."""
    return {
        "of": id,
        "subject": subject,
        "change": str(entry.change),
        "on": entry.on.isoformat(),
        "reason": entry.reason,
        "evidence": entry.evidence,
        "watch_on": entry.watch_on.isoformat() if entry.watch_on else "",
        "by": entry.by,
    }


def entry_from(told: Mapping[str, Any]) -> TurnEntry:
    """The turn that `entry_told` told; raises `Refused("field_malformed")` for anything else."""
    with refused_as("commitment"):
        watch = str(told["watch_on"])
        return TurnEntry(
            change=known(ClassChange, str(told["change"])),
            on=date.fromisoformat(told["on"]),
            reason=str(told["reason"]),
            evidence=str(told["evidence"]),
            watch_on=date.fromisoformat(watch) if watch else None,
            by=str(told["by"]),
        )

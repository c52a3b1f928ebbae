"""A suggestion with everything that came of it, and who owes what in which round."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from app.domain.award import Award
from app.domain.handling import Assignment, Commitment, CommitmentState, HandlingRole, Outcome, Supervision
from app.domain.life import SuggestionEvent, SuggestionState
from app.domain.reply import Evaluation, Reply
from app.domain.review import Consultation, Review, ReviewStage
from app.domain.satisfaction import Satisfaction
from app.domain.step import Step
from app.domain.suggestion import Suggestion
from app.domain.tracking import Item, classes_of
from app.domain.values import Id

ANSWERING: Final = frozenset({HandlingRole.LEAD, HandlingRole.SOLE, HandlingRole.SEPARATE, ""})
"""The parts in handling that answer the deputy; a co-handler tells the lead its opinion (domain brief 1.8)."""

_S: Final = SuggestionState


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """The records of one suggestion, each kind in the order of entry."""

    suggestion: Suggestion
    steps: tuple[Step, ...] = ()
    reviews: tuple[Review, ...] = ()
    consultations: tuple[Consultation, ...] = ()
    assignments: tuple[Assignment, ...] = ()
    replies: tuple[Reply, ...] = ()
    evaluations: tuple[Evaluation, ...] = ()
    commitments: tuple[Commitment, ...] = ()
    supervisions: tuple[Supervision, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    awards: tuple[Award, ...] = ()

    # --- rounds

    @property
    def round(self) -> int:
        """The round of handling: the first until a deputy's dissatisfaction opens the next; by its slips, or by its replies."""
        return max(*(each.round for each in self.assignments), *(each.round for each in self.replies), 1, 1)

    @property
    def submission(self) -> int:
        """How often it was handed in: one time more than it was returned."""
        return 1 + sum(each.event == SuggestionEvent.RETURN for each in self.steps)

    def slips(self) -> tuple[Assignment, ...]:
        """What lies with units in this round; what was given back lies with them no more."""
        return tuple(each for each in self.assignments if (each.round or 1) == self.round and not each.objection_upheld)

    def answered_last(self) -> tuple[Assignment, ...]:
        """The slips of the newest round that has any, of units that answer the deputy."""
        newest = max((each.round for each in self.assignments), default=1)
        return tuple(each for each in self.assignments if each.round == newest and each.role in ANSWERING)

    # --- who owes what

    def owing(self) -> tuple[Assignment, ...]:
        """The slips of this round whose unit still has to answer the deputy."""
        answered = {each.assignment for each in self.answers()}
        return tuple(each for each in self.slips() if each.role in ANSWERING and each.id not in answered)

    def answers(self) -> tuple[Reply, ...]:
        """The formal replies of this round; a later word to the same round is none."""
        return tuple(each for each in self.replies if (each.round or 1) == self.round and not each.supplementary)

    def unsigned(self) -> tuple[Assignment, ...]:
        """Slips that nobody has signed for."""
        return tuple(each for each in self.slips() if each.signed_for_on is None)

    def objecting(self) -> tuple[Assignment, ...]:
        """Slips whose unit asks to give the matter back, and nobody has said yes or no."""
        return tuple(each for each in self.slips() if each.objected_on and each.objection_settled_on is None)

    def co_handling(self) -> tuple[Assignment, ...]:
        """The slips of co-handlers."""
        return tuple(each for each in self.slips() if each.role == HandlingRole.CO)

    def unevaluated(self) -> tuple[Reply, ...]:
        """The replies of this round that the deputy has said nothing of."""
        told = {each.reply for each in self.evaluations}
        return tuple(each for each in self.answers() if each.id not in told)

    def dissatisfied(self) -> tuple[Evaluation, ...]:
        """What the deputy said of this round and was not content with; of a sealed answer where the deputy lets that be known."""
        bad = Satisfaction.DISSATISFIED
        here = (each for each in self.evaluations if (each.round or 1) == self.round)
        return tuple(each for each in here if each.asks_again or bad in {each.attitude, each.result})

    def open_commitments(self) -> tuple[Commitment, ...]:
        """Promises nobody has struck off."""
        closed = {CommitmentState.CLEARED, CommitmentState.DROPPED}
        return tuple(each for each in self.commitments if each.state not in closed)

    # --- looking up

    def slip(self, id: Id) -> Assignment | None:
        """The slip of this identifier."""
        return next((each for each in self.assignments if each.id == id), None)

    def reply(self, id: Id) -> Reply | None:
        """The reply of this identifier."""
        return next((each for each in self.replies if each.id == id), None)

    def last_class(self, unit: Id) -> Reply | None:
        """The newest reply of a unit that tells a class; of any unit where this one has told none."""
        told = [each for each in self.replies if each.reply_class]
        return next((each for each in reversed(told) if each.unit == unit), told[-1] if told else None)

    def to_look_back_at(self) -> tuple[Reply, ...]:
        """The last word of each unit that told a class, but for what was laid aside as reference: nothing was promised there."""
        last = {each.unit: each for each in self.replies if each.reply_class}
        return tuple(each for each in last.values() if each.reply_class != classes_of(each.scheme).aside)

    def item(self, promise: Commitment) -> Item:
        """A promise with the reply it was made in and what changed it since."""
        changes = (each for each in self.replies if each.commitment == promise.id)
        return Item(commitment=promise, first=self.reply(promise.reply), changes=tuple(changes))

    def stage(self) -> ReviewStage:
        """Which review looks at it now."""
        first = self.suggestion.state in {_S.SUBMITTED, ""}
        return ReviewStage.FIRST_REVIEW if first else ReviewStage.SECOND_REVIEW


def earliest_due(slips: Sequence[Assignment]) -> date | None:
    """The first of the days by which units must answer."""
    days = [each.extended_to or each.due_on for each in slips if each.role in ANSWERING]
    return min((day for day in days if day), default=None)

"""Several seats, one view: heads, merges, and seats that exchange in any order and come to agree (package format 5.2)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from random import Random
from typing import Final

from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.ids import Stamp, uuid7
from app.domain.revisions import WHOLE_RECORD, Revision, heads_of, read_line, view_of
from app.domain.values import Json
from tests.app.domain.invented import numbered
from tests.app.domain.lines import revision

# --- heads and views ------------------------------------------------------------------------------------------------


def after(
    *parents: Revision, rev: int, body: Mapping[str, Json], hlc: str = "019b76daa800-0002", deleted: bool = False
) -> Revision:
    """A revision on top of others."""
    return revision(
        rev=numbered(rev),
        parents=tuple(each.rev for each in parents),
        gen=max((each.gen for each in parents), default=0) + 1,
        body=body,
        hlc=hlc,
        deleted=deleted,
    )


FIRST: Final = after(rev=1, body={"a": 1, "b": 1})
LATE: Final = "ffffffffffff-ffff"


def test_a_record_with_one_head_is_that_head() -> None:
    second = after(FIRST, rev=2, body={"a": 2})
    view = view_of([second, FIRST])
    assert (view.winner, view.heads, view.gen, view.body, view.disputed) == (second, (second.rev,), 2, {"a": 2}, ())


def test_a_descendant_beats_its_ancestor_whatever_the_clocks_say() -> None:
    early = after(FIRST, rev=2, body={"a": 2}, hlc="000000000000-0000")
    assert view_of([replace(FIRST, hlc=LATE), early]).winner == early


def test_changes_of_different_fields_join() -> None:
    one, other = after(FIRST, rev=2, body={"a": 2, "b": 1}), after(FIRST, rev=3, body={"a": 1, "b": 3, "c": 3})
    view = view_of([FIRST, one, other])
    assert (view.body, view.disputed, len(view.heads)) == ({"a": 2, "b": 3, "c": 3}, (), 2)


def test_the_same_change_twice_is_no_dispute() -> None:
    one, other = after(FIRST, rev=2, body={"a": 2}), after(FIRST, rev=3, body={"a": 2})
    view = view_of([FIRST, one, other])
    assert (view.body, view.disputed) == ({"a": 2}, ())


def test_a_field_changed_differently_is_flagged_and_shows_the_winners_value() -> None:
    one, other = after(FIRST, rev=2, body={"a": 2, "b": 1}, hlc=LATE), after(FIRST, rev=3, body={"a": 3, "b": 1})
    view = view_of([FIRST, one, other])
    assert (view.winner, view.body, view.disputed) == (one, {"a": 2, "b": 1}, ("a",))


def test_a_field_taken_out_in_one_branch_is_gone() -> None:
    one, other = after(FIRST, rev=2, body={"a": 1}), after(FIRST, rev=3, body={"a": 3, "b": 1})
    assert view_of([FIRST, one, other]).body == {"a": 3}


def test_fields_of_a_group_come_from_one_branch_together() -> None:
    groups = [("state", "due_on", "unit")]
    start = after(rev=1, body={"state": "approved", "subject": "甲"})
    assigned = after(start, rev=2, body={"state": "assigned", "due_on": "2026-12-05", "unit": "u", "subject": "甲"}, hlc=LATE)
    closed = after(start, rev=3, body={"state": "closed", "subject": "乙"})
    view = view_of([start, assigned, closed], groups)
    assert view.body == {"state": "assigned", "due_on": "2026-12-05", "unit": "u", "subject": "乙"}
    assert view.disputed == ("due_on", "state", "unit")
    apart = view_of([start, assigned, closed])
    assert apart.disputed == ("state",)


def test_a_group_changed_in_one_branch_only_is_taken_whole() -> None:
    start = after(rev=1, body={"state": "approved", "due_on": "2026-01-01"})
    one, other = after(start, rev=2, body={"state": "closed"}), after(start, rev=3, body={**start.body, "subject": "乙"})
    view = view_of([start, one, other], [("state", "due_on")])
    assert (view.body, view.disputed) == ({"state": "closed", "subject": "乙"}, ())


def test_an_edit_beside_a_removal_stays_visible_and_flagged() -> None:
    removed, edited = after(FIRST, rev=2, body=FIRST.body, hlc=LATE, deleted=True), after(FIRST, rev=3, body={"a": 3})
    view = view_of([FIRST, removed, edited])
    assert (view.winner, view.deleted, view.body, view.disputed) == (edited, False, {"a": 3}, (WHOLE_RECORD,))
    assert view_of([FIRST, removed]).deleted


def test_without_a_common_ancestor_the_whole_record_is_flagged_until_the_gap_closes() -> None:
    middle = after(FIRST, rev=2, body={"a": 2, "b": 1})
    one, other = after(middle, rev=3, body={"a": 3, "b": 1}), after(FIRST, rev=4, body={"a": 1, "b": 4})
    with_gap = view_of([FIRST, one, other])
    assert (with_gap.winner, with_gap.body, with_gap.disputed) == (one, one.body, (WHOLE_RECORD,))
    closed = view_of([FIRST, middle, one, other])
    assert (closed.body, closed.disputed) == ({"a": 3, "b": 4}, ())


def test_one_save_on_all_heads_closes_a_conflict() -> None:
    one, other = after(FIRST, rev=2, body={"a": 2}), after(FIRST, rev=3, body={"a": 3})
    closing = after(one, other, rev=4, body={"a": 4})
    view = view_of([other, closing, FIRST, one])
    assert (view.heads, view.body, view.disputed) == ((closing.rev,), {"a": 4}, ())


def test_revisions_that_name_each_other_as_parents_leave_a_head_all_the_same() -> None:
    one = revision(rev=numbered(2), parents=(numbered(3),), gen=2)
    other = revision(rev=numbered(3), parents=(numbered(2),), gen=2)
    itself = revision(rev=numbered(4), parents=(numbered(4),), gen=2)
    assert {each.rev for each in heads_of([one, other, itself])} == {numbered(2), numbered(3), numbered(4)}
    assert view_of([one, other, itself]).winner == itself


@given(st.integers(0, 1 << 32), st.integers(2, 25))
def test_heads_and_view_do_not_depend_on_the_order_of_arrival(seed: int, number: int) -> None:
    chance = Random(seed)
    history = branching(chance, number)
    shuffled = chance.sample(history, len(history)) + chance.choices(history, k=3)
    assert heads_of(shuffled) == heads_of(history)
    assert view_of(shuffled) == view_of(history)


def branching(chance: Random, number: int) -> list[Revision]:
    """A record's history with branches, joins, removals and clocks that mean nothing."""
    history = [FIRST]
    for rev in range(2, number + 1):
        parents = chance.sample(history, min(len(history), chance.choice([1, 1, 1, 2])))
        body = {name: chance.randrange(4) for name in chance.sample("abcd", 2)}
        stamp = str(Stamp(chance.getrandbits(48), chance.getrandbits(16)))
        history.append(after(*parents, rev=rev, body=body, hlc=stamp, deleted=chance.random() < 0.1))
    return history


# --- several seats, exchanging as they can (package format 5.2) ---------------------------------------------------

HOUR: Final = 3_600_000
YEAR: Final = 365 * 24 * HOUR
START: Final = 1_795_222_800_000
SEATS: Final = 3


@dataclass
class Replica:
    """One seat with its own clock, or the province, which saves nothing."""

    number: int
    wrong_by: int  # milliseconds
    known: dict[str, Revision] = field(default_factory=dict)
    stamp: Stamp = field(default_factory=Stamp)

    def save(self, chance: Random, now: int, changes: Mapping[str, Json], *, deleted: bool = False) -> None:
        """A person saves what they see with some fields changed."""
        view = view_of(self.known.values()) if self.known else None
        self.stamp = self.stamp.next(now + self.wrong_by)
        made = revision(
            rev=uuid7(now, chance.getrandbits(74)),
            by=f"{self.number:016x}",
            parents=view.heads if view else (),
            gen=view.gen + 1 if view else 1,
            hlc=str(self.stamp),
            body={**(view.body if view else {}), **changes},
            deleted=deleted,
        )
        self.known[made.rev] = read_line(made.line())

    def take(self, revisions: Sequence[Revision], now: int) -> None:
        """A package arrives, or arrives again."""
        for each in revisions:
            self.known.setdefault(each.rev, each)
            self.stamp = self.stamp.seen(Stamp.parse(each.hlc), now + self.wrong_by)


@settings(max_examples=300)
@given(
    st.integers(0, 1 << 32),
    st.integers(5, 60),
    st.lists(st.integers(-YEAR * 11 // 10, 50 * YEAR), min_size=3, max_size=3),
)
def test_all_replicas_agree_whatever_was_exchanged_in_whatever_order(seed: int, steps: int, clocks: list[int]) -> None:
    chance = Random(seed)
    seats = [Replica(number, wrong) for number, wrong in enumerate(clocks)]
    province = Replica(SEATS, 0)
    replicas = [*seats, province]
    seats[0].save(chance, START, {"a": 0, "b": 0})
    made = dict(seats[0].known)
    for step in range(steps):
        now = START + step * HOUR
        here, there = chance.choice(seats), chance.choice(replicas)
        if here.known and chance.random() < 0.6:
            changes = {name: chance.randrange(9) for name in chance.sample("abcdef", 2)}
            here.save(chance, now, changes, deleted=chance.random() < 0.1)
        held = list(here.known.values())
        there.take(chance.choices(held, k=chance.randrange(len(held) + 2)) if held else [], now)
        made |= here.known
    for one in replicas:
        for other in replicas:
            other.take(chance.sample(list(one.known.values()), len(one.known)), START)
    assert all(each.known.keys() == made.keys() for each in replicas), "a revision was lost"
    views = [view_of(each.known.values()) for each in replicas]
    assert all(view == views[0] for view in views)
    _assert_every_change_is_seen_or_flagged(list(made.values()))
    seats[1].save(chance, START, {"a": 99})
    for each in replicas:
        each.take(list(seats[1].known.values()), START)
        closed = view_of(each.known.values())
        assert (len(closed.heads), closed.disputed, closed.body["a"], closed.deleted) == (1, (), 99, False)


def _assert_every_change_is_seen_or_flagged(history: list[Revision]) -> None:
    """Each field shows what one of the heads says; where it is not flagged, others can only differ by what all had before."""
    view = view_of(history)
    known = {each.rev: each for each in history}
    bodies = [known[head].body for head in view.heads]
    for name in {name for body in bodies for name in body}:
        said = {body.get(name) for body in bodies}
        assert view.body.get(name) in said
        if not {name, WHOLE_RECORD} & set(view.disputed):
            assert len(said) <= 2

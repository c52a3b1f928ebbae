"""Turns of tracked items: the table of the domain brief; the first class stays, nothing is struck off without a reason."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.handling import Commitment, CommitmentState
from app.domain.reply import ClassChange, Reply, ReplyScheme
from app.domain.tracking import (
    CLASSES,
    CLOSED,
    TURNS,
    WATCHED_ON,
    Item,
    Standing,
    TurnEntry,
    after_turn,
    change_problems,
    classes_of,
    entry_from,
    entry_told,
    plans_something,
    turn_problems,
)

ON = date(2026, 11, 20)
C = ClassChange


def an_item(letter: str = "B", state: CommitmentState = CommitmentState.OPEN, scheme: ReplyScheme = ReplyScheme.HUNAN_3) -> Item:
    first = Reply(id="r", suggestion="s", unit="u", scheme=scheme, reply_class=letter, replied_on=date(2024, 5, 1), round=1)
    return Item(commitment=Commitment(id="c", suggestion="s", reply="r", unit="u", promise="修路", state=state), first=first)


def an_entry(change: ClassChange, **told: object) -> TurnEntry:
    usual = {"on": ON, "reason": "已通车", "evidence": "现场照片", "watch_on": ON + timedelta(days=180)}
    return TurnEntry(change=change, **{**usual, **told})  # type: ignore[arg-type]  # fields by name


def turned(item: Item, entry: TurnEntry, id: str = "n") -> Item:
    commitment, answer = after_turn(item, entry, id)
    return replace(item, commitment=commitment, changes=(*item.changes, answer))


@pytest.mark.parametrize(
    ("change", "letter", "standing"),
    [
        (C.RESOLVED, "A", Standing.SOLVED),
        (C.POLICY_CHANGED, "C", Standing.ASIDE),
        (C.TRACKING, "B", Standing.TRACKED),
    ],
)
def test_a_planned_item_becomes_solved_or_reference_or_is_tracked_on(change: C, letter: str, standing: Standing) -> None:
    after = turned(an_item(), an_entry(change))
    assert (after.now_class, after.first_class, after.standing) == (letter, "B", standing)
    assert after.commitment.cleared_on == (None if change is C.TRACKING else ON)


def test_solved_is_opened_again_by_looking_back_alone() -> None:
    solved = an_item("A", CommitmentState.CLEARED)
    assert TURNS[solved.standing] == (C.RETROSPECTIVE_CHECK,)
    again = turned(solved, an_entry(C.RETROSPECTIVE_CHECK, reason="路灯又灭了"))
    assert (again.first_class, again.now_class, again.standing, again.open) == ("A", "B", Standing.TRACKED, True)
    assert again.changes[-1].class_change == C.RETROSPECTIVE_CHECK
    assert again.changes[-1].text == "路灯又灭了"


def test_a_promise_of_a_solved_answer_waits_until_it_is_kept() -> None:
    promised = an_item("A")
    assert promised.standing is Standing.PROMISED
    assert C.POLICY_CHANGED not in TURNS[promised.standing]
    assert turned(promised, an_entry(C.RESOLVED)).standing is Standing.SOLVED
    assert turned(promised, an_entry(C.TRACKING)).now_class == "A"


@pytest.mark.parametrize(
    ("entry", "wrong"),
    [
        (an_entry(C.RESOLVED, reason=" "), "turn_reason_missing"),
        (an_entry(C.RESOLVED, evidence=""), "turn_evidence_missing"),
        (an_entry(C.POLICY_CHANGED, evidence=""), "turn_evidence_missing"),
        (an_entry(C.TRACKING, watch_on=None), "watch_day_missing"),
        (an_entry(C.TRACKING, watch_on=ON), "watch_day_early"),
        (an_entry(C.RETROSPECTIVE_CHECK), "turn_not_offered"),
        (an_entry(C.RESOLVED, on=date(2024, 4, 30)), "turn_before_last"),
    ],
)
def test_what_is_missing_is_told(entry: TurnEntry, wrong: str) -> None:
    assert [each.code for each in turn_problems(an_item(), entry)] == [wrong]


def test_every_scheme_says_what_is_solved_tracked_and_reference() -> None:
    assert set(CLASSES) == set(ReplyScheme)
    assert classes_of("a newer one").solved == "A"
    assert plans_something(Reply(id="r", scheme=ReplyScheme.NPC_4, reply_class="C"))
    assert not plans_something(Reply(id="r", scheme=ReplyScheme.HUNAN_3, reply_class="C"))
    assert turned(an_item("乙", scheme=ReplyScheme.JIA_YI_BING), an_entry(C.POLICY_CHANGED)).now_class == "丙"


@pytest.mark.parametrize(
    ("scheme", "before", "after", "change", "wrong"),
    [
        (ReplyScheme.HUNAN_3, "B", "A", C.RESOLVED, []),
        (ReplyScheme.HUNAN_3, "B", "C", C.POLICY_CHANGED, []),
        (ReplyScheme.HUNAN_3, "A", "B", C.RETROSPECTIVE_CHECK, []),
        (ReplyScheme.NPC_4, "B", "C", C.TRACKING, []),
        (ReplyScheme.JIA_YI_BING, "乙", "丙", C.POLICY_CHANGED, []),
        (ReplyScheme.HUNAN_3, "A", "A", "", []),
        (ReplyScheme.HUNAN_3, "B", "", "", []),
        (ReplyScheme.HUNAN_3, "B", "A", "", ["class_change_missing"]),
        (ReplyScheme.HUNAN_3, "A", "B", C.TRACKING, ["class_way_closed"]),
        (ReplyScheme.HUNAN_3, "B", "A", C.POLICY_CHANGED, ["class_way_closed"]),
        (ReplyScheme.HUNAN_3, "A", "C", C.POLICY_CHANGED, ["class_way_closed"]),
        (ReplyScheme.HUNAN_3, "C", "A", C.RESOLVED, ["class_way_closed"]),
        (ReplyScheme.NPC_4, "D", "C", C.TRACKING, ["class_way_closed"]),
    ],
)
def test_a_later_class_is_reached_by_the_way_of_its_reason_alone(
    scheme: ReplyScheme, before: str, after: str, change: str, wrong: list[str]
) -> None:
    first = Reply(id="first", scheme=scheme, reply_class=before)
    later = Reply(id="later", scheme=scheme, reply_class=after, class_change=change, evidence="现场查看")
    assert [each.code for each in change_problems(first, later)] == wrong
    if after not in {"", before}:
        assert "evidence_missing" in [each.code for each in change_problems(first, replace(later, evidence=""))]


def test_an_entry_comes_back_from_its_draft() -> None:
    entry = an_entry(C.TRACKING, by="联络员甲")
    assert entry_from(entry_told("c", "修路", entry)) == entry


@given(st.lists(st.sampled_from(list(C)), max_size=12), st.sampled_from(list(ReplyScheme)), st.booleans())
def test_whatever_happens_nothing_is_overwritten_and_only_the_table_is_followed(
    turns: list[C], scheme: ReplyScheme, promised: bool
) -> None:
    letters = classes_of(scheme)
    item = an_item(letters.solved if promised else letters.tracked[0], scheme=scheme)
    first, taken = item.first_class, 0
    for number, change in enumerate(turns):
        on = ON + timedelta(days=number)
        entry = an_entry(change, on=on, watch_on=on + timedelta(days=30))
        if list(turn_problems(item, entry)):
            assert change not in TURNS[item.standing]
            continue
        past, item, taken = item.changes, turned(item, entry, f"n{number}"), taken + 1
        assert item.changes[:-1] == past
        assert item.first_class == first
        assert item.open == (item.commitment.state not in CLOSED) == (change in WATCHED_ON)
        assert bool(item.commitment.cleared_on) != item.open
    assert len(item.changes) == taken

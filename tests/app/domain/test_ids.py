"""Identifiers and stamps: they grow, whatever the computer's clock does."""

from random import Random
from uuid import RFC_4122, UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.ids import MILLISECONDS_A_DAY, IdMaker, Stamp, uuid7
from app.domain.values import is_id

MOMENTS = st.integers(0, (1 << 48) - 1)
STAMPS = st.builds(Stamp, MOMENTS, st.integers(0, 0xFFFF))
NOW = 1_795_222_800_000


def all_ones(bits: int) -> int:
    """The largest number of so many bits."""
    return (1 << bits) - 1


@given(MOMENTS, st.integers(0, (1 << 74) - 1))
def test_an_identifier_says_its_version_its_moment_and_its_bits(moment: int, tail: int) -> None:
    text = uuid7(moment, tail)
    made = UUID(text)
    assert is_id(text)
    assert (made.version, made.variant) == (7, RFC_4122)
    assert made.int >> 80 == moment
    assert (made.int >> 64 & 0xFFF) << 62 | made.int & (1 << 62) - 1 == tail


@given(MOMENTS, MOMENTS, st.integers(0, (1 << 74) - 1), st.integers(0, (1 << 74) - 1))
def test_identifiers_sort_by_moment(earlier: int, later: int, one: int, other: int) -> None:
    if earlier != later:
        assert (uuid7(earlier, one) < uuid7(later, other)) == (earlier < later)


@given(st.lists(MOMENTS, min_size=2, max_size=30), st.randoms(use_true_random=False))
def test_made_identifiers_grow_though_the_clock_is_set_back(hands: list[int], chance: Random) -> None:
    coming = iter(hands)
    make = IdMaker(lambda: next(coming), chance.getrandbits)
    made = [make() for _ in hands]
    assert made == sorted(set(made))


def test_identifiers_of_one_moment_are_all_different() -> None:
    make = IdMaker(lambda: NOW, Random(1).getrandbits)
    made = [make() for _ in range(2000)]
    assert made == sorted(set(made))
    assert {UUID(each).int >> 80 for each in made} == {NOW}


def test_a_moment_that_is_full_borrows_from_the_next() -> None:
    make = IdMaker(lambda: NOW, all_ones)
    first = make()
    made = [make() for _ in range(5)]
    assert first < made[0]
    full = IdMaker(lambda: NOW, lambda bits: (1 << 74) - 2 if bits > 32 else 5)
    before, after = full(), full()
    assert before < after
    assert UUID(after).int >> 80 == NOW + 1


# --- stamps --------------------------------------------------------------------------------------------------------


@given(STAMPS)
def test_a_stamp_is_read_as_it_was_written(stamp: Stamp) -> None:
    assert Stamp.parse(str(stamp)) == stamp


@given(STAMPS, STAMPS)
def test_stamps_sort_as_text(one: Stamp, other: Stamp) -> None:
    assert (str(one) < str(other)) == (one < other)


@given(st.text(alphabet="0123456789abcdefABCDEFx+-_ ０", min_size=17, max_size=17) | st.text(max_size=20))
def test_only_what_a_stamp_writes_is_a_stamp(text: str) -> None:
    try:
        stamp = Stamp.parse(text)
    except ValueError:
        return
    assert str(stamp) == text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "019b76daa800",
        "019b76daa800-000",
        "019b76daa800-00000",
        "019B76DAA800-0002",
        "019b76daa800_0002",
        "0x9b76daa800-0002",
        "+19b76daa800-0002",
        "019b_6daa800-0002",
        "０19b76daa800-0002",
        " 19b76daa800-0002",
        "019b76daa800--002",
    ],
)
def test_another_text_is_no_stamp(text: str) -> None:
    with pytest.raises(ValueError, match="no stamp"):
        Stamp.parse(text)


@given(STAMPS, MOMENTS)
def test_the_next_stamp_is_later_and_not_before_now(stamp: Stamp, now: int) -> None:
    following = stamp.next(now)
    assert following > stamp
    assert following.milliseconds >= now


def test_stamps_grow_though_the_clock_is_set_back_by_decades() -> None:
    stamp, made = Stamp(), []
    for now in (NOW, NOW, NOW - 50 * 365 * MILLISECONDS_A_DAY, 0, NOW + 1):
        stamp = stamp.next(now)
        made.append(stamp)
    assert made == [Stamp(NOW, 0), Stamp(NOW, 1), Stamp(NOW, 2), Stamp(NOW, 3), Stamp(NOW + 1, 0)]


def test_a_full_counter_goes_on_in_the_next_millisecond() -> None:
    assert Stamp(NOW, 0xFFFF).next(NOW) == Stamp(NOW + 1, 0)


def test_a_stamp_from_elsewhere_is_believed_within_a_day() -> None:
    ours, limit = Stamp(NOW, 3), NOW + MILLISECONDS_A_DAY
    assert ours.seen(Stamp(limit, 7), NOW) == Stamp(limit, 7)
    assert ours.seen(Stamp(limit + 1, 0), NOW) == ours
    assert ours.seen(Stamp(NOW - 1, 9), NOW) == ours


@given(STAMPS, STAMPS, MOMENTS)
def test_meeting_a_stamp_never_sets_the_clock_back(ours: Stamp, other: Stamp, now: int) -> None:
    met = ours.seen(other, now)
    assert met >= ours
    assert met in {ours, other}

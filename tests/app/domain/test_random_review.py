"""The draw: the same seed draws the same of the same pool, whatever its order; the vector can be checked with any program."""

from hashlib import sha256

from hypothesis import given
from hypothesis import strategies as st

from app.domain.handling import Supervision
from app.domain.random_review import ReviewPart, digest_of_pool, draw_problems, drawn, filled, parts_done
from app.domain.satisfaction import Satisfaction

ids = st.lists(st.uuids().map(str), max_size=40, unique=True)


def test_the_draw_is_that_of_the_published_rule() -> None:
    pool = [f"00000000-0000-7000-8000-{number:012d}" for number in range(64)]
    by_hand = sorted(pool, key=lambda each: sha256(b"zy-2022\n" + each.encode()).digest())[:10]
    assert list(drawn("zy-2022", pool, 10)) == by_hand
    by_other_programs = "09 17 27 57 50 05 15 63 18 47"  # sha256sum and sort
    assert [each[-2:] for each in by_hand] == by_other_programs.split()


@given(ids, st.text(max_size=10), st.integers(min_value=-2, max_value=50), st.randoms())
def test_the_order_of_the_pool_and_repeats_do_not_matter(pool: list[str], seed: str, many: int, chance: object) -> None:
    seed = seed.encode(errors="replace").decode()
    first = drawn(seed, pool, many)
    assert drawn(seed, [*reversed(pool), *pool], many) == first
    assert len(first) == max(0, min(many, len(pool)))
    assert len(set(first)) == len(first)
    assert set(first) <= set(pool)
    assert digest_of_pool(pool) == digest_of_pool(pool[::-1])


@given(ids, st.integers(min_value=0, max_value=20))
def test_who_is_drawn_of_fewer_is_drawn_of_more(pool: list[str], many: int) -> None:
    assert drawn("s", pool, many) == drawn("s", pool, many + 1)[:many]


def test_a_draw_that_is_none_is_told() -> None:
    codes = [[each.code for each in draw_problems(*told)] for told in ((" ", ["a"], 1), ("s", ["a"], 0), ("s", ["a"], 2))]
    assert codes == [["seed_missing"], ["draw_of_none"], ["draw_beyond_pool"]]


def test_the_four_steps_are_told_by_what_is_written() -> None:
    sheet = Supervision(id="s", on=None)
    assert parts_done(sheet) == ()
    whole = filled(sheet, report="已完工", comment="较好", test=Satisfaction.SATISFIED)
    assert parts_done(whole) == (ReviewPart.REPORT, ReviewPart.COMMENT, ReviewPart.TEST)

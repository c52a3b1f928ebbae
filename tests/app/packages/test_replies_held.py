"""Which replies are held, told and read back: any numbers survive, and what was never told is not made up."""

from hypothesis import given
from hypothesis import strategies as st

from app.packages.replies_held import held_told, runs_held

BODY = "019b76da-a800-7000-8000-0000000000b0"


@given(st.sets(st.integers(1, 60)))
def test_any_numbers_survive(numbers: set[int]) -> None:
    told = held_told(BODY, numbers)
    runs = runs_held(BODY, told | {"4d8e2a6f90b1c3d7/12345678": 9})
    assert runs is not None
    assert {each for first, last in runs for each in range(first, last + 1)} == numbers


def test_the_words_of_the_description() -> None:
    assert held_told(BODY, {1, 2, 5, 6, 9}) == {f"{BODY}/e1": 2, f"{BODY}/e1/5": 6, f"{BODY}/e1/9": 9}
    assert held_told(BODY, ()) == {f"{BODY}/e1": 0}
    assert runs_held(BODY, {f"{BODY}/e1": 0, f"{BODY}/e1/x": 7}) == [(1, 0)]
    assert runs_held(BODY, {"another/e1": 3}) is None

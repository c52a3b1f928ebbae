"""Fingerprints: the same for both ends, forgiving how they are typed, not how they read."""

import pytest

from app.packages.fingerprint import agrees, is_fingerprint, spoken

DIGEST, OTHER = "ab" * 32, "ab" * 31 + "ac"


def test_twelve_digits_stand_for_a_digest() -> None:
    assert spoken(DIGEST) == "9213 5858 7100"
    assert spoken(OTHER) != spoken(DIGEST)
    assert [len(group) for group in spoken(OTHER).split(" ")] == [4, 4, 4]


@pytest.mark.parametrize("typed", [DIGEST, DIGEST.upper(), "AB:" * 31 + "AB", " " + DIGEST[:32] + "\n" + DIGEST[32:]])
def test_the_whole_one_agrees_however_it_is_typed(typed: str) -> None:
    assert is_fingerprint(typed)
    assert agrees(typed, DIGEST)
    assert not agrees(typed, OTHER)


def test_the_spoken_one_agrees() -> None:
    for typed in (spoken(DIGEST), spoken(DIGEST).replace(" ", ""), spoken(DIGEST).replace(" ", "-")):
        assert is_fingerprint(typed)
        assert agrees(typed, DIGEST)
        assert not agrees(typed, OTHER)


@pytest.mark.parametrize("typed", ["", DIGEST[:-1], DIGEST + "0", "1234", "口" * 64, "１" * 12])
def test_anything_else_agrees_with_nothing(typed: str) -> None:
    assert not is_fingerprint(typed)
    assert not agrees(typed, DIGEST)

"""Readers of strangers' bytes over altered samples, always the same ones; `make fuzz` looks further."""

import pytest

from tests.fuzz.harness import HARNESSES, mutations

NUMBER = 250  # of each sample


@pytest.mark.parametrize("name", HARNESSES)
def test_what_is_honest_is_taken(name: str) -> None:
    assert HARNESSES[name].honest
    assert [HARNESSES[name].takes(each) for each in HARNESSES[name].honest] == [True] * len(HARNESSES[name].honest)


@pytest.mark.parametrize("name", HARNESSES)
def test_altered_bytes_end_well_or_in_a_code(name: str) -> None:
    harness = HARNESSES[name]
    taken = [harness.takes(each) for seed, sample in enumerate(harness.honest) for each in mutations(sample, seed, NUMBER)]
    assert taken.count(False) > len(taken) // 2
    assert not harness.takes(b"")

import pytest

from app.errors import Refused
from app.packages.faults import FATES, SECURITY, WARNINGS, Fate, PackageFault, fate_of


def test_a_fault_is_a_refusal_with_its_facts() -> None:
    fault = PackageFault("E_LIMIT", bytes=5, limit=3)
    assert isinstance(fault, Refused)
    assert (fault.code, fault.facts) == ("E_LIMIT", {"bytes": 5, "limit": 3})


@pytest.mark.parametrize(
    ("code", "fate"),
    [("E_CONTAINER", Fate.FINAL), ("E_FORMAT_NEW", Fate.PARKED), ("E_FORK", Fate.PARKED), ("E_BUSY", Fate.RETRY)],
)
def test_every_code_has_its_fate(code: str, fate: Fate) -> None:
    assert fate_of(code) is fate


def test_a_code_of_no_table_is_final() -> None:
    assert fate_of("E_NEVER_HEARD_OF") is Fate.FINAL


def test_what_somebody_must_look_at_is_in_the_table_and_a_warning_is_no_fault() -> None:
    assert FATES.keys() >= SECURITY
    assert not WARNINGS & FATES.keys()

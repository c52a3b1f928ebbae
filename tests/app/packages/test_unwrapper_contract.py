"""The contract of a receiving key: the program's own keeps it, doubles that break it are found out and read nothing."""

import re
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from app.errors import AppError
from app.packages.envelope import keyid_of
from app.packages.sm4 import Unwrapper
from tests.app.packages.gm_parcels import GM_OTHERS, GM_OURS, GM_READER, GmForgery, gm_believing
from tests.app.packages.parcels import issue_entry, line, unpacked
from tests.app.packages.pluggable import ForeignError, Pluggable, StaysAway
from tests.app.packages.unwrapper_contract import CLAUSES, broken
from tests.sources import ROOT

GOOD = GmForgery(entries=[issue_entry(line(1))]).sealed()


class SoftKey(Pluggable):
    """The provider that the program uses, in the hands of a station whose database can be away."""

    secrets: tuple[bytes, ...] = (GM_OURS.secret,)

    def __init__(self) -> None:
        self.unwrapper: Unwrapper = self

    @property
    def public(self) -> bytes:
        return GM_OURS.public

    @property
    def kid(self) -> str:
        return GM_OURS.kid

    def unwrap(self, wrapped: bytes) -> bytes:
        self.reach()
        return GM_OURS.unwrap(wrapped)


class AnotherKey(SoftKey):
    """Opens with a key that is not the one it names."""

    def unwrap(self, wrapped: bytes) -> bytes:
        super().unwrap(wrapped)
        return GM_OTHERS.unwrap(wrapped)


class Padded(SoftKey):
    """Gives the key inside a structure."""

    def unwrap(self, wrapped: bytes) -> bytes:
        return b"\x04\x30" + super().unwrap(wrapped)


class Cached(SoftKey):
    """Gives the key it opened last, as a broken session does."""

    last = b""

    def unwrap(self, wrapped: bytes) -> bytes:
        self.last = self.last or super().unwrap(wrapped)
        return self.last


class Misnamed(SoftKey):
    """Calls itself by another key's name."""

    @property
    def kid(self) -> str:
        return keyid_of(GM_OTHERS.public)


class Nameless(SoftKey):
    """Knows its own name only while it is there."""

    @property
    def kid(self) -> str:
        return GM_OURS.kid if self.here else ""


class Telling(SoftKey):
    """Says what was wrong with what it was given, from which a stranger learns to open it."""

    def unwrap(self, wrapped: bytes) -> bytes:
        if not wrapped.startswith(b"\x30"):
            raise ValueError("no DER")
        return super().unwrap(wrapped)


class Lenient(SoftKey):
    """Gives something instead of a refusal."""

    def unwrap(self, wrapped: bytes) -> bytes:
        try:
            return super().unwrap(wrapped)
        except ValueError:
            return bytes(48)


class Talkative(SoftKey):
    """Says the key that it opened where it is written into a log."""

    opened = b""

    def unwrap(self, wrapped: bytes) -> bytes:
        self.opened = super().unwrap(wrapped)
        return self.opened

    def __repr__(self) -> str:
        return f"Talkative({self.opened.hex()})"


class Foreign(ForeignError, SoftKey):
    """Lets its driver's own error out when it is pulled out."""


class Silent(SoftKey):
    """Pulled out, says that the package is none of its own."""

    def unwrap(self, wrapped: bytes) -> bytes:
        if not self.here:
            raise ValueError("not wrapped for this key")
        return super().unwrap(wrapped)


class Stuck(StaysAway, SoftKey):
    """Stays away once it was away."""


class Pretending(SoftKey):
    """Goes on when it was pulled out, with zeros."""

    def unwrap(self, wrapped: bytes) -> bytes:
        return super().unwrap(wrapped) if self.here else bytes(48)


DOUBLES: list[tuple[Callable[[], SoftKey], set[str]]] = [
    (AnotherKey, {"opens", "comes_back", "refuses_alike", "serves_two_at_once"}),
    (Padded, {"opens", "comes_back", "serves_two_at_once"}),
    (Cached, {"opens", "comes_back", "refuses_alike", "tells_its_absence", "serves_two_at_once"}),
    (Misnamed, {"is_named_by_its_key"}),
    (Nameless, {"is_named_by_its_key"}),
    (Telling, {"refuses_alike"}),
    (Lenient, {"refuses_alike"}),
    (Talkative, {"keeps_its_secret"}),
    (Foreign, {"tells_its_absence"}),
    (Silent, {"tells_its_absence"}),
    (Stuck, {"comes_back", "serves_two_at_once"}),
    (Pretending, {"tells_its_absence"}),
]


@cache
def found_out(double: type[SoftKey]) -> frozenset[str]:
    """The clauses that a double breaks; SM2 in Python takes its time."""
    return frozenset(broken(double()))


def test_the_key_that_the_program_uses_keeps_every_clause() -> None:
    assert broken(SoftKey()) == set()


@pytest.mark.parametrize(("double", "clauses"), DOUBLES, ids=lambda given: getattr(given, "__name__", ""))
def test_each_double_is_found_out(double: Callable[[], SoftKey], clauses: set[str]) -> None:
    found = found_out(double)
    assert found
    assert found <= clauses


def test_no_clause_lets_every_double_pass() -> None:
    found = {clause for double, _clauses in DOUBLES for clause in found_out(double)}
    assert found == CLAUSES.keys()


@pytest.mark.parametrize("double", [AnotherKey, Padded, Misnamed])
def test_by_what_is_not_the_key_no_package_is_read(double: Callable[[], SoftKey]) -> None:
    with pytest.raises(AppError, match=r"E_DECRYPT|E_NO_KEY"):
        unpacked(GOOD, gm_believing(), replace(GM_READER, unwrappers=[double()]))


@pytest.mark.parametrize(
    ("double", "code"),
    [(SoftKey, "keyring_locked"), (Foreign, "signer_failed"), (Silent, "E_DECRYPT"), (Pretending, "E_DECRYPT")],
)
def test_a_device_that_is_away_reads_nothing_and_the_package_is_read_once_it_is_back(double: type[SoftKey], code: str) -> None:
    device, package = double(), GOOD
    reader = replace(GM_READER, unwrappers=[device])
    device.pull_out()
    with pytest.raises(AppError, match=code):
        unpacked(package, gm_believing(), reader)
    device.put_back()
    assert unpacked(package, gm_believing(), reader)


def test_the_contract_in_the_docs_names_every_clause() -> None:
    page = Path(ROOT / "docs" / "hardware-keys.md").read_text("utf-8")
    part = page.partition("## The contract of opening")[2].partition("\n## ")[0]
    assert set(re.findall(r"^\| `(\w+)` \|", part, re.MULTILINE)) == CLAUSES.keys()

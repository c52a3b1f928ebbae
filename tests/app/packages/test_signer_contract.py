"""The contract of a signing key: the program's own keeps it, each double that breaks it is found out, and nothing is written."""

import hashlib
import re
from collections.abc import Callable
from pathlib import Path

import gmalg  # type: ignore[import-untyped]  # ships no types
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

from app.errors import AppError, Refused, Unavailable
from app.keys.identities import SigningKey
from app.packages import envelope
from app.packages.envelope import Signer, keyid_of
from tests.app.packages.gm_parcels import GM_SEAT
from tests.app.packages.pluggable import ForeignError, Pluggable, StaysAway
from tests.app.packages.signer_contract import CLAUSES, broken
from tests.app.use_cases.unsealing import numbers, outbox
from tests.builders import Pair, an_issue, save
from tests.sources import ROOT

STRANGER = Ed25519PrivateKey.generate()
TYPE = "application/vnd.llz.test+json"
OWN, OTHER = SigningKey(seed=bytes(range(32))), SigningKey(seed=bytes(32))


class SoftKey(Pluggable):
    """The provider that the program uses, in the hands of a station whose database can be away."""

    secrets: tuple[bytes, ...] = (OWN.seed,)

    def __init__(self) -> None:
        self.signer: Signer = self

    @property
    def keyid(self) -> str:
        return OWN.keyid

    @property
    def public(self) -> bytes:
        return OWN.public

    def sign(self, pae: bytes) -> bytes:
        self.reach()
        return OWN.sign(pae)


class SoftSm2(SoftKey):
    """The same of suite gm-1."""

    secrets = (GM_SEAT.secret,)

    @property
    def keyid(self) -> str:
        return GM_SEAT.keyid

    @property
    def public(self) -> bytes:
        return GM_SEAT.public

    def sign(self, pae: bytes) -> bytes:
        super().sign(pae)
        return GM_SEAT.sign(pae)


class Sm2OfAnotherId(SoftSm2):
    """Signs with the empty ID that OpenSSL's program takes where none is told."""

    def sign(self, pae: bytes) -> bytes:
        super().sign(pae)
        r, s = (int.from_bytes(each, "big") for each in gmalg.SM2(GM_SEAT.secret, b"0", GM_SEAT.public).sign(pae))
        return encode_dss_signature(r, s)


class AnotherKey(SoftKey):
    """Signs with a key that is not the one it names."""

    def sign(self, pae: bytes) -> bytes:
        super().sign(pae)
        return OTHER.sign(pae)


class Prehashed(SoftKey):
    """A device that hashes first, as many do by default."""

    def sign(self, pae: bytes) -> bytes:
        return super().sign(hashlib.sha512(pae).digest())


class Wrapped(SoftKey):
    """Gives its signature inside a structure."""

    def sign(self, pae: bytes) -> bytes:
        return b"\x04\x40" + super().sign(pae)


class Cached(SoftKey):
    """Gives the signature it made last, as a broken session does."""

    last = b""

    def sign(self, pae: bytes) -> bytes:
        self.last = self.last or super().sign(pae)
        return self.last


class Misnamed(SoftKey):
    """Calls itself by another key's name."""

    @property
    def keyid(self) -> str:
        return keyid_of(OTHER.public)


class Talkative(SoftKey):
    """Says its secret where it is written into a log."""

    def __repr__(self) -> str:
        return f"Talkative({OWN.seed.hex()})"


class Foreign(ForeignError, SoftKey):
    """Lets its driver's own error out when it is pulled out."""


class Stuck(StaysAway, SoftKey):
    """Stays away once it was away."""


class Pretending(SoftKey):
    """Goes on when it was pulled out, with zeros."""

    def sign(self, pae: bytes) -> bytes:
        return super().sign(pae) if self.here else bytes(64)


DOUBLES: list[tuple[type[SoftKey], set[str]]] = [
    (AnotherKey, {"signs", "comes_back", "serves_two_at_once"}),
    (Prehashed, {"signs", "comes_back", "serves_two_at_once"}),
    (Wrapped, {"signs", "comes_back", "serves_two_at_once"}),
    (Cached, {"signs", "comes_back", "tells_its_absence", "serves_two_at_once"}),
    (Misnamed, {"is_named_by_its_key"}),
    (Talkative, {"keeps_its_secret"}),
    (Foreign, {"tells_its_absence"}),
    (Stuck, {"comes_back", "serves_two_at_once"}),
    (Pretending, {"tells_its_absence"}),
]


@pytest.mark.parametrize("used", [SoftKey, SoftSm2])
def test_the_keys_that_the_program_uses_keep_every_clause(used: Callable[[], SoftKey]) -> None:
    assert broken(used()) == set()


@pytest.mark.parametrize(("double", "clauses"), DOUBLES, ids=lambda given: getattr(given, "__name__", ""))
def test_each_double_is_found_out(double: type[SoftKey], clauses: set[str]) -> None:
    found = broken(double())
    assert found
    assert found <= clauses


def test_no_clause_lets_every_double_pass() -> None:
    found = {clause for double, _clauses in DOUBLES for clause in broken(double())}
    assert found == CLAUSES.keys()


@pytest.mark.parametrize("double", [AnotherKey, Prehashed, Wrapped, Misnamed, Sm2OfAnotherId])
def test_what_is_no_signature_of_the_key_goes_into_no_envelope(double: Callable[[], SoftKey]) -> None:
    with pytest.raises(Unavailable, match="signer_faulty"):
        envelope.sign(TYPE, b"{}", [double()])


def test_a_driver_s_own_error_and_a_device_s_refusal_come_out_as_errors_with_codes() -> None:
    for double, code in ((Foreign, "signer_failed"), (SoftKey, "keyring_locked"), (Pretending, "signer_faulty")):
        signer = double()
        signer.pull_out()
        with pytest.raises(AppError, match=code):
            envelope.sign(TYPE, b"{}", [signer])


def raises(error: Exception) -> Callable[[SigningKey, bytes], bytes]:
    def sign(_key: SigningKey, _pae: bytes) -> bytes:
        raise error

    return sign


@pytest.mark.parametrize(
    ("sign", "code"),
    [
        (raises(OSError("SAR_NO_DEVICE")), "signer_failed"),
        (raises(TimeoutError()), "signer_failed"),
        (raises(Refused("signer_pin_wrong", left=2)), "signer_pin_wrong"),
        (lambda _key, pae: STRANGER.sign(pae), "signer_faulty"),
        (lambda _key, _pae: b"", "signer_faulty"),
    ],
    ids=["pulled out", "time over", "wrong PIN", "another key", "nothing"],
)
def test_a_station_whose_key_fails_hands_in_under_the_same_number_later(
    line: Pair, sign: Callable[[SigningKey, bytes], bytes], code: str
) -> None:
    save(line.station, an_issue(line.station))
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(SigningKey, "sign", sign)
        with pytest.raises(AppError, match=code):
            line.export()
    assert not list(line.stick.glob("*.llz"))
    assert outbox(line.station) == []
    assert numbers(line.station) == []
    line.export()
    (taken,) = line.intake()
    assert (taken.verdict, taken.new > 0) == ("accepted", True)
    assert [each.seq for each in numbers(line.station)] == [1]


def test_the_contract_in_the_docs_names_every_clause() -> None:
    page = Path(ROOT / "docs" / "hardware-keys.md").read_text("utf-8")
    assert set(re.findall(r"^\| `(\w+)` \|", page, re.MULTILINE)) >= CLAUSES.keys()

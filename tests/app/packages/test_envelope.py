import base64
import json
import shutil
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import ParamSpec

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from hypothesis import given
from hypothesis import strategies as st

from app.packages import closed, envelope
from app.packages.envelope import PublicKey
from app.packages.faults import PackageFault
from tests.app.packages.parcels import SigningKey

TYPE = "application/vnd.llz.test+json"
ANNA, BERT, CARL, DORA, EMIL = (SigningKey(bytes([number]) * 32) for number in range(10, 15))

Given = ParamSpec("Given")


def keys(*known: SigningKey) -> Mapping[str, PublicKey]:
    return {each.keyid: each.named for each in known}


def opened(data: bytes, known: Mapping[str, PublicKey], threshold: int = 1, payload_type: str = TYPE) -> bytes:
    return envelope.verify(envelope.read(data), payload_type, known, threshold)


def fault_of(act: Callable[Given, object], *args: Given.args, **options: Given.kwargs) -> str:
    with pytest.raises(PackageFault) as caught:
        act(*args, **options)
    return caught.value.code


@given(st.binary(max_size=300), st.sets(st.sampled_from([ANNA, BERT, CARL, DORA]), min_size=1))
def test_what_was_signed_is_what_is_read(payload: bytes, signers: set[SigningKey]) -> None:
    data = envelope.sign(TYPE, payload, list(signers))
    assert opened(data, keys(*signers), len(signers)) == payload


def test_the_signature_is_over_the_encoding_of_the_specification() -> None:
    signed = json.loads(envelope.sign(TYPE, b"hello", [ANNA]))
    pae = f"DSSEv1 {len(TYPE)} {TYPE} 5 hello".encode()
    Ed25519PublicKey.from_public_bytes(ANNA.public).verify(base64.b64decode(signed["signatures"][0]["sig"]), pae)


def test_openssl_agrees(tmp_path: Path, program: Callable[[str], str]) -> None:
    openssl = program("openssl")
    signed = json.loads(envelope.sign(TYPE, b"hello", [ANNA]))
    public = Ed25519PublicKey.from_public_bytes(ANNA.public).public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    (tmp_path / "key.pem").write_bytes(public)
    (tmp_path / "sig").write_bytes(base64.b64decode(signed["signatures"][0]["sig"]))
    (tmp_path / "pae").write_bytes(f"DSSEv1 {len(TYPE)} {TYPE} 5 hello".encode())
    command = [openssl, "pkeyutl", "-verify", "-pubin", "-inkey", "key.pem", "-rawin", "-in", "pae", "-sigfile", "sig"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert "Successfully" in done.stdout, done.stderr


def test_a_threshold_is_met_by_different_keys() -> None:
    data = envelope.sign(TYPE, b"x", [ANNA, BERT])
    assert opened(data, keys(ANNA, BERT, CARL), 2) == b"x"
    assert fault_of(opened, data, keys(ANNA, BERT, CARL), 3) == "E_SIGNATURE"


def test_one_bad_signature_beside_a_good_one_is_refused() -> None:
    plain = json.loads(envelope.sign(TYPE, b"x", [ANNA, BERT]))
    good, bad = plain["signatures"]
    bad["sig"] = good["sig"]
    for order in ([good, bad], [bad, good]):
        data = closed.compact(plain | {"signatures": order})
        assert fault_of(opened, data, keys(ANNA, BERT), 1) == "E_SIGNATURE"


def test_a_signature_of_an_unknown_key_is_refused_even_beside_a_known_one() -> None:
    data = envelope.sign(TYPE, b"x", [ANNA, BERT])
    assert fault_of(opened, data, keys(ANNA), 1) == "E_UNKNOWN_KEY"


def test_the_name_of_a_key_proves_nothing() -> None:
    data = envelope.sign(TYPE, b"x", [ANNA])
    assert fault_of(opened, data, {ANNA.keyid: BERT.named}) == "E_UNKNOWN_KEY"
    pretended = PublicKey(keyid=ANNA.keyid, key=BERT.public)
    assert fault_of(opened, data, {ANNA.keyid: pretended}) == "E_UNKNOWN_KEY"


def test_the_type_is_signed_and_must_be_the_expected_one() -> None:
    data = envelope.sign(TYPE, b"x", [ANNA])
    assert fault_of(opened, data, keys(ANNA), payload_type="application/vnd.llz.other+json") == "E_TYPE"
    renamed = closed.compact(json.loads(data) | {"payloadType": "application/vnd.llz.other+json"})
    assert fault_of(opened, renamed, keys(ANNA), payload_type="application/vnd.llz.other+json") == "E_SIGNATURE"


@pytest.mark.parametrize("signature", [b"", b"short", b"\0" * 64, b"\xff" * 64, b"\0" * 65])
def test_a_signature_of_any_shape_is_refused_in_words(signature: bytes) -> None:
    plain = json.loads(envelope.sign(TYPE, b"x", [ANNA]))
    plain["signatures"][0]["sig"] = base64.b64encode(signature).decode()
    assert fault_of(opened, closed.compact(plain), keys(ANNA)) == "E_SIGNATURE"


def test_a_key_that_is_none_is_refused_in_words() -> None:
    short = PublicKey(keyid=envelope.keyid_of(b"short"), key=b"short")
    plain = json.loads(envelope.sign(TYPE, b"x", [ANNA]))
    plain["signatures"][0]["keyid"] = short.keyid
    assert fault_of(opened, closed.compact(plain), {short.keyid: short}) == "E_SIGNATURE"


GOOD = json.loads(envelope.sign(TYPE, b"hello", [ANNA]))


@pytest.mark.parametrize(
    "change",
    [
        {"extra": 1},
        {"payload": 7},
        {"payload": "aGVsbG8"},
        {"payload": "aGVsbG8=\n"},
        {"payload": "aGVsbG9="},
        {"payload": "aGV-bG8="},
        {"payload": "aGVs bG8="},
        {"payload": "é"},
        {"signatures": []},
        {"signatures": GOOD["signatures"] * 2},
        {"signatures": [GOOD["signatures"][0] | {"cert": "x"}]},
        {"signatures": {}},
    ],
)
def test_only_the_narrow_form_is_read(change: dict[str, object]) -> None:
    assert fault_of(envelope.read, closed.compact(GOOD | change)) == "E_ENVELOPE"


def test_a_good_envelope_in_another_spelling_is_refused() -> None:
    good = closed.compact(GOOD)
    spelled = [
        json.dumps(GOOD, sort_keys=True).encode(),
        closed.compact(GOOD) + b"\n",
        b" " + closed.compact(GOOD),
        json.dumps(dict(reversed(GOOD.items())), separators=(",", ":")).encode(),
        good.replace(b"payloadType", b"payload\\u0054ype"),
    ]
    assert [fault_of(envelope.read, data) for data in spelled] == ["E_ENVELOPE"] * len(spelled)
    assert envelope.read(good).payload == b"hello"


def test_a_large_envelope_is_refused_unread() -> None:
    data = envelope.sign(TYPE, bytes(envelope.LARGEST), [ANNA])
    assert fault_of(envelope.read, data) == "E_JSON"
    assert len(envelope.read(data, limit=len(data)).payload) == envelope.LARGEST


@pytest.mark.parametrize("signers", [[], [ANNA, ANNA], [ANNA, BERT, CARL, DORA, EMIL]])
def test_one_to_four_different_signers_sign(signers: list[SigningKey]) -> None:
    with pytest.raises(ValueError, match="signers"):
        envelope.sign(TYPE, b"x", signers)


@given(st.binary(max_size=80))
def test_any_bytes_are_refused_in_words(data: bytes) -> None:
    assert fault_of(envelope.read, data) in {"E_JSON", "E_ENVELOPE"}


def test_a_keyid_is_the_hash_of_the_key(program: Callable[[str], str], tmp_path: Path) -> None:
    (tmp_path / "key").write_bytes(ANNA.public)
    command = [shutil.which("sha256sum") or program("sha256sum"), "key"]
    told = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True).stdout
    assert envelope.keyid_of(ANNA.public) == f"ed25519:{told[:16]}"

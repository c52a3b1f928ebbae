"""Packages of suite gm-1: what an honest one gives back, and what becomes of one that is damaged, altered, mixed or lowered."""

import io
import json
import tracemalloc
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from app.errors import AppError, Unavailable
from app.packages import closed, container, content, sm4, statement
from app.packages.container import ContainerFile
from app.packages.content import open_content
from app.packages.digests import Algorithm
from app.packages.faults import FATES, PackageFault
from app.packages.forms import GM_1, STD_1
from app.packages.manifest import LARGEST_CHUNK
from app.packages.seal import Attachment, seal
from app.packages.statement import Kind, Stream
from tests.app.packages.gm_parcels import (
    BOTH_POLICY,
    BOTH_READER,
    GM_OTHERS,
    GM_OURS,
    GM_READER,
    GM_SEAT,
    GM_THIEF,
    GmForgery,
    gm_believing,
    gm_heading,
    gm_sealed,
    gm_seat_of,
    wrapped_again,
)
from tests.app.packages.parcels import (
    READER,
    RECIPIENT,
    SEAT,
    Forgery,
    attachment,
    believing,
    contents,
    heading,
    issue_entry,
    line,
    seat_of,
    unpacked,
    verified,
)

ENTRIES = [issue_entry(line(1), line(2))]
GOOD = GmForgery(entries=ENTRIES).sealed()
BOTH = believing(gm_seat_of(), seat_of(SEAT), policy=BOTH_POLICY)


def fault_of(package: bytes, who: Any = None, reader: content.Reader = GM_READER) -> PackageFault:
    with pytest.raises(PackageFault) as caught:
        unpacked(package, who or gm_believing(), reader)
    return caught.value


def parts(package: bytes) -> tuple[bytes, bytes]:
    """Payload and envelope."""
    read = container.read(io.BytesIO(package))
    return package[read.payload_start :][: read.payload_bytes], read.statement


def boxed(payload: bytes, signed: bytes) -> bytes:
    """A container of the right form around any payload and any envelope."""
    file = io.BytesIO()
    made = ContainerFile(file, GM_1)
    made.write(payload)
    made.finish(signed)
    return file.getvalue()


def payload(**changes: Any) -> Callable[[dict[str, Any]], object]:
    return lambda members: members["payload"].update(changes)


def locks(**changes: Any) -> Callable[[dict[str, Any]], object]:
    return lambda members: members["payload"]["locks"].update(changes)


# --- honest ones --------------------------------------------------------------------------------------------------


def test_rows_and_files_come_back(tmp_path: Path) -> None:
    photo = b"a photograph" * 50_000
    rows = {"issue": [line(1), line(2)], "visit": [line(3, "visit")]}
    told = gm_sealed(tmp_path / "p.llz", contents(rows, [attachment(photo)]))
    assert (told.statement.suite, told.statement.payload.encoding) == ("gm-1", "sm4-ctr+tar")
    assert told.statement.payload.digest.startswith("sm3:")
    assert told.digest.startswith("sha256:"), "a name, as in every suite"
    found = unpacked(tmp_path / "p.llz", gm_believing(), GM_READER)
    assert {kind: found[kind] for kind in rows} == rows
    assert [each for name, each in found.items() if name.startswith("blobs/")] == [photo]


def test_a_piece_of_a_large_attachment_is_hashed_by_the_suite(tmp_path: Path) -> None:
    whole = bytes(LARGEST_CHUNK) + b"the end"
    gm_sealed(tmp_path / "p.llz", contents({}, [attachment(whole, LARGEST_CHUNK)]))
    assert list(unpacked(tmp_path / "p.llz", gm_believing(), GM_READER).values()) == [b"the end"]


def test_nothing_readable_lies_in_the_file(tmp_path: Path) -> None:
    gm_sealed(tmp_path / "p.llz", contents({"issue": [line(1, body="东街的张三说水停了")]}))
    data = (tmp_path / "p.llz").read_bytes()
    assert "张三".encode() not in data
    assert b"datapackage" not in data


def test_sealed_twice_nothing_of_the_keys_is_the_same(tmp_path: Path) -> None:
    first, second = (gm_sealed(tmp_path / "p.llz").statement.payload for _ in range(2))
    assert first.locks is not None
    assert second.locks is not None
    assert {first.locks.iv, first.locks.mac, first.locks.keys[0].key}.isdisjoint(
        {second.locks.iv, second.locks.mac, second.locks.keys[0].key}
    )
    assert first.digest != second.digest


def test_every_recipient_opens_it_and_nobody_else(tmp_path: Path) -> None:
    gm_sealed(tmp_path / "p.llz", recipients=[GM_OURS.recipient, GM_OTHERS.recipient, GM_OURS.recipient])
    for key in (GM_OURS, GM_OTHERS):
        reader = replace(GM_READER, unwrappers=[key])
        assert unpacked(tmp_path / "p.llz", gm_believing(), reader)["issue"] == [line(1), line(2)]
    assert fault_of((tmp_path / "p.llz").read_bytes(), reader=READER).code == "E_NO_KEY"


def test_a_body_of_both_suites_takes_both(tmp_path: Path) -> None:
    assert unpacked(GOOD, BOTH, BOTH_READER)["issue"] == [line(1), line(2)]
    assert unpacked(Forgery(entries=ENTRIES).sealed(), BOTH, BOTH_READER)["issue"] == [line(1), line(2)]


@pytest.mark.parametrize("recipients", [[], [RECIPIENT], ["BA=="], [GM_OURS.recipient + "\n"]])
def test_without_a_recipient_nothing_is_sealed(tmp_path: Path, recipients: list[str]) -> None:
    with pytest.raises(PackageFault, match="E_NO_KEY"):
        gm_sealed(tmp_path / "p.llz", recipients=recipients)
    assert not list(tmp_path.iterdir())


def test_nobody_seals_one_suite_with_a_key_of_the_other(tmp_path: Path) -> None:
    for head, recipients, signer in ((gm_heading(), [GM_OURS.recipient], SEAT), (heading(), [RECIPIENT], GM_SEAT)):
        with pytest.raises(PackageFault, match="E_SUITE"):
            seal(tmp_path / "p.llz", head, contents(), recipients=recipients, signer=signer)
    assert not list(tmp_path.iterdir())


# --- every byte ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("mask", [0x01, 0x80])
def test_no_byte_of_a_package_can_change(mask: int) -> None:
    changed = bytearray(GOOD)
    for place in range(len(GOOD)):
        changed[place] ^= mask
        with pytest.raises(PackageFault) as caught:
            verified(bytes(changed), gm_believing())
        assert caught.value.code in FATES, place
        changed[place] ^= mask


def test_no_part_of_a_package_is_taken_for_the_whole() -> None:
    assert {fault_of(GOOD[:length]).code for length in range(0, len(GOOD), 7)} == {"E_CONTAINER"}


def test_no_byte_of_the_envelope_can_change_though_the_container_is_mended() -> None:
    """Each change of a letter that is still an envelope costs a verification of SM2, so every seventh place is tried."""
    ciphertext, signed = parts(GOOD)
    codes = set()
    for place in range(0, len(signed), 7):
        changed = signed[:place] + bytes([signed[place] ^ 1]) + signed[place + 1 :]
        codes.add(fault_of(boxed(ciphertext, changed)).code)
    assert codes <= {"E_JSON", "E_ENVELOPE", "E_TYPE", "E_UNKNOWN_KEY", "E_SIGNATURE"}
    assert "E_SIGNATURE" in codes


def test_no_byte_of_the_payload_can_change_though_the_container_is_mended() -> None:
    ciphertext, signed = parts(GOOD)
    for place in range(0, len(ciphertext), 301):
        changed = ciphertext[:place] + bytes([ciphertext[place] ^ 1]) + ciphertext[place + 1 :]
        assert fault_of(boxed(changed, signed)).code == "E_DIGEST"


def test_no_splice_of_two_packages_is_taken() -> None:
    other = GmForgery(entries=[issue_entry(line(9))]).sealed()
    (ours, signed), (theirs, _) = parts(GOOD), parts(other)
    assert fault_of(boxed(theirs, signed)).code == "E_DIGEST"
    for cut in range(len(GM_1.readme) + 100, len(GOOD), 997):
        assert fault_of(GOOD[:cut] + other[cut:]).code in FATES
    assert fault_of(boxed(ours[: len(ours) // 2] + theirs[len(ours) // 2 :], signed)).code == "E_DIGEST"


# --- a suite is neither lowered nor raised nor mixed ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "package", "who"),
    [
        ("where gm-1 alone is taken", Forgery(entries=ENTRIES).sealed(), believing(seat_of(SEAT), policy=gm_believing().policy)),
        ("where std-1 alone is taken", GOOD, believing(gm_seat_of())),
        ("a statement that says the other suite", GmForgery(change_statement=lambda it: it.update(suite="std-1")).sealed(), BOTH),
        ("the other container", GmForgery(form=STD_1).sealed(), BOTH),
        ("signed by a key of the other", GmForgery(signers=[SEAT]).sealed(), BOTH),
        ("signed by one key of each", GmForgery(signers=[GM_SEAT, SEAT]).sealed(), BOTH),
        ("std-1 said by an SM2 key", Forgery(signer=GM_SEAT).sealed(), BOTH),  # type: ignore[arg-type]  # that is the forgery
        ("a suite nobody knows", GmForgery(change_statement=lambda it: it.update(suite="gm-2")).sealed(), BOTH),
    ],
)
def test_a_suite_is_of_container_statement_and_key_and_allowed(name: str, package: bytes, who: Any) -> None:
    assert fault_of(package, who, BOTH_READER).code == "E_SUITE", name


@pytest.mark.parametrize(
    "change",
    [
        lambda it: it["payload"].pop("locks"),
        payload(locks=None),
        payload(name="payload.age"),
        payload(encoding="age+tar"),
        payload(digest="sha256:" + "ab" * 32),
        locks(iv="00" * 15),
        locks(iv="AB" * 16),
        locks(mac="00" * 31),
        locks(keys=[]),
        locks(keys=[{"kid": "ed25519:0123456789abcdef", "key": "AAAA"}]),
        locks(keys=[{"kid": GM_OURS.kid, "key": "not base64!"}]),
        locks(keys=[{"kid": GM_OURS.kid, "key": "AAAA"}] * 2),
        locks(more="1"),
    ],
)
def test_locks_have_one_form(change: Callable[[dict[str, Any]], object]) -> None:
    assert fault_of(GmForgery(change_statement=change).sealed()).code == "E_ENVELOPE"


def test_std_1_has_no_locks() -> None:
    stated = json.loads(json.dumps({"iv": "00" * 16, "mac": "00" * 32, "keys": [{"kid": GM_OURS.kid, "key": "AAAA"}]}))
    forged = Forgery(change_statement=lambda it: it["payload"].update(locks=stated)).sealed()
    assert fault_of(forged, believing(), READER).code == "E_ENVELOPE"


# --- a good signature around something else -------------------------------------------------------------------------


def test_another_mac_or_iv_is_noticed_before_anything_is_decrypted(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[object] = []
    monkeypatch.setattr(sm4, "Plaintext", lambda *given: read.append(given))
    for forged in (
        GmForgery(entries=ENTRIES, change_statement=locks(mac="00" * 32)),
        GmForgery(entries=ENTRIES, change_statement=locks(iv="00" * 16)),
        GmForgery(entries=ENTRIES, change_ciphertext=lambda ciphertext: bytes([ciphertext[0] ^ 1]) + ciphertext[1:]),
        GmForgery(entries=ENTRIES, change_ciphertext=lambda ciphertext: ciphertext[:-1]),
        GmForgery(entries=ENTRIES, change_statement=lambda it: wrapped_again(it, bytes(48))),
    ):
        fault = fault_of(forged.sealed())
        assert (fault.code, fault.facts["reason"]) == ("E_DECRYPT", "mac")
    assert read == []


@pytest.mark.parametrize("size", [0x20, 0x2F, 0x31])
def test_a_content_key_of_another_length_is_noticed(size: int) -> None:
    forged = GmForgery(entries=ENTRIES, change_statement=lambda it: wrapped_again(it, bytes(size))).sealed()
    assert (fault_of(forged).code, fault_of(forged).facts["reason"]) == ("E_DECRYPT", "key")


def test_a_key_under_our_name_that_was_wrapped_for_another_is_noticed() -> None:
    def swap(members: dict[str, Any]) -> None:
        wrapped_again(members, bytes(48), GM_OTHERS)
        members["payload"]["locks"]["keys"][0]["kid"] = GM_OURS.kid

    assert fault_of(GmForgery(entries=ENTRIES, change_statement=swap).sealed()).code == "E_DECRYPT"


@pytest.mark.parametrize(
    ("error", "code"),
    [(ValueError("x"), "E_DECRYPT"), (OSError("SAR_FAIL"), "signer_failed"), (Unavailable("keyring_locked"), "keyring_locked")],
)
def test_a_device_that_does_not_unwrap_is_told_by_a_code(error: Exception, code: str) -> None:
    class Device:
        kid = GM_OURS.kid

        def unwrap(self, wrapped: bytes) -> bytes:
            raise error

    with pytest.raises(AppError, match=code):
        unpacked(GOOD, gm_believing(), replace(GM_READER, unwrappers=[Device()]))


def test_a_package_for_another_key_is_not_opened() -> None:
    assert fault_of(GmForgery(entries=ENTRIES, recipients=[GM_OTHERS.recipient]).sealed()).code == "E_NO_KEY"


def test_a_stolen_ciphertext_under_another_name_is_noticed() -> None:
    thief = replace(gm_heading().sender, seat="ab" * 8)
    known = replace(gm_seat_of(GM_THIEF), sender=thief)
    forged = GmForgery(entries=ENTRIES, head=gm_heading(sender=thief), inner=gm_heading(), signers=[GM_THIEF])
    assert fault_of(forged.sealed(), gm_believing(known, gm_seat_of())).code == "E_BINDING"


def test_a_key_of_another_seat_does_not_speak_for_this_one() -> None:
    known = replace(gm_seat_of(GM_THIEF), sender=replace(gm_heading().sender, seat="ab" * 8))
    assert fault_of(GmForgery(signers=[GM_THIEF]).sealed(), gm_believing(known, gm_seat_of())).code == "E_ORIGIN"
    assert fault_of(GmForgery(signers=[GM_THIEF]).sealed()).code == "E_UNKNOWN_KEY"


def test_entries_are_hashed_by_the_suite() -> None:
    assert fault_of(GmForgery(entries=ENTRIES, hashed=Algorithm.SHA256).sealed()).code == "E_LAYOUT"

    def other(members: dict[str, Any]) -> None:
        members["resources"][0]["hash"] = "sm3:" + "00" * 32

    assert fault_of(GmForgery(entries=ENTRIES, change_manifest=other).sealed()).code == "E_RESOURCE_HASH"


def test_a_file_that_changes_after_it_was_verified_is_noticed(tmp_path: Path) -> None:
    path = tmp_path / "p.llz"
    path.write_bytes(GOOD)
    read = verified(path, gm_believing())
    other = bytearray(GOOD)
    other[read.container.payload_start + 4000] ^= 1
    path.write_bytes(other)
    with pytest.raises(PackageFault, match="E_DECRYPT"), open_content(read, GM_READER):
        pass


def test_a_file_that_changes_between_mac_and_decryption_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "p.llz"
    path.write_bytes(GOOD)
    read = verified(path, gm_believing())
    start, real = read.container.payload_start, sm4.Plaintext
    last = read.container.payload_bytes - 1  # the end of the archive, which nothing reads but the digest

    def swapped(*given: Any) -> sm4.Plaintext:
        with path.open("r+b") as file:
            file.seek(start + last)
            file.write(bytes([GOOD[start + last] ^ 1]))
        return real(*given)

    monkeypatch.setattr(sm4, "Plaintext", swapped)
    with pytest.raises(PackageFault) as caught, open_content(read, GM_READER):
        pass
    assert caught.value.code in {"E_DIGEST", "E_LAYOUT"}


# --- limits -------------------------------------------------------------------------------------------------------


def test_sixty_four_readers_and_no_more(tmp_path: Path) -> None:
    keys = [{"kid": f"sm2:{number:016x}", "key": "AAAA"} for number in range(65)]
    assert fault_of(GmForgery(entries=ENTRIES, change_statement=locks(keys=keys[:64])).sealed()).code == "E_NO_KEY"
    assert fault_of(GmForgery(entries=ENTRIES, change_statement=locks(keys=keys)).sealed()).code == "E_ENVELOPE"


class Zeros(io.RawIOBase):
    """As many zeros as are asked for."""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]  # typeshed asks for any buffer
        buffer[:] = bytes(len(buffer))
        return len(buffer)


def test_memory_stays_flat_whatever_the_size(tmp_path: Path) -> None:
    place = attachment(bytes(LARGEST_CHUNK)).place
    tracemalloc.start()
    try:
        gm_sealed(tmp_path / "p.llz", contents({}, [Attachment(place=place, read=lambda: io.BufferedReader(Zeros()))]))
        with open_content(verified(tmp_path / "p.llz", gm_believing()), GM_READER) as opened:
            for part in opened:
                for _piece in part:
                    pass
        _now, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < LARGEST_CHUNK / 4


# --- kinds and places ---------------------------------------------------------------------------------------------


def test_a_chain_goes_on_from_one_suite_to_the_other(tmp_path: Path) -> None:
    before = seal(tmp_path / "1.llz", heading(), contents(), recipients=[RECIPIENT], signer=SEAT)
    stream = Stream(epoch=1, seq=2, prev=before.digest, fills=())
    gm_sealed(tmp_path / "2.llz", stream=stream, kind=Kind.CHANGES)
    assert verified(tmp_path / "2.llz", BOTH).statement.stream.prev == verified(tmp_path / "1.llz", BOTH).statement_digest


def test_the_container_is_a_zip_for_everybody() -> None:
    with zipfile.ZipFile(io.BytesIO(GOOD)) as opened:
        assert opened.namelist() == ["README.txt", "payload.sm4", "statement.dsse.json"]
        assert opened.read("README.txt") == GM_1.readme
        envelope = json.loads(opened.read("statement.dsse.json"))
    assert envelope["signatures"][0]["keyid"] == GM_SEAT.keyid
    assert closed.compact(envelope) == parts(GOOD)[1]
    assert envelope["payloadType"] == statement.TYPE

"""The verbs of the key slots: one data key, wrapped once for each way to it.

AES-256-GCM under a key derived from the way's secret, bound to the form of the file, the database and the type of the slot
(package format 7.2). The file itself: `app.keys.slot_file`.
"""

import hmac
import secrets
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand

from app.errors import AppError, Refused, Unavailable
from app.keys.desktop_keyring import DesktopKeyring
from app.keys.slot_file import FORMAT, KeySlots, Slot, key_check, packed, raw_member, write_slots
from app.keys.ways import EscrowWay, KeyringWay, RecoveryWay, SlotType, Way

KEY_BYTES: Final = 32

_NONCE_BYTES: Final = 12
_TAG_BYTES: Final = 16
_CHECK_BYTES: Final = 16


def make_data_key() -> bytes:
    """A new random key for a database, 32 bytes."""
    return secrets.token_bytes(KEY_BYTES)


# --- opening and changing ------------------------------------------------------------------------------------------


def create(path: Path, db_id: str, data_key: bytes, ways: Sequence[Way]) -> KeySlots:
    """The slot file of a new database, with a slot for each of `ways`, written whole.

    Raises `Refused("keyslots_exist", path)`, `ValueError` for no way at all, what a way raises, what the disk raises.
    """
    if path.exists():
        raise Refused("keyslots_exist", path=str(path))
    if not ways or len(data_key) != KEY_BYTES:
        raise ValueError("a key of 32 bytes and one way at least")
    empty = KeySlots(db_id=db_id, kcv=key_check(db_id, data_key), slots=())
    return _write_with(path, empty, data_key, ways)


def open_with(slots: KeySlots, way: Way) -> bytes:
    """The data key, by one way.

    Raises `Refused("slot_missing", type)`, the way's own errors, its `wrong` code where the secret is another,
    `Refused("slot_foreign", type)` where the secret is right but the slot was made for another database or altered, and
    `Unavailable("keyslots_damaged", reason)`.
    """
    tried = slots.of_type(way.type)
    if not tried:
        raise Refused("slot_missing", type=str(way.type))
    faults: list[AppError] = []
    for slot in tried:
        try:
            return _unwrapped(slots, slot, way)
        except AppError as fault:
            faults.append(fault)
    raise faults[0]


def way_of_digits(slots: KeySlots, sheet: RecoveryWay) -> RecoveryWay | EscrowWay:
    """What 48 digits are here: those deposited with the congress, where they open that slot; else those of a recovery sheet.

    A deposited slot of another shape, of a later program, stands in no sheet's way. Raises what `recovery_code.read` raises.
    """
    read_out = EscrowWay(code=sheet.code)
    secret = read_out.secret({})
    for slot in slots.of_type(SlotType.ESCROW):
        with suppress(AppError):
            if _checks(slot, secret):
                return read_out
    return sheet


def add(path: Path, slots: KeySlots, data_key: bytes, way: Way) -> KeySlots:
    """The slots with one more way, written; raises as `create` does, and `Refused("key_wrong")` for another database's key."""
    _check_key(slots, data_key)
    return _write_with(path, slots, data_key, [way])


def replace_way(path: Path, slots: KeySlots, data_key: bytes, way: Way) -> KeySlots:
    """The slots with `way` in place of all others of its type, written; the old ones open nothing any more.

    Raises as `add` does; until the new file is on the disk the old ways stay good.
    """
    _check_key(slots, data_key)
    others = tuple(slot for slot in slots.slots if slot.type != way.type)
    written = _write_with(path, replace(slots, slots=others), data_key, [way])
    for slot in slots.of_type(way.type):
        way.give_up(slot.members)
    return written


def remove(path: Path, slots: KeySlots, slot_type: SlotType, keyring: DesktopKeyring | None = None) -> KeySlots:
    """The slots without those of one type, written; the entries in `keyring`, where it is given, are deleted.

    Raises `Refused("slot_missing", type)`, `Refused("slot_last", type)` where no other way is left that this program knows and
    the station has in its own hands, and what the disk raises.
    """
    removed = slots.of_type(slot_type)
    if not removed:
        raise Refused("slot_missing", type=str(slot_type))
    left = replace(slots, slots=tuple(slot for slot in slots.slots if slot.type != slot_type))
    if not any(left.has(known) for known in SlotType if known is not SlotType.ESCROW):
        raise Refused("slot_last", type=str(slot_type))
    write_slots(path, left)
    if keyring is not None and slot_type is SlotType.KEYRING:
        for slot in removed:
            KeyringWay(account=slots.db_id, keyring=keyring).give_up(slot.members)
    return left


def _check_key(slots: KeySlots, data_key: bytes) -> None:
    if not slots.fits(data_key):
        raise Refused("key_wrong")


def _write_with(path: Path, slots: KeySlots, data_key: bytes, ways: Sequence[Way]) -> KeySlots:
    # Where writing fails, a keyring entry made for the new slot stays: it opens nothing, while deleting it could lock a
    # person out if the file had reached the disk before the fault.
    full = replace(slots, slots=slots.slots + tuple(_wrapped(slots.db_id, data_key, way) for way in ways))
    write_slots(path, full)
    return full


# --- wrapping ------------------------------------------------------------------------------------------------------


def _wrapped(db_id: str, data_key: bytes, way: Way) -> Slot:
    facts, secret = way.found()
    nonce = secrets.token_bytes(_NONCE_BYTES)
    sealed = AESGCM(_derived(secret, b"wrap", KEY_BYTES)).encrypt(nonce, data_key, _bound_to(db_id, way.type))
    check = _derived(secret, b"check", _CHECK_BYTES)
    return Slot(type=way.type, members={**facts, "nonce": packed(nonce), "wrapped": packed(sealed), "check": packed(check)})


def _unwrapped(slots: KeySlots, slot: Slot, way: Way) -> bytes:
    secret = way.secret(slot.members)
    if not _checks(slot, secret):
        raise Refused(way.wrong)
    nonce, sealed = raw_member(slot, "nonce", _NONCE_BYTES), raw_member(slot, "wrapped", KEY_BYTES + _TAG_BYTES)
    try:
        data_key = AESGCM(_derived(secret, b"wrap", KEY_BYTES)).decrypt(nonce, sealed, _bound_to(slots.db_id, way.type))
    except InvalidTag:
        raise Refused("slot_foreign", type=slot.type) from None
    if not slots.fits(data_key):
        raise Unavailable("keyslots_damaged", reason="kcv")
    return data_key


def _checks(slot: Slot, secret: bytes) -> bool:
    return hmac.compare_digest(_derived(secret, b"check", _CHECK_BYTES), raw_member(slot, "check", _CHECK_BYTES))


def _bound_to(db_id: str, type: str) -> bytes:
    return "\n".join((FORMAT, db_id, type)).encode()


def _derived(secret: bytes, purpose: bytes, length: int) -> bytes:
    # The check is a second child of the secret: it tells a wrong passphrase from a slot that belongs elsewhere, and gives
    # nobody who guesses more than the tag of the wrapped key already does.
    return HKDFExpand(algorithm=hashes.SHA256(), length=length, info=b"llz slot " + purpose).derive(secret)

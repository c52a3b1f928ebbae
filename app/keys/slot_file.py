"""The slot file beside a database: what it says, read strictly and written whole.

`keyslots.json` holds no secret and belongs into every backup, which is useless without it. What each member means:
`docs/keys.md`.
"""

import base64
import binascii
import hashlib
import hmac
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from app.errors import Refused, Unavailable
from app.files import disk_told, write_whole
from app.keys.ways import Facts, SlotType

FILE_NAME: Final = "keyslots.json"
FORMAT: Final = "llz-keyslots/1"
CIPHER: Final = "sqlcipher-4"

_LARGEST_FILE: Final = 1024 * 1024
_MEMBERS: Final = frozenset({"format", "db", "cipher", "kcv", "slots", "digest"})
_NUMBERED: Final = re.compile(r"(?:llz-keyslots/|sqlcipher-)[1-9][0-9]?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """One wrapping of the data key; `members` is all its JSON says, of a type this program may not know."""

    type: str
    members: Facts


@dataclass(frozen=True, slots=True, kw_only=True)
class KeySlots:
    """What the slot file of one database says."""

    db_id: str
    kcv: str
    slots: tuple[Slot, ...]

    def of_type(self, type: SlotType) -> tuple[Slot, ...]:
        """The slots of one way, the newest first."""
        return tuple(slot for slot in reversed(self.slots) if slot.type == type)

    def has(self, type: SlotType) -> bool:
        """Whether there is such a way to the key."""
        return bool(self.of_type(type))

    def fits(self, data_key: bytes) -> bool:
        """Whether `data_key` is the one in the slots: a database it does not open is then damaged, not locked."""
        return hmac.compare_digest(self.kcv, key_check(self.db_id, data_key))


def read_slots(path: Path, db_id: str | None = None) -> KeySlots:
    """What the slot file at `path` says; `db_id`, where the caller knows it, is the database it must belong to.

    Raises `Unavailable("keyslots_missing", path)`, `Unavailable("keyslots_damaged", reason)`, `Refused("keyslots_newer", found)`,
    `Refused("keyslots_foreign", found, expected)`, and what `app.files.disk_told` raises.
    """
    try:
        with disk_told(path), path.open("rb") as file:
            data = file.read(_LARGEST_FILE + 1)
    except Refused as error:
        raise Unavailable("keyslots_missing", path=str(path)) from error
    slots = parse_slots(data)
    if db_id not in {None, slots.db_id}:
        raise Refused("keyslots_foreign", found=slots.db_id, expected=db_id)
    return slots


def parse_slots(data: bytes) -> KeySlots:
    """What the bytes of a slot file say; raises as `read_slots` does. Slots of an unknown type are kept for writing back."""
    document = _document(data)
    if document.keys() != _MEMBERS:
        raise Unavailable("keyslots_damaged", reason="members")
    slots = tuple(_slot(each) for each in _typed(document, "slots", list))
    return KeySlots(db_id=_typed(document, "db", str), kcv=_typed(document, "kcv", str), slots=slots)


def _document(data: bytes) -> dict[str, Any]:
    try:
        document = json.loads(data.decode()) if len(data) <= _LARGEST_FILE else None
    except (ValueError, RecursionError):
        document = None
    if type(document) is not dict:
        raise Unavailable("keyslots_damaged", reason="json")
    _check_known(document)
    if document.get("digest") != digest_of(document):
        raise Unavailable("keyslots_damaged", reason="digest")
    return document


def _check_known(document: Mapping[str, Any]) -> None:
    # Before the digest, whose rule another format may have changed.
    for name, ours in (("format", FORMAT), ("cipher", CIPHER)):
        found = document.get(name)
        if found != ours and type(found) is str and _NUMBERED.fullmatch(found):
            raise Refused("keyslots_newer", found=found)
        if found != ours:
            raise Unavailable("keyslots_damaged", reason=name)


def _slot(plain: Any) -> Slot:
    if type(plain) is not dict or type(plain.get("type")) is not str:
        raise Unavailable("keyslots_damaged", reason="slot")
    return Slot(type=plain["type"], members={name: value for name, value in plain.items() if name != "type"})


def _typed(document: Mapping[str, Any], name: str, wanted: type) -> Any:
    if type(document[name]) is not wanted:
        raise Unavailable("keyslots_damaged", reason=name)
    return document[name]


def _bytes_of(slots: KeySlots) -> bytes:
    document: dict[str, Any] = {
        "format": FORMAT,
        "db": slots.db_id,
        "cipher": CIPHER,
        "kcv": slots.kcv,
        "slots": [{"type": slot.type, **slot.members} for slot in slots.slots],
    }
    return (json.dumps(document | {"digest": digest_of(document)}, ensure_ascii=False, indent=1) + "\n").encode()


def key_check(db_id: str, data_key: bytes) -> str:
    """The key-check value: tells whether a key is this database's, and nothing about the key."""
    return "hmac-sha256:" + hmac.digest(data_key, f"{FORMAT}\nkcv\n{db_id}".encode(), "sha256").hex()


def write_slots(path: Path, slots: KeySlots) -> None:
    """The file at `path` says `slots`, whole, readable by its owner only; raises what `app.files.write_whole` raises."""
    write_whole(path, _bytes_of(slots), private=True)


def digest_of(document: Mapping[str, Any]) -> str:
    """The checksum of a document without its member `digest`.

    Against a bad disk, not against a person: without it a flipped bit would be told as a wrong passphrase.
    """
    rest = {name: value for name, value in document.items() if name != "digest"}
    text = json.dumps(rest, ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    return "sha256:" + hashlib.sha256(text.encode()).hexdigest()


def packed(raw: bytes) -> str:
    """Bytes as a member of a slot."""
    return base64.b64encode(raw).decode()


def raw_member(slot: Slot, name: str, length: int) -> bytes:
    """The bytes of a slot's member; raises `Unavailable("keyslots_damaged", reason)` for another length."""
    text = slot.members.get(name)
    try:
        raw = base64.b64decode(text, validate=True) if type(text) is str else b""
    except (binascii.Error, ValueError):
        raw = b""
    if len(raw) != length:
        raise Unavailable("keyslots_damaged", reason=name)
    return raw

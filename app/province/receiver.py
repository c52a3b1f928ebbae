"""The open receiver: its store, its keys, its folders; opened once and passed along as the first argument."""

import argparse
import json
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Final, Protocol

from app.clock import Clock
from app.domain.values import Id
from app.errors import Refused
from app.files import folder_whole, sweep_parts
from app.keys import slots
from app.keys.identities import ReceiverIdentity, ReceivingKey
from app.keys.passphrase import Passphrase
from app.keys.root_keys import RootKeys, open_or_make_roots
from app.keys.slot_file import FILE_NAME as SLOTS_FILE
from app.keys.slot_file import read_slots
from app.keys.ways import KeyringWay, RecoveryWay, Way
from app.packages import roots
from app.packages.receiving_key import make_receiving_key
from app.packages.roots import Role, RootDocument
from app.province.store import Store, create_store, open_store, put_setting
from app.reference import divisions
from app.storage.writer_lock import writer_lock

FOLDER: Final = "receiver"
STORE_FILE: Final = "store.db"
INCOMING: Final = "incoming"
PACKAGES: Final = "packages"
QUARANTINE: Final = "quarantine"
PARKED: Final = "parked"
REPLIES: Final = "replies"
BLOBS: Final = "blobs"
PEERS: Final = "peers"
_FOLDERS: Final = (INCOMING, PACKAGES, QUARANTINE, PARKED, REPLIES, BLOBS, PEERS)
_PROVINCE: Final = "43"
_PROVINCE_IN_FULL: Final = "430000"
_ROOTS_VALID: Final = timedelta(days=3653)


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """The body this receiver works for; its code is that of its division: 43 for the province, six digits, or nine."""

    id: Id
    code: str
    name: str

    @property
    def province(self) -> str:
        """Two digits."""
        return self.code[:2]


@dataclass(frozen=True, slots=True, kw_only=True)
class Receiver:
    """A body's receiver, open."""

    folder: Path
    store: Store
    body: Body
    clock: Clock

    def identity(self) -> ReceiverIdentity:
        """The online keys, fetched from the encrypted store when they are needed."""
        return ReceiverIdentity.from_texts(json.loads(self.store.setting("identity")))

    def root_documents(self) -> list[bytes]:
        """The envelopes of all root documents, oldest first."""
        return [text.encode() for text in json.loads(self.store.setting("roots"))]


class Opens(Protocol):
    """How a command opens the receiver."""

    def __call__(self, options: argparse.Namespace, *, write: bool) -> AbstractContextManager[Receiver]: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class NewReceiver:
    """What a set-up made; the recovery code is shown once."""

    body: Id
    code: str
    fingerprint: str
    recovery_code: str


def set_up(
    home: Path,
    way: Way,
    *,
    code: str,
    name: str = "",
    roots_folder: Path,
    passphrase: Passphrase | None,
    clock: Clock,
    store: Path | None = None,
) -> NewReceiver:
    """A new receiver under `home` for the body `code`; its root keys are made in `roots_folder`, or found there.

    The name is that of its division; of a township, which no table here knows, it must be given. Raises
    `Refused("receiver_exists" | "body_unknown" | "body_code_retired" | "body_name_missing")` and what root keys, slots and disk
    raise.
    """
    body = Body(id=clock.new_id(), code=_body_code(code), name=name.strip() or _body_name(code))
    if (home / FOLDER).exists():
        raise Refused("receiver_exists", home=str(home))
    held = open_or_make_roots(roots_folder, passphrase)
    with folder_whole(home / FOLDER) as part:
        for name in _FOLDERS:
            (part / name).mkdir()
        made = _fill(part, way, body, held, clock, store)
    return made


@contextmanager
def opened(home: Path, way: Way, *, write: bool, clock: Clock | None = None, store: Path | None = None) -> Iterator[Receiver]:
    """The receiver under `home`, its store at `store` where that is another file; closed at the end of the block.

    Raises `Refused("no_receiver" | "keyslots_missing" | "second_writer" | "not_a_database")` and what the key slots raise.
    """
    folder = home / FOLDER
    if not (folder / SLOTS_FILE).exists():
        raise Refused("no_receiver" if not (folder / STORE_FILE).exists() else "keyslots_missing", home=str(home))
    key = slots.open_with(read_slots(folder / SLOTS_FILE), way)
    with writer_lock(folder) if write else nullcontext():
        if write:
            _sweep(folder)
        held = open_store(store or folder / STORE_FILE, key)
        try:
            body = Body(**json.loads(held.setting("body")))
            yield Receiver(folder=folder, store=held, body=body, clock=clock or Clock())
        finally:
            held.close()


def _sweep(folder: Path) -> None:
    """Clear away what a killed intake left: files half written, and copies it was working on."""
    for name in _FOLDERS:
        (folder / name).mkdir(exist_ok=True)  # a receiver that an older program set up lacks some
        sweep_parts(folder / name)
    for copy in (folder / INCOMING).iterdir():
        copy.unlink(missing_ok=True)


def _fill(folder: Path, way: Way, body: Body, held: RootKeys, clock: Clock, elsewhere: Path | None) -> NewReceiver:
    key = slots.make_data_key()
    recovery = RecoveryWay.make(clock.today().date().isoformat())
    secret, recipient = make_receiving_key()
    identity = ReceiverIdentity.make(ReceivingKey(secret=secret, recipient=recipient))
    document = _root_document(body, identity, held, clock)
    signed = roots.sign_roots(document, held.keys[: document.threshold])
    path = elsewhere or folder / STORE_FILE
    create_store(path, key)
    store = open_store(path, key)
    try:
        with store.writing() as connection:
            put_setting(connection, "body", json.dumps({"id": body.id, "code": body.code, "name": body.name}).encode())
            put_setting(connection, "identity", json.dumps(identity.to_texts()).encode())
            put_setting(connection, "roots", json.dumps([signed.decode()]).encode())
            put_setting(connection, "trust_version", b"0")
            put_setting(connection, "trust_issued", document.issued.isoformat().encode())
    finally:
        store.close()
    bound = KeyringWay(account=body.id, keyring=way.keyring) if isinstance(way, KeyringWay) else way
    slots.create(folder / SLOTS_FILE, body.id, key, [bound, recovery])
    return NewReceiver(body=body.id, code=body.code, fingerprint=roots.fingerprint(document), recovery_code=recovery.code)


def _body_code(code: str) -> str:
    """The code as trust lists and packages spell it: of the province two digits, of a city or county six, of a township nine."""
    if code in {_PROVINCE, _PROVINCE_IN_FULL}:
        return _PROVINCE
    division = divisions().by_code(code) if code.isdecimal() and len(code) in {6, 9} else None
    if division is None or (len(code) == 9 and (not division.city or code.endswith("000"))):
        raise Refused("body_unknown", code=code)
    if division.code != code[:6]:
        raise Refused("body_code_retired", code=code, name=division.name, present=division.code + code[6:])
    return code


def _body_name(code: str) -> str:
    """The name of a division that the table knows; `code` is one that a body may have."""
    if code in {_PROVINCE, _PROVINCE_IN_FULL}:
        return "湖南省"
    division = divisions().by_code(code)
    if division is None or division.code != code:
        raise Refused("body_name_missing", code=code)
    return division.name


def _root_document(body: Body, identity: ReceiverIdentity, held: RootKeys, clock: Clock) -> RootDocument:
    issued = clock.now().replace(microsecond=0)
    return RootDocument(
        format=roots.FORMAT,
        version=1,
        issued=issued,
        expires=issued + _ROOTS_VALID,
        province=body.province,
        roots=tuple(roots.root_key(each.public) for each in held.keys),
        threshold=2,
        online_keys=(
            roots.online_key(identity.trust.public, Role.TRUST),
            roots.online_key(identity.receipt.public, Role.RECEIPT),
            roots.online_key(identity.reply.public, Role.REPLY),
        ),
    )

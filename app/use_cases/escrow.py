"""The key deposited with the congress (托管): agreed to by the station head, withdrawn any day, opened by two people there.

The congress gets nothing beforehand. What it alone can open lies in the station's own slot file and its backups; on the day
keyring and recovery sheet are lost the station hands that piece in, two people there open it, and read the digits out.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from app.changes import Changes
from app.domain.rights import Right
from app.errors import AppError, Refused
from app.files import write_whole
from app.keys import recovery_code, slots
from app.keys.slot_file import FILE_NAME as SLOTS_FILE
from app.keys.slot_file import KeySlots, Slot, read_slots
from app.keys.ways import EscrowWay, SlotType
from app.packages import escrow
from app.packages.bundle import Trusted
from app.queries.rights import check_may
from app.use_cases.key_ways import way_into
from app.use_cases.restoring import newest_backup
from app.use_cases.trust import believed, body_trusted, called, trusted_by
from app.workspace import FOLDER, Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class EscrowState:
    """Whether the body offers it, by name; what is deposited already: since which day, with whom, whether for today's key."""

    offered: bool
    body: str
    deposited: str
    keeper: str
    current: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class EscrowChanged:
    """A key was deposited or withdrawn."""

    changes: Changes = Changes.STATION


@dataclass(frozen=True, slots=True, kw_only=True)
class EscrowRequested:
    """The file that is carried to the congress, and the name of the body that can open it."""

    path: Path
    body: str


def escrow_state(workspace: Workspace) -> EscrowState:
    """Where this computer stands; raises `Unavailable("keyslots_damaged")`."""
    trusted = believed(workspace)
    slot = _deposited(read_slots(workspace.folder / SLOTS_FILE))
    recipient = trusted.policy.escrow_recipient if trusted else None
    return EscrowState(
        offered=recipient is not None,
        body=body_trusted(workspace),
        deposited=_member(slot, "id"),
        keeper=_keeper(slot),
        current=slot is not None and _member(slot, "recipient") == recipient,
    )


def deposit(workspace: Workspace, *, passphrase: str = "") -> EscrowChanged:
    """The way in is deposited with the body that is trusted, in place of what was deposited before; the head has agreed.

    The key is fetched by the keyring, or by `passphrase`. Raises `Refused("not_allowed" | "no_trust" | "escrow_not_offered")`
    and what key slots raise.
    """
    check_may(workspace, Right.SETTINGS)
    path = workspace.folder / SLOTS_FILE
    held, trusted = read_slots(path), trusted_by(workspace)
    made = _made(workspace, held, trusted)
    slots.replace_way(path, held, slots.open_with(held, way_into(held, passphrase)), made)
    with workspace.writing() as books:
        books.note("escrow_deposited", {"body": trusted.trust_list.body.code, "recipient": trusted.policy.escrow_recipient})
    return EscrowChanged()


def withdraw(workspace: Workspace) -> EscrowChanged:
    """Nothing that is written from now on opens by the congress; backups made before keep what they hold.

    Raises `Refused("not_allowed" | "slot_missing")` and what the disk raises.
    """
    check_may(workspace, Right.SETTINGS)
    path = workspace.folder / SLOTS_FILE
    slots.remove(path, read_slots(path), SlotType.ESCROW)
    with workspace.writing() as books:
        books.note("escrow_withdrawn", {})
    return EscrowChanged()


def renewed(workspace: Workspace, held: KeySlots) -> Sequence[EscrowWay]:
    """The deposit for another data key: made anew where the body's key is the one that was agreed to, else given up."""
    trusted, slot = believed(workspace), _deposited(held)
    if trusted is None or slot is None or _member(slot, "recipient") != trusted.policy.escrow_recipient:
        return ()
    return (_made(workspace, held, trusted),)


def has_deposit(source: Path) -> bool:
    """Whether the congress could open what lies at `source`, as `write_request` takes it; no where it cannot be read."""
    try:
        return _deposited(_slots_at(source)) is not None
    except AppError:
        return False


def write_request(source: Path, path: Path) -> EscrowRequested:
    """The deposit as a file for the congress, from the station under `source` or the newest backup in it; needs no key.

    Raises `Refused("escrow_none")` where nothing was deposited, and what slot file, backup and disk raise.
    """
    held = _slots_at(source)
    slot = _deposited(held)
    if slot is None:
        raise Refused("escrow_none")
    write_whole(path, escrow.write_request(held.db_id, _member(slot, "recipient"), _member(slot, "age")))
    return EscrowRequested(path=path, body=_keeper(slot))


def _made(workspace: Workspace, held: KeySlots, trusted: Trusted) -> EscrowWay:
    recipient = trusted.policy.escrow_recipient
    if recipient is None:
        raise Refused("escrow_not_offered")
    station, today = called(workspace), workspace.clock.today().date().isoformat()
    code = recovery_code.spell(recovery_code.make_secret())
    deposited = escrow.Deposit(
        format=escrow.FORMAT,
        db=held.db_id,
        body=trusted.trust_list.body.code,
        station=station.code,
        name=station.name,
        seat=workspace.author.by,
        made=today,
        code=code,
    )
    sealed = escrow.seal_deposit(deposited, recipient)
    told = {"id": today, "body": deposited.body, "name": body_trusted(workspace), "recipient": recipient, "age": sealed}
    return EscrowWay(code=code, deposited=told)


def _slots_at(source: Path) -> KeySlots:
    own = source / FOLDER / SLOTS_FILE
    return read_slots(own if own.exists() else newest_backup(source) / SLOTS_FILE)


def _deposited(held: KeySlots) -> Slot | None:
    return next(iter(held.of_type(SlotType.ESCROW)), None)


def _keeper(slot: Slot | None) -> str:
    return _member(slot, "name") or _member(slot, "body")


def _member(slot: Slot | None, name: str) -> str:
    return str(slot.members.get(name, "")) if slot else ""

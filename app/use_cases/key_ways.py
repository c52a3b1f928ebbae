"""The ways that open this computer: told without their secrets, proven, added, exchanged."""

from dataclasses import dataclass, replace
from pathlib import Path

from app.changes import Changes
from app.domain.rights import Right
from app.errors import Refused
from app.keys import slots
from app.keys.passphrase import Passphrase
from app.keys.recovery_code import group_matches, read
from app.keys.slot_file import FILE_NAME as SLOTS_FILE
from app.keys.slot_file import KeySlots, read_slots
from app.keys.ways import KeyringWay, PassphraseWay, RecoveryWay, SlotType, Way
from app.queries.rights import check_may
from app.storage.named_values import put_value, value_of
from app.use_cases.opening import way as way_of_person
from app.use_cases.setup import CONFIRMED, PENDING, confirm_recovery
from app.workspace import RECOVERY, Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyWays:
    """Which ways lead in; `recovery_label` is printed on the valid sheet, `confirmed` where a person has shown to hold it."""

    keyring: bool
    passphrase: bool
    recovery: bool
    recovery_label: str
    confirmed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class KeysChanged:
    """A way was added, exchanged or proven."""

    changes: Changes = Changes.STATION


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCode:
    """A fresh recovery code, shown once; the one before opens nothing any more."""

    code: str
    label: str
    changes: Changes = Changes.STATION


def key_ways(workspace: Workspace) -> KeyWays:
    """The ways there are; raises `Unavailable("keyslots_damaged")`."""
    held = read_slots(_path(workspace))
    sheets = held.of_type(SlotType.RECOVERY)
    with workspace.reading() as connection:
        confirmed = value_of(connection, RECOVERY) == CONFIRMED
    return KeyWays(
        keyring=held.has(SlotType.KEYRING),
        passphrase=held.has(SlotType.PASSPHRASE),
        recovery=bool(sheets),
        recovery_label=str(sheets[0].members.get("id", "")) if sheets else "",
        confirmed=confirmed,
    )


def prove_recovery(workspace: Workspace, code: str) -> KeysChanged:
    """Note that the code typed from the sheet opens these data.

    Raises `Refused("recovery_length" | "recovery_character" | "recovery_group_wrong" | "recovery_wrong")`.
    """
    slots.open_with(read_slots(_path(workspace)), RecoveryWay(code=code))
    confirm_recovery(workspace)
    return KeysChanged()


def renew_recovery(workspace: Workspace, *, passphrase: str = "") -> NewCode:
    """A new recovery code in place of the old one, which opens nothing any more; it counts as not locked away yet.

    The key is fetched by the keyring, or by `passphrase`. Raises `Refused("not_allowed")` and what key slots raise.
    """
    check_may(workspace, Right.SETTINGS)
    held = read_slots(_path(workspace))
    key = slots.open_with(held, way_into(held, passphrase))
    made = RecoveryWay.make(workspace.clock.today().date().isoformat())
    slots.replace_way(_path(workspace), held, key, made)
    with workspace.writing() as books:
        put_value(books.connection, RECOVERY, PENDING)
        books.note("recovery_renewed", {"label": made.label})
    return NewCode(code=made.code, label=made.label)


def confirm_group(workspace: Workspace, code: str, number: int, typed: str) -> KeysChanged:
    """Note that the sheet is at hand: its group `number`, from one, was typed back (decision 22).

    Raises `Refused("recovery_not_proven", number)`, `Refused("recovery_character")`.
    """
    if not group_matches(read(code), number, typed):
        raise Refused("recovery_not_proven", number=number)
    confirm_recovery(workspace)
    return KeysChanged()


def set_passphrase(workspace: Workspace, new: str, *, old: str = "") -> KeysChanged:
    """Let the passphrase `new` open these data, in place of the one before.

    The key is fetched by the keyring, or by the passphrase `old`. Raises `Refused("passphrase_empty" | "passphrase_wrong" |
    "not_allowed")`
    and what key slots raise.
    """
    check_may(workspace, Right.SETTINGS)
    held = read_slots(_path(workspace))
    way = PassphraseWay(passphrase=Passphrase(new))
    key = slots.open_with(held, way_into(held, old))
    slots.replace_way(_path(workspace), held, key, way)
    return KeysChanged()


def remove_passphrase(workspace: Workspace, passphrase: str) -> KeysChanged:
    """No passphrase opens these data any more; the keyring of this computer does, and has an entry made where it had none.

    Raises `Refused("not_allowed" | "slot_missing" | "passphrase_wrong")` and, where no keyring answers, what it raises.
    """
    check_may(workspace, Right.SETTINGS)
    path = _path(workspace)
    held = read_slots(path)
    key = slots.open_with(held, PassphraseWay(passphrase=Passphrase(passphrase)))
    held = slots.replace_way(path, held, key, keyring_of(held))  # before the other way is gone
    slots.remove(path, held, SlotType.PASSPHRASE)
    return KeysChanged()


def renew_keyring(workspace: Workspace, *, passphrase: str = "") -> KeysChanged:
    """A new entry in the keyring of this computer; the one before opens nothing any more.

    The key is fetched by the keyring, or by `passphrase`. Raises `Refused("not_allowed")` and what key slots raise.
    """
    check_may(workspace, Right.SETTINGS)
    held = read_slots(_path(workspace))
    key = slots.open_with(held, way_into(held, passphrase))
    slots.replace_way(_path(workspace), held, key, keyring_of(held))
    return KeysChanged()


def keyring_of(held: KeySlots) -> Way:
    """This computer's keyring, for a new entry that opens these data."""
    way = way_of_person("")
    return replace(way, account=held.db_id) if isinstance(way, KeyringWay) else way


def way_into(held: KeySlots, passphrase: str) -> Way:
    """How whoever sits here fetches the key: by the passphrase where one opens these data, so that nobody at an open window
    changes it; else by the keyring.
    """
    if held.has(SlotType.PASSPHRASE):
        return PassphraseWay(passphrase=Passphrase(passphrase))
    return way_of_person("")


def _path(workspace: Workspace) -> Path:
    return workspace.folder / SLOTS_FILE

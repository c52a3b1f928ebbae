"""Who is at the keyboard: signing in by PIN, locking, and a PIN set, changed, taken away or forgotten."""

from dataclasses import dataclass
from datetime import timedelta

from app.changes import Changes
from app.domain.people import Operator
from app.domain.pin import MOST_MINUTES, pin_problem, wait_after
from app.domain.problems import stop_at
from app.domain.rights import Right
from app.domain.values import Id
from app.errors import Refused
from app.keys import slots
from app.keys.pin import is_pin, kept_pin
from app.keys.slot_file import FILE_NAME as SLOTS_FILE
from app.keys.slot_file import read_slots
from app.keys.ways import RecoveryWay
from app.queries.rights import check_may
from app.storage import pins
from app.storage.named_values import put_value
from app.storage.transaction import Transaction
from app.workspace import OPERATOR, Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedIn:
    """Who is at the keyboard now."""

    id: Id
    name: str
    changes: Changes = Changes.STATION


@dataclass(frozen=True, slots=True, kw_only=True)
class PinChanged:
    """A PIN or the idle minutes are others now."""

    changes: Changes = Changes.STATION


def sign_in(workspace: Workspace, operator: Id, pin: str = "") -> SignedIn:
    """Let somebody be at the keyboard, for this and every later start; noted in the journal (decision 2).

    Raises `Refused("record_missing" | "pin_needed" | "pin_wrong" | "pin_wait")`; after three wrong PINs each further one makes
    the next wait longer.
    """
    _prove(workspace, operator, pin)
    with workspace.writing() as books:
        stored = books.records.get(Operator, operator)
        put_value(books.connection, OPERATOR, operator.encode())
        books.note("signed_in", {"before": workspace.author.op}, operator)
    return SignedIn(id=operator, name=stored.record.name)


def check_pin(workspace: Workspace, operator: Id, pin: str) -> None:
    """Raises as `sign_in` does where these are not the PIN of an operator who has one; a right one ends the waits, unnoted.

    A wrong one counts in a workspace that is open for reading, too.
    """
    _prove(workspace, operator, pin)


def note_locked(workspace: Workspace) -> PinChanged:
    """Note in the journal that nobody is at the keyboard."""
    with workspace.writing() as books:
        books.note("locked", {}, workspace.author.op)
    return PinChanged(changes=Changes.NOTHING)


def set_pin(workspace: Workspace, operator: Id, new: str, *, old: str = "") -> PinChanged:
    """Give an operator a PIN in the place of the one before: one's own by the old one, another's by the right over people.

    Raises `Refused("incomplete", problems)`, and as `sign_in` and `check_may` do.
    """
    if problem := pin_problem(new):
        stop_at([problem])
    return _put(workspace, operator, new, old)


def remove_pin(workspace: Workspace, operator: Id, *, old: str = "") -> PinChanged:
    """Let an operator sign in without a PIN; who may do it is as with `set_pin`."""
    return _put(workspace, operator, "", old)


def unlock_by_recovery(workspace: Workspace, operator: Id, code: str) -> SignedIn:
    """Sign an operator in by the station's recovery code, and take their forgotten PIN away.

    Raises `Refused("recovery_length" | "recovery_character" | "recovery_group_wrong" | "recovery_wrong" | "record_missing")`.
    """
    slots.open_with(read_slots(workspace.folder / SLOTS_FILE), RecoveryWay(code=code))
    with workspace.writing() as books:
        stored = books.records.get(Operator, operator)
        pins.put_pin(books.connection, operator, None)
        put_value(books.connection, OPERATOR, operator.encode())
        books.note("pin_reset", {"by": "recovery"}, operator)
    return SignedIn(id=operator, name=stored.record.name)


def keep_lock_minutes(workspace: Workspace, minutes: int) -> PinChanged:
    """Lock after so many idle minutes, 0 for never; raises `Refused("minutes_unusual" | "not_allowed")`."""
    check_may(workspace, Right.SETTINGS)
    if not 0 <= minutes <= MOST_MINUTES:
        raise Refused("minutes_unusual", most=MOST_MINUTES)
    with workspace.writing() as books:
        pins.put_lock_minutes(books.connection, minutes)
        books.note("lock_changed", {"minutes": minutes})
    return PinChanged()


def _put(workspace: Workspace, operator: Id, new: str, old: str) -> PinChanged:
    if operator == workspace.author.op:
        _prove(workspace, operator, old)
    else:
        check_may(workspace, Right.PEOPLE)
    kept = kept_pin(new) if new else None
    with workspace.writing() as books:
        books.records.get(Operator, operator)
        pins.put_pin(books.connection, operator, kept)
        books.note("pin_set" if new else "pin_removed", {}, operator)
    return PinChanged()


def _prove(workspace: Workspace, operator: Id, pin: str) -> None:
    """The PIN is derived outside a transaction, since it takes its time; what came of it is written down at once."""
    with workspace.reading() as connection:
        kept, wrong = pins.pins(connection).get(operator), pins.wrong(connection, operator)
    if kept is None:
        return
    now = workspace.clock.now()
    if wrong and (left := wrong.at + timedelta(seconds=wait_after(wrong.times)) - now) > timedelta():
        raise Refused("pin_wait", seconds=max(1, round(left.total_seconds())))
    if not pin:
        raise Refused("pin_needed")
    if not is_pin(kept, pin):
        with workspace.beside() as books:  # what only reads would else try PIN after PIN
            _note_wrong(books, operator, workspace)
        raise Refused("pin_wrong")
    if wrong:
        with workspace.beside() as books:
            pins.forget_wrong(books.connection, operator)


def _note_wrong(books: Transaction, operator: Id, workspace: Workspace) -> None:
    times = pins.note_wrong(books.connection, operator, workspace.clock.now())
    books.note("pin_wrong", {"times": times}, operator)

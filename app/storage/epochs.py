"""The epoch of this seat's numbers: what tells that the database was put back or copied, and what the next epoch must be.

Named values of the workspace, kept beside the records. After a restore `restored_at` is set and `incarnation` removed.
"""

import json
import secrets
from dataclasses import asdict, dataclass
from typing import Any, Final, Self

from sqlalchemy import Connection, delete

from app.storage.named_values import put_value, value_of
from app.storage.outbox import Outbox
from app.storage.tables import SettingRow

INCARNATION: Final = "incarnation"
RESTORED: Final = "restored_at"
DUE: Final = "epoch_due"
FLOOR: Final = "epoch_floor"
MISSING: Final = "numbers_missing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Witness:
    """What is remembered outside the database: which database it was, and the newest number that was taken in it."""

    incarnation: str
    epoch: int
    seq: int
    digest: str

    def to_text(self) -> str:
        """The witness as a small text; `from_text` gives it back."""
        return json.dumps(asdict(self), sort_keys=True)

    @classmethod
    def from_text(cls, text: str | bytes) -> Self | None:
        """None for a text that is none: a damaged witness is like a missing one."""
        try:
            told: dict[str, Any] = json.loads(text)
            made = cls(**told)
            whole = isinstance(made.incarnation, str) and isinstance(made.digest, str) and made.epoch + made.seq >= 0
        except (ValueError, TypeError):
            return None
        return made if whole else None


def incarnation_of(connection: Connection) -> str:
    """The mark of this database; empty where it has none (yet, or any more)."""
    return (value_of(connection, INCARNATION) or b"").decode()


def mark(connection: Connection) -> None:
    """Give the database a mark of its own, which no copy made before has."""
    put_value(connection, INCARNATION, secrets.token_hex(16).encode())


def testimony(connection: Connection) -> Witness:
    """What is to be remembered outside of this database as it is now."""
    last = Outbox(connection).last()
    epoch, seq, digest = (last.epoch, last.seq, last.digest) if last else (0, 0, "")
    return Witness(incarnation=incarnation_of(connection), epoch=epoch, seq=seq, digest=digest)


def put_due(connection: Connection, reason: str) -> None:
    """The next hand-in begins a new epoch, for this reason; the first that was told stays."""
    if value_of(connection, DUE) is None:
        put_value(connection, DUE, reason.encode())


def due(connection: Connection) -> str:
    """The reason for a new epoch that was noted; empty where there is none."""
    return (value_of(connection, DUE) or b"").decode()


def was_restored(connection: Connection) -> bool:
    """Whether the database was put back from a backup and has sealed nothing since."""
    return value_of(connection, RESTORED) is not None


def put_floor(connection: Connection, epoch: int) -> None:
    """Epochs up to this one are known to be taken, though perhaps not by this copy of the database."""
    if epoch > floor(connection):
        put_value(connection, FLOOR, str(epoch).encode())


def epoch_of(connection: Connection) -> int:
    """The epoch of the newest number; 0 before the first."""
    last = Outbox(connection).last()
    return last.epoch if last else 0


def floor(connection: Connection) -> int:
    """The newest epoch that is known to be taken."""
    return max(int(value_of(connection, FLOOR) or b"0"), epoch_of(connection))


def begun(connection: Connection) -> None:
    """The first number of a new epoch was taken: nothing is due any more, and the database bears a new mark."""
    connection.execute(delete(SettingRow).where(SettingRow.name.in_([RESTORED, DUE, MISSING])))
    mark(connection)


def put_missing(connection: Connection, numbers: list[tuple[int, int]]) -> None:
    """Remember which numbers, by epoch and number, the newest receipt says it misses."""
    put_value(connection, MISSING, json.dumps(numbers).encode())


def missing(connection: Connection) -> frozenset[tuple[int, int]]:
    """The numbers that the newest receipt says it misses."""
    return frozenset((epoch, seq) for epoch, seq in json.loads(value_of(connection, MISSING) or b"[]"))

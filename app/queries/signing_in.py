"""Who may sit down at the keyboard, whether a PIN is asked of them, and when the window locks by itself."""

from dataclasses import dataclass

from sqlalchemy import func, or_, select

from app.domain.people import Operator, Role
from app.domain.pin import IDLE_MINUTES, NEVER
from app.domain.values import Code, Id
from app.domain.visit import VisitKind
from app.queries.relations import found, member, standing
from app.storage import pins
from app.storage.tables import CurrentRow
from app.workspace import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class Signer:
    """Somebody who may sign in."""

    id: Id
    name: str
    roles: tuple[Code[Role], ...]
    has_pin: bool
    here: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Lock:
    """Who may sign in, and after how many idle minutes the window locks; 0 is never, `usual` where nobody chose."""

    signers: tuple[Signer, ...]
    minutes: int
    usual: bool

    @property
    def guarded(self) -> bool:
        """Whether locking would ask anybody for anything."""
        return any(each.has_pin for each in self.signers)


def lock(workspace: Workspace) -> Lock:
    """How the window locks now: by itself only where whoever is there has a PIN."""
    with workspace.reading() as connection:
        kept, chosen = pins.pins(connection), pins.lock_minutes(connection)
        people = [each for each in found(connection, Operator) if each.until is None]
    signers = tuple(
        Signer(id=each.id, name=each.name, roles=each.roles, has_pin=each.id in kept, here=each.id == workspace.author.op)
        for each in people
    )
    usual = IDLE_MINUTES if len(signers) > 1 else NEVER
    return Lock(signers=signers, minutes=usual if chosen is None else chosen, usual=chosen is None)


def reception_is_open(workspace: Workspace) -> bool:
    """Whether people are being received by the clock: a reception of today that has begun and is not over."""
    now = workspace.clock.today()
    hour = now.time().isoformat("minutes")
    begun = func.coalesce(member("starts"), "") <= hour
    on = or_(member("ends").is_(None), member("ends") > hour)
    today = CurrentRow.day == now.date().isoformat(), member("visit_kind") == str(VisitKind.RECEPTION)
    with workspace.reading() as connection:
        return connection.execute(select(CurrentRow.no).where(standing("visit"), *today, begun, on).limit(1)).first() is not None

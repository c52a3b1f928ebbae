"""The computer's clock and chance, asked in one place, so that a test can give its own."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, timezone

from app.domain.ids import IdMaker
from app.domain.values import Id

CHINA = timezone(timedelta(hours=8))  # one zone, no summer time since 1991


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Clock:
    """What time it is, and identifiers that grow with it."""

    now: Callable[[], datetime] = _now
    chance: Callable[[int], int] = secrets.randbits  # so many random bits
    _maker: list[IdMaker] = field(default_factory=list, init=False, repr=False)

    def milliseconds(self) -> int:
        """Milliseconds since 1970."""
        return int(self.now().timestamp() * 1000)

    def today(self) -> datetime:
        """This moment by the clock on the station's wall; its `.date()` is the day a paper would carry."""
        return self.now().astimezone(CHINA)

    def new_id(self) -> Id:
        """A new identifier, later than every one before."""
        if not self._maker:
            self._maker.append(IdMaker(self.milliseconds, self.chance))
        return self._maker[0]()

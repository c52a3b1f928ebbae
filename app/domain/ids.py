"""Identifiers and stamps: UUIDv7 and the hybrid logical clock, as pure arithmetic on a given time."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock
from typing import Final
from uuid import UUID

from app.domain.values import Id

MILLISECONDS_A_DAY: Final = 86_400_000
_TAIL_BITS: Final = 74
_FORWARD_LIMIT: Final = MILLISECONDS_A_DAY
_STAMP: Final = re.compile("[0-9a-f]{12}-[0-9a-f]{4}")


def uuid7(milliseconds: int, tail: int) -> Id:
    """The UUIDv7 of a moment (milliseconds since 1970, 48 bits) and 74 further bits (RFC 9562)."""
    value = (milliseconds & (1 << 48) - 1) << 80 | 0x7 << 76 | (tail >> 62) << 64 | 0b10 << 62 | tail & (1 << 62) - 1
    digits = f"{value:032x}"
    return f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}"


def milliseconds_of(id: Id) -> int:
    """The moment of a UUIDv7, in milliseconds since 1970."""
    return UUID(id).int >> 80


class IdMaker:
    """Makes identifiers that never repeat and always grow, also when the computer's clock is set back."""

    def __init__(self, milliseconds: Callable[[], int], random_bits: Callable[[int], int]) -> None:
        self._milliseconds = milliseconds
        self._random_bits = random_bits
        self._last = (0, 0)
        self._lock = Lock()

    def __call__(self) -> Id:
        with self._lock:
            now = self._milliseconds()
            moment, tail = self._last
            if now > moment:
                moment, tail = now, self._random_bits(_TAIL_BITS - 1)
            else:
                tail += 1 + self._random_bits(32)
            if tail >> _TAIL_BITS:
                moment, tail = moment + 1, self._random_bits(_TAIL_BITS - 1)
            self._last = (moment, tail)
            return uuid7(moment, tail)


@dataclass(frozen=True, slots=True, order=True)
class Stamp:
    """A moment of the hybrid logical clock: milliseconds since 1970 (48 bits), then a counter (16 bits)."""

    milliseconds: int = 0
    counter: int = 0

    def __str__(self) -> str:
        return f"{self.milliseconds:012x}-{self.counter:04x}"

    @classmethod
    def parse(cls, text: str) -> "Stamp":
        """The stamp that `text` writes; raises ValueError for any other text."""
        if not _STAMP.fullmatch(text):
            raise ValueError("no stamp")
        return cls(int(text[:12], 16), int(text[13:], 16))

    def next(self, now: int) -> "Stamp":
        """A stamp later than this one and not before `now` (milliseconds)."""
        if now > self.milliseconds:
            return Stamp(now, 0)
        if self.counter == 0xFFFF:
            return Stamp(self.milliseconds + 1, 0)
        return Stamp(self.milliseconds, self.counter + 1)

    def seen(self, other: "Stamp", now: int) -> "Stamp":
        """This stamp after meeting `other`; a stamp more than a day ahead of `now` is not believed (package format 5.1)."""
        return self if other.milliseconds > now + _FORWARD_LIMIT else max(self, other)

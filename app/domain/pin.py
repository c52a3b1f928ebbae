"""PINs of operators: what one must be, how long a wrong one makes the next wait, and after how long nobody is at the keyboard."""

from typing import Final

from app.domain.problems import Problem

SHORTEST: Final = 4
LONGEST: Final = 64
FREE_TRIES: Final = 3
_FIRST_WAIT: Final = 5  # seconds
_LONGEST_WAIT: Final = 300
IDLE_MINUTES: Final = 30
"""After which the window locks, where several people work at it; a single operator is not asked."""
MOST_MINUTES: Final = 480
NEVER: Final = 0


def pin_problem(pin: str) -> Problem | None:
    """What keeps these characters from being a PIN or a password."""
    if len(pin) < SHORTEST:
        return Problem(code="pin_short", field="pin", facts={"least": SHORTEST})
    if len(pin) > LONGEST:
        return Problem(code="pin_long", field="pin", facts={"most": LONGEST})
    if len(set(pin)) == 1:
        return Problem(code="pin_simple", field="pin")
    return None


def wait_after(wrong: int) -> int:
    """Seconds until the next try after so many wrong ones in a row: none at first, then doubling up to five minutes."""
    if wrong < FREE_TRIES:
        return 0
    return int(min(_FIRST_WAIT * 2 ** min(wrong - FREE_TRIES, 10), _LONGEST_WAIT))

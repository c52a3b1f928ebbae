"""What can go wrong, in two kinds: the person can mend it, or the world failed.

An error carries a code and facts, never a sentence: `app.messages.explain` turns it into words for a person.
"""

from functools import partial
from typing import Final


class AppError(Exception):
    """Something was not done; `code` names the sentence, `facts` fill its blanks."""

    def __init__(self, code: str, /, **facts: object) -> None:
        super().__init__(code, facts)
        self.code: Final = code
        self.facts: Final = facts

    def __reduce__(self) -> tuple[object, ...]:
        return partial(type(self), self.code, **self.facts), ()  # how it comes back from another process

    def __str__(self) -> str:
        told = ", ".join(f"{name}={value!r}" for name, value in self.facts.items())
        return f"{self.code}({told})"


class Refused(AppError):
    """Not done because of what was asked or given; the person can mend it. Nothing was changed."""


class Unavailable(AppError):
    """Not done because the world failed: disk, key, other program. Nothing was changed."""

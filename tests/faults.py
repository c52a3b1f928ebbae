"""The disk fails at the n-th thing that is asked of it, once or from there on as if the program were killed."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from errno import ENOSPC
from pathlib import Path
from typing import Any

import pytest

_ASKED = (*((os, name) for name in ("fsync",)), *((Path, name) for name in ("replace", "rename", "mkdir", "open", "unlink")))


class Killed(BaseException):
    """The program is gone: nothing that would clear up behind it is done."""


class Disk:
    """Counts what is asked; `fails_at` 0 fails never."""

    def __init__(self, fails_at: int = 0, *, kills: bool = False) -> None:
        self.asked = 0
        self._fails_at = fails_at
        self._kills = kills

    def ask(self) -> None:
        self.asked += 1
        if self._kills and self._fails_at and self.asked >= self._fails_at:
            raise Killed
        if self.asked == self._fails_at:
            raise OSError(ENOSPC, "No space left on device")

    @contextmanager
    def in_use(self) -> Iterator["Disk"]:
        """Everything asked of the disk within the block is asked here first."""
        with pytest.MonkeyPatch.context() as patch:
            for owner, name in _ASKED:
                patch.setattr(owner, name, self._watched(getattr(owner, name)))
            yield self

    def _watched(self, real: Callable[..., Any]) -> Callable[..., Any]:
        def asked(*given: Any, **told: Any) -> Any:
            self.ask()
            return real(*given, **told)

        return asked

"""Keys that can be away, in all the ways in which devices are: for the contracts of signing and of opening alike."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Protocol

from app.errors import Unavailable


class Removable(Protocol):
    """What can be pulled out and put back."""

    def pull_out(self) -> None:
        """Make it impossible to use, as when a USB key is pulled out; a soft key has its own way to be away."""

    def put_back(self) -> None:
        """Make it possible again."""


class Pluggable:
    """Says its absence as the program's own keys do; whoever uses the key calls `reach` first."""

    here = True

    def pull_out(self) -> None:
        self.here = False

    def put_back(self) -> None:
        self.here = True

    def reach(self) -> None:
        if not self.here:
            raise Unavailable("keyring_locked", backend="test")


class ForeignError(Pluggable):
    """Lets its driver's own error out when it is pulled out."""

    def reach(self) -> None:
        if not self.here:
            raise OSError("SAR_NO_DEVICE")


class StaysAway(Pluggable):
    """Stays away once it was away."""

    gone = False

    def reach(self) -> None:
        self.gone = self.gone or not self.here
        if self.gone:
            raise Unavailable("keyring_locked", backend="test")


@contextmanager
def away(device: Removable) -> Iterator[None]:
    """The device is pulled out for as long as this lasts."""
    device.pull_out()
    try:
        yield
    finally:
        device.put_back()


def words_of(error: Exception) -> list[str]:
    """All that an error says of itself."""
    return [repr(error), str(error), *map(str, getattr(error, "facts", {}).values())]


def all_at_once(*tasks: Callable[[], bool]) -> bool:
    """Whether each of these, begun at the same moment in a thread of its own, comes out well."""
    outcomes: list[bool] = []
    barrier = threading.Barrier(len(tasks))

    def run(task: Callable[[], bool]) -> None:
        barrier.wait()
        outcomes.append(task())

    threads = [threading.Thread(target=run, args=(task,)) for task in tasks]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    return outcomes == [True] * len(tasks)

"""How far a long job is, and whether the person still wants it."""

from dataclasses import dataclass, field
from threading import Event

from app.errors import Refused


@dataclass(slots=True)
class Progress:
    """Told by the job, read by the window; the person's way out is `cancel`."""

    step: int = 0
    total: int = 0
    stage: str = ""
    """The name of what is being done now; `step` and `total` count within it, `total` is 0 where nobody knows."""
    _cancelled: Event = field(default_factory=Event)

    def cancel(self) -> None:
        """Ask the job to stop at its next step."""
        self._cancelled.set()

    def begin(self, stage: str, total: int = 0) -> None:
        """Say what is done from here on; raises `Refused("cancelled")` as `advance` does."""
        self.stage, self.total, self.step = stage, total, 0
        self.advance(0)

    def advance(self, steps: int = 1) -> None:
        """Say that `steps` more are done; raises `Refused("cancelled")` where the person has asked to stop."""
        self.step += steps
        if self._cancelled.is_set():
            raise Refused("cancelled")

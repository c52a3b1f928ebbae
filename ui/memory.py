"""Memory looked through on the GUI thread only.

Python looks for garbage in whichever thread happens to allocate. What it finds may be a timer, a model or the keeper of a form,
which Qt lets go on their own thread only: found by a thread that reads the store, they take the program with them.
"""

import gc
from typing import Final

from PySide6.QtCore import QObject, QTimer

_PAUSE: Final = 1000  # milliseconds


class Tidying(QObject):
    """From now on, what comes and goes is looked through here, as often as Python would; what was loaded so far never is."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        gc.collect()
        gc.freeze()
        self.timer: Final = QTimer(self, interval=_PAUSE)
        self.timer.timeout.connect(tidy)
        self.timer.start()


def tidy() -> None:
    """Look through the oldest generation that is due, and so through all younger ones."""
    due = [each for each, (count, most) in enumerate(zip(gc.get_count(), gc.get_threshold(), strict=True)) if count > most]
    if due:
        gc.collect(due[-1])

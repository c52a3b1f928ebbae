"""What a second process of a program does first."""

import os
import signal
from multiprocessing import connection, parent_process
from threading import Thread


def live_with_parent() -> None:
    """Leave it to the parent to answer Ctrl-C, and end with it however it ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = parent_process()
    assert parent is not None

    def watch() -> None:
        connection.wait([parent.sentinel])
        os._exit(1)

    Thread(target=watch, daemon=True).start()

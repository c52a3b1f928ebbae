"""Run inside a message bus of its own: asks a real keyring daemon and prints what came of it as one JSON document.

Arguments: `unlocked` or `locked`, and the slot file.
"""

import json
import subprocess
import sys
from pathlib import Path

from app.errors import AppError
from app.keys import slots
from app.keys.desktop_keyring import accepted_backends
from app.keys.slot_file import read_slots
from app.keys.ways import KeyringWay

KEY = bytes(range(32))


def main(mode: str, path: Path) -> None:
    command = ["gnome-keyring-daemon", "--foreground", "--components=secrets", *(["--unlock"] if mode == "unlocked" else [])]
    daemon = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert daemon.stdin is not None
    assert daemon.stdout is not None
    daemon.stdin.write(b"login word" if mode == "unlocked" else b"")
    daemon.stdin.close()
    daemon.stdout.readline()  # it has begun to listen
    try:
        print(json.dumps(tried(path)))
    finally:
        daemon.terminate()
        daemon.wait()


def tried(path: Path) -> dict[str, object]:
    backends = [f"{each.__module__}" for each in accepted_backends()]
    way = KeyringWay(account="db")
    try:
        if not path.exists():
            slots.create(path, "db", KEY, [way])
        return {"backends": backends, "opened": slots.open_with(read_slots(path), way) == KEY}
    except AppError as error:
        return {"backends": backends, "code": error.code}


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))

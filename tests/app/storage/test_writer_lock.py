"""The right to write: one process at a time, given back by the system however a process ends."""

import subprocess
import sys
from pathlib import Path

import pytest

from app.errors import Refused, Unavailable
from app.storage.writer_lock import LOCK_FILE, writer_lock

HOLDER = "import sys; from pathlib import Path; from app.storage.writer_lock import writer_lock\n"
HOLDER += "with writer_lock(Path(sys.argv[1])): print('held', flush=True); sys.stdin.read()"


def refusal(folder: Path) -> Refused:
    with pytest.raises(Refused) as caught, writer_lock(folder):
        pass
    return caught.value


def test_a_second_writer_is_refused_until_the_first_has_ended(tmp_path: Path) -> None:
    with writer_lock(tmp_path):
        error = refusal(tmp_path)
        assert (error.code, error.facts) == ("second_writer", {"home": str(tmp_path.parent)})
    with writer_lock(tmp_path):
        assert refusal(tmp_path).code == "second_writer"


def test_an_error_gives_the_lock_back(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), writer_lock(tmp_path):
        raise ZeroDivisionError
    with writer_lock(tmp_path):
        pass


def test_a_killed_process_gives_the_lock_back(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        assert refusal(tmp_path).code == "second_writer"
        process.kill()
        process.wait()
    assert (tmp_path / LOCK_FILE).exists()
    with writer_lock(tmp_path):
        assert refusal(tmp_path).code == "second_writer"


def test_a_folder_that_cannot_hold_the_lock_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(Unavailable, match="folder_unusable"), writer_lock(tmp_path / "file"):
        pass

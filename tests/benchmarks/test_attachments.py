"""As many attachments as a package holds, nearly a gibibyte, sealed, beside `tar | sha256sum` of the same files, and memory."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from random import Random

from tests.benchmarks.figures import peak_megabytes, seconds_of, tell

MEGABYTES = int(os.environ.get("LIAISON_BENCH_ATTACHMENTS", "960"))
EACH = 64  # MiB of a file: one chunk
WANTED = 250  # MB a second, or half of the peer
MEMORY = 200  # MB
_TOP = Path(__file__).resolve().parents[2]


def test_sealing_attachments(tmp_path: Path, program: Callable[[str], str]) -> None:
    tar, digest = program("tar"), program("sha256sum")
    files = tmp_path / "files"
    files.mkdir()
    chance = Random(1)
    for number in range(MEGABYTES // EACH):
        (files / f"{number}.bin").write_bytes(chance.randbytes(EACH << 20))
    size = sum(each.stat().st_size for each in files.iterdir()) / 1e6
    command = [sys.executable, "-m", "tests.benchmarks.attachment_session", files, tmp_path]
    told = subprocess.run([str(each) for each in command], cwd=_TOP, check=True, capture_output=True, text=True).stdout
    ours, processor = map(float, told.split())
    before = _others()
    theirs = seconds_of(
        lambda: subprocess.run(f"{tar} c -C {files} . | {digest}", shell=True, check=True, stdout=subprocess.DEVNULL)
    )
    peer = _others() - before
    memory = peak_megabytes(command, _TOP)
    tell(
        f"{size:.0f} MB of attachments sealed: {ours:.2f} s, {size / ours:.0f} MB a second, of the processor {processor:.2f} s;"
        f" memory at most {memory:.0f} MB",
        f"  tar | sha256sum: {theirs:.2f} s, {size / theirs:.0f} MB a second, of the processor {peer:.2f} s",
    )
    assert memory < MEMORY
    # By the processor's time: by the clock the peer has two processes where others leave it two cores, and this has one.
    assert size / processor >= WANTED or processor <= 2 * peer


def _others() -> float:
    """Seconds of the processor that processes started from here have had."""
    return os.times().children_user + os.times().children_system

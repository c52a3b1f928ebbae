"""Export beside `gzip -6` of the same lines, intake into the encrypted store, and the memory of both."""

import hashlib
import json
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path

from app.domain.kinds import travelling_kinds
from app.storage.outbox import Outbox
from app.use_cases.handing_in import export
from app.workspace import Workspace, opened
from tests.benchmarks.conftest import Measured
from tests.benchmarks.figures import RUNS, Figure, peak_megabytes, seconds_of, taken_in_turn, tell

AT_LEAST = 25_000  # rows a second
_TOP = Path(__file__).resolve().parents[2]


def test_export_beside_gzip(measured: Measured, tmp_path: Path, program: Callable[[str], str]) -> None:
    gzip = program("gzip")
    lines = tmp_path / "lines.jsonl"
    with opened(measured.station, measured.way, write=False) as workspace, lines.open("wb") as file:
        file.writelines(_lines_of(workspace))
    homes = iter([_copied(measured.station, tmp_path / f"station-{number}") for number in range(4)])

    def seal() -> None:
        with opened(next(homes), measured.way, write=True) as workspace:
            numbers = export(workspace, tmp_path / "stick").numbers
        assert sum(sum(each.records.values()) for each in numbers) > 0

    ours, theirs = taken_in_turn(
        ("export", seal),
        ("  gzip -6 of the same lines", lambda: subprocess.run([gzip, "-6", "-k", "-f", lines], check=True)),
        runs=3,
    )
    megabytes = lines.stat().st_size / 1e6
    tell(f"{ours.told('s')}; {megabytes:.1f} MB of lines", f"{theirs.told('s')}; ratio {ours.median / theirs.median:.2f}")


def test_intake(measured: Measured, tmp_path: Path) -> None:
    home = _copied(measured.station, tmp_path / "station")
    with opened(home, measured.way, write=True) as workspace:
        packages = export(workspace, tmp_path / "stick").paths
        lines = _lines_of(workspace)
    told: list[dict[str, float]] = []
    barely: list[float] = []
    for turn in range(RUNS + 1):
        body = _copied(measured.body, tmp_path / f"body-{turn}")
        told.append(_taken_in(body, measured.secret, packages))
        barely.append(seconds_of(lambda: _take_in_barely(lines, tmp_path / "plain.db")))
        shutil.rmtree(body)
        (tmp_path / "plain.db").unlink()
    rows = int(told[0]["rows"])
    ours = Figure("intake", tuple(each["seconds"] for each in told[1:]))  # the first round warms up
    bare = Figure("  the bare minimum of the same lines, not encrypted", tuple(barely[1:]))
    rate = rows / ours.median
    tell(f"{ours.told('s')}; {rows} rows, {rate:.0f} a second", f"{bare.told('s')}; ratio {ours.median / bare.median:.2f}")
    assert rate >= AT_LEAST


def _taken_in(body: Path, secret: Path, packages: Sequence[Path]) -> dict[str, float]:
    """Seconds and rows of one intake, in a process of its own."""
    command = [sys.executable, "-m", "tests.benchmarks.intake_session", body, secret, *packages]
    ran = subprocess.run([str(each) for each in command], cwd=_TOP, check=True, capture_output=True, text=True)
    return dict(json.loads(ran.stdout))


def _take_in_barely(lines: Sequence[bytes], path: Path) -> None:
    """Each line read as JSON, hashed, and stored by its two names; nothing is opened, verified, encrypted or compared."""
    with closing(sqlite3.connect(path)) as store, store:
        store.execute("CREATE TABLE revision (rev TEXT PRIMARY KEY, record TEXT, digest BLOB, line BLOB)")
        store.execute("CREATE INDEX revision_record ON revision (record)")
        read = ((line, json.loads(line)) for line in lines)
        rows = ((row["_rev"], row["_id"], hashlib.sha256(line).digest(), line) for line, row in read)
        store.executemany("INSERT INTO revision VALUES (?, ?, ?, ?)", rows)


def test_memory(measured: Measured, tmp_path: Path) -> None:
    station, body = _copied(measured.station, tmp_path / "station"), _copied(measured.body, tmp_path / "body")
    stick = tmp_path / "stick"
    common = ["--passphrase-file", measured.secret]
    sealing = peak_megabytes([sys.executable, "-m", "app", "--home", station, *common, "export", "--output", stick], _TOP)
    taking = peak_megabytes([sys.executable, "-m", "app.province", "--home", body, *common, "intake", stick], _TOP)
    tell(f"peak memory: export {sealing:.0f} MB, intake {taking:.0f} MB")
    assert max(sealing, taking) < 200


def _lines_of(workspace: Workspace) -> list[bytes]:
    """All lines that a station has to hand in."""
    with workspace.reading() as connection:
        found = Outbox(connection).candidates(workspace.author.by, travelling_kinds(contact=False), frozenset(), 0)
        return [each.line for each in found]


def _copied(source: Path, target: Path) -> Path:
    shutil.copytree(source, target)
    return target

"""Export beside `gzip -6` of the same lines, intake into the encrypted store, and the memory of both."""

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from app.domain.kinds import travelling_kinds
from app.province import receiver
from app.province.intake import ACCEPTED, Intake
from app.storage.outbox import Outbox
from app.use_cases.handing_in import export
from app.workspace import opened
from tests.benchmarks.conftest import Measured
from tests.benchmarks.figures import peak_megabytes, taken_in_turn, tell

_TOP = Path(__file__).resolve().parents[2]


def test_export_beside_gzip(measured: Measured, tmp_path: Path, program: Callable[[str], str]) -> None:
    gzip = program("gzip")
    lines = tmp_path / "lines.jsonl"
    with (
        opened(measured.station, measured.way, write=False) as workspace,
        workspace.reading() as connection,
        lines.open("wb") as file,
    ):
        for line in Outbox(connection).candidates(workspace.author.by, travelling_kinds(contact=False), frozenset(), 0):
            file.write(line.line)
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
    bodies = iter([_copied(measured.body, tmp_path / f"body-{number}") for number in range(4)])
    rows: list[int] = []

    def take_in() -> None:
        with receiver.opened(next(bodies), measured.way, write=True) as body:
            outcomes = [Intake(body).take(path) for path in packages]
        assert {each.verdict for each in outcomes} == {ACCEPTED}
        rows.append(sum(each.new for each in outcomes))

    lines = [path.read_bytes() for path in packages]
    ours, copy = taken_in_turn(
        ("intake", take_in),
        ("  writing the packages' bytes", lambda: [(tmp_path / "copy").write_bytes(each) for each in lines]),
        runs=3,
    )
    tell(f"{ours.told('s')}; {rows[0]} rows, {rows[0] / ours.median:.0f} a second", copy.told("s"))


def test_memory(measured: Measured, tmp_path: Path) -> None:
    station, body = _copied(measured.station, tmp_path / "station"), _copied(measured.body, tmp_path / "body")
    stick = tmp_path / "stick"
    common = ["--passphrase-file", measured.secret]
    sealing = peak_megabytes([sys.executable, "-m", "app", "--home", station, *common, "export", "--output", stick], _TOP)
    taking = peak_megabytes([sys.executable, "-m", "app.province", "--home", body, *common, "intake", stick], _TOP)
    tell(f"peak memory: export {sealing:.0f} MB, intake {taking:.0f} MB")
    assert max(sealing, taking) < 200


def _copied(source: Path, target: Path) -> Path:
    shutil.copytree(source, target)
    return target

"""The power fails at any step of handing in: what was flushed is enough to go on, and a final name is a whole package."""

import shutil
import sys
from pathlib import Path

import pytest

from app.clock import Clock
from app.keys.ways import RecoveryWay
from app.packages.container import read
from app.province import receiver
from app.province.intake import Intake
from app.province.store import count
from app.storage.outbox import Outbox
from app.use_cases import handing_in
from app.workspace import OUTBOX, opened
from tests.builders import Wall, an_issue, enrol, new_body, new_station, save
from tests.power_cut import Cuts

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="asks the system which file a handle is of")
RECORDS = 3


@pytest.fixture
def cuts(tmp_path: Path) -> Cuts:
    """Every state that a cut could have left of a station and its stick while it handed in; the body lies beside them."""
    wall, top = Wall(), tmp_path / "top"
    station, body = new_station(top / "station", wall=wall), new_body(tmp_path / "body", wall=wall)
    with station.opened() as workspace:
        with body.opened() as held:
            enrol(workspace, held)
        save(workspace, *(an_issue(workspace, f"第{number}盏灯") for number in range(RECORDS)))
        (top / "stick").mkdir()
        with Cuts(top, tmp_path / "cuts").noted() as noted:
            handing_in.export(workspace, top / "stick")
    for left in noted.made:
        shutil.copytree(body.home, left / "body")
        (left / "codes").write_text(f"{station.made.recovery_code}\n{body.made.recovery_code}", "utf-8")
    return noted


def test_a_cut_at_any_step_of_handing_in_loses_nothing(cuts: Cuts) -> None:
    assert len(cuts.made) > 10
    found = set()
    for left in cuts.made:
        station, body = (RecoveryWay(code=each) for each in (left / "codes").read_text("utf-8").splitlines())
        carried = sorted((left / "stick").glob("*.llz"))
        for path in carried:
            with path.open("rb") as file:
                assert read(file).payload_bytes, left.name
        with opened(left / "station", station, write=True, clock=Clock(now=Wall())) as workspace:
            with workspace.reading() as connection:
                taken = [sent.file for sent in Outbox(connection).numbers()]
            assert all((workspace.folder / OUTBOX / each).stat().st_size for each in taken), "a number that is taken lies there"
            assert not list((workspace.folder / OUTBOX).glob("*.part"))
            carried += handing_in.export(workspace, left / "another stick").paths
        with receiver.opened(left / "body", body, write=True, clock=Clock(now=Wall())) as held:
            verdicts = [Intake(held).take(path).verdict for path in carried]
            assert set(verdicts) <= {"accepted", "duplicate"}, (left.name, verdicts)
            assert count(held.store)["issue"] == RECORDS, left.name
        found.add((len(taken), len(verdicts)))
    assert {number for number, _files in found} == {0, 1}, "cuts before and after the number was taken"

"""The demo station that is measured, made once a run.

`LIAISON_BENCH_VISITS` and `LIAISON_BENCH_ISSUES` make it smaller or larger.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from app.clock import Clock
from app.keys.passphrase import Passphrase
from app.keys.ways import PassphraseWay
from app.province import enrolment, receiver
from app.province.receiver import Receiver
from app.use_cases import demo, setup
from app.use_cases.trust import request_enrolment, take_trust
from app.workspace import Workspace, opened

if TYPE_CHECKING:
    from ui.theme import Theme

VISITS = int(os.environ.get("LIAISON_BENCH_VISITS", "100000"))
ISSUES = int(os.environ.get("LIAISON_BENCH_ISSUES", "20000"))
WORDS = "a passphrase for measuring"


@dataclass(frozen=True, slots=True)
class Measured:
    """A demo station and the body it is enrolled with, closed, opened by the passphrase in `secret`."""

    station: Path
    body: Path
    secret: Path
    way: PassphraseWay
    recovery: str


@pytest.fixture(scope="session")
def measured(tmp_path_factory: pytest.TempPathFactory) -> Measured:
    """A station with `VISITS` invented visits and `ISSUES` issues."""
    folder = tmp_path_factory.mktemp("measured")
    secret = folder / "passphrase.txt"
    secret.write_text(WORDS, encoding="utf-8")
    way = PassphraseWay(passphrase=Passphrase(WORDS))
    clock, home = Clock(), folder / "station"
    recovery = setup.set_up(home, way, code="430181001-001", name="示例联络站", operator="联络员", clock=clock).recovery_code
    made = Measured(home, folder / "body", secret, way, recovery)
    receiver.set_up(made.body, way, code="43", roots_folder=folder / "roots", passphrase=None, clock=clock)
    with opened(made.station, way, write=True) as workspace, receiver.opened(made.body, way, write=True) as body:
        take_trust(workspace, enrolment.enrol(body, request_enrolment(workspace).content).bundle)
        demo.fill(workspace, demo.Amounts(visits=VISITS, issues=ISSUES, suggestions=20), 1)
    return made


@pytest.fixture
def workspace(measured: Measured) -> Iterator[Workspace]:
    """The station, open for writing."""
    with opened(measured.station, measured.way, write=True) as workspace:
        yield workspace


@pytest.fixture
def body(measured: Measured) -> Iterator[Receiver]:
    """The body, open for writing."""
    with receiver.opened(measured.body, measured.way, write=True) as opened_body:
        yield opened_body


@pytest.fixture(scope="session")
def theme() -> "Theme":
    """What a window of this run wears, on a screen where there is one; Qt is loaded for whoever measures a window only."""
    if not os.environ.get("DISPLAY"):
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from ui.application import make_application
    from ui.theme import Theme

    theme = Theme(make_application())
    theme.apply(size=100, dark=False)
    return theme

"""A reception typed by keyboard alone in a process of its own, killed in the middle, taken up again by another process."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest

from app.keys.passphrase import Passphrase
from app.keys.ways import PassphraseWay
from app.queries.visit_card import visit_card
from app.queries.visit_drafts import unsaved_visits
from app.queries.visit_list import visit_list
from app.use_cases.opening import set_up_station
from app.workspace import opened
from tests.conftest import QT_MISSING
from tests.journeys.programs import ROOT

if QT_MISSING:
    pytest.skip(f"Qt cannot be loaded here: {QT_MISSING}", allow_module_level=True)

from tests.journeys.reception_typist import FIRST, NAME, SECOND, WORDS

PASSPHRASE: Final = "open sesame 1234"


def typist(deed: str, home: Path) -> "subprocess.Popen[str]":
    """A process that types; what it says can be read line by line."""
    command = [sys.executable, "-m", "tests.journeys.reception_typist", deed, str(home), PASSPHRASE]
    env = os.environ | {"PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1", "QT_QPA_PLATFORM": "offscreen"}
    return subprocess.Popen(command, cwd=ROOT, env=env, stdout=subprocess.PIPE, encoding="utf-8")


def heard(process: "subprocess.Popen[str]", words: str) -> None:
    """Listen until the process says these words."""
    assert process.stdout
    for line in process.stdout:
        if line.strip() == words:
            return
    pytest.fail(f"it ended before it said {words!r}")


def test_a_reception_killed_in_the_middle_is_taken_up_again(tmp_path: Path) -> None:
    home = tmp_path / "家 目录"
    home.mkdir()
    set_up_station(home, code="430181001-001", name="某某联络站", operator="联络员甲", passphrase=PASSPHRASE)
    with typist("type", home) as typing:
        heard(typing, "typed")
        heard(typing, "kept")
        typing.send_signal(signal.SIGKILL)
    assert typing.returncode == -signal.SIGKILL

    with opened(home, PassphraseWay(passphrase=Passphrase(PASSPHRASE)), write=False) as workspace:
        (row,) = visit_list(workspace).rows
        assert [each.encounter.name for each in visit_card(workspace, row.id).sheet.lines] == [FIRST[0]]
        assert len(unsaved_visits(workspace)) == 1

    with typist("restore", home) as restoring:
        said = restoring.communicate()[0].splitlines()
    assert restoring.returncode == 0
    offered, restored, ended = said
    assert "没有保存" in offered
    assert json.loads(restored) == [[*FIRST], [NAME, WORDS, SECOND]]
    assert ended == "ended"

    with opened(home, PassphraseWay(passphrase=Passphrase(PASSPHRASE)), write=False) as workspace:
        (row,) = visit_list(workspace).rows
        sheet = visit_card(workspace, row.id).sheet
        assert [[each.encounter.name, *(issue.words for issue in each.issues)] for each in sheet.lines] == json.loads(restored)
        assert not unsaved_visits(workspace)

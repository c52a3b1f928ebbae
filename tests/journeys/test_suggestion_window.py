"""The whole life of a suggestion through a real window: from five issues to a second reply, and an old promise kept."""

import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from app.domain.people import Operator, Role
from app.keys.passphrase import read_passphrase_file
from app.keys.ways import PassphraseWay
from app.queries.deputies import register
from app.use_cases.signing_in import set_pin
from app.workspace import opened
from tests.app.use_cases.cosigners import a_scan
from tests.builders import save
from tests.conftest import QT_MISSING
from tests.journeys.programs import Line, Program
from tests.journeys.sittings import Sitting
from tests.journeys.test_suggestion_life import recorded_deputies
from tests.journeys.test_tracking import answered
from tests.virtual_screen import virtual_screen

if QT_MISSING:
    pytest.skip(f"Qt cannot be loaded here: {QT_MISSING}", allow_module_level=True)

from tests.journeys.suggestion_days import BY_PIN, ON_PAPER, PIN, TITLE

LONG = 60_000.0  # milliseconds: how fast the window answers, others measure
SHARP = 150  # dots an inch of a scan


@pytest.fixture
def sitting(line: Line, program: Callable[[str], str]) -> Iterator[Sitting]:
    """A screen before an enrolled station with five messages from residents."""
    program("Xvfb")
    assert line.station.passphrase
    words = line.station.passphrase.read_text("utf-8").strip()
    with virtual_screen(1366, 768) as display:
        yield Sitting(display, line.station.home, longest=LONG, driver="tests.journeys.suggestion_days", words=words)


def give_pin(station: Program, name: str) -> None:
    """A deputy of the register works at this computer too, under a PIN."""
    assert station.passphrase
    with opened(station.home, PassphraseWay(passphrase=read_passphrase_file(station.passphrase)), write=True) as workspace:
        deputy = next(each.id for each in register(workspace) if each.name == name)
        operator = Operator(id=workspace.clock.new_id(), name=name, roles=(Role.DEPUTY,), deputy=deputy)
        save(workspace, operator)
        set_pin(workspace, operator.id, PIN)


def scanned(pdf: Path) -> list[Path]:
    """The pages of a paper as a scanner gives them back."""
    subprocess.run(["pdftoppm", "-r", str(SHARP), "-jpeg", str(pdf), str(pdf.with_suffix(""))], check=True)
    return sorted(pdf.parent.glob(f"{pdf.stem}-*.jpg"))


def found(station: Program, kind: str, words: str) -> list[dict[str, Any]]:
    """The fields of what a search finds."""
    return [station("show", hit["id"])["fields"] for hit in station("search", words, "--kind", kind)["hits"]]


def test_from_five_issues_to_the_second_reply(
    line: Line, sitting: Sitting, tmp_path: Path, program: Callable[[str], str]
) -> None:
    program("pdftoppm")
    station, scan = line.station, str(a_scan(tmp_path))
    recorded_deputies(station, tmp_path)
    give_pin(station, BY_PIN)

    # drafted on five issues, talked over, signed on paper and by PIN; a late change voids both signatures in words
    (voided,) = sitting("draft", scan)["voided"]
    assert ON_PAPER in voided
    assert BY_PIN in voided
    (hit,) = station("search", TITLE, "--kind", "suggestion")["hits"]
    issues = station("show", hit["id"])["fields"]["issues"]
    assert len(issues) == 5
    assert {each["stand"] for each in station("cosign", hit["id"])["signers"]} == {"signed"}

    # printed, signed, scanned: the code on an invitation leads back to the suggestion; the form carries none
    form, page = tmp_path / "专用纸.pdf", tmp_path / "联名邀请书.pdf"
    sitting("print_forms", form, page)
    pictures = [scanned(each)[0] for each in (form, page)]
    came = sitting("match_and_submit", *pictures)
    assert came["by_code"] == [[], [TITLE]]
    assert {each.name for each in pictures} <= set(came["files"])
    assert {station("show", each)["fields"]["state"] for each in issues} == {"raised"}

    # packaged
    hand_over(sitting, line, tmp_path / "first")

    # sent back once with a remark in the text, written and signed anew, handed in again; from there to the first reply
    sitting("returned_once", scan)
    sitting("handled")

    # the deputy is dissatisfied, unseen by the station; the second round overwrites nothing
    sitting("dissatisfied")
    sitting("second_round")
    fields = station("show", hit["id"])["fields"]
    assert fields["state"] == "closed"
    (planned,), (solved,) = found(station, "reply", "列入明年计划"), found(station, "reply", "四十盏全部修好")
    assert [(each["reply_class"], each.get("round")) for each in (planned, solved)] == [("B", 1), ("A", 2)]
    (year,) = station("evaluations")["years"]
    assert year["sealed"] == 2

    hand_over(sitting, line, tmp_path / "last")
    said = {each["opinion"]: each["result"] for each in line.body("evaluations")["evaluations"]}
    assert said["今年就该修。"] == "dissatisfied"
    assert station("check", "--read-data")["sound"]


def hand_over(sitting: Sitting, line: Line, stick: Path) -> None:
    """Everything goes to the body on a stick, and its receipt comes back."""
    stick.mkdir()
    (package,) = sitting("hand_in", stick)["files"]
    assert line.body("intake", stick / package)["files"][0]["verdict"] == "accepted"
    line.bring_back()


def test_what_was_planned_in_an_earlier_year_is_kept(line: Line, sitting: Sitting) -> None:
    station = line.station
    suggestion, _reply = answered(station)
    title = station("show", suggestion)["fields"]["subject"]
    sitting("kept_promise", title)
    (item,) = station("tracking", "--group", "all")["items"]
    assert (item["first_class"], item["class"]) == ("B", "A")
    (first,), (later,) = found(station, "reply", "列入计划"), found(station, "reply", "完工")
    assert [(each["reply_class"], each.get("evidence", "")) for each in (first, later)] == [("B", ""), ("A", "验收单")]

"""What was brought is looked at before anything changes, then taken in together."""

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from app.changes import Changes
from app.domain.arrival import Enrolment, Incoming, Verdict
from app.errors import Refused
from app.packages.container import ContainerFile
from app.progress import Progress
from app.province import enrolment, receipts
from app.use_cases.arrival import Arrival
from app.use_cases.arrivals import look, take_all
from app.use_cases.brought_files import Found, look_through
from app.use_cases.trust import trust_state
from tests.app.use_cases.unsealing import received
from tests.builders import STATION_CODE, Pair, an_issue, an_unbound_suggestion, new_station, save


def laid_out(line: Pair) -> list[Path]:
    """Handed in and taken in at the body; what it lays out lies on the stick, beside the station's own package."""
    line.export()
    line.intake()
    receipts.write_receipts(line.body, STATION_CODE, line.stick / "back")
    return list(look_through(line.stick).files)


def told(arrivals: tuple[Arrival, ...]) -> list[tuple[str, Verdict, int]]:
    return [(each.what, each.verdict, each.number) for each in arrivals]


def test_a_look_says_what_each_file_would_do_and_changes_nothing(line: Pair) -> None:
    save(line.station, an_unbound_suggestion(line.station), an_issue(line.station))
    paths = laid_out(line)
    before = received(line.station)
    arrivals = look(line.station, reversed(paths))
    assert received(line.station) == before
    assert told(arrivals) == [
        ("trust", Verdict.KNOWN, 1),
        ("receipt", Verdict.NEW, 1),
        ("reply", Verdict.NEW, 1),
        ("own", Verdict.KNOWN, 1),
    ]
    _trust, receipt, reply, _own = arrivals
    assert (receipt.settles, receipt.returned, reply.incoming.new) == ((1,), 1, 1)
    assert receipt.issued == line.wall.moment
    assert not any(each.first for each in arrivals)


def test_what_was_looked_at_is_taken_in_once(line: Pair) -> None:
    save(line.station, an_unbound_suggestion(line.station))
    paths = laid_out(line)
    progress = Progress()
    taken = take_all(line.station, look(line.station, paths), progress=progress)
    assert [each.taken.what for each in taken.outcomes if each.taken] == ["receipt", "reply"]
    assert (progress.step, progress.total, taken.stopped) == (2, 2, False)
    assert taken.changes & Changes.EXCHANGE
    assert taken.changes & Changes.SUGGESTIONS
    before = received(line.station)
    again = look(line.station, paths)
    assert {each.verdict for each in again} == {Verdict.KNOWN}
    assert {(each.settles, each.returned, each.incoming) for each in again} == {((), 0, Incoming())}
    nothing = take_all(line.station, again)
    assert (nothing.outcomes, nothing.changes, received(line.station)) == ((), Changes.NOTHING, before)


def test_strange_and_damaged_files_are_told_and_the_sound_ones_taken(line: Pair, tmp_path: Path) -> None:
    paths = laid_out(line)
    receipt = next(path for path in paths if path.name.endswith(".receipt.dsse.json"))
    damaged = receipt.with_name("b.json")
    damaged.write_bytes(receipt.read_bytes()[:-40])
    (tmp_path / "letter.txt").write_text("您好")
    arrivals = look(line.station, [tmp_path / "letter.txt", damaged, receipt, tmp_path / "nowhere"])
    assert [each.verdict for each in arrivals] == [Verdict.NEW, *[Verdict.REFUSED] * 3]
    faults = {each.path.name: each.fault.code for each in arrivals if each.fault}
    assert faults["nowhere"] == "file_missing"
    assert faults["b.json"].startswith("E_")
    assert faults["letter.txt"] == "file_strange"
    assert [each.path for each in take_all(line.station, arrivals).outcomes] == [receipt]


def test_a_package_cut_off_is_told_as_damaged_at_a_station_that_trusts_no_body_yet(line: Pair, tmp_path: Path) -> None:
    line.export()
    (package,) = line.stick.glob("*.llz")
    whole, cut = package.read_bytes(), tmp_path / "cut.llz"
    with new_station(tmp_path / "another", wall=line.wall).opened() as workspace:
        for length in (len(whole) // 2, len(whole) - 30):
            cut.write_bytes(whole[:length])
            (arrival,) = look(workspace, [cut])
            assert arrival.fault
            assert arrival.fault.code == "E_CONTAINER"


def test_a_file_that_changes_between_look_and_taking_is_refused_by_itself(line: Pair) -> None:
    arrivals = look(line.station, laid_out(line))
    receipt = next(each for each in arrivals if each.what == "receipt")
    receipt.path.write_bytes(receipt.path.read_bytes()[:-40])
    (outcome,) = take_all(line.station, arrivals).outcomes
    assert outcome.taken is None
    assert outcome.fault is not None
    assert outcome.fault.code.startswith("E_")


def test_taking_in_can_be_stopped_and_what_was_taken_stays(line: Pair) -> None:
    save(line.station, an_unbound_suggestion(line.station))
    arrivals = look(line.station, laid_out(line))
    progress = Stopping()
    taken = take_all(line.station, arrivals, progress=progress)
    assert ([each.taken.what for each in taken.outcomes if each.taken], taken.stopped) == (["receipt"], True)
    assert [each.what for each in look(line.station, [each.path for each in arrivals]) if each.verdict is Verdict.NEW] == [
        "reply"
    ]


class Stopping(Progress):
    """A person who asks to stop while the first file is taken in."""

    def begin(self, stage: str, total: int = 0) -> None:
        Progress.begin(self, stage, total)
        self.cancel()


# --- trust seen for the first time ------------------------------------------------------------------------------------


def test_a_body_is_trusted_first_only_by_a_fingerprint_that_was_compared(line: Pair, tmp_path: Path) -> None:
    with new_station(tmp_path / "b", code="430181001-002", wall=line.wall).opened() as other:
        file = tmp_path / "all.trust.json"
        file.write_bytes(enrolment.trust_bundle(line.body))
        (arrival,) = look(other, [file])
        assert (arrival.what, arrival.first, arrival.verdict) == ("trust", True, Verdict.NEW)
        assert arrival.trust is not None
        assert arrival.trust.enrolment is Enrolment.UNKNOWN
        (outcome,) = take_all(other, [arrival]).outcomes
        assert outcome.fault is not None
        assert outcome.fault.code == "fingerprint_not_compared"
        (outcome,) = take_all(other, [arrival], fingerprint="0000 0000 0000").outcomes
        assert outcome.fault is not None
        assert outcome.fault.code == "E_FINGERPRINT"
        assert trust_state(other) is None
        (outcome,) = take_all(other, [arrival], fingerprint=arrival.trust.digits).outcomes
        assert outcome.fault is None
        assert trust_state(other) == arrival.trust


def test_a_receipt_beside_the_first_trust_file_is_measured_by_it(line: Pair, tmp_path: Path) -> None:
    paths = laid_out(line)
    with new_station(tmp_path / "b", code="430181001-002", wall=line.wall).opened() as other:
        file = tmp_path / "all.trust.json"
        file.write_bytes(enrolment.trust_bundle(line.body))
        receipt = next(path for path in paths if path.name.endswith(".receipt.dsse.json"))
        assert [each.fault.code for each in look(other, [receipt]) if each.fault] == ["no_trust"]
        assert [each.fault.code for each in look(other, [file, receipt]) if each.fault] == ["E_RECIPIENT"]


# --- a whole stick ----------------------------------------------------------------------------------------------------


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    """A stick from somewhere: two files of ours, others, and what spreads by sticks."""
    package = BytesIO()
    ContainerFile(package).finish(b"{}")
    files = {
        "a.llz": b"PK\3\4",  # an archive of another program
        "package.dat": package.getvalue(),
        "回执": b'{"payload":"',
        "photo.jpg": b"\xff\xd8",
        "._a.llz": b"",
        "资料/trust.txt": b'{"format":"llz-trust-bundle/1"',
        "x/y/z/deep.json": b'{"payload":"',
        "x/y/z/w/too-deep.json": b'{"payload":"',
        "AutoRun.INF": b"[autorun]",
        "资料.lnk": package.getvalue(),
        ".hidden/receipt.json": b'{"payload":"',
        "System Volume Information/x.json": b'{"payload":"',
        ".Trash-1000/old.json": b'{"payload":"',
    }
    for name, content in files.items():
        path = tmp_path / "stick" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return tmp_path / "stick"


def test_of_a_stick_only_our_own_files_are_opened_by_content(stick: Path) -> None:
    found = look_through(stick)
    assert {path.name for path in found.files} == {"package.dat", "回执", "trust.txt", "deep.json"}
    assert found.others == 3


def test_hundreds_of_photographs_do_not_hide_a_receipt(stick: Path) -> None:
    for number in range(600):
        (stick / f"IMG_{number:04d}.JPG").write_bytes(b"\xff\xd8")
    (stick / "某站.receipt.dsse.json").write_bytes((stick / "回执").read_bytes())
    found = look_through(stick)
    assert "某站.receipt.dsse.json" in {path.name for path in found.files}
    assert found.others > 600


def test_what_spreads_by_sticks_is_told_by_name_and_not_entered(stick: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    true_open = Path.open

    def noting(path: Path, *given: Any, **more: Any) -> Any:
        opened.append(path.name)
        return true_open(path, *given, **more)

    monkeypatch.setattr(Path, "open", noting)
    assert look_through(stick).suspicious == (".hidden", "AutoRun.INF", "资料.lnk")
    assert not {"receipt.json", "AutoRun.INF", "资料.lnk", "x.json", "old.json"} & set(opened)


def test_hidden_folders_in_ones_own_home_are_usual(stick: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "home", lambda: stick)
    assert look_through(stick).suspicious == ("AutoRun.INF", "资料.lnk")


def test_a_folder_made_against_autorun_is_not_suspicious(tmp_path: Path) -> None:
    (tmp_path / "autorun.inf").mkdir()
    assert look_through(tmp_path) == Found(files=())


def test_a_stick_that_is_gone_is_told(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="file_missing"):
        look_through(tmp_path / "gone")

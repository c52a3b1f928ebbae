"""A copy that vanishes from its stick after it was read back; sticks are folders here, told apart by a named volume."""

from pathlib import Path

import pytest

from app.domain.exchange_papers import QuestionKind
from app.queries.exchange_questions import questions
from app.queries.reconciliation import numbers
from app.use_cases import copies_seen, handing_in
from app.use_cases.copies_seen import look_for_copies, note_copies
from app.volumes import Spot
from app.workspace import Workspace
from tests.builders import Pair, an_issue, save


@pytest.fixture(autouse=True)
def volumes(monkeypatch: pytest.MonkeyPatch) -> dict[Path, str]:
    """The name of the volume that is plugged in at each folder."""
    named: dict[Path, str] = {}

    def spot_of(folder: Path) -> Spot:
        return Spot(named.get(folder, "") if folder.is_dir() else "", "")

    for module in (copies_seen, handing_in):
        monkeypatch.setattr(module, "spot_of", spot_of)
    return named


def asked(workspace: Workspace) -> list[QuestionKind]:
    return [each.kind for each in questions(numbers(workspace), workspace.clock.now())]


@pytest.fixture
def package(line: Pair, volumes: dict[Path, str]) -> Path:
    """One package on a stick whose volume has a name."""
    line.stick.mkdir(exist_ok=True)
    volumes[line.stick] = "uuid:1"
    save(line.station, an_issue(line.station))
    return line.export().paths[0]


def test_a_copy_in_its_place_is_no_question(line: Pair, package: Path) -> None:
    assert look_for_copies(line.station, [line.stick]) == ()
    assert asked(line.station) == []


def test_a_copy_that_vanished_is_noticed_told_and_taken_back_when_it_is_there_again(line: Pair, package: Path) -> None:
    content = package.read_bytes()
    package.unlink()
    (gone,) = look_for_copies(line.station, [])
    assert (gone.seq, gone.gone) == (1, True)
    note_copies(line.station, [gone])
    assert asked(line.station) == [QuestionKind.VANISHED]
    assert look_for_copies(line.station, []) == (), "told once"
    package.write_bytes(content)
    (back,) = look_for_copies(line.station, [])
    note_copies(line.station, [back])
    assert asked(line.station) == []


def test_the_same_stick_at_another_place_is_known_by_its_volume(
    line: Pair, package: Path, volumes: dict[Path, str], tmp_path: Path
) -> None:
    moved = line.stick.rename(tmp_path / "E")
    volumes[moved] = "uuid:1"
    assert look_for_copies(line.station, [moved]) == ()
    (moved / package.name).unlink()
    assert [each.gone for each in look_for_copies(line.station, [moved])] == [True]


def test_another_stick_at_the_same_place_says_nothing(line: Pair, package: Path, volumes: dict[Path, str]) -> None:
    package.unlink()
    volumes[line.stick] = "uuid:2"
    assert look_for_copies(line.station, [line.stick]) == ()


def test_a_number_that_a_receipt_has_settled_is_not_looked_for(line: Pair, package: Path) -> None:
    line.intake([package])
    line.bring_back()
    package.unlink(missing_ok=True)
    assert look_for_copies(line.station, [line.stick]) == ()
    assert numbers(line.station)[0].state == "received"

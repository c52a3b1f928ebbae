"""What the next hand-in would take along: told beforehand, and then exactly that goes."""

from pathlib import Path

import pytest

from app.errors import Unavailable
from app.queries.outgoing import outgoing
from app.queries.reconciliation import standing
from app.use_cases import handing_in
from app.use_cases.recording import record
from app.workspace import Workspace
from tests.app.use_cases.unsealing import numbers, outbox
from tests.builders import Pair, a_contact, an_encounter, an_issue, remove, save


def total(workspace: Workspace) -> int:
    return outgoing(workspace, contact=False).total


def test_what_is_told_is_what_goes_and_nothing_is_sealed_by_asking(line: Pair, tmp_path: Path) -> None:
    (tmp_path / "照片.jpg").write_bytes(b"x" * 700)
    record(line.station, "deputy", {"name": "代表甲", "attachments": ["照片.jpg"]}, tmp_path)
    person, undone = an_encounter(line.station), an_issue(line.station, "误录")
    save(line.station, an_issue(line.station), person, undone, a_contact(line.station, person.id))
    remove(line.station, undone.id)
    told = outgoing(line.station, contact=False)
    assert (numbers(line.station), outbox(line.station)) == ([], [])
    assert (told.files, told.file_bytes, told.contact_kept, told.undone) == (1, 700, 1, 1)
    (sent,) = line.export().numbers
    assert told.records == sent.records
    after = outgoing(line.station, contact=False)
    assert (after.nothing, after.total, after.contact_kept, after.undone) == (True, 0, 1, 1)


def test_contact_data_is_told_where_it_travels(line: Pair) -> None:
    save(line.station, a_contact(line.station, line.station.author.owner))
    told = outgoing(line.station, contact=True)
    assert (told.records["contact"], told.contact_kept) == (1, 0)


def test_a_number_that_nobody_has_a_copy_of_is_not_handed_in_yet(line: Pair, monkeypatch: pytest.MonkeyPatch) -> None:
    save(line.station, an_issue(line.station))
    with monkeypatch.context() as patch:
        patch.setattr(handing_in, "_check_room", full)
        with pytest.raises(Unavailable, match="disk_full"):
            line.export()
    told = outgoing(line.station, contact=False)
    assert (told.waiting, told.waiting_bytes, told.total) == ((1,), numbers(line.station)[0].size, 3)
    assert standing(line.station, contact=False).records["never_sent"] == 3
    save(line.station, an_issue(line.station))
    assert total(line.station) == 4
    assert [each.seq for each in line.export().numbers] == [1, 2]
    assert outgoing(line.station, contact=False).nothing


def full(folder: Path, size: int) -> None:
    raise Unavailable("disk_full", path=str(folder), missing=1)

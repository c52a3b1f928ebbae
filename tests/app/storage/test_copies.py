"""Where numbers were copied to: remembered for each by itself, the last copy telling its folder."""

import json
from datetime import datetime, timedelta
from pathlib import Path

from app.storage import copies
from app.storage.copies import Copies, Copy
from app.storage.named_values import put_value
from tests.builders import MORNING, station


def test_copies_are_counted_and_the_last_is_told(tmp_path: Path) -> None:
    later = MORNING + timedelta(hours=1)
    with station(tmp_path) as workspace, workspace.writing() as books:
        assert copies.noted(books.connection) == {}
        for epoch, seq, folder, at in ((1, 1, "/media/甲", MORNING), (1, 2, "/media/甲", MORNING), (1, 1, "/media/乙", later)):
            copies.note(books.connection, epoch, seq, Copy(folder=folder, at=at, volume="uuid:1234", within="报送"))
        assert copies.noted(books.connection) == {
            (1, 1): Copies(times=2, folder="/media/乙", at=later, each=(_copy("/media/甲", MORNING), _copy("/media/乙", later))),
            (1, 2): Copies(times=1, folder="/media/甲", at=MORNING, each=(_copy("/media/甲", MORNING),)),
        }


def _copy(folder: str, at: datetime) -> Copy:
    return Copy(folder=folder, at=at, volume="uuid:1234", within="报送")


def test_what_an_earlier_program_kept_of_the_last_copy_is_one_copy(tmp_path: Path) -> None:
    kept = json.dumps({"1/7": {"times": 3, "folder": "/media/甲", "at": MORNING.isoformat()}}).encode()
    with station(tmp_path) as workspace, workspace.writing() as books:
        put_value(books.connection, "copies", kept)
        (told,) = copies.noted(books.connection).values()
        assert (told.times, told.each) == (3, (Copy(folder="/media/甲", at=MORNING),))
        copies.note(books.connection, 1, 7, _copy("/media/乙", MORNING))
        (told,) = copies.noted(books.connection).values()
        assert (told.times, [each.folder for each in told.each]) == (4, ["/media/甲", "/media/乙"])


def test_of_many_copies_the_last_are_told_one_by_one(tmp_path: Path) -> None:
    with station(tmp_path) as workspace, workspace.writing() as books:
        for number in range(35):
            copies.note(books.connection, 1, 1, _copy(f"/media/{number}", MORNING))
        told = copies.noted(books.connection)[1, 1]
    assert (told.times, len(told.each), told.each[-1].folder) == (35, 30, "/media/34")

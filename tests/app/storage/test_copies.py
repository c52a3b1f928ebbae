"""Where numbers were copied to: remembered for each by itself, the last copy telling its folder."""

from datetime import timedelta
from pathlib import Path

from app.storage import copies
from app.storage.copies import Copies
from tests.builders import MORNING, station


def test_copies_are_counted_and_the_last_is_told(tmp_path: Path) -> None:
    later = MORNING + timedelta(hours=1)
    with station(tmp_path) as workspace, workspace.writing() as books:
        assert copies.noted(books.connection) == {}
        for epoch, seq, folder, at in ((1, 1, "/media/甲", MORNING), (1, 2, "/media/甲", MORNING), (1, 1, "/media/乙", later)):
            copies.note(books.connection, epoch, seq, folder, at)
        assert copies.noted(books.connection) == {
            (1, 1): Copies(times=2, folder="/media/乙", at=later),
            (1, 2): Copies(times=1, folder="/media/甲", at=MORNING),
        }

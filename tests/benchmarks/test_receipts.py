"""A receipt of ten thousand items taken in: of as many packages, and of as many records that are given back."""

import time
from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest

from app.packages.receipt import Cursor, Item, ItemStatus, Receipt, ReturnedRow, RowCounts, read_receipt, sign_receipt
from app.storage.outbox import Outbox, Sent
from app.use_cases.arrivals import receive
from app.use_cases.trust import trusted_by
from tests.benchmarks.figures import Figure, seconds_of, tell
from tests.builders import MORNING, Pair, an_issue, pair, save

ITEMS = 10_000
WANTED = 1.0  # seconds, of the processor
NOTHING = RowCounts(new=1, duplicate=0, conflict=0, returned=0)


def first_receipt(line: Pair) -> Receipt:
    """The receipt of the station's first package, as it was taken in."""
    save(line.station, an_issue(line.station))
    line.round_trip()
    (path,) = (line.stick / "back").glob("*.receipt.dsse.json")
    roots = trusted_by(line.station).roots
    return read_receipt(path.read_bytes(), roots, station=line.station.author.owner, body=line.body.body.code)


def taken_in(line: Pair, told: Receipt, path: Path) -> None:
    """The next receipt, signed by the body, with these items; told and held against what is wanted."""
    path.write_bytes(sign_receipt(told, line.body.identity().receipt))
    begun = time.process_time()
    seconds = seconds_of(lambda: receive(line.station, path))
    processor = time.process_time() - begun
    tell(f"{Figure(f'receipt of {path.stem}', (seconds,)).told()}, of the processor {processor * 1000:.0f} ms; wanted 1 s")
    assert processor < WANTED


def item(seat: str, seq: int, **told: object) -> Item:
    usual = Item(
        package="sha256:" + sha256(b"%d" % seq).hexdigest(),
        seat=seat,
        epoch=1,
        seq=seq,
        status=ItemStatus.ACCEPTED,
        code=None,
        rows=NOTHING,
        returned=(),
        import_id=f"019b76da-a800-7000-8000-{seq:012x}",
    )
    return replace(usual, **told)  # type: ignore[arg-type]  # members of an item


@pytest.fixture
def line(tmp_path: Path) -> Iterator[Pair]:
    with pair(tmp_path) as made:
        yield made


def test_a_receipt_of_many_packages(line: Pair, tmp_path: Path) -> None:
    before = first_receipt(line)
    seat = line.station.author.by
    items = [item(seat, seq) for seq in range(2, ITEMS + 2)]
    with line.station.writing() as books:
        outbox = Outbox(books.connection)
        newest = outbox.newest_line()
        for each in items:
            outbox.add(_sent(each, newest), (), ())
    stream = f"{seat}/e1"
    cursors = {**before.cursors, stream: Cursor(through=ITEMS + 1, also=(), missing=())}
    following = replace(before, receipt_seq=2, prev=before.digest(), items=tuple(items), cursors=cursors)
    taken_in(line, following, tmp_path / "10,000 packages.json")
    with line.station.reading() as connection:
        assert {each.state for each in Outbox(connection).numbers()} == {"received"}


def test_a_receipt_of_many_records_given_back(line: Pair, tmp_path: Path) -> None:
    before = first_receipt(line)
    with line.station.reading() as connection:
        (number,) = Outbox(connection).numbers()
    made = (line.station.clock.new_id() for _each in range(2 * ITEMS))
    returned = tuple(ReturnedRow(id=next(made), rev=next(made), code="R_TEXT") for _each in range(ITEMS))
    again = item(line.station.author.by, 1, package=number.digest, returned=returned, rows=replace(NOTHING, returned=ITEMS))
    following = replace(before, receipt_seq=2, prev=before.digest(), items=(again,))
    taken_in(line, following, tmp_path / "10,000 records given back.json")


def _sent(each: Item, line: int) -> Sent:
    return Sent(
        epoch=each.epoch,
        seq=each.seq,
        kind="changes",
        digest=each.package,
        first=line + 1,
        last=line,
        made=MORNING,
        file=f"{each.seq}.llz",
        size=1,
        sha256="0" * 64,
        records={},
        state="copied",
    )

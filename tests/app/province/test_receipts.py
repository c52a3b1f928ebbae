from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from app.domain.life import PackageState
from app.errors import Refused
from app.packages import receipt as documents
from app.packages.faults import PackageFault
from app.packages.receipt import Following, follows
from app.packages.roots import RootDocument
from app.province import suites
from app.province.intake import Intake
from app.province.receipts import write_receipts
from app.province.store import count
from app.storage.outbox import Outbox, Sent
from app.use_cases import handing_in
from app.use_cases.arrivals import receive
from tests.app.province.seats import OTHER_CODE, Seat, everything, new_seat, trusted
from tests.builders import Pair, an_issue, enrol, save, station

# --- made by the body ---------------------------------------------------------------------------------------------


def test_nothing_is_laid_out_before_the_first_package(seat: Seat) -> None:
    before = everything(seat.held)
    with pytest.raises(Refused, match="nothing_received"):
        seat.written()
    with pytest.raises(Refused, match="station_unknown"):
        write_receipts(seat.held, OTHER_CODE, seat.folder)
    assert everything(seat.held) == before


def test_a_receipt_says_what_became_of_every_package(seat: Seat) -> None:
    first = seat.revision(subject="甲")
    seat.send(first)
    seat.send(first, seat.revision(subject="乙"))
    receipt = seat.receipt()
    assert (receipt.receipt_seq, receipt.prev, receipt.station, receipt.body) == (1, None, seat.station, "43")
    assert [(each.package, each.seq, each.status) for each in receipt.items] == [
        (seat.sealed[0].digest, 1, "accepted"),
        (seat.sealed[1].digest, 2, "accepted"),
    ]
    assert [(each.rows.new, each.rows.duplicate) for each in receipt.items] == [(1, 0), (1, 1)]
    assert all(each.import_id for each in receipt.items)


def test_the_same_receipt_again_where_nothing_happened(seat: Seat) -> None:
    seat.send()
    first = seat.written()
    words = {path.name: path.read_bytes() for path in first.files}
    for path in first.files:
        path.unlink()
    seat.take(seat.folder / f"{seat.code}-1-1-0.llz")
    again = seat.written()
    assert (again.receipt_seq, again.files) == (1, first.files)
    assert {path.name: path.read_bytes() for path in again.files} == words


def test_receipts_are_numbered_and_chained(seat: Seat) -> None:
    receipts = []
    for _ in range(3):
        seat.send()
        receipts.append(seat.receipt())
    assert [each.receipt_seq for each in receipts] == [1, 2, 3]
    assert [each.prev for each in receipts] == [None, receipts[0].digest(), receipts[1].digest()]
    assert follows(1, receipts[0].digest(), receipts[1]) is Following.NEXT


def test_a_package_is_told_again_until_its_seat_says_that_it_holds_the_receipt(seat: Seat) -> None:
    seat.send()
    seat.receipt()
    seat.send()
    assert [each.seq for each in seat.receipt().items] == [1, 2]
    seat.send(acked=1)
    assert [each.seq for each in seat.receipt().items] == [2, 3]
    seat.send(acked=3)
    assert [each.seq for each in seat.receipt().items] == [4]
    assert seat.receipt().cursor(seat.by, 1).through == 4


def test_what_one_seat_holds_another_may_not(seat: Seat) -> None:
    sister = new_seat(seat.held, seat.folder / "sister", code=seat.code, station=seat.station)
    sister.send(sister.suggestion(lead_deputy=None))
    seat.send()
    seat.receipt()
    seat.send(acked=1)
    told = {(each.seat, each.seq): len(each.returned) for each in seat.receipt().items}
    assert told == {(sister.by, 1): 1, (seat.by, 2): 0}


def test_every_station_has_receipts_of_its_own(seat: Seat) -> None:
    other = new_seat(seat.held, seat.folder / "other", code=OTHER_CODE)
    seat.send()
    other.send()
    other.send()
    assert (seat.receipt().receipt_seq, other.receipt().receipt_seq) == (1, 1)
    assert len(other.receipt().items) == 2
    assert seat.receipt().items[0].package == seat.sealed[0].digest


# --- taken in by the station --------------------------------------------------------------------------------------


def numbers(line: Pair) -> list[Sent]:
    with line.station.reading() as connection:
        return list(reversed(Outbox(connection).numbers()))


def states(line: Pair) -> list[tuple[str, str | None, int | None]]:
    return [(each.state, each.code, each.receipt) for each in numbers(line)]


def written(line: Pair) -> Path:
    """The receipt that the body lays out now, kept under its own name."""
    return write_receipts(line.body, "430181001-001", line.stick / "back").files[0]


def send(line: Pair, subject: str) -> None:
    save(line.station, an_issue(line.station, subject))
    line.export()
    line.intake()


def test_the_newest_receipt_says_all_that_lost_ones_did(line: Pair) -> None:
    send(line, "甲")
    written(line)
    send(line, "乙")
    receive(line.station, written(line))
    assert states(line) == [(PackageState.RECEIVED, None, 2), (PackageState.RECEIVED, None, 2)]
    with pytest.raises(PackageFault, match="E_ROLLBACK"):
        receive(line.station, line.stick / "back" / "430181001-001-000001.receipt.dsse.json")
    assert [each.receipt for each in numbers(line)] == [2, 2]


def test_the_receipt_that_told_first_is_remembered(line: Pair) -> None:
    send(line, "甲")
    receive(line.station, written(line))
    line.export()
    save(line.station, an_issue(line.station, "乙"))
    line.export()
    line.intake()
    receive(line.station, written(line))
    assert [each.receipt for each in numbers(line)] == [1, 2]


def test_the_same_receipt_again_changes_nothing(line: Pair) -> None:
    send(line, "甲")
    path = written(line)
    assert receive(line.station, path).verdict == "accepted"
    before = states(line)
    assert receive(line.station, path).verdict == "duplicate"
    assert states(line) == before


def test_a_receipt_of_another_station_is_refused(line: Pair, tmp_path: Path) -> None:
    send(line, "甲")
    with station(tmp_path / "another", code=OTHER_CODE) as another:
        enrol(another, line.body)
        with pytest.raises(PackageFault, match="E_RECIPIENT"):
            receive(another, written(line))


def forged(line: Pair, name: str, *, key: str = "receipt", **changed: Any) -> Path:
    """The newest receipt, changed, signed again with one of the body's own keys."""
    path = written(line)
    receipt = documents.read_receipt(path.read_bytes(), roots(line), station=line.station.author.owner, body="43")
    signer = getattr(line.body.identity(), key)
    made = path.with_name(name)
    made.write_bytes(documents.sign_receipt(replace(receipt, **changed), signer))
    return made


def roots(line: Pair) -> RootDocument:
    return trusted(line.body).roots


def test_a_key_that_signs_something_else_signs_no_receipt(line: Pair) -> None:
    send(line, "甲")
    for key in ("trust", "reply"):
        with pytest.raises(PackageFault, match="E_UNKNOWN_KEY"):
            receive(line.station, forged(line, f"{key}.json", key=key))
    assert [each.state for each in numbers(line)] == ["copied"]


def test_an_altered_receipt_is_refused(line: Pair) -> None:
    send(line, "甲")
    path = written(line)
    data = path.read_bytes()
    path.write_bytes(data.replace(b'"payload":"ey', b'"payload":"ez', 1))
    with pytest.raises(PackageFault, match="E_SIGNATURE"):
        receive(line.station, path)


def test_a_receiver_that_was_set_back_is_noticed(line: Pair) -> None:
    send(line, "甲")
    receive(line.station, written(line))
    send(line, "乙")
    receive(line.station, written(line))
    with pytest.raises(PackageFault, match="E_ROLLBACK"):
        receive(line.station, forged(line, "other.json", trust_version=9))
    with pytest.raises(PackageFault, match="E_CHAIN"):
        receive(line.station, forged(line, "next.json", receipt_seq=3))
    assert [each.state for each in numbers(line)] == ["received", "received"]


def test_a_parked_package_is_shown_and_settled_later(line: Pair, monkeypatch: pytest.MonkeyPatch) -> None:
    save(line.station, an_issue(line.station, "甲"))
    with monkeypatch.context() as newer:
        newer.setattr(handing_in, "SCHEMA_VERSION", "1.1")
        line.export()
    assert line.intake()[0].code == "E_SCHEMA_NEW"
    receive(line.station, written(line))
    assert states(line) == [("parked", "E_SCHEMA_NEW", 1)]
    monkeypatch.setattr(suites, "SCHEMA_VERSION", "1.1")
    assert [each.verdict for each in Intake(line.body).retry_parked()] == ["accepted"]
    receive(line.station, written(line))
    assert states(line) == [("received", None, 2)]


def test_a_number_that_was_forked_is_not_taken_for_received(line: Pair) -> None:
    """The body took the number of a copied computer; ours stays parked, also when later receipts do not name it again.

    What it held goes with the new epoch that the station begins.
    """
    copy = twin(line)
    copy.take(copy.package())
    send(line, "甲")
    receive(line.station, written(line))
    assert states(line) == [("parked", "E_FORK", 1)]
    save(line.station, an_issue(line.station, "乙"))
    line.export()
    line.intake()
    receive(line.station, written(line))
    copy.send()
    receive(line.station, written(line))
    assert sorted((each.epoch, each.seq, each.state) for each in numbers(line)) == [(1, 1, "parked"), (2, 1, "received")]
    assert count(line.body.store)["issue"] == 4


def twin(line: Pair) -> Seat:
    """A copy of the station's computer, in the test's hands."""
    identity = line.station.identity()
    return Seat(
        held=line.body,
        folder=line.stick / "twin",
        signing=identity.signing,
        station=line.station.author.owner,
        code="430181001-001",
        secret=identity.receiving.secret,
        recipient=identity.receiving.recipient,
    )


def test_an_unknown_file_is_no_receipt(line: Pair, tmp_path: Path) -> None:
    strange = tmp_path / "letter.json"
    strange.write_text("敬启者", "utf-8")
    with pytest.raises(Refused, match="file_strange"):
        receive(line.station, strange)
    assert states(line) == []

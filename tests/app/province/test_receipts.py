from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from app.domain.life import PackageState
from app.errors import Refused
from app.packages import receipt as documents
from app.packages.faults import PackageFault
from app.packages.receipt import Following, follows
from app.packages.roots import RootDocument
from app.province import intake
from app.province.intake import Intake
from app.province.receipts import write_receipts
from app.storage.outbox import Outbox, Sent
from app.use_cases import handing_in
from app.use_cases.receiving import receive
from tests.app.province.seats import OTHER_CODE, Seat, enrolled_seat, everything, new_seat, trusted
from tests.builders import Pair, an_issue, enrol, pair, save, station


@pytest.fixture
def seat(tmp_path: Path) -> Iterator[Seat]:
    with enrolled_seat(tmp_path) as made:
        yield made


@pytest.fixture
def two(tmp_path: Path) -> Iterator[Pair]:
    with pair(tmp_path) as made:
        yield made


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


def numbers(two: Pair) -> list[Sent]:
    with two.station.reading() as connection:
        return list(reversed(Outbox(connection).numbers()))


def states(two: Pair) -> list[tuple[str, str | None, int | None]]:
    return [(each.state, each.code, each.receipt) for each in numbers(two)]


def written(two: Pair) -> Path:
    """The receipt that the body lays out now, kept under its own name."""
    return write_receipts(two.body, "430181001-001", two.stick / "back").files[0]


def send(two: Pair, subject: str) -> None:
    save(two.station, an_issue(two.station, subject))
    two.export()
    two.intake()


def test_the_newest_receipt_says_all_that_lost_ones_did(two: Pair) -> None:
    send(two, "甲")
    written(two)
    send(two, "乙")
    receive(two.station, written(two))
    assert states(two) == [(PackageState.RECEIVED, None, 2), (PackageState.RECEIVED, None, 2)]
    with pytest.raises(PackageFault, match="E_ROLLBACK"):
        receive(two.station, two.stick / "back" / "430181001-001-000001.receipt.dsse.json")
    assert [each.receipt for each in numbers(two)] == [2, 2]


def test_the_receipt_that_told_first_is_remembered(two: Pair) -> None:
    send(two, "甲")
    receive(two.station, written(two))
    two.export()
    save(two.station, an_issue(two.station, "乙"))
    two.export()
    two.intake()
    receive(two.station, written(two))
    assert [each.receipt for each in numbers(two)] == [1, 2]


def test_the_same_receipt_again_changes_nothing(two: Pair) -> None:
    send(two, "甲")
    path = written(two)
    assert receive(two.station, path).verdict == "accepted"
    before = states(two)
    assert receive(two.station, path).verdict == "duplicate"
    assert states(two) == before


def test_a_receipt_of_another_station_is_refused(two: Pair, tmp_path: Path) -> None:
    send(two, "甲")
    with station(tmp_path / "another", code=OTHER_CODE) as another:
        enrol(another, two.body)
        with pytest.raises(PackageFault, match="E_RECIPIENT"):
            receive(another, written(two))


def forged(two: Pair, name: str, *, key: str = "receipt", **changed: object) -> Path:
    """The newest receipt, changed, signed again with one of the body's own keys."""
    path = written(two)
    receipt = documents.read_receipt(path.read_bytes(), roots(two), station=two.station.author.owner, body="43")
    signer = getattr(two.body.identity(), key)
    made = path.with_name(name)
    made.write_bytes(documents.sign_receipt(replace(receipt, **changed), signer))  # type: ignore[arg-type]
    return made


def roots(two: Pair) -> RootDocument:
    return trusted(two.body).roots


def test_a_key_that_signs_something_else_signs_no_receipt(two: Pair) -> None:
    send(two, "甲")
    for key in ("trust", "reply"):
        with pytest.raises(PackageFault, match="E_UNKNOWN_KEY"):
            receive(two.station, forged(two, f"{key}.json", key=key))
    assert [each.state for each in numbers(two)] == ["copied"]


def test_an_altered_receipt_is_refused(two: Pair) -> None:
    send(two, "甲")
    path = written(two)
    data = path.read_bytes()
    path.write_bytes(data.replace(b'"payload":"ey', b'"payload":"ez', 1))
    with pytest.raises(PackageFault, match="E_SIGNATURE"):
        receive(two.station, path)


def test_a_receiver_that_was_set_back_is_noticed(two: Pair) -> None:
    send(two, "甲")
    receive(two.station, written(two))
    send(two, "乙")
    receive(two.station, written(two))
    with pytest.raises(PackageFault, match="E_ROLLBACK"):
        receive(two.station, forged(two, "other.json", trust_version=9))
    with pytest.raises(PackageFault, match="E_CHAIN"):
        receive(two.station, forged(two, "next.json", receipt_seq=3))
    assert [each.state for each in numbers(two)] == ["received", "received"]


def test_a_parked_package_is_shown_and_settled_later(two: Pair, monkeypatch: pytest.MonkeyPatch) -> None:
    save(two.station, an_issue(two.station, "甲"))
    with monkeypatch.context() as newer:
        newer.setattr(handing_in, "SCHEMA_VERSION", "1.1")
        two.export()
    assert two.intake()[0].code == "E_SCHEMA_NEW"
    receive(two.station, written(two))
    assert states(two) == [("parked", "E_SCHEMA_NEW", 1)]
    monkeypatch.setattr(intake, "SCHEMA_VERSION", "1.1")
    assert [each.verdict for each in Intake(two.body).retry_parked()] == ["accepted"]
    receive(two.station, written(two))
    assert states(two) == [("received", None, 2)]


def test_a_number_that_was_forked_is_not_taken_for_received(two: Pair) -> None:
    """The body took the number of a copied computer; ours stays parked, also when later receipts do not name it again."""
    copy = twin(two)
    copy.take(copy.package())
    send(two, "甲")
    receive(two.station, written(two))
    assert states(two) == [("parked", "E_FORK", 1)]
    save(two.station, an_issue(two.station, "乙"))
    two.export()
    two.intake()
    receive(two.station, written(two))
    copy.send()
    receive(two.station, written(two))
    assert [each.state for each in numbers(two)] == ["parked", "parked"]


def twin(two: Pair) -> Seat:
    """A copy of the station's computer, in the test's hands."""
    identity = two.station.identity()
    return Seat(
        held=two.body,
        folder=two.stick / "twin",
        signing=identity.signing,
        station=two.station.author.owner,
        code="430181001-001",
        secret=identity.receiving.secret,
        recipient=identity.receiving.recipient,
    )


def test_an_unknown_file_is_no_receipt(two: Pair, tmp_path: Path) -> None:
    strange = tmp_path / "letter.json"
    strange.write_text("敬启者", "utf-8")
    with pytest.raises(PackageFault, match="E_JSON"):
        receive(two.station, strange)
    assert states(two) == []

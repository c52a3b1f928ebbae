from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from app.domain.review import Review
from app.domain.suggestion import Suggestion, digest_of_text
from app.domain.values import Id
from app.packages.faults import PackageFault
from app.province import enrolment
from app.province.receipts import write_receipts
from app.province.receiver import REPLIES
from app.province.store import count
from app.queries.reconciliation import standing
from app.queries.record import record_of
from app.use_cases.receiving import receive
from app.use_cases.suggestions import submit_suggestion
from tests.app.province.seats import OTHER_CODE, Seat, enrolled_seat, new_seat
from tests.builders import Pair, a_deputy, an_issue, enrol, pair, save, station

WORDS = "请补填领衔代表后重新提交。"


@pytest.fixture
def two(tmp_path: Path) -> Iterator[Pair]:
    with pair(tmp_path) as made:
        yield made


@pytest.fixture
def seat(tmp_path: Path) -> Iterator[Seat]:
    with enrolled_seat(tmp_path) as made:
        yield made


def submitted(two: Pair, **told: object) -> Suggestion:
    """A suggestion as only a station that broke its own rules would submit it."""
    made = Suggestion(id=two.station.clock.new_id(), subject="关于整修东街路灯的建议", text="请整修。", state="submitted")
    made = replace(made, **{"text_digest": digest_of_text(made), **told})  # type: ignore[arg-type]
    save(two.station, made)
    return made


def reviews_of(two: Pair, suggestion: Id) -> list[Review]:
    with two.station.writing() as books:
        return [each.record for each in books.records.all_of(Review) if each.record.suggestion == suggestion]


def replies(folder: Path) -> list[Path]:
    return sorted(folder.glob("llz-reply-*.llz"))


def test_a_returned_suggestion_comes_home_with_its_words_and_goes_again(two: Pair) -> None:
    deputy = a_deputy(two.station)
    save(two.station, deputy, an_issue(two.station, "甲"))
    bad = submitted(two)
    two.export()
    (taken,) = two.intake()
    assert (taken.verdict, taken.returned) == ("accepted", 1)
    assert count(two.body.store)["issue"] == 1
    assert "suggestion" not in count(two.body.store)

    assert sorted(each.what for each in two.bring_back()) == ["receipt", "reply", "trust"]
    stands = standing(two.station, contact=False)
    assert stands.records["returned"] == 1
    assert [(each.record, each.code, each.words) for each in stands.returned] == [(bad.id, "R_LEAD_DEPUTY_MISSING", WORDS)]
    (review,) = reviews_of(two, bad.id)
    assert (review.outcome, review.body) == ("returned", "湖南省")
    assert record_of(two.station, Suggestion, bad.id) == bad, "the suggestion itself is not touched"

    save(two.station, replace(bad, lead_deputy=deputy.id))
    assert standing(two.station, contact=False).returned == ()
    two.export()
    (again,) = two.intake()
    assert (again.verdict, again.new, again.returned, again.conflict) == ("accepted", 1, 0, 0)
    two.bring_back()
    assert standing(two.station, contact=False).records == {"never_sent": 0, "sent": 0, "received": 5, "returned": 0}
    assert count(two.body.store)["suggestion"] == 1


def test_a_text_that_does_not_fit_its_digest_comes_back(two: Pair) -> None:
    """And is taken once it went the whole way again: returned, revised, submitted."""
    deputy = a_deputy(two.station)
    save(two.station, deputy)
    bad = submitted(two, lead_deputy=deputy.id, text_digest="ab" * 32)
    two.export()
    assert two.intake()[0].returned == 1
    two.bring_back()
    assert [each.code for each in standing(two.station, contact=False).returned] == ["R_TEXT_CHANGED"]
    for state, text in (("returned", bad.text), ("draft", bad.text), ("draft", "请拆除。")):
        save(two.station, replace(bad, state=state, text=text))
    submit_suggestion(two.station, bad.id)
    two.export()
    assert [(each.new, each.returned) for each in two.intake()] == [(5, 0)]
    two.bring_back()
    assert standing(two.station, contact=False).returned == ()


def test_the_same_reply_again_changes_nothing(two: Pair) -> None:
    bad = submitted(two)
    two.round_trip()
    (reply,) = replies(two.stick / "back")
    assert receive(two.station, reply).verdict == "duplicate"
    assert len(reviews_of(two, bad.id)) == 1


def test_a_reply_is_laid_out_until_the_station_holds_its_receipt(two: Pair) -> None:
    submitted(two)
    two.export()
    two.intake()
    back = two.stick / "back"
    receipt_only = [path for path in _laid_out(two) if "receipt" in path.name]
    assert len(replies(back)) == 1
    for path in replies(back):
        path.unlink()
    assert len([path for path in _laid_out(two) if path.suffix == ".llz"]) == 1
    for path in (*receipt_only, *replies(back)):
        receive(two.station, path)
    save(two.station, an_issue(two.station, "乙"))
    two.export()
    two.intake()
    assert [path for path in _laid_out(two) if path.suffix == ".llz"] == []


def _laid_out(two: Pair) -> tuple[Path, ...]:
    return write_receipts(two.body, "430181001-001", two.stick / "back").files


def test_words_reach_the_station_s_own_seats_only(two: Pair, tmp_path: Path) -> None:
    submitted(two)
    two.export()
    two.intake()
    (reply,) = [path for path in _laid_out(two) if path.suffix == ".llz"]
    assert WORDS.encode() not in reply.read_bytes()
    with station(tmp_path / "another", code=OTHER_CODE) as another:
        enrol(another, two.body)
        with pytest.raises(PackageFault, match="E_RECIPIENT"):
            receive(another, reply)


def test_a_seat_enrolled_later_cannot_read_what_was_sealed_before(two: Pair) -> None:
    submitted(two)
    two.export()
    two.intake()
    (reply,) = [path for path in _laid_out(two) if path.suffix == ".llz"]
    late = new_seat(two.body, two.stick / "late", code="430181001-001", station=two.station.author.owner)
    data = reply.read_bytes()
    assert late.recipient not in data.decode("latin-1")
    assert data.count(b"-> X25519") == 1
    late.send(late.suggestion(lead_deputy=None))
    newest = [path for path in _laid_out(two) if path.suffix == ".llz"][-1]
    assert newest.read_bytes().count(b"-> X25519") == 2


def test_a_station_without_seats_has_its_receipt_all_the_same(seat: Seat) -> None:
    seat.send(seat.suggestion(lead_deputy=None))
    enrolment.revoke(seat.held, seat.by)
    assert [path.suffix for path in seat.written().files] == [".json", ".json"]
    new_seat(seat.held, seat.folder / "new", code=seat.code, station=seat.station)
    assert [path.suffix for path in seat.written().files] == [".json", ".json", ".llz"]


def test_replies_are_numbered_and_chained(seat: Seat) -> None:
    for _ in range(2):
        seat.send(seat.suggestion(lead_deputy=None), seat.suggestion(text=None))
        seat.written()
    names = [path.name for path in sorted((seat.held.folder / REPLIES).iterdir())]
    assert [name[-10:] for name in names] == ["000001.llz", "000002.llz"]
    kept = [path for path in seat.written().files if path.suffix == ".llz"]
    assert [path.name for path in kept] == names


def test_a_package_of_a_seat_is_no_reply(two: Pair) -> None:
    save(two.station, an_issue(two.station, "甲"))
    (path,) = two.export().paths
    assert receive(two.station, path).what == "own"
    path.write_bytes(path.read_bytes() + b"\0")
    with pytest.raises(PackageFault, match="E_CONTAINER"):
        receive(two.station, path)

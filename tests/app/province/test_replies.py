from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import delete

from app.domain.review import Review
from app.domain.suggestion import Suggestion, digest_of_text
from app.domain.values import Id
from app.packages.faults import PackageFault
from app.province import enrolment
from app.province.receipts import write_receipts
from app.province.receiver import REPLIES
from app.province.store import count
from app.province.tables import SealedForRow
from app.queries.reconciliation import standing
from app.queries.record import record_of
from app.storage.tables import ReplyRow as HeldHere
from app.use_cases import handing_in
from app.use_cases.arrivals import receive
from app.use_cases.suggestions import submit_suggestion
from tests.app.province.seats import OTHER_CODE, Seat, new_seat
from tests.builders import Pair, a_deputy, an_issue, enrol, save, station

WORDS = "请补填领衔代表后重新提交。"


def submitted(line: Pair, **told: Any) -> Suggestion:
    """A suggestion as only a station that broke its own rules would submit it."""
    made = Suggestion(id=line.station.clock.new_id(), subject="关于整修东街路灯的建议", text="请整修。", state="submitted")
    made = replace(made, **{"text_digest": digest_of_text(made), **told})
    save(line.station, made)
    return made


def reviews_of(line: Pair, suggestion: Id) -> list[Review]:
    with line.station.writing() as books:
        return [each.record for each in books.records.all_of(Review) if each.record.suggestion == suggestion]


def replies(folder: Path) -> list[Path]:
    return sorted(folder.glob("llz-reply-*.llz"))


def test_a_returned_suggestion_comes_home_with_its_words_and_goes_again(line: Pair) -> None:
    deputy = a_deputy(line.station)
    save(line.station, deputy, an_issue(line.station, "甲"))
    bad = submitted(line)
    line.export()
    (taken,) = line.intake()
    assert (taken.verdict, taken.returned) == ("accepted", 1)
    assert count(line.body.store)["issue"] == 1
    assert "suggestion" not in count(line.body.store)

    assert sorted(each.what for each in line.bring_back()) == ["receipt", "reply", "trust"]
    stands = standing(line.station, contact=False)
    assert stands.records["returned"] == 1
    assert [(each.record, each.code, each.words) for each in stands.returned] == [(bad.id, "R_LEAD_DEPUTY_MISSING", WORDS)]
    (review,) = reviews_of(line, bad.id)
    assert (review.outcome, review.body) == ("returned", "湖南省")
    assert record_of(line.station, Suggestion, bad.id) == bad, "the suggestion itself is not touched"

    save(line.station, replace(bad, lead_deputy=deputy.id))
    assert standing(line.station, contact=False).returned == ()
    line.export()
    (again,) = line.intake()
    assert (again.verdict, again.new, again.returned, again.conflict) == ("accepted", 1, 0, 0)
    line.bring_back()
    assert standing(line.station, contact=False).records == {
        "never_sent": 0,
        "sent": 0,
        "received": 5,
        "returned": 0,
        "elsewhere": 0,
    }
    assert count(line.body.store)["suggestion"] == 1


def test_a_text_that_does_not_fit_its_digest_comes_back(line: Pair) -> None:
    """And is taken once it went the whole way again: returned, revised, submitted."""
    deputy = a_deputy(line.station)
    save(line.station, deputy)
    bad = submitted(line, lead_deputy=deputy.id, text_digest="ab" * 32)
    line.export()
    assert line.intake()[0].returned == 1
    line.bring_back()
    assert [each.code for each in standing(line.station, contact=False).returned] == ["R_TEXT_CHANGED"]
    for state, text in (("returned", bad.text), ("draft", bad.text), ("draft", "请拆除。")):
        save(line.station, replace(bad, state=state, text=text))
    submit_suggestion(line.station, bad.id)
    line.export()
    assert [(each.new, each.returned) for each in line.intake()] == [(5, 0)]
    line.bring_back()
    assert standing(line.station, contact=False).returned == ()


def test_the_same_reply_again_changes_nothing(line: Pair) -> None:
    bad = submitted(line)
    line.round_trip()
    (reply,) = replies(line.stick / "back")
    assert receive(line.station, reply).verdict == "duplicate"
    assert len(reviews_of(line, bad.id)) == 1


def test_a_reply_is_laid_out_until_the_station_holds_its_receipt(line: Pair) -> None:
    submitted(line)
    line.export()
    line.intake()
    back = line.stick / "back"
    receipt_only = [path for path in _laid_out(line) if "receipt" in path.name]
    assert len(replies(back)) == 1
    for path in replies(back):
        path.unlink()
    assert len([path for path in _laid_out(line) if path.suffix == ".llz"]) == 1
    for path in (*receipt_only, *replies(back)):
        receive(line.station, path)
    save(line.station, an_issue(line.station, "乙"))
    line.export()
    line.intake()
    assert [path for path in _laid_out(line) if path.suffix == ".llz"] == []


def test_a_lost_reply_is_laid_out_again_though_its_receipt_arrived(line: Pair) -> None:
    """The station says which replies it holds, whatever it holds of receipts."""
    for number in range(1, 4):
        submitted(line, subject=f"关于路灯的建议（{number}）")
        line.export()
        line.intake()
        _laid_out(line)
    first, second, third = replies(line.stick / "back")
    (receipt,) = [path for path in _laid_out(line) if "receipt" in path.name]
    for path in (receipt, first, third):
        receive(line.station, path)
    second.unlink()
    save(line.station, an_issue(line.station, "乙"))
    line.export()
    line.intake()
    assert [path.name for path in _laid_out(line) if path.suffix == ".llz"] == [second.name]
    receive(line.station, second)
    save(line.station, an_issue(line.station, "丙"))
    line.export()
    line.intake()
    assert [path for path in _laid_out(line) if path.suffix == ".llz"] == []


def test_a_package_that_comes_late_takes_nothing_back(line: Pair) -> None:
    submitted(line)
    line.round_trip()
    packages: list[Path] = []
    for subject in ("乙", "丙"):
        save(line.station, an_issue(line.station, subject))
        packages += line.export().paths
        line.carried.clear()
        if subject == "乙":
            _forget_replies(line)
    early, late = packages
    line.intake([late])
    assert len([path for path in _laid_out(line) if path.suffix == ".llz"]) == 1
    line.intake([early])
    assert len([path for path in _laid_out(line) if path.suffix == ".llz"]) == 1, "what was said later holds"


def _forget_replies(line: Pair) -> None:
    """The station stands as a backup of before its replies would have it."""
    with line.station.writing() as books:
        books.connection.execute(delete(HeldHere))


def test_an_older_program_says_nothing_and_its_receipts_count(line: Pair, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(handing_in, "held_told", lambda body, numbers: {})
    submitted(line)
    line.export()
    line.intake()
    for path in _laid_out(line):
        if "receipt" in path.name:
            receive(line.station, path)
    save(line.station, an_issue(line.station, "乙"))
    line.export()
    line.intake()
    assert [path for path in _laid_out(line) if path.suffix == ".llz"] == []


def test_for_whom_an_older_program_sealed_any_seat_is_waited_for(line: Pair) -> None:
    submitted(line)
    line.export()
    line.intake()
    (reply,) = [path for path in _laid_out(line) if path.suffix == ".llz"]
    with line.body.store.writing() as connection:
        connection.execute(delete(SealedForRow))
    for path in _laid_out(line):
        if path != reply:
            receive(line.station, path)
    save(line.station, an_issue(line.station, "乙"))
    line.export()
    line.intake()
    assert [path for path in _laid_out(line) if path.suffix == ".llz"] == [reply]


def test_a_seat_is_not_asked_for_what_was_sealed_before_it_came(line: Pair) -> None:
    submitted(line)
    line.round_trip()
    late = new_seat(line.body, line.stick / "late", code="430181001-001", station=line.station.author.owner)
    save(line.station, an_issue(line.station, "乙"))
    line.export()
    line.intake()
    assert [path for path in _laid_out(line) if path.suffix == ".llz"] == []
    late.send(late.suggestion(lead_deputy=None))
    assert [path.name[-10:] for path in _laid_out(line) if path.suffix == ".llz"] == ["000002.llz"]


def _laid_out(line: Pair) -> tuple[Path, ...]:
    return write_receipts(line.body, "430181001-001", line.stick / "back").files


def test_words_reach_the_station_s_own_seats_only(line: Pair, tmp_path: Path) -> None:
    submitted(line)
    line.export()
    line.intake()
    (reply,) = [path for path in _laid_out(line) if path.suffix == ".llz"]
    assert WORDS.encode() not in reply.read_bytes()
    with station(tmp_path / "another", code=OTHER_CODE) as another:
        enrol(another, line.body)
        with pytest.raises(PackageFault, match="E_RECIPIENT"):
            receive(another, reply)


def test_a_seat_enrolled_later_cannot_read_what_was_sealed_before(line: Pair) -> None:
    submitted(line)
    line.export()
    line.intake()
    (reply,) = [path for path in _laid_out(line) if path.suffix == ".llz"]
    late = new_seat(line.body, line.stick / "late", code="430181001-001", station=line.station.author.owner)
    data = reply.read_bytes()
    assert late.recipient not in data.decode("latin-1")
    assert data.count(b"-> X25519") == 1
    late.send(late.suggestion(lead_deputy=None))
    newest = [path for path in _laid_out(line) if path.suffix == ".llz"][-1]
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


def test_a_package_of_a_seat_is_no_reply(line: Pair) -> None:
    save(line.station, an_issue(line.station, "甲"))
    (path,) = line.export().paths
    assert receive(line.station, path).what == "own"
    path.write_bytes(path.read_bytes() + b"\0")
    with pytest.raises(PackageFault, match="E_CONTAINER"):
        receive(line.station, path)

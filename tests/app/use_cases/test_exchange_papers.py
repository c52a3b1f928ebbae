"""The papers of the exchange: the note that goes with packages, the statement that tells a loss and how it was made good."""

from collections.abc import Iterator
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

import pytest

from app.domain.exchange_papers import QuestionKind
from app.domain.papers import ALWAYS, PaperName, Span
from app.errors import Refused
from app.queries.delivery_note import delivery_note
from app.queries.exchange_questions import questions
from app.queries.exchange_statement import exchange_statement
from app.queries.reconciliation import LATE, numbers, standing_records
from app.queries.replied import replied
from app.storage.outbox import SENT, Outbox
from app.use_cases.handing_in import Sizes, copy_number
from app.use_cases.losses import noted_losses
from app.use_cases.papers import Asked, composed_paper, print_paper
from app.use_cases.recording import record
from app.workspace import OUTBOX
from tests.builders import Pair, an_encounter, an_issue, an_unbound_suggestion, pair, save


@pytest.fixture
def line(tmp_path: Path) -> Iterator[Pair]:
    with pair(tmp_path) as opened:
        yield opened


def lost_on_the_way(line: Pair) -> None:
    """Number 2 never arrives; number 3 does."""
    line.round_trip()
    save(line.station, an_issue(line.station, "路灯"))
    line.export()
    line.carried.clear()
    line.wall.pass_by(timedelta(days=3))
    save(line.station, an_issue(line.station, "积水"))
    line.round_trip()


def asked(line: Pair) -> list[tuple[int, QuestionKind]]:
    return [(each.seq, each.kind) for each in questions(numbers(line.station), line.station.clock.now())]


# --- the note ----------------------------------------------------------------------------------------------------------


def test_the_note_tells_what_the_file_is_known_by(line: Pair) -> None:
    save(line.station, an_issue(line.station))
    (path,) = line.export().paths
    note = delivery_note(line.station, ["1"], "某某人大")
    (parcel,) = note.parcels
    (sent,) = numbers(line.station)
    assert (parcel.file, parcel.fingerprint.replace(" ", "")) == (path.name, sent.sha256)
    assert parcel.size == f"{path.stat().st_size:,}字节"
    assert "群众意见1" in parcel.contents
    assert (note.body, note.medium, note.number) == ("某某人大", str(line.stick), "430181001-001-1-1")


def test_several_numbers_stand_on_one_note_and_an_unknown_one_is_refused(line: Pair) -> None:
    line.export()
    save(line.station, an_issue(line.station))
    line.export()
    assert [each.number for each in delivery_note(line.station, ["1/1", "2"], "").parcels] == ["1", "2"]
    for wrong in ("3", "2/1", "x", ""):
        with pytest.raises(Refused, match="package_missing"):
            delivery_note(line.station, [wrong], "")


def test_a_note_is_of_packages_and_of_nothing_else(line: Pair) -> None:
    line.export()
    told = print_paper(line.station, Asked(name=PaperName.DELIVERY_NOTE, numbers=("1",)))
    assert told.noted
    assert told.content.startswith(b"%PDF")
    with pytest.raises(Refused, match="paper_needs_packages"):
        composed_paper(line.station, Asked(name=PaperName.DELIVERY_NOTE))
    with pytest.raises(Refused, match="paper_takes_nothing"):
        composed_paper(line.station, Asked(name=PaperName.DELIVERY_NOTE, numbers=("1",), id="x"))


# --- what is open ------------------------------------------------------------------------------------------------------


def test_a_number_that_was_passed_by_others_is_missing(line: Pair) -> None:
    lost_on_the_way(line)
    assert asked(line) == [(2, QuestionKind.GAP)]


def test_a_receipt_is_late_after_fourteen_days_and_not_before(line: Pair) -> None:
    save(line.station, issue := an_issue(line.station))
    line.export()
    line.wall.pass_by(timedelta(days=14, seconds=-1))
    assert asked(line) == []
    assert standing_records(line.station, LATE, contact=False, offset=0, limit=9).total == 0
    line.wall.pass_by(timedelta(seconds=1))
    assert asked(line) == [(1, QuestionKind.OVERDUE)]
    found = standing_records(line.station, LATE, contact=False, offset=0, limit=9)
    assert found.total == standing_records(line.station, SENT, contact=False, offset=0, limit=9).total == len(found.rows)
    assert [each.number for each in found.rows if each.id == issue.id] == [1]
    line.intake()
    line.bring_back()
    assert asked(line) == []


def test_another_copy_does_not_make_a_late_receipt_less_late(line: Pair) -> None:
    line.export()
    line.wall.pass_by(timedelta(days=20))
    copy_number(line.station, 1, line.stick)
    assert asked(line) == [(1, QuestionKind.OVERDUE)]


# --- the statement -----------------------------------------------------------------------------------------------------


def test_the_statement_tells_a_loss_and_how_it_was_made_good(line: Pair) -> None:
    lost_on_the_way(line)
    before = exchange_statement(line.station, ALWAYS, contact=False)
    assert [(number, word) for number, word, _what in before.questions] == [("2", "缺号")]
    assert [each.result for each in before.numbers] == ["全部收到", "等回执", "全部收到"]
    line.wall.pass_by(timedelta(days=2))
    line.carried.append(copy_number(line.station, 2, line.stick))
    assert [each.verdict for each in line.intake()] == ["accepted"]
    line.bring_back()
    after = exchange_statement(line.station, ALWAYS, contact=False)
    assert after.questions == ()
    assert [each.result for each in after.numbers] == ["全部收到"] * 3
    assert [each.remark for each in after.numbers] == ["", "曾缺号，2026-11-26再次复制，已补齐", ""]
    assert dict(after.totals)["已报送、等回执"] == "0条"


def test_the_statement_lists_late_records_with_people_masked(line: Pair) -> None:
    save(line.station, an_encounter(line.station))
    line.export()
    line.wall.pass_by(timedelta(days=15))
    told = exchange_statement(line.station, ALWAYS, contact=False)
    assert all("群众甲" not in each.title for each in told.late)
    assert any("*" in each.title for each in told.late)


def test_returned_records_stand_in_the_statement_with_their_reason(line: Pair) -> None:
    save(line.station, suggestion := an_unbound_suggestion(line.station))
    assert [each.returned for each in line.round_trip() if each.what == "receipt"] == [1]
    (told,) = exchange_statement(line.station, ALWAYS, contact=False).returned
    assert told.title == suggestion.subject
    assert told.reason
    assert replied(line.station) == 1


def test_a_period_holds_the_numbers_packed_in_it_and_questions_whenever_they_arose(line: Pair) -> None:
    lost_on_the_way(line)
    day = (line.wall.moment + timedelta(hours=8)).date()
    told = exchange_statement(line.station, Span(first=day, last=day), contact=False)
    assert [each.number for each in told.numbers] == ["3"]
    assert [number for number, _word, _what in told.questions] == ["2"]


def test_a_lost_number_asks_until_another_carries_its_records_again(line: Pair) -> None:
    for number in range(2):
        save(line.station, an_issue(line.station, str(number)))
        line.export()
    (line.station.folder / OUTBOX / numbers(line.station)[0].path.name).unlink()
    noted_losses(line.station)
    assert asked(line) == [(2, QuestionKind.LOST)]
    told = exchange_statement(line.station, ALWAYS, contact=False).questions
    assert [(number, "自动补报" in words) for number, _word, words in told] == [("2", True)]
    line.export()
    assert asked(line) == []


def test_a_lost_number_of_files_alone_is_told_as_lost_though_later_ones_cover_as_few_lines(line: Pair, tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"a")
    record(line.station, "deputy", {"name": "甲", "attachments": ["a"]}, tmp_path)
    line.export(sizes=Sizes(records_only=True))
    line.intake()
    line.export()  # the file alone, in number 2, which never arrives
    line.carried.clear()
    with line.station.writing() as books:
        Outbox(books.connection).contents_lost([sha256(b"a").hexdigest()])
    line.export()  # the file alone once more, in number 3
    (line.station.folder / OUTBOX / numbers(line.station)[1].path.name).unlink()
    noted_losses(line.station)
    assert asked(line) == [(2, QuestionKind.LOST)]
    assert [each.kind for each in line.export().numbers] == ["void"]
    assert asked(line) == []
    line.intake()
    line.bring_back()
    assert (asked(line), {str(each.state) for each in numbers(line.station)}) == ([], {"received"})

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.domain.values import Json
from app.province.refusals import WORDS, Refusal, refusal
from tests.app.province.seats import Seat, enrolled_seat


@pytest.fixture(scope="module")
def seat(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Seat]:
    with enrolled_seat(tmp_path_factory.mktemp("body")) as made:
        yield made


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ({}, None),
        ({"lead_deputy": None}, Refusal.LEAD_DEPUTY_MISSING),
        ({"subject": None}, Refusal.TITLE_MISSING),
        ({"subject": "  "}, Refusal.TITLE_MISSING),
        ({"text": None}, Refusal.TEXT_MISSING),
        ({"text": "另一段文字", "text_digest": "ab" * 32}, Refusal.TEXT_CHANGED),
        ({"text_digest": None}, Refusal.TEXT_CHANGED),
        ({"state": "replied", "lead_deputy": None, "text": None, "text_digest": None}, None),
        ({"state": "withdrawn", "lead_deputy": None}, None),
        ({"state": "returned", "text_digest": None}, None),
        ({"state": "draft", "lead_deputy": None, "text_digest": None}, None),
        ({"state": None, "text": None, "text_digest": None}, None),
    ],
    ids=str,
)
def test_a_submitted_suggestion_is_complete_and_bound_to_its_text(
    seat: Seat, told: dict[str, Json], code: Refusal | None
) -> None:
    assert refusal(seat.suggestion(None, **told)) == code


def test_line_ends_of_windows_are_no_change_of_the_text(seat: Seat) -> None:
    written = seat.suggestion(text="一\n二")
    assert refusal(seat.suggestion(text="一\r\n二", text_digest=written.body["text_digest"])) is None


def test_only_suggestions_are_given_back(seat: Seat) -> None:
    assert refusal(seat.revision("issue", state="submitted")) is None
    assert refusal(seat.revision("something_later", state="submitted")) is None


def test_every_refusal_has_its_words() -> None:
    assert WORDS.keys() == set(Refusal)
    assert all(words.endswith("。") for words in WORDS.values())


def test_what_the_station_has_put_right_itself_is_not_given_back(tmp_path: Path) -> None:
    with enrolled_seat(tmp_path) as sender:
        bad = sender.suggestion(lead_deputy=None)
        taken = sender.send(bad, sender.suggestion(before=bad))
        assert (taken.new, taken.returned) == (2, 0)
        worse = sender.suggestion(lead_deputy=None)
        later, first = sender.package(sender.suggestion(before=worse)), sender.package(worse)
        assert [each.returned for each in sender.take(later, first)] == [0, 0]
        assert sender.receipt().items[0].returned == ()


def test_only_the_refused_record_comes_back_and_the_rest_goes_in(seat: Seat, tmp_path: Path) -> None:
    with enrolled_seat(tmp_path) as sender:
        bad = sender.suggestion(lead_deputy=None)
        taken = sender.send(bad, sender.suggestion(), sender.revision(subject="甲"))
        assert (taken.verdict, taken.code, taken.new, taken.returned) == ("accepted", None, 3, 1)
        (item,) = sender.receipt().items
        assert item.rows.returned == 1
        assert [(each.id, each.rev, each.code) for each in item.returned] == [(bad.id, bad.rev, "R_LEAD_DEPUTY_MISSING")]

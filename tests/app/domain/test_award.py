"""Stars and awards: what they need, which rating holds, what a draft keeps."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.award import GIVEN_TO, Award, AwardType, Stars, award_from, award_problems, award_told, award_word, newest_rating
from app.errors import Refused
from tests.app.domain.invented import numbered


def codes(award: Award, kind: str) -> set[str]:
    return {each.code for each in award_problems(award, kind)}


def test_a_rating_needs_its_stars_and_a_reason() -> None:
    bare = Award(id=numbered(1), award_type=AwardType.STARS)
    assert codes(bare, "suggestion") == {"stars_missing", "stars_reason_missing"}
    assert codes(Award(id=numbered(1), award_type=AwardType.STARS, stars=Stars.TWO, reason="群众关切"), "suggestion") == set()


def test_an_award_needs_a_year_an_issuer_and_somebody_it_fits() -> None:
    bare = Award(id=numbered(1), award_type=AwardType.DEPUTY)
    assert codes(bare, "") == {"award_recipient_missing", "award_year_missing", "issuer_missing"}
    whole = Award(id=numbered(1), award_type=AwardType.DEPUTY, year=2025, issuer="区人大常委会")
    assert codes(whole, "deputy") == set()
    assert codes(whole, "unit") == {"award_unfit"}
    other = Award(id=numbered(1), award_type=AwardType.OTHER, year=2025, issuer="区人大常委会")
    assert codes(other, "unit") == {"award_name_missing"}
    assert set(GIVEN_TO) == set(AwardType)


def test_the_newest_day_holds_and_of_one_day_the_last_entered() -> None:
    ratings = [
        Award(id=numbered(number), award_type=AwardType.STARS, stars=stars, on=date(2026, 1, day))
        for number, (stars, day) in enumerate(((Stars.ONE, 2), (Stars.FIVE, 3), (Stars.FOUR, 3), (Stars.TWO, 1)), start=1)
    ]
    held = newest_rating([*ratings, Award(id=numbered(9), award_type=AwardType.SUGGESTION, on=date(2030, 1, 1))])
    assert held is ratings[2]
    assert newest_rating([]) is None


def test_what_it_is_called() -> None:
    assert award_word(Award(id=numbered(1), award_type=AwardType.STARS, stars=Stars.THREE)) == "三星"
    assert award_word(Award(id=numbered(1), award_type=AwardType.UNIT)) == "办理先进单位"
    assert award_word(Award(id=numbered(1), award_type=AwardType.UNIT, name="先进集体")) == "先进集体"
    assert award_word(Award(id=numbered(1), award_type="newer")) == "newer"


@given(st.builds(Award, id=st.just(numbered(1)), name=st.text(), year=st.integers(0, 3000), on=st.dates() | st.none()))
def test_a_draft_tells_the_award_again(award: Award) -> None:
    assert award_from(award_told(award)) == award


def test_a_draft_of_something_else_is_refused() -> None:
    with pytest.raises(Refused):
        award_from({"id": "1", "year": "zweitausend"})

"""Days and moments as people here read them: by the clock on the wall in China, whatever clock the computer keeps."""

from datetime import UTC, date, datetime

from ui.wording import day_of, day_told, moment_told

NIGHT = datetime(2026, 11, 23, 18, 19, tzinfo=UTC)


def test_a_moment_in_the_night_is_of_the_day_on_the_wall() -> None:
    assert day_of(NIGHT) == date(2026, 11, 24)
    assert moment_told(NIGHT) == "2026年11月24日 02:19"


def test_the_year_is_left_out_where_it_is_this_one() -> None:
    assert day_told(date(2026, 11, 24), today=date(2026, 1, 1)) == "11月24日"
    assert day_told(date(2025, 11, 24), today=date(2026, 1, 1)) == "2025年11月24日"
    assert day_told(None) == ""

"""Why an earlier matter is shown: how alike, where, how many days ago; at the borders, in both languages."""

from datetime import date, timedelta

import pytest

from app import i18n
from app.messages.likeness import elapsed_told, likeness_told

TODAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("days", "told"), [(0, "今天提出"), (1, "1 天前"), (12, "12 天前"), (400, "400 天前"), (-1, ""), (None, "")]
)
def test_days_are_counted_from_the_day_it_came(days: int | None, told: str) -> None:
    assert elapsed_told(None if days is None else TODAY - timedelta(days=days), TODAY) == told


@pytest.mark.parametrize(
    ("very", "place", "same_place", "on", "told"),
    [
        (True, "样本小区", True, date(2026, 11, 8), "很相似：同一地点（样本小区）、12 天前"),
        (True, "样本小区", False, date(2026, 11, 19), "很相似：样本小区、1 天前"),
        (False, "", False, TODAY, "有些相似：今天提出"),
        (False, "样本小区", True, None, "有些相似：同一地点（样本小区）"),
        (True, "", False, None, "很相似"),
        (False, "", False, date(2026, 12, 1), "有些相似"),
    ],
)
def test_the_reason_leaves_out_what_nobody_wrote_down(
    very: bool, place: str, same_place: bool, on: date | None, told: str
) -> None:
    assert likeness_told(very=very, place=place, same_place=same_place, on=on, today=TODAY) == told


def test_in_english_a_day_is_one_and_two_are_several() -> None:
    i18n.speak("en")
    said = [
        likeness_told(very=True, place="", same_place=False, on=TODAY - timedelta(days=each), today=TODAY) for each in (0, 1, 2)
    ]
    assert said == ["very similar: came in today", "very similar: 1 day ago", "very similar: 2 days ago"]

"""The reference data that comes with the program."""

import csv
from datetime import date, timedelta
from pathlib import Path

import pytest

from app import reference
from app.domain.category import CategoryScheme
from app.domain.deadlines import days, months, working_days
from app.domain.divisions import Division
from app.errors import Unavailable

NAMED = (
    "汝城 耒阳 桃源 鼎城 资阳 宜章 桂东 桂阳 浏阳 醴陵 溆浦 泸溪 辰溪 靖州 岳阳楼 常德 平江 双峰 石鼓 沅江 天心 凤凰 江华 城步"
)
EVERYTHING = (reference.work_calendar, reference.rule_profiles, reference.categories, reference.divisions)


# --- the calendar --------------------------------------------------------------------------------------------------


def test_the_calendar_knows_2004_to_2026() -> None:
    assert sorted(reference.work_calendar().years) == list(range(2004, 2027))


def test_rest_days_are_weekdays_and_worked_days_are_weekends() -> None:
    for number, year in reference.work_calendar().years.items():
        assert {day.year for day in year.rest | year.worked} == {number}
        assert all(day.weekday() < 5 for day in year.rest)
        assert all(day.weekday() >= 5 for day in year.worked)


def test_every_year_rests_at_the_new_year_and_works_less_than_its_weeks() -> None:
    for number, year in reference.work_calendar().years.items():
        assert date(number, 10, 1) in year.rest or date(number, 10, 1).weekday() >= 5
        assert 7 <= len(year.rest) - len(year.worked) <= 14


def test_the_national_day_week_of_2025() -> None:
    calendar = reference.work_calendar()
    fortnight = [date(2025, 9, 28) + timedelta(days=each) for each in range(14)]
    assert "".join("w" if calendar.is_workday(day) else "-" for day in fortnight) == "www--------www"


# --- rules ---------------------------------------------------------------------------------------------------------


def test_the_recommended_profile_says_that_it_was_not_verified() -> None:
    profile = reference.rule_profiles()[reference.DEFAULT_PROFILE]
    assert not profile.verified
    assert "未" in profile.label
    assert (profile.reply, profile.extended_reply) == (months(3), months(6))
    assert (profile.assignment, profile.objection, profile.co_handler_opinion) == (working_days(5), days(10), months(1))
    assert (profile.rehandling, profile.deputy_feedback, profile.issue) == (months(1), days(10), working_days(10))
    assert profile.warn_days == (30, 15, 7, 3)
    assert profile.roll_to_workday


def test_the_first_level_of_the_categories() -> None:
    found = reference.categories()
    assert {scheme: len(names) for scheme, names in found.items()} == {CategoryScheme.ISSUE: 17, CategoryScheme.SUGGESTION: 8}
    for names in found.values():
        assert len(set(names.values())) == len(names)


# --- divisions -----------------------------------------------------------------------------------------------------


def test_hunan_has_14_cities_and_122_counties() -> None:
    found = reference.divisions()
    cities = [each for each in found.present if not each.city]
    assert len(cities) == 14
    assert len(found.present) - len(cities) == 122
    assert len({each.code for each in found.present}) == 136
    assert all(each.code.startswith(each.city[:4]) for each in found.present)
    kinds = [each.name for each in found.present if each.city]
    assert len([name for name in kinds if name.endswith("自治县")]) == 7
    assert len([name for name in kinds if name.endswith("县")]) == 67
    assert (len([name for name in kinds if name.endswith("区")]), len([name for name in kinds if name.endswith("市")])) == (
        36,
        19,
    )


@pytest.mark.parametrize("name", NAMED.split())
def test_a_name_people_use_means_one_division(name: str) -> None:
    (found,) = reference.divisions().named(name)
    assert found.name.startswith(name)


def test_every_full_name_means_one_division() -> None:
    found = reference.divisions()
    assert all(found.named(each.name) == (each,) for each in found.present)


def test_a_name_of_city_and_county_means_both() -> None:
    assert [each.code for each in reference.divisions().named("衡阳")] == ["430400", "430421"]
    assert reference.divisions().named("无此地") == ()


@pytest.mark.parametrize(
    ("code", "name", "now"),
    [
        ("430122", "望城县", "430112"),
        ("430124", "宁乡县", "430182"),
        ("430221", "株洲县", "430212"),
        ("430521", "邵东县", "430582"),
        ("431121", "祁阳县", "431181"),
    ],
)
def test_old_codes_and_names_lead_to_today_s(code: str, name: str, now: str) -> None:
    found = reference.divisions().by_code(code)
    assert found is not None
    assert found.code == now
    assert reference.divisions().named(name) == (found,)


def test_a_longer_code_belongs_to_its_county() -> None:
    assert reference.divisions().by_code("430181001") == Division(code="430181", name="浏阳市", city="430100")
    assert reference.divisions().by_code("430371") is None  # a statistical zone is no division
    assert len(reference.divisions().counties("430100")) == 9


def test_the_public_list_of_areas_agrees(real_data: Path) -> None:
    with (real_data / "hunan-areas.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = {row["code"]: row["name"] for row in csv.DictReader(file)}
    ours = {each.code: each.name for each in reference.divisions().present if each.city}
    assert ours.items() <= rows.items()
    assert {code[4] for code in rows.keys() - ours.keys()} == {"7"}


# --- what came with the program and is damaged ---------------------------------------------------------------------


@pytest.mark.parametrize("read", EVERYTHING, ids=lambda read: read.__wrapped__.__name__)
@pytest.mark.parametrize("damage", ["", "[", "[1]", '{"2026": 7}', None])
def test_damaged_reference_data_is_named(read: object, damage: str | None, tmp_path: Path) -> None:
    for file in ("work-calendar.json", "rule-profiles.json", "categories.json", "divisions.json"):
        if damage is not None:
            (tmp_path / file).write_text(damage, encoding="utf-8")
    assert callable(read)
    with pytest.raises(Unavailable) as failed:
        read(tmp_path)
    assert failed.value.code == "reference_damaged"
    assert str(failed.value.facts["file"]).endswith(".json")

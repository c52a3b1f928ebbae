from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.ledgers.cells import Value
from app.ledgers.dates import NOTHING, SINCE_1900, SINCE_1904, Moment, read_moment

DAY = date(2019, 2, 28)
MOMENTS = st.datetimes(datetime(1949, 1, 1), datetime(2099, 12, 30)).map(lambda moment: moment.replace(microsecond=0))


@pytest.mark.parametrize(
    ("value", "at"),
    [
        ("2019/2/28 11:25:05", time(11, 25, 5)),
        ("2019-02-28T11:25:05", time(11, 25, 5)),
        ("2019-02-28 11:25", time(11, 25)),
        ("2019.2.28", None),
        ("2019-02-28", None),
        ("2019年2月28日", None),
        ("2019 年 2 月 28 日 上午9时5分", time(9, 5)),
        ("2019年2月28号下午3点", time(15)),
        ("2019/2/28 3:05 PM", time(15, 5)),
        ("2019/2/28 下午12:30", time(12, 30)),
        ("2019年2月28日 星期四", None),
        ("2019年2月28日（周四）08：30", time(8, 30)),
        ("２０１９／２／２８　１１：２５：０５", time(11, 25, 5)),
        ("20190228", None),
        ("20190228 11:25", time(11, 25)),
        ("20190228112505", time(11, 25, 5)),
        (20190228, None),
        (43524, None),
        ("43524", None),
        ("43524.475752314815", time(11, 25, 5)),
        (43524.475752314815, time(11, 25, 5)),
        ("2/28/2019", None),
        ("28/2/2019", None),
        ("2019-02-28T03:25:05Z", time(11, 25, 5)),
        ("2019-02-27T20:25:05.000-0700", time(11, 25, 5)),
        ("2019-02-28 11:25:05.870", time(11, 25, 5)),
        ("2019-02-28 00:00:00", None),
        ("\n\t2019/2/28\u200b ", None),
        (datetime(2019, 2, 28, 11, 25, 4, 999_900), time(11, 25, 5)),
        (datetime(2019, 2, 28), None),
        (DAY, None),
        (timedelta(days=43524, hours=9), time(9)),
    ],
)
def test_a_day_in_whatever_shape(value: Value, at: time | None) -> None:
    assert read_moment(value) == Moment(day=DAY, at=at)


@pytest.mark.parametrize("value", [None, "", " \u200b\n"])
def test_an_empty_cell_tells_nothing_and_is_no_problem(value: Value) -> None:
    assert read_moment(value) == NOTHING


@pytest.mark.parametrize(
    ("value", "at"), [("9:30", time(9, 30)), ("下午3点", time(15)), (time(9, 30), time(9, 30)), (0.5, time(12))]
)
def test_a_time_alone(value: Value, at: time | None) -> None:
    assert read_moment(value) == Moment(at=at)


@pytest.mark.parametrize(
    "value",
    [
        "昨天",
        "2019年2月",
        "2019-02-30",
        "2019-13-01",
        "2019",
        2019,
        3,
        True,
        "星期四",
        "99999999999999999999",
        1e300,
        float("nan"),
        timedelta(days=2_000_000),
        float("inf"),
        -5,
        "20190230",
        "#VALUE!",
        "13/13/2019",
    ],
)
def test_what_is_no_day_is_told_and_not_guessed(value: Value) -> None:
    assert read_moment(value) == Moment(problem="date_unreadable")


@pytest.mark.parametrize(
    "value",
    [
        "1899-12-31",
        "2100年3月5日",
        "2100/3/5 9:30",
        "0019-02-28",
        "２１０００３０５",
        "3/5/1900",
        datetime(1900, 1, 5),
        date(2100, 3, 5),
    ],
)
def test_a_day_of_another_century_is_told_as_such(value: Value) -> None:
    assert read_moment(value) == Moment(problem="date_unlikely")


def test_a_number_that_would_be_a_day_of_another_century_is_no_day() -> None:
    assert read_moment(12345) == read_moment("99999") == Moment(problem="date_unreadable")


def test_a_day_that_beijing_has_in_another_century_is_told() -> None:
    assert read_moment("2099-12-31T20:00:00Z") == Moment(problem="date_unlikely")


@pytest.mark.parametrize("text", ["19-2-28", "19年2月28日", "19/2/28 11:25", "2/28/19", "19.02.28"])
def test_two_digits_of_a_year_are_refused(text: str) -> None:
    assert read_moment(text) == Moment(problem="date_year_short")


def test_month_before_day_is_assumed_aloud() -> None:
    assert read_moment("12/08/2016") == Moment(day=date(2016, 12, 8), problem="date_order_assumed")
    assert read_moment("06/06/2016") == Moment(day=date(2016, 6, 6))


@pytest.mark.parametrize(
    "text", ["2019-02-28 约九点", "2019.2.28-3.1", "2019/2/28 25:00", "2019年2月28日上午15:00", "2019-2-28 9:75"]
)
def test_a_day_with_an_unreadable_time_keeps_the_day(text: str) -> None:
    assert read_moment(text) == Moment(day=DAY, problem="time_unreadable")


@given(MOMENTS)
def test_excels_own_numbers_in_both_date_systems(moment: datetime) -> None:
    wanted = Moment(day=moment.date(), at=None if moment.time() == time.min else moment.time())
    assert read_moment(moment) == wanted
    for day_zero in (SINCE_1900, SINCE_1904):
        number = (moment - datetime.combine(day_zero, time.min)) / timedelta(days=1)
        assert read_moment(number, day_zero) == wanted
        assert read_moment(f"{number:.15g}", day_zero) == wanted


@given(MOMENTS, st.sampled_from(["%Y/%m/%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S", "%Y年%m月%d日 %H时%M分%S秒", "%Y%m%d%H%M%S"]))
def test_written_and_read_again(moment: datetime, shape: str) -> None:
    assert read_moment(moment.strftime(shape)) == Moment(
        day=moment.date(), at=None if moment.time() == time.min else moment.time()
    )


@given(
    st.one_of(
        st.text(), st.from_regex(r"\d{1,4}[-/.年]\d{1,2}[-/.月]\d{1,4}日?.{0,12}", fullmatch=True), st.floats(), st.integers()
    )
)
def test_nothing_breaks_the_reader(value: Value) -> None:
    read = read_moment(value)
    known = {"", "date_unreadable", "date_unlikely", "date_year_short", "date_order_assumed", "time_unreadable"}
    assert read.problem in known
    assert (read.day is None) or 1949 <= read.day.year <= 2099


@pytest.mark.parametrize(
    ("text", "day"), [("3月5日", date(2024, 3, 5)), ("３月５号", date(2024, 3, 5)), ("2 月 29 日 周四", date(2024, 2, 29))]
)
def test_a_day_without_a_year_is_asked_for_and_then_read(text: str, day: date) -> None:
    assert read_moment(text) == Moment(problem="date_year_missing")
    assert read_moment(text, year=2024) == Moment(day=day)


def test_a_day_that_a_year_has_not_is_no_day() -> None:
    assert read_moment("2月29日", year=2023) == Moment(problem="date_unreadable")
    assert read_moment("13月5日") == Moment(problem="date_unreadable")


def test_a_day_without_a_year_keeps_its_hour() -> None:
    assert read_moment("3月5日 9:30", year=2024) == Moment(day=date(2024, 3, 5), at=time(9, 30))

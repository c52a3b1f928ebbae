"""The day and time a cell tells, in any of the shapes people and programs write them; nothing is guessed without a word.

Read: Excel's own dates of both date systems, their serial numbers also as text, 2019/2/28 11:25:05, 2019-02-28, 2019.2.28,
2019年2月28日, 20190228, 2/28/2019, ISO 8601 with an offset (told in Beijing time), all of them in full-width digits too; 2月28日
where the caller says of which year.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone
from functools import lru_cache
from typing import Final

from app.domain.visit import FIRST_YEAR, LAST_YEAR
from app.ledgers.cells import Value, written
from app.ledgers.text import clean_line

SINCE_1900: Final = date(1899, 12, 30)
"""Day 0 of Excel's usual date system, for every day after February 1900."""
SINCE_1904: Final = date(1904, 1, 1)
"""Day 0 of the date system of old Excel for Macintosh."""

_BEIJING: Final = timezone(timedelta(hours=8))

_BETWEEN: Final = r"\s*[-‐–—−/.。、]\s*"
_YEAR_FIRST: Final = re.compile(rf"(\d{{4}})(?:{_BETWEEN}|\s*年\s*)(\d{{1,2}})(?:{_BETWEEN}|\s*月\s*)(\d{{1,2}})(?!\d)\s*[日号]?")
_COMPACT: Final = re.compile(r"(\d{4})(\d{2})(\d{2})(?!\d)")
_COMPACT_MOMENT: Final = re.compile(r"(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})?")
_YEAR_LAST: Final = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4})(?!\d)")
_SHORT_YEAR: Final = re.compile(rf"\d{{1,2}}(?:{_BETWEEN}|\s*年\s*)\d{{1,2}}(?:{_BETWEEN}|\s*月\s*)\d{{1,2}}(?!\d)")
_YEARLESS: Final = re.compile(r"(\d{1,2})\s*月\s*(\d{1,2})(?!\d)\s*[日号]?")
_SERIAL: Final = re.compile(r"\d{5}(?:\.\d+)?")
_CLOCK: Final = re.compile(
    r"(?:[\s,T]*\(?(?:星期|周)[一二三四五六日天]\)?)?[\s,T]*"
    r"(?:(上午|下午|AM|PM)?\s*(\d{1,2})\s*[:时点]\s*(?:(\d{1,2})\s*(?:[:分]\s*(?:(\d{1,2})(?:\.\d+)?\s*秒?)?)?)?\s*(AM|PM)?"
    r"\s*(Z|[+-]\d{2}:?\d{2})?)?"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """What a cell tells of a day and a time, either of which may be missing; `problem` is a code where it is not all clear.

    Codes: `date_unreadable`, `date_unlikely` (a day of another century), `date_year_short` (two digits of a year),
    `date_year_missing` (no year, and none was given), `date_order_assumed` (month taken before day),
    `time_unreadable` (the day is good). Midnight to the second is what programs write for "no time", and is read so.
    """

    day: date | None = None
    at: time | None = None
    problem: str = ""


NOTHING: Final = Moment()
_UNREADABLE: Final = Moment(problem="date_unreadable")
_UNLIKELY: Final = Moment(problem="date_unlikely")


def read_moment(value: Value, day_zero: date = SINCE_1900, year: int = 0) -> Moment:
    """The day and time that `value` tells; `day_zero` is day 0 of the workbook's date system, `year` that of days without one."""
    match value:
        case None:
            return NOTHING
        case bool():
            return _UNREADABLE
        case datetime():
            return _moment(value)
        case date():
            return _moment(datetime.combine(value, time.min))
        case time():
            return Moment(at=value.replace(microsecond=0))
        case timedelta():
            return _from_serial(value / timedelta(days=1), day_zero)
        case float() if 0 < value < 1:
            return _from_serial(value, day_zero)
        case int() | float():
            return _from_text(written(value), day_zero)
        case str():
            return _from_text(value, day_zero, year)


@lru_cache(maxsize=4096)  # a ledger writes the same days again and again
def _from_text(text: str, day_zero: date, year: int = 0) -> Moment:
    plain = unicodedata.normalize("NFKC", clean_line(text)).upper()
    if not plain:
        return NOTHING
    if found := _COMPACT_MOMENT.fullmatch(plain):
        return _from_numbers(*(int(number or 0) for number in found.groups()))
    if _SERIAL.fullmatch(plain):
        return _from_serial(float(plain), day_zero)
    for shape in (_YEAR_FIRST, _COMPACT):
        if found := shape.match(plain):
            return _with_clock(_from_numbers(*map(int, found.groups())), plain[found.end() :])
    if found := _YEAR_LAST.match(plain):
        return _with_clock(_from_year_last(found), plain[found.end() :])
    if found := _YEARLESS.match(plain):
        return _of_year(found, plain[found.end() :], year)
    if _SHORT_YEAR.match(plain):
        return Moment(problem="date_year_short")
    return _from_clock(plain)


def _of_year(found: re.Match[str], rest: str, year: int) -> Moment:
    """A day without a year, in the year given; whether there is such a day is asked of a leap year where none is."""
    read = _with_clock(_from_numbers(year or 2000, int(found[1]), int(found[2])), rest)
    return read if year or read.day is None else Moment(problem="date_year_missing")


def _from_numbers(year: int, month: int, day: int, hour: int = 0, minute: int = 0, second: int = 0) -> Moment:
    try:
        return _moment(datetime.combine(date(year, month, day), time(hour, minute, second)))
    except ValueError:
        return _UNREADABLE


def _from_serial(days: float, day_zero: date) -> Moment:
    if not -1e6 < days < 1e6:
        return _UNREADABLE
    told = datetime.combine(day_zero, time.min) + timedelta(seconds=round(days * 86400))
    return Moment(at=told.time()) if 0 <= days < 1 else _moment(told, otherwise=_UNREADABLE)  # any number could be a serial one


def _from_year_last(found: re.Match[str]) -> Moment:
    first, second, year = int(found[1]), int(found[3]), int(found[4])
    if first > 12:
        return _from_numbers(year, second, first)
    read = _from_numbers(year, first, second)
    if read.day and first != second and second <= 12:
        return Moment(day=read.day, problem="date_order_assumed")
    return read


def _from_clock(plain: str) -> Moment:
    clock = _clock(plain)
    return _UNREADABLE if clock is None or not any(map(str.isdecimal, plain)) else Moment(at=clock.time())


def _with_clock(read: Moment, rest: str) -> Moment:
    if read.day is None or not rest.strip():
        return read
    clock = _clock(rest, read.day)
    if clock is None:
        return Moment(day=read.day, problem=read.problem or "time_unreadable")
    told = _moment(clock)
    return Moment(day=told.day, at=told.at, problem=told.problem or read.problem)


def _clock(text: str, day: date = SINCE_1904) -> datetime | None:
    """The wall clock of Beijing that `text` tells for `day`, midnight where it tells none; None where it tells something else."""
    found = _CLOCK.fullmatch(text.rstrip())
    if found is None:
        return None
    half, hour, minute, second, half_after, offset = found.groups()
    if hour is None:
        return datetime.combine(day, time.min)
    try:
        clock = time(_hour(int(hour), half or half_after), int(minute or 0), int(second or 0))
        return _beijing(datetime.combine(day, clock), offset)
    except (ValueError, OverflowError):
        return None


def _hour(hour: int, half: str | None) -> int:
    if half is None:
        return hour
    if hour > 12:
        return hour if half in {"下午", "PM"} else 99  # 上午 15:00 is nobody's clock
    return hour % 12 + (12 if half in {"下午", "PM"} else 0)


def _beijing(clock: datetime, offset: str | None) -> datetime:
    if offset is None:
        return clock
    zone = UTC if offset == "Z" else timezone(_distance(offset))
    return clock.replace(tzinfo=zone).astimezone(_BEIJING).replace(tzinfo=None)


def _distance(offset: str) -> timedelta:
    sign = -1 if offset[0] == "-" else 1
    return sign * timedelta(hours=int(offset[1:3]), minutes=int(offset[-2:]))


def _moment(value: datetime, otherwise: Moment = _UNLIKELY) -> Moment:
    """The day and time without seconds' fractions; `otherwise` for a day that lies in another century."""
    if not FIRST_YEAR <= value.year <= LAST_YEAR:
        return otherwise
    nearest = (value + timedelta(milliseconds=500)).replace(microsecond=0)  # Excel counts days in binary fractions
    return Moment(day=nearest.date(), at=None if nearest.time() == time.min else nearest.time())

"""How days, hours, periods and small numbers are written on Chinese papers (GB/T 9704-2012, GB/T 15835-2011)."""

from datetime import date, time
from typing import Final

_DIGITS: Final = "零一二三四五六七八九"
_WEEKDAYS: Final = "一二三四五六日"
_UNITS: Final = ("千", "百", "十", "")
_MOST: Final = 9999


def numeral(number: int) -> str:
    """A number from 1 to 9999 in characters: 二, 十, 十六, 三十一, 六百七十二, 一千零五; any other in digits."""
    if not 1 <= number <= _MOST:
        return str(number)
    told, gap = "", False
    for digit, unit in zip(f"{number:04}", _UNITS, strict=True):
        if digit == "0":
            gap = bool(told)
            continue
        told += f"{'零' if gap else ''}{_DIGITS[int(digit)]}{unit}"
        gap = False
    return told.removeprefix("一") if told.startswith("一十") else told


def long_day(day: date | None) -> str:
    """A day without leading zeros, 2026年1月9日; nothing for none."""
    return f"{day.year}年{day.month}月{day.day}日" if day else ""


def week_day(day: date | None) -> str:
    """The name of a day in its week, 星期五."""
    return f"星期{_WEEKDAYS[day.weekday()]}" if day else ""


def short_day(day: date | None) -> str:
    """A day as a column holds it, 2026-01-09."""
    return day.isoformat() if day else ""


def hours(starts: time | None, ends: time | None) -> str:
    """From when to when, 09:00—11:30; what nobody wrote down is left out."""
    told = [each.isoformat("minutes") for each in (starts, ends) if each]
    return "—".join(told) if starts or not told else f"至{told[0]}"


def week(first: date | None, last: date | None) -> str:
    """The week that two days enclose, by its number in the year (GB/T 7408, ISO 8601); nothing where they are no week's ends."""
    if not first or not last or first.weekday() != 0 or (last - first).days != len(_WEEKDAYS) - 1:
        return ""
    year, number, _day = first.isocalendar()
    return f"{year}年第{number}周"


def period(first: date | None, last: date | None) -> str:
    """A span of days from first to last, either of them open."""
    match first, last:
        case None, None:
            return "全部记录"
        case None, _:
            return f"截至{long_day(last)}"
        case _, None:
            return f"{long_day(first)}起"
        case _:
            return long_day(first) if first == last else f"{long_day(first)}至{long_day(last)}"

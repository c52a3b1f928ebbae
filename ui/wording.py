"""Values as a person reads them in the window: days, times, codes."""

from datetime import date, datetime, time

from app.clock import CHINA
from app.domain.activity import Asked
from app.domain.values import CodeSet, wording
from app.i18n import CHINESE, _, spoken
from app.messages import code_told, field_told

_WEEKDAYS = "一二三四五六日"


def day_told(day: date | None, *, today: date | None = None) -> str:
    """A day as people here write it; the year is left out where it is today's. Empty for no day."""
    if day is None:
        return ""
    if spoken() != CHINESE:
        return day.isoformat()
    year = "" if today and day.year == today.year else f"{day.year}年"
    return f"{year}{day.month}月{day.day}日"


def month_words(day: date) -> str:
    """The month of a day, with its year."""
    return f"{day.year}年{day.month}月" if spoken() == CHINESE else f"{day:%Y-%m}"


def weekday_told(day: date) -> str:
    """The day of the week."""
    return f"星期{_WEEKDAYS[day.weekday()]}" if spoken() == CHINESE else day.strftime("%A")


def moment_told(moment: datetime, *, today: date | None = None) -> str:
    """A moment by the clock on the wall here."""
    return f"{day_told(day_of(moment), today=today)} {time_told(moment.astimezone(CHINA).time())}"


def day_of(moment: datetime) -> date:
    """The day of a moment by the clock on the wall here."""
    return moment.astimezone(CHINA).date()


def time_told(moment: time | None) -> str:
    """Hours and minutes; empty for no time."""
    return f"{moment:%H:%M}" if moment else ""


def word_of(code: str) -> str:
    """The word of a code in the language spoken; one of a newer program as it is."""
    return code_told(code) if isinstance(code, CodeSet) else wording(code)


def field_word(kind: str, name: str) -> str:
    """What a field of a kind of records is called on a form."""
    told = field_told(kind, name)
    return told if spoken() == CHINESE else told.replace("_", " ").capitalize()


def term_told(asked: Asked) -> str:
    """What a field is called where a kind of activity asks for it."""
    return asked.term if asked.term and spoken() == CHINESE else field_word("visit", asked.field)


def size_told(size: int) -> str:
    """Bytes as people say them."""
    if size < 1 << 10:
        return _("{count} bytes").format(count=size)
    unit, divisor = ("KB", 1 << 10) if size < 1 << 20 else ("MB", 1 << 20)
    return f"{size / divisor:.1f} {unit}"

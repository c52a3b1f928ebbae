"""A deadline in words: the day that holds and the one it was moved from, how long there is, where a calendar year is missing."""

from collections.abc import Callable
from datetime import date

from app.domain.suggestion_limits import Limit
from app.i18n import _, ngettext


def both_days(limit: Limit, day_word: Callable[[date], str] = date.isoformat) -> str:
    """The day that holds, and beside it the one it was moved from, or who set it."""
    told = day_word(limit.day)
    if limit.by_hand:
        return _("{day} (set by hand; by the rules {rolled})").format(day=told, rolled=day_word(limit.rolled))
    if limit.plain != limit.rolled:
        return _("{day} (ends {plain}, moved to {rolled})").format(
            day=told, plain=day_word(limit.plain), rolled=day_word(limit.rolled)
        )
    return told


def days_left(left: int) -> str:
    """How many days there still are, or by how many it is over."""
    if left < 0:
        return ngettext("{count} day over", "{count} days over", -left).format(count=-left)
    return ngettext("{count} day", "{count} days", left).format(count=left) if left else _("today")


def years_told(years: tuple[int, ...]) -> str:
    """The warning where working days were counted without a calendar."""
    return _("the holidays of {years} are not entered yet").format(years="、".join(map(str, years))) if years else ""

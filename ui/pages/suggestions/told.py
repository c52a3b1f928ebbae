"""What is told of a suggestion on its way, in words: parts of a line, both days of a deadline, where a unit stands."""

from datetime import date
from typing import Final

from app.domain.money import money_told
from app.domain.suggestion_limits import Limit
from app.domain.values import CodeSet
from app.i18n import _
from app.messages import limits as messages
from app.queries.suggestion_handling import Part, TimelineLine, UnitLine
from ui.wording import day_told, field_word, word_of

_SOON: Final = 3  # days
_NEAR: Final = 15


def part_told(part: Part, today: date) -> str:
    """A value in words, behind the name of its field where that must be said."""
    kind, _dot, name = part.of.partition(".")
    if part.value is True:
        return field_word(kind, name)
    if name == "amount":
        return _("{amount} × 10,000 yuan").format(amount=money_told(int(str(part.value))))
    text = _value(part.value, today)
    return _("{field}: {value}").format(field=field_word(kind, name), value=text) if part.of else text


def _value(value: object, today: date) -> str:
    match value:
        case CodeSet():
            return word_of(value)
        case date():
            return day_told(value, today=today)
        case tuple():
            return "、".join(_value(each, today) for each in value)
        case _:
            return str(value)


def row_told(row: tuple[Part, ...], today: date) -> str:
    """One row of what is told."""
    return "　".join(part_told(each, today) for each in row)


def line_told(line: TimelineLine) -> str:
    """What happened, and in which round where there was more than one."""
    again = _("round {number}").format(number=line.round) if line.round > 1 else ""
    return "　".join(part for part in (word_of(line.code), again, source_told(line.package)) if part)


def source_told(package: int | None) -> str:
    """Whence it is known; nothing for what the station entered."""
    if package is None:
        return ""
    return _("from the body, reply {number}").format(number=package) if package else _("from the body")


def both_days(limit: Limit, today: date) -> str:
    """The day that holds, and beside it the one it was moved from, or who set it, as days are written in the window."""
    return messages.both_days(limit, lambda day: day_told(day, today=today))


def left_told(limit: Limit, today: date) -> str:
    """How long there still is."""
    return messages.days_left((limit.day - today).days)


def left_tone(limit: Limit, today: date) -> str:
    """The colour that repeats it."""
    return days_tone((limit.day - today).days)


def days_tone(left: int) -> str:
    """The same of so many days."""
    return "accent" if left <= _SOON else "warning" if left <= _NEAR else ""


def unit_state(line: UnitLine) -> tuple[str, str]:
    """Where a unit stands with its part, in a word and its colour."""
    slip = line.slip
    if slip.objection_upheld:
        return _("given back"), ""
    if line.reply:
        return _("replied"), "ok"
    if slip.co_handler_opinion_on:
        return _("opinion given"), "ok"
    if not line.held:
        return "", ""
    if slip.objected_on and not slip.objection_settled_on:
        return _("asks to give it back"), "warning"
    return (_("signed for"), "information") if slip.signed_for_on else (_("not signed for"), "warning")

"""The shapes a field can have: how its value is written into a line, read back strictly, and what it is when nothing was said."""

import types
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from enum import StrEnum
from functools import lru_cache
from typing import Any, Final, Union, get_args, get_origin

from app.domain.values import ID_SHAPE, Json, is_id, known

WHOLE_NUMBER_LIMIT: Final = (1 << 53) - 1  # beyond it JavaScript and spreadsheets round


@dataclass(frozen=True, slots=True)
class Shape:
    """One shape; `read` raises ValueError or TypeError for anything `write` would not have written.

    `pattern` is an expression for values as `write` writes them, in JSON: all it matches can be read. Not all that can be read
    is matched, as what is rare is left out of it.
    """

    name: str
    empty: object
    read: Callable[[Any], Any]
    write: Callable[[Any], Json]
    pattern: str
    codes: type[StrEnum] | None = None


def shape_of(hint: Any) -> Shape:
    """The shape that a field's annotation declares; raises TypeError where a line cannot hold such a value."""
    if get_origin(hint) is tuple:
        return list_of(_scalar(get_args(hint)[0]))
    return _scalar(hint)


def list_of(inner: Shape) -> Shape:
    """Several values of one shape, their order kept."""
    return Shape(
        f"list of {inner.name}",
        (),
        lambda value: tuple([inner.read(each) for each in _exactly(list, value)]),
        lambda value: [inner.write(each) for each in value],
        rf"\[(?:{inner.pattern}(?:,{inner.pattern})*+)?+\]",
        inner.codes,
    )


def reference_of(declared: Shape) -> Shape:
    """The shape of a field of identifiers: `declared`, but that each text must be one."""
    return list_of(_REFERENCE) if declared.name.startswith("list") else _REFERENCE


def _scalar(hint: Any) -> Shape:
    options = get_args(hint) if get_origin(hint) in {Union, types.UnionType} else (hint,)
    wanted = [each for each in options if each is not types.NoneType]
    code_sets = [each for each in wanted if isinstance(each, type) and issubclass(each, StrEnum)]
    if code_sets:
        return _code(code_sets[0])
    if len(wanted) != 1 or wanted[0] not in _SCALARS:
        raise TypeError(f"no line holds {hint}")
    scalar = _SCALARS[wanted[0]]
    return replace(scalar, empty=None) if types.NoneType in options else scalar


def _code(members: type[StrEnum]) -> Shape:
    return Shape("code", "", lambda value: known(members, _text(value)), str, _TEXT, members)


def _exactly(wanted: type, value: Any) -> Any:
    if type(value) is not wanted:
        raise TypeError(f"{wanted.__name__} expected")
    return value


# Stations write the same days, hours and people again and again; only what was taken is remembered.
_remembered: Final = lru_cache(maxsize=4096)


def _text(value: Any) -> str:
    if type(value) is not str:
        raise TypeError("text expected")
    value.encode()  # half a surrogate pair, which JSON can spell, is no text
    return value


@_remembered
def _identifier(value: Any) -> str:
    text = _text(value)
    if text and not is_id(text):
        raise ValueError("identifier expected")
    return text


def _whole_number(value: Any) -> int:
    number: int = _exactly(int, value)
    if abs(number) > WHOLE_NUMBER_LIMIT:
        raise ValueError("number too large")
    return number


@_remembered
def _date(value: Any) -> date:
    day = date.fromisoformat(_text(value))
    if day.isoformat() != value:
        raise ValueError("a date is written 2026-01-31")
    return day


@_remembered
def _time(value: Any) -> time:
    clock = time.fromisoformat(_text(value))
    if clock.tzinfo is not None or value not in {_written_time(clock), clock.isoformat()}:
        raise ValueError("a time is written 09:30")
    return clock


def _written_time(clock: time) -> str:
    return clock.isoformat("auto" if clock.second or clock.microsecond else "minutes")


def _moment(value: Any) -> datetime:
    moment = datetime.fromisoformat(_text(value))
    if moment.tzinfo is None:
        raise ValueError("a moment needs its offset")
    return moment


_PLAIN: Final = r'[^"\\\x00-\x1f]*+'
_TEXT: Final = rf'"{_PLAIN}(?:\\["\\bfnrt]{_PLAIN})*+"'
_DAY: Final = (  # without leap days
    "[12][0-9]{3}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])"
    "|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)|02-(?:0[1-9]|1[0-9]|2[0-8]))"
)
_MINUTE: Final = "(?:[01][0-9]|2[0-3]):[0-5][0-9]"

_REFERENCE: Final = Shape("text", "", _identifier, str, f'"(?:{ID_SHAPE.pattern})?+"')

_SCALARS: Final[dict[Any, Shape]] = {
    str: Shape("text", "", _text, str, _TEXT),
    int: Shape("whole number", 0, _whole_number, int, "(?:0|-?[1-9][0-9]{0,14})"),
    bool: Shape("yes or no", False, lambda value: _exactly(bool, value), bool, "(?:true|false)"),
    date: Shape("date", None, _date, date.isoformat, f'"{_DAY}"'),
    time: Shape("time", None, _time, _written_time, f'"{_MINUTE}"'),
    datetime: Shape("moment", None, _moment, datetime.isoformat, rf'"{_DAY}T{_MINUTE}:[0-5][0-9](?:\.[0-9]{{6}})?[+-]{_MINUTE}"'),
}

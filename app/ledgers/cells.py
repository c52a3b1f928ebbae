"""What one cell holds, and how a person would write it down."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from math import isfinite
from typing import Final

from app.ledgers.text import is_blank

Value = str | int | float | bool | datetime | date | time | timedelta | None
"""What a cell may hold; Excel's dates come as `datetime`, without a zone: the wall clock of who typed them."""

CELL_ERRORS: Final = frozenset({"#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A", "#SPILL!", "#CALC!"})
"""What Excel shows where a formula failed."""


def is_empty(value: Value) -> bool:
    """Whether a person looking at the cell sees nothing."""
    return value is None or (isinstance(value, str) and is_blank(value))


def written(value: Value) -> str:
    """The value as text: whole numbers without a decimal point, dates as 2019-02-28, with 11:25:05 where there is a time."""
    match value:
        case str():  # nearly all are
            return value
        case None:
            return ""
        case bool():
            return str(value).upper()
        case float():
            return _written_number(value)
        case datetime():
            return _written_moment(value)
        case timedelta():
            return _written_length(value)
        case _:
            return str(value)


def trimmed(values: tuple[Value, ...]) -> tuple[Value, ...]:
    """The cells of a row up to the last one that shows something."""
    end = len(values)
    while end and is_empty(values[end - 1]):
        end -= 1
    return values[:end]


def _written_number(number: float) -> str:
    """With the 15 digits that Excel keeps, and never as a power of ten: long numbers are telephones and files."""
    return f"{Decimal(f'{number:.15g}'):f}" if isfinite(number) else str(number)


def _written_length(length: timedelta) -> str:
    minutes, seconds = divmod(round(length.total_seconds()), 60)
    return f"{minutes // 60}:{minutes % 60:02}:{seconds:02}"


def _written_moment(moment: datetime) -> str:
    clock = moment.time()
    return moment.date().isoformat() if clock == time.min else f"{moment:%Y-%m-%d %H:%M:%S}"

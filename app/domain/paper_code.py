"""What the code on an internal paper holds: which record, at which computer and after which line of its journal it was printed.

Digits and capitals alone, which a scanner that types like a keyboard gets through whatever layout is set, and a check character
(ISO/IEC 7064, MOD 37,36), by which what was typed wrong, or read half, is noticed.
"""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from app.domain.values import ID_SHAPE, Id

_DIGITS: Final = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_CODE: Final = re.compile(r"(?P<record>[0-9A-F]{32})(?P<seat>[0-9A-F]{4})(?P<line>[0-9A-Z]{1,8})(?P<check>[0-9A-Z])")
_SEAT: Final = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """What a station puts on its papers: lines above and below internal ones, a place for the seal below ledgers.

    `outward` puts code and time on papers that go out too, which carry neither otherwise (decision 28).
    """

    office: str = ""
    heading: str = ""
    footer: str = ""
    note: str = ""
    seal: bool = False
    outward: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintMark:
    """When something is printed: at the computer `seat`, after line `line` of its journal, the `nth` time, and by which house.

    `record` is what the code of an outward paper leads to, where the house wants one.
    """

    seat: str
    line: int
    nth: int = 1
    record: Id = ""
    house: House = House()


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperCode:
    """What a code says; `seat` is the beginning of a computer's identifier."""

    record: Id
    seat: str
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ScannedPaper:
    """The record a paper is of, its title masked; `changed` says since when it is another, None where it is not.

    `here` is False for what another computer printed: nobody can tell then what was changed since.
    """

    record: Id
    kind: str
    title: str
    here: bool
    changed: datetime | None = None


def code_of(record: str, mark: PrintMark) -> str:
    """The code of a record printed then; what is no identifier, such as the number of a blank form, is its own code."""
    if not ID_SHAPE.fullmatch(record):
        return record
    told = record.replace("-", "").upper() + mark.seat[:_SEAT].upper() + _base36(mark.line)
    return told + _check(told)


def read_code(scanned: str) -> PaperCode | None:
    """What was scanned, or typed with blanks and in small letters; None where it is no such code, or not read right."""
    found = _CODE.fullmatch(re.sub(r"[\s-]", "", scanned).upper())
    if found is None or _check(found[0][:-1]) != found["check"]:
        return None
    digits = found["record"].lower()
    record = "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))
    return PaperCode(record=record, seat=found["seat"].lower(), line=int(found["line"], 36))


def printed_here(code: PaperCode, seat: str) -> bool:
    """Whether the computer of this identifier printed it."""
    return seat.lower().startswith(code.seat)


def _base36(number: int) -> str:
    told = ""
    while number:
        number, digit = divmod(number, 36)
        told = _DIGITS[digit] + told
    return told or "0"


def _check(told: str) -> str:
    product = 36
    for each in told:
        total = (product + _DIGITS.index(each)) % 36 or 36
        product = total * 2 % 37
    return _DIGITS[(37 - product) % 36]

"""Personal data of residents in a text that others will read: telephone numbers, identity numbers, names (domain brief 5.3)."""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from app.domain.problems import Problem
from app.domain.records import Record
from app.domain.values import CodeSet


class PersonalData(CodeSet):
    """What was found."""

    NAME = "name", "姓名"
    PHONE = "phone", "电话"
    IDENTITY = "identity", "身份证号码"


@dataclass(frozen=True, slots=True, order=True)
class Found:
    """One place in a text, in characters."""

    start: int
    end: int
    what: PersonalData


_IDENTITY: Final = re.compile(r"(?<!\d)[1-9]\d{5}(?:18|19|20)\d{2}(?:0[1-9]|1[0-2])[0-3]\d\d{3}[\dXx](?![\dA-Za-z])", re.ASCII)
# Whatever looks like more digits than a telephone has is some other number; a year or a sum has fewer.
_PATTERNS: Final = (
    (PersonalData.IDENTITY, _IDENTITY),
    (PersonalData.PHONE, re.compile(r"(?<!\d)1[3-9]\d[ -]?\d{4}[ -]?\d{4}(?!\d)", re.ASCII)),
    (PersonalData.PHONE, re.compile(r"(?<!\d)0\d{2,3}[ -]?[2-9]\d{6,7}(?!\d)", re.ASCII)),
)
_SHORTEST_NAME: Final = 2  # one character alone stands in too many words


def personal_data(text: str, names: Collection[str] = ()) -> tuple[Found, ...]:
    """The places, first to last, where the text tells a number of these forms, or one of the residents' `names`."""
    return tuple(sorted(_places(text, names)))


def blotted(text: str, names: Collection[str] = ()) -> str:
    """The text as anybody may read it: such numbers as ＊＊＊, the residents' names as 某某."""
    told, after = text, len(text)
    for found in reversed(personal_data(text, names)):
        if found.end <= after:  # of two that overlap the later one stands for both
            told = told[: found.start] + ("某某" if found.what is PersonalData.NAME else "＊＊＊") + told[found.end :]
            after = found.start
    return told


def _places(text: str, names: Collection[str]) -> Iterator[Found]:
    for what, pattern in _PATTERNS:
        yield from (Found(found.start(), found.end(), what) for found in pattern.finditer(text))
    known = {name for each in names if len(name := each.strip()) >= _SHORTEST_NAME}
    for length in {len(each) for each in known}:  # one look for all names that are as long: a ledger has thousands
        for start in range(len(text) - length + 1):
            if text[start : start + length] in known:
                yield Found(start, start + length, PersonalData.NAME)


# --- citizens' identity numbers --------------------------------------------------------------------------------------

_WEIGHTS: Final = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK: Final = "10X98765432"


def identity_numbers(text: str) -> tuple[Found, ...]:
    """The places of citizens' identity numbers with the right check digit (GB 11643): none is to be collected (PIPL art. 6)."""
    found = (Found(each.start(), each.end(), PersonalData.IDENTITY) for each in _IDENTITY.finditer(text))
    return tuple(each for each in found if _checks(text[each.start : each.end]))


def without_identity_numbers(text: str) -> str:
    """The text without them; what stands around them stays."""
    for found in reversed(identity_numbers(text)):
        text = text[: found.start] + text[found.end :]
    return text


def identity_hints(records: Iterable[Record]) -> Iterator[Problem]:
    """Fields that hold such a number: to be told, never a reason to refuse what somebody wants to say."""
    for each in records:
        for name in each.traits.fields:
            value = getattr(each, name)
            if isinstance(value, str) and identity_numbers(value):
                yield Problem(code="identity_number", field=name, hint=True)


def _checks(number: str) -> bool:
    total = sum(int(digit) * weight for digit, weight in zip(number, _WEIGHTS, strict=False))
    return _CHECK[total % 11] == number[-1].upper()

"""Personal data of residents in a text that others will read: telephone numbers, identity numbers, names (domain brief 5.3)."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Final

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


# Whatever looks like more digits than a telephone has is some other number; a year or a sum has fewer.
_PATTERNS: Final = (
    (
        PersonalData.IDENTITY,
        re.compile(r"(?<!\d)[1-9]\d{5}(?:18|19|20)\d{2}(?:0[1-9]|1[0-2])[0-3]\d\d{3}[\dXx](?![\dA-Za-z])", re.ASCII),
    ),
    (PersonalData.PHONE, re.compile(r"(?<!\d)1[3-9]\d[ -]?\d{4}[ -]?\d{4}(?!\d)", re.ASCII)),
    (PersonalData.PHONE, re.compile(r"(?<!\d)0\d{2,3}[ -]?[2-9]\d{6,7}(?!\d)", re.ASCII)),
)
_SHORTEST_NAME: Final = 2  # one character alone stands in too many words


def personal_data(text: str, names: Collection[str] = ()) -> tuple[Found, ...]:
    """The places, first to last, where the text tells a number of these forms, or one of the residents' `names`."""
    return tuple(sorted(_places(text, names)))


def _places(text: str, names: Collection[str]) -> Iterator[Found]:
    for what, pattern in _PATTERNS:
        yield from (Found(found.start(), found.end(), what) for found in pattern.finditer(text))
    for name in {each.strip() for each in names}:
        if len(name) >= _SHORTEST_NAME:
            yield from (Found(each.start(), each.end(), PersonalData.NAME) for each in re.finditer(re.escape(name), text))

"""Personal data of residents in a text that others will read: telephone numbers, identity numbers, names (domain brief 5.3)."""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Set
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
    return tuple(sorted(_places(text, _by_length(names))))


def blotted(text: str, names: Collection[str] = ()) -> str:
    """The text as anybody may read it: such numbers as ＊＊＊, the residents' names as 某某."""
    return blotter(names)(text)


def blotter(names: Collection[str]) -> Callable[[str], str]:
    """The same for many texts: thousands of names are got ready once."""
    known = _by_length(names)
    return lambda text: _blotted(text, sorted(_places(text, known)))


_ByLength = Mapping[int, Set[str]]


def _by_length(names: Collection[str]) -> _ByLength:
    known: dict[int, set[str]] = {}
    for each in names:
        if len(name := each.strip()) >= _SHORTEST_NAME:
            known.setdefault(len(name), set()).add(name)
    return known


def _places(text: str, names: _ByLength) -> Iterator[Found]:
    for what, pattern in _PATTERNS:
        yield from (Found(found.start(), found.end(), what) for found in pattern.finditer(text))
    for length, known in names.items():  # one look for all names that are as long: a ledger has thousands
        for start in range(len(text) - length + 1):
            if text[start : start + length] in known:
                yield Found(start, start + length, PersonalData.NAME)


def _blotted(text: str, places: Iterable[Found]) -> str:
    """Places that overlap are one: of a name that holds another nothing stays."""
    told, done = "", 0
    for found in places:
        if found.start >= done:
            told += text[done : found.start] + ("某某" if found.what is PersonalData.NAME else "＊＊＊")
        done = max(done, found.end)
    return told + text[done:]


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

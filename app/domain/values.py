"""Small values every record is made of: open codes, identifiers, plain JSON."""

import re
from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Final, Self, TypeVar, Union

Json = Union[None, bool, int, str, Sequence["Json"], Mapping[str, "Json"]]
"""What a line may hold. No floats: money is in 分, dates are text, so that every writer writes the same bytes."""

Member = TypeVar("Member", bound=StrEnum)
Code = Union[Member, str]
"""A code set that stays open: a known member, or the text a newer program wrote (decision 7)."""

Id = str
"""A UUIDv7 in its 36-character lower-case form, made by the station."""

ID_SHAPE: Final = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")


class CodeSet(StrEnum):
    """A set of codes, each declared with its Chinese word: the code is stored and travels, the word is shown."""

    label: str

    def __new__(cls, code: str, label: str = "") -> Self:
        member = str.__new__(cls, code)
        member._value_ = code
        member.label = label
        return member


def wording(code: str) -> str:
    """The word a person reads for a code; a code of a newer program is shown as it is."""
    return code.label if isinstance(code, CodeSet) else code


def is_id(text: object) -> bool:
    """Whether `text` has the form of an identifier."""
    return isinstance(text, str) and ID_SHAPE.fullmatch(text) is not None


def known(members: type[Member], text: str) -> Code[Member]:
    """The member that `text` names, or `text` itself where a newer program coined it."""
    return members._value2member_map_.get(text, text)  # type: ignore[return-value]  # a plain look-up: asking the class builds an error for each unknown word


def plain_text(value: object) -> str:
    """A value as the cell of a table: several in a row, codes as their words, yes or nothing."""
    if value is None or value is False:
        return ""
    if isinstance(value, (tuple, list)):
        return "、".join(plain_text(each) for each in value)
    return "是" if value is True else wording(value) if isinstance(value, str) else str(value)

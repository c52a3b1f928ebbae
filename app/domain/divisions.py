"""Administrative divisions (GB/T 2260): cities and counties by code and by name, retired codes led to the present ones."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

_SUFFIX: Final = re.compile(r"(?:(?:土家|苗|侗|瑶)族)*自治[州县]$|[市县区]$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Division:
    """A city or a county-level unit; `city` is the code of the city it belongs to, empty for a city itself."""

    code: str
    name: str
    city: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Divisions:
    """All divisions of one province; `retired` holds what a code or name of old data is today."""

    present: tuple[Division, ...]
    retired: Mapping[str, str]

    def by_code(self, code: str) -> Division | None:
        """The division of a six-digit code, also of a retired one, or of a longer code that begins with it."""
        wanted = self.retired.get(code[:6], code[:6])
        return next((each for each in self.present if each.code == wanted), None)

    def named(self, text: str) -> tuple[Division, ...]:
        """The divisions a name may mean, in full or as people say it (耒阳, 靖州), and today's for a name of the past."""
        wanted = self.retired.get(text, "")
        return tuple(each for each in self.present if text in {each.name, short_name(each.name)} or each.code == wanted)

    def counties(self, city: str) -> tuple[Division, ...]:
        """The county-level units of a city."""
        return tuple(each for each in self.present if each.city == city)


def short_name(name: str) -> str:
    """A name as people say it: without 市, 县, 区 or the words of a self-governing unit; one character stays with its word."""
    short = _SUFFIX.sub("", name)
    return short if len(short) > 1 else name

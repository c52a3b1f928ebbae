"""Whom deputies met, as people write it in one cell: 某组 6 人，无意见; 张三一家四口; 一户; 12人."""

import re
from dataclasses import dataclass
from typing import Final

from app.domain.encounter import Encounter, Party
from app.domain.values import Code

MOST_PEOPLE: Final = 9999
ANONYMOUS_WORDS: Final = frozenset({"匿名", "anonymous", "不愿透露", "未留名", "未留姓名"})
"""What is written where a name would stand and nobody left one."""

_NOTHING: Final = re.compile(
    r"[无没]有?(?:任何)?(?:意见|问题|建议|诉求|反映|异议|意见建议|意见和建议)?[。.]?|[/／\-—]+|暂无[。.]?|满意[。.]?"
)
_NUMBER: Final = r"\d{1,4}|[一二两三四五六七八九十]{1,3}"
_UNITS: Final = r"(?:人|名|口|位)"
_COUNT: Final = re.compile(
    rf"(?P<party>个人|多人|家庭|单位|群众|[一1]?[户家])?\s*(?P<number>{_NUMBER})?\s*{_UNITS}?\s*(?P<house>[之]?[户家])?"
)
_GROUP: Final = re.compile(
    rf"(?P<name>.*?)\s*(?P<house>[一1][户家])?\s*(?P<number>\d{{1,4}}|(?:^|(?<=[组村区户家等队\s]))[一二两三四五六七八九十]{{1,3}})"
    rf"\s*{_UNITS}(?:群众|村民|居民|选民)?"
)
_ONLY_HOUSE: Final = re.compile(r"(?P<name>.+?)\s*(?:一[户家]|一家人)")
_COMMA: Final = re.compile(r"[，,；;。]")
_NARROW: Final = {ord("０") + number: ord("0") + number for number in range(10)}
_DIGITS: Final = {each: number for number, each in enumerate("一二三四五六七八九", start=1)} | {"两": 2}
_PARTIES: Final = {
    "个人": Party.PERSON,
    "多人": Party.PEOPLE,
    "群众": Party.PEOPLE,
    "家庭": Party.HOUSEHOLD,
    "单位": Party.UNIT,
}


@dataclass(frozen=True, slots=True)
class Met:
    """Who and how many: a household or unit without a number has none."""

    party: Code[Party]
    people: int = 0

    def told(self) -> str:
        """In words, as `count_typed` reads them; empty for one person, of whom nobody needs to say so."""
        number = f"{self.people}人" if self.people else ""
        if self.party == Party.PEOPLE:
            return number or "多人"
        if self.party == Party.HOUSEHOLD:
            return f"一户{number}"
        if self.party == Party.UNIT:
            return f"单位{number}"
        return number if self.people > 1 else ""


@dataclass(frozen=True, slots=True)
class MetWords:
    """What one cell told of a whole line; `raised` is what stands behind the comma, as it was written."""

    name: str
    met: Met | None
    raised: str


def met_of(encounter: Encounter) -> Met:
    """Who and how many an encounter says."""
    return Met(encounter.party, encounter.people)


def says_nothing(text: str) -> bool:
    """Whether a text only says that nothing was raised: 无意见, 没有问题, 暂无, /."""
    return _NOTHING.fullmatch(text.strip()) is not None


def count_typed(text: str) -> Met | None:
    """Who and how many a text means: 4, 6人, 六人, 一户, 一户4人, 4人户, 单位, 单位12人; None where it means none of these."""
    plain = _plain(text)
    found = _COUNT.fullmatch(plain)
    if not plain or found is None:
        return None
    number = _number(found["number"] or "")
    if found["number"] and not 0 < number <= MOST_PEOPLE:
        return None
    if found["house"] and not (found["number"] or found["party"]):
        return Met(Party.HOUSEHOLD)
    named = found["party"] or ""
    if found["house"] or named.endswith(("户", "家")):
        return None if found["house"] and named else _household(plain, number)
    if named:
        return Met(_PARTIES[named], number)
    return Met(Party.PEOPLE, number) if number else None


def _household(plain: str, number: int) -> Met | None:
    """3户 is no household but three of them: one line is one."""
    if plain.endswith(("户", "家")) and number > 1 and not re.search(_UNITS, plain):
        return None
    return Met(Party.HOUSEHOLD, 0 if plain in {"1户", "1家"} else number)


def group_count(text: str) -> int:
    """How many people a name says they were: 甲村三组 6 人 are six; 0 where it does not say."""
    found = _GROUP.fullmatch(_plain(text))
    return _number(found["number"]) if found else 0


def line_typed(text: str) -> MetWords | None:
    """What 「某组 6 人，无意见」 tells; None where a text is a name and nothing else."""
    parts = _COMMA.split(text.strip(), maxsplit=1)
    head, rest = parts[0], parts[1].strip() if len(parts) > 1 else ""
    found = _GROUP.fullmatch(_plain(head))
    number = _number(found["number"]) if found else 0
    if found and 0 < number <= MOST_PEOPLE:
        name = found["name"].removesuffix("等").strip()
        return MetWords(name, Met(Party.HOUSEHOLD if found["house"] else Party.PEOPLE, number), rest)
    house = _ONLY_HOUSE.fullmatch(_plain(head))
    if house:
        return MetWords(house["name"], Met(Party.HOUSEHOLD), rest)
    return MetWords(head.strip(), None, rest) if rest and says_nothing(rest) else None


def _plain(text: str) -> str:
    """The text with full-width figures made narrow, blanks at its ends taken off; nothing else of a name is touched."""
    return text.translate(_NARROW).strip()


def _number(text: str) -> int:
    """Figures, or a Chinese number up to ninety-nine; 0 for anything else."""
    if text.isdecimal():
        return int(text)
    tens, ten, ones = text.rpartition("十")
    if not ten:
        return _DIGITS.get(ones, 0)
    if (tens and tens not in _DIGITS) or (ones and ones not in _DIGITS):
        return 0
    return _DIGITS.get(tens, 1) * 10 + _DIGITS.get(ones, 0)

"""How Chinese names and titles are found by the letters of their pinyin: whole syllables, initials, or a beginning.

A name (up to four characters) is found by every reading its characters have, each syllable whole or as its initial in any
mixture: 张三 by zhangsan, zsan, zhsan, zhangs, zs. In a longer text either all syllables are whole or all are initials; its
characters are read as they mostly are, and each that can be read otherwise also so, among its neighbours. The last syllable
may always be begun only. What readings a character has is told by the caller: `Reading`.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import product
from math import prod
from typing import Final, TypeVar

from app.domain.search import fold

Read = TypeVar("Read")
Reading = Callable[[str], tuple[str, ...]]
"""The syllables by which a character is read, the usual one first, without tones, ü as v; none where it is not read so."""

Cut = tuple[str, ...]
"""Typed letters, cut where one syllable may end and the next begin."""

GAP: Final = "\u2421"
"""Stands between two ways to read a text, so that no phrase reaches from one into the other."""

SYLLABLES: Final = frozenset(
    """
    a ai an ang ao ba bai ban bang bao bei ben beng bi bian biang biao bie bin bing bo bong bu ca cai can cang cao ce cei cen
    ceng cha chai chan chang chao che chen cheng chi chong chou chu chua chuai chuan chuang chui chun chuo ci cong cou cu cuan
    cui cun cuo da dai dan dang dao de dei den deng di dia dian diao die din ding diu dong dou du duan dui dun duo e ei en eng
    er fa fan fang fei fen feng fiao fo fou fu ga gai gan gang gao ge gei gen geng gong gou gu gua guai guan guang gui gun guo
    ha hai han hang hao he hei hen heng hong hou hu hua huai huan huang hui hun huo ji jia jian jiang jiao jie jin jing jiong
    jiu ju juan jue jun ka kai kan kang kao ke kei ken keng kong kou ku kua kuai kuan kuang kui kun kuo la lai lan lang lao le
    lei len leng li lia lian liang liao lie lin ling liu lo long lou lu luan lun luo lv lve ma mai man mang mao me mei men meng
    mi mian miao mie min ming miu mo mou mu na nai nan nang nao ne nei nen neng ni nia nian niang niao nie nin ning niu nong nou
    nu nuan nun nuo nv nve o ou pa pai pan pang pao pei pen peng pi pian piao pie pin ping po pou pu qi qia qian qiang qiao qie
    qin qing qiong qiu qu quan que qun ran rang rao re ren reng ri rong rou ru rua ruan rui run ruo sa sai san sang sao se sen
    seng sha shai shan shang shao she shei shen sheng shi shou shu shua shuai shuan shuang shui shun shuo si song sou su suan
    sui sun suo ta tai tan tang tao te tei teng ti tian tiao tie ting tong tou tu tuan tui tun tuo wa wai wan wang wei wen weng
    wo wong wu xi xia xian xiang xiao xie xin xing xiong xiu xu xuan xue xun ya yan yang yao ye yi yin ying yo yong you yu yuan
    yue yun za zai zan zang zao ze zei zen zeng zha zhai zhan zhang zhao zhe zhei zhen zheng zhi zhong zhou zhu zhua zhuai zhuan
    zhuang zhui zhun zhuo zi zong zou zu zuan zui zun zuo
    """.split()
)

_BEGUN: Final = frozenset(each[:end] for each in SYLLABLES for end in range(1, len(each) + 1))
_PAIRS: Final = ("zh", "ch", "sh")
_INITIALS: Final = frozenset({each[0] for each in SYLLABLES} | set(_PAIRS))
_DIGITS: Final = frozenset("0123456789")
_VOWELS: Final = frozenset("aeiouv")
_LONGEST: Final = max(map(len, SYLLABLES))

_NAME: Final = 4  # characters; beyond them a text is a title
_WAYS: Final = 128  # of reading a name; one that has more is read as a title
_READINGS: Final = 3  # of one character; more are found in old books only
_BEFORE_INITIAL: Final = 2  # whole syllables of a title that stand once more before the initial of the next
_NEIGHBOURS: Final = 5  # on either side of a character that is read in an unusual way
_TYPED: Final = 40  # letters
_CUTS: Final = 48

_LETTERS: Final = re.compile(r"[a-z0-9]+(?:[' ][a-z0-9]+)*")


# --- what is typed ----------------------------------------------------------------------------------------------------


@lru_cache(maxsize=256)
def cuts(phrase: str) -> tuple[Cut, ...]:
    """All that a folded phrase of letters may mean, the fewest syllables first; nothing for other phrases or one consonant.

    Initials among syllables are thought of only where the letters are not whole syllables to the end: zhangs, but zsan.
    An apostrophe or a blank cuts: xi'an is two syllables. Of what could be cut in very many ways the first 48 are given.
    """
    letters = phrase.replace("ü", "v").replace("’", "'")
    if not _LETTERS.fullmatch(letters) or len(letters) > _TYPED or sum(each.isalpha() for each in letters) < 2:
        return ()
    parts = re.split("[' ]", letters)
    initials: Cut = tuple(letter for part in parts for letter in part)
    found = dict.fromkeys(_whole(parts)) or dict.fromkeys(_mixed(parts))
    ordered = sorted((cut for cut in found if len(cut) > 1 or _VOWELS & set(cut[0])), key=len)[:_CUTS]
    return (*ordered, initials) if _are_initials(initials) and initials not in ordered else tuple(ordered)


def _are_initials(cut: Cut) -> bool:
    return len(cut) > 1 and all(each in _INITIALS or each in _DIGITS for each in cut)


def _whole(parts: Sequence[str]) -> Iterator[Cut]:
    """Whole syllables, the last one begun."""
    for ways in product(*(_syllables(part, last=number == len(parts)) for number, part in enumerate(parts, start=1))):
        yield tuple(each for way in ways for each in way)


@lru_cache(maxsize=1024)
def _syllables(letters: str, *, last: bool) -> tuple[Cut, ...]:
    if not letters:
        return ((),)
    found: list[Cut] = [(letters,)] if last and (letters in _BEGUN or letters in _DIGITS) else []
    for end in range(min(len(letters), _LONGEST), 0, -1):
        piece, rest = letters[:end], letters[end:]
        if (piece in SYLLABLES or piece in _DIGITS) and (rest or not last):
            found += [(piece, *more) for more in _syllables(rest, last=last)]
    return tuple(found[:_CUTS])


def _mixed(parts: Sequence[str]) -> Iterator[Cut]:
    """Whole syllables and initials in any mixture, no more than a name has."""
    pending: list[tuple[Cut, int, str]] = [((), 0, parts[0])]
    while pending:
        cut, at, rest = pending.pop()
        if not rest:
            pending.append((cut, at + 1, parts[at + 1]))
            continue
        last = at + 1 == len(parts)
        if last and (rest in _BEGUN or rest in _DIGITS):
            yield (*cut, rest)
        if len(cut) + len(parts) - at > _NAME:
            continue
        for end in range(min(len(rest), _LONGEST), 0, -1):
            piece = rest[:end]
            if (piece in SYLLABLES or piece in _INITIALS or piece in _DIGITS) and (end < len(rest) or not last):
                pending.append(((*cut, piece), at, rest[end:]))


def sound_words(phrase: str) -> str:
    """A folded phrase as the index's query language asks for its sound; empty where it is no pinyin."""
    return " OR ".join(map(_cut_words, cuts(phrase)))


def _cut_words(cut: Cut) -> str:
    """An initial is a word of the index; only of a longer beginning are the syllables looked up that begin so."""
    *before, last = cut
    if last not in _INITIALS and last not in _DIGITS:
        return f'"{_written(cut)}" *'
    if len(cut) <= _BEFORE_INITIAL + 1 or _are_initials(cut):
        return f'"{_written(cut)}"'
    return f'("{_written(before)}" AND "{_written(cut[-_BEFORE_INITIAL - 1 :])}")'


def _written(pieces: Iterable[str]) -> str:
    """Pieces as words of the index: initials, letters and figures are marked, so that no word is a character of a text too."""
    return " ".join(map(_word, pieces))


@lru_cache(maxsize=1024)
def _word(piece: str) -> str:
    return piece if piece in SYLLABLES and len(piece) > 1 else f"{piece}0"


# --- what is written --------------------------------------------------------------------------------------------------


def sounds(texts: Iterable[str], reading: Reading) -> str:
    """What the index is given for the sound of names and titles: each way to read one, syllables between blanks."""
    ways: dict[str, None] = {}  # in their order, each once
    for text in texts:
        _add_ways([options for _, options in _read(text, reading)], ways)
    return f" {GAP} ".join(ways)


def _read(text: str, reading: Reading) -> list[tuple[int, tuple[str, ...]]]:
    """The characters that sound, with their places; letters and figures between them stand for themselves."""
    heard = ((place, _heard(character, reading)) for place, character in enumerate(text))
    return [(place, readings) for place, readings in heard if readings]


@lru_cache(maxsize=8192)
def _heard(character: str, reading: Reading) -> tuple[str, ...]:
    folded = fold(character)
    return (folded,) if folded.isascii() and folded.isalnum() else reading(character)[:_READINGS]


def _add_ways(options: Sequence[tuple[str, ...]], ways: dict[str, None]) -> None:
    """Add each way to read a name or a title, as words of the index."""
    if not options:
        return
    if len(options) <= _NAME:
        mixed = [_with_initials(each) for each in options]
        if prod(map(len, mixed)) <= _WAYS:
            ways.update(dict.fromkeys(map(" ".join, product(*(map(_word, each) for each in mixed)))))
            return
    for way, places in _usual_and_one_other([_spoken(readings) for readings in options]):
        words = [word for word, _ in way]
        ways[" ".join(words)] = None
        for place in places:
            before = " ".join(words[max(0, place - _BEFORE_INITIAL) : place])
            for initial in way[place][1]:
                ways[f"{before} {initial}"] = None
    for letters, _ in _usual_and_one_other([_begun(readings) for readings in options]):
        ways[" ".join(letters)] = None


@lru_cache(maxsize=4096)
def _spoken(readings: tuple[str, ...]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Each reading of a character as a word of the index, with the words of its initials."""
    return tuple((_word(each), tuple(map(_word, _with_initials((each,))[1:]))) for each in readings)


@lru_cache(maxsize=4096)
def _begun(readings: tuple[str, ...]) -> tuple[str, ...]:
    """The letters with which the readings of a character begin, each once, as words of the index."""
    return tuple(map(_word, dict.fromkeys(each[0] for each in readings)))


@lru_cache(maxsize=4096)
def _with_initials(readings: tuple[str, ...]) -> tuple[str, ...]:
    pairs = (each[:2] for each in readings if each.startswith(_PAIRS))
    return tuple(dict.fromkeys((*readings, *(each[0] for each in readings), *pairs)))


def _usual_and_one_other(options: Sequence[tuple[Read, ...]]) -> Iterator[tuple[Sequence[Read], range]]:
    """Ways to read a title, each with the places at which it differs from the ways before, seen from the initial that follows."""
    usual = [readings[0] for readings in options]
    yield usual, range(1, len(usual))
    for place, readings in enumerate(options):
        for other in readings[1:]:
            first, end = max(0, place - _NEIGHBOURS), place + _NEIGHBOURS + 1
            way = [*usual[first:place], other, *usual[place + 1 : end]]
            yield way, range(max(1, place - first), min(len(way), place - first + _BEFORE_INITIAL + 1))


# --- what was found ---------------------------------------------------------------------------------------------------


def heard(text: str, phrase: str, reading: Reading) -> Iterator[tuple[int, int]]:
    """Where in a text, from and to, stands what a folded phrase of letters sounds like."""
    asked = cuts(phrase)
    read = _read(text, reading) if asked else []
    for first in range(len(read)):
        fitting = [len(cut) for cut in asked if _fits(cut, read[first:], is_name=len(read) <= _NAME)]
        if fitting:
            yield read[first][0], read[first + max(fitting) - 1][0] + 1


def _fits(cut: Cut, read: Sequence[tuple[int, tuple[str, ...]]], *, is_name: bool) -> bool:
    if len(cut) > len(read):
        return False
    initials = is_name or all(len(each) == 1 for each in cut)
    pairs = list(zip(cut, (readings for _, readings in read), strict=False))
    *before, (begun, last) = pairs
    return any(each.startswith(begun) for each in last) and all(
        piece in readings or (initials and piece in _with_initials(readings)) for piece, readings in before
    )

"""How Chinese characters are read; the library that knows is loaded when the first name is saved or sought, never at a start."""

import os
from functools import cache

from app.domain.pinyin import SYLLABLES


@cache
def readings(character: str) -> tuple[str, ...]:
    """The syllables by which a character is read, the usual one first; none for what is not read in Chinese."""
    if character.isascii():
        return ()
    # Every character is asked for alone, so that the library needs none of its phrases, three quarters of its size.
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "1")
    from pypinyin import Style, pinyin

    (told,) = pinyin(character, style=Style.NORMAL, heteronym=True, errors="ignore") or [[]]
    return tuple(dict.fromkeys(each for each in told if each in SYLLABLES))

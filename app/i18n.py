"""The words of the program: written in English in the code, shown in Chinese to everyone who does not ask for English.

`_` and `ngettext` translate at the moment they are called; `N_` only marks a sentence of a table that is translated later.
The language is Chinese, or what the environment's LIAISON_LANGUAGE names, until `speak` is called.
"""

import gettext
import os
import struct
from functools import cache
from pathlib import Path
from typing import Final

from app.errors import Unavailable

CHINESE: Final = "zh_CN"
ENGLISH: Final = "en"
VARIABLE: Final = "LIAISON_LANGUAGE"
DOMAIN: Final = "liaison"
TRANSLATIONS: Final = Path(__file__).resolve().parent.parent / "resources" / "translations"
"""The same place beside the package in the tree and in the frozen program."""

_chosen: str | None = None


def speak(language: str | None) -> None:
    """From now on the whole process speaks `language` (a code like `zh_CN`, `en_GB.UTF-8`); None asks the environment again."""
    global _chosen
    _chosen = None if language is None else nearest(language)


def spoken() -> str:
    """The language that the process speaks now: `zh_CN` or `en`."""
    return _chosen or nearest(os.environ.get(VARIABLE, ""))


def nearest(language: str) -> str:
    """The language of the program's two that serves who asks for `language`; Chinese where it knows neither."""
    return ENGLISH if language.lower().startswith(ENGLISH) else CHINESE


def _(message: str) -> str:
    """The sentence in the language spoken now.

    Raises `Unavailable("words_missing", file)` where the catalogue is not there: never English by accident.
    """
    return words(spoken()).gettext(message) if message else ""


def ngettext(one: str, many: str, count: int) -> str:
    """The sentence for `count` things in the language spoken now; raises as `_` does."""
    return words(spoken()).ngettext(one, many, count)


def N_(message: str) -> str:  # noqa: N802  # the name that gettext's tools and readers know
    """The sentence itself, marked for the catalogue."""
    return message


@cache
def words(language: str, folder: Path = TRANSLATIONS) -> gettext.NullTranslations:
    """All sentences of one language; raises `Unavailable("words_missing", file)`."""
    if language == ENGLISH:
        return gettext.NullTranslations()
    file = folder / language / "LC_MESSAGES" / f"{DOMAIN}.mo"
    try:
        with file.open("rb") as opened:
            return gettext.GNUTranslations(opened)
    except (OSError, ValueError, struct.error) as failure:
        raise Unavailable("words_missing", file=str(file)) from failure

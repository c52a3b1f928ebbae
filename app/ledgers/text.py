"""A typed or pasted text without what nobody can see: the same words, in paragraphs, free of invisible characters."""

import re
import unicodedata
from typing import Final

HEADING_LENGTH: Final = 30

_UNSEEN: Final = (
    "\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\u00ad\u061c\u180e\u200b\u200c\u200e\u200f"
    "\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb"
)
_SPACES: Final = "\t \u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
_BREAKS: Final = "\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029"
_JOINER: Final = "\u200d"
_PICTURES: Final = "\u2600-\u27bf\ufe0f\U0001f000-\U0001faff"

_TO_CLEAN: Final = re.compile(f"[_{_UNSEEN}{_SPACES}{_BREAKS}{_JOINER}]")
_INVISIBLE: Final = re.compile(f"[{_UNSEEN}]+")
# Joiners hold composed pictures (emoji) together; anywhere else they only break a search.
_STRAY_JOINER: Final = re.compile(
    f"{_JOINER}+(?![{_PICTURES}{_JOINER}])|(?<![{_PICTURES}{_JOINER}]){_JOINER}+|(?<={_JOINER}){_JOINER}+"
)
_BLANKS: Final = re.compile(f"[{_SPACES}]+")
_BREAK: Final = re.compile(f"\r\n|[{_BREAKS}]")
# Excel writes a control character of a cell as its code between underscores (ECMA-376 part 1, 22.9.2.19, ST_Xstring).
_ESCAPED: Final = re.compile("_x00([01][0-9A-Fa-f]|7[Ff])_")
_ENDS: Final = " \u3000"

_SENTENCE: Final = re.compile("[^。！？!?；;\n]*[。！？!?；;]*")
_GREETING: Final = re.compile(
    r"\s*(?:尊敬的[^，,。：:；;！!\n]{1,20}|[^，,。：:；;！!\n]{0,12}[您你]们?好)\s*(?:[，,。：:；;！!\n]\s*|\Z)"
)


def clean_text(text: str) -> str:
    """The text in paragraphs, one a line: no invisible character, no blank line, runs of blanks one blank, none at an end.

    Every visible character stays as typed, full-width and private-use ones too. Cleaning twice is cleaning once.
    """
    if not _TO_CLEAN.search(text):
        return text
    plain = _ESCAPED.sub(_unescaped, _STRAY_JOINER.sub("", _INVISIBLE.sub("", text)))
    lines = (_BLANKS.sub(_one_blank, line).strip(_ENDS) for line in _BREAK.split(plain))
    return "\n".join(line for line in lines if line)


def clean_line(text: str) -> str:
    """The text as `clean_text` has it, its paragraphs joined to one line by blanks."""
    return clean_text(text).replace("\n", " ")


def is_blank(text: str) -> bool:
    """Whether nobody can see anything of the text."""
    start = text.lstrip()[:1]
    return not start.isalnum() and not clean_text(text)


def squeezed(text: str) -> str:
    """The text without blanks, width and case, by which two writings of it are the same; private-use characters stay."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


def heading_of(text: str) -> str:
    """A title for a cleaned text that has none: its first sentence after the greeting, at most 30 characters and an ellipsis."""
    body = _without_greeting(text)
    found = _SENTENCE.match(body)
    sentence = found.group().rstrip("。；;") if found else body
    sentence = (sentence or body).strip(_ENDS + "\n").replace("\n", " ")
    return sentence if len(sentence) <= HEADING_LENGTH else sentence[:HEADING_LENGTH].rstrip(_ENDS) + "…"


def _without_greeting(text: str) -> str:
    rest = text
    while (greeting := _GREETING.match(rest)) and greeting.end():
        rest = rest[greeting.end() :]
    return rest or text


def _unescaped(escape: re.Match[str]) -> str:
    return "\n" if escape[1].upper() in {"0A", "0B", "0C", "0D"} else " "


def _one_blank(run: re.Match[str]) -> str:
    return "\u3000" if not run[0].strip("\u3000") else " "

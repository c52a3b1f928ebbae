"""The three parts of a suggestion: what is, why it is so, what is asked for (domain brief 1.6)."""

import re
from typing import Final

SECTIONS: Final = ("一、情况", "二、分析", "三、建议")
"""The headings as a draft begins with them, in their order."""

_TO_FILL: Final = re.compile(r"(?:[（(]?[一二三四五1-5][）)、.．])?【[^】\n]*】")
_NUMERAL: Final = r"[（(]?[一二三四五1-5１-５][、）).．]?"


def section_word(section: str) -> str:
    """What a section is called without its numeral."""
    return section.partition("、")[2]


def section_at(text: str, section: str) -> int | None:
    """Where the heading of a section begins; short headings that name it otherwise (二、原因分析) count too."""
    word = re.escape(section_word(section))
    found = re.search(rf"^[ \u3000]*{_NUMERAL}[^。\n]{{0,6}}{word}[^。\n]{{0,4}}$", text, re.MULTILINE)
    return found.start() if found else None


def written_under(text: str, section: str) -> str:
    """What stands under the heading of a section, up to the next heading; places a template left to fill in are not counted."""
    at = section_at(text, section)
    if at is None:
        return ""
    _heading, _end, below = text[at:].partition("\n")
    ends = [place for each in SECTIONS if each != section and (place := section_at(below, each)) is not None]
    return _TO_FILL.sub("", below[: min(ends, default=len(below))]).strip()


def is_heading(line: str) -> bool:
    """Whether a line is the heading of one of the sections."""
    return any(section_at(line, section) == 0 for section in SECTIONS)


def with_section(text: str, section: str) -> tuple[int, str]:
    """Where a missing section belongs, and what to put there: before the first one that follows it, else at the end."""
    later = SECTIONS[SECTIONS.index(section) + 1 :]
    places = (place for each in later if (place := section_at(text, each)) is not None)
    at = min(places, default=None)
    if at is not None:
        return at, f"{section}\n\n"
    gap = "" if not text else "\n" if text.endswith("\n") else "\n\n"
    return len(text), f"{gap}{section}\n"

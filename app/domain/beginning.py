"""What a suggestion may begin with beside issues and activities: a template of its kind, or a file somebody wrote elsewhere."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from app.domain.sections import SECTIONS, section_at

LONGEST_TITLE: Final = 200

_TITLE: Final = re.compile(r"关于.{2,}的(?:建议|批评|意见|议案|提案)(?:（.{1,20}）)?")
_LOOKED_AT: Final = 12  # lines in which a title is looked for
_SHORT: Final = 60
_ENDS: Final = "。；，：！？、"


@dataclass(frozen=True, slots=True, kw_only=True)
class Beginning:
    """Title and text to begin with; either may be empty."""

    title: str = ""
    text: str = ""


def beginning_of(lines: Sequence[str], titled: int | None = None) -> Beginning:
    """Title and text of a whole file; `titled` is the line that calls itself the title. No line is lost.

    Else it is a line at the beginning that reads 关于……的建议, else a first line that is short and no sentence.
    """
    at = _title_at(lines) if titled is None else titled
    if at is None:
        return Beginning(text="\n".join(lines).strip())
    rest = "\n".join((*lines[:at], *lines[at + 1 :])).strip()
    return Beginning(title=lines[at].strip()[:LONGEST_TITLE], text=rest)


def with_grounds(template: str, grounds: Sequence[str]) -> str:
    """A template whose first part tells these grounds before its own words."""
    begins = section_at(template, SECTIONS[0])
    if begins is None or not grounds:
        return template
    ends = template.find("\n", begins)
    return f"{template[:ends]}\n{chr(10).join(grounds)}{template[ends:]}" if ends >= 0 else template


def _title_at(lines: Sequence[str]) -> int | None:
    told = [(at, line.strip()) for at, line in enumerate(lines) if line.strip()][:_LOOKED_AT]
    named = next((at for at, line in told if _TITLE.fullmatch(line) and len(line) <= LONGEST_TITLE), None)
    if named is not None or not told:
        return named
    at, first = told[0]
    return (
        at
        if len(told) > 1 and len(first) <= _SHORT and first[-1] not in _ENDS and section_at(first, SECTIONS[0]) is None
        else None
    )

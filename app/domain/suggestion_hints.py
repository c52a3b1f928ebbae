"""What a person writing a suggestion is told beside the work; a hint never stops anybody (domain brief 1.6, L1 to L10)."""

import re
from collections.abc import Collection, Iterator
from typing import Final

from app.domain.cosignature import cosigning_problems
from app.domain.personal_data import personal_data
from app.domain.problems import Problem
from app.domain.suggestion import Suggestion
from app.domain.suggestion_sheet import SuggestionSheet

LONGEST_TITLE: Final = 50  # characters
_TITLE: Final = re.compile(r"《?关于.+的(?:建议|批评|意见|批评和意见|建议、批评和意见)》?")


def suggestion_hints(sheet: SuggestionSheet, residents: Collection[str] = ()) -> Iterator[Problem]:
    """Personal data in the text, `residents` being the names behind its grounds; form of the title; what is left open."""
    suggestion = sheet.suggestion
    yield from _personal_data(suggestion.text, residents)
    yield from _title(suggestion)
    yield from cosigning_problems(suggestion, sheet.signers)
    if not suggestion.publicity_wish:
        yield Problem(code="publicity_open", field="publicity_wish", hint=True)


def _personal_data(text: str, residents: Collection[str]) -> Iterator[Problem]:
    paragraphs = (line for line in text.split("\n") if line.strip())
    for number, paragraph in enumerate(paragraphs, start=1):
        if found := personal_data(paragraph, residents):
            what = tuple(dict.fromkeys(each.what for each in found))
            yield Problem(code="personal_data", field="text", hint=True, facts={"paragraph": number, "what": what})


def _title(suggestion: Suggestion) -> Iterator[Problem]:
    title = suggestion.subject.strip()
    if title and not _TITLE.fullmatch(title):
        yield Problem(code="title_form", field="subject", hint=True)
    if len(title) > LONGEST_TITLE:
        yield Problem(code="title_long", field="subject", hint=True, facts={"most": LONGEST_TITLE})

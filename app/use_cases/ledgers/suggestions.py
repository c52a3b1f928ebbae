"""A text of a table becomes a suggestion that is being drafted; whoever led it is found in the register by name."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from app.domain.category import CategoryScheme
from app.domain.life import SuggestionState
from app.domain.people import Deputy
from app.domain.records import Record
from app.domain.sections import SECTIONS
from app.domain.suggestion import Suggestion, led_by
from app.domain.values import Id
from app.ledgers.columns import SheetProblem
from app.ledgers.suggestions import Field, SuggestionRow
from app.queries.ledger_matches import all_of
from app.queries.relations import category_names
from app.use_cases.ledgers.taker import Roster, Taker, joined
from app.workspace import Workspace

_BLANK: Final = re.compile(r"\s+")
_LABELS: Final = re.compile(r"(?:调研情况|问题分析|具体建议)[：:]")
_ADDED: Final = 12  # characters that headings may add to the whole of what the three parts tell


class SuggestionTaker(Taker[SuggestionRow]):
    """The deputies of the register by name, the categories' codes by their names."""

    def __init__(self, workspace: Workspace, rows: Sequence[SuggestionRow], words: str) -> None:
        super().__init__(workspace, rows, words)
        self._roster = Roster(workspace)
        self._deputies = {each.id: each for each in all_of(workspace, Deputy)}
        with workspace.reading() as connection:
            categories = category_names(connection, CategoryScheme.SUGGESTION)
        self._categories = {name: code for code, name in categories.items()}
        self._this_year = workspace.clock.today().year

    def problems(self, row: SuggestionRow) -> Iterator[SheetProblem]:
        yield from self._roster.problems(row, Field.LEAD, (row.lead,) if row.lead else ())

    def records(self, row: SuggestionRow) -> tuple[Id, Sequence[Record]]:
        named = self._roster.named((row.lead,) if row.lead else ())
        lead = self._deputies[named.ids[0]] if named.ids else None
        day = f"{Suggestion.traits.fields['submitted_on'].label}：{row.on.isoformat()}" if row.on else ""
        suggestion = Suggestion(
            id=self.new_id(),
            number=row.number,
            suggestion_type=row.kind,
            subject=row.title,
            text=whole_text(row),
            lead_deputy=lead.id if lead else "",
            year=_year(row, self._this_year),
            category=self._categories.get(row.category, row.category),
            state=SuggestionState.DRAFT,
            remarks=joined(row.notes(), named.unmatched(), day),
        )
        return suggestion.id, [led_by(suggestion, lead) if lead else suggestion]


def whole_text(row: SuggestionRow) -> str:
    """The three parts under their headings; the text as it stands where it says more than they, so that nothing is lost."""
    parts = tuple(zip(SECTIONS, (row.findings, row.analysis, row.requests), strict=True))
    told = "\n\n".join(f"{heading}\n{_plain(words)}" for heading, words in parts if words)
    if not told or (row.content and not _holds(row, row.content)):
        return row.content or told
    return told


def _plain(words: str) -> str:
    """A part without its own name before it."""
    found = _LABELS.match(words)
    return words[found.end() :].lstrip() if found else words


def _holds(row: SuggestionRow, content: str) -> bool:
    """Whether the three parts tell all that the text does."""
    whole = _squeezed(content)
    for each in (row.findings, row.analysis, row.requests):
        whole = whole.replace(_squeezed(each), "", 1) if each else whole
    return len(whole) <= _ADDED


def _squeezed(text: str) -> str:
    return _BLANK.sub("", _LABELS.sub("", text))


def _year(row: SuggestionRow, otherwise: int) -> int:
    if len(row.year) == len("2026") and row.year.isdecimal():
        return int(row.year)
    return row.on.year if row.on else otherwise

"""A line of a roster becomes a deputy, with how to reach them; who is in the register already is known again."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from app.domain.chinese import numeral
from app.domain.congress import Congress, Term
from app.domain.people import Deputy
from app.domain.records import Record
from app.domain.values import Id
from app.ledgers.columns import SheetProblem
from app.ledgers.people import Field, PersonRow, joined_name
from app.queries.ledger_matches import all_of
from app.use_cases.ledgers.taker import Taker, joined
from app.workspace import Workspace

_TERM: Final = re.compile(r"第?\s*(\d{1,2}|[一二三四五六七八九十]{1,3})\s*届?")
_NUMERALS: Final = {numeral(number): number for number in range(1, 100)}


class DeputyTaker(Taker[PersonRow]):
    """The register as it stands, and the congresses and terms that a sheet may name."""

    def __init__(self, workspace: Workspace, rows: Sequence[PersonRow], words: str) -> None:
        super().__init__(workspace, rows, words)
        self._known: dict[str, list[Deputy]] = {}
        for deputy in all_of(workspace, Deputy):
            self._known.setdefault(joined_name(deputy.name), []).append(deputy)
        self._congresses = {each.name: each for each in all_of(workspace, Congress) if each.name}
        self._terms = all_of(workspace, Term)

    def stands(self, row: PersonRow) -> bool:
        return any(_is(row, deputy) for deputy in self._known.get(row.name, ()))

    def problems(self, row: PersonRow) -> Iterator[SheetProblem]:
        if row.congress and row.congress not in self._congresses:
            yield self.tell(Field.CONGRESS, "congress_unknown", of=row, text=row.congress)
        elif row.term and not self._term(row):
            yield self.tell(Field.TERM, "term_unknown", of=row, text=row.term)

    def records(self, row: PersonRow) -> tuple[Id, Sequence[Record]]:
        congress, term = self._congresses.get(row.congress), self._term(row)
        deputy = Deputy(
            id=self.new_id(),
            name=row.name,
            sex=row.sex,
            level=row.level or (congress.level if congress else ""),
            congress=congress.id if congress else "",
            term=term,
            deputy_card_no=row.card,
            delegation=row.delegation,
            electing_unit=row.electing_unit,
            constituency=row.constituency,
            deputy_group=row.group,
            workplace=row.workplace,
            post=row.post,
            station=self.workspace.author.owner,
            entry=row.entry,
            elected_on=row.elected_on,
            remarks=joined(
                row.notes(),
                f"{Deputy.traits.fields['congress'].label}：{row.congress}" if row.congress and not congress else "",
                f"{Deputy.traits.fields['term'].label}：{row.term}" if row.term and not term else "",
            ),
        )
        return deputy.id, [deputy, *self.contact(deputy.id, row.phone, row.address)]

    def _term(self, row: PersonRow) -> Id:
        """The term of the row's congress by its number; empty where there is no such term, or no congress is named."""
        congress, found = self._congresses.get(row.congress), _TERM.search(row.term)
        if not congress or not found:
            return ""
        number = int(found[1]) if found[1].isdecimal() else _NUMERALS.get(found[1], 0)
        return next((each.id for each in self._terms if each.congress == congress.id and each.term_no == number), "")


def _is(row: PersonRow, deputy: Deputy) -> bool:
    """Whether a row tells of a deputy: what both say is the same."""
    told = ((row.level, deputy.level), (row.card, deputy.deputy_card_no))
    return all(not one or not other or one == other for one, other in told)

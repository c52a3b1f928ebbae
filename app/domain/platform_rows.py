"""Records as the rows of another system's form; what they name is asked of whoever holds them."""

from dataclasses import dataclass
from datetime import date
from typing import Final, Protocol

from app.domain.encounter import Encounter
from app.domain.issue import Issue
from app.domain.persons import listed_person
from app.domain.platform_form import PlatformColumn, PlatformForm, path_of
from app.domain.records import FieldTraits, Record
from app.domain.suggestion import Suggestion
from app.domain.values import Id, plain_text

WITHHELD: Final = "（保密）"
_DEPUTIES: Final = frozenset({"lead_deputy", "taken_over_by", "contact_person", "delegation_head"})

Cell = str | int


class Behind(Protocol):
    """What stands behind the identifiers and codes of a record."""

    def linked(self, id: Id, kind: str) -> Record | None:
        """The record of a kind, where there is one."""

    def name(self, id: Id) -> str:
        """What a record of any kind is called; empty where it is not known."""

    def category(self, kind: str, code: str) -> str:
        """What a category of records of a kind is called; the code where it is not known."""


@dataclass(frozen=True, slots=True)
class PlatformRows:
    """The columns of `form` for records of its kind.

    Residents are masked unless full names are asked for; who asked for confidentiality is withheld either way, and so are the
    deputies of a confidential suggestion.
    """

    form: PlatformForm
    behind: Behind
    full_names: bool = False

    def row(self, record: Record) -> list[Cell]:
        """The record column by column."""
        return [self._cell(record, each) for each in self.form.columns]

    def _cell(self, record: Record, column: PlatformColumn) -> Cell:
        if not column.field:
            return column.text
        path = path_of(self.form.kind, column.field)
        if isinstance(record, Suggestion) and record.confidential_identity and path[0].name in _DEPUTIES:
            return WITHHELD
        holder: Record | None = record
        if len(path) > 1:
            holder = self._linked(getattr(record, path[0].name), path[0].to)
        return "" if holder is None else self._told(record, holder, path[-1], column)

    def _told(self, record: Record, holder: Record, told: FieldTraits, column: PlatformColumn) -> Cell:
        value = getattr(holder, told.name)
        if isinstance(holder, Encounter) and told.name == "name":
            return self._person(holder, record)
        if told.to == "encounter":
            met = self._linked(value, "encounter")
            return self._person(met, record) if isinstance(met, Encounter) else ""
        if told.to:
            ids = value if isinstance(value, tuple) else (value,)
            return "、".join(filter(None, (self.behind.name(each) for each in ids if each)))
        if told.name == "category":
            value = self.behind.category(holder.traits.name, value)
        if isinstance(value, tuple):
            return "、".join(_word(each, column) for each in value)
        if isinstance(value, date) and column.day:
            return value.strftime(column.day)
        if isinstance(value, str):
            return _word(value, column)
        if isinstance(value, int) and not isinstance(value, bool):
            return value
        return plain_text(value)

    def _person(self, met: Encounter, record: Record) -> str:
        """Who raised it: by their name where full names are asked for and they asked for nothing."""
        asked = isinstance(record, Issue) and record.confidential
        if self.full_names and not (asked or met.anonymous or met.confidential):
            return met.name
        return listed_person(met, confidential=asked)

    def _linked(self, id: Id, kind: str) -> Record | None:
        return self.behind.linked(id, kind) if id else None


def _word(value: str, column: PlatformColumn) -> str:
    """A code by the platform's word for it, else by ours; a text as it is."""
    return column.words.get(str(value)) or plain_text(value)

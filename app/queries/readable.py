"""Values of records as a person reads them: names in the place of identifiers, people masked, codes as their members."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection

from app.domain.category import CategoryScheme
from app.domain.encounter import Encounter
from app.domain.kinds import KINDS
from app.domain.life import IssueEvent, IssueState, ProjectEvent, ProjectState, SuggestionEvent, SuggestionState
from app.domain.masking import masked_address, masked_name, masked_phone
from app.domain.persons import listed_person
from app.domain.records import Record, body_of
from app.domain.values import Id, Json, is_id, known
from app.queries.relations import category_names, of_id, title_of, titles

_STEP_WORDS: Final = {
    "event": (IssueEvent, SuggestionEvent, ProjectEvent),
    "from_state": (IssueState, SuggestionState, ProjectState),
    "to_state": (IssueState, SuggestionState, ProjectState),
}
_MASKED: Final = {
    ("encounter", "name"): masked_name,
    ("contact", "phone"): masked_phone,
    ("contact", "address"): masked_address,
}
_HIDDEN: Final = frozenset({"text_digest", "sha256", "sealed", "sealed_for"})
"""Fields that tell a person nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldValue:
    """One field with its value as a person reads it: identifiers are names, codes their members."""

    field: str
    value: object


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldChange:
    """One field before and after, as values a person reads: identifiers are names, codes their members."""

    field: str
    before: object
    after: object


class Names:
    """What identifiers and codes are called; whoever raised an issue is masked, or withheld where confidence was asked for."""

    def __init__(self, connection: Connection, *, confidential: bool = False) -> None:
        self._connection = connection
        self._confidential = confidential
        self.categories: Final[Mapping[str, str]] = category_names(connection, CategoryScheme.ISSUE)
        self._known: dict[Id, str] = {**titles(connection, "unit"), **titles(connection, "deputy")}

    def of(self, id: Id) -> str:
        """The name of a record, removed or not; empty where it has none."""
        if id not in self._known:
            self._known[id] = title_of(self._connection, id)
        return self._known[id]

    def fields(self, record: Record) -> Iterator[FieldValue]:
        """What stands in a record, field by field."""
        for name, value in body_of(record).items():
            if name not in _HIDDEN:
                yield FieldValue(field=name, value=self.readable(record.traits.name, name, value))

    def changes(self, kind: str, fields: Mapping[str, tuple[Json, Json]]) -> Iterator[FieldChange]:
        """What became of the fields of a record of a kind."""
        for name, (before, after) in fields.items():
            if name not in _HIDDEN:
                told = self.readable(kind, name, before), self.readable(kind, name, after)
                yield FieldChange(field=name, before=told[0], after=told[1])

    def readable(self, kind: str, field: str, value: Json) -> object:
        """A value of a line as a person reads it; one this program cannot read, as it is."""
        declared = KINDS[kind].fields.get(field) if kind in KINDS else None
        if value is None or declared is None:
            return "" if value is None else value
        if kind == "issue" and field == "category":
            return self.categories.get(str(value), value)
        if field == "encounter" or declared.to == "encounter":
            return self._person(str(value))
        if masked := _MASKED.get((kind, field)):
            return masked(str(value))
        if kind == "step" and field in _STEP_WORDS:
            return _word(str(value), _STEP_WORDS[field])
        try:
            read = declared.shape.read(value)
        except (ValueError, TypeError):
            return value
        return self._named(read) if declared.to else read

    def _person(self, id: Id) -> str:
        met = of_id(self._connection, Encounter, id)
        return listed_person(met, confidential=self._confidential) if met else "…"

    def _named(self, read: Any) -> object:
        """Names in the place of identifiers; what has no name is told by its number of records only."""
        if isinstance(read, tuple):
            return tuple(self.of(each) or "…" for each in read)
        return self._name_of(read)

    def _name_of(self, id: Any) -> object:
        met = of_id(self._connection, Encounter, id) if is_id(id) else None
        if met:
            return listed_person(met, confidential=self._confidential)
        return self.of(id) or ("…" if is_id(id) else id)


def _word(text: str, sets: tuple[Any, ...]) -> object:
    """The member of the first set that knows the word; a word of a newer program as it is."""
    members = (known(each, text) for each in sets)
    return next((each for each in members if type(each) is not str), text)


def masked_value(kind: str, field: str, value: Json) -> Json:
    """A field's value as a list may tell it: a resident's name, telephone and address masked, everything else as it is."""
    mask = _MASKED.get((kind, field))
    return mask(str(value)) if mask and value else value


def masked_fields(kind: str, body: Mapping[str, Json]) -> dict[str, Json]:
    """A record's fields with those of residents masked."""
    return {name: masked_value(kind, name, value) for name, value in body.items()}

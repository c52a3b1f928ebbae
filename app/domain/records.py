"""A record: one flat, frozen value of one kind, and the table of all kinds.

A kind is a dataclass decorated with `@kind`. Its fields are declared once, here in the domain; the line a package carries,
the table in `docs/records.md`, the search text and the history a person reads are all derived from that declaration.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import Field, dataclass, field
from datetime import date
from enum import Enum
from inspect import get_annotations
from typing import Any, ClassVar, Final, TypeVar, dataclass_transform

from app.domain.shapes import Shape, reference_of, shape_of
from app.domain.values import Id, Json, is_id
from app.errors import Refused


class Travels(Enum):
    """Where records of a kind may go."""

    ALWAYS = "always"  # in every package
    BY_POLICY = "by_policy"  # only where the trust list's policy asks for it (decision 4)
    NEVER = "never"  # local to this computer


@dataclass(frozen=True, slots=True, kw_only=True)
class KindTraits:
    """What holds for every record of a kind."""

    name: str
    label: str
    record: "type[Record]"
    mutable: bool
    travels: Travels
    groups: tuple[tuple[str, ...], ...]
    fields: "Mapping[str, FieldTraits]"

    # Asked for every record that is saved: walking through all fields of its kind would take longer than reading these few.
    searched: tuple[str, ...]
    spelled: tuple[str, ...]
    compared: tuple[tuple[str, int], ...]  # with their weights
    written: tuple[tuple[str, object, Callable[[Any], Json]], ...]  # with their empty values and how a value is written


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldTraits:
    """What holds for a field in every record of its kind."""

    name: str
    label: str
    shape: Shape
    searched: bool
    to: str  # the kind whose identifiers it holds, `ANY_KIND`, or nothing
    spelled: bool = False
    compared: int = 0


ANY_KIND: Final = "*"
"""Stands in `about(to=…)` where a record of any kind may be meant."""

AnyRecord = TypeVar("AnyRecord", bound="Record")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Record:
    """What all records share: who they are, and what a newer program wrote about them that this one does not know."""

    traits: ClassVar[KindTraits]

    id: Id
    extra: Mapping[str, Json] = field(default_factory=dict)

    # Written once here: made anew for each kind, as dataclasses do, they cost a quarter of the time the domain takes to load.
    def __eq__(self, other: object) -> bool:
        if type(other) is not type(self):
            return NotImplemented
        return all(getattr(self, name) == getattr(other, name) for name in ("id", "extra", *self.traits.fields))

    def __hash__(self) -> int:
        return hash((type(self), self.id))

    def __repr__(self) -> str:
        said = ((each, getattr(self, each.name)) for each in self.traits.fields.values())
        told = "".join(f", {each.name}={value!r}" for each, value in said if value != each.shape.empty)
        return f"{type(self).__name__}({self.id}{told})"

    def title(self) -> str:
        """A short name for lists; empty where the record has none of its own."""
        return ""

    def day(self) -> date | None:
        """The day the record is about, where it has one."""
        return None


@dataclass_transform(kw_only_default=True, frozen_default=True)
def kind(
    name: str, label: str, *, mutable: bool = True, travels: Travels = Travels.ALWAYS, groups: tuple[tuple[str, ...], ...] = ()
) -> Callable[[type[AnyRecord]], type[AnyRecord]]:
    """Declare a frozen record kind: its name in files, its Chinese term, and which fields merge as one."""

    def declare(cls: type[AnyRecord]) -> type[AnyRecord]:
        declared = {each.name: each for each in _declared(cls)}
        made = dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)(cls)
        made.traits = KindTraits(
            name=name,
            label=label,
            record=made,
            mutable=mutable,
            travels=travels,
            groups=groups,
            fields=declared,
            searched=tuple(each.name for each in declared.values() if each.searched),
            spelled=tuple(each.name for each in declared.values() if each.spelled),
            compared=tuple((each.name, each.compared) for each in declared.values() if each.compared),
            written=tuple((each.name, each.shape.empty, each.shape.write) for each in declared.values()),
        )
        return made

    return declare


def about(label: str, *, searched: bool = False, spelled: bool = False, compared: int = 0, to: str = "") -> Any:
    """A field with its Chinese term, empty unless something is said about it.

    `searched` puts its text into the character index, `spelled` its pinyin as well: a name or a title. `compared` is
    how much it weighs where records that say much the same are looked for. `to` names the kind whose identifiers the field
    holds, or `ANY_KIND`.
    """
    return field(metadata={"label": label, "searched": searched, "spelled": spelled, "compared": compared, "to": to})


def _declared(cls: type[Record]) -> Iterator[FieldTraits]:
    """The fields of a class not yet made a dataclass; each is given the empty value of its shape as its default."""
    hints = get_annotations(cls, eval_str=True)
    for name, declared in vars(cls).items():
        if not isinstance(declared, Field):
            continue
        shape = shape_of(hints[name])
        declared.default = shape.empty
        told = declared.metadata
        yield FieldTraits(
            name=name,
            label=told["label"],
            shape=reference_of(shape) if told["to"] else shape,
            searched=told["searched"],
            to=told["to"],
            spelled=told["spelled"],
            compared=told["compared"],
        )


# --- a record as the members of a line -----------------------------------------------------------------------------


def body_of(record: Record) -> dict[str, Json]:
    """The record's fields as plain JSON, empty ones left out, unknown ones of a newer program given back."""
    body: dict[str, Json] = dict(record.extra)
    for name, empty, write in record.traits.written:
        value = getattr(record, name)
        if value != empty:
            body[name] = write(value)
    return body


def record_from(cls: type[AnyRecord], id: Id, body: Mapping[str, Json]) -> AnyRecord:
    """The record that `body` describes; unknown fields are kept in `extra`. Raises as `read_fields` does."""
    given, extra = read_fields(cls, body)
    return cls(id=id, extra=extra, **given)


def read_fields(cls: type[Record], body: Mapping[str, Json]) -> tuple[dict[str, Any], dict[str, Json]]:
    """The known fields of `body` as values, and the unknown ones as they are.

    Raises `Refused("field_malformed", kind, field, value)` where a known field has another type or form than declared.
    """
    known_fields = cls.traits.fields
    given: dict[str, Any] = {}
    extra: dict[str, Json] = {}
    for name, value in body.items():
        declared = known_fields.get(name)
        if declared is None:
            extra[name] = value
            continue
        try:
            given[name] = declared.shape.read(value)
        except (ValueError, TypeError) as error:
            raise Refused("field_malformed", kind=cls.traits.name, field=name, value=_shown(value)) from error
    return given, extra


def searched_texts(record: Record) -> tuple[str, ...]:
    """The texts of the record that a search looks at, field by field."""
    return _texts(record, record.traits.searched)


def spelled_texts(record: Record) -> tuple[str, ...]:
    """The names and titles of the record that a search finds by their pinyin."""
    return _texts(record, record.traits.spelled)


def compared_texts(record: Record) -> Iterator[tuple[str, int]]:
    """The texts by which the record is compared with others of its kind, each with its weight."""
    return ((getattr(record, name), weight) for name, weight in record.traits.compared)


def _texts(record: Record, names: Iterable[str]) -> tuple[str, ...]:
    found = (getattr(record, name) for name in names)
    texts = ("\n".join(text) if isinstance(text, tuple) else text for text in found)
    return tuple(text for text in texts if text)


def described(cls: type[Record]) -> Iterator[tuple[FieldTraits, str]]:
    """Each field of a kind with the name of its shape, for the table of records and the schema of a package."""
    return ((each, each.shape.name) for each in cls.traits.fields.values())


def _shown(value: object) -> str:
    return str(value)[:80].encode(errors="replace").decode()


def check_id(value: object, field_name: str) -> Id:
    """`value` as an identifier; raises `Refused("field_malformed")`."""
    if not is_id(value):
        raise Refused("field_malformed", kind="", field=field_name, value=_shown(value))
    return str(value)

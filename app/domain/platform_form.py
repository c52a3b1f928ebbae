"""A form in which another system takes records and gives them back: its columns, and which field each of them is.

No provincial platform publishes its form (domain brief 5.1); so a form is data that a station edits to what its platform shows.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as declared
from enum import StrEnum
from typing import Any, Final, Self

from app.domain.kinds import KINDS, travelling_kinds
from app.domain.records import ANY_KIND, FieldTraits
from app.errors import Refused


class FileKind(StrEnum):
    """What the platform takes."""

    TABLE = "xlsx"
    SHEETS = "docx"  # a page a record


@dataclass(frozen=True, slots=True, kw_only=True)
class PlatformColumn:
    """A column: what stands above it, and the field it tells, or a text that is always the same.

    `field` may go through a link, `encounter.village`. `words` has the platform's words for codes that are called otherwise
    there, `day` how it writes days, as `strftime` does; `takes` is the field of the ledger that it becomes when it comes back.
    """

    heading: str
    field: str = ""
    text: str = ""
    words: Mapping[str, str] = declared(default_factory=dict, hash=False)
    day: str = ""
    takes: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlatformForm:
    """The form called `name`: the kind of its records, its columns in order, and the ledger its exports are read as."""

    name: str
    kind: str
    file: FileKind = FileKind.TABLE
    columns: tuple[PlatformColumn, ...] = ()
    reads: str = ""
    remarks: str = ""


_MOST_COLUMNS: Final = 200
_TEXTS: Final = ("heading", "field", "text", "day", "takes")


def form_from(told: object) -> PlatformForm:
    """The form that a file describes.

    Raises `Refused("platform_form_malformed", part, what)` for the first place that is not as a form is written, and
    `Refused("platform_field_unknown", part, field)` for a field no record has.
    """
    given = _object(told, "")
    form = PlatformForm(
        name=_text(given, "name", "").strip(),
        kind=_text(given, "kind", ""),
        file=_file_kind(given),
        columns=tuple(_columns(given)),
        reads=_text(given, "reads", ""),
        remarks=_text(given, "remarks", ""),
    )
    _check(form, set(given))
    return form


def told_form(form: PlatformForm) -> dict[str, Any]:
    """The form as its file describes it; what is empty is left out."""
    columns = [{name: value for name in (*_TEXTS, "words") if (value := getattr(column, name))} for column in form.columns]
    told = {"name": form.name, "kind": form.kind, "file": form.file.value, "reads": form.reads, "remarks": form.remarks}
    return {name: value for name, value in told.items() if value} | {"columns": columns}


@dataclass(frozen=True, slots=True)
class OwnForms:
    """The forms that a station or a body made for itself, by name."""

    forms: Mapping[str, PlatformForm]

    @classmethod
    def kept(cls, content: bytes | str | None) -> Self:
        """Those that `content` said; none where nothing was kept."""
        return cls({name: form_from(told) for name, told in json.loads(content or "{}").items()})

    def content(self) -> bytes:
        """What is kept of them."""
        return json.dumps({name: told_form(form) for name, form in self.forms.items()}, ensure_ascii=False).encode()

    def over(self, shipped: Mapping[str, PlatformForm]) -> Mapping[str, PlatformForm]:
        """All forms: one's own stands in the place of one that came with the program."""
        return {**shipped, **self.forms}

    def having(self, form: PlatformForm) -> Self:
        """These and `form`, which takes the place of the one of its name."""
        return type(self)({**self.forms, form.name: form})

    def without(self, name: str) -> Self:
        """These but for one; raises `Refused("platform_form_missing", name)`."""
        form_called(name, self.forms)
        return type(self)({other: form for other, form in self.forms.items() if other != name})


def form_called(name: str, forms: Mapping[str, PlatformForm]) -> PlatformForm:
    """The form of this name; raises `Refused("platform_form_missing", name)`."""
    if name not in forms:
        raise Refused("platform_form_missing", name=name)
    return forms[name]


def path_of(kind: str, field: str) -> tuple[FieldTraits, ...]:
    """The fields that a column goes through, one or two; empty where there is no such field."""
    first, _dot, second = field.partition(".")
    begins = KINDS[kind].fields.get(first)
    if begins is None or not second:
        return (begins,) if begins else ()
    if begins.to in {"", ANY_KIND} or begins.shape.name.startswith("list"):
        return ()
    linked = travelling_kinds(contact=False).get(begins.to)
    ends = linked.fields.get(second) if linked else None
    return (begins, ends) if ends else ()


def paths_of(kind: str) -> Iterator[str]:
    """Every field a column of a kind's form may tell: its own, then those of the records it names."""
    own = KINDS[kind].fields
    yield from own
    for first in own:
        for second in KINDS[own[first].to].fields if own[first].to in KINDS else ():
            if path_of(kind, path := f"{first}.{second}"):
                yield path


def _check(form: PlatformForm, members: set[str]) -> None:
    if not form.name or len(form.name) > 40:
        raise Refused("platform_form_malformed", part="name", what=form.name)
    if form.kind not in travelling_kinds(contact=False):
        raise Refused("platform_form_malformed", part="kind", what=form.kind)
    if unknown := sorted(members - {"name", "kind", "file", "columns", "reads", "remarks"}):
        raise Refused("platform_form_malformed", part=unknown[0], what=unknown[0])
    if not 0 < len(form.columns) <= _MOST_COLUMNS:
        raise Refused("platform_form_malformed", part="columns", what=str(len(form.columns)))
    for column in form.columns:
        if column.field and not path_of(form.kind, column.field):
            raise Refused("platform_field_unknown", part=column.heading, field=column.field, kind=form.kind)


def _columns(given: Mapping[str, Any]) -> Iterator[PlatformColumn]:
    columns = given.get("columns", [])
    if not isinstance(columns, Sequence) or isinstance(columns, str):
        raise Refused("platform_form_malformed", part="columns", what="")
    for number, each in enumerate(columns, start=1):
        where = f"columns {number}"
        told = _object(each, where)
        if unknown := sorted(set(told) - {*_TEXTS, "words"}):
            raise Refused("platform_form_malformed", part=where, what=unknown[0])
        texts = {name: _text(told, name, where) for name in _TEXTS}
        words = _object(told.get("words", {}), where)
        if not texts["heading"].strip() or not all(isinstance(word, str) for word in words.values()):
            raise Refused("platform_form_malformed", part=where, what=texts["heading"])
        yield PlatformColumn(**texts, words=dict(words))


def _file_kind(given: Mapping[str, Any]) -> FileKind:
    told = _text(given, "file", "") or FileKind.TABLE.value
    if told not in set(FileKind):
        raise Refused("platform_form_malformed", part="file", what=told)
    return FileKind(told)


def _object(told: object, where: str) -> Mapping[str, Any]:
    if not isinstance(told, Mapping):
        raise Refused("platform_form_malformed", part=where, what=type(told).__name__)
    return told


def _text(given: Mapping[str, Any], name: str, where: str) -> str:
    told = given.get(name, "")
    if not isinstance(told, str):
        raise Refused("platform_form_malformed", part=f"{where} {name}".strip(), what=str(told)[:40])
    return told

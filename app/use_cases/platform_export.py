"""Records in the form of another system, and its exports taken in by the same form, so that nobody types twice."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Final

from app.domain.encounter import Encounter
from app.domain.issue import Issue
from app.domain.kinds import KINDS
from app.domain.papers import Span
from app.domain.platform_form import FileKind, PlatformColumn, PlatformForm, path_of
from app.domain.records import FieldTraits, Record
from app.domain.rights import Right
from app.domain.suggestion import Suggestion
from app.domain.values import Id, Json
from app.errors import Refused
from app.files import write_whole
from app.ledgers.header import normal_name
from app.queries.everything import categories_behind, names_behind
from app.queries.persons import listed_person
from app.queries.readable import plain_text
from app.queries.relations import of_id, title_of, with_heads, within
from app.queries.rights import check_may
from app.storage.database import Connection
from app.use_cases.imports import LEFT_OUT, Imported, SheetChoice, import_ledger, read_columns
from app.workspace import Workspace

WITHHELD: Final = "（保密）"
_DEPUTIES: Final = frozenset({"lead_deputy", "taken_over_by", "contact_person", "delegation_head"})


@dataclass(frozen=True, slots=True)
class PlatformFile:
    """The file, how many records are in it, and whether the journal tells of it."""

    path: Path
    records: int
    noted: bool


def export_for(workspace: Workspace, form: PlatformForm, span: Span, path: Path, *, full_names: bool = False) -> PlatformFile:
    """Write the records of a form's kind whose day lies in the span as the form says; the journal notes it.

    Residents are masked unless full names are asked for; who asked for confidentiality is withheld either way, and so are the
    deputies of a confidential suggestion. Raises `Refused("table_format", path)` for another ending than the form's,
    `Refused("not_allowed")`, `Unavailable("disk_…")`.
    """
    check_may(workspace, Right.EXPORT)
    if path.suffix.lower() != f".{form.file.value}":
        raise Refused("table_format", path=str(path))
    with workspace.reading() as connection:
        cells = _Cells(connection, form, full_names=full_names)
        stored = with_heads(connection, KINDS[form.kind].record, within(span.first, span.last))
        rows = [cells.row(each.record) for each in stored]
    content = _written(form, rows)
    if not workspace.writable:
        write_whole(path, content)
        return PlatformFile(path, len(rows), noted=False)
    facts: dict[str, Json] = {"kind": form.kind, "format": form.file.value, "records": len(rows), "names": full_names}
    with workspace.writing() as books:
        books.note("list_export", facts)
        write_whole(path, content)
    return PlatformFile(path, len(rows), noted=True)


def import_from(workspace: Workspace, form: PlatformForm, path: Path, *, dry_run: bool = False) -> Imported:
    """Take in what a platform exported: columns by the form's headings, the others as their names tell.

    Raises `Refused("platform_not_read", name)` for a form that comes back as nothing, and what `import_ledger` raises.
    """
    if not form.reads:
        raise Refused("platform_not_read", name=form.name)
    takes = {normal_name(each.heading): each.takes or LEFT_OUT for each in form.columns if each.takes or each.text}
    sheet = read_columns(workspace, path, SheetChoice(kind=form.reads))
    named = {each.number: takes[name] for each in sheet.columns if (name := _heading(each.label)) in takes}
    return import_ledger(workspace, path, SheetChoice(kind=form.reads, columns=named), dry_run=dry_run)


def _heading(label: str) -> str:
    """A column's name without the letter before it."""
    return normal_name(label.partition(" ")[2])


def _written(form: PlatformForm, rows: Sequence[Sequence[str | int]]) -> bytes:
    headings = [each.heading for each in form.columns]
    if form.file is FileKind.TABLE:
        from app.ledgers.written import Table, workbook_of  # loads openpyxl, which no start needs

        return workbook_of(Table(form.name, headings, rows))
    from app.documents.form_sheets import form_sheets  # its library takes a moment to load

    return form_sheets(form.name, headings, [[str(cell) for cell in row] for row in rows])


# --- cells -----------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Cells:
    """Records as the cells of a form; what is linked is looked up once."""

    connection: Connection
    form: PlatformForm
    full_names: bool
    names: Mapping[Id, str] = field(init=False)
    categories: Mapping[tuple[str, str], str] = field(init=False)
    linked: dict[Id, Record | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.names = names_behind(self.connection)
        self.categories = categories_behind(self.connection)

    def row(self, record: Record) -> list[str | int]:
        """The record column by column."""
        return [self._cell(record, each) for each in self.form.columns]

    def _cell(self, record: Record, column: PlatformColumn) -> str | int:
        if not column.field:
            return column.text
        path = path_of(self.form.kind, column.field)
        if isinstance(record, Suggestion) and record.confidential_identity and path[0].name in _DEPUTIES:
            return WITHHELD
        holder: Record | None = record
        if len(path) > 1:
            holder = self._linked(getattr(record, path[0].name), path[0].to)
        if holder is None:
            return ""
        return self._told(record, holder, path[-1], column)

    def _told(self, record: Record, holder: Record, told: FieldTraits, column: PlatformColumn) -> str | int:
        value = getattr(holder, told.name)
        if isinstance(holder, Encounter) and told.name == "name":
            return self._person(holder, record)
        if told.to == "encounter":
            met = self._linked(value, "encounter")
            return self._person(met, record) if isinstance(met, Encounter) else ""
        if told.to:
            ids = value if isinstance(value, tuple) else (value,)
            return "、".join(filter(None, map(self._title, ids)))
        if told.name == "category":
            value = self.categories.get((holder.traits.name, value), value)
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

    def _title(self, id: Id) -> str:
        if id in self.names:
            return self.names[id]
        return title_of(self.connection, id) if id else ""

    def _linked(self, id: Id, kind: str) -> Record | None:
        if id and id not in self.linked:
            self.linked[id] = of_id(self.connection, KINDS[kind].record, id)
        return self.linked.get(id)


def _word(value: str, column: PlatformColumn) -> str:
    """A code by the platform's word for it, else by ours; a text as it is."""
    return column.words.get(str(value)) or plain_text(value)

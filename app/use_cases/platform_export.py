"""Records in the form of another system, and its exports taken in by the same form, so that nobody types twice."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from app.domain.kinds import KINDS
from app.domain.papers import Span
from app.domain.platform_form import PlatformForm
from app.domain.platform_rows import PlatformRows
from app.domain.records import Record
from app.domain.rights import Right
from app.domain.values import Id, Json
from app.errors import Refused
from app.files import write_whole
from app.ledgers.header import normal_name
from app.platforms import check_ending, file_of
from app.queries.everything import categories_behind, names_behind
from app.queries.relations import of_id, title_of, with_heads, within
from app.queries.rights import check_may
from app.storage.database import Connection
from app.use_cases.imports import LEFT_OUT, Imported, SheetChoice, import_ledger, read_columns
from app.workspace import Workspace


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
    check_ending(form, path)
    with workspace.reading() as connection:
        cells = PlatformRows(form, _Behind(connection), full_names=full_names)
        stored = with_heads(connection, KINDS[form.kind].record, within(span.first, span.last))
        rows = [cells.row(each.record) for each in stored]
    content = file_of(form, rows)
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


@dataclass(slots=True)
class _Behind:
    """What stands behind the station's records; asked once for each."""

    connection: Connection
    names: Mapping[Id, str] = field(init=False)
    categories: Mapping[tuple[str, str], str] = field(init=False)
    known: dict[Id, Record | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.names = names_behind(self.connection)
        self.categories = categories_behind(self.connection)

    def linked(self, id: Id, kind: str) -> Record | None:
        if id not in self.known:
            self.known[id] = of_id(self.connection, KINDS[kind].record, id)
        return self.known[id]

    def name(self, id: Id) -> str:
        return self.names[id] if id in self.names else title_of(self.connection, id)

    def category(self, kind: str, code: str) -> str:
        return self.categories.get((kind, code), code)

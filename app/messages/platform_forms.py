"""A form of another system in words, for a station's command line and a body's."""

from collections.abc import Collection, Iterable
from typing import Any

from app.domain.platform_form import PlatformColumn, PlatformForm
from app.i18n import _, ngettext
from app.messages import kind_told


def form_told(form: PlatformForm, *, written: bool = False) -> str:
    """The form column by column; or that it was written as a file to be changed."""
    words = (
        _("The form {name} is written. Change it, then let it be kept.")
        if written
        else _("{name}: {kind}, .{file}, {count} columns")
    )
    told = words.format(name=form.name, kind=kind_told(form.kind), file=form.file.value, count=len(form.columns))
    return "\n".join(filter(None, (told, form.remarks, *(_column_told(each) for each in form.columns))))


def _column_told(column: PlatformColumn) -> str:
    told = column.field or column.text
    return "  " + "  ".join(filter(None, (column.heading, told, f"← {column.takes}" if column.takes else "")))


def forms_told(forms: Collection[PlatformForm], own: Collection[str], whose: str) -> str:
    """How many there are, and one a line; `whose` stands behind those that are one's own."""
    words = ngettext("{count} form.", "{count} forms.", len(forms)).format(count=len(forms))
    lines = ((each.name, kind_told(each.kind), f".{each.file.value}", whose if each.name in own else "") for each in forms)
    return "\n".join([words, *("  ".join(filter(None, parts)) for parts in lines)])


def forms_listed(forms: Iterable[PlatformForm], own: Collection[str]) -> list[dict[str, Any]]:
    """The same for programs."""
    return [
        {"name": each.name, "kind": each.kind, "file": each.file.value, "own": each.name in own, "reads": each.reads}
        for each in forms
    ]


def rows_written_told(count: int, file: object) -> str:
    """How many records were written into a file that is not encrypted."""
    words = ngettext("{count} record written: {file}.", "{count} records written: {file}.", count)
    return "\n".join([words.format(count=count, file=file), _("It is not encrypted.")])

"""The forms of other systems: those that come with the program, and those a station made of them."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from app.changes import Changes
from app.domain.platform_form import PlatformForm, form_from, told_form
from app.domain.rights import Right
from app.errors import Refused
from app.files import disk_told, write_whole
from app.queries.rights import check_may
from app.reference import platform_forms as shipped_forms
from app.storage import named_values
from app.storage.database import Connection
from app.use_cases.ledgers.kinds import LEDGERS
from app.workspace import Workspace

_NAME: Final = "platform_forms"
_LARGEST: Final = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class FormKept:
    """A form that was kept or dropped."""

    name: str
    changes: Changes = Changes.STATION


def platform_forms(workspace: Workspace) -> Mapping[str, PlatformForm]:
    """Every form by its name; a station's own stands in the place of one that came with the program."""
    with workspace.reading() as connection:
        own = _own(connection)
    return {**shipped_forms(), **{name: form_from(told) for name, told in own.items()}}


def platform_form(workspace: Workspace, name: str) -> PlatformForm:
    """The form of this name; raises `Refused("platform_form_missing", name)`."""
    forms = platform_forms(workspace)
    if name not in forms:
        raise Refused("platform_form_missing", name=name)
    return forms[name]


def keep_form(workspace: Workspace, form: PlatformForm) -> FormKept:
    """Keep a form under its name.

    Raises `Refused("not_allowed")`, `Refused("platform_field_unknown")` where a column comes back as what no ledger has.
    """
    check_may(workspace, Right.SETTINGS)
    check_ledger(form)
    with workspace.writing() as books:
        own = {**_own(books.connection), form.name: told_form(form)}
        named_values.put_value(books.connection, _NAME, json.dumps(own, ensure_ascii=False).encode())
    return FormKept(name=form.name)


def drop_form(workspace: Workspace, name: str) -> FormKept:
    """Forget a form of the station's own; the one that came with the program stands again, where there is one.

    Raises `Refused("not_allowed")`, `Refused("platform_form_missing", name)`.
    """
    check_may(workspace, Right.SETTINGS)
    with workspace.writing() as books:
        own = dict(_own(books.connection))
        if own.pop(name, None) is None:
            raise Refused("platform_form_missing", name=name)
        named_values.put_value(books.connection, _NAME, json.dumps(own, ensure_ascii=False).encode())
    return FormKept(name=name)


def own_forms(workspace: Workspace) -> frozenset[str]:
    """The names of the forms that are the station's own."""
    with workspace.reading() as connection:
        return frozenset(_own(connection))


def read_form(path: Path) -> PlatformForm:
    """The form that a file describes; raises what `form_from` raises, and `Refused("entry_not_json" | "file_missing")`."""
    with disk_told(path), path.open("rb") as file:
        content = file.read(_LARGEST)
    try:
        told = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise Refused("entry_not_json", path=path.name, line=getattr(error, "lineno", 0)) from error
    form = form_from(told)
    check_ledger(form)
    return form


def write_form(form: PlatformForm, path: Path) -> Path:
    """The form as a file that any editor changes, whole or not at all."""
    write_whole(path, (json.dumps(told_form(form), ensure_ascii=False, indent=1) + "\n").encode())
    return path


def check_ledger(form: PlatformForm) -> None:
    """Raise `Refused("platform_form_malformed" | "platform_field_unknown")` where its exports cannot be read as it says."""
    if form.reads and form.reads not in LEDGERS:
        raise Refused("platform_form_malformed", part="reads", what=form.reads)
    for column in form.columns:
        if column.takes and (not form.reads or column.takes not in LEDGERS[form.reads].fields):
            raise Refused("platform_field_unknown", part=column.heading, field=column.takes, kind=form.reads)


def _own(connection: Connection) -> Mapping[str, Any]:
    kept: Mapping[str, Any] = json.loads(named_values.value_of(connection, _NAME) or b"{}")
    return kept

"""The forms of other systems: those that come with the program, and those a station made of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from app.changes import Changes
from app.domain.platform_form import OwnForms, PlatformForm, form_called
from app.domain.rights import Right
from app.errors import Refused
from app.queries.rights import check_may
from app.reference import platform_forms as shipped_forms
from app.storage import named_values
from app.storage.database import Connection
from app.use_cases.ledgers.kinds import LEDGERS
from app.workspace import Workspace

_NAME: Final = "platform_forms"


@dataclass(frozen=True, slots=True, kw_only=True)
class FormKept:
    """A form that was kept or dropped."""

    name: str
    changes: Changes = Changes.STATION


def platform_forms(workspace: Workspace) -> Mapping[str, PlatformForm]:
    """Every form by its name; a station's own stands in the place of one that came with the program."""
    with workspace.reading() as connection:
        return _own(connection).over(shipped_forms())


def platform_form(workspace: Workspace, name: str) -> PlatformForm:
    """The form of this name; raises `Refused("platform_form_missing", name)`."""
    return form_called(name, platform_forms(workspace))


def keep_form(workspace: Workspace, form: PlatformForm) -> FormKept:
    """Keep a form under its name.

    Raises `Refused("not_allowed")`, and what `check_ledger` raises where a column comes back as what no ledger has.
    """
    check_may(workspace, Right.SETTINGS)
    check_ledger(form)
    with workspace.writing() as books:
        named_values.put_value(books.connection, _NAME, _own(books.connection).having(form).content())
    return FormKept(name=form.name)


def drop_form(workspace: Workspace, name: str) -> FormKept:
    """Forget a form of the station's own; the one that came with the program stands again, where there is one.

    Raises `Refused("not_allowed")`, `Refused("platform_form_missing", name)`.
    """
    check_may(workspace, Right.SETTINGS)
    with workspace.writing() as books:
        named_values.put_value(books.connection, _NAME, _own(books.connection).without(name).content())
    return FormKept(name=name)


def own_forms(workspace: Workspace) -> frozenset[str]:
    """The names of the forms that are the station's own."""
    with workspace.reading() as connection:
        return frozenset(_own(connection).forms)


def check_ledger(form: PlatformForm) -> None:
    """Raise `Refused("platform_form_malformed" | "platform_field_unknown")` where its exports cannot be read as it says."""
    if form.reads and form.reads not in LEDGERS:
        raise Refused("platform_form_malformed", part="reads", what=form.reads)
    for column in form.columns:
        if column.takes and (not form.reads or column.takes not in LEDGERS[form.reads].fields):
            raise Refused("platform_field_unknown", part=column.heading, field=column.takes, kind=form.reads)


def _own(connection: Connection) -> OwnForms:
    return OwnForms.kept(named_values.value_of(connection, _NAME))

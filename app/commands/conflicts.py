"""The commands of `liaison` for records that two computers of the station changed differently."""

from argparse import Namespace
from typing import Any

from app.commands.told import local_told
from app.commands.way_in import reading, writing
from app.i18n import _, ngettext
from app.messages import blanks, field_told, kind_told
from app.queries import conflicts as asking
from app.queries.conflicts import Conflict, Version
from app.terminal import AddCommand, Answer
from app.use_cases.conflicts import decide


def add_to(command: AddCommand) -> None:
    """The commands with their arguments."""
    command("conflicts", conflicts, _("show what two computers changed differently, or one record of it"), ("id", {"nargs": "?"}))
    command(
        "decide",
        decided,
        _("decide about such a record, by one save"),
        ("id", {}),
        ("--take", {"action": "append", "default": [], "metavar": "FIELD=VERSION", "help": _("the version whose value stands")}),
        ("--whole", {"metavar": "VERSION", "help": _("the version that stands altogether")}),
    )


def conflicts(options: Namespace) -> Answer:
    """`conflicts [ID]`."""
    with reading(options) as workspace:
        if options.id:
            return _one(asking.conflict(workspace, options.id))
        found = asking.conflicts(workspace)
    words = ngettext("{count} record to be decided.", "{count} records to be decided.", found.total).format(count=found.total)
    lines = [f"{each.id}  {kind_told(each.kind)}  {each.title}" for each in found.rows]
    rows = [{"id": each.id, "kind": each.kind, "title": each.title} for each in found.rows]
    return Answer(document={"total": found.total, "records": rows}, words="\n".join([words, *lines]))


def _one(found: Conflict) -> Answer:
    lines = [f"{kind_told(found.kind)}  {found.title}  {found.id}"]
    lines += [f"{number}  {each.rev}  {_version_told(each)}" for number, each in enumerate(found.versions, 1)]
    for field in found.fields:
        lines.append(f"{field_told(found.kind, field.field)}（{field.field}）")
        lines.append("  " + _("before: {value}").format(value=blanks.plain(field.before, {})))
        lines += [f"  {number}: {blanks.plain(value, {})}" for number, value in enumerate(field.values, 1)]
    for names in _together(found):
        if len(names) > 1:
            told = _(", ").join(f"{field_told(found.kind, name)}（{name}）" for name in names)
            lines.append(_("Taken from one version together: {fields}").format(fields=told))
    document: dict[str, Any] = {
        "id": found.id,
        "kind": found.kind,
        "whole": found.whole,
        "versions": [_version(each) for each in found.versions],
        "fields": {each.field: [blanks.plain(value, {}) for value in each.values] for each in found.fields},
        "before": {each.field: blanks.plain(each.before, {}) for each in found.fields},
        "together": [names for names in _together(found) if len(names) > 1],
    }
    return Answer(document=document, words="\n".join(lines))


def _together(found: Conflict) -> list[list[str]]:
    """The disputed fields by what is taken from one version as a whole, such as a state and its day."""
    units = dict.fromkeys(each.unit for each in found.fields)
    return [[each.field for each in found.fields if each.unit == unit] for unit in units]


def _version(version: Version) -> dict[str, Any]:
    return {
        "rev": version.rev,
        "at": version.at.isoformat(),
        "operator": version.operator,
        "elsewhere": version.elsewhere,
        "computer": version.computer,
        "removed": version.removed,
    }


def _version_told(version: Version) -> str:
    where = version.computer or _("another computer") if version.elsewhere else _("this computer")
    removed = _("removed") if version.removed else ""
    return "  ".join(part for part in (local_told(version.at), version.operator, where, removed) if part)


def decided(options: Namespace) -> Answer:
    """`decide ID --take FIELD=VERSION … | --whole VERSION`; a version is its number in `conflicts ID`, or its identifier."""
    with writing(options) as workspace:
        found = asking.conflict(workspace, options.id)
        pairs = (text.partition("=") for text in options.take)
        choices = {field: _rev(found, version) for field, _sign, version in pairs}
        whole = _rev(found, options.whole) if options.whole else None
        made = decide(workspace, options.id, choices, whole=whole, seen=found.heads)
    words = _("Removed.") if made.removed else _("Decided and saved.")
    return Answer(document={"id": made.id, "removed": made.removed}, words=words)


def _rev(found: Conflict, told: str) -> str:
    """The identifier of a version that is named by its number; anything else as it is."""
    number = int(told) if told.isdecimal() and len(told) < 3 else 0
    return found.versions[number - 1].rev if 1 <= number <= len(found.versions) else told

"""The commands of `liaison` for any record: entered from a file, counted, shown, and how it came to be."""

import json
from argparse import Namespace
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from app.commands.arguments import FLAG, PATH, text_of
from app.commands.told import local_told
from app.commands.way_in import reading, writing
from app.domain.persons import listed_title
from app.domain.records import body_of
from app.domain.values import Json, wording
from app.errors import Refused
from app.i18n import _
from app.messages import counts_told, field_told, kind_told, problem_told
from app.messages.blanks import size
from app.messages.logged import event_told
from app.queries import counts
from app.queries import record as records
from app.queries.attachments import attachments_of
from app.queries.origins import parts_of
from app.queries.readable import masked_fields, masked_value
from app.terminal import AddCommand, Answer
from app.use_cases import recording
from app.use_cases.contact_shown import note_shown


def record(options: Namespace) -> Answer:
    """`record visit|deputy|issue FILE.json`."""
    entry = _json(options.file)
    with writing(options) as workspace:
        saved = recording.record(workspace, options.kind, entry, options.file.parent)
    hints = [problem_told(each) for each in saved.hints]
    return Answer(document={"id": saved.id}, words=_("Saved: {id}").format(id=saved.id), remarks=hints)


def count(options: Namespace) -> Answer:
    """`count`: a document of numbers by kind."""
    with reading(options) as workspace:
        numbers = counts.count(workspace)
    return Answer(document=numbers, words=counts_told(numbers))


def show(options: Namespace) -> Answer:
    """`show ID [--contact]`: residents masked, unless it is asked for and noted."""
    with (writing if options.contact else reading)(options) as workspace:
        if options.contact:
            note_shown(workspace, options.id)
        stored = records.record(workspace, options.id)
        files = attachments_of(workspace, options.id)
        parts = parts_of(workspace, stored.record)
    traits = stored.record.traits
    whole = body_of(stored.record)
    body = whole if options.contact else masked_fields(traits.name, whole)
    title = stored.record.title() if options.contact else listed_title(stored.record)
    document: dict[str, Any] = {"id": options.id, "kind": traits.name, "rev": stored.rev, "disputed": list(stored.disputed)}
    lines = [f"{kind_told(traits.name)}  {title}  {options.id}"]
    for name, value in body.items():
        told = getattr(stored.record, name, value) if value == whole[name] else value
        lines.append(f"  {field_told(traits.name, name)}：{_shown(told)}")
    lines += [
        f"  {kind_told(each.traits.name)}：{each.title() if options.contact else listed_title(each)}  {each.id}" for each in parts
    ]
    lines += [f"  {kind_told('attachment')}：{each.name}  {size(each.size, {})}  {each.id}" for each in files]
    document["parts"] = [
        {
            "id": each.id,
            "kind": each.traits.name,
            "fields": body_of(each) if options.contact else masked_fields(each.traits.name, body_of(each)),
        }
        for each in parts
    ]
    document["attachments"] = [{"id": each.id, "name": each.name, "size": each.size, "sha256": each.sha256} for each in files]
    return Answer(document=document | {"fields": body}, words="\n".join(lines))


def history(options: Namespace) -> Answer:
    """`history ID`."""
    with reading(options) as workspace:
        changes = records.history(workspace, options.id)
    document = {
        "id": options.id,
        "changes": [
            {
                "at": each.at.isoformat(),
                "event": each.event,
                "operator": each.operator,
                "seat": each.seat,
                "rev": each.rev,
                "fields": {
                    name: {"from": masked_value(each.kind, name, before), "to": masked_value(each.kind, name, after)}
                    for name, (before, after) in each.fields.items()
                },
            }
            for each in changes
        ],
    }
    lines = [f"{local_told(each.at)}  {each.operator}  {event_told(each.event)}  {_labels(each)}" for each in changes]
    return Answer(document=document, words="\n".join(lines))


def _labels(change: records.Change) -> str:
    """The fields a change touched, by the names people give them."""
    return "、".join(field_told(change.kind, name) for name in change.fields)


def _shown(value: object) -> str:
    if isinstance(value, (tuple, list)):
        return "、".join(_shown(each) for each in value)
    return _("yes") if value is True else wording(value) if isinstance(value, str) else str(value)


def _json(path: Path) -> Mapping[str, Json]:
    try:
        entry = json.loads(text_of(path), parse_float=str)
    except (json.JSONDecodeError, RecursionError) as error:
        line = getattr(error, "lineno", 0)
        raise Refused("entry_not_json", path=str(path), line=line) from error
    if not isinstance(entry, dict):
        raise Refused("entry_not_object", path=str(path))
    return entry


# --- the words of the command line ------------------------------------------------------------------------------------


def add_to(command: AddCommand) -> None:
    """Put these commands into the command line."""
    command(
        "record",
        record,
        _("record what a file tells: a visit with its people, minutes and issues, an issue, a deputy, a unit, …"),
        ("kind", {"choices": ("visit", "deputy", "issue", "unit", "congress", "campaign", "project", "bulletin")}),
        ("file", PATH),
    )
    command("count", count, _("count the records by kind"))
    command(
        "show",
        show,
        _("show one record"),
        ("id", {}),
        ("--contact", {**FLAG, "help": _("show telephone and address of residents in full; the journal notes it")}),
    )
    command("history", history, _("show how a record came to be what it is"), ("id", {}))

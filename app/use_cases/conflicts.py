"""Deciding about a record that two computers changed differently: one save on top of all its versions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.changes import Changes, changes_of
from app.domain.kinds import kind_of
from app.domain.records import record_from
from app.domain.revisions import WHOLE_RECORD, Revision, heads_of, view_of
from app.domain.values import Id, Json
from app.errors import Refused
from app.queries.conflicts import Conflict, conflict, revisions_of
from app.workspace import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """A record about which nothing is in dispute any more."""

    id: Id
    kind: str
    removed: bool
    changes: Changes


def decide(
    workspace: Workspace, id: Id, choices: Mapping[str, Id], *, whole: Id | None = None, seen: Sequence[Id] = ()
) -> Decided:
    """Save what was chosen: of each disputed field the version whose value stands, or with `whole` one version altogether.

    Nothing is chosen by itself: raises `Refused("conflict_undecided", fields)` where a choice is missing,
    `Refused("conflict_apart", fields)` where fields that belong together are taken from several versions,
    `Refused("version_unknown", rev)`, `Refused("stale")` where other versions than those `seen` stand,
    `Refused("no_conflict")`, and what saving raises.
    """
    asked = conflict(workspace, id)
    if seen and tuple(seen) != asked.heads:
        raise Refused("stale", id=id, seen=tuple(seen), stands=asked.heads)
    with workspace.writing() as books:
        revisions = revisions_of(books.connection, id)
        heads = {each.rev: each for each in heads_of(revisions)}
        for rev in [*choices.values(), *([whole] if whole else [])]:
            if rev not in heads:
                raise Refused("version_unknown", rev=rev)
        traits = kind_of(asked.kind)
        view = view_of(revisions, traits.groups)
        missing = tuple(each.field for each in asked.fields if each.field not in choices)
        if whole is None and (missing or WHOLE_RECORD in view.disputed):
            raise Refused("conflict_undecided", kind=asked.kind, fields=missing)
        if whole is None:
            _check_together(asked, choices)
        body = dict(heads[whole].body) if whole else _chosen(view.body, choices, heads, {each.field for each in asked.fields})
        removed = bool(whole and heads[whole].deleted)
        if removed:
            books.records.remove([id])
        else:
            books.records.save(record_from(traits.record, id, body), seen=view.heads)
    return Decided(id=id, kind=asked.kind, removed=removed, changes=changes_of({asked.kind}))


def _check_together(asked: Conflict, choices: Mapping[str, Id]) -> None:
    """Fields of one unit, such as a state and its day, come from one version."""
    for unit in {each.unit for each in asked.fields}:
        together = tuple(each.field for each in asked.fields if each.unit == unit)
        if len({choices[name] for name in together}) > 1:
            raise Refused("conflict_apart", kind=asked.kind, fields=together)


def _chosen(
    merged: Mapping[str, Json], choices: Mapping[str, Id], heads: Mapping[Id, Revision], disputed: set[str]
) -> dict[str, Json]:
    body = {name: value for name, value in merged.items() if name not in disputed}
    for name, rev in choices.items():
        if name in disputed and name in heads[rev].body:
            body[name] = heads[rev].body[name]
    return body

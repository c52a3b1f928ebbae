"""What was typed and not saved, each draft with a preview of what it holds."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from app.domain.belonging import OWNERS
from app.domain.kinds import KINDS
from app.queries.readable import FieldValue, Names
from app.queries.today import Unfinished
from app.storage import drafts
from app.workspace import Workspace

_HOLDERS: Final[Mapping[str, str]] = {
    "issues": "issue",
    "loose": "issue",
    "met": "encounter",
    "fields": "issue",
    "files": "attachment",
    "articles": "article",
}
"""Members of a draft that hold records and are not called by their kind."""

_LINKS: Final = frozenset({*OWNERS, "station"})
"""Fields that only say what belongs together: the preview shows that by its order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One record within a draft: its kind, empty for what is no record, and what was said in it."""

    kind: str
    fields: tuple[FieldValue, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftPreview:
    """A draft with what it holds."""

    draft: Unfinished
    pieces: tuple[Piece, ...]


def draft_previews(workspace: Workspace) -> tuple[DraftPreview, ...]:
    """Every draft, the newest first; what this program cannot read in one is left out of its preview."""
    with workspace.reading() as connection:
        names = Names(connection)
        return tuple(
            DraftPreview(
                draft=Unfinished(key=each.key, kind=each.kind, body=each.body, kept=each.kept),
                pieces=tuple(piece for piece in _pieces(each.kind, each.body, names) if piece.fields),
            )
            for each in drafts.kept(connection, workspace.author.op)
        )


def _pieces(holder: str, held: Any, names: Names) -> Iterator[Piece]:
    if isinstance(held, list):
        for each in held:
            yield from _pieces(holder, each, names)
    elif isinstance(held, dict):
        kind = _HOLDERS.get(holder, holder)
        body = held["body"] if isinstance(held.get("body"), dict) else held
        known = KINDS[kind].fields if kind in KINDS else {}
        yield Piece(kind=kind if known else "", fields=tuple(_said(kind, body, names)))
        for name, inner in held.items():
            if name not in known and name not in {"body", "heads", "seen", "round"} and isinstance(inner, (dict, list)):
                yield from _pieces(name, inner, names)


def _said(kind: str, body: Mapping[str, Any], names: Names) -> Iterator[FieldValue]:
    if kind not in KINDS:
        return
    for name, value in body.items():
        if name in KINDS[kind].fields and name not in _LINKS and not isinstance(value, dict):
            told = names.readable(kind, name, value)
            if told not in ("", (), None, False):
                yield FieldValue(field=name, value=told)

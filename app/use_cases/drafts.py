"""What is typed and not saved yet: kept two seconds after the last key, offered again after a crash, never a revision."""

from collections.abc import Mapping
from typing import Final

from app.domain.values import Json
from app.storage import drafts as kept_drafts
from app.storage.drafts import Draft
from app.workspace import Workspace

IMPORT_DRAFT: Final = "import"
"""The kind of the drafts of imports, which are no records; known here to whoever lists drafts without reading spreadsheets."""


def keep_draft(workspace: Workspace, key: str, kind: str, body: Mapping[str, Json]) -> None:
    """Keep what a form holds in the place of what it held before; `key` names the form and the record it would change."""
    with workspace.writing() as books:
        kept_drafts.keep(books.connection, Draft(key, kind, body, workspace.clock.now()), workspace.author.op)


def discard_draft(workspace: Workspace, key: str) -> None:
    """Forget a draft: its form was saved or given up."""
    with workspace.writing() as books:
        kept_drafts.discard(books.connection, key, workspace.author.op)


def drafts(workspace: Workspace) -> list[Draft]:
    """All drafts of whoever is at the keyboard, the newest first."""
    with workspace.reading() as connection:
        return kept_drafts.kept(connection, workspace.author.op)

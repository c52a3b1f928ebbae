"""Packages opened as the body opens them, for tests of what a station hands in."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import func, select

from app.domain.revisions import SCHEMA_VERSION
from app.domain.values import Id
from app.packages import senders
from app.packages.content import Reader, Rows, open_content
from app.packages.lines import SCHEMA_SET
from app.packages.opening import verify_package
from app.packages.statement import Statement
from app.queries.reconciliation import standing
from app.storage.outbox import Outbox, Sent
from app.storage.tables import JournalRow, ReceiptRow
from app.use_cases.trust import trusted_by
from app.workspace import OUTBOX, Workspace
from tests.builders import Pair


@dataclass(frozen=True)
class Unsealed:
    """What lies in a package: its signed statement, its lines by kind, its attachments by the digest they are announced under."""

    statement: Statement
    lines: Mapping[str, list[bytes]]
    blobs: Mapping[str, bytes]

    @property
    def plain(self) -> bytes:
        """All lines, one after the other."""
        return b"".join(line for lines in self.lines.values() for line in lines)

    def ids(self, kind: str) -> list[Id]:
        return [json.loads(each)["_id"] for each in self.lines.get(kind, [])]


def unsealed(line: Pair, path: Path) -> Unsealed:
    """A package as the body opens it."""
    trusted = trusted_by(line.station)
    now = line.body.clock.now()
    verified = verify_package(path, senders.seats(trusted.trust_list), now=now, us=frozenset({line.body.body.code}))
    keys = [each.secret for each in line.body.identity().receiving]
    lines: dict[str, list[bytes]] = {}
    blobs: dict[str, bytes] = {}
    with open_content(verified, Reader(identities=keys, schema_set=SCHEMA_SET, schema_version=SCHEMA_VERSION)) as content:
        for part in content:
            if isinstance(part, Rows):
                lines[part.table.name] = list(part)
            else:
                blobs[part.chunk.blob.id] = b"".join(part)
    return Unsealed(verified.statement, lines, blobs)


def sent_now(line: Pair, **told: Any) -> list[Unsealed]:
    """What an export hands over."""
    return [unsealed(line, path) for path in line.export(**told).paths]


def journal_lines(workspace: Workspace, *kinds: str) -> list[bytes]:
    question = select(JournalRow.line).where(JournalRow.rev.is_not(None), JournalRow.kind.in_(kinds)).order_by(JournalRow.seq)
    with workspace.reading() as connection:
        return list(connection.scalars(question))


def received(workspace: Workspace) -> object:
    """Whatever an arrival could change: how many lines there are, which receipts were taken, where the records stand."""
    with workspace.reading() as connection:
        lines = connection.execute(select(func.count()).select_from(JournalRow)).scalar_one()
        return lines, connection.execute(select(ReceiptRow.seq)).all(), standing(workspace, contact=False)


def numbers(workspace: Workspace) -> list[Sent]:
    with workspace.reading() as connection:
        return Outbox(connection).numbers()[::-1]


def outbox(workspace: Workspace) -> list[Path]:
    return sorted((workspace.folder / OUTBOX).iterdir())

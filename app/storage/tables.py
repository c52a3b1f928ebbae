"""The rows of the database. They live here and in `queries`, and never leave.

The schema declared here must equal what the numbered migrations build; a test compares the two.
"""

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Row(DeclarativeBase):
    """What all rows share: nothing but their place in one schema."""


class JournalRow(Row):
    """One line of the journal: a revision of a record, or an event. Only ever appended.

    `line` holds the exact bytes a package will carry; `chain` is the SHA-256 link over the link before and the line's header.
    """

    __tablename__ = "journal"
    __table_args__ = (
        Index("journal_record", "record", "seq"),
        Index("journal_batch", "batch", sqlite_where=text("batch IS NOT NULL")),
    )

    seq: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]  # of the record, or of the event
    record: Mapped[str | None]  # None: a line of an event that concerns no record
    rev: Mapped[str | None] = mapped_column(unique=True)  # None: an event
    by: Mapped[str]  # the seat; only its own lines does a seat export
    batch: Mapped[str | None]  # the import that made it
    line: Mapped[bytes]
    chain: Mapped[bytes]


class CurrentRow(Row):
    """What a record looks like now: its only head, or its heads merged. Rebuilt from the journal at any time."""

    __tablename__ = "current"
    __table_args__ = (
        Index("current_list", "kind", "deleted", "day", "no"),
        Index("current_seq", "seq", "kind", "deleted"),
        Index("current_removed", "id", sqlite_where=text("deleted = 1")),
    )

    no: Mapped[int] = mapped_column(primary_key=True)  # also the row of the search index
    id: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[str]
    owner: Mapped[str]
    rev: Mapped[str]  # the winning head
    heads: Mapped[str]  # all heads, the winner first, blank between
    gen: Mapped[int]
    seq: Mapped[int]  # the journal line of the newest head
    day: Mapped[str | None]
    title: Mapped[str]
    deleted: Mapped[bool]
    disputed: Mapped[str]  # fields changed differently in two branches, blank between
    body: Mapped[str]


class FingerprintRow(Row):
    """Which record an imported row became, so that the same row imported again is recognised."""

    __tablename__ = "fingerprint"
    __table_args__ = (Index("fingerprint_record", "record"),)

    fingerprint: Mapped[str] = mapped_column(primary_key=True)
    record: Mapped[str]


class BatchRow(Row):
    """One import, for its undo."""

    __tablename__ = "batch"

    id: Mapped[str] = mapped_column(primary_key=True)
    made: Mapped[str]
    source: Mapped[str]
    undone: Mapped[str | None]


class PackageRow(Row):
    """One sealed number of this seat's stream: the journal lines `first`..`last` but for those withheld."""

    __tablename__ = "package"

    epoch: Mapped[int] = mapped_column(primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    digest: Mapped[str] = mapped_column(unique=True)  # of the statement
    first: Mapped[int]
    last: Mapped[int]
    made: Mapped[str]
    file: Mapped[str]
    size: Mapped[int]
    sha256: Mapped[str]  # of the file
    records: Mapped[str]  # JSON: rows by kind
    state: Mapped[str]
    code: Mapped[str | None]
    receipt: Mapped[int | None]


class WithheldRow(Row):
    """A journal line passed over at export (`app.storage.outbox` says when); `epoch` and `package` once it went after all."""

    __tablename__ = "withheld"

    seq: Mapped[int] = mapped_column(ForeignKey("journal.seq"), primary_key=True)
    epoch: Mapped[int | None]
    package: Mapped[int | None]


class ReturnedRow(Row):
    """A record the body gave back, with its code; open until a later revision of it is received."""

    __tablename__ = "returned"
    __table_args__ = (Index("returned_record", "record"),)

    rev: Mapped[str] = mapped_column(primary_key=True)
    record: Mapped[str]
    code: Mapped[str]
    receipt: Mapped[int]


class ReceiptRow(Row):
    """One receipt taken in, as it came."""

    __tablename__ = "receipt"

    seq: Mapped[int] = mapped_column(primary_key=True)
    digest: Mapped[str]
    taken_in: Mapped[str]
    envelope: Mapped[bytes]


class ReplyRow(Row):
    """One reply package taken in, so that the same file taken in again is recognised."""

    __tablename__ = "reply"

    digest: Mapped[str] = mapped_column(primary_key=True)
    seq: Mapped[int]
    taken_in: Mapped[str]


class AttachmentFileRow(Row):
    """Where the encrypted content of an attachment lies; the name of the file is random."""

    __tablename__ = "attachment_file"

    sha256: Mapped[str] = mapped_column(primary_key=True)  # of the content
    file: Mapped[str]
    size: Mapped[int]
    sent_in: Mapped[int | None]


class DraftRow(Row):
    """What a person has typed and not saved yet; local, never a revision (decision 6)."""

    __tablename__ = "draft"

    key: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str]
    body: Mapped[str]
    kept: Mapped[str]


class SettingRow(Row):
    """A named value of the workspace that must be as safe as the records: identities, trust, the last stamp."""

    __tablename__ = "setting"

    name: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[bytes]

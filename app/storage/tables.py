"""The rows of the database. They live here and in `queries`, and never leave.

The schema declared here must equal what the numbered migrations build; a test compares the two.
"""

from sqlalchemy import ForeignKey, Index, TextClause, text

from app.storage.rows import Held, Row, held


def _member(name: str) -> TextClause:
    """A field of a record's body, written as a question must write it for the index to be found."""
    return text(f"json_extract(body, '$.{name}')")


def logged(name: str) -> TextClause:
    """A member of a journal line's header, as the log looks for it; NULL in a line that cannot be read."""
    line = "CAST(line AS TEXT)"  # it is kept as bytes, which SQLite would take for its own binary form
    return text(f"CASE WHEN json_valid({line}) THEN json_extract({line}, '$.{name}') END")


def _belongs(name: str) -> Index:
    """The records of a kind that name another record in this field."""
    return Index(f"current_{name}", _member(name), "kind", "deleted", sqlite_where=text(f"{_member(name)} IS NOT NULL"))


class JournalRow(Row):
    """One line of the journal: a revision of a record, or an event. Only ever appended; an erased line keeps its header alone.

    `line` holds the exact bytes a package will carry; `chain` is the SHA-256 link over the link before and the line's header.
    """

    __tablename__ = "journal"
    __table_args__ = (
        Index("journal_record", "record", "seq"),
        Index("journal_batch", "batch", sqlite_where=text("batch IS NOT NULL")),
        Index("journal_logged", "seq", "kind", text("rev IS NULL"), logged("_op"), logged("_hlc")),
    )

    seq: Held[int] = held(primary_key=True)
    kind: Held[str]  # of the record, or of the event
    record: Held[str | None]  # None: a line of an event that concerns no record
    rev: Held[str | None] = held(unique=True)  # None: an event
    by: Held[str]  # the seat; only its own lines does a seat export
    batch: Held[str | None]  # the deed that made it: one transaction, or an import; None from another seat
    line: Held[bytes]
    chain: Held[bytes]


class CurrentRow(Row):
    """What a record looks like now: its only head, or its heads merged. Rebuilt from the journal at any time."""

    __tablename__ = "current"
    __table_args__ = (
        Index("current_list", "kind", "deleted", "day", "no"),
        Index("current_seq", "seq", "kind", "deleted"),
        Index("current_stands", "owner", "by", "kind", "seq", "deleted"),
        Index(
            "current_due",
            *("kind", _member("due_on"), _member("state"), "deleted", _member("deputies")),
            sqlite_where=text(f"deleted = 0 AND {_member('due_on')} IS NOT NULL"),
        ),
        Index(
            "current_issue",
            *("kind", "deleted", _member("state"), "day", "no", _member("deputies"), _member("due_on")),
            sqlite_where=text("kind = 'issue'"),
        ),
        Index(
            "current_category",
            *(_member("category"), "kind", "deleted", "day", "no", _member("state"), _member("due_on")),
            sqlite_where=text("kind = 'issue'"),
        ),
        Index("current_visits", "kind", "deleted", "day", "no", _member("visit_kind"), sqlite_where=text("kind = 'visit'")),
        Index(
            "current_visit_kind",
            *("kind", "deleted", _member("visit_kind"), text("day DESC"), text("no DESC")),
            sqlite_where=text("kind = 'visit'"),
        ),
        Index("current_related", "kind", "deleted", sqlite_where=text(f"{_member('related')} IS NOT NULL")),
        Index(
            "current_hotline",
            *("kind", "deleted", "day", "no", _member("state"), _member("route"), _member("deputies"), _member("due_on")),
            sqlite_where=text(f"{_member('route')} = 'hotline_12345'"),
        ),
        *(_belongs(name) for name in ("visit", "encounter", "of", "number", "deputy", "suggestion")),
        Index(
            "current_campaign",
            *(_member("campaign"), "kind", "deleted", "day", "no", "id", _member("deputies")),
            sqlite_where=text(f"{_member('campaign')} IS NOT NULL"),
        ),
        Index(
            "current_deputies",
            _member("deputies"),
            "kind",
            "deleted",
            "id",
            sqlite_where=text(f"{_member('deputies')} IS NOT NULL"),
        ),
        Index("current_trash", "seq", sqlite_where=text("deleted = 1")),
        Index("current_told", "no", "kind", "deleted", "day", _member("state"), _member("category")),
        Index("current_removed", "id", sqlite_where=text("deleted = 1")),
        Index("current_disputed", "id", sqlite_where=text("disputed <> ''")),
    )

    no: Held[int] = held(primary_key=True)  # also the row of the search index
    id: Held[str] = held(unique=True)
    kind: Held[str]
    owner: Held[str]
    rev: Held[str]  # the winning head
    heads: Held[str]  # all heads, the winner first, blank between
    gen: Held[int]
    seq: Held[int]  # the journal line of the newest head
    day: Held[str | None]
    title: Held[str]
    deleted: Held[bool]
    disputed: Held[str]  # fields changed differently in two branches, blank between
    body: Held[str]
    by: Held[str] = held(server_default="")  # the seat that wrote the newest line: the one that hands it in


class TallyRow(Row):
    """How many records of a kind have their newest line, written by a seat, in a block of the journal (`app.storage.tally`)."""

    __tablename__ = "tally"

    owner: Held[str] = held(primary_key=True)
    by: Held[str] = held(primary_key=True)
    kind: Held[str] = held(primary_key=True)
    block: Held[int] = held(primary_key=True)
    many: Held[int]


class FingerprintRow(Row):
    """Which record an imported row became, so that the same row imported again is recognised."""

    __tablename__ = "fingerprint"
    __table_args__ = (Index("fingerprint_record", "record"),)

    fingerprint: Held[str] = held(primary_key=True)
    record: Held[str]


class BatchRow(Row):
    """One import, for its undo."""

    __tablename__ = "batch"

    id: Held[str] = held(primary_key=True)
    made: Held[str]
    source: Held[str]
    undone: Held[str | None]


class PackageRow(Row):
    """One sealed number of this seat's stream: the journal lines `first`..`last` but for those withheld."""

    __tablename__ = "package"

    epoch: Held[int] = held(primary_key=True)
    seq: Held[int] = held(primary_key=True)
    kind: Held[str]
    digest: Held[str] = held(unique=True)  # of the statement
    first: Held[int]
    last: Held[int]
    made: Held[str]
    file: Held[str]
    size: Held[int]
    sha256: Held[str]  # of the file
    records: Held[str]  # JSON: rows by kind
    state: Held[str]
    code: Held[str | None]
    receipt: Held[int | None]
    secret: Held[str | None]  # what only this seat knows and who opened it


class WithheldRow(Row):
    """A journal line passed over at export (`app.storage.outbox` says when); `epoch` and `package` once it went after all."""

    __tablename__ = "withheld"

    seq: Held[int] = held(ForeignKey("journal.seq"), primary_key=True)
    epoch: Held[int | None]
    package: Held[int | None]


class ReturnedRow(Row):
    """A record the body gave back, with its code; open until a later revision of it is received."""

    __tablename__ = "returned"
    __table_args__ = (Index("returned_record", "record"),)

    rev: Held[str] = held(primary_key=True)
    record: Held[str]
    code: Held[str]
    receipt: Held[int]


class ReceiptRow(Row):
    """One receipt taken in, as it came."""

    __tablename__ = "receipt"

    seq: Held[int] = held(primary_key=True)
    digest: Held[str]
    taken_in: Held[str]
    envelope: Held[bytes]


class ReplyRow(Row):
    """One reply package taken in, so that the same file taken in again is recognised."""

    __tablename__ = "reply"

    digest: Held[str] = held(primary_key=True)
    seq: Held[int]
    taken_in: Held[str]


class AttachmentFileRow(Row):
    """Where the encrypted content of an attachment lies; the name of the file is random."""

    __tablename__ = "attachment_file"

    sha256: Held[str] = held(primary_key=True)  # of the content
    file: Held[str]
    size: Held[int]
    sent_in: Held[int | None]


class DraftRow(Row):
    """What a person has typed and not saved yet; local, never a revision (decision 6)."""

    __tablename__ = "draft"

    key: Held[str] = held(primary_key=True)
    kind: Held[str]
    body: Held[str]
    kept: Held[str]


class SettingRow(Row):
    """A named value of the workspace that must be as safe as the records: identities, trust, the last stamp."""

    __tablename__ = "setting"

    name: Held[str] = held(primary_key=True)
    value: Held[bytes]

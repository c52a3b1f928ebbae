"""The rows of the receiver's store. The station leads every large key, so that the store can be spread by station.

The two largest tables name it by its number: 36 characters in each of their keys would be half of what is written for a row.
"""

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class StoreRow(DeclarativeBase):
    """What all rows of the store share: nothing but their place in one schema."""


class StationRow(StoreRow):
    """A station that has enrolled."""

    __tablename__ = "station"

    no: Mapped[int] = mapped_column(primary_key=True)
    id: Mapped[str] = mapped_column(unique=True)
    code: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]


class SeatRow(StoreRow):
    """One computer of a station, with its keys; revoked beyond an epoch and number, or not at all."""

    __tablename__ = "seat"

    station: Mapped[str] = mapped_column(primary_key=True)
    seat: Mapped[str] = mapped_column(primary_key=True)
    label: Mapped[str]
    key: Mapped[str]
    receiving_key: Mapped[str]
    enrolled: Mapped[str]
    acked: Mapped[int]  # the newest receipt it has said it holds
    revoked_epoch: Mapped[int | None]
    revoked_seq: Mapped[int | None]


class SeatKeyRow(StoreRow):
    """A further pair of keys of an enrolled computer, which counts as long as the computer does."""

    __tablename__ = "seat_key"

    station: Mapped[str] = mapped_column(primary_key=True)
    seat: Mapped[str] = mapped_column(primary_key=True)
    keyid: Mapped[str] = mapped_column(primary_key=True)
    key: Mapped[str]
    receiving_key: Mapped[str]
    enrolled: Mapped[str]


class KeyEndRow(StoreRow):
    """A key of a computer that was replaced by another: the last package signed with it that counts."""

    __tablename__ = "key_end"

    station: Mapped[str] = mapped_column(primary_key=True)
    seat: Mapped[str] = mapped_column(primary_key=True)
    keyid: Mapped[str] = mapped_column(primary_key=True)
    epoch: Mapped[int]
    seq: Mapped[int]


class ArrivalRow(StoreRow):
    """A package whose signature was good: taken in, refused, or parked until somebody or something settles it."""

    __tablename__ = "arrival"
    __table_args__ = (
        Index(
            "arrival_number",
            "station",
            "seat",
            "epoch",
            "seq",
            unique=True,
            sqlite_where=text("status = 'accepted'"),
            postgresql_where=text("status = 'accepted'"),
        ),
    )

    station: Mapped[str] = mapped_column(primary_key=True)
    digest: Mapped[str] = mapped_column(primary_key=True)  # of the statement
    seat: Mapped[str]
    epoch: Mapped[int]
    seq: Mapped[int]
    prev: Mapped[str | None]
    kind: Mapped[str]
    status: Mapped[str]
    code: Mapped[str | None]
    import_id: Mapped[str]
    taken_in: Mapped[str]
    fresh: Mapped[int]
    duplicate: Mapped[int]
    conflict: Mapped[int]
    returned: Mapped[int]
    receipt: Mapped[int | None]  # the first receipt that told of it


class TakenSecretRow(StoreRow):
    """What its sender and this body alone know of a package taken in: the short code that tells of it is reckoned from it."""

    __tablename__ = "taken_secret"

    station: Mapped[str] = mapped_column(primary_key=True)
    digest: Mapped[str] = mapped_column(primary_key=True)  # of the statement
    secret: Mapped[str]


class RevisionRow(StoreRow):
    """One revision as its line came, numbered in the order of arrival."""

    __tablename__ = "revision"
    __table_args__ = (UniqueConstraint("station", "rev"), Index("revision_record", "station", "record"))

    no: Mapped[int] = mapped_column(primary_key=True)
    station: Mapped[int] = mapped_column(ForeignKey(StationRow.no))
    rev: Mapped[str]
    record: Mapped[str]
    line: Mapped[bytes]


class ErasedRow(StoreRow):
    """What a station has ordered to be erased, here or still to come: states by `rev`, contents by `sha256:` and digest."""

    __tablename__ = "erased"

    station: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(primary_key=True)


class HeadRow(StoreRow):
    """Where a record stands: the winning head, all heads, whether branches disagree."""

    __tablename__ = "head"
    __table_args__ = (UniqueConstraint("station", "record"),)

    no: Mapped[int] = mapped_column(primary_key=True)
    station: Mapped[int] = mapped_column(ForeignKey(StationRow.no))
    record: Mapped[str]
    kind: Mapped[str]
    rev: Mapped[str]
    heads: Mapped[str]
    deleted: Mapped[bool]
    disputed: Mapped[str]


class ReturnedRow(StoreRow):
    """A revision the body gave back, with its code; it is stored but does not count."""

    __tablename__ = "returned"

    station: Mapped[str] = mapped_column(primary_key=True)
    rev: Mapped[str] = mapped_column(primary_key=True)
    record: Mapped[str]
    code: Mapped[str]
    package: Mapped[str]
    replied: Mapped[bool]  # whether a reply with the words has been made


class ReceiptRow(StoreRow):
    """A receipt as it was signed; numbered and chained for each station."""

    __tablename__ = "receipt"

    station: Mapped[str] = mapped_column(primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True)
    digest: Mapped[str]
    issued: Mapped[str]
    envelope: Mapped[bytes]


class ReplyRow(StoreRow):
    """A reply package sealed for a station; numbered and chained for each station."""

    __tablename__ = "reply"

    station: Mapped[str] = mapped_column(primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True)
    digest: Mapped[str]
    file: Mapped[str]
    receipt: Mapped[int]  # the receipt it was laid out with, which stands for it where a seat's program tells no replies


class IssuedRow(StoreRow):
    """A state of a record of the body's own about a station's suggestion, as its line travels to that station."""

    __tablename__ = "issued"
    __table_args__ = (UniqueConstraint("station", "rev"), Index("issued_suggestion", "station", "suggestion"))

    no: Mapped[int] = mapped_column(primary_key=True)
    station: Mapped[str]
    suggestion: Mapped[str]
    record: Mapped[str]
    rev: Mapped[str]
    kind: Mapped[str]
    line: Mapped[bytes]
    reply: Mapped[int | None]  # the number of the reply that carries it; None until one is sealed


class SealedForRow(StoreRow):
    """That a reply was sealed for a seat, which alone can open it."""

    __tablename__ = "sealed_for"

    station: Mapped[str] = mapped_column(primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True)
    seat: Mapped[str] = mapped_column(primary_key=True)


class HeldRow(StoreRow):
    """Which replies a seat has said to hold, in its newest package that says so."""

    __tablename__ = "held_reply"

    station: Mapped[str] = mapped_column(primary_key=True)
    seat: Mapped[str] = mapped_column(primary_key=True)
    epoch: Mapped[int]
    seq: Mapped[int]
    runs: Mapped[str]  # JSON: pairs of the first and the last number of each unbroken run


class IssuedFileRow(StoreRow):
    """That the content of a file goes to a station with the body's records; the content itself lies as a `BlobRow`."""

    __tablename__ = "issued_file"

    station: Mapped[str] = mapped_column(primary_key=True)
    sha256: Mapped[str] = mapped_column(primary_key=True)
    reply: Mapped[int | None]  # the number of the reply that carries it; None until one is sealed


class BlobRow(StoreRow):
    """The content of an attachment, whole or still missing parts; its file's name is random, its bytes encrypted."""

    __tablename__ = "blob"

    station: Mapped[str] = mapped_column(primary_key=True)
    sha256: Mapped[str] = mapped_column(primary_key=True)
    size: Mapped[int]
    file: Mapped[str | None]  # None until it is whole


class ChunkRow(StoreRow):
    """A part of an attachment that has arrived."""

    __tablename__ = "blob_chunk"

    station: Mapped[str] = mapped_column(primary_key=True)
    sha256: Mapped[str] = mapped_column(primary_key=True)
    offset: Mapped[int] = mapped_column(primary_key=True)
    length: Mapped[int]
    file: Mapped[str]


class PeerRow(StoreRow):
    """A package of one computer of a station for another one of it, which the body keeps and cannot read."""

    __tablename__ = "peer"

    station: Mapped[str] = mapped_column(primary_key=True)
    digest: Mapped[str] = mapped_column(primary_key=True)  # of the statement
    seat: Mapped[str]  # who made it
    reader: Mapped[str]  # the seat it is sealed for
    seq: Mapped[int]
    size: Mapped[int]
    file: Mapped[str | None]  # None once it waits no longer
    taken_in: Mapped[str]


class SettingRow(StoreRow):
    """A named value of the receiver: identities, root documents, policy, versions."""

    __tablename__ = "setting"

    name: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[bytes]

"""A seat kept in the test's hands: enrolled with a real body, and free to seal whatever a test wants sent."""

import base64
import io
import secrets
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from sqlalchemy import select

from app.domain.ids import Stamp
from app.domain.kinds import KINDS
from app.domain.revisions import HEADER_TYPES, SCHEMA_VERSION, Revision
from app.domain.suggestion import Suggestion, digest_of_text
from app.domain.values import Id, Json
from app.keys.identities import SigningKey
from app.packages import enrolment as requests
from app.packages import manifest
from app.packages.bundle import Trusted, read_bundle
from app.packages.enrolment import EnrolledSeat, EnrolledStation, EnrolmentRequest
from app.packages.forms import STD_1
from app.packages.lines import SCHEMA_SET, columns_of
from app.packages.manifest import BlobPlace, Schema
from app.packages.receipt import Receipt, read_receipt
from app.packages.receiving_key import make_receiving_key
from app.packages.seal import Attachment, Contents, Sealed, seal
from app.packages.spool import Packed, Spool
from app.packages.statement import Acks, Heading, Kind, Producer, Sender, Stream, digest_of
from app.province import enrolment
from app.province.intake import Intake, Taken
from app.province.receipts import Written, write_receipts
from app.province.receiver import Receiver
from app.province.tables import StoreRow
from tests.builders import STATION_CODE, body

OTHER_CODE: Final = "430181001-002"
DAY: Final = datetime(2026, 11, 21, 2, 0, tzinfo=UTC)


@dataclass(slots=True, kw_only=True)
class Seat:
    """One computer of an invented station; `sealed` is what it has sealed so far, the newest last."""

    held: Receiver
    folder: Path
    signing: SigningKey
    station: Id
    code: str
    secret: str
    recipient: str
    sealed: list[Sealed] = field(default_factory=list)

    @property
    def by(self) -> str:
        """What its lines say in `_by`."""
        return self.signing.short

    def request(self, **changed: Any) -> bytes:
        """Its request to be enrolled."""
        station = EnrolledStation(id=self.station, code=self.code, name="某某街道人大代表联络站")
        key = base64.b64encode(self.signing.public).decode()
        seat = EnrolledSeat(id=self.by, label="", keyid=self.signing.keyid, key=key, receiving=self.recipient)
        asked = EnrolmentRequest(format=requests.FORMAT, station=replace(station, **changed), seat=seat, created=DAY)
        return requests.sign_request(asked, self.signing)

    def revision(self, kind: str = "issue", before: Revision | None = None, **body: Json) -> Revision:
        """A new record of a kind, or the next state of one; `body` are its members."""
        return Revision(
            id=before.id if before else self.held.clock.new_id(),
            rev=self.held.clock.new_id(),
            kind=kind,
            parents=(before.rev,) if before else (),
            gen=before.gen + 1 if before else 1,
            hlc=str(Stamp(self.held.clock.milliseconds(), before.gen if before else 0)),
            owner=self.station,
            by=self.by,
            op=self.station,
            deleted=False,
            salt=secrets.token_hex(16),
            body=body,
        )

    def suggestion(self, before: Revision | None = None, **body: Json) -> Revision:
        """A submitted suggestion, complete but for what `body` says otherwise (None takes a member away)."""
        usual: dict[str, Json] = {
            "subject": "关于整修东街路灯的建议",
            "text": "请整修。",
            "state": "submitted",
            "submitted_on": "2026-11-20",
        }
        told = usual | {"lead_deputy": self.station} | body
        words = Suggestion(id=self.station, subject=str(told["subject"] or ""), text=str(told["text"] or ""))
        told.setdefault("text_digest", digest_of_text(words))
        return self.revision("suggestion", before, **{name: value for name, value in told.items() if value is not None})

    def package(
        self,
        *lines: Revision | bytes,
        attachments: Sequence[Attachment] | None = None,
        schema: Schema | None = None,
        **heading: Any,
    ) -> Path:
        """The next package with these lines, one issue where none are given; `heading` changes what its heading says."""
        rows = list(lines) or ([] if attachments is not None else [self.revision(subject="东街路灯不亮")])
        contents = Contents(
            schema=schema or Schema(set=SCHEMA_SET, version=SCHEMA_VERSION, min_reader=SCHEMA_VERSION),
            tables=packed(rows),
            columns=_Columns(),
            attachments=attachments or (),
        )
        head = self.heading(**heading)
        target = self.folder / f"{self.code}-{head.stream.epoch}-{head.stream.seq}-{len(self.sealed)}.llz"
        self.folder.mkdir(parents=True, exist_ok=True)
        recipients = [each.recipient for each in self.held.identity().receiving]
        self.sealed.append(seal(target, head, contents, recipients=recipients, signer=self.signing))
        return target

    def heading(self, **changed: Any) -> Heading:
        """The heading of the package that comes next; `seq`, `prev`, `epoch` and `acked` stand for its stream and receipts."""
        last = self.sealed[-1] if self.sealed else None
        seq = changed.pop("seq", last.statement.stream.seq + 1 if last else 1)
        prev = changed.pop("prev", last.digest if last and seq > 1 else None)
        usual = Heading(
            suite=STD_1.suite,
            kind=Kind.SNAPSHOT if seq == 1 else Kind.CHANGES,
            package_id=self.held.clock.new_id(),
            sender=Sender(province="43", station=self.station, seat=self.by),
            to=(self.held.body.code,),
            stream=Stream(epoch=changed.pop("epoch", 1), seq=seq, prev=prev, fills=()),
            created=DAY,
            acks=Acks(receipt_seq=changed.pop("acked", 0), trust_version=1),
            producer=Producer(app="a test", version="1"),
        )
        return replace(usual, **changed)

    def take(self, *paths: Path, dry_run: bool = False) -> list[Taken]:
        """The body takes these files in."""
        return [Intake(self.held, dry_run=dry_run).take(path) for path in paths]

    def send(self, *lines: Revision | bytes, **told: Any) -> Taken:
        """The next package with these lines, taken in at once."""
        return self.take(self.package(*lines, **told))[0]

    def written(self) -> Written:
        """What the body lays out for the station."""
        return write_receipts(self.held, self.code, self.folder / "back")

    def receipt(self) -> Receipt:
        """The receipt that the body lays out for the station."""
        written = self.written()
        return read_receipt(
            written.files[0].read_bytes(), trusted(self.held).roots, station=self.station, body=self.held.body.code
        )


class _Columns(Mapping[str, Mapping[str, str]]):
    """Columns of any kind, known ones and others."""

    def __getitem__(self, kind: str) -> Mapping[str, str]:
        return columns_of(KINDS[kind]) if kind in KINDS else HEADER_TYPES

    def __iter__(self) -> Iterator[str]:
        return iter(KINDS)

    def __len__(self) -> int:
        return len(KINDS)


def packed(lines: Sequence[Revision | bytes]) -> tuple[Packed, ...]:
    """Lines as tables; one that is only bytes goes among the issues."""
    spool = Spool()
    for each in lines:
        kind, line = (each.kind, each.line()) if isinstance(each, Revision) else ("issue", each)
        assert spool.add(kind, line)
    return spool.finish()


def new_seat(held: Receiver, folder: Path, *, code: str = STATION_CODE, station: Id | None = None) -> Seat:
    """A seat of a new station, or of `station`, that the body has enrolled."""
    secret, recipient = make_receiving_key()
    made = Seat(
        held=held,
        folder=folder,
        signing=SigningKey.make(),
        station=station or held.clock.new_id(),
        code=code,
        secret=secret,
        recipient=recipient,
    )
    enrolment.enrol(held, made.request())
    return made


@contextmanager
def enrolled_seat(folder: Path, **told: Any) -> Iterator[Seat]:
    """A new body, told what `body` is told, and the only seat it has enrolled."""
    with body(folder / "body", **told) as held:
        yield new_seat(held, folder / "stick")


def trusted(held: Receiver) -> Trusted:
    """What a station believes of the body once it has its trust file."""
    return Trusted.pin(read_bundle(enrolment.trust_bundle(held)))


def everything(held: Receiver) -> tuple[dict[str, bytes], dict[str, list[tuple[Any, ...]]]]:
    """All files of the receiver but the database's own, and all rows of the store."""
    files = {str(path.relative_to(held.folder)): path for path in held.folder.rglob("*") if path.is_file()}
    with held.store.reading() as connection:
        rows = {
            name: sorted(map(tuple, connection.execute(select(table))), key=repr)
            for name, table in StoreRow.metadata.tables.items()
        }
    return {name: path.read_bytes() for name, path in files.items() if not name.startswith("store.db")}, rows


def chunks(content: bytes, *, id: str | None = None) -> list[Attachment]:
    """An attachment of these bytes cut into its pieces; `id` is what its maker claims to be its digest."""
    whole = id or digest_of(content)
    return [_chunk(content, whole, offset) for offset in range(0, max(len(content), 1), manifest.LARGEST_CHUNK)]


def _chunk(content: bytes, whole: str, offset: int) -> Attachment:
    def read() -> io.BytesIO:
        return io.BytesIO(content[offset : offset + manifest.LARGEST_CHUNK])

    return Attachment(place=BlobPlace(id=whole, size=len(content), offset=offset), read=read)

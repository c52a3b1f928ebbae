"""What reads the bytes of strangers, each as a function that takes any bytes at all: it ends well, or in a code of the table.

Everything else that it raises is a mistake of ours. `make test` runs them over `mutations` of honest samples, `make fuzz` lets
a coverage-guided fuzzer look for more.
"""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from random import Random
from typing import Final

from app.domain.suggestion import Suggestion, digest_of_text
from app.packages import age, bundle, container, cosign_file, enrolment, envelope, manifest, receipt_codes, statement
from app.packages.archive import Archive
from app.packages.content import Content
from app.packages.cosign_file import CosignRequest, FileDeputy
from app.packages.digests import Algorithm
from app.packages.faults import FATES, PackageFault
from app.packages.receipt import sign_receipt
from app.packages.row import check_row, read_row, read_rows_exactly
from tests.app.domain.lines import revision
from tests.app.packages import trust_samples
from tests.app.packages.parcels import (
    OURS,
    READER,
    Forgery,
    encrypted,
    heading,
    issue_entry,
    line,
    manifest_of,
    tarred,
)

_PLAIN: Final = 1 << 22  # bytes of plaintext that a harness reads at most
_KIND: Final = "issue"


@dataclass(frozen=True, slots=True)
class Harness:
    """One reader, and bytes that it takes."""

    read: Callable[[bytes], object]
    honest: Sequence[bytes]

    def takes(self, data: bytes) -> bool:
        """Whether the reader takes these bytes; `AssertionError` where it refuses them by a code of no table."""
        code = _fault_of(lambda: self.read(data))
        assert not code or code in FATES, code
        return not code


def _fault_of(act: Callable[[], object]) -> str:
    try:
        act()
    except PackageFault as fault:
        return fault.code
    return ""


# --- the readers -------------------------------------------------------------------------------------------------------


def _tar(data: bytes) -> None:
    """All of a decrypted payload, as `open_content` reads it."""
    file = BytesIO(data)
    archive = Archive(lambda: file.read(700), _PLAIN)
    size = archive.begin(manifest.NAME)
    if size > manifest.LARGEST:
        return
    head = b"".join(archive.content(manifest.NAME, size))
    announced = manifest.read(head, heading(), schema_set=READER.schema_set, reads=READER.schema_version)
    for part in Content(announced, None, archive, Algorithm.SHA256):
        for _piece in part:
            pass


def _line(data: bytes) -> None:
    """One row, looked at in each of the ways it can come: all of them agree on it."""
    ways: tuple[Callable[[], object], ...] = (
        lambda: read_row(data, _KIND),
        lambda: check_row(data, _KIND),
        lambda: read_rows_exactly([data], _KIND),
    )
    (said,) = {_fault_of(each) for each in ways}
    if said:
        raise PackageFault(said)
    read, header = read_row(data, _KIND), check_row(data, _KIND)
    ((again, written),) = read_rows_exactly([data], _KIND)
    assert (header.id, header.rev, again, written.line) == (read.id, read.rev, read, data)


def _ciphertext(data: bytes) -> None:
    with age.decrypting(BytesIO(data), len(data), [OURS]) as plaintext:
        while plaintext.read():
            pass


def _codes(data: bytes) -> None:
    """The letters of one scanned QR code, under the name that belongs to them."""
    letters = data.decode("ascii", "ignore")
    name = hashlib.sha256(letters.encode()).hexdigest()[:8].upper()
    scanned = f"{receipt_codes.MARK}/{name}/1/1/{letters}"
    if not receipt_codes.is_code(scanned):
        raise PackageFault("E_ENVELOPE")
    receipt_codes.gathered([scanned])


# --- what they take ----------------------------------------------------------------------------------------------------


def _archives() -> Iterator[bytes]:
    table = issue_entry(line(1), line(2))
    blob = ("blobs/" + "9f" * 32 + ".00000", b"a photograph")
    for entries in ([], [table], [blob], [table, blob]):
        yield tarred([(manifest.NAME, manifest_of(entries)), *entries])


def _lines() -> Iterator[bytes]:
    for body in (
        {},
        {"subject": "东街路灯不亮", "received_on": "2026-01-31"},
        {"subject": '引号"与\n反斜杠\\', "neu": [1, {"a": None}]},
    ):
        yield revision(kind=_KIND, body=body).line()
    yield revision(kind=_KIND, body={"subject": "x" * 3000}, deleted=True).line()


def _asked() -> CosignRequest:
    """A request to co-sign, whole but for its meaning."""
    words = Suggestion(id=trust_samples.RECORD, subject="关于路灯的建议", text="请修路灯")
    return CosignRequest(
        format=f"{cosign_file.FAMILY}/1",
        seat=cosign_file.seat_of(trust_samples.STATION, "某某联络站", trust_samples.SEAT.public, trust_samples.SEAT.keyid),
        created=trust_samples.ISSUED,
        cosignature=trust_samples.RECORD,
        suggestion=words.id,
        deputy=FileDeputy(id=trust_samples.RECORD, name="代表甲", card="0001"),
        lead="代表乙",
        told="",
        subject=words.subject,
        text=words.text,
        digest=digest_of_text(words),
    )


_RECEIPT: Final = sign_receipt(trust_samples.receipt(), trust_samples.RECEIPT)
_ENVELOPE: Final = container.read(BytesIO(Forgery(entries=[]).sealed())).statement

HARNESSES: Final = {
    "container": Harness(lambda data: container.read(BytesIO(data)), [Forgery(entries=[issue_entry(line(1))]).sealed()]),
    "envelope": Harness(envelope.read, [_ENVELOPE]),
    "statement": Harness(statement.read, [envelope.read(_ENVELOPE).payload]),
    "tar": Harness(_tar, list(_archives())),
    "line": Harness(_line, list(_lines())),
    "ciphertext": Harness(_ciphertext, [encrypted(b""), encrypted(b"x" * 70_000)]),
    "bundle": Harness(bundle.read_bundle, [trust_samples.bundle().data]),
    "enrolment": Harness(enrolment.read_request, [enrolment.sign_request(trust_samples.request(), trust_samples.SEAT)]),
    "co-signing": Harness(cosign_file.read_file, [cosign_file.sign_request(_asked(), trust_samples.SEAT)]),
    "codes": Harness(_codes, [receipt_codes.codes_of(_RECEIPT)[0].rpartition("/")[2].encode()]),
}
"""Every reader by its name."""


# --- without a fuzzer --------------------------------------------------------------------------------------------------

_WORDS: Final = (
    b"\0",
    b"\xff",
    b'"',
    b"\\u0000",
    b"[" * 80,
    b"{}",
    b"-1",
    b"1e9",
    b"99999999999999999999",
    b"null",
    b"\n",
    b'"_',
)


def mutations(sample: bytes, seed: int, number: int) -> Iterator[bytes]:
    """So many altered copies of a sample, always the same for the same seed."""
    chance = Random(seed)
    for _each in range(number):
        data = bytearray(sample)
        for _change in range(chance.choice((1, 1, 1, 2, 4))):
            _alter(data, chance)
        yield bytes(data)


def _alter(data: bytearray, chance: Random) -> None:
    place = chance.randrange(len(data) + 1)
    span = chance.choice((1, 2, 8, 64, 512))
    match chance.randrange(5):
        case 0 if place < len(data):
            data[place] = chance.randrange(256)
        case 1:
            del data[place : place + span]
        case 2:
            data[place:place] = data[place : place + span]
        case 3:
            data[place:place] = chance.choice(_WORDS)
        case _:
            other = chance.randrange(len(data) + 1)
            data[place : place + span] = data[other : other + span]

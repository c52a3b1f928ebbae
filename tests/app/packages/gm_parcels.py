"""Small packages of suite gm-1 for tests: honest ones, and ones whose maker holds a good key but does not keep to the format."""

import base64
import gzip
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

from app.packages import envelope, manifest, seal, sm2, sm4, statement
from app.packages.container import ContainerFile
from app.packages.digests import Algorithm, Digest
from app.packages.envelope import PublicKey, Signer
from app.packages.forms import GM_1, Form
from app.packages.manifest import Resource
from app.packages.seal import Contents
from app.packages.senders import SenderKey, Senders
from app.packages.sm2_keys import Sm2ReceivingKey, Sm2SigningKey
from app.packages.statement import Heading, Payload
from tests.app.packages.parcels import (
    COLUMNS,
    OURS,
    POLICY,
    READER,
    SCHEMA,
    SEAT,
    Change,
    believing,
    changed,
    contents,
    heading,
    seat_of,
    tarred,
)


def signing_key(number: int) -> Sm2SigningKey:
    """A signing key that is the same in every run."""
    secret = bytes([number]) * 32
    return Sm2SigningKey(secret=secret, public=sm2.public_of(secret))


def receiving_key(number: int) -> Sm2ReceivingKey:
    """A receiving key that is the same in every run."""
    secret = bytes([number]) * 32
    return Sm2ReceivingKey(secret=secret, public=sm2.public_of(secret))


GM_SEAT: Final = signing_key(0x11)
GM_THIEF: Final = signing_key(0x22)
GM_OURS: Final = receiving_key(0x33)
GM_OTHERS: Final = receiving_key(0x44)
GM_READER: Final = replace(READER, identities=(), unwrappers=[GM_OURS])
BOTH_READER: Final = replace(READER, identities=[OURS], unwrappers=[GM_OURS])
GM_POLICY: Final = replace(POLICY, suites=(GM_1.suite,))
BOTH_POLICY: Final = replace(POLICY, suites=(GM_1.suite, "std-1"))


def gm_seat_of(key: Signer = GM_SEAT, **changes: Any) -> SenderKey:
    """What a reader believes of an SM2 key: it is a further key of the one seat of these tests."""
    return replace(seat_of(SEAT), key=PublicKey(keyid=key.keyid, key=key.public), **changes)


def gm_believing(*known: SenderKey) -> Senders:
    """Senders of a province that takes gm-1 alone; the seat's SM2 key where none are given."""
    return believing(*(known or (gm_seat_of(),)), policy=GM_POLICY)


def gm_heading(**changes: Any) -> Heading:
    """The heading of the first package of the seat."""
    return heading(**{"suite": GM_1.suite} | changes)


def gm_sealed(
    target: Path, given: Contents | None = None, recipients: Sequence[str] = (GM_OURS.recipient,), **changes: Any
) -> seal.Sealed:
    """A package of the program's own making."""
    return seal.seal(target, gm_heading(**changes), given or contents(), recipients=list(recipients), signer=GM_SEAT)


@dataclass(frozen=True, kw_only=True)
class GmForgery:
    """A package of gm-1 made by somebody who signs well and does the rest as he likes."""

    entries: Sequence[tuple[str, bytes]] = ()
    hashed: Algorithm = Algorithm.SM3
    change_manifest: Change | None = None
    change_statement: Change | None = None
    change_ciphertext: Callable[[bytes], bytes] = bytes
    head: Heading = field(default_factory=gm_heading)
    inner: Heading | None = None
    form: Form = GM_1
    signers: Sequence[Signer] = (GM_SEAT,)
    recipients: Sequence[str] = (GM_OURS.recipient,)

    def sealed(self) -> bytes:
        """Its bytes."""
        ciphertext = io.BytesIO()
        locks = sm4.encrypt([self._plain()], ciphertext.write, self.recipients)
        file = io.BytesIO()
        container = ContainerFile(file, self.form)
        container.write(self.change_ciphertext(ciphertext.getvalue()))
        payload = Payload(
            name=self.form.payload,
            encoding=self.form.encoding,
            bytes=container.payload_bytes,
            digest=container.payload_digest,
            locks=locks,
        )
        signed = changed(statement.stated(self.head, payload), self.change_statement)
        container.finish(envelope.sign(statement.TYPE, signed, list(self.signers)))
        return file.getvalue()

    def _plain(self) -> bytes:
        resources = [self._announced(path, data) for path, data in self.entries]
        made = manifest.announced(self.inner or self.head, resources, schema=SCHEMA, change_range=None, have={})
        return tarred([(manifest.NAME, changed(made, self.change_manifest)), *self.entries])

    def _announced(self, path: str, data: bytes) -> Resource:
        kind = path.removeprefix("data/").removesuffix(".jsonl.gz")
        raw = gzip.decompress(data)
        digest = Digest(self.hashed, data).named()
        return manifest.table(kind, COLUMNS, size=len(data), digest=digest, rows=raw.count(b"\n"), raw_bytes=len(raw))


def wrapped_again(members: dict[str, Any], key: bytes, reader: Sm2ReceivingKey = GM_OURS) -> None:
    """Put another content key in the place of a statement's."""
    wrapped = base64.b64encode(sm2.wrap(reader.public, key)).decode()
    members["payload"]["locks"]["keys"] = [{"kid": reader.kid, "key": wrapped}]

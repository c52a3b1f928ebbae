"""The receiving body's service as docs/package-format.md describes it, small and obstinate: it breaks off where a test says so.

It speaks TLS with a certificate of an authority of its own, on a free port of this machine.
"""

import ipaddress
import ssl
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any, Final
from urllib.parse import parse_qs, urlsplit

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

TOKEN: Final = "only-for-tests"


@dataclass(slots=True)
class Service:
    """What the receiver holds and gives; `breaks` counts down the uploads that are cut in their middle."""

    uploads: dict[str, bytearray] = field(default_factory=dict)
    whole: dict[str, bytes] = field(default_factory=dict)
    ready: dict[str, Callable[[int], bytes | None]] = field(default_factory=dict)
    arrived: Callable[[bytes], None] = lambda _content: None
    unknown: set[str] = field(default_factory=set)  # documents of which an older program knows nothing
    answers: list[int] = field(default_factory=list)  # said instead of doing anything, in turn
    breaks: int = 0
    lies: bool = False  # says another offset than the client believes, once
    told: str = ""  # said as the offset whatever is held
    forgets_after: int = 0  # loses what it holds, like a server that starts anew, whenever it holds as many bytes
    largest: int = 0  # a larger request is too large; 0: none is
    later: str = "7"  # what it asks to wait with 429
    asked: Counter[str] = field(default_factory=Counter)
    received: int = 0
    url: str = ""
    authority: str = ""

    def give(self, what: str, number: int, content: bytes) -> None:
        """Have a document ready for whoever holds an older one."""
        self.ready[what] = lambda after: content if after < number else None


class _Handler(BaseHTTPRequestHandler):
    service: Service
    protocol_version = "HTTP/1.1"

    def do_HEAD(self) -> None:
        if self._refused():
            return
        digest = self.path.rpartition("/")[2]
        if digest in self.service.whole:
            self._answer(200, {"Upload-Offset": str(len(self.service.whole[digest]))})
        elif digest in self.service.uploads:
            self._answer(200, {"Upload-Offset": str(len(self.service.uploads[digest]))})
        else:
            self._answer(404)

    def do_PATCH(self) -> None:
        length = int(self.headers["Content-Length"])
        if self._refused(drain=length):
            return
        digest, at = self.path.rpartition("/")[2], int(self.headers["Upload-Offset"])
        held = self.service.uploads.setdefault(digest, bytearray())
        if 0 < self.service.largest < length:
            self.rfile.read(length)
            self._answer(413)
            return
        if self.service.lies:
            self.service.lies = False
            self.rfile.read(length)
            self._answer(409, {"Upload-Offset": "0"})
            held.clear()
            return
        if self.service.breaks:
            self.service.breaks -= 1
            part = self.rfile.read(length // 2)
            held += part
            self.service.received += len(part)
            self.close_connection = True
            self.connection.close()
            return
        if at != len(held):
            self.rfile.read(length)
            self._answer(409, {"Upload-Offset": str(len(held))})
            return
        held += self.rfile.read(length)
        self.service.received += length
        if 0 < self.service.forgets_after <= len(held):
            held.clear()
            self._answer(503)
            return
        if len(held) < int(self.headers["Upload-Length"]):
            self._answer(204, {"Upload-Offset": str(len(held))})
            return
        content = bytes(self.service.uploads.pop(digest))
        if sha256(content).hexdigest() != digest:
            self._answer(422)
            return
        self.service.whole[digest] = content
        self.service.arrived(content)
        self._answer(201, {"Upload-Offset": str(len(content))})

    def do_GET(self) -> None:
        if self._refused():
            return
        told = urlsplit(self.path)
        what, after = told.path.rpartition("/")[2], int(parse_qs(told.query)["after"][0])
        if what in self.service.unknown:
            self._answer(404)
            return
        ready = self.service.ready.get(what)
        content = ready(after) if ready else None
        if content is None:
            self._answer(204)
        else:
            self._answer(200, {}, content)

    def _refused(self, drain: int = 0) -> bool:
        self.service.asked[self.command] += 1
        known = self.headers.get("Authorization") == f"Bearer {TOKEN}"
        code = self.service.answers.pop(0) if self.service.answers else 0 if known else 401
        if code:
            self.rfile.read(drain)
            self._answer(code, {"Retry-After": self.service.later} if code == 429 else {})
        return bool(code)

    def _answer(self, code: int, headers: dict[str, str] | None = None, content: bytes = b"") -> None:
        self.send_response(code)
        if "Upload-Offset" in (headers or {}) and self.service.told:
            headers = {"Upload-Offset": self.service.told}
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_told: Any) -> None:
        """Nothing: a test's output is its own."""


@contextmanager
def service(folder: Path) -> Iterator[Service]:
    """A running service; its address and its authority's certificate are in what is given."""
    authority, chain = _certificates(folder)
    held = Service(authority=authority)
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (_Handler,), {"service": held}))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(chain)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    server.daemon_threads = True
    held.url = f"https://127.0.0.1:{server.server_address[1]}"
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield held
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _certificates(folder: Path) -> tuple[str, Path]:
    """An authority as PEM, and a file with the key and certificate it gave this machine."""
    now = datetime.now(UTC)
    root_key, key = (ec.generate_private_key(ec.SECP256R1()) for _each in range(2))
    root_name, name = (x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, each)]) for each in ("test authority", "127.0.0.1"))

    def certificate(subject: x509.Name, own: ec.EllipticCurvePrivateKey, *, root: bool) -> x509.Certificate:
        made = x509.CertificateBuilder(root_name, subject, own.public_key(), x509.random_serial_number())
        made = made.not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=30))
        made = made.add_extension(x509.BasicConstraints(ca=root, path_length=None), critical=True)
        ours = x509.AuthorityKeyIdentifier.from_issuer_public_key(root_key.public_key())
        made = made.add_extension(x509.SubjectKeyIdentifier.from_public_key(own.public_key()), critical=False)
        made = made.add_extension(ours, critical=False)
        if root:
            usage = dict.fromkeys(
                (
                    "content_commitment",
                    "key_encipherment",
                    "data_encipherment",
                    "key_agreement",
                    "encipher_only",
                    "decipher_only",
                ),
                False,
            )
            signs = x509.KeyUsage(digital_signature=True, key_cert_sign=True, crl_sign=True, **usage)
            made = made.add_extension(signs, critical=True)
        else:
            place = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])
            made = made.add_extension(place, critical=False)
        return made.sign(root_key, hashes.SHA256())

    pem = serialization.Encoding.PEM
    own = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    folder.mkdir(parents=True, exist_ok=True)
    chain = folder / "service.pem"
    chain.write_bytes(own + certificate(name, key, root=False).public_bytes(pem))
    return certificate(root_name, root_key, root=True).public_bytes(pem).decode(), chain

"""The receiving body's service over HTTPS: files uploaded piece by piece from wherever they stopped, documents fetched.

Packages and receipts prove themselves, so the network is trusted with nothing: TLS hides who talks to whom, and the token only
keeps strangers from filling the receiver's disk. The requests are those of docs/package-format.md, "Over a network".
"""

import random
import ssl
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final, Self, TypeVar
from urllib.parse import urlsplit

import httpx

from app.errors import AppError, Refused, Unavailable
from app.files import disk_told

PIECE: Final = 4 << 20
"""Bytes that go in one request: what is lost where a line breaks."""

TRIES: Final = 6
"""How often something is asked before it counts as failed."""

_FIRST_WAIT, _LONGEST_WAIT = 1.0, 60.0  # seconds
_PATIENCE: Final = httpx.Timeout(30.0, connect=10.0)
_BUSY: Final = frozenset({408, 429, 500, 502, 503, 504})
_OFFSET, _LENGTH = "Upload-Offset", "Upload-Length"

Tell = Callable[[int], object]
Got = TypeVar("Got")


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """Where the receiver is and the way there; empty is none. `authority` is the PEM of a certificate authority of its own."""

    url: str
    token: str = ""
    proxy: str = ""
    authority: str = ""

    @property
    def host(self) -> str:
        """The name a person knows it by."""
        return urlsplit(self.url).hostname or ""


def check_address(address: Address) -> None:
    """Raise `Refused("address_malformed" | "proxy_malformed" | "authority_malformed")` where it cannot be used."""
    if not _is_url(address.url, {"https"}):
        raise Refused("address_malformed", url=address.url)
    if address.proxy and not _is_url(address.proxy, {"http", "https"}):
        raise Refused("proxy_malformed", url=address.proxy)
    _trusting(address)


class Courier:
    """One session with the receiver. `pause` waits; a test need not."""

    def __init__(self, address: Address, *, pause: Callable[[float], None] = time.sleep) -> None:
        check_address(address)
        self._address: Final = address
        self._pause: Final = pause
        self._client: Final = httpx.Client(
            base_url=address.url.rstrip("/") + "/v1/",
            headers={"Authorization": f"Bearer {address.token}"} if address.token else {},
            proxy=address.proxy or None,
            verify=_trusting(address),
            timeout=_PATIENCE,
            trust_env=False,  # the proxy is a setting, not what a shell happens to say
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_raised: object) -> None:
        self._client.close()

    def upload(self, path: Path, sha256: str, tell: Tell) -> None:
        """The file's bytes are whole at the receiver; `tell` hears how many more are, and may stop it by raising.

        What arrived before is not sent again. Raises `Unavailable("network_unreachable" | "network_failed" |
        "certificate_untrusted")`, `Refused("token_refused" | "upload_refused")`.
        """
        with disk_told(path), path.open("rb") as file:
            size = path.stat().st_size
            arrived = self._arrived(sha256)
            tell(arrived)
            tries = 0
            while arrived < size:
                before = arrived
                arrived = self._send_piece(file, sha256, arrived, size)
                tell(max(0, arrived - before))
                tries = 0 if arrived > before else tries + 1
                if tries >= TRIES:  # a receiver that takes nothing and says nothing of it
                    raise Unavailable("network_failed", host=self._address.host, status=0)

    def fetch(self, path: str, told: Mapping[str, int | str], target: BinaryIO, tell: Tell) -> bool:
        """Write what the receiver has under `path` into `target`; False where it has nothing. Raises as `upload` does."""

        def once() -> bool:
            target.seek(0)
            target.truncate()
            with self._client.stream("GET", path, params=dict(told)) as answer:
                self._check(answer)
                if answer.status_code == httpx.codes.NO_CONTENT:
                    return False
                for piece in answer.iter_bytes(1 << 16):
                    target.write(piece)
                    tell(0)
            return True

        return self._tried(once, tell)

    def _arrived(self, sha256: str) -> int:
        """How many bytes of a file the receiver holds."""

        def once() -> int:
            answer = self._client.head(f"uploads/{sha256}")
            if answer.status_code == httpx.codes.NOT_FOUND:
                return 0
            self._check(answer)
            return _number(answer, _OFFSET)

        return self._tried(once, lambda _bytes: None)

    def _send_piece(self, file: BinaryIO, sha256: str, at: int, size: int) -> int:
        """Send the piece at `at`; returns how many bytes the receiver holds then, whatever went wrong meanwhile."""
        file.seek(at)
        piece = file.read(PIECE)
        headers = {_OFFSET: str(at), _LENGTH: str(size), "Content-Type": "application/octet-stream"}
        try:
            answer = self._client.patch(f"uploads/{sha256}", content=piece, headers=headers)
        except httpx.TransportError as error:
            if _untrusted(error):
                raise self._unreachable(error) from error
            return self._arrived(sha256)
        if answer.status_code == httpx.codes.CONFLICT:
            return _number(answer, _OFFSET)
        if answer.status_code in _BUSY:
            self._wait(0, answer)
            return self._arrived(sha256)
        self._check(answer)
        return at + len(piece)

    def _tried(self, once: Callable[[], Got], tell: Tell) -> Got:
        """The answer to a question that may be asked again, after waits that grow."""
        for tried in range(TRIES):
            if tried:
                self._wait(tried - 1)
            tell(0)
            try:
                return once()
            except httpx.TransportError as error:
                failed: AppError = self._unreachable(error)
                if failed.code == "certificate_untrusted":
                    raise failed from error
            except Unavailable as error:
                if error.code != "network_failed":
                    raise
                failed = error
        raise failed

    def _check(self, answer: httpx.Response) -> None:
        """Raise what an answer says went wrong."""
        if answer.status_code in {httpx.codes.UNAUTHORIZED, httpx.codes.FORBIDDEN}:
            raise Refused("token_refused", host=self._address.host)
        if answer.status_code in _BUSY or answer.is_server_error:
            raise Unavailable("network_failed", host=self._address.host, status=answer.status_code)
        if answer.is_error or answer.is_redirect:
            raise Refused("upload_refused", host=self._address.host, status=answer.status_code)

    def _wait(self, tried: int, answer: httpx.Response | None = None) -> None:
        told = answer.headers.get("Retry-After", "") if answer is not None else ""
        wait = float(told) if told.isdecimal() else _FIRST_WAIT * 2**tried * (1 + random.random() / 2)
        self._pause(min(wait, _LONGEST_WAIT))

    def _unreachable(self, error: httpx.TransportError) -> AppError:
        if _untrusted(error):
            return Unavailable("certificate_untrusted", host=self._address.host)
        return Unavailable("network_unreachable", host=self._address.host, why=type(error).__name__)


def _trusting(address: Address) -> ssl.SSLContext:
    """Whom to believe: the computer's authorities, and the one that was named."""
    context = ssl.create_default_context()
    if address.authority:
        try:
            context.load_verify_locations(cadata=address.authority)
        except (ssl.SSLError, ValueError) as error:
            raise Refused("authority_malformed") from error
    return context


def _is_url(text: str, schemes: set[str]) -> bool:
    try:
        told = urlsplit(text)
        return told.scheme in schemes and bool(told.hostname) and (told.port is None or told.port > 0) and not told.query
    except ValueError:
        return False


def _untrusted(error: BaseException | None) -> bool:
    """Whether a certificate was the reason, somewhere down the line."""
    while error is not None:
        if isinstance(error, ssl.SSLCertVerificationError) or "CERTIFICATE_VERIFY_FAILED" in str(error):
            return True
        error = error.__cause__ or error.__context__
    return False


def _number(answer: httpx.Response, name: str) -> int:
    told = answer.headers.get(name, "")
    if not told.isdecimal():
        raise Refused("upload_refused", host=answer.url.host, status=answer.status_code)
    return int(told)

"""The receiving body's service over HTTPS: files uploaded piece by piece from wherever they stopped, documents fetched.

Packages and receipts prove themselves, so the network is trusted with nothing: TLS hides who talks to whom, and the token only
keeps strangers from filling the receiver's disk. The requests are those of docs/package-format.md, "Over a network".
"""

import random
import ssl
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import BinaryIO, Final, Self, TypeVar
from urllib.parse import urlsplit

import httpx

from app.errors import AppError, Refused, Unavailable
from app.files import disk_told

PIECE: Final = 4 << 20
"""Bytes that go in one request: what is lost where a line breaks."""

_LEAST_PIECE: Final = 16 << 10

TRIES: Final = 6
"""How often something is asked before it counts as failed."""

_FIRST_WAIT, _LONGEST_WAIT = 1.0, 60.0  # seconds
_BREATH: Final = 0.25  # seconds
_PATIENCE: Final = httpx.Timeout(30.0, connect=10.0)
_BUSY: Final = frozenset({408, 429, 500, 502, 503, 504})
_OFFSET, _LENGTH = "Upload-Offset", "Upload-Length"

_LONGEST_NUMBER: Final = 20  # digits

Tell = Callable[[int], object]
Pause = Callable[[float, Tell], None]
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


def patient(seconds: float, tell: Tell) -> None:
    """Wait in short breaths, so that whoever is told may stop it."""
    while seconds > 0:
        tell(0)
        time.sleep(min(seconds, _BREATH))
        seconds -= _BREATH


class Courier:
    """One session with the receiver. `pause` waits and tells meanwhile; a test need not."""

    def __init__(self, address: Address, *, pause: Pause = patient) -> None:
        check_address(address)
        self._address: Final = address
        self._piece = PIECE
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
        """The file's bytes are whole at the receiver; `tell` hears how many more are, and may stop it by raising, also in a wait.

        What arrived before is not sent again; a receiver that goes on losing what it had is given up. Raises
        `Unavailable("network_unreachable" | "network_failed" | "certificate_untrusted")`,
        `Refused("token_refused" | "upload_refused")`.
        """
        with disk_told(path), path.open("rb") as file:
            size = path.stat().st_size
            arrived = furthest = self._arrived(sha256, size, tell)
            tell(arrived)
            hitches = 0
            while arrived < size:
                try:
                    arrived = self._send_piece(file, sha256, arrived, size)
                except _Hitch as hitch:
                    hitches += 1
                    if hitches >= TRIES:
                        raise hitch.error from hitch
                    self._wait(hitches - 1, hitch.wait, tell)
                    arrived = self._arrived(sha256, size, tell)
                if arrived > furthest:
                    tell(arrived - furthest)
                    furthest, hitches = arrived, 0

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

    def _arrived(self, sha256: str, size: int, tell: Tell) -> int:
        """How many bytes of a file the receiver holds."""

        def once() -> int:
            answer = self._client.head(f"uploads/{sha256}")
            if answer.status_code == httpx.codes.NOT_FOUND:
                return 0
            self._check(answer)
            return self._offset(answer, size)

        return self._tried(once, tell)

    def _send_piece(self, file: BinaryIO, sha256: str, at: int, size: int) -> int:
        """Send the piece at `at`; returns how many bytes the receiver holds then. Raises `_Hitch` where it must be asked."""
        file.seek(at)
        piece = file.read(self._piece)
        headers = {_OFFSET: str(at), _LENGTH: str(size), "Content-Type": "application/octet-stream"}
        with self._hitches():
            answer = self._client.patch(f"uploads/{sha256}", content=piece, headers=headers)
            if answer.status_code == httpx.codes.CONFLICT and self._offset(answer, size) <= at:
                raise _Hitch(self._failed(answer))  # it holds less than it said, or what was refused
            if answer.status_code == httpx.codes.CONFLICT:
                return self._offset(answer, size)
            if answer.status_code == httpx.codes.REQUEST_ENTITY_TOO_LARGE and self._piece > _LEAST_PIECE:
                self._piece = max(self._piece // 2, _LEAST_PIECE)  # a front server that lets no large request through
                return at
            self._check(answer)
        return at + len(piece)

    def _tried(self, once: Callable[[], Got], tell: Tell) -> Got:
        """The answer to a question that may be asked again, after waits that grow."""
        tried = 0
        while True:
            tell(0)
            try:
                with self._hitches():
                    return once()
            except _Hitch as hitch:
                tried += 1
                if tried == TRIES:
                    raise hitch.error from hitch
                self._wait(tried - 1, hitch.wait, tell)

    @contextmanager
    def _hitches(self) -> Iterator[None]:
        """Turn what a line does into something to be tried again, but for a certificate, which no waiting mends."""
        try:
            yield
        except httpx.RequestError as error:
            if _untrusted(error):
                raise Unavailable("certificate_untrusted", host=self._address.host) from error
            why = type(error).__name__
            raise _Hitch(Unavailable("network_unreachable", host=self._address.host, why=why)) from error

    def _check(self, answer: httpx.Response) -> None:
        """Raise what an answer says went wrong."""
        if answer.status_code in {httpx.codes.UNAUTHORIZED, httpx.codes.FORBIDDEN}:
            raise Refused("token_refused", host=self._address.host)
        if answer.status_code in _BUSY or answer.is_server_error:
            raise _Hitch(self._failed(answer), _wait_told(answer))
        if answer.is_error or answer.is_redirect:
            raise self._refused(answer)

    def _offset(self, answer: httpx.Response, size: int) -> int:
        """What an answer says the receiver holds of a file of `size` bytes; one that cannot be is no receiver's word."""
        told = answer.headers.get(_OFFSET, "")
        if not (told.isdecimal() and len(told) <= _LONGEST_NUMBER and int(told) <= size):
            raise self._refused(answer)
        return int(told)

    def _failed(self, answer: httpx.Response) -> Unavailable:
        return Unavailable("network_failed", host=self._address.host, status=answer.status_code)

    def _refused(self, answer: httpx.Response) -> Refused:
        return Refused("upload_refused", host=self._address.host, status=answer.status_code)

    def _wait(self, tried: int, told: float | None, tell: Tell) -> None:
        wait = _FIRST_WAIT * 2**tried * (1 + random.random() / 2) if told is None else told
        self._pause(min(wait, _LONGEST_WAIT), tell)


class _Hitch(Exception):
    """Something that may go better the next time: what to say where it never does, and the seconds asked for, if any."""

    def __init__(self, error: AppError, wait: float | None = None) -> None:
        super().__init__(error.code)
        self.error: Final = error
        self.wait: Final = wait


def _wait_told(answer: httpx.Response) -> float | None:
    """The seconds that an answer asks to wait: a number, or a time measured by the receiver's own clock."""
    told = answer.headers.get("Retry-After", "")
    if told.isdecimal():
        return float(told)
    try:
        return max(0.0, (parsedate_to_datetime(told) - parsedate_to_datetime(answer.headers["Date"])).total_seconds())
    except (KeyError, ValueError, TypeError):
        return None


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

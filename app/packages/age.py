"""Encryption of content: age v1 to X25519 recipients, as streams. The cipher is the library's; the caps before it are ours."""

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from threading import Thread
from typing import BinaryIO, Final

import pyrage  # type: ignore[import-untyped]  # ships no types

from app.packages.faults import PackageFault
from app.packages.pipe import PIECE, Abandoned, Pipe

LARGEST_HEADER: Final = 16 * 1024
MOST_STANZAS: Final = 64

_BASE64: Final = rb"[A-Za-z0-9+/]"
_HEADER: Final = re.compile(
    rb"age-encryption\.org/v1\n"
    rb"(?P<stanzas>(?:-> [!-~]+(?: [!-~]+)*\n(?:" + _BASE64 + rb"{64}\n)*+" + _BASE64 + rb"{0,63}\n)++)"
    rb"--- " + _BASE64 + rb"{43}\n"
)
_STANZA: Final = re.compile(rb"^-> ([!-~]+)", re.MULTILINE)
_NO_KEY: Final = "No matching keys found"


def check_header(start: bytes) -> None:
    """`start`, the first `LARGEST_HEADER` bytes of a file, holds a whole header that is cheap to try.

    At most 64 stanzas, for X25519 recipients only, but for the decoys named `…-grease` that the specification invites
    programs to add. Raises `PackageFault("E_DECRYPT", reason)`.
    """
    header = _HEADER.match(start)
    if header is None:
        raise PackageFault("E_DECRYPT", reason="header")
    names = _STANZA.findall(header["stanzas"])
    if len(names) > MOST_STANZAS or {name for name in names if not name.endswith(b"-grease")} != {b"X25519"}:
        raise PackageFault("E_DECRYPT", reason="stanzas")


def encrypt(pieces: Iterable[bytes], write: Callable[[bytes], int], recipients: Sequence[str]) -> None:
    """Encrypt `pieces` for `recipients` (`age1…`), handing the ciphertext to `write` as it comes.

    Whatever `pieces` or `write` raises comes out as it is. Raises `PackageFault("E_NO_KEY", recipient)` for what is no
    recipient.
    """
    known = [_recipient(each) for each in recipients]
    source, sink = _Source(pieces), _Sink(write)
    try:
        pyrage.encrypt_io(source, sink, known)
    except pyrage.EncryptError:
        # The library wraps an error of ours into its own and loses its kind.
        raise source.failure or sink.failure or PackageFault("E_NO_KEY", recipient="") from None
    if sink.failure:
        # And at the last chunk it says nothing at all: a full disk would pass for success.
        raise sink.failure


@contextmanager
def decrypting(file: BinaryIO, size: int, identities: Sequence[str]) -> Iterator["Plaintext"]:
    """The plaintext of the next `size` bytes of `file`, decrypted by a thread of its own while it is read.

    `identities` are secret keys (`AGE-SECRET-KEY-1…`). Reading raises `PackageFault` with E_DECRYPT, or E_NO_KEY where none
    of the keys fits; an `OSError` of the disk comes out as it is.
    """
    start = file.read(min(LARGEST_HEADER, size))
    check_header(start)
    ciphertext = _Ciphertext(file, start, size)
    pipe = Pipe()
    worker = Thread(target=_decrypt, args=(ciphertext, pipe, [_identity(each) for each in identities]), daemon=True)
    worker.start()
    try:
        yield Plaintext(pipe, ciphertext)
    finally:
        pipe.abandon()
        worker.join()


class Plaintext:
    """Plaintext as it comes, and the digest of the ciphertext it came from."""

    def __init__(self, pipe: Pipe, ciphertext: "_Ciphertext") -> None:
        self._pipe = pipe
        self._ciphertext = ciphertext

    def read(self) -> bytes:
        """The next piece, of some 256 KiB; empty once everything was authentic to the last byte."""
        return self._pipe.read()

    def digest(self) -> str:
        """The digest of the ciphertext; complete once `read` has come to the end."""
        return "sha256:" + self._ciphertext.hash.hexdigest()


def _recipient(text: str) -> object:
    try:
        return pyrage.x25519.Recipient.from_str(text)
    except pyrage.RecipientError:
        raise PackageFault("E_NO_KEY", recipient=text[:80]) from None


def _identity(text: str) -> object:
    try:
        return pyrage.x25519.Identity.from_str(text)
    except pyrage.IdentityError:
        raise PackageFault("E_NO_KEY", recipient="") from None


def _decrypt(ciphertext: "_Ciphertext", pipe: Pipe, identities: Sequence[object]) -> None:
    try:
        pyrage.decrypt_io(ciphertext, pipe, identities)
    except Abandoned:
        pipe.end()
    except pyrage.DecryptError as error:
        pipe.end(PackageFault("E_NO_KEY", recipient="") if str(error) == _NO_KEY else PackageFault("E_DECRYPT", reason="header"))
    except OSError as error:
        # A chunk that is not authentic, or missing, is reported as an error of the system without a number.
        pipe.end(PackageFault("E_DECRYPT", reason="content") if error.errno is None else error)
    except Exception as error:
        pipe.end(error)
    except BaseException:
        # The library's way to report a fault of its own; a package must not be able to end the process with it.
        pipe.end(PackageFault("E_DECRYPT", reason="library"))
    else:
        pipe.end()


class _Source:
    """An iterable of bytes as the file the library reads."""

    def __init__(self, pieces: Iterable[bytes]) -> None:
        self._pieces = iter(pieces)
        self._piece = b""
        self._at = 0
        self.failure: BaseException | None = None

    def read(self, size: int) -> bytes:
        try:
            while self._at >= len(self._piece):
                self._piece, self._at = next(self._pieces), 0
        except StopIteration:
            return b""
        except BaseException as failure:
            self.failure = failure
            raise
        begin, self._at = self._at, self._at + size
        return self._piece[begin : self._at]


class _Sink:
    """A function as the file the library writes."""

    def __init__(self, write: Callable[[bytes], int]) -> None:
        self._write = write
        self.failure: BaseException | None = None

    def write(self, data: bytes) -> int:
        try:
            return self._write(data)
        except BaseException as failure:
            self.failure = failure
            raise

    def flush(self) -> None:
        pass


class _Ciphertext:
    """A span of a file as the file the library reads; hashed in large pieces, since it asks for small ones."""

    def __init__(self, file: BinaryIO, start: bytes, size: int) -> None:
        self._file = file
        self._piece = start
        self._at = 0
        self._left = size - len(start)
        self.hash = hashlib.sha256(start)

    def read(self, size: int) -> bytes:
        if self._at >= len(self._piece):
            self._piece, self._at = self._file.read(min(PIECE, self._left)), 0
            self._left -= len(self._piece)
            self.hash.update(self._piece)
        begin, self._at = self._at, self._at + size
        return self._piece[begin : self._at]

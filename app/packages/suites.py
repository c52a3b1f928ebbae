"""The suites that packages are sealed and opened by. Which of them are taken the trust list says, never the package."""

from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import BinaryIO, Final, Protocol

from app.packages import age, sm4
from app.packages.faults import PackageFault
from app.packages.forms import GM_1, STD_1, Form
from app.packages.sm4 import Unwrapper
from app.packages.statement import Locks, Payload


@dataclass(frozen=True, slots=True, kw_only=True)
class Openers:
    """Whatever a reader can open packages with: age identities (`AGE-SECRET-KEY-1…`) for std-1, unwrappers for gm-1."""

    identities: Sequence[str] = ()
    unwrappers: Sequence[Unwrapper] = ()


class Plaintext(Protocol):
    """Plaintext as it comes."""

    def read(self) -> bytes:
        """The next piece; empty at the end."""

    def digest(self) -> str:
        """The digest of the ciphertext by the suite's algorithm; complete once `read` has come to the end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Suite:
    """How the content of a suite's packages is sealed and opened.

    `encrypt` takes the plaintext in pieces, a function that takes the ciphertext, and recipients as trust lists write them; it
    returns what the statement must say. `decrypting` gives the plaintext of a payload at whose first byte a file stands.
    """

    form: Form
    encrypt: Callable[[Iterable[bytes], Callable[[bytes], int], Sequence[str]], Locks | None]
    decrypting: Callable[[BinaryIO, Payload, Openers], AbstractContextManager[Plaintext]]


def suite_named(name: str) -> Suite:
    """The suite of that name; raises `PackageFault("E_SUITE", suite)`."""
    found = _SUITES.get(name)
    if found is None:
        raise PackageFault("E_SUITE", suite=name[:40])
    return found


def _opened_std(file: BinaryIO, payload: Payload, openers: Openers) -> AbstractContextManager[Plaintext]:
    return age.decrypting(file, payload.bytes, openers.identities)


def _opened_gm(file: BinaryIO, payload: Payload, openers: Openers) -> AbstractContextManager[Plaintext]:
    if payload.locks is None:
        raise PackageFault("E_ENVELOPE", member="payload.locks", reason="value")
    return sm4.decrypting(file, payload.bytes, payload.locks, openers.unwrappers)


_SUITES: Final = {
    each.form.suite: each
    for each in (
        Suite(form=STD_1, encrypt=age.encrypt, decrypting=_opened_std),
        Suite(form=GM_1, encrypt=sm4.encrypt, decrypting=_opened_gm),
    )
}

"""The keyring of the desktop: Windows Credential Manager, macOS Keychain, Secret Service, KWallet, and no other.

The library's own choice is not used: it reads an environment variable and a configuration file, takes any installed
plug-in, and would settle for one that writes plain text or stores nothing (package format 7.3).
"""

import importlib
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any, Final, Protocol, TypeVar

from app.errors import AppError, Unavailable

Result = TypeVar("Result")


class Backend(Protocol):
    """What a keyring can do; the library's backend classes fit."""

    def get_password(self, service: str, username: str) -> str | None: ...

    def set_password(self, service: str, username: str, password: str) -> None: ...

    def delete_password(self, service: str, username: str) -> None: ...


BackendClass = Callable[[], Backend]

_ACCEPTED: Final[dict[str, tuple[tuple[str, str], ...]]] = {
    "win32": (("keyring.backends.Windows", "WinVaultKeyring"),),
    "darwin": (("keyring.backends.macOS", "Keyring"),),
    "linux": (
        ("keyring.backends.SecretService", "Keyring"),
        ("keyring.backends.kwallet", "DBusKeyring"),
        ("keyring.backends.libsecret", "Keyring"),
    ),
}


def accepted_backends(platform: str = sys.platform) -> tuple[BackendClass, ...]:
    """The accepted keyrings that answer on this desktop, the best first; none on a headless machine."""
    classes = [_imported(module, name) for module, name in _ACCEPTED.get(platform, ())]
    working = [each for each in classes if each is not None and each.viable]
    return tuple(sorted(working, key=lambda each: float(each.priority), reverse=True))


class DesktopKeyring:
    """Small texts kept by the desktop for this user, looked up by service and account.

    `backends` are the classes allowed; where none are given, those of `accepted_backends`. Every method raises
    `Unavailable` with `keyring_missing`, `keyring_locked(backend)` or `keyring_failed(backend, reason)`.
    """

    def __init__(self, backends: Sequence[BackendClass] | None = None) -> None:
        self._allowed = backends

    def keep(self, service: str, account: str, text: str) -> None:
        """The keyring holds `text`, read back and compared.

        Also raises `Unavailable("keyring_forgetful", backend)` where a keyring takes a text and does not give it back.
        """
        backend = self._backends()[0]
        _ask(backend, lambda: backend.set_password(service, account, text))
        if _held(backend, service, account) != text:
            raise Unavailable("keyring_forgetful", backend=_name(backend))

    def recall(self, service: str, account: str) -> str | None:
        """The text kept under that name, or None; asks every keyring of the desktop, as the best one may have changed."""
        faults: list[AppError] = []
        for backend in self._backends():
            try:
                text = _held(backend, service, account)
            except AppError as fault:
                faults.append(fault)
                continue
            if text is not None:
                return text
        if faults:
            raise faults[0]
        return None

    def forget(self, service: str, account: str) -> None:
        """The text is gone where the keyring could be asked; a keyring that is away or never held it is no fault."""
        with suppress(AppError):
            for backend in self._backends():
                with suppress(AppError):
                    _drop(backend, service, account)

    def _backends(self) -> list[Backend]:
        classes = accepted_backends() if self._allowed is None else self._allowed
        if not classes:
            raise Unavailable("keyring_missing")
        return [each() for each in classes]


def _imported(module: str, name: str) -> Any:
    try:
        return getattr(importlib.import_module(module), name)
    except ImportError:
        return None


def _held(backend: Backend, service: str, account: str) -> str | None:
    return _ask(backend, lambda: backend.get_password(service, account))


def _drop(backend: Backend, service: str, account: str) -> None:
    _ask(backend, lambda: backend.delete_password(service, account))


def _ask(backend: Backend, question: Callable[[], Result]) -> Result:
    from keyring.errors import InitError, KeyringLocked, NoKeyringError

    try:
        return question()
    except NoKeyringError as error:
        raise Unavailable("keyring_missing") from error
    except (KeyringLocked, InitError) as error:
        raise Unavailable("keyring_locked", backend=_name(backend)) from error
    except Exception as error:  # D-Bus, win32 and Keychain each bring errors of their own, with no common class
        raise Unavailable("keyring_failed", backend=_name(backend), reason=type(error).__name__) from error


def _name(backend: Backend) -> str:
    return f"{type(backend).__module__}.{type(backend).__qualname__}"

"""Keyrings of the test process: one that remembers, and those of a person's bad days."""

from typing import ClassVar

from keyring.errors import InitError, KeyringLocked, NoKeyringError, PasswordDeleteError

from app.keys.desktop_keyring import BackendClass


class MemoryKeyring:
    """Remembers for as long as its class lives; `fresh_keyring` makes a class of its own for each test."""

    held: ClassVar[dict[tuple[str, str], str]] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.held.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.held[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        if self.held.pop((service, username), None) is None:
            raise PasswordDeleteError("not there")


def fresh_keyring() -> type[MemoryKeyring]:
    """A keyring class with nothing in it."""
    return type("FreshKeyring", (MemoryKeyring,), {"held": {}})


def failing_keyring(error: Exception) -> BackendClass:
    """A keyring class that answers every question with `error`."""

    class FailingKeyring(MemoryKeyring):
        def get_password(self, service: str, username: str) -> str | None:
            raise error

        def set_password(self, service: str, username: str, password: str) -> None:
            raise error

        def delete_password(self, service: str, username: str) -> None:
            raise error

    return FailingKeyring


BAD_DAYS = (
    (NoKeyringError("none"), "keyring_missing"),
    (KeyringLocked("locked"), "keyring_locked"),
    (InitError("prompt dismissed"), "keyring_locked"),
    (RuntimeError("the bus is gone"), "keyring_failed"),
)
"""What a library's keyring raises, and the code it becomes."""

"""A new pair of an age identity and its recipient."""

from pyrage import x25519  # type: ignore[import-untyped]  # ships no types


def make_receiving_key() -> tuple[str, str]:
    """A new age X25519 identity (`AGE-SECRET-KEY-1…`) and the recipient (`age1…`) that others encrypt to."""
    identity = x25519.Identity.generate()
    return str(identity), str(identity.to_public())

"""A deputy's key opens by its PIN alone."""

import pytest

from app.errors import Refused
from app.keys.deputy_key import unwrapped, wrapped
from app.keys.identities import ReceivingKey
from app.packages.receiving_key import make_receiving_key


def test_a_wrapped_key_opens_by_its_pin_alone() -> None:
    secret, recipient = make_receiving_key()
    kept = wrapped(ReceivingKey(secret=secret, recipient=recipient), "135790")
    assert unwrapped(kept, "135790").secret == secret
    assert secret not in str(kept)
    for told in (kept, {**kept, "recipient": make_receiving_key()[1]}):
        with pytest.raises(Refused) as caught:
            unwrapped(told, "135791" if told is kept else "135790")
        assert caught.value.code == "seal_pin_wrong"

"""PINs: the right one is known again, nothing else is, and two the same are kept differently."""

from hypothesis import given, settings
from hypothesis import strategies as st

from app.keys.pin import is_pin, kept_pin


def test_a_pin_is_known_again_and_no_other_is() -> None:
    kept = kept_pin("2580")
    assert (is_pin(kept, "2580"), is_pin(kept, "2581"), is_pin(kept, "")) == (True, False, False)
    assert "2580" not in str(kept)
    assert kept_pin("2580")["pin"] != kept["pin"]


@settings(max_examples=5, deadline=None)
@given(st.text(min_size=1, max_size=12))
def test_whatever_can_be_typed_is_a_password(text: str) -> None:
    assert is_pin(kept_pin(text), text)

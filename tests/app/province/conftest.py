"""What most tests of the body begin with."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.app.province.seats import Seat, enrolled_seat


@pytest.fixture
def seat(tmp_path: Path) -> Iterator[Seat]:
    """The only seat that a new body has enrolled."""
    with enrolled_seat(tmp_path) as made:
        yield made

"""Who may sign on which day."""

from datetime import date

import pytest

from app.domain.people import Deputy, DeputyStatus, Entry, ended, holds_mandate
from tests.app.domain.invented import deputy

MAY = date(2026, 5, 1)


@pytest.mark.parametrize(
    ("who", "expected"),
    [
        (deputy(), True),  # nothing said: nobody is kept from signing by an empty field
        (deputy(status=DeputyStatus.ACTIVE), True),
        (deputy(status="suspended"), True),  # a word of a newer program is a person's to judge
        (deputy(status=DeputyStatus.ENDED), False),
        (deputy(status=DeputyStatus.ENDED, ended_on=date(2026, 5, 2)), True),
        (deputy(ended_on=date(2026, 5, 1)), False),
        (deputy(entry=Entry.BY_ELECTION, elected_on=date(2026, 5, 2)), False),
        (deputy(entry=Entry.BY_ELECTION, elected_on=date(2026, 5, 1)), True),
    ],
)
def test_who_holds_the_mandate(who: Deputy, expected: bool) -> None:
    assert holds_mandate(who, MAY) is expected


def test_those_who_ended_are_named() -> None:
    gone = deputy(2, status=DeputyStatus.ENDED)
    assert ended([deputy(1), gone, deputy(3)], MAY) == (gone,)

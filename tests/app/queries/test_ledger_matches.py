"""What stands already of what a ledger tells: only the visits of its days at its places."""

from datetime import date, timedelta
from random import Random

import pytest

from app.domain.visit import Visit, VisitKind
from app.queries import ledger_matches
from app.queries.ledger_matches import visits_at
from app.workspace import Workspace
from tests.builders import remove, save

FIRST = date(2026, 3, 1)
PLACES = ("", "东村", "西村")


@pytest.mark.parametrize("seed", range(3))
def test_the_visits_of_some_days_at_some_places_come_in_the_order_of_entry(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    monkeypatch.setattr(ledger_matches, "AT_ONCE", 4)
    chance = Random(seed)
    visits = [
        Visit(
            id=workspace.clock.new_id(),
            visit_kind=VisitKind.OUTREACH,
            on=FIRST + timedelta(days=chance.randrange(4)) if chance.random() > 0.1 else None,
            place=chance.choice(PLACES),
        )
        for _ in range(40)
    ]
    save(workspace, *visits)
    gone = {each.id for each in chance.sample(visits, 5)}
    remove(workspace, *gone)
    asked = {(FIRST + timedelta(days=chance.randrange(4)), chance.choice(PLACES)) for _ in range(5)}
    found = [each.id for each in visits_at(workspace, asked)]
    assert found == [each.id for each in visits if (each.on, each.place) in asked and each.id not in gone]


def test_a_ledger_without_days_asks_for_none(workspace: Workspace) -> None:
    save(workspace, Visit(id=workspace.clock.new_id(), visit_kind=VisitKind.OUTREACH, on=FIRST))
    assert list(visits_at(workspace, set())) == []

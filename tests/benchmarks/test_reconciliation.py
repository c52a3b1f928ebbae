"""The page of reconciliation over 100,000 records: all it shows, every list behind a figure, its last page too, its statement.

Some went with a number that was received, some with one without a receipt for weeks, some with none; some were given back.
"""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest

from app.clock import Clock
from app.domain.issue import Issue
from app.domain.papers import ALWAYS
from app.province import receiver
from app.province.intake import Intake
from app.province.receipts import write_receipts
from app.queries.exchange_statement import exchange_statement
from app.queries.reconciliation import LATE, standing, standing_records
from app.queries.relations import found
from app.storage.outbox import NEVER_SENT, RECEIVED, RETURNED, SENT
from app.storage.tables import CurrentRow
from app.use_cases.arrivals import receive
from app.use_cases.handing_in import export
from app.workspace import Workspace, opened
from tests.benchmarks.conftest import Measured
from tests.benchmarks.figures import taken_in_turn, tell
from tests.builders import save
from ui.pages.exchange.overview import seen

WANTED = 0.1  # seconds
JUMP = 0.2
"""Into the middle of 100,000 rows, as far from either end as one can be: what lies before a page is walked over."""
PAGE = 100
_LATER = timedelta(days=20)


@pytest.fixture
def handed_in(measured: Measured, tmp_path: Path) -> Iterator[Workspace]:
    """The station after three hand-ins: one received, one that nobody answered, and changes since."""
    home, body = (Path(shutil.copytree(each, tmp_path / each.name)) for each in (measured.station, measured.body))
    clock = Clock()
    later = Clock(now=lambda: clock.now() + _LATER)
    with opened(home, measured.way, write=True) as workspace:
        paths = export(workspace, tmp_path / "stick").paths
        with receiver.opened(body, measured.way, write=True) as held:
            for path in paths:
                assert Intake(held).take(path).verdict == "accepted"
            for file in write_receipts(held, "430181001-001", tmp_path / "back").files:
                receive(workspace, file)
        with workspace.reading() as connection:
            issues = found(connection, Issue, CurrentRow.no % 4 == 0)
        save(workspace, *(replace(each, remarks="改过") for each in issues[:3_000]))
        export(workspace, tmp_path / "lost")
    with opened(home, measured.way, write=True, clock=later) as workspace:
        save(workspace, *(replace(each, remarks="改过") for each in issues[3_000:4_000]))
        yield workspace


def test_the_page_and_what_is_behind_its_figures(handed_in: Workspace) -> None:
    records = standing(handed_in, contact=False).records
    assert records[RECEIVED] >= 100_000
    assert min(records[SENT], records[NEVER_SENT]) > 0
    asked: dict[str, Callable[[], object]] = {"the page": partial(seen, handed_in)}
    for where in (NEVER_SENT, SENT, RECEIVED, RETURNED, LATE):
        behind = partial(standing_records, handed_in, where, contact=False, limit=PAGE)
        asked[f"{where}, first rows"] = partial(behind, offset=0)
        if (many := records.get(where, 0)) > PAGE:
            asked[f"{where}, last rows of {many}"] = partial(behind, offset=many - PAGE)
    row = partial(standing_records, handed_in, RECEIVED, contact=False, limit=PAGE, offset=50_000)
    asked["the statement"] = partial(exchange_statement, handed_in, ALWAYS, contact=False)
    *figures, jump = taken_in_turn(*asked.items(), ("received, row 50,000", row))
    tell(*(each.told() for each in sorted((*figures, jump), key=lambda each: -each.median)))
    slow = [each.name for each in figures if each.median >= WANTED]
    assert jump.median < JUMP
    assert not slow, f"slower than {WANTED * 1000:.0f} ms: {', '.join(slow)}"

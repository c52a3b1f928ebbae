"""How long it takes to find what is like a text among 20,000 issues, beside comparing the text with each of them."""

from collections.abc import Iterator, Sequence
from functools import partial

import pytest
from sqlalchemy import text

from app.clock import Clock
from app.domain.issue import Issue
from app.domain.likeness import pieces
from app.keys.passphrase import Passphrase
from app.keys.ways import PassphraseWay
from app.queries.relations import by_ids
from app.queries.similar import similar_issues
from app.use_cases import demo, setup
from app.workspace import Workspace, opened
from tests.benchmarks.conftest import WORDS
from tests.benchmarks.figures import taken_in_turn, tell

ISSUES = 20_000
AT_MOST = 0.1  # seconds
TEXTS = 12


@pytest.fixture(scope="module")
def station(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """A station with 20,000 invented issues."""
    home = tmp_path_factory.mktemp("similar") / "station"
    way = PassphraseWay(passphrase=Passphrase(WORDS))
    setup.set_up(home, way, code="430181001-001", name="示例联络站", operator="联络员", clock=Clock())
    with opened(home, way, write=True) as workspace:
        demo.fill(workspace, demo.Amounts(visits=2000, issues=ISSUES, suggestions=2), 1)
        yield workspace


def test_similar_issues(station: Workspace) -> None:
    with station.reading() as connection:
        ids = connection.scalars(text("SELECT id FROM current WHERE kind = 'issue'")).all()
        issues = by_ids(connection, Issue, ids)
    said = [f"{each.subject}\n{each.words}" for each in issues[:: len(issues) // TEXTS]][:TEXTS]
    kept = [set(pieces(f"{each.subject}\n{each.words}")) for each in issues]

    def ask() -> None:
        assert all(similar_issues(station, words, most=10) for words in said)

    ours, theirs = taken_in_turn(
        (f"similar issues for {TEXTS} texts among {len(issues)}", ask),
        ("  each text compared with every issue, its pieces already in memory", partial(_compare, said, kept)),
    )
    tell(ours.told(), f"{theirs.told()}; one text {ours.median / TEXTS * 1000:.1f} ms; ratio {ours.median / theirs.median:.3f}")
    assert ours.median / TEXTS < AT_MOST


def _compare(said: Sequence[str], kept: Sequence[set[str]]) -> None:
    for words in said:
        ours = set(pieces(words))
        assert sorted((len(ours & theirs) for theirs in kept), reverse=True)[:10]

"""Pages, filters and orders of the window's lists on the demo station, beside a sorted page of a plain table without an index."""

import sqlite3
from collections.abc import Callable, Iterable
from functools import partial
from itertools import product
from pathlib import Path
from typing import TypeVar

from app.domain.category import CategoryScheme
from app.queries.issue_list import IssueFilter, IssueGroup, IssueSort, issue_figures, issue_list
from app.queries.listing import Listing, Order
from app.queries.outgoing import outgoing
from app.queries.reconciliation import numbers, standing_records
from app.queries.relations import category_names
from app.queries.standing import standing
from app.queries.suggestion_list import SuggestionGroup, SuggestionSort, suggestion_list
from app.queries.today import today
from app.queries.trash import trash
from app.queries.visit_list import VisitGroup, VisitSort, visit_list
from app.storage.outbox import NEVER_SENT
from app.storage.tables import CurrentRow
from app.workspace import Workspace
from tests.benchmarks.figures import Figure, taken_in_turn, tell

WANTED = 0.050  # seconds
PAGE = 100  # rows
By = TypeVar("By", bound=str)


def pages(workspace: Workspace) -> dict[str, Callable[[], object]]:
    """What a person can ask for with one key or one press, by what it is called in the report."""
    with workspace.reading() as connection:
        category = next(iter(category_names(connection, CategoryScheme.ISSUE)))
    asked: dict[str, Callable[[], object]] = {
        "today": partial(today, workspace),
        "state line": partial(standing, workspace),
        "issues: figures": partial(issue_figures, workspace, IssueFilter()),
        "issues: of a category": partial(issue_list, workspace, IssueFilter(category=category)),
        "issues: with the hotline": partial(issue_list, workspace, IssueFilter(hotline=True)),
        "issues: due soon": partial(issue_list, workspace, IssueFilter(due_soon=True)),
        "issues: holding 路灯": partial(issue_list, workspace, IssueFilter(typed="路灯")),
        "issues: figures of 路灯": partial(issue_figures, workspace, IssueFilter(typed="路灯")),
        "visits: holding 路灯": partial(visit_list, workspace, VisitGroup.ALL, "路灯"),
        "visits: holding 1": partial(visit_list, workspace, VisitGroup.ALL, "1"),
        "visits: row 50,000": partial(visit_list, workspace, VisitGroup.ALL, offset=50_000),
        "visits: row 50,000 by kind": partial(visit_list, workspace, order=Order(VisitSort.KIND), offset=50_000),
        "trash": partial(trash, workspace),
        "exchange: numbers": partial(numbers, workspace),
        "exchange: what goes": partial(outgoing, workspace, contact=False),
        "exchange: never sent": partial(standing_records, workspace, NEVER_SENT, contact=False, offset=0, limit=100),
        "exchange: row 5,000": partial(standing_records, workspace, NEVER_SENT, contact=False, offset=5000, limit=100),
    }
    asked |= {f"visits: {group.value}": partial(visit_list, workspace, group) for group in VisitGroup}
    asked |= {f"issues: {group.value}": partial(issue_list, workspace, IssueFilter(group=group)) for group in IssueGroup}
    asked |= {f"suggestions: {group.value}": partial(suggestion_list, workspace, group) for group in SuggestionGroup}
    return asked | orders(workspace, category)


def orders(workspace: Workspace, category: str) -> dict[str, Callable[[], object]]:
    """Every list by every column, up and down, whole and as its filters leave it."""
    asked: dict[str, Callable[[], object]] = {}
    for group, by_visit in product(VisitGroup, every_order(VisitSort)):
        asked[f"visits: {group.value} {told(by_visit)}"] = partial(visit_list, workspace, group, order=by_visit)
    filters = {f"{group.value}": IssueFilter(group=group) for group in IssueGroup} | {
        "of a category": IssueFilter(category=category),
        "due soon": IssueFilter(due_soon=True),
        "with the hotline": IssueFilter(hotline=True),
    }
    for (name, narrowed), by_issue in product(filters.items(), every_order(IssueSort)):
        asked[f"issues: {name} {told(by_issue)}"] = partial(issue_list, workspace, narrowed, order=by_issue)
    for by_suggestion in every_order(SuggestionSort):
        asked[f"suggestions: {told(by_suggestion)}"] = partial(suggestion_list, workspace, order=by_suggestion)
    return asked


def every_order(columns: Iterable[By]) -> list[Order[By]]:
    """Each column, up and down."""
    return [Order(by, descending) for by, descending in product(columns, (False, True))]


def told(order: Order[By]) -> str:
    """An order in the report."""
    return f"by {order.by} {'down' if order.descending else 'up'}"


def test_pages(workspace: Workspace, tmp_path: Path) -> None:
    plain = sqlite3.connect(tmp_path / "plain.db")
    plain.execute("CREATE TABLE visit (day TEXT, body TEXT)")
    with workspace.reading() as connection:
        rows = connection.execute(CurrentRow.__table__.select().where(CurrentRow.kind == "visit")).mappings()
        plain.executemany("INSERT INTO visit VALUES (?, ?)", ((row["day"], row["body"]) for row in rows))
    plain.commit()
    asked = pages(workspace)
    page = "SELECT * FROM visit ORDER BY day DESC LIMIT 100"
    *figures, peer = taken_in_turn(*asked.items(), ("  a sorted page, stdlib SQLite", lambda: plain.execute(page).fetchall()))
    figures.sort(key=lambda each: -each.median)
    tell(*(f"{each.told()}; ratio {each.median / peer.median:.2f}" for each in figures), peer.told())
    assert_quick(figures)
    for name, ask in asked.items():
        found = ask()
        assert not isinstance(found, Listing) or len(found.rows) <= PAGE, name


def assert_quick(figures: Iterable[Figure]) -> None:
    """Every page is there before one notices."""
    slow = [each.name for each in figures if each.median >= WANTED]
    assert not slow, f"slower than {WANTED * 1000:.0f} ms: {', '.join(slow)}"

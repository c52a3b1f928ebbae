"""The log: who did what and when, the newest first, filtered, by page; the chain followed, and nothing of it ever deleted."""

import ast
import importlib
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select, update

from app.domain.papers import Span
from app.messages.logged import EVENTS
from app.queries.log import EXPORTS, ONLY, SIGN_INS, Logged, Sought, log
from app.storage.tables import JournalRow
from app.use_cases.upkeep import verify_chain
from app.workspace import Workspace
from tests.builders import Pair, an_encounter, an_issue, remove, save
from tests.sources import ROOT


def logged(workspace: Workspace, **sought: object) -> tuple[Logged, ...]:
    return log(workspace, Sought(**sought)).rows  # type: ignore[arg-type]  # any of its fields


def test_changes_and_events_are_told_newest_first(line: Pair) -> None:
    issue = an_issue(line.station)
    save(line.station, issue)
    remove(line.station, issue.id)
    line.export()
    told = [(each.event, each.kind) for each in logged(line.station)][:4]
    assert told == [("copied", ""), ("exported", ""), ("removed", "issue"), ("saved", "issue")]
    newest = logged(line.station)[2]
    assert (newest.record, newest.title) == (issue.id, issue.title())
    assert newest.at is not None


def test_filters_keep_what_they_say(line: Pair) -> None:
    save(line.station, an_issue(line.station))
    line.export()
    with line.station.reading() as connection:
        every = connection.execute(select(func.count()).select_from(JournalRow)).scalar_one()
    assert log(line.station, Sought()).total == every
    changes, exports = log(line.station, Sought(only="changes")), log(line.station, Sought(only="exports"))
    assert {each.event for each in changes.rows} == {"saved"}
    assert {each.event for each in exports.rows} == {"exported", "copied"}
    assert [each.kind for each in logged(line.station, kind="issue")] == ["issue"]
    today = line.station.clock.today().date()
    assert logged(line.station, span=Span(first=today + timedelta(days=1))) == ()
    assert logged(line.station, span=Span(last=today - timedelta(days=1))) == ()
    assert log(line.station, Sought(span=Span(first=today, last=today))).total > 0
    (operator,) = {each.operator for each in changes.rows if each.kind == "issue"}
    assert log(line.station, Sought(who=operator, kind="issue")).total == 1
    assert logged(line.station, who="没有这个人") == ()


def test_it_goes_by_page(line: Pair) -> None:
    for _each in range(5):
        save(line.station, an_issue(line.station))
    first = log(line.station, Sought(kind="issue"), limit=2)
    second = log(line.station, Sought(kind="issue"), offset=2, limit=2)
    assert (first.total, len(first.rows), len(second.rows)) == (5, 2, 2)
    assert first.rows[-1].line > second.rows[0].line


def test_people_are_masked(line: Pair) -> None:
    encounter = an_encounter(line.station)
    save(line.station, encounter)
    (told,) = logged(line.station, kind="encounter")
    assert encounter.name not in told.title


def test_a_changed_line_is_found_by_following_the_chain(line: Pair) -> None:
    save(line.station, an_issue(line.station))
    sound = verify_chain(line.station)
    assert (sound.lines > 0, sound.findings) == (True, ())
    with line.station.writing() as books:
        at = select(func.max(JournalRow.seq)).scalar_subquery()
        books.connection.execute(update(JournalRow).where(JournalRow.seq == at).values(chain=bytes(32)))
    assert [each.code for each in verify_chain(line.station).findings] == ["chain_broken"]


def test_nothing_deletes_a_line_of_it() -> None:
    """Kept for at least six months, as the rules ask: for ever. Erasing a person's data empties a line and keeps its header."""
    deleting = [path.name for path in (ROOT / "app").rglob("*.py") if "delete(JournalRow" in path.read_text("utf-8")]
    migrations = (ROOT / "app/storage/migrations").glob("*.py")
    dropped = [path.name for path in migrations if "DELETE FROM journal" in path.read_text("utf-8")]
    assert (deleting, dropped) == ([], [])


def test_a_line_of_two_years_ago_is_still_there(line: Pair) -> None:
    issue = an_issue(line.station)
    save(line.station, issue)
    made = line.station.clock.today().date()
    line.wall.pass_by(timedelta(days=730))
    line.round_trip()
    assert [each.record for each in logged(line.station, kind="issue", span=Span(last=made))] == [issue.id]


def test_a_line_that_cannot_be_read_hides_no_other(line: Pair) -> None:
    save(line.station, an_issue(line.station))
    (operator,) = {each.operator for each in logged(line.station, kind="issue")}
    with line.station.writing() as books:
        books.connection.execute(update(JournalRow).where(JournalRow.seq == 2).values(line=b"{no line"))
    assert [each.line for each in logged(line.station) if each.at is None] == [2]
    assert len(logged(line.station, who=operator, kind="issue")) == 1


# --- what is noted ---------------------------------------------------------------------------------------------------------


def noted_in(path: Path) -> Iterator[str]:
    """The events that a file of the program notes, by their codes."""
    for call in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.func.attr == "note":
            yield from _codes(call.args[0], path)


def _codes(said: ast.expr, path: Path) -> Iterator[str]:
    if isinstance(said, ast.Constant):
        yield str(said.value)
    elif isinstance(said, ast.IfExp):
        yield from (*_codes(said.body, path), *_codes(said.orelse, path))
    elif isinstance(said, ast.Name) and said.id.strip("_").isupper():
        module = importlib.import_module(".".join(path.relative_to(ROOT).with_suffix("").parts))
        yield str(getattr(module, said.id))


NOTED = {code for path in (ROOT / "app" / "use_cases").rglob("*.py") for code in noted_in(path)}


def test_every_event_that_is_noted_has_words() -> None:
    assert len(NOTED) > 40
    assert NOTED - EVENTS.keys() == set()


def test_what_is_looked_for_together_is_noted_somewhere() -> None:
    assert {event for group in ONLY.values() for event in group} - NOTED == set()


@pytest.mark.parametrize(
    ("words", "group"), [(("export", "sent", "seal", "copied", "shown"), EXPORTS), (("pin_", "signed_in", "lock"), SIGN_INS)]
)
def test_a_new_event_of_a_sort_is_found_with_its_sort(words: tuple[str, ...], group: tuple[str, ...]) -> None:
    assert {code for code in NOTED if any(word in code for word in words)} - {"person_blocked", "person_unblocked"} <= set(group)


LEAVING_TOLD = (ROOT / "docs" / "security.md").read_text("utf-8").partition("| what leaves |")[2].partition("\n\n")[0]
LEAVING = [cell.partition("::")[0] for cell in LEAVING_TOLD.split("`") if "::" in cell]


@pytest.mark.parametrize("file", LEAVING)
def test_whatever_leaves_is_noted_by_what_writes_it(file: str) -> None:
    path = ROOT / file
    notes = {code for code in noted_in(path) if code in {*EXPORTS, "print"}}
    assert notes or "save_table(" in path.read_text("utf-8")  # which notes it

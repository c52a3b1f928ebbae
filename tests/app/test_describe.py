"""The pages in `docs/` that the code writes say what the code says."""

from pathlib import Path

import pytest

from app.describe import DOCS, PAGES, exchanged
from app.domain.kinds import ALL_KINDS
from app.domain.life import LIVES
from app.domain.papers import ALWAYS
from app.queries.exchange_statement import exchange_statement
from app.use_cases import demo
from tests.builders import new_body, new_station


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_current(name: str) -> None:
    written = (DOCS / name).read_text(encoding="utf-8")
    assert written == PAGES[name](), f"docs/{name} is old: run python -m app.describe"


def test_the_page_of_records_names_every_kind_field_and_code() -> None:
    page = PAGES["records.md"]()
    for cls in ALL_KINDS:
        section = page.partition(f"### {cls.traits.name}\n")[2].partition("\n### ")[0]
        for declared in cls.traits.fields.values():
            assert f"| `{declared.name}` | {declared.label} |" in section
            if declared.shape.codes:
                listed = page.partition(f"### {declared.shape.codes.__name__}\n")[2].partition("\n### ")[0]
                assert all(f"`{code}`" in listed for code in declared.shape.codes)


def test_links_of_the_page_lead_somewhere() -> None:
    page = PAGES["records.md"]()
    headings = {line.removeprefix("### ").lower() for line in page.splitlines() if line.startswith("### ")}
    targets = {part.partition(")")[0] for part in page.split("](#")[1:]}
    assert targets
    assert targets <= headings


def test_the_page_of_lives_shows_every_transition_twice() -> None:
    page = PAGES["lives.md"]()
    for life in LIVES:
        section = page.partition(f"`{life.name}`\n")[2].partition("\n## ")[0]
        diagram, table = section.partition("\n| in |")[::2]
        for before, event, after in life.rows():
            arrow = next(line for line in diagram.splitlines() if line.strip().startswith(f"{before} --> {after}:"))
            assert event.label in arrow
            assert f"`{before}` | {event.label} `{event}` | {after.label} `{after}` |" in table


def test_the_statement_in_the_docs_tells_of_a_number_that_was_lost_and_filled(tmp_path: Path) -> None:
    with (
        new_station(tmp_path / "station", code=demo.STATION_CODE).opened() as workspace,
        new_body(tmp_path / "body").opened() as body,
    ):
        demo.fill(workspace, demo.Amounts(visits=3, issues=3, suggestions=0), 1)
        receipt = exchanged(workspace, body, tmp_path)
        told = exchange_statement(workspace, ALWAYS, contact=False)
    assert receipt.read_bytes().startswith(b"%PDF")
    assert [(each.number, each.result, each.remark) for each in told.numbers] == [
        ("1", "全部收到", ""),
        ("2", "全部收到", "曾遗失，由第3号补报"),
        ("3", "全部收到", "补报遗失的第2号"),
        ("4", "全部收到", ""),
    ]
    assert told.questions == ()
    assert {"paper-exchange-statement.png", "paper-receipt.png"} <= {each.name for each in (DOCS / "pictures").iterdir()}

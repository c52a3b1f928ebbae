"""The pages in `docs/` that the code writes say what the code says."""

import pytest

from app.describe import DOCS, PAGES
from app.domain.kinds import ALL_KINDS
from app.domain.life import LIVES


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

"""docs/security.md names a test for each promise and each attack: every one of them is there."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
NAMED = re.findall(r"`(tests/[\w/]+\.py)(?:::(\w+))?`", PAGE)


def names_in(path: Path) -> set[str]:
    """The names of the tests of a file."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {each.name for each in ast.walk(tree) if isinstance(each, ast.FunctionDef) and each.name.startswith("test_")}


@pytest.mark.parametrize(("file", "test"), sorted(set(NAMED)))
def test_a_test_that_is_named_exists(file: str, test: str) -> None:
    assert names_in(ROOT / file) >= ({test} if test else set())
    assert names_in(ROOT / file)


def test_every_row_names_one() -> None:
    told = PAGE.partition("## Promises")[2].partition("## What is not protected")[0]
    rows = [line for line in told.splitlines() if line.startswith("|") and not line.startswith(("|---", "| promise", "| attack"))]
    assert len(rows) > 40
    assert [row for row in rows if "`tests/" not in row] == []

"""The hints on the texts of real proposals: how often each fires, which `docs/checks.md` tells and judges."""

import csv
from collections import Counter
from pathlib import Path

import pytest

from app.domain.suggestion import Suggestion
from app.domain.suggestion_hints import suggestion_hints
from app.domain.suggestion_sheet import SuggestionSheet

ROOM = Path(__file__).resolve().parents[3] / "docs" / "checks.md"
OPEN = {"secrecy_open", "publicity_open"}  # questions of the form, which a table of texts does not answer


def test_the_page_of_checks_tells_how_often_each_hint_fires(real_data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with (real_data / "proposals.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    fired: Counter[tuple[str, str]] = Counter()
    for row in rows:
        sheet = SuggestionSheet(suggestion=Suggestion(id="", subject=row["reason"], text=row["content"]))
        fired.update({(each.rule, each.code) for each in suggestion_hints(sheet) if each.code not in OPEN})
    with capsys.disabled():
        print(f"\n{len(rows)} texts:", *(f"{rule} {code} {many}" for (rule, code), many in sorted(fired.items())), sep="\n  ")
    page = ROOM.read_text(encoding="utf-8")
    assert f"{len(rows)} texts" in page
    for (rule, code), many in fired.items():
        assert f"| {rule} | `{code}` | {many} |" in page

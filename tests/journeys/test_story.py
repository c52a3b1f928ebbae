"""The journey of `make run`: the whole line by real commands, and what it leaves behind."""

import json
from pathlib import Path
from typing import Any

import pytest

from app import story
from app.i18n import N_
from app.story import STATION, STEPS, Step


def summary_of(folder: Path) -> dict[str, Any]:
    document: dict[str, Any] = json.loads((folder / "summary.json").read_text(encoding="utf-8"))
    return document


def test_the_whole_line_is_told_and_leaves_package_receipt_and_summary(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "故事 一"

    assert story.main(["--folder", str(folder)]) == 0

    told, summary = capsys.readouterr().out, summary_of(folder)
    assert [line.strip()[2:] for line in told.splitlines() if line.startswith("   $ ")] == summary["commands"]
    assert len(summary["commands"]) == len(STEPS)
    assert (summary["read"], summary["imported"], summary["refused"], summary["repeated"]) == (9, 7, 1, 8)
    assert len(summary["issues"]) == summary["found"] == 3
    assert (summary["verdict"], summary["conflict"], summary["returned"]) == ("accepted", 0, 0)
    assert summary["records"] == {
        "never_sent": 0,
        "sent": 0,
        "received": sum(summary["sent"].values()),
        "returned": 0,
        "elsewhere": 0,
    }
    assert (folder / summary["package"]).read_bytes() == (folder / summary["copy"]).read_bytes()
    assert all(
        (folder / name).stat().st_size for name in [summary["receipt"], "carried/trust.json", "carried/station-trust.json"]
    )
    papers = sorted(path.name for path in (folder / "papers").iterdir())
    assert papers == ["issue-ledger.pdf", "reception-form.pdf", "suggestion.pdf", "visit-log.pdf"]
    assert (summary["forms"], summary["listed"]) == (2, 9)
    assert summary["sha256"] in (folder / "summary.txt").read_text(encoding="utf-8")
    assert told.rstrip().endswith(str(folder))


def test_a_folder_that_holds_something_is_left_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")

    assert story.main(["--folder", str(tmp_path)]) == story.FAILED

    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]
    assert str(tmp_path) in capsys.readouterr().err


def test_it_stops_at_the_first_command_that_fails_with_its_exit_code(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    misused = Step(says=N_("Its history: who changed what, and when."), program=STATION, arguments=("history",))
    monkeypatch.setattr(story, "STEPS", (misused, *STEPS))

    assert story.main(["--folder", str(tmp_path)]) == 2

    assert capsys.readouterr().out.count("   $ ") == 1
    assert not (tmp_path / "summary.txt").exists()


def test_it_stops_where_an_answer_is_not_what_it_must_be(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = STEPS[0]
    other = Step(says=first.says, program=first.program, arguments=first.arguments, sure={"code": "44"})
    monkeypatch.setattr(story, "STEPS", (other, *STEPS))

    assert story.main(["--folder", str(tmp_path)]) == story.FAILED

    assert not (tmp_path / "summary.json").exists()

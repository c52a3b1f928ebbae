"""Bulletins by the command line: recorded from a file, one begun from issues, shown with their articles, printed."""

from collections.abc import Callable
from pathlib import Path

from app.documents.word_file import read_word
from tests.journeys.programs import Line, Program, written_json
from tests.pdf_text import bare, text_of


def test_a_bulletin_is_recorded_with_the_next_number_and_printed(
    line: Line, tmp_path: Path, program: Callable[[str], str]
) -> None:
    station: Program = line.station
    article = {"heading": "件件有着落", "text": "一、登记\n逐件登记。", "contributor": "某某联络站"}
    first = written_json(tmp_path / "first.json", masthead="工作简报", serial=20, serial_total=672, articles=[article])
    made = station("record", "bulletin", first)["id"]
    again = station("record", "bulletin", written_json(tmp_path / "again.json", articles=[article, article]))["id"]
    told = station("show", again)
    assert (told["fields"]["masthead"], told["fields"]["serial"], told["fields"]["serial_total"]) == ("工作简报", 21, 673)
    assert [(each["kind"], each["fields"]["order"]) for each in told["parts"]] == [("article", 1), ("article", 2)]
    paper = tmp_path / "简报.pdf"
    station("print", "bulletin", made, "--output", paper)
    assert "（总第六百七十二期）" in bare(text_of(program("pdftotext"), paper.read_bytes()))
    word = tmp_path / "简报.docx"
    assert station("print", "bulletin", made, "--output", word)["noted"]
    told = read_word(word.read_bytes(), word.name)
    assert "（某某联络站　供稿）" in told.text
    station.refused("bulletin_other_paper", "print", "opinion-report", made, "--output", word)
    station.refused("paper_needs_id", "print", "bulletin", "--output", word)
    station.refused("bulletin_other_paper", "print", "opinion-report", made, "--output", tmp_path / "other.pdf")
    station.refused("paper_needs_id", "print", "bulletin", "--output", tmp_path / "other.pdf")


def test_a_report_is_begun_from_issues_and_a_number_twice_is_told(line: Line, tmp_path: Path) -> None:
    station: Program = line.station
    entry = written_json(tmp_path / "issue.json", subject="路灯不亮", words="路灯坏了。", encounter={"name": "群众甲"})
    issue = station("record", "issue", entry)["id"]
    report = written_json(tmp_path / "report.json", bulletin_kind="opinion_report", issues=[issue])
    made = station("record", "bulletin", report)["id"]
    (article,) = station("show", made)["parts"]
    assert article["fields"]["heading"] == "关于路灯不亮的情况反映"
    assert "路灯坏了。" in article["fields"]["text"]
    station("print", "opinion-report", made, "--output", tmp_path / "report.pdf")
    twice = written_json(tmp_path / "twice.json", bulletin_kind="opinion_report", serial=1)
    told = station.say("record", "bulletin", twice)
    assert told.code == 0
    assert "社情民意专报 第1期" in told.err
    station.refused(
        "record_missing",
        *("record", "bulletin"),
        written_json(tmp_path / "gone.json", issues=["00000000-0000-7000-8000-000000000000"]),
    )
    station.refused("field_malformed", "record", "bulletin", written_json(tmp_path / "bad.json", articles=7))

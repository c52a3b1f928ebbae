"""Writing by the command line: a draft from a template or a file, its versions, a Word file of it, a table of texts."""

from pathlib import Path

from docx import Document

from tests.builders import written_csv
from tests.journeys.programs import Line, is_a_sentence


def test_a_draft_begins_with_a_template_or_a_file_and_goes_out_as_a_word_file(line: Line, tmp_path: Path) -> None:
    made = line.station("draft", "--lead", "代表甲", "--template", "criticism")["id"]
    fields = line.station("show", made)["fields"]
    assert fields["suggestion_type"] == "criticism"
    assert fields["text"].startswith("一、情况")
    out = tmp_path / "建议.docx"
    written = line.station("suggestion-docx", made, "--output", str(out))
    assert (written["noted"], written["bytes"]) == (True, out.stat().st_size)
    document = Document(str(out))
    assert document.paragraphs[0].text == fields["subject"]
    again = line.station("draft", "--lead", "代表甲", "--from", str(out))["id"]
    assert line.station("show", again)["fields"]["text"] == fields["text"].strip()
    refused = line.station.say("draft", "--lead", "代表甲", "--from", str(tmp_path / "没有.docx"), as_json=False)
    assert refused.code != 0
    assert is_a_sentence(refused.err)


def test_versions_are_listed_compared_and_taken_back(line: Line, tmp_path: Path) -> None:
    made = line.station("draft", "--lead", "代表甲", "--template", "opinion")["id"]
    assert [each["number"] for each in line.station("versions", made)["versions"]] == [1]
    refused = line.station.say("versions", made, "--compare", "1", "2")
    assert refused.code == 1
    line.station("versions", made, "--take-back", "1")
    assert line.station("versions", made, "--compare", "1", "1")["differ"] == []


def test_texts_of_a_table_are_taken_in_and_topics_are_told(line: Line, tmp_path: Path) -> None:
    sheet = written_csv(tmp_path / "建议.csv", ("title", "findings", "requests"), [("关于路灯的建议", "路灯不亮。", "请修好。")])
    told = line.station("import", str(sheet), "--as", "suggestions")
    assert (told["read"], told["imported"], told["refused"]) == (1, 1, 0)
    rows = [(f"样本新城小区电梯停运{each}", f"电梯停了{each}") for each in ("多日", "两周", "")]
    issues = written_csv(tmp_path / "意见.csv", ("留言主题", "留言详情", "留言时间"), [(*each, "2026-11-20") for each in rows])
    line.station("import", str(issues))
    topics = line.station("topics", "--months", "1200")["topics"]
    assert 3 in [len(each["issues"]) for each in topics]
    assert "样本新城小区电梯停运" in line.station.say("topics", "--months", "1200", as_json=False).out


def test_residents_data_are_told_wherever_the_text_goes_to_others(line: Line, tmp_path: Path) -> None:
    text = tmp_path / "正文.txt"
    text.write_text("一、情况\n电话13800000000的住户反映路灯不亮。\n三、建议\n请修好路灯。\n", encoding="utf-8")
    id = line.station("draft", "--lead", "代表甲", "--title", "关于路灯的建议", "--text", str(text))["id"]
    for told in (
        ("suggestion-docx", id, "--output", str(tmp_path / "建议.docx")),
        ("print", "suggestion", id, "--output", str(tmp_path / "专用纸.pdf")),
        ("submit", id),
        ("export", "--output", str(line.stick)),
    ):
        said = line.station.say(*told)
        assert (said.code, "关于路灯的建议" in said.err) == (0, True), told
        assert is_a_sentence(said.err)

"""Files added to a record by the command line, and taken in by the body."""

from pathlib import Path

from tests.app.pictures.drawn import photograph
from tests.journeys.programs import enrolled_line, is_a_sentence, written_json


def test_files_are_added_to_a_record_shown_with_it_and_handed_in(tmp_path: Path) -> None:
    line = enrolled_line(tmp_path)
    entry = written_json(tmp_path / "issue.json", words="路灯不亮", encounter={"anonymous": True})
    issue = line.station("record", "issue", entry)["id"]
    (tmp_path / "照片.jpg").write_bytes(photograph(2400, 1200, placed=True))
    (tmp_path / "空.txt").write_bytes(b"")
    (tmp_path / "记录.txt").write_bytes(b"words")

    said = line.station.say("attach", issue, tmp_path / "照片.jpg", tmp_path / "空.txt", tmp_path / "记录.txt", "--smaller")
    assert said.code == 1
    assert [each["name"] for each in said.document["added"]] == ["照片.jpg", "记录.txt"]
    assert [(each["file"], each["code"]) for each in said.document["refused"]] == [("空.txt", "file_empty")]
    assert line.station("attach", issue, tmp_path / "记录.txt")["repeated"] == ["记录.txt"]

    shown = line.station("show", issue)["attachments"]
    assert [(each["name"], each["size"] < 100_000) for each in shown] == [("照片.jpg", True), ("记录.txt", True)]
    assert "附件：记录.txt  5 字节" in line.station.say("show", issue, as_json=False).out
    line.station.refused("record_missing", "attach", "0", tmp_path / "记录.txt")

    line.export()
    assert [each["verdict"] for each in line.body("intake", line.stick)["files"]] == ["accepted"]
    assert line.body("count")["attachment"] == 2
    assert len(list((line.body.home / "receiver" / "blobs").iterdir())) == 2
    assert line.station("check", "--read-data")["sound"]


def test_a_text_that_calls_itself_a_picture_is_added_as_a_file_with_a_word(tmp_path: Path) -> None:
    line = enrolled_line(tmp_path)
    deputy = line.station("record", "deputy", written_json(tmp_path / "deputy.json", name="代表甲"))["id"]
    (tmp_path / "照片.jpg").write_text("路灯不亮", "utf-8")
    told = line.station("attach", deputy, tmp_path / "照片.jpg")
    assert [each["name"] for each in told["added"]] == ["照片.jpg"]
    (doubt,) = told["doubts"]
    assert (doubt["file"], doubt["code"], is_a_sentence(doubt["message"])) == ("照片.jpg", "picture_by_name_only", True)
    (tmp_path / "扫描.png").write_text("停水", "utf-8")
    said = line.station.say("attach", deputy, tmp_path / "扫描.png", as_json=False)
    assert (said.code, said.out.splitlines()[0]) == (0, "已添加 1 个文件。")
    assert said.out.splitlines()[1].startswith("扫描.png 虽以图片命名，内容却不是图片")


def test_what_came_of_it_is_told_in_words(tmp_path: Path) -> None:
    line = enrolled_line(tmp_path)
    deputy = line.station("record", "deputy", written_json(tmp_path / "deputy.json", name="代表甲"))["id"]
    (tmp_path / "证件.pdf").write_bytes(b"%PDF-1.7")
    files = [tmp_path / "证件.pdf"] * 2
    said = line.station.say("attach", deputy, *files, tmp_path / "不在.txt", as_json=False)
    assert (said.code, said.out.splitlines()[:2]) == (1, ["已添加 1 个文件。", "1 个文件此前已在其中。"])
    assert said.out.splitlines()[2].startswith("找不到“不在.txt”")

"""What is brought to the station: shown first; a suspicious stick is told; a copy that has gone from its stick is noticed."""

from datetime import timedelta

from PySide6.QtWidgets import QLabel, QPushButton

from app.packages.receipt_codes import codes_of, typed_code
from app.storage.outbox import Outbox
from tests.builders import Pair
from tests.ui.pages.test_exchange import do, figures, hand_in, laid_out, line, page, rows, sticks
from ui.pages.exchange import ExchangePage

__all__ = ["line", "page", "sticks"]  # fixtures


def test_a_suspicious_stick_is_told_and_our_own_files_can_be_taken_all_the_same(page: ExchangePage, line: Pair) -> None:
    hand_in(page, line.stick)
    folder = laid_out(line)
    (folder / "AUTORUN.INF").write_text("[autorun]")
    (folder / "资料.lnk").write_bytes(b"L")
    (folder / "照片.jpg").write_bytes(b"J")
    page.begin("take_in")
    page.take_in.look_through(folder)
    assert page.take_in.suspicion.words == "盘上有可疑文件，请先杀毒。这些都没有打开：AUTORUN.INF、资料.lnk"
    assert page.take_in.others.text() == "另有 1 个其他文件，没有打开。"
    do(page, "全部收下 1 个")
    assert page.take_in.notice.words == "已收下 1 个文件。"


def test_files_that_are_brought_to_the_window_are_shown_before_anything_is_taken(page: ExchangePage, line: Pair) -> None:
    hand_in(page, line.stick)
    page.bring([laid_out(line)])
    assert page.heading() == "导入回执"
    assert [word for word, _sentence in rows(page)] == ["新", "已收过"]
    assert figures(page) == ["0", "2", "0", "0"]


def test_a_copy_that_is_gone_when_its_stick_is_seen_again_is_told_and_copied_once_more(page: ExchangePage, line: Pair) -> None:
    hand_in(page, line.stick)
    do(page, "完成")
    page.refresh()
    assert page.overview.questions.isHidden()
    (package,) = line.stick.glob("*.llz")
    kept = package.rename(line.stick.parent / "elsewhere.llz")
    page.refresh()
    told = [each.text() for each in page.overview.questions.findChildren(QLabel)]
    assert "第 1 包：已不在 U 盘上" in told
    assert "再拷一份…" in [each.text() for each in page.overview.questions.findChildren(QPushButton)]
    kept.rename(package)
    page.refresh()
    assert page.overview.questions.isHidden()


# --- on paper ---------------------------------------------------------------------------------------------------------


def test_a_receipt_on_paper_is_scanned_code_by_code(page: ExchangePage, line: Pair) -> None:
    hand_in(page, line.stick)
    receipt = next(laid_out(line).glob("*.receipt.dsse.json")).read_bytes()
    page.begin("take_in")
    for code in codes_of(receipt):
        page.take_in.paper.scan.scanned.emit(code)
    assert "已收下第 1 号回执。" in page.take_in.paper.scan.told.text()
    assert figures(page) == ["0", "0", "2", "0"]
    page.take_in.paper.scan.scanned.emit(codes_of(receipt)[0])
    assert "以前收过" in page.take_in.paper.scan.told.text() or "请扫完其余的" in page.take_in.paper.scan.told.text()


def test_a_typed_code_settles_its_package(page: ExchangePage, line: Pair) -> None:
    hand_in(page, line.stick)
    laid_out(line)
    page.begin("take_in")
    page.take_in.paper.scan.scanned.emit("000011-000000-000001-000000")
    assert "录入码第 3 组输错了" in page.take_in.paper.scan.problem.text()
    page.take_in.paper.scan.scanned.emit("000011-000000-000000-000000")
    assert "不是第 1 号包的" in page.take_in.paper.scan.problem.text()
    with line.station.reading() as connection:
        (sent,) = Outbox(connection).numbers()
    assert sent.secret
    code = typed_code(sent.seq, sent.digest, sent.secret)
    page.take_in.paper.scan.scanned.emit(code.replace("-", " "))
    assert page.take_in.paper.scan.told.text() == "第 1 号包已全部收到。"
    assert figures(page) == ["0", "0", "2", "0"]
    page.take_in.paper.scan.scanned.emit(code)
    assert "没有新内容" in page.take_in.paper.scan.told.text()
    line.wall.pass_by(timedelta(days=20))
    page.go_back()
    assert page.overview.questions.isHidden(), "the body has it: nobody needs to ask"
